//! The proposed changes, which of them are taken, and which one is selected.

use crate::dataset::TextChange;

/// Proposed changes: all are taken until somebody leaves one.
#[derive(Debug, Default)]
pub(super) struct Proposals {
    changes: Vec<TextChange>,
    /// Beside each: whether it is taken.
    taken: Vec<bool>,
    count: usize,
    at: usize,
    top: usize,
    page: usize,
}

impl Proposals {
    /// How many.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.count
    }

    /// The place of the selected one, from 0.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The selected one.
    pub fn selected(&self) -> Option<&TextChange> {
        self.changes.get(self.at)
    }

    /// Whether the one at that place is taken.
    pub fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or_default()
    }

    /// Adds some.
    pub fn take(&mut self, changes: Vec<TextChange>) {
        self.count += changes.len();
        self.taken.resize(self.taken.len() + changes.len(), true);
        self.changes.extend(changes);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self { page: self.page, ..Self::default() };
    }

    /// Hands over those that are taken.
    pub fn hand_over(&mut self) -> Vec<TextChange> {
        let changes = std::mem::take(&mut self.changes);
        let taken = std::mem::take(&mut self.taken);
        self.clear();
        changes.into_iter().zip(taken).filter_map(|(change, taken)| taken.then_some(change)).collect()
    }

    /// Takes the selected one, or leaves it, and goes on to the next.
    pub fn toggle(&mut self) {
        let Some(taken) = self.taken.get_mut(self.at) else { return };
        *taken = !*taken;
        if *taken {
            self.count += 1;
        } else {
            self.count -= 1;
        }
        self.step(1);
    }

    /// Takes or leaves every one.
    pub fn set_all(&mut self, taken: bool) {
        self.taken.fill(taken);
        self.count = if taken { self.taken.len() } else { 0 };
    }

    /// Selects the one at that place, or the last.
    pub fn select(&mut self, at: usize) {
        self.at = at.min(self.changes.len().saturating_sub(1));
    }

    /// Moves.
    pub fn step(&mut self, by: isize) {
        self.select(self.at.saturating_add_signed(by));
    }

    /// How many are in sight.
    pub fn page(&self) -> isize {
        isize::try_from(self.page.max(1)).unwrap_or(isize::MAX)
    }

    /// The place of the first that is in sight.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Those in sight on so many rows, with their places.
    pub fn in_sight(&mut self, rows: usize) -> impl Iterator<Item = (usize, &TextChange)> {
        self.page = rows;
        self.top = self.top.clamp((self.at + 1).saturating_sub(rows.max(1)), self.at);
        self.changes.iter().enumerate().skip(self.top).take(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::TextField;

    fn proposals(n: i64) -> Proposals {
        let change = |example| TextChange {
            example,
            field: TextField::Note,
            before: "a".to_owned(),
            after: "b".to_owned(),
        };
        let mut proposals = Proposals::default();
        proposals.take((0..n).map(change).collect());
        proposals
    }

    #[test]
    fn all_are_taken_until_one_is_left() {
        let mut proposals = proposals(3);
        assert_eq!((proposals.len(), proposals.taken()), (3, 3));
        proposals.step(1);
        proposals.toggle();
        assert_eq!((proposals.taken(), proposals.at(), proposals.is_taken(1)), (2, 2, false));
        let handed: Vec<i64> = proposals.hand_over().into_iter().map(|change| change.example).collect();
        assert_eq!(handed, [0, 2]);
        assert_eq!((proposals.len(), proposals.taken()), (0, 0));
    }

    #[test]
    fn what_comes_later_is_taken_too() {
        let mut proposals = proposals(1);
        proposals.set_all(false);
        proposals.take(self::proposals(2).changes);
        assert_eq!((proposals.len(), proposals.taken()), (3, 2));
        proposals.set_all(true);
        proposals.select(99);
        assert_eq!((proposals.taken(), proposals.at()), (3, 2));
        assert_eq!(proposals.in_sight(2).map(|(at, _)| at).collect::<Vec<_>>(), [1, 2]);
    }
}

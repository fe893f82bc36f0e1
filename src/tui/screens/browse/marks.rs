//! Marks: which examples of the list the next command is for.

/// How far is looked step by step before the rest is halved again and again.
const NEAR: usize = 16;

/// Marked numbers, in order: copying, inverting and asking stay cheap for a million of them.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    ids: Vec<i64>,
    /// Goes up whenever a mark comes or goes.
    version: u64,
}

impl Marks {
    /// How many.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All, in order.
    #[cfg(test)]
    pub fn ids(&self) -> &[i64] {
        &self.ids
    }

    /// Another number whenever other ones are marked.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The marked ones among `ids` (in order).
    pub fn among<'a>(&'a self, ids: &'a [i64]) -> impl Iterator<Item = i64> + 'a {
        let mut rest = ids;
        self.ids.iter().copied().filter(move |&id| {
            // The rest is searched from its near end: marks come in order.
            let near = rest.iter().take_while(|&&other| other < id).take(NEAR).count();
            let far = || rest.partition_point(|&other| other < id);
            rest = rest.get(if near < NEAR { near } else { far() }..).unwrap_or_default();
            rest.first() == Some(&id)
        })
    }

    /// Whether that one is marked.
    pub fn contains(&self, id: i64) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Marks it, or takes its mark away.
    pub fn toggle(&mut self, id: i64) {
        self.version += 1;
        match self.ids.binary_search(&id) {
            Ok(at) => {
                self.ids.remove(at);
            }
            Err(at) => self.ids.insert(at, id),
        }
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        self.version += 1;
        self.ids.clear();
    }

    /// Marks all of these (in order) beside those that are marked.
    pub fn add_all(&mut self, ids: &[i64]) {
        self.version += 1;
        self.ids.extend_from_slice(ids);
        self.ids.sort_unstable();
        self.ids.dedup();
    }

    /// Marks those of `ids` (in order) that are not marked, and takes the marks of the others away;
    /// marks on what is not among them stay.
    pub fn invert(&mut self, ids: &[i64]) {
        self.version += 1;
        let mut inverted = Vec::with_capacity(ids.len());
        let mut marked = self.ids.iter().copied().peekable();
        for &id in ids {
            while let Some(other) = marked.next_if(|&other| other < id) {
                inverted.push(other);
            }
            if marked.next_if_eq(&id).is_none() {
                inverted.push(id);
            }
        }
        inverted.extend(marked);
        self.ids = inverted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_turned_round_among_what_is_listed() {
        let mut marks = Marks::default();
        marks.toggle(5);
        marks.toggle(2);
        marks.toggle(90);
        marks.invert(&[1, 2, 3]);
        assert_eq!(marks.ids(), [1, 3, 5, 90]);
        marks.add_all(&[2, 3, 4]);
        assert_eq!(marks.ids(), [1, 2, 3, 4, 5, 90]);
        marks.toggle(90);
        assert!(!marks.contains(90) && marks.contains(4));
        assert_eq!(marks.len(), 5);
        assert_eq!(marks.among(&[0, 1, 4, 6, 90]).collect::<Vec<_>>(), [1, 4]);
        let all: Vec<i64> = (0..1_000).collect();
        marks.toggle(999);
        assert_eq!(marks.among(&all).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 999]);
    }
}

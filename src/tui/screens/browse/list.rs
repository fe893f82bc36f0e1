//! The list: numbers of any length, in order; what is selected, what is in sight, what is marked.

use std::ops::Range;

/// Numbers that come in portions, in ascending order.
#[derive(Debug, Default)]
pub struct List {
    ids: Vec<i64>,
    /// What is coming while the old numbers stay in sight.
    coming: Option<Vec<i64>>,
    complete: bool,
    /// The number that is selected; it stays so while the list around it changes.
    selected: Option<i64>,
    at: usize,
    top: usize,
    page: usize,
}

impl List {
    /// The numbers that are there.
    pub fn ids(&self) -> &[i64] {
        &self.ids
    }

    /// Whether all are there.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Others will come. With `keep` the old ones stay in sight until all are there.
    pub fn begin(&mut self, keep: bool) {
        if keep && self.complete {
            self.coming = Some(Vec::new());
        } else {
            self.coming = None;
            self.complete = false;
            self.ids.clear();
            self.place();
        }
    }

    /// Selects that number, or what stands in its place, as soon as the list has it.
    pub fn want(&mut self, id: Option<i64>) {
        self.selected = id.or(self.selected);
    }

    /// A portion of them.
    pub fn take(&mut self, portion: Vec<i64>, last: bool) {
        match &mut self.coming {
            Some(coming) => {
                coming.extend(portion);
                if last {
                    self.ids = self.coming.take().unwrap_or_default();
                }
            }
            None => self.ids.extend(portion),
        }
        self.complete |= last;
        self.place();
    }

    /// Nothing more will come.
    pub fn give_up(&mut self) {
        self.coming = None;
        self.complete = true;
    }

    /// Finds the selected number again, or what took its place.
    fn place(&mut self) {
        if let Some(selected) = self.selected {
            self.at = self.ids.partition_point(|&id| id < selected);
        }
        self.at = self.at.min(self.ids.len().saturating_sub(1));
        if self.complete && self.coming.is_none() {
            self.selected = self.ids.get(self.at).copied();
        }
        self.scroll();
    }

    /// The selected number.
    pub fn selected(&self) -> Option<i64> {
        self.ids.get(self.at).copied()
    }

    /// Its place, from 0.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Selects the one at that place, or the last.
    pub fn select(&mut self, at: usize) {
        self.at = at.min(self.ids.len().saturating_sub(1));
        self.selected = self.ids.get(self.at).copied();
        self.scroll();
    }

    /// Selects the one that is `by` further on, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        self.select(self.at.saturating_add_signed(by));
    }

    /// How many rows there are for it.
    pub fn set_page(&mut self, rows: usize) {
        self.page = rows;
        self.scroll();
    }

    /// How many rows there are for it.
    pub fn page(&self) -> usize {
        self.page.max(1)
    }

    /// Keeps the selected one in sight.
    fn scroll(&mut self) {
        let page = self.page();
        self.top = self.top.clamp((self.at + 1).saturating_sub(page), self.at);
        self.top = self.top.min(self.ids.len().saturating_sub(page));
    }

    /// The places in sight.
    pub fn in_sight(&self) -> Range<usize> {
        self.top..(self.top + self.page()).min(self.ids.len())
    }

    /// The numbers in sight, and as many before and after.
    pub fn near(&self) -> &[i64] {
        let page = self.page().max(20);
        let range = self.top.saturating_sub(page)..(self.top + 2 * page).min(self.ids.len());
        self.ids.get(range).unwrap_or_default()
    }
}

/// Marked numbers, in order: copying, inverting and asking stay cheap for a million of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<i64>);

impl Marks {
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, in order.
    pub fn ids(&self) -> &[i64] {
        &self.0
    }

    /// Whether that one is marked.
    pub fn contains(&self, id: i64) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    /// Marks it, or takes its mark away.
    pub fn toggle(&mut self, id: i64) {
        match self.0.binary_search(&id) {
            Ok(at) => {
                self.0.remove(at);
            }
            Err(at) => self.0.insert(at, id),
        }
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Marks all of these (in order) beside those that are marked.
    pub fn add_all(&mut self, ids: &[i64]) {
        self.0.extend_from_slice(ids);
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Marks those of `ids` (in order) that are not marked, and takes the marks of the others away;
    /// marks on what is not among them stay.
    pub fn invert(&mut self, ids: &[i64]) {
        let mut inverted = Vec::with_capacity(ids.len());
        let mut marked = self.0.iter().copied().peekable();
        for &id in ids {
            while let Some(other) = marked.next_if(|&other| other < id) {
                inverted.push(other);
            }
            if marked.next_if_eq(&id).is_none() {
                inverted.push(id);
            }
        }
        inverted.extend(marked);
        self.0 = inverted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ids: Range<i64>) -> List {
        let mut list = List::default();
        list.set_page(10);
        list.begin(false);
        list.take(ids.collect(), true);
        list
    }

    #[test]
    fn the_selected_one_stays_selected_when_the_list_changes() {
        let mut list = list(0..100);
        list.select(50);
        list.begin(true);
        list.take((40..45).collect(), false);
        assert_eq!((list.selected(), list.ids().len()), (Some(50), 100));
        list.take((45..60).collect(), true);
        assert_eq!((list.selected(), list.at()), (Some(50), 10));
        list.begin(true);
        list.take(vec![10, 60], true);
        assert_eq!(list.selected(), Some(60));
        list.begin(false);
        list.take(Vec::new(), true);
        assert_eq!(list.selected(), None);
    }

    #[test]
    fn what_is_selected_is_in_sight() {
        let mut list = list(0..100);
        for at in [99, 0, 9, 10, 55] {
            list.select(at);
            assert!(list.in_sight().contains(&at) && list.in_sight().len() == 10);
        }
        list.step(isize::MIN);
        assert_eq!((list.at(), list.in_sight()), (0, 0..10));
        list.step(isize::MAX);
        assert_eq!((list.at(), list.in_sight()), (99, 90..100));
        assert_eq!(list.near().len(), 30);
    }

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
    }
}

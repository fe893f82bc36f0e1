//! The list: numbers of any length, in order; what is selected, what is in sight, what is marked.

use std::ops::Range;
use std::sync::Arc;

/// Numbers that come in portions, in ascending order.
#[derive(Debug, Default)]
pub struct List {
    /// Shared with whoever follows the list: a million of them are not copied.
    ids: Arc<Vec<i64>>,
    /// Goes up whenever the numbers change.
    version: u64,
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

    /// The same, to be kept.
    pub fn shared(&self) -> Arc<Vec<i64>> {
        Arc::clone(&self.ids)
    }

    /// Another number whenever other numbers are there.
    pub fn version(&self) -> u64 {
        self.version
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
            self.ids = Arc::default();
            self.version += 1;
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
                    self.ids = Arc::new(self.coming.take().unwrap_or_default());
                }
            }
            None => Arc::make_mut(&mut self.ids).extend(portion),
        }
        self.version += 1;
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
}

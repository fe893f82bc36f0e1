//! Rows of the list that have been read: only those near what is in sight are asked for.

use std::collections::{HashMap, HashSet};

use crate::dataset::ListRow;
use crate::tui::effect::{Effect, Generation, Request};

/// Rows that are kept; far more than a screen shows.
const KEPT: usize = 4_000;

/// What is known of rows.
#[derive(Debug, Default)]
pub struct Rows {
    known: HashMap<i64, (Generation, ListRow)>,
    asked: HashSet<i64>,
    /// Goes up with every change of the dataset: older rows are shown, and asked for again.
    now: Generation,
}

impl Rows {
    /// The row, as it was last read.
    pub fn get(&self, id: i64) -> Option<&ListRow> {
        self.known.get(&id).map(|(_, row)| row)
    }

    /// The dataset changed: that example, or any.
    pub fn changed(&mut self) {
        self.now += 1;
        self.asked.clear();
    }

    /// Takes rows that were asked for.
    pub fn take(&mut self, generation: Generation, rows: Vec<ListRow>) {
        for row in rows {
            let known = self.known.get(&row.id).map(|(generation, _)| *generation);
            if known.is_none_or(|known| known <= generation) {
                self.known.insert(row.id, (generation, row));
            }
        }
    }

    /// Asks for those of these that are not known, or were read before the last change.
    pub fn ask(&mut self, near: &[i64]) -> Option<Effect> {
        if self.known.len() > KEPT {
            let keep: HashSet<i64> = near.iter().copied().collect();
            self.known.retain(|id, _| keep.contains(id));
        }
        let is_fresh = |id: &i64| self.known.get(id).is_some_and(|(generation, _)| *generation == self.now);
        let wanted: Vec<i64> =
            near.iter().copied().filter(|id| !is_fresh(id) && !self.asked.contains(id)).collect();
        if wanted.is_empty() {
            return None;
        }
        self.asked.extend(&wanted);
        Some(Effect::Ask(self.now, Request::Rows(wanted)))
    }
}

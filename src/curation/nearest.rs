//! The nearest: sketches of all prompts in memory, scanned for those like one of them.
//!
//! A scan compares the sketch sought with every one there is (32 bytes each), so there is no index
//! to keep, no threshold built in, and the order in which examples come does not matter. What it
//! finds is an estimate; [`Shingles`](crate::text::shingles::Shingles) of the texts say exactly.

use std::collections::BinaryHeap;

use crate::text::sketch::{Sketch, distance_at};

/// Prompts that are at least so alike are near-duplicates.
pub const DUPLICATE: f32 = 0.8;
/// Prompts that are at least so alike are worth a look.
pub const CLOSE: f32 = 0.5;

/// The sketches of a dataset's prompts, by the numbers of their examples.
#[derive(Debug, Clone, Default)]
pub struct Sketches {
    /// Ascending.
    ids: Vec<i64>,
    /// In the order of `ids`.
    sketches: Vec<Sketch>,
}

/// An example whose prompt seems like the one sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// In how many bits the sketches differ.
    pub distance: u32,
    /// The example.
    pub id: i64,
}

impl Sketches {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The examples with their sketches, by number.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Sketch)> + '_ {
        self.ids.iter().copied().zip(self.sketches.iter().copied())
    }

    /// The sketch of an example.
    pub fn get(&self, id: i64) -> Option<Sketch> {
        self.ids.binary_search(&id).ok().and_then(|at| self.sketches.get(at).copied())
    }

    /// Forgets an example.
    pub fn remove(&mut self, id: i64) {
        if let Ok(at) = self.ids.binary_search(&id) {
            self.ids.remove(at);
            self.sketches.remove(at);
        }
    }

    /// Takes sketches in; of an example that comes again, the last one holds.
    pub fn put(&mut self, new: impl IntoIterator<Item = (i64, Sketch)>) {
        let mut added: Vec<(i64, Sketch)> = Vec::new();
        for (id, sketch) in new {
            match self.ids.binary_search(&id) {
                // `sketches` is as long as `ids`.
                Ok(at) => self.sketches[at] = sketch,
                Err(_) => added.push((id, sketch)),
            }
        }
        // Stable: of several for one example the last one comes last, and is kept.
        added.sort_by_key(|(id, _)| *id);
        added.reverse();
        added.dedup_by_key(|(id, _)| *id);
        added.reverse();
        let Some(&(first, _)) = added.first() else { return };
        if self.ids.last().is_none_or(|last| *last < first) {
            self.ids.extend(added.iter().map(|(id, _)| *id));
            self.sketches.extend(added.into_iter().map(|(_, sketch)| sketch));
        } else {
            self.merge(added);
        }
    }

    /// Takes in ascending new ones that belong among those there are.
    fn merge(&mut self, added: Vec<(i64, Sketch)>) {
        let room = self.len() + added.len();
        let old = std::mem::replace(
            self,
            Self { ids: Vec::with_capacity(room), sketches: Vec::with_capacity(room) },
        );
        let mut added = added.into_iter().peekable();
        for (id, sketch) in old.iter() {
            while let Some((new, its)) = added.next_if(|(new, _)| *new < id) {
                self.push(new, its);
            }
            self.push(id, sketch);
        }
        for (new, its) in added {
            self.push(new, its);
        }
    }

    fn push(&mut self, id: i64, sketch: Sketch) {
        self.ids.push(id);
        self.sketches.push(sketch);
    }

    /// The `k` examples whose sketches are most like the one sought and at least [`CLOSE`] to it,
    /// the likest first, without the example `but`.
    pub fn nearest(&self, sought: Sketch, but: Option<i64>, k: usize) -> Vec<Candidate> {
        let mut farthest = distance_at(CLOSE);
        let mut found: BinaryHeap<Candidate> = BinaryHeap::with_capacity(k + 1);
        if k == 0 {
            return Vec::new();
        }
        for (at, sketch) in self.sketches.iter().enumerate() {
            let distance = sketch.distance(sought);
            if distance > farthest {
                continue;
            }
            // `ids` is as long as `sketches`.
            let id = self.ids[at];
            if Some(id) == but {
                continue;
            }
            found.push(Candidate { distance, id });
            if found.len() > k {
                found.pop();
                // Those that come later have larger numbers, so they would have to be nearer.
                farthest = found.peek().map_or(farthest, |last| last.distance.saturating_sub(1));
            }
        }
        found.into_sorted_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of_text(text)
    }

    #[test]
    fn the_likest_come_first_and_the_unlike_not_at_all() {
        let mut sketches = Sketches::default();
        sketches.put([
            (1, sketch("Where is the parcel that I ordered last week?")),
            (2, sketch("Write a poem about the sea.")),
            (3, sketch("Where is the parcel that I ordered last month?")),
            (4, sketch("Where is that parcel I had ordered last month, please?")),
        ]);
        let sought = sketch("Where is the parcel that I ordered last month?");
        let found: Vec<i64> = sketches.nearest(sought, None, 8).iter().map(|near| near.id).collect();
        assert_eq!(found.first(), Some(&3));
        assert!(found.contains(&1) && !found.contains(&2), "{found:?}");
        assert_eq!(sketches.nearest(sought, Some(3), 1).first().map(|near| near.id), Some(1));
        assert_eq!(sketches.nearest(sought, None, 0), []);
    }

    #[test]
    fn sketches_are_replaced_put_between_and_removed() {
        let mut sketches = Sketches::default();
        sketches.put([(5, sketch("five")), (9, sketch("nine"))]);
        sketches.put([(7, sketch("old")), (1, sketch("one")), (7, sketch("seven")), (9, sketch("new"))]);
        let ids: Vec<i64> = sketches.iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [1, 5, 7, 9]);
        assert_eq!(sketches.get(7), Some(sketch("seven")));
        assert_eq!(sketches.get(9), Some(sketch("new")));
        sketches.remove(5);
        assert_eq!((sketches.len(), sketches.get(5)), (3, None));
    }

    #[test]
    fn of_many_alike_the_first_are_taken() {
        let mut sketches = Sketches::default();
        sketches.put((1..100).map(|id| (id, sketch("the very same"))));
        let found = sketches.nearest(sketch("the very same"), None, 3);
        assert_eq!(found.iter().map(|near| near.id).collect::<Vec<_>>(), [1, 2, 3]);
    }
}

//! What was done to a text, in steps that are undone and done again as one.

use super::text::{Spot, end_of};

/// One edit.
#[derive(Debug)]
pub struct Edit {
    /// Where.
    pub at: Spot,
    /// What stood there before.
    pub removed: String,
    /// What stands there since.
    pub inserted: String,
    /// Where that ends.
    pub end: Spot,
}

/// What is undone at once, with the cursor's places before and after it.
#[derive(Debug)]
pub struct Step {
    /// In the order in which they were made.
    pub edits: Vec<Edit>,
    /// Where the cursor was.
    pub before: Spot,
    /// Where it was afterwards.
    pub after: Spot,
}

/// The steps.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// What is done until [`History::end_group`] is one step.
    group: Option<bool>,
}

impl History {
    /// From now on all edits are one step.
    pub fn begin_group(&mut self) {
        self.group.get_or_insert(false);
    }

    /// The next edit begins another step.
    pub fn end_group(&mut self) {
        self.group = None;
    }

    /// Keeps an edit: as a step of its own, or as part of the last one (`goes_on`).
    pub fn did(&mut self, at: Spot, removed: String, inserted: &str, cursor: Spot, goes_on: bool) {
        self.undone.clear();
        let goes_on = match &mut self.group {
            Some(begun) => std::mem::replace(begun, true),
            None => goes_on,
        };
        let end = end_of(at, inserted);
        let Some(step) = self.done.last_mut().filter(|_| goes_on) else {
            let edit = Edit { at, removed, inserted: inserted.to_owned(), end };
            self.done.push(Step { edits: vec![edit], before: cursor, after: cursor });
            return;
        };
        match step.edits.last_mut() {
            // Typed on: the letters of a word are one edit.
            Some(last) if removed.is_empty() && last.end == at => {
                last.inserted.push_str(inserted);
                last.end = end;
            }
            _ => step.edits.push(Edit { at, removed, inserted: inserted.to_owned(), end }),
        }
    }

    /// Where the cursor is after the last edit.
    pub fn ended_at(&mut self, cursor: Spot) {
        if let Some(step) = self.done.last_mut() {
            step.after = cursor;
        }
    }

    /// The step to undo; it is to be handed back with [`History::undid`].
    pub fn undo(&mut self) -> Option<Step> {
        self.end_group();
        self.done.pop()
    }

    /// A step was undone.
    pub fn undid(&mut self, step: Step) {
        self.undone.push(step);
    }

    /// The step to do again; it is to be handed back with [`History::redid`].
    pub fn redo(&mut self) -> Option<Step> {
        self.end_group();
        self.undone.pop()
    }

    /// A step was done again.
    pub fn redid(&mut self, step: Step) {
        self.done.push(step);
    }
}

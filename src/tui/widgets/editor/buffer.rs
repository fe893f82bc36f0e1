//! The text that is being typed, with its cursor, its selection, its history and what was cut last.
//!
//! All is done by grapheme clusters: the cursor and the ends of a selection are never inside one, so
//! that nothing leaves half of one behind.

mod cut;

use super::history::{History, Step};
use super::layout::Layout;
use super::marks::{Mark, Marks};
use super::text::{Change, Spot, Text};

pub use cut::Cut;

/// What the last change was, so that like ones become one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Letters of a word.
    Word,
    /// Blanks after it.
    Blank,
    /// Cut by a key that may go on cutting.
    Kill,
    /// Anything else.
    Other,
}

/// Which lines are others since they were asked for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// The first of them.
    pub first: usize,
    /// How many there were.
    pub removed: usize,
    /// How many there are in their place.
    pub inserted: usize,
}

/// The text that is being typed.
#[derive(Debug)]
pub struct Buffer {
    text: Text,
    cursor: Spot,
    /// Where the selection began.
    anchor: Option<Spot>,
    /// Whether moving without a key that selects keeps the selection.
    holds: bool,
    history: History,
    last: Last,
    cut: Cut,
    /// The rows in which it is shown.
    pub layout: Layout,
    /// What is marked in it.
    pub marks: Marks,
    changed: Option<Changed>,
    revision: u64,
}

impl Buffer {
    /// A text, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let text = Text::new(text);
        Self {
            cursor: text.end(),
            text,
            anchor: None,
            holds: false,
            history: History::default(),
            last: Last::Other,
            cut: Cut::default(),
            layout: Layout::default(),
            marks: Marks::default(),
            changed: None,
            revision: 0,
        }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Counts the changes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Which lines changed since this was asked last.
    pub fn take_changed(&mut self) -> Option<Changed> {
        self.changed.take()
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Spot {
        self.cursor
    }

    /// Lays the text out in a column of `cells`.
    pub fn lay(&mut self, cells: usize) {
        self.layout.lay(self.text.lines(), cells);
    }

    /// What is selected, from the first place to the last.
    pub fn selection(&self) -> Option<(Spot, Spot)> {
        let anchor = self.anchor?;
        (anchor != self.cursor).then(|| (anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// What is selected only until the cursor moves.
    pub fn loose_selection(&self) -> Option<(Spot, Spot)> {
        self.selection().filter(|_| !self.holds)
    }

    /// Marks these parts and no others.
    pub fn set_marks(&mut self, marks: Vec<Mark>) {
        self.marks.set(&self.text, marks);
    }

    /// Where the selection began.
    pub fn anchor(&self) -> Option<Spot> {
        self.anchor
    }

    /// Begins a selection here that every movement changes, or ends it.
    pub fn toggle_selection(&mut self) {
        self.last = Last::Other;
        self.holds = self.anchor.is_none() || !self.holds;
        self.anchor = self.holds.then_some(self.cursor);
    }

    /// Ends the selection.
    pub fn deselect(&mut self) {
        (self.anchor, self.holds) = (None, false);
    }

    /// Selects from one place to another, where the cursor goes.
    pub fn select(&mut self, from: Spot, to: Spot) {
        self.last = Last::Other;
        (self.anchor, self.cursor) = (Some(self.text.floor(from)), self.text.floor(to));
        self.holds = false;
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.select(Spot::default(), self.text.end());
    }

    /// Puts the cursor to a place. A selection that is held grows or shrinks; any other ends.
    pub fn go(&mut self, to: Spot) {
        self.last = Last::Other;
        if !self.holds {
            self.anchor = None;
        }
        self.cursor = self.text.floor(to);
    }

    /// Puts the cursor to a place, and leaves what is selected and what is one step of undo.
    pub fn put_cursor(&mut self, to: Spot) {
        self.cursor = self.text.floor(to);
    }

    /// From now on every movement changes the selection that there is.
    pub fn hold(&mut self) {
        self.holds = self.anchor.is_some();
    }

    /// Moves to the other end of the selection.
    pub fn swap_ends(&mut self) {
        if let Some(anchor) = &mut self.anchor {
            std::mem::swap(anchor, &mut self.cursor);
        }
    }

    /// Puts the cursor to a place and selects on the way.
    pub fn go_selecting(&mut self, to: Spot) {
        self.last = Last::Other;
        self.anchor.get_or_insert(self.cursor);
        self.cursor = self.text.floor(to);
    }

    /// From now on all edits are one step of undo, until the next undo or [`Buffer::end_group`].
    pub fn begin_group(&mut self) {
        self.history.begin_group();
    }

    /// The next edit begins another step.
    pub fn end_group(&mut self) {
        self.last = Last::Other;
        self.history.end_group();
    }

    /// The one way in which the text changes: what follows it is told.
    fn apply(&mut self, from: Spot, to: Spot, text: &str) -> (Change, String) {
        let (change, removed) = self.text.replace(from, to, text);
        self.layout.changed(self.text.lines(), &change);
        self.marks.changed(&change);
        let now = Changed {
            first: change.from.line,
            removed: change.old_end.line - change.from.line + 1,
            inserted: change.new_end.line - change.from.line + 1,
        };
        self.changed = Some(self.changed.map_or(now, |before| before.then(now)));
        self.revision += 1;
        (change, removed)
    }

    /// Puts a text in the place of what stands between two places, the cursor behind it.
    pub fn replace(&mut self, from: Spot, to: Spot, text: &str) -> Change {
        self.last = Last::Other;
        self.edit(from, to, text, false)
    }

    fn edit(&mut self, from: Spot, to: Spot, text: &str, goes_on: bool) -> Change {
        let (change, removed) = self.apply(from, to, text);
        self.history.did(from, removed, text, self.cursor, goes_on);
        // What was put in may have become one cluster with what follows.
        self.cursor = self.text.ceil(change.new_end);
        self.history.ended_at(self.cursor);
        self.deselect();
        change
    }

    /// Puts a text in at the cursor, in the place of what is selected. Line breaks of other systems
    /// become ours.
    pub fn insert(&mut self, text: &str) -> bool {
        let ours;
        let text = if text.contains('\r') {
            ours = text.replace("\r\n", "\n").replace('\r', "\n");
            ours.as_str()
        } else {
            text
        };
        if text.is_empty() {
            return false;
        }
        let selection = self.selection();
        let mut typed = text.chars();
        let kind = match (typed.next(), typed.next()) {
            (Some(c), None) if c != '\n' && c.is_whitespace() => Last::Blank,
            (Some(c), None) if c != '\n' => Last::Word,
            _ => Last::Other,
        };
        let goes_on = selection.is_none()
            && kind != Last::Other
            && (kind == self.last || kind == Last::Blank && self.last == Last::Word);
        let (from, to) = selection.unwrap_or((self.cursor, self.cursor));
        self.edit(from, to, text, goes_on);
        self.last = kind;
        true
    }

    /// Takes back what was done last.
    pub fn undo(&mut self) -> bool {
        self.last = Last::Other;
        let Some(step) = self.history.undo() else { return false };
        for edit in step.edits.iter().rev() {
            self.apply(edit.at, edit.end, &edit.removed);
        }
        self.came_to(step.before);
        self.history.undid(step);
        true
    }

    /// Does again what undo took back.
    pub fn redo(&mut self) -> bool {
        self.last = Last::Other;
        let Some(step) = self.history.redo() else { return false };
        for edit in &step.edits {
            let removed_end = super::text::end_of(edit.at, &edit.removed);
            self.apply(edit.at, removed_end, &edit.inserted);
        }
        let Step { after, .. } = step;
        self.came_to(after);
        self.history.redid(step);
        true
    }

    fn came_to(&mut self, cursor: Spot) {
        self.deselect();
        self.cursor = self.text.floor(cursor);
    }

    /// Deletes what stands between two places.
    pub fn delete(&mut self, from: Spot, to: Spot) -> bool {
        if from == to {
            return false;
        }
        self.edit(from.min(to), from.max(to), "", false);
        self.last = Last::Other;
        true
    }

    /// Deletes what is selected, or else what stands between the cursor and another place.
    pub fn delete_to(&mut self, to: Spot) -> bool {
        let (from, to) = self.selection().unwrap_or((self.cursor, to));
        self.deselect();
        self.delete(from, to)
    }
}

impl Changed {
    /// Both of two changes, the second made after the first.
    fn then(self, later: Self) -> Self {
        let first = self.first.min(later.first);
        // In the lines between the two.
        let end = (self.first + self.inserted).max(later.first + later.removed);
        let removed = end + self.removed - self.inserted - first;
        let inserted = end + later.inserted - later.removed - first;
        Self { first, removed, inserted }
    }
}

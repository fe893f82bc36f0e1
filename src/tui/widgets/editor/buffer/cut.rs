//! What is taken out of a text, or copied, to be pasted.

use super::super::text::Spot;
use super::{Buffer, Last};

/// What was cut or copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// The text.
    pub text: String,
    /// Whether it is whole lines (without the last line break).
    pub is_lines: bool,
}

impl Buffer {
    /// Deletes what is selected, or else what stands between the cursor and another place, to be pasted:
    /// what is cut by one key after the other is pasted together.
    pub fn kill_to(&mut self, to: Spot) -> bool {
        let goes_on = self.last == Last::Kill;
        let (from, to) = self.selection().unwrap_or((self.cursor, to));
        let is_before = to < from;
        let (from, to) = (from.min(to), from.max(to));
        self.deselect();
        if from == to {
            return false;
        }
        let killed = self.text.slice(from, to);
        self.edit(from, to, "", false);
        let joined = match std::mem::take(&mut self.cut.text) {
            before if goes_on && is_before => killed + &before,
            before if goes_on => before + &killed,
            _ => killed,
        };
        self.cut = Cut { text: joined, is_lines: false };
        self.last = Last::Kill;
        true
    }

    /// Takes out the lines of the cursor or the selection, to be pasted.
    pub fn kill_lines(&mut self) -> bool {
        let (first, last) = self.selection().unwrap_or((self.cursor, self.cursor));
        let (mut from, mut to) = (Spot { byte: 0, ..first }, Spot { line: last.line + 1, byte: 0 });
        let lines = self.text.slice(from, self.text.line_end(last.line));
        if last.line + 1 == self.text.lines().len() {
            // The last line goes with the break before it.
            to = self.text.end();
            from = if from.line > 0 { self.text.line_end(from.line - 1) } else { from };
        }
        if from == to {
            return false;
        }
        let goes_on = self.last == Last::Kill && self.cut.is_lines;
        self.edit(from, to, "", false);
        self.cursor = Spot { byte: 0, ..self.cursor };
        self.history.ended_at(self.cursor);
        let text = if goes_on { std::mem::take(&mut self.cut.text) + "\n" + &lines } else { lines };
        self.cut = Cut { text, is_lines: true };
        self.last = Last::Kill;
        true
    }

    /// Takes the selection out, to be pasted; returns it.
    pub fn cut(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        self.cut = Cut { text: self.text.slice(from, to), is_lines: false };
        self.edit(from, to, "", false);
        self.last = Last::Other;
        Some(self.cut.text.clone())
    }

    /// Copies the selection, to be pasted; returns it.
    pub fn copy(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        self.cut = Cut { text: self.text.slice(from, to), is_lines: false };
        Some(self.cut.text.clone())
    }

    /// What was cut or copied last.
    pub fn last_cut(&self) -> &Cut {
        &self.cut
    }

    /// Keeps something to be pasted.
    pub fn keep_cut(&mut self, cut: Cut) {
        self.cut = cut;
    }

    /// Puts in what was cut or copied last.
    pub fn paste(&mut self) -> bool {
        let mut text = std::mem::take(&mut self.cut.text);
        if text.is_empty() {
            return false;
        }
        let len = text.len();
        if self.cut.is_lines {
            text.push('\n');
        }
        self.last = Last::Other;
        let (from, to) = self.selection().unwrap_or((self.cursor, self.cursor));
        self.edit(from, to, &text, false);
        text.truncate(len);
        self.cut.text = text;
        self.last = Last::Other;
        true
    }
}

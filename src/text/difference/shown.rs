//! A difference as one text that can be read: what went before what came, with or without signs.

use std::ops::Range;

use super::{Change, Difference};

/// Rows that are shown around what changed.
const AROUND: usize = 2;
/// Fewer rows than this are not folded: nothing would be won.
const FEWEST: usize = 3;

/// A difference as one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// What is read.
    pub text: String,
    /// What of it went and came, in order, without overlap.
    pub marks: Vec<(Range<usize>, Change)>,
}

impl Difference {
    /// The difference as one text; with signs, `[-…-]` stands around what went and `{+…+}` around what came; without
    /// them a blank parts the two.
    pub fn shown(&self, signs: bool) -> Shown {
        let mut shown = Shown::default();
        let mut parts = self.parts.iter().peekable();
        while let Some(part) = parts.next() {
            let (open, close) = match part.change {
                Change::Removed if signs => ("[-", "-]"),
                Change::Added if signs => ("{+", "+}"),
                _ => ("", ""),
            };
            if part.change == Change::Same {
                shown.text.push_str(&part.text);
                continue;
            }
            let start = shown.text.len();
            shown.text.push_str(open);
            if part.text.trim().is_empty() {
                shown.blank(part.change, &part.text);
            } else {
                shown.text.push_str(&part.text);
            }
            shown.text.push_str(close);
            shown.marks.push((start..shown.text.len(), part.change));
            let next = parts.peek().filter(|next| next.change == Change::Added);
            if let Some(next) = next.filter(|_| part.change == Change::Removed) {
                let is_long = next.text.trim().contains('\n') || part.text.trim().contains('\n');
                let is_apart = shown.text.ends_with('\n');
                if is_long && !is_apart {
                    // What came stands on a line of its own below what went.
                    shown.text.push('\n');
                } else if !signs && !is_apart && !part.text.ends_with(' ') && !next.text.starts_with(' ') {
                    // Styles alone would let what went run into what came.
                    shown.text.push(' ');
                }
            }
        }
        shown
    }

    /// The difference as plain text with signs.
    pub fn marked(&self) -> String {
        self.shown(true).text
    }
}

impl Shown {
    /// Blanks that changed, so that one sees them.
    fn blank(&mut self, change: Change, blanks: &str) {
        for c in blanks.chars() {
            match c {
                ' ' => self.text.push('·'),
                '\n' if change == Change::Added => self.text.push_str("↵\n"),
                '\n' => self.text.push('↵'),
                other => self.text.push(other),
            }
        }
    }

    /// Whether anything changed in a part of the text.
    pub fn changes_in(&self, part: &Range<usize>) -> bool {
        let first = self.marks.partition_point(|(range, _)| range.end <= part.start);
        self.marks.get(first).is_some_and(|(range, _)| range.start < part.end)
    }
}

/// A row of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The row of that number.
    This(usize),
    /// In the place of so many rows that are the same.
    Same(usize),
}

/// So many rows, of which those that are far from any change are folded.
pub fn folded(rows: usize, changes: impl Fn(usize) -> bool) -> Vec<Row> {
    let mut is_near = vec![false; rows];
    for row in (0..rows).filter(|&row| changes(row)) {
        let near = row.saturating_sub(AROUND)..(row + AROUND + 1).min(rows);
        is_near.get_mut(near).unwrap_or_default().fill(true);
    }
    let mut shown = Vec::new();
    for group in is_near.chunk_by(|a, b| a == b) {
        let start = shown.iter().map(|row| if let Row::Same(n) = row { *n } else { 1 }).sum::<usize>();
        if group.first() == Some(&false) && group.len() >= FEWEST {
            shown.push(Row::Same(group.len()));
        } else {
            shown.extend((start..start + group.len()).map(Row::This));
        }
    }
    shown
}

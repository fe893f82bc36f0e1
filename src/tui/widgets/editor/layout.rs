//! The rows in which the text being typed is shown. A change wraps no more than what it changed: of
//! a line that was typed in, the rows from shortly before the change until they are the old ones
//! again.

use unicode_segmentation::UnicodeSegmentation;

use super::text::{Change, Spot};
use crate::text::width::{grapheme_width, shown_width};
use crate::text::wrap::{Row, rewrap, row_of, wrap};

/// The rows of all lines.
#[derive(Default)]
pub struct Layout {
    cells: usize,
    lines: Vec<Vec<Row>>,
    /// The row of the whole text at which each line begins.
    firsts: Vec<usize>,
    height: usize,
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layout")
            .field("cells", &self.cells)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

impl Layout {
    /// Lays the lines out in a column of `cells`; nothing is to be done where they are already.
    pub fn lay(&mut self, lines: &[String], cells: usize) {
        if self.cells != cells {
            self.cells = cells;
            self.lines = lines.iter().map(|line| wrap(line, cells)).collect();
            self.count_from(0);
        }
    }

    /// The lines changed so: of the first and the last of them, what stands before and behind the
    /// change keeps its rows.
    pub fn changed(&mut self, lines: &[String], change: &Change) {
        let Change { from, old_end, new_end } = *change;
        if self.cells == 0 {
            return;
        }
        let Some(rows) = self.lines.get_mut(from.line) else { return };
        let line = |at: usize| lines.get(at).map_or("", String::as_str);
        let len = rows.last().map_or(0, |row| row.end);
        let mut first = std::mem::take(rows);
        if from.line == old_end.line && from.line == new_end.line {
            let before = first.len();
            rewrap(
                &mut first,
                line(from.line),
                self.cells,
                from.byte..old_end.byte,
                new_end.byte - from.byte,
            );
            let is_as_high = first.len() == before;
            *rows = first;
            if !is_as_high {
                self.count_from(from.line + 1);
            }
            return;
        }
        let is_one = from.line == old_end.line;
        let mut last = if is_one {
            first.clone()
        } else {
            self.lines.get_mut(old_end.line).map(std::mem::take).unwrap_or_default()
        };
        let mut fresh: Vec<Vec<Row>> = Vec::with_capacity(new_end.line - from.line + 1);
        if from.line == new_end.line {
            // Joined: as if the last line had always stood behind the first. (The row of an empty line
            // would be one too many.)
            if len == 0 {
                first.clear();
            }
            for row in &mut last {
                (row.start, row.shown_end, row.end) = (row.start + len, row.shown_end + len, row.end + len);
            }
            first.append(&mut last);
            rewrap(
                &mut first,
                line(from.line),
                self.cells,
                from.byte..len + old_end.byte,
                new_end.byte - from.byte,
            );
            fresh.push(first);
        } else {
            let inserted = line(from.line).len() - from.byte;
            rewrap(&mut first, line(from.line), self.cells, from.byte..len, inserted);
            fresh.push(first);
            let between = lines.get(from.line + 1..new_end.line).unwrap_or_default();
            fresh.extend(between.iter().map(|line| wrap(line, self.cells)));
            rewrap(&mut last, line(new_end.line), self.cells, 0..old_end.byte, new_end.byte);
            fresh.push(last);
        }
        self.lines.splice(from.line..=old_end.line, fresh);
        self.count_from(from.line);
    }

    /// Counts the rows before each line from this one on.
    fn count_from(&mut self, line: usize) {
        self.firsts.truncate(line);
        let mut row = match line.checked_sub(1) {
            Some(before) => {
                self.firsts.get(before).copied().unwrap_or(0) + self.lines.get(before).map_or(0, Vec::len)
            }
            None => 0,
        };
        for rows in self.lines.iter().skip(line) {
            self.firsts.push(row);
            row += rows.len();
        }
        self.height = row;
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The number of the line, and the row in it, for a row of the whole text.
    pub fn row(&self, at: usize) -> Option<(usize, &Row)> {
        let line = self.firsts.partition_point(|&first| first <= at).checked_sub(1)?;
        let first = self.firsts.get(line)?;
        self.lines.get(line)?.get(at - first).map(|row| (line, row))
    }

    /// The row and the cell at which a place is shown.
    pub fn cell(&self, lines: &[String], spot: Spot) -> (usize, usize) {
        let (Some(rows), Some(text)) = (self.lines.get(spot.line), lines.get(spot.line)) else {
            return (0, 0);
        };
        let at = row_of(rows, spot.byte);
        let x = rows
            .get(at)
            .map_or(0, |row| shown_width(text.get(row.start..spot.byte).unwrap_or_default()).min(self.cells));
        (self.firsts.get(spot.line).copied().unwrap_or(0) + at, x)
    }

    /// The place that is shown at a row (the nearest one there is) and a cell.
    pub fn spot(&self, lines: &[String], row: usize, x: usize) -> Spot {
        let row = row.min(self.height.saturating_sub(1));
        let Some((line, row)) = self.row(row) else { return Spot::default() };
        let text = lines.get(line).map_or("", String::as_str);
        let mut taken = 0;
        let mut byte = row.start;
        // A row that goes on has its last place at the start of the next one.
        let end = if row.end > row.shown_end || row.end == text.len() { row.shown_end } else { row.end };
        for cluster in text.get(row.start..end).unwrap_or_default().graphemes(true) {
            let wide = if cluster.is_ascii() && !cluster.contains(|c: char| c.is_ascii_control()) {
                grapheme_width(cluster)
            } else {
                shown_width(cluster)
            };
            let goes_on = byte + cluster.len() == row.end && row.end < text.len();
            if taken + wide > x || goes_on {
                break;
            }
            taken += wide;
            byte += cluster.len();
        }
        Spot { line, byte }
    }
}

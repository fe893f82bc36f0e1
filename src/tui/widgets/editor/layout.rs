//! The rows in which the text being typed is shown: only the lines that changed are wrapped again.

use super::buffer::Spot;
use crate::text::width::{grapheme_width, shown_width};
use crate::text::wrap::{Row, row_of, wrap};
use unicode_segmentation::UnicodeSegmentation;

/// A line with its rows.
struct Line {
    text: String,
    rows: Vec<Row>,
    /// The row of the whole text at which it begins.
    first: usize,
}

/// All lines with their rows.
#[derive(Default)]
pub struct Layout {
    cells: usize,
    lines: Vec<Line>,
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
    /// Brings the rows up to date with the lines, in a column of `cells`.
    pub fn update(&mut self, lines: &[String], cells: usize) {
        if self.cells != cells {
            self.cells = cells;
            self.lines.clear();
        }
        let same = |(old, new): &(&Line, &String)| old.text == **new;
        let before = self.lines.iter().zip(lines).take_while(same).count();
        if before == lines.len() && before == self.lines.len() {
            return;
        }
        let most = lines.len().min(self.lines.len()) - before;
        let after = self.lines.iter().rev().zip(lines.iter().rev()).take(most).take_while(same).count();
        let changed = lines.get(before..lines.len() - after).unwrap_or_default();
        let fresh = changed.iter().map(|line| Line { text: line.clone(), rows: wrap(line, cells), first: 0 });
        self.lines.splice(before..self.lines.len() - after, fresh.collect::<Vec<_>>());
        self.height = 0;
        for line in &mut self.lines {
            line.first = self.height;
            self.height += line.rows.len();
        }
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The line, its number and the row in it, for a row of the whole text.
    pub fn row(&self, at: usize) -> Option<(usize, &str, &Row)> {
        let number = self.lines.partition_point(|line| line.first <= at).checked_sub(1)?;
        let line = self.lines.get(number)?;
        line.rows.get(at - line.first).map(|row| (number, line.text.as_str(), row))
    }

    /// The row and the cell at which a place is shown.
    pub fn cell(&self, spot: Spot) -> (usize, usize) {
        let Some(line) = self.lines.get(spot.line) else { return (0, 0) };
        let at = row_of(&line.rows, spot.byte);
        let x = line.rows.get(at).map_or(0, |row| {
            shown_width(line.text.get(row.start..spot.byte).unwrap_or_default()).min(self.cells)
        });
        (line.first + at, x)
    }

    /// The place that is shown at a row (the nearest one there is) and a cell.
    pub fn spot(&self, row: usize, x: usize) -> Spot {
        let row = row.min(self.height.saturating_sub(1));
        let Some((line, text, row)) = self.row(row) else { return Spot { line: 0, byte: 0 } };
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

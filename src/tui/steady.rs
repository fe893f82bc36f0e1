//! Rows with clusters of which nobody knows how wide a terminal draws them: painted whole, each
//! part at its place, so that nothing of them is left behind when they change.

use std::collections::BTreeMap;

use ratatui::backend::{Backend, ClearType};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthChar;

use crate::text::width::width;

/// Whether terminals differ in how wide they draw a cluster: it joins several characters that would
/// take a cell by themselves, or a mark in it asks for another picture.
fn is_uncertain(cluster: &str) -> bool {
    !cluster.is_ascii()
        && (cluster.contains(['\u{200c}', '\u{200d}', '\u{fe0f}'])
            || cluster.chars().filter(|c| c.width().is_some_and(|cells| cells > 0)).count() > 1)
}

/// A row that is to be painted whole.
#[derive(Debug, PartialEq)]
pub struct Row {
    y: u16,
    cells: Vec<Cell>,
}

/// The rows with such clusters that the terminal shows.
#[derive(Debug, Default)]
pub struct Uncertain {
    rows: BTreeMap<u16, Vec<Cell>>,
    area: Rect,
}

impl Uncertain {
    /// The terminal shows nothing any more.
    pub fn forget(&mut self) {
        self.rows.clear();
    }

    /// The rows of a picture that differ from what was shown there, and have such clusters now or
    /// had them then.
    pub fn changed(&mut self, picture: &Buffer) -> Vec<Row> {
        if self.area != picture.area {
            // The terminal is painted anew where its size is another.
            self.forget();
            self.area = picture.area;
        }
        let mut before = std::mem::take(&mut self.rows);
        let mut changed = Vec::new();
        let cells = usize::from(picture.area.width).max(1);
        for (y, row) in (picture.area.y..).zip(picture.content.chunks(cells)) {
            let is_uncertain = row.iter().any(|cell| is_uncertain(cell.symbol()));
            let shown = before.remove(&y);
            if (is_uncertain || shown.is_some()) && shown.as_deref() != Some(row) {
                changed.push(Row { y, cells: row.to_vec() });
            }
            if is_uncertain {
                self.rows.insert(y, row.to_vec());
            }
        }
        changed
    }
}

/// Paints rows whole. The cursor is left wherever the last of them ends.
pub fn paint<B: Backend>(backend: &mut B, rows: &[Row]) -> Result<(), B::Error> {
    for Row { y, cells } in rows {
        backend.set_cursor_position(Position::new(0, *y))?;
        backend.clear_region(ClearType::CurrentLine)?;
        let mut part: Vec<(u16, u16, &Cell)> = Vec::new();
        let mut covered = 0;
        for (at, cell) in cells.iter().enumerate() {
            // The cells that a wide cluster covers besides its own hold nothing.
            if at < covered {
                continue;
            }
            covered = at + width(cell.symbol()).max(1);
            part.push((u16::try_from(at).unwrap_or(u16::MAX), *y, cell));
            if is_uncertain(cell.symbol()) {
                // What follows is put at its own place, wherever the terminal believes to be.
                backend.draw(part.drain(..))?;
            }
        }
        backend.draw(part.into_iter())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use ratatui::backend::TestBackend;

    use super::*;

    const TELUGU: &str = "జ్ఞ\u{200c}ా then more";

    #[test]
    fn clusters_of_several_parts_are_uncertain_and_plain_ones_are_not() {
        for cluster in ["జ్ఞ\u{200c}ా", "👩\u{200d}🔬", "❤\u{fe0f}", "🇫🇷"] {
            assert!(is_uncertain(cluster), "{cluster}");
        }
        for cluster in ["a", "漢", "e\u{301}", "…", "é", "👍"] {
            assert!(!is_uncertain(cluster), "{cluster}");
        }
    }

    #[test]
    fn only_rows_that_have_them_or_had_them_and_changed_are_painted_whole() {
        let mut rows = Uncertain::default();
        let mut ys = |lines: [&str; 3]| {
            let mut picture = Buffer::empty(Rect::new(0, 0, 30, 3));
            for (y, line) in (0..).zip(lines) {
                picture.set_string(0, y, line, ratatui::style::Style::new());
            }
            rows.changed(&picture).into_iter().map(|row| row.y).collect::<Vec<_>>()
        };
        assert_eq!(ys(["plain", TELUGU, "漢字"]), [1]);
        assert!(ys(["other", TELUGU, "漢"]).is_empty(), "nothing of it changed");
        assert_eq!(ys(["other", "plain", "漢"]), [1], "what it left behind goes");
        assert!(ys(["plain", "other", "漢"]).is_empty());
    }

    #[test]
    fn a_row_is_painted_as_it_is_over_whatever_is_there() {
        let picture = Buffer::with_lines([format!("a 漢 {TELUGU} 👩\u{200d}🔬 b")]);
        let mut backend = TestBackend::new(picture.area.width, 1);
        let remains = Cell::new("#");
        let cells = (0..picture.area.width).map(|x| (x, 0, &remains));
        backend.draw(cells).unwrap();
        paint(&mut backend, &Uncertain::default().changed(&picture)).unwrap();
        assert_eq!(backend.buffer(), &picture);
    }
}

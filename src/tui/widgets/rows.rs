//! Rows of text from a dataset: wrapped once for a width, drawn harmless, stretches of them styled.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::text::harmless::visible;
use crate::text::wrap::{Row, wrap};

/// A text with its rows for the width in which it was shown last.
#[derive(Default)]
pub struct Laid {
    text: String,
    cells: usize,
    rows: Vec<Row>,
}

impl std::fmt::Debug for Laid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Laid").field("text", &self.text).field("cells", &self.cells).finish_non_exhaustive()
    }
}

impl Laid {
    /// A text that is not laid out yet.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cells: 0, rows: Vec::new() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes another text; where it is the same, the rows stay.
    pub fn set(&mut self, text: String) {
        if self.text != text {
            *self = Self::new(text);
        }
    }

    /// Its rows in a column of `cells`: wrapped only where the width is another than the last time.
    pub fn lay(&mut self, cells: usize) -> &[Row] {
        let cells = cells.max(1);
        if self.cells != cells {
            self.cells = cells;
            self.rows = wrap(&self.text, cells);
        }
        &self.rows
    }

    /// The rows of the last layout, and the text.
    pub fn rows(&self) -> (&str, &[Row]) {
        (&self.text, &self.rows)
    }
}

/// Part of a text that is drawn in a style of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Which bytes of the text.
    pub range: Range<usize>,
    /// How they are drawn, over the style of the text.
    pub style: Style,
}

/// How a row is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The text.
    pub base: Style,
    /// What stands for a character that can't be drawn.
    pub mark: Style,
    /// Parts in a style of their own, in order, without overlap.
    pub stretches: &'a [Stretch],
}

/// Draws the part `shown` of a text in one row of at most `cells`; returns the cells taken.
pub fn draw(
    buffer: &mut Buffer,
    at: (u16, u16),
    cells: u16,
    text: &str,
    shown: Range<usize>,
    look: Look<'_>,
) -> u16 {
    let (mut x, y) = at;
    let end = x.saturating_add(cells);
    let mut place = shown.start;
    for run in visible(text.get(shown).unwrap_or_default()) {
        let mut rest: &str = &run.text;
        let base = if run.is_mark { look.base.patch(look.mark) } else { look.base };
        while !rest.is_empty() && x < end {
            let first = look.stretches.partition_point(|stretch| stretch.range.end <= place);
            let (style, until) = match look.stretches.get(first) {
                Some(stretch) if stretch.range.start <= place => {
                    (base.patch(stretch.style), stretch.range.end)
                }
                Some(stretch) => (base, stretch.range.start),
                None => (base, usize::MAX),
            };
            // A mark is one character of the data, however long its picture is.
            let len = if run.is_mark { rest.len() } else { rest.len().min(until - place) };
            let (now, later) = rest.split_at_checked(len).unwrap_or((rest, ""));
            (x, _) = buffer.set_stringn(x, y, now, usize::from(end - x), style);
            place += if run.is_mark { run.len } else { now.len() };
            rest = later;
        }
        if x >= end {
            break;
        }
    }
    x - at.0
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier};

    use super::*;

    fn line(buffer: &Buffer, y: u16) -> String {
        (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect()
    }

    #[test]
    fn what_would_drive_the_terminal_is_drawn_as_marks() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let text = "a\x1b[31mb\u{202e}c";
        let look = Look { base: Style::new(), mark: Style::new().fg(Color::Magenta), stretches: &[] };
        let taken = draw(&mut buffer, (0, 0), 20, text, 0..text.len(), look);
        assert_eq!(line(&buffer, 0), "a␛[31mb<U+202E>c    ");
        assert_eq!(taken, 16);
        assert_eq!(buffer[(1, 0)].fg, Color::Magenta);
        assert_eq!(buffer[(2, 0)].fg, Color::Reset);
    }

    #[test]
    fn stretches_are_styled_where_they_lie_and_nowhere_else() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let text = "one \u{7}two three";
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let stretches = [Stretch { range: 5..8, style: bold }];
        let look = Look { base: Style::new(), mark: Style::new(), stretches: &stretches };
        draw(&mut buffer, (0, 0), 12, text, 0..text.len(), look);
        assert_eq!(line(&buffer, 0), "one ␇two thr");
        let styled: Vec<u16> =
            (0..12).filter(|&x| buffer[(x, 0)].modifier.contains(Modifier::BOLD)).collect();
        assert_eq!(styled, [5, 6, 7]);
    }
}

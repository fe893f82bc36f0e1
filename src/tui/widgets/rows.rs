//! Rows of text from a dataset: wrapped once for a width, drawn harmless, stretches of them styled.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::highlight::{Piece, Whole};
use crate::text::harmless::visible;
use crate::text::wrap::{Row, wrap};
use crate::tui::theme::Theme;

/// A text with its rows for the width in which it was shown last.
#[derive(Default)]
pub struct Laid {
    text: String,
    cells: usize,
    rows: Vec<Row>,
    highlight: Whole,
}

impl std::fmt::Debug for Laid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Laid").field("text", &self.text).field("cells", &self.cells).finish_non_exhaustive()
    }
}

impl Laid {
    /// A text that is not laid out yet.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
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

    /// How the part `shown` of it is highlighted, where it is JSON, Markdown or code.
    pub fn stretches(&mut self, shown: &Range<usize>, theme: &Theme) -> Vec<Stretch> {
        self.highlight.pieces(&self.text, shown).into_iter().map(|piece| Stretch::of(piece, theme)).collect()
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

impl Stretch {
    /// A part of a line as it is highlighted.
    pub fn of(piece: Piece, theme: &Theme) -> Self {
        Self { range: piece.range, style: piece.class.style(theme) }
    }
}

/// Two layers of stretches as one, each in order and without overlap: where both lie, the style of
/// the upper one goes over that of the lower one.
pub fn layered(lower: &[Stretch], upper: &[Stretch]) -> Vec<Stretch> {
    if upper.is_empty() {
        return lower.to_vec();
    }
    let mut layers = Vec::with_capacity(lower.len() + 2 * upper.len());
    let mut add = |range: Range<usize>, style: Style| {
        if !range.is_empty() {
            layers.push(Stretch { range, style });
        }
    };
    let (mut below, mut above) = (lower.iter().peekable(), upper.iter().peekable());
    let mut at = 0;
    loop {
        below.next_if(|stretch| stretch.range.end <= at);
        above.next_if(|stretch| stretch.range.end <= at);
        let (low, high) = (below.peek(), above.peek());
        let starts = [low, high].into_iter().flatten().map(|stretch| stretch.range.start.max(at));
        let Some(start) = starts.min() else { return layers };
        let covers = |stretch: &&&Stretch| stretch.range.start <= start;
        let (here_low, here_high) = (low.filter(covers), high.filter(covers));
        let edge = |stretch: &&Stretch| {
            if stretch.range.start <= start { stretch.range.end } else { stretch.range.start }
        };
        let Some(end) = [low, high].into_iter().flatten().map(edge).min() else { return layers };
        let style = here_low.map_or_else(Style::new, |stretch| stretch.style);
        add(start..end, here_high.map_or(style, |stretch| style.patch(stretch.style)));
        at = end.max(start);
    }
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
        let styled = |style: Style| {
            let style = look.base.patch(style);
            // A mark is to be told from text that looks like one, wherever it stands.
            if run.is_mark { style.patch(look.mark) } else { style }
        };
        while !rest.is_empty() && x < end {
            let first = look.stretches.partition_point(|stretch| stretch.range.end <= place);
            let (style, until) = match look.stretches.get(first) {
                Some(stretch) if stretch.range.start <= place => (styled(stretch.style), stretch.range.end),
                Some(stretch) => (styled(Style::new()), stretch.range.start),
                None => (styled(Style::new()), usize::MAX),
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

    #[test]
    fn a_mark_looks_like_one_within_what_is_styled_too() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let stretches = [Stretch { range: 0..3, style: Style::new().fg(Color::Cyan) }];
        let look = Look { base: Style::new(), mark: Style::new().fg(Color::Magenta), stretches: &stretches };
        draw(&mut buffer, (0, 0), 12, "a\u{7}b", 0..3, look);
        assert_eq!([0, 1, 2].map(|x| buffer[(x, 0)].fg), [Color::Cyan, Color::Magenta, Color::Cyan]);
    }

    #[test]
    fn of_two_layers_the_upper_one_is_seen_on_the_lower() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let cyan = Style::new().fg(Color::Cyan);
        let stretch = |range, style| Stretch { range, style };
        let lower = [stretch(0..4, cyan), stretch(6..9, cyan)];
        let upper = [stretch(2..7, bold), stretch(12..13, bold)];
        let both = cyan.patch(bold);
        assert_eq!(
            layered(&lower, &upper),
            [
                stretch(0..2, cyan),
                stretch(2..4, both),
                stretch(4..6, bold),
                stretch(6..7, both),
                stretch(7..9, cyan),
                stretch(12..13, bold),
            ]
        );
        assert_eq!(layered(&lower, &[]), lower);
        assert_eq!(layered(&[], &upper), upper);
    }
}

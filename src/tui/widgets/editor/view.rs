//! The picture of a text that is being typed: its rows, what is marked and selected in them, the
//! cursor.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::super::rows::{Look, Stretch, draw};
use super::text::Spot;
use super::{Changed, Editor};
use crate::tui::theme::Theme;

/// How what is selected is drawn.
pub(super) const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

impl Editor {
    /// Lays the text out in a column of `cells`; returns how many rows it takes.
    pub fn lay(&mut self, cells: usize) -> usize {
        self.cells = cells.max(1);
        self.buffer.lay(self.cells);
        self.buffer.layout.height()
    }

    /// The row of the cursor in the last layout.
    pub fn cursor_row(&self) -> usize {
        self.buffer.layout.cell(self.lines(), self.buffer.cursor()).0
    }

    /// Tells the highlight what changed.
    pub(super) fn follow(&mut self) {
        let changed = self.buffer.take_changed();
        let lines = self.buffer.text().lines();
        match changed.filter(|_| self.is_highlighted) {
            Some(Changed { first, removed, inserted }) => {
                self.highlight.change(lines, first..first + removed, inserted);
            }
            None if !self.is_highlighted => self.highlight.update(lines),
            None => {}
        }
        self.is_highlighted = true;
    }

    /// Draws the rows from `top` on into `area`, and puts the terminal's cursor where the next
    /// character will stand, so that what an input method shows is shown there.
    pub fn view(&mut self, frame: &mut Frame<'_>, area: Rect, top: usize, theme: &Theme) {
        self.page = usize::from(area.height).max(1);
        self.follow();
        for (y, row) in (area.top()..area.bottom()).zip(top..) {
            let Some((number, row)) = self.buffer.layout.row(row) else { break };
            let shown = row.shown();
            let pieces = self.highlight.pieces(self.buffer.text().lines(), number, &shown);
            let below: Vec<Stretch> = pieces.map(|piece| Stretch::of(piece, theme)).collect();
            let stretches = self.stretches(number, shown, below, theme);
            let look = Look { base: theme.text, mark: theme.mark, stretches: &stretches };
            let text = self.buffer.text().line(number);
            draw(frame.buffer_mut(), (area.x, y), area.width, text, row.shown(), look);
        }
        if self.find.is_some() {
            return;
        }
        let (row, x) = self.buffer.layout.cell(self.lines(), self.buffer.cursor());
        if let Some(y) = row.checked_sub(top).and_then(|y| u16::try_from(y).ok())
            && y < area.height
        {
            let x = u16::try_from(x).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
            frame.set_cursor_position(Position { x: area.x + x, y: area.y + y });
        }
    }

    /// How a part of a line is drawn: what is selected over what is found over what is marked over its
    /// syntax.
    fn stretches(
        &self,
        line: usize,
        part: Range<usize>,
        syntax: Vec<Stretch>,
        theme: &Theme,
    ) -> Vec<Stretch> {
        let mut layers = syntax;
        let mut marks: Vec<_> = self.buffer.marks.of_line(line, part.clone()).collect();
        marks.sort_by_key(|(_, kind)| *kind);
        layers.extend(marks.into_iter().map(|(range, kind)| Stretch { range, style: kind.style(theme) }));
        layers.extend(self.found(line, &part, theme));
        let selected = self.selected().and_then(|range| within(range, line, &part));
        layers.extend(selected.map(|range| Stretch { range, style: SELECTED }));
        flat(layers)
    }
}

/// The part of a part of a line that lies between two places.
pub(super) fn within((from, to): (Spot, Spot), line: usize, part: &Range<usize>) -> Option<Range<usize>> {
    let start = from.max(Spot { line, byte: part.start });
    let end = to.min(Spot { line, byte: part.end });
    (start < end).then_some(start.byte..end.byte)
}

/// Stretches that may lie over each other (later ones above) as stretches side by side.
fn flat(layers: Vec<Stretch>) -> Vec<Stretch> {
    if layers.windows(2).all(|pair| matches!(pair, [one, two] if one.range.end <= two.range.start)) {
        return layers;
    }
    let mut cuts: Vec<usize> =
        layers.iter().flat_map(|stretch| [stretch.range.start, stretch.range.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).filter_map(|pair| {
        let &[start, end] = pair else { return None };
        let mut over = layers.iter().filter(|layer| layer.range.start <= start && layer.range.end >= end);
        let first = over.next()?.style;
        Some(Stretch { range: start..end, style: over.fold(first, |style, above| style.patch(above.style)) })
    });
    pieces.collect()
}

//! A difference of two texts as it is drawn: wrapped, what went struck out, what came underlined, and
//! long stretches that are the same folded. Without colours signs stand around both.

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::rows::{Look, Stretch, draw};
use crate::text::count::plural;
use crate::text::difference::{Change, Difference, Row, Shown, folded};
use crate::text::wrap::{self, wrap};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// A difference with its rows for the width in which it was drawn last.
#[derive(Default, Clone)]
pub struct DifferenceView {
    difference: Difference,
    laid: Option<Laid>,
}

/// The rows for a width, with or without signs.
#[derive(Clone)]
struct Laid {
    cells: usize,
    signs: bool,
    shown: Shown,
    wrapped: Vec<wrap::Row>,
    rows: Vec<Row>,
}

impl std::fmt::Debug for DifferenceView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DifferenceView").field("difference", &self.difference).finish_non_exhaustive()
    }
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        Self { difference, laid: None }
    }
}

impl DifferenceView {
    /// How `before` became `after`. Long texts are better compared off the screen's thread: a
    /// [`Difference`] can be sent, and becomes a view with `into()`.
    pub fn of(before: &str, after: &str) -> Self {
        Difference::of(before, after).into()
    }

    /// The difference.
    pub fn difference(&self) -> &Difference {
        &self.difference
    }

    fn lay(&mut self, cells: usize, theme: &Theme) -> &Laid {
        let cells = cells.max(1);
        // Where colours don't tell them apart, signs do.
        let signs = theme.good.fg.is_none();
        let laid = self.laid.take().filter(|laid| laid.cells == cells && laid.signs == signs);
        let difference = &self.difference;
        self.laid.insert(laid.unwrap_or_else(|| {
            let shown = difference.shown(signs);
            let wrapped = wrap(&shown.text, cells);
            let is_changed =
                |row: usize| wrapped.get(row).is_some_and(|row| shown.changes_in(&(row.start..row.end)));
            let rows = folded(wrapped.len(), is_changed);
            Laid { cells, signs, shown, wrapped, rows }
        }))
    }

    /// How many rows it takes in a width.
    pub fn rows(&mut self, cells: usize, theme: &Theme) -> usize {
        self.lay(cells, theme).rows.len()
    }

    /// Draws the rows from `top` on into `area`.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, top: usize, theme: &Theme) {
        let laid = self.lay(area.width.into(), theme);
        for (y, row) in (area.top()..area.bottom()).zip(laid.rows.iter().skip(top)) {
            match *row {
                Row::Same(rows) => {
                    let at = Rect { y, height: 1, ..area };
                    paint::line(frame, at, 0, Line::styled(same(rows), theme.faint));
                }
                Row::This(at) => {
                    let Some(row) = laid.wrapped.get(at) else { break };
                    let stretches = laid.stretches(row, theme);
                    let look = Look { base: theme.text, mark: theme.mark, stretches: &stretches };
                    draw(frame.buffer_mut(), (area.x, y), area.width, &laid.shown.text, row.shown(), look);
                }
            }
        }
    }

    /// Its rows as lines, for pages that are made of lines.
    pub fn lines(&mut self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let laid = self.lay(cells, theme);
        let line = |row: &Row| match *row {
            Row::Same(rows) => Line::styled(same(rows), theme.faint),
            Row::This(at) => laid.wrapped.get(at).map(|row| laid.line(row, theme)).unwrap_or_default(),
        };
        laid.rows.iter().map(line).collect()
    }
}

fn same(rows: usize) -> String {
    format!("… {} the same …", plural(rows as u64, "row"))
}

/// How what went and what came are drawn.
fn style(change: Change, theme: &Theme) -> Style {
    match change {
        Change::Same => theme.text,
        Change::Removed => theme.bad.add_modifier(Modifier::CROSSED_OUT),
        Change::Added => theme.good.add_modifier(Modifier::UNDERLINED),
    }
}

impl Laid {
    /// What is marked in a row.
    fn stretches(&self, row: &wrap::Row, theme: &Theme) -> Vec<Stretch> {
        let marks = &self.shown.marks;
        let first = marks.partition_point(|(range, _)| range.end <= row.start);
        let seen = marks.get(first..).unwrap_or_default().iter();
        seen.take_while(|(range, _)| range.start < row.end)
            .map(|(range, change)| Stretch { range: range.clone(), style: style(*change, theme) })
            .collect()
    }

    fn line(&self, row: &wrap::Row, theme: &Theme) -> Line<'static> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut put = |part: std::ops::Range<usize>, style: Style| {
            let text = self.shown.text.get(part).unwrap_or_default();
            let owned = paint::spans(text, style, theme).into_iter();
            spans.extend(owned.map(|span| Span::styled(span.content.into_owned(), span.style)));
        };
        let mut at = row.start;
        for stretch in self.stretches(row, theme) {
            let (start, end) = (stretch.range.start.max(at), stretch.range.end.min(row.shown_end));
            if start < end {
                put(at..start, theme.text);
                put(start..end, theme.text.patch(stretch.style));
                at = end;
            }
        }
        put(at..row.shown_end.max(at), theme.text);
        Line::from(spans)
    }
}

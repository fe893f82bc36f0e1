//! The picture: the document, and beside it, or below it where there is no room, what is set.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::Line;

use super::{Next, Write};
use crate::text::harmless::harmless;
use crate::text::width::{parts_and_more, width};
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::trails;

/// From this width on the column is shown by itself.
const WIDE: u16 = 110;
/// The width of the column, and the cells before it.
const ASIDE: u16 = 38;
const GAP: u16 = 3;
/// A document of more rows than this has a free row below it.
const ROOMY: u16 = 6;

impl Write {
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        if self.subject.is_none() {
            return nothing(frame, area, matches!(self.next, Next::Nothing), theme);
        }
        let area = self.draw_sent_back(frame, area, shared, theme);
        let shows_aside = (area.width >= WIDE) != self.turns_aside && area.width > ASIDE + GAP + 24;
        let document = if shows_aside {
            let aside = Rect { x: area.right() - ASIDE, width: ASIDE - 1, ..area };
            self.draw_aside(frame, aside, shared, theme);
            Rect { width: area.width - ASIDE - GAP, height: area.height.saturating_sub(1), ..area }
        } else {
            let spare = u16::from(area.height > 8);
            let line = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
            self.draw_line(frame, line, shared, theme);
            Rect { height: area.height.saturating_sub(1 + spare), ..area }
        };
        if self.near_view.is_some() {
            return self.draw_near(frame, document, theme);
        }
        self.document.view(frame, document, theme, self.open.as_mut().map(|open| &mut open.editor));
        let used = self.draw_hidden(frame, document, theme);
        self.draw_gaps(frame, document, used, shared, theme);
    }

    /// Why it came back to the annotator, above all else; returns what is left below it.
    fn draw_sent_back(&self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) -> Rect {
        let id = self.subject.as_ref().and_then(|subject| subject.id);
        let returned = shared.returned.iter().find(|returned| Some(returned.example) == id);
        let Some(returned) = returned.filter(|_| area.height > 6) else { return area };
        let says = format!("sent back {}", trails::sent_back(returned));
        paint::sentence(frame, area, &harmless(&says), (area.height / 3).min(8), theme.look)
    }

    /// How much of the document is not seen, in the last cells of its left column; returns how many it takes.
    fn draw_hidden(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> usize {
        let (_, below) = self.document.hidden();
        if below == 0 || area.height <= ROOMY {
            return 0;
        }
        let says = format!(" ↓ {below} more");
        let used = says.chars().count();
        paint::line(frame, below_of(area), 0, Line::styled(says, theme.faint));
        used
    }

    /// What the example does to the gaps, at the right of the same row: as much of it as there is room for, and how
    /// much more there is.
    fn draw_gaps(&self, frame: &mut Frame<'_>, area: Rect, used: usize, shared: &Shared, theme: &Theme) {
        let Some((parts, style)) = self.gap_line(shared, theme).filter(|_| area.height > ROOMY) else {
            return;
        };
        let room = usize::from(area.width).saturating_sub(used + 3);
        let parts: Vec<String> = parts.iter().map(|part| harmless(part).into_owned()).collect();
        let shown = parts_and_more(&parts, room);
        let wide = u16::try_from(width(&shown)).unwrap_or(area.width).min(area.width);
        let row = below_of(area);
        let right = Rect { x: row.right().saturating_sub(wide + 1), width: wide, ..row };
        paint::line(frame, right, 0, Line::styled(shown, style));
    }
}

/// The row below the document, which is kept free.
fn below_of(document: Rect) -> Rect {
    Rect { y: document.bottom(), height: 1, ..document }
}

fn nothing(frame: &mut Frame<'_>, area: Rect, is_empty: bool, theme: &Theme) {
    if !is_empty {
        return;
    }
    let lines = [
        Line::styled("Nothing waits to be written.", theme.heading),
        Line::default(),
        Line::styled("Examples without a submitted response come here.", theme.text),
        Line::styled("A new example can be begun here; Home says what waits elsewhere.", theme.text),
    ];
    let inner = area.inner(Margin { horizontal: 1, vertical: area.height.min(3) / 3 });
    for (at, line) in (0u16..).zip(lines) {
        paint::line(frame, inner, at, line);
    }
}

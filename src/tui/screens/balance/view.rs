//! The picture: the names of the pages, and the one that is open.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::sheet::{Writer, half};
use super::update::BY_ITSELF;
use super::{Balance, Page, lengths, people, splits, values};
use crate::text::count::thousands;
use crate::text::width::truncate;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// From this width on, names of pages are told whole.
const WIDE: u16 = 90;
/// From this width on, a page has two columns.
const TWO_COLUMNS: u16 = 190;

pub(super) fn view(screen: &mut Balance, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    paint::line(frame, area, 0, names(screen, area.width, theme));
    let body = below(area, 2);
    if screen.page == Page::Values {
        values::view(screen, frame, body, area.y, shared, theme);
        return;
    }
    if !screen.known.has(screen.page) {
        paint::line(frame, body, 0, Line::styled(reading(screen), theme.faint));
        return;
    }
    let is_old = screen.stale.contains(&screen.page) && shared.counts.total() > BY_ITSELF;
    let (body, foot) = if is_old { cut(body, 1) } else { (body, body) };
    let column = if body.width >= TWO_COLUMNS { half(body.width) } else { body.width };
    if !screen.sheet().is_for(column) {
        let mut writer = Writer::new(column, theme);
        let known = &screen.known;
        match screen.page {
            Page::Values => {}
            Page::Lengths => {
                let board = known.board.as_ref();
                lengths::rows(known.lengths.as_ref(), board, &shared.vocabulary, &mut writer);
            }
            Page::People => people::rows(known.people.as_ref(), shared, &mut writer),
            Page::Splits => splits::rows(known.splits.as_ref(), &mut writer),
        }
        screen.sheet().take(writer);
    }
    screen.sheet().draw(frame, body, area.y, theme);
    if is_old {
        let says = if screen.asked.page.is_some() {
            reading(screen)
        } else {
            " something changed since this was read: `r` counts anew".to_owned()
        };
        paint::line(frame, foot, 0, Line::styled(says, theme.look));
    }
}

/// What of a long reading is done.
fn reading(screen: &Balance) -> String {
    let Some(progress) = screen.asked.progress else { return " reading …".to_owned() };
    let done = thousands(progress.done);
    match progress.total.and_then(|total| (progress.done * 100).checked_div(total)) {
        Some(percent) => format!(" {} … {done}, {percent} %", progress.step),
        None => format!(" {} … {done}", progress.step),
    }
}

fn names(screen: &Balance, cells: u16, theme: &Theme) -> Line<'static> {
    let mut spans = Vec::new();
    for page in Page::ALL {
        let (long, short) = page.title();
        let name = if cells >= WIDE { long } else { short };
        let (name, style) = if page == screen.page {
            (format!("[{name}]"), theme.accent)
        } else {
            (format!(" {name} "), theme.text)
        };
        spans.push(Span::styled(format!(" {name}"), style));
    }
    Line::from(spans)
}

/// What is left below so many rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// An area without its last rows, and those.
pub(super) fn cut(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let above = Rect { height: area.height - rows, ..area };
    (above, Rect { y: above.bottom(), height: rows, ..area })
}

/// Sentences below each other, as far as there is room.
pub(super) fn sentences(frame: &mut Frame<'_>, area: Rect, said: &[(String, ratatui::style::Style)]) {
    let cells = usize::from(area.width).saturating_sub(2);
    let mut y = 0;
    for (sentence, style) in said {
        let rows = crate::text::wrap::wrap(sentence, cells);
        for (at, row) in (1..).zip(&rows) {
            if y >= area.height {
                return;
            }
            // what has no room left shows that it goes on
            let is_cut = y + 1 == area.height && at < rows.len();
            let end = if is_cut { sentence.len() } else { row.shown_end };
            let text = truncate(sentence.get(row.start..end).unwrap_or_default(), cells).into_owned();
            paint::line(frame, area, y, Line::styled(format!(" {text}"), *style));
            y += 1;
        }
    }
}

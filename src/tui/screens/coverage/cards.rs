//! What to write next, over all facets: how many of what, and why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{At, Coverage};
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::{pad_left, truncate};
use crate::text::wrap::wrap;
use crate::tui::paint;
use crate::tui::surveying::{Crossing, ToWrite};
use crate::tui::theme::Theme;

/// The cells of the number of a card.
const NUMBER: usize = 7;

/// What to write next, all of it in full where that takes no more than so many rows; returns how many rows that took.
pub(super) fn cards(
    screen: &mut Coverage,
    frame: &mut Frame<'_>,
    (area, room): (Rect, u16),
    top: u16,
    crossing: &Crossing,
    theme: &Theme,
) -> u16 {
    let (about, style) = match &crossing.overall {
        None => ("  counting …", theme.faint),
        Some(overall) if overall.to_write.is_empty() && overall.has_shares_of_nothing => {
            ("  shares of no examples yet: set a goal, or write", theme.look)
        }
        Some(overall) if overall.to_write.is_empty() && !overall.is_asked_for => {
            ("  nothing is asked for yet: t sets a target", theme.look)
        }
        Some(overall) if overall.to_write.is_empty() => ("  nothing is missing", theme.good),
        Some(_) => ("", theme.good),
    };
    let heading = vec![Span::styled(" WRITE NEXT", theme.heading), Span::styled(about, style)];
    paint::line(frame, area, 0, Line::from(heading));
    let cells = usize::from(area.width);
    let mut y = 1;
    // where there is room all are told in full, with the reason
    let rows: usize =
        crossing.to_write().iter().map(|card| titles(card, cells).len() + reasons(card, cells).len()).sum();
    let is_room = rows < usize::from(room);
    let is_airy = rows + crossing.to_write().len() < usize::from(room);
    for (at, card) in crossing.to_write().iter().enumerate() {
        if y >= area.height {
            break;
        }
        let is_here = screen.at == At::Card(at);
        // else of the one that one is at, or of the first
        let is_told = is_room || is_here || (at == 0 && !matches!(screen.at, At::Card(_)));
        for line in title(card, is_here, is_told, cells, theme) {
            screen.drawn.push((area.x..area.right(), area.y - top + y, At::Card(at)));
            paint::line(frame, area, y, line);
            y += 1;
        }
        if is_told {
            for row in reasons(card, cells) {
                let text = format!("{}{row}", " ".repeat(NUMBER + 3));
                paint::line(frame, area, y, Line::styled(text, theme.faint));
                y += 1;
            }
        }
        y += u16::from(is_airy);
    }
    y
}

/// A text in at most three rows of so many cells, behind the column of numbers.
fn rows_of(text: &str, cells: usize) -> Vec<String> {
    let rows = wrap(text, cells.saturating_sub(NUMBER + 5));
    rows.iter().take(3).map(|row| row.text(text).to_owned()).collect()
}

/// Why a card is proposed.
fn reasons(card: &ToWrite, cells: usize) -> Vec<String> {
    rows_of(&harmless(&card.reason), cells)
}

/// All values of a card.
fn titles(card: &ToWrite, cells: usize) -> Vec<String> {
    rows_of(&values_of(card), cells)
}

fn values_of(card: &ToWrite) -> String {
    let values: Vec<String> = card.tags.iter().map(|tag| harmless(&tag.value).into_owned()).collect();
    values.join(" × ")
}

/// An example to write: how many, and its values; where it `is_told` in full all of them, or else what fits on
/// a row.
fn title<'a>(card: &ToWrite, is_here: bool, is_told: bool, cells: usize, theme: &Theme) -> Vec<Line<'a>> {
    let rows = if is_told {
        titles(card, cells)
    } else {
        vec![truncate(&values_of(card), cells.saturating_sub(NUMBER + 5)).into_owned()]
    };
    let (mark, style) = if is_here { (" ▸", theme.accent) } else { ("  ", theme.text) };
    let line = |(at, row): (usize, String)| {
        let (mark, number) = match at {
            0 => (mark, format!("{} ×", thousands(card.more.into()))),
            _ => ("  ", String::new()),
        };
        Line::from(vec![
            Span::styled(mark, theme.accent),
            Span::styled(
                format!("{} ", pad_left(&number, NUMBER)),
                if is_here { theme.accent } else { theme.look },
            ),
            Span::styled(row, style),
        ])
    };
    rows.into_iter().enumerate().map(line).collect()
}

//! The four gauges side by side: the word, the number with what to make of it, of how many it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Home;
use super::at::At;
use crate::curation::gauges::{Gauge, Word};
use crate::dataset::gauges;
use crate::text::harmless::harmless;
use crate::text::width::truncate;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// The rows that they take.
pub(super) const ROWS: u16 = 3;
/// The most cells of one.
const WIDEST: u16 = 38;

/// Draws them from the first row of the area on; `top` is the first row of the screen.
pub(super) fn draw(
    home: &mut Home,
    frame: &mut Frame<'_>,
    area: Rect,
    top: u16,
    shared: &Shared,
    theme: &Theme,
) {
    let measured = home.measuring.assessed.as_ref().and_then(|assessed| {
        let consistency = assessed.page.gauges.iter().find(|gauge| gauge.word == Word::Consistency);
        Some((consistency?.clone(), assessed.is_current))
    });
    let mut all =
        gauges(&shared.counts, &shared.definitions.facets, &shared.samples, None, &shared.thresholds);
    let mut note = if home.measuring.is_asked { "measuring …" } else { "" };
    if let Some((consistency, is_current)) = measured {
        if !is_current && note.is_empty() {
            note = "changed since";
        }
        for gauge in all.iter_mut().filter(|gauge| gauge.word == Word::Consistency) {
            gauge.clone_from(&consistency);
        }
    }
    let selected = home.selected(shared);
    let cells = (area.width / 4).min(WIDEST);
    for (gauge, nth) in all.iter().zip(0_u16..) {
        let one = Rect { x: area.x + nth * cells, width: cells, ..area };
        let is_here = selected == Some(At::Gauge(gauge.word));
        let note = if gauge.word == Word::Consistency { note } else { "" };
        draw_one(gauge, frame, one, (is_here, note), theme);
        for row in 0..ROWS.min(area.height) {
            home.drawn.push((
                one.x - area.x..one.x - area.x + cells,
                one.y - top + row,
                At::Gauge(gauge.word),
            ));
        }
    }
}

fn draw_one(gauge: &Gauge, frame: &mut Frame<'_>, area: Rect, (is_here, note): (bool, &str), theme: &Theme) {
    let style = style_of(gauge, theme);
    let word = gauge.word.as_str().to_uppercase();
    let heading = if is_here { theme.accent } else { theme.heading };
    paint::line(frame, area, 0, Line::styled(format!(" {word}"), heading));
    let number = Line::from(vec![
        Span::styled(if is_here { " ▸ " } else { "   " }, theme.accent),
        Span::styled(gauge.shown(), if gauge.reading.is_some() { theme.text } else { theme.faint }),
        Span::styled(format!("  {}", gauge.verdict()), style),
    ]);
    paint::line(frame, area, 1, number);
    let room = usize::from(area.width).saturating_sub(4);
    let of = if note.is_empty() { harmless(&gauge.of).into_owned() } else { note.to_owned() };
    paint::line(frame, area, 2, Line::styled(format!("   {}", truncate(&of, room)), theme.faint));
}

/// The style of the word for what to make of a gauge.
pub(in crate::tui::screens) fn style_of(gauge: &Gauge, theme: &Theme) -> Style {
    match gauge.verdict() {
        "good" => theme.good,
        "look" => theme.look,
        "bad" => theme.bad,
        _ => theme.faint,
    }
}

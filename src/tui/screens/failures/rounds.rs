//! The rounds side by side, in the order in which they were kept: the share passed, its interval, of how many.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Failures;
use crate::curation::proportion::Share;
use crate::dataset::KeptRound;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, truncate, truncate_middle};
use crate::tui::failing::{Rounds, Shown};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// The cells of a round, and those of what its rows are.
const CELLS: usize = 20;
const NAMES: usize = 10;
/// The cells of a bar.
const BAR: usize = 14;
/// Below this height there is no room for what the rounds can be told without.
const LOW: u16 = 24;

/// Draws the rounds; returns how many rows that took.
pub(super) fn draw(
    screen: &mut Failures,
    frame: &mut Frame<'_>,
    area: Rect,
    all: &Rounds,
    shown: &Shown,
    theme: &Theme,
) -> u16 {
    let fit = (usize::from(area.width).saturating_sub(NAMES + 4) / CELLS).max(1);
    screen.left = screen.left.min(shown.round).max((shown.round + 1).saturating_sub(fit));
    screen.left = screen.left.min(all.rounds.len().saturating_sub(fit));
    let in_sight: Vec<(usize, &KeptRound)> =
        all.rounds.iter().enumerate().skip(screen.left).take(fit).collect();
    let style = |at: usize| if at == shown.round { theme.accent } else { theme.text };
    let against = shown.against.as_ref().map(|(at, _)| *at);

    let mut head = vec![Span::styled(pad(" ROUNDS", NAMES), theme.heading)];
    for (at, round) in &in_sight {
        let mark = match *at {
            at if at == shown.round => "▸ ",
            at if Some(at) == against => "= ",
            _ => "  ",
        };
        let name = truncate_middle(&harmless(&round.name), CELLS - 4).into_owned();
        head.push(Span::styled(pad(&format!("{mark}{name}"), CELLS), style(*at)));
    }
    let more = all.rounds.len() - (screen.left + in_sight.len());
    if more > 0 {
        head.push(Span::styled(format!("→{more}"), theme.faint));
    }
    paint::line(frame, area, 0, Line::from(head));
    let is_low = area.height < LOW;
    let mut rows = 1;
    let mut put = |name: &str, said: &dyn Fn(usize, &KeptRound) -> (String, Style)| {
        row(frame, (area, rows), name, &in_sight, said, theme);
        rows += 1;
    };
    put("passed", &|at, round| (share_passed(round), style(at)));
    if !is_low {
        put("", &|at, round| (bar(round), style(at)));
    }
    put("95 %", &|at, round| (interval(round), style(at)));
    put("", &|_, round| (format!("of {} tests", thousands(round.tests)), theme.faint));
    if !is_low && all.rounds.iter().any(|round| round.model.is_some()) {
        let model = |round: &KeptRound| harmless(round.model.as_deref().unwrap_or("")).into_owned();
        put("model", &|_, round| (model(round), theme.faint));
    }
    for (place, (at, _)) in in_sight.iter().enumerate() {
        let start = u16::try_from(NAMES + place * CELLS).unwrap_or(u16::MAX);
        let end = start.saturating_add(u16::try_from(CELLS).unwrap_or(0));
        screen.drawn_rounds.push((start..end, 0..rows, *at));
    }
    rows
}

fn row(
    frame: &mut Frame<'_>,
    (area, at): (Rect, u16),
    name: &str,
    rounds: &[(usize, &KeptRound)],
    said: &dyn Fn(usize, &KeptRound) -> (String, Style),
    theme: &Theme,
) {
    let mut spans = vec![Span::styled(pad(&format!(" {name}"), NAMES), theme.faint)];
    for (place, round) in rounds {
        let (text, style) = said(*place, round);
        spans.push(Span::styled(pad(&format!("  {}", truncate(&text, CELLS - 4)), CELLS), style));
    }
    paint::line(frame, area, at, Line::from(spans));
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn passed(round: &KeptRound) -> Share {
    Share { x: round.passed as f64, n: round.tests as f64 }
}

fn share_passed(round: &KeptRound) -> String {
    passed(round).share().map(percent::near).unwrap_or_default()
}

fn bar(round: &KeptRound) -> String {
    paint::bar(passed(round).share().unwrap_or(0.0), BAR)
}

fn interval(round: &KeptRound) -> String {
    let range = passed(round).interval();
    range.map(|range| format!("{:.0}–{:.0} %", range.low * 100.0, range.high * 100.0)).unwrap_or_default()
}

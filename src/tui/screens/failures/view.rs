//! The picture: the rounds, what the comparison says, the slices, and the one that one is at in a sentence.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Failures, rounds, slices};
use crate::curation::failures::{Known, Worse};
use crate::dataset::FailingSlice;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::width;
use crate::text::wrap::wrap;
use crate::tui::effect::Shared;
use crate::tui::failing::{Rounds, Shown, Told};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// What stands above the slices.
const HEADING: &str = "WHERE IT FAILS";
/// The rows of the sentence on the slice that one is at.
const SAID: u16 = 3;

pub(super) fn view(screen: &mut Failures, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    screen.drawn.clear();
    screen.drawn_rounds.clear();
    let Some(all) = screen.rounds.clone() else {
        paint::line(frame, area, 0, Line::styled(" looking …", theme.faint));
        return;
    };
    let Some(shown) = &all.shown else {
        nothing_yet(frame, area, shared, theme);
        return;
    };
    let used = rounds::draw(screen, frame, area, &all, shown, theme);
    let body = below(area, used + 1);
    let used = heading(frame, body, shown, &all, theme);
    let rows = below(body, used + 1);
    if shown.lines.is_empty() {
        none_fails(frame, rows, shown, theme);
        return;
    }
    let room = rows.height.saturating_sub(SAID.min(rows.height / 2) + 1);
    let lines = u16::try_from(shown.lines.len() + 1).unwrap_or(u16::MAX);
    let table = Rect { height: room.min(lines), ..rows };
    slices::draw(screen, frame, (table, area.y), shown, theme);
    sentence(screen, frame, below(rows, table.height + 1), shown, theme);
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// How results come here, where there are none.
fn nothing_yet(frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    let dataset = harmless(&shared.dataset);
    let lines = [
        ("There are no results of a model yet.".to_owned(), theme.heading),
        (String::new(), theme.text),
        ("A round is what an evaluation gave: a JSON line for each test, such as".to_owned(), theme.text),
        (String::new(), theme.text),
        (r#"  {"example": 412, "passed": false, "answer": "…"}"#.to_owned(), theme.accent),
        (String::new(), theme.text),
        ("This keeps one under a name:".to_owned(), theme.text),
        (String::new(), theme.text),
        (format!("  goldset failures {dataset}.goldset results.jsonl --round NAME"), theme.accent),
        (String::new(), theme.text),
        ("Then here stands where the model fails, why, and what to write.".to_owned(), theme.text),
    ];
    for (at, (text, style)) in (1..area.height).zip(lines) {
        paint::line(frame, area, at, Line::styled(format!(" {text}"), style));
    }
}

/// What is below it, and what the comparison with another round says; returns how many rows that took.
fn heading(frame: &mut Frame<'_>, area: Rect, shown: &Shown, all: &Rounds, theme: &Theme) -> u16 {
    let head = Span::styled(format!(" {HEADING}  "), theme.heading);
    let Some((at, said)) = &shown.against else {
        paint::line(frame, area, 0, Line::from(head));
        return 1;
    };
    let name = all.rounds.get(*at).map(|round| round.name.as_str()).unwrap_or_default();
    let said = harmless(&format!("against {name}: {said}")).into_owned();
    let style = if said.contains("worse") { theme.look } else { theme.text };
    let cells = usize::from(area.width).saturating_sub(2);
    if width(&said) + width(HEADING) + 2 <= cells {
        paint::line(frame, area, 0, Line::from(vec![head, Span::styled(said, style)]));
        return 1;
    }
    paint::line(frame, area, 0, Line::from(head));
    let mut used = 1;
    for (at, row) in (1..area.height).zip(wrap(&said, cells).iter().take(2)) {
        paint::line(frame, area, at, Line::styled(format!(" {}", row.text(&said)), style));
        used += 1;
    }
    used
}

fn none_fails(frame: &mut Frame<'_>, area: Rect, shown: &Shown, theme: &Theme) {
    let failing = &shown.failing;
    let slices = plural(failing.looked_at as u64, "slice");
    let (said, style) = match (failing.failures, failing.looked_at) {
        (0, _) => ("No test fails, so no slice does.".to_owned(), theme.good),
        (_, 0) => ("No facet value has enough tests to be looked at: ten at least.".to_owned(), theme.look),
        _ => (format!("No slice fails more than the rest, but by chance ({slices} looked at)."), theme.good),
    };
    paint::line(frame, area, 0, Line::styled(format!(" {said}"), style));
}

/// The slice that one is at, in full.
fn sentence(screen: &Failures, frame: &mut Frame<'_>, area: Rect, shown: &Shown, theme: &Theme) {
    let Some(line) = screen.line() else { return };
    let (said, style) = match &line.told {
        Told::Fails(of, worse) => (fails(of, worse.as_ref(), shown), theme.text),
        Told::GotWorse(worse) => {
            let name = shown.failing.coded.names().together(&worse.values);
            (format!("{name} got worse: {} broke, {} mended.", worse.broke, worse.mended), theme.look)
        }
    };
    let said = harmless(&said).into_owned();
    let cells = usize::from(area.width).saturating_sub(2);
    for (at, row) in (0..area.height).zip(wrap(&said, cells)) {
        paint::line(frame, area, at, Line::styled(format!(" {}", row.text(&said)), style));
    }
}

/// What there is to learn from.
fn learned_from(known: &Known) -> Vec<String> {
    let mut parts = vec![format!("{} to learn from", plural(known.trained, "example"))];
    parts.extend(known.wanted.map(|wanted| format!("{} wanted", thousands(wanted))));
    if known.suspects > 0 {
        parts.push(format!("{} flagged", thousands(known.suspects)));
    }
    if known.contradictions > 0 {
        parts.push(plural(known.contradictions, "contradiction"));
    }
    parts
}

/// What is known of a slice that fails, and of what there is to learn from.
fn fails(of: &FailingSlice, worse: Option<&Worse>, shown: &Shown) -> String {
    let told = of.slice.told(&shown.failing.coded.names());
    let parts: Vec<String> = of.known.iter().flat_map(learned_from).collect();
    let why = if parts.is_empty() { "It is ".to_owned() } else { format!("{}. It is ", parts.join(", ")) };
    let mut sentences = vec![
        format!("{told}; at least {:.0} points more than the rest.", of.slice.difference.low * 100.0),
        format!("{why}{}.", of.told_cause()),
    ];
    if let Some(Worse { broke, mended, .. }) = worse {
        sentences.push(format!("Worse than before: {broke} broke, {mended} mended."));
    }
    if !shown.is_whole {
        sentences.push("Looking for contradictions …".to_owned());
    }
    sentences.join(" ")
}

//! The picture: the verdict, the lines with what to make of them, all of the selected one below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::lines::{self, Item, Lead, Section};
use super::{Picked, Readiness};
use crate::curation::readiness::Thresholds;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};
use crate::text::wrap::wrap;
use crate::tui::assessing::Assessed;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Look, draw};

/// The cells of what to make of a line, and of what it is about.
const VERDICT: usize = 15;
const NAME: usize = 19;
/// The rows above the lines, and of the selected one below them.
const ABOVE: u16 = 3;
const BELOW: u16 = 4;
/// From this height on sections are parted by a blank row.
const AIRY: u16 = 34;

pub(super) fn view(
    screen: &mut Readiness,
    frame: &mut Frame<'_>,
    area: Rect,
    shared: &Shared,
    theme: &Theme,
) {
    screen.drawn.clear();
    screen.page = area.height.saturating_sub(ABOVE).into();
    if let Some(picked) = &mut screen.picked {
        return few(picked, frame, area, theme);
    }
    let Some(assessed) = &screen.assessed else {
        paint::line(frame, area, 0, Line::styled(format!(" {}", state(screen)), theme.faint));
        return;
    };
    above(assessed, &state(screen), frame, area, theme);
    let sections = lines::sections(assessed, shared);
    let selected = screen.selected(shared);
    let height = area.height.saturating_sub(ABOVE + BELOW);
    let body = Rect { y: area.y + ABOVE.min(area.height), height, ..area };
    let rows = rows(&sections, selected, area, theme);
    screen.page = height.into();
    let at = rows.iter().position(|(lead, _)| lead.is_some() && *lead == selected).unwrap_or(0);
    screen.top = scrolled(screen.top, at, height.into(), rows.len());
    let below = rows.len().saturating_sub(screen.top + usize::from(height));
    for ((lead, line), row) in rows.into_iter().skip(screen.top).zip(0..height) {
        paint::line(frame, body, row, line);
        if let Some(lead) = lead {
            screen.drawn.push((body.y - area.y + row, lead));
        }
    }
    let item = sections.iter().flat_map(|section| &section.items).find(|item| Some(item.lead) == selected);
    if let Some(item) = item {
        let whole = Rect { y: body.bottom(), height: area.bottom().saturating_sub(body.bottom()), ..area };
        detail(item, assessed, below, frame, whole, theme);
    }
}

/// The first line in sight, so that the one at `at` is too, with its heading where that is above it.
fn scrolled(top: usize, at: usize, height: usize, all: usize) -> usize {
    let top = top.min(at.saturating_sub(1));
    let top = if at >= top + height { (at + 1).saturating_sub(height) } else { top };
    top.min(all.saturating_sub(height))
}

/// What is going on, in few words.
fn state(screen: &Readiness) -> String {
    match (&screen.measuring, &screen.assessed) {
        (Some(progress), _) => {
            let done = match progress.total {
                Some(total) if total > 0 => {
                    format!("  {} of {}", thousands(progress.done), thousands(total))
                }
                _ => String::new(),
            };
            format!("{} …{done}", progress.step)
        }
        (None, Some(_)) if screen.is_stale => "changed since it was measured".to_owned(),
        (None, Some(_)) => "measured now".to_owned(),
        (None, None) => "not measured".to_owned(),
    }
}

/// The verdict, and what to begin with.
fn above(assessed: &Assessed, state: &str, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let readiness = &assessed.page.readiness;
    let style = theme.tone(lines::tone(readiness.advice));
    let cells = usize::from(area.width);
    let right = format!("{state} ");
    let says = harmless(&readiness.sentence).into_owned();
    let room = cells.saturating_sub(width(&right) + 3);
    let left = format!(" {}", truncate(&says, room));
    let right = vec![Span::styled(right, theme.faint)];
    paint::line(frame, area, 0, paint::two_ends(&left, style, right, cells));
    let line = readiness.next.and_then(|next| Some((next, readiness.lines.get(next.line)?)));
    let next = match line {
        Some((next, line)) => {
            let by = if assessed.page.is_pace_known { "" } else { ", by a guess" };
            format!(
                " Begin with {}: {}{by}.",
                line.measure.title(),
                line.work_told(next.work, &assessed.page.pace)
            )
        }
        None => " Nothing stops that more work would help.".to_owned(),
    };
    paint::line(frame, area, 1, Line::styled(truncate(&next, cells).into_owned(), theme.text));
}

/// All rows, each with what it leads to.
fn rows(
    sections: &[Section],
    selected: Option<Lead>,
    area: Rect,
    theme: &Theme,
) -> Vec<(Option<Lead>, Line<'static>)> {
    let cells = usize::from(area.width);
    let mut rows = Vec::new();
    for section in sections.iter().filter(|section| !section.items.is_empty()) {
        if area.height >= AIRY && !rows.is_empty() {
            rows.push((None, Line::default()));
        }
        let beside = harmless(&section.beside).into_owned();
        let room = cells.saturating_sub(width(section.title) + 4);
        rows.push((
            None,
            Line::from(vec![
                Span::styled(format!(" {}", section.title), theme.heading),
                Span::styled(format!("  {}", truncate(&beside, room)), theme.faint),
            ]),
        ));
        for item in &section.items {
            rows.push((Some(item.lead), row(item, selected == Some(item.lead), cells, theme)));
        }
    }
    rows
}

fn row(item: &Item, is_here: bool, cells: usize, theme: &Theme) -> Line<'static> {
    let style = item.tone.map_or(theme.text, |tone| theme.tone(tone));
    let name = if is_here { theme.accent } else { theme.text };
    let mark = if item.is_next { "  ◂ first" } else { "" };
    let room = cells.saturating_sub(3 + VERDICT + NAME + width(mark) + 1);
    let sentence = harmless(&item.sentence).into_owned();
    Line::from(vec![
        Span::styled(if is_here { " ▸ " } else { "   " }, theme.accent),
        Span::styled(pad(&truncate(&harmless(&item.verdict), VERDICT - 1), VERDICT), style),
        Span::styled(pad(&truncate(&item.name, NAME - 2), NAME), name),
        Span::styled(truncate(&sentence, room).into_owned(), theme.faint),
        Span::styled(mark, theme.accent),
    ])
}

/// All that is said of the selected line, and what enter does there.
fn detail(item: &Item, assessed: &Assessed, below: usize, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let cells = usize::from(area.width).saturating_sub(4);
    let sentence = harmless(&item.sentence).into_owned();
    let said = wrap(&sentence, cells);
    for (row, at) in said.iter().take(2).zip(1_u16..) {
        let text = sentence.get(row.start..row.shown_end).unwrap_or_default().to_owned();
        paint::line(frame, area, at, Line::styled(format!("   {text}"), theme.text));
    }
    let mut about = vec![leads_to(item.lead).to_owned()];
    if let Lead::Gate(_, measure) = item.lead
        && let Some(name) = measure.threshold()
        && let Some(is) = assessed.page.thresholds.named(name)
    {
        let meaning = Thresholds::meaning(name).unwrap_or_default();
        about.push(format!("threshold {is}: {meaning}"));
    }
    let more = if below > 0 { format!("↓ {} ", plural(below as u64, "row")) } else { String::new() };
    let room = cells.saturating_sub(width(&more) + 2);
    let line = paint::two_ends(
        &format!("   {}", truncate(&about.join(" · "), room)),
        theme.faint,
        vec![Span::styled(more, theme.faint)],
        usize::from(area.width),
    );
    let at = u16::try_from(said.len().min(2)).unwrap_or(2) + 1;
    paint::line(frame, area, at, line);
}

/// Where a line leads.
fn leads_to(lead: Lead) -> &'static str {
    use crate::curation::readiness::Measure as M;
    match lead {
        Lead::Gate(_, measure) => match measure {
            M::Flags => "leads to the flagged examples",
            M::Contradictions => "leads to the examples that contradict each other",
            M::Trainable => "leads to what waits to be written",
            M::Coverage | M::Required => "leads to Coverage",
            M::Balance | M::LongerWins => "leads to Balance",
            M::Contract => "leads to the answers that break it",
            M::Defects => "leads to the sample's reviews, or draws one",
            M::Agreement | M::SameAgain => "leads to Agreement",
            M::HeldOut => "leads to what is in no split",
            M::Leaks => "leads to the like prompts",
            M::NewFacts => "leads to the answers that do",
            M::Pairs => "leads to what waits to be ranked",
        },
        Lead::Gauge(_) => "leads to what is behind it",
        Lead::Question(_) => "answered by yes, no, or nothing said",
        Lead::Wage => "then work is told in money too",
        Lead::Left(_) => "leads to that work",
        Lead::Cost(_) => "for a supervised run, tokens times epochs times price",
        Lead::Few => "shows them, to be copied",
    }
}

/// The picked examples as text.
fn few(picked: &mut Picked, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let Picked { few, laid, top } = picked;
    let cells = area.width.saturating_sub(4).min(100);
    laid.lay(cells.into());
    let height = area.height.saturating_sub(2);
    let (text, rows) = laid.rows();
    let look = Look { base: theme.text, mark: theme.mark, stretches: &[] };
    for (row, y) in rows.iter().skip(*top).zip(0..height) {
        let at = (area.x + 3, area.y + 2 + y);
        draw(frame.buffer_mut(), at, cells, text, row.start..row.shown_end, look);
    }
    let below = rows.len().saturating_sub(*top + usize::from(height));
    let more = if below > 0 { format!("↓ {} ", plural(below as u64, "row")) } else { String::new() };
    let said = format!(" {}", truncate(&few.said, usize::from(area.width).saturating_sub(width(&more) + 2)));
    let right = vec![Span::styled(more, theme.faint)];
    paint::line(frame, area, 0, paint::two_ends(&said, theme.heading, right, area.width.into()));
}

//! The slices: how often each fails, how many times as often as all, what there is to learn from, and why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Failures;
use crate::curation::failures::Cause;
use crate::example::Tag;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, pad_left, truncate, truncate_middle};
use crate::tui::failing::{Line as Slice, Shown, Told};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// From this width on the names are wider, and a bar shows what fails.
const WIDE: u16 = 110;
/// From this width on, what got worse is told in numbers beside why.
const WIDEST: u16 = 145;
/// The cells of the names, narrow and wide, and of a bar.
const NAMES: (usize, usize) = (24, 44);
const BAR: usize = 16;

/// Why, in a word or three.
const fn word(cause: Option<Cause>) -> &'static str {
    match cause {
        Some(Cause::Contradictory) => "contradictory",
        Some(Cause::Noisy) => "noisy",
        Some(Cause::Thin) => "thin",
        Some(Cause::NotTheData) => "enough and clean",
        None => "no tag here",
    }
}

fn style_of(cause: Option<Cause>, theme: &Theme) -> Style {
    match cause {
        Some(Cause::Contradictory) => theme.bad,
        Some(Cause::Noisy | Cause::Thin) => theme.look,
        Some(Cause::NotTheData) => theme.text,
        None => theme.faint,
    }
}

/// Draws the table into an area of the screen, which begins at `top`.
pub(super) fn draw(
    screen: &mut Failures,
    frame: &mut Frame<'_>,
    (area, top): (Rect, u16),
    shown: &Shown,
    theme: &Theme,
) {
    let is_wide = area.width >= WIDE;
    let names = if is_wide { NAMES.1 } else { NAMES.0 };
    let is_worse = |line: &Slice| !matches!(line.told, Told::Fails(_, None));
    let has_worse = shown.lines.iter().any(is_worse);
    let head = [
        pad("   slice", names + 1),
        pad(if is_wide { "fails" } else { "" }, if is_wide { BAR + 2 } else { 0 }),
        pad_left(if is_wide { "" } else { "fails" }, 6),
        pad_left("of tests", 10),
        pad_left("95 %", 8),
        pad_left("lift", 6),
        pad_left("train", 6),
        if has_worse { "  why, ↓ worse" } else { "  why" }.to_owned(),
    ];
    paint::line(frame, area, 0, Line::styled(head.concat(), theme.faint));
    let fit = usize::from(area.height.saturating_sub(1)).max(1);
    screen.page = fit;
    screen.top = screen.top.min(screen.at).max((screen.at + 1).saturating_sub(fit));
    screen.top = screen.top.min(shown.lines.len().saturating_sub(fit));
    let in_sight = shown.lines.iter().enumerate().skip(screen.top).take(fit);
    for (y, (at, line)) in (1..area.height).zip(in_sight) {
        screen.drawn.push((area.y - top + y, at));
        paint::line(frame, area, y, row(line, at == screen.at, area.width, theme));
    }
    let below = shown.lines.len().saturating_sub(screen.top + fit);
    if below > 0 {
        let says = format!("{} below ", plural(below as u64, "slice"));
        let width = u16::try_from(says.chars().count()).unwrap_or(area.width).min(area.width);
        // on the blank row behind the table
        let corner = Rect { x: area.right() - width, width, height: area.height + 1, ..area };
        paint::line(frame, corner, area.height, Line::styled(says, theme.faint));
    }
}

/// `refund × tr`; where there is room, with the names of the facets.
fn name_of(line: &Slice, is_wide: bool) -> String {
    let name = |tag: &Tag| {
        let value = harmless(&tag.value);
        if is_wide { format!("{}:{value}", harmless(&tag.facet)) } else { value.into_owned() }
    };
    let names: Vec<String> = line.tags.iter().map(name).collect();
    names.join(if is_wide { " " } else { " × " })
}

fn row<'a>(line: &Slice, is_here: bool, cells: u16, theme: &Theme) -> Line<'a> {
    let is_wide = cells >= WIDE;
    let names = if is_wide { NAMES.1 } else { NAMES.0 };
    let name = name_of(line, is_wide);
    let name = pad(&truncate_middle(&name, names - 3), names - 2);
    let text = if is_here { theme.accent } else { theme.text };
    let mark = if matches!(line.told, Told::Fails(_, None)) { " " } else { "↓" };
    let mut spans = vec![
        Span::styled(if is_here { " ▸" } else { "  " }, theme.accent),
        Span::styled(mark, theme.bad),
        Span::styled(name, text),
    ];
    match &line.told {
        Told::Fails(of, worse) => {
            let slice = &of.slice;
            if is_wide {
                spans.push(Span::styled(format!("{}  ", paint::bar(slice.rate, BAR)), theme.bad));
            }
            let trained = of.known.map_or_else(|| "–".to_owned(), |known| thousands(known.trained));
            let (low, high) = (slice.interval.low * 100.0, slice.interval.high * 100.0);
            spans.push(Span::styled(pad_left(&percent::near(slice.rate), 6), text));
            let of_tests = format!("{} / {}", thousands(slice.failures), thousands(slice.tests));
            spans.push(Span::styled(pad_left(&of_tests, 10), theme.text));
            spans.push(Span::styled(pad_left(&format!("{low:.0}–{high:.0}"), 8), theme.faint));
            spans.push(Span::styled(pad_left(&format!("×{:.1}", slice.lift), 6), theme.text));
            spans.push(Span::styled(pad_left(&trained, 6), theme.text));
            spans.push(Span::styled(format!("  {}", word(of.cause())), style_of(of.cause(), theme)));
            if let Some(worse) = worse.as_ref().filter(|_| cells >= WIDEST) {
                let said = format!("  ↓ worse: {} broke, {} mended", worse.broke, worse.mended);
                spans.push(Span::styled(said, theme.bad));
            }
        }
        Told::GotWorse(worse) => {
            let said = format!("got worse: {} broke, {} mended", worse.broke, worse.mended);
            spans.push(Span::styled(truncate(&said, 48).into_owned(), theme.bad));
        }
    }
    Line::from(spans)
}

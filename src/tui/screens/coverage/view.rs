//! The picture: what is covered in a sentence, the table, and beside or below it what to write next.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::cards::cards;
use super::{At, Coverage, table};
use crate::curation::coverage::Coverage as Targets;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::truncate;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::surveying::{Crossing, coverage_of};
use crate::tui::theme::Theme;

/// From this width on, what to write next stands beside the table.
const BESIDE: u16 = 130;
/// The cells that it takes there at least, and at most where the table leaves them.
const CARDS: (u16, u16) = (58, 110);
/// The cells that the sentences below the table have at least where there is room.
const SENTENCES: u16 = 72;
/// The blank cells between them.
const BETWEEN: u16 = 3;
/// The rows of the cell that one is at, with a blank one.
const HERE: u16 = 2;
/// The rows of cards below the table, and those that the table has before them: two of names, three of counts, and
/// one that tells of more.
const BELOW: u16 = 7;
const TABLE: u16 = 6;
/// Up to this height no row is left blank above the table.
const LOW: u16 = 13;

pub(super) fn view(screen: &mut Coverage, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    screen.drawn.clear();
    let Some(crossing) = screen.crossing.clone() else {
        paint::line(frame, area, 0, Line::styled(" counting …", theme.faint));
        return;
    };
    if crossing.rows.facet.is_empty() {
        paint::line(frame, area, 1, Line::styled(" There are no facets yet.", theme.heading));
        let says = " A facet is a dimension that must be covered: intent, language, difficulty.";
        paint::line(frame, area, 3, Line::styled(says, theme.text));
        let says = " What is read off the examples can be looked at all the same: choose the rows.";
        paint::line(frame, area, 4, Line::styled(says, theme.faint));
        return;
    }
    let (says, style) = verdict(&crossing, Targets::of(&shared.counts).has_shares_of_nothing, theme);
    let room = usize::from(area.width).saturating_sub(2);
    paint::line(frame, area, 0, Line::styled(format!(" {}", truncate(&says, room)), style));
    let body = below(area, if area.height > LOW { 2 } else { 1 });
    let said = said_of_all(&crossing, shared);
    if area.width >= BESIDE {
        let table = u16::try_from(table::cells_wanted(&crossing)).unwrap_or(u16::MAX).max(SENTENCES);
        let wide = body.width.saturating_sub(table.saturating_add(BETWEEN)).clamp(CARDS.0, CARDS.1);
        let left = Rect { width: body.width.saturating_sub(wide + BETWEEN), ..body };
        let used = counted(screen, frame, left, area.y, theme);
        notes(frame, below(left, used + 1), &said, theme);
        let right = Rect { x: body.right().saturating_sub(wide), width: wide, ..body };
        cards(screen, frame, (right, right.height), area.y, &crossing, theme);
    } else {
        let rows = BELOW.min(body.height.saturating_sub(TABLE + HERE));
        let above = Rect { height: body.height - rows, ..body };
        let used = counted(screen, frame, above, area.y, theme);
        let rest = below(body, used + u16::from(area.height > LOW));
        // what is told in full leaves their rows to the notes
        let room = rest.height.saturating_sub(u16::try_from(said.len() + 1).unwrap_or(u16::MAX));
        let used = cards(screen, frame, (rest, room), area.y, &crossing, theme);
        notes(frame, below(rest, used + 1), &said, theme);
    }
}

/// The table, and below it the cell that one is at in words; returns how many rows that took.
fn counted(screen: &mut Coverage, frame: &mut Frame<'_>, area: Rect, top: u16, theme: &Theme) -> u16 {
    let table = Rect { height: area.height.saturating_sub(HERE), ..area };
    let used = table::draw(screen, frame, table, top, theme);
    let At::Cell(row, column) = screen.at else { return used + HERE };
    let cell = screen.crossing.as_ref().map(|crossing| table::told(crossing, (row, column)));
    let told: Vec<String> = screen.third_told().into_iter().chain(cell).collect();
    let told = told.join("  ·  ");
    let told = truncate(&told, usize::from(area.width).saturating_sub(2)).into_owned();
    paint::line(frame, area, used + 1, Line::styled(format!(" {told}"), theme.text));
    used + HERE
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// How far the facet down the side is covered, in a sentence. Whether shares are wanted of no examples is known of
/// the whole dataset.
fn verdict(crossing: &Crossing, has_shares_of_nothing: bool, theme: &Theme) -> (String, Style) {
    let cells = crossing.cells.iter().flatten().filter(|count| count.wanted > 0);
    let (all, met) = cells
        .fold((0_u64, 0_u64), |(all, met), count| (all + 1, met + u64::from(count.usable >= count.wanted)));
    let crossed = if all == 0 {
        String::new()
    } else {
        format!("  ·  {} of {} cells have what is wanted of them", thousands(met), thousands(all))
    };
    if let Some(derived) = crossing.rows.derived {
        let facet = harmless(&crossing.rows.facet);
        return (format!("{facet}: {}, read off the examples", derived.about()), theme.text);
    }
    let Some(coverage) = coverage_of(&crossing.rows) else {
        let usable: u64 = crossing.rows.values.iter().map(|line| u64::from(line.count.usable)).sum();
        let facet = harmless(&crossing.rows.facet);
        let pairs = if all == 0 {
            String::new()
        } else {
            format!("  ·  an example at least of {} of {} pairs", thousands(met), thousands(all))
        };
        let targets = if has_shares_of_nothing { "shares of no examples yet" } else { "no targets yet" };
        return (format!("{facet}: {} usable, and {targets}{pairs}", thousands(usable)), theme.text);
    };
    let share = coverage.share();
    let style = if share >= 1.0 { theme.good } else { theme.look };
    let says = format!(
        "{}: {} of {} wanted, {}{crossed}",
        harmless(&crossing.rows.facet),
        thousands(coverage.reached()),
        thousands(coverage.wanted()),
        percent::down(share)
    );
    (says, style)
}

/// What is said of all facets together.
fn said_of_all(crossing: &Crossing, shared: &Shared) -> Vec<String> {
    let Some(overall) = &crossing.overall else { return Vec::new() };
    let (possible, present) = overall.pairs;
    let mut said = Vec::new();
    if let Some((usable, goal)) = overall.goal {
        let wanted = thousands(goal.0.get().into());
        said.push(format!("usable examples altogether: {} of {wanted} wanted", thousands(usable)));
    }
    if let Some(percent) = (present * 100).checked_div(possible) {
        said.push(format!(
            "pairs of values over all facets: {} of {} are present, {percent} %",
            thousands(present),
            thousands(possible)
        ));
    }
    if let Some((facets, possible, present)) = &overall.triples
        && let Some(percent) = (present * 100).checked_div(*possible)
    {
        said.push(format!(
            "three together, of {}: {} of {} are present, {percent} %",
            harmless(&facets.join(" × ")),
            thousands(*present),
            thousands(*possible)
        ));
    }
    let unseen = shared.counts.kinds_unseen();
    said.extend(unseen.iter().map(|unseen| format!("kinds still unseen  {}", harmless(unseen))));
    said
}

/// The same, below each other.
fn notes(frame: &mut Frame<'_>, area: Rect, said: &[String], theme: &Theme) {
    for (at, line) in (0..area.height).zip(said) {
        let line = truncate(line, usize::from(area.width).saturating_sub(2)).into_owned();
        paint::line(frame, area, at, Line::styled(format!(" {line}"), theme.faint));
    }
}

//! The picture: what is covered in a sentence, the table, and beside or below it what to write next.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{At, Coverage, table};
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::{pad_left, truncate};
use crate::text::wrap::wrap;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::surveying::{Crossing, ToWrite, coverage_of};
use crate::tui::theme::Theme;

/// From this width on, what to write next stands beside the table.
const BESIDE: u16 = 130;
/// The cells that it takes there at least, and at most where the table leaves them.
const CARDS: (u16, u16) = (58, 110);
/// The blank cells between them.
const BETWEEN: u16 = 3;
/// The cells of the number of a card.
const NUMBER: usize = 7;
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
    let (says, style) = verdict(&crossing, theme);
    let room = usize::from(area.width).saturating_sub(2);
    paint::line(frame, area, 0, Line::styled(format!(" {}", truncate(&says, room)), style));
    let body = below(area, if area.height > LOW { 2 } else { 1 });
    if area.width >= BESIDE {
        let table = u16::try_from(table::cells_wanted(&crossing)).unwrap_or(u16::MAX);
        let wide = body.width.saturating_sub(table.saturating_add(BETWEEN)).clamp(CARDS.0, CARDS.1);
        let left = Rect { width: body.width.saturating_sub(wide + BETWEEN), ..body };
        let rest = counted(screen, frame, left, area.y, theme);
        notes(frame, rest, &crossing, shared, theme);
        let right = Rect { x: body.right().saturating_sub(wide), width: wide, ..body };
        cards(screen, frame, right, area.y, &crossing, theme);
    } else {
        let rows = BELOW.min(body.height.saturating_sub(TABLE + HERE));
        let above = Rect { height: body.height - rows, ..body };
        let rest = counted(screen, frame, above, area.y, theme);
        let rest = Rect { height: rest.height + rows, ..rest };
        let used = cards(screen, frame, rest, area.y, &crossing, theme);
        notes(frame, below(rest, used + 1), &crossing, shared, theme);
    }
}

/// The table, and below it the cell that one is at in words; returns what is left below that and a blank row.
fn counted(screen: &mut Coverage, frame: &mut Frame<'_>, area: Rect, top: u16, theme: &Theme) -> Rect {
    let table = Rect { height: area.height.saturating_sub(HERE), ..area };
    let rest = below(area, table::draw(screen, frame, table, top, theme));
    let At::Cell(row, column) = screen.at else { return below(rest, HERE + 1) };
    let cell = screen.crossing.as_ref().map(|crossing| table::told(crossing, (row, column)));
    let told: Vec<String> = screen.third_told().into_iter().chain(cell).collect();
    let told = told.join("  ·  ");
    let told = truncate(&told, usize::from(area.width).saturating_sub(2)).into_owned();
    paint::line(frame, rest, 1, Line::styled(format!(" {told}"), theme.text));
    below(rest, HERE + 1)
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// How far the facet down the side is covered, in a sentence.
fn verdict(crossing: &Crossing, theme: &Theme) -> (String, Style) {
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
        return (format!("{facet}: {} usable, and no targets yet{pairs}", thousands(usable)), theme.text);
    };
    let share = coverage.share();
    let style = if share >= 1.0 { theme.good } else { theme.look };
    let says = format!(
        "{}: {} of {} wanted, {:.0} %{crossed}",
        harmless(&crossing.rows.facet),
        thousands(coverage.reached()),
        thousands(coverage.wanted()),
        (share * 100.0).floor()
    );
    (says, style)
}

/// What is said of all facets together.
fn notes(frame: &mut Frame<'_>, area: Rect, crossing: &Crossing, shared: &Shared, theme: &Theme) {
    let Some(overall) = &crossing.overall else { return };
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
    for (at, line) in (0..area.height).zip(said) {
        let line = truncate(&line, usize::from(area.width).saturating_sub(2)).into_owned();
        paint::line(frame, area, at, Line::styled(format!(" {line}"), theme.faint));
    }
}

/// What to write next; returns how many rows that took.
fn cards(
    screen: &mut Coverage,
    frame: &mut Frame<'_>,
    area: Rect,
    top: u16,
    crossing: &Crossing,
    theme: &Theme,
) -> u16 {
    let (about, style) = match &crossing.overall {
        None => ("  counting …", theme.faint),
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
    let is_room = rows < usize::from(area.height);
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
    }
    y
}

/// A text in at most three rows of so many cells, behind the column of numbers.
fn rows_of(text: &str, cells: usize) -> Vec<String> {
    let rows = wrap(text, cells.saturating_sub(NUMBER + 4));
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
        vec![truncate(&values_of(card), cells.saturating_sub(NUMBER + 4)).into_owned()]
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

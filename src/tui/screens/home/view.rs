//! The picture of Home.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::at::At;
use super::next::Next;
use super::{Home, gauges, pace};
use crate::curation::balance::{Verdict, balance};
use crate::curation::coverage::{Coverage, FacetCoverage, Reach, ValueCoverage};
use crate::curation::readiness::Advice;
use crate::dataset::Assessment;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, pad_left, truncate, whole_parts, width};
use crate::tui::effect::Shared;
use crate::tui::paint::{self, bar, columns};
use crate::tui::theme::Theme;

/// From this width on there are two columns.
const TWO_COLUMNS: u16 = 110;
/// The left one.
const LEFT: u16 = 50;
/// From this width on the left one is wider.
const ROOMY: u16 = 150;
/// What was done today, where it stands beside what waits on a narrow terminal.
const TODAY: u16 = 30;
/// The longest bar.
const BAR: usize = 64;
/// The cells of the word for how far a value has come, and what marks the largest gap.
const WORD: usize = 5;
const NEXT: &str = "  ◂ next";

/// Facets whose balance is told.
const MOST_BALANCES: usize = 8;

/// What each journal verb did, for the line of today.
const DONE: &[(&str, &str)] = &[
    ("write", "written"),
    ("edit", "edited"),
    ("rewrite", "rewritten"),
    ("rank", "ranked"),
    ("review", "reviewed"),
    ("create", "made"),
    ("tag", "tagged"),
    ("status", "given a status"),
    ("flag", "flagged"),
];

/// The verb that is no work of the day: what it brings in was done before.
const IMPORT: &str = "import";

pub(super) fn view(home: &mut Home, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    home.drawn.clear();
    let ready = u16::from(area.height > 8) * 2;
    let strip = if area.height > 13 { gauges::ROWS + 1 } else { 0 };
    let body = Rect { height: area.height - ready - strip, ..area };
    let balances = balance(&shared.counts).len().min(MOST_BALANCES);
    let balances = u16::try_from(balances).unwrap_or(u16::MAX).saturating_add(2);
    let used = if area.width >= TWO_COLUMNS {
        // Where there is room, the lines of what waits say more.
        let wide = if area.width >= ROOMY { LEFT + 12 } else { LEFT };
        let left = Rect { width: wide, ..body };
        let right = Rect { x: body.x + wide, width: body.width - wide, ..body };
        let above = next(home, frame, left, area.y, shared, theme) + 1;
        let left_used = above + today(home, frame, below(left, above), shared, theme);
        let room = right.height.saturating_sub(balances).max(4);
        let above = covered(home, frame, Rect { height: room.min(right.height), ..right }, shared, theme);
        left_used.max(stacked(above, balanced(frame, below(right, above), shared, theme)))
    } else {
        // What is said of each line needs more than half; the bars of the days need no more than this.
        let half = area.width.saturating_sub(TODAY).max(area.width / 2);
        let above = next(home, frame, Rect { width: half, ..body }, area.y, shared, theme);
        let beside =
            Rect { x: body.x + half, width: body.width - half, height: above.min(body.height), ..body };
        today(home, frame, beside, shared, theme);
        let rest = below(body, above + 1);
        let covered = covered(home, frame, rest, shared, theme);
        above + 1 + stacked(covered, balanced(frame, below(rest, covered), shared, theme))
    };
    let mut used = used.min(body.height);
    if strip > 0 {
        gauges::draw(home, frame, below(area, used + 1), area.y, shared, theme);
        used += strip;
    }
    if ready > 0 {
        readiness(home, frame, below(area, (used + 1).min(area.height - 1)), area.y, shared, theme);
    }
}

/// The rows of two parts, the first of which ends with a blank row.
fn stacked(first: u16, second: u16) -> u16 {
    if second == 0 { first.saturating_sub(1) } else { first + second }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn heading<'a>(name: &'a str, rest: String, theme: &Theme) -> Line<'a> {
    Line::from(vec![Span::styled(format!(" {name}"), theme.heading), Span::styled(rest, theme.faint)])
}

fn next(home: &mut Home, frame: &mut Frame<'_>, area: Rect, top: u16, shared: &Shared, theme: &Theme) -> u16 {
    paint::line(frame, area, 0, heading("NEXT", String::new(), theme));
    let selected = home.selected(shared);
    let cells = usize::from(area.width);
    let mut rows = 1;
    for next in Next::all(shared) {
        let (row, is_selected) = (rows, selected == Some(At::Next(next)));
        rows += 1;
        let count = next.count(shared);
        let style = match (is_selected, count) {
            (true, _) => theme.accent,
            (false, 0) => theme.faint,
            (false, _) => theme.text,
        };
        let line = Line::from(vec![
            Span::styled(if is_selected { " ▸ " } else { "   " }, theme.accent),
            Span::styled(pad(next.title(), 13), style),
            Span::styled(pad_left(&thousands(count), 8), style),
            Span::styled(
                format!("   {}", whole_parts(&harmless(&next.about(shared)), cells.saturating_sub(28))),
                theme.faint,
            ),
        ]);
        paint::line(frame, area, row, line);
        home.drawn.push((0..area.width, area.y - top + row, At::Next(next)));
    }
    rows
}

fn today(home: &Home, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) -> u16 {
    paint::line(frame, area, 0, heading("TODAY", String::new(), theme));
    let mut done: Vec<String> = DONE
        .iter()
        .filter_map(|(verb, said)| {
            shared.today.get(*verb).filter(|n| **n > 0).map(|n| format!("{} {said}", thousands(*n)))
        })
        .collect();
    // The bars count these too.
    let is_other = |verb: &str| verb != IMPORT && DONE.iter().all(|(known, _)| *known != verb);
    let others: u64 = shared.today.iter().filter(|(verb, _)| is_other(verb)).map(|(_, n)| n).sum();
    if others > 0 {
        let noun = if done.is_empty() { "change" } else { "other change" };
        done.push(plural(others, noun));
    }
    let done = if done.is_empty() { vec!["nothing yet".to_owned()] } else { done };
    // As many as fit on two rows; the rest is in the journal.
    let cells = usize::from(area.width).saturating_sub(3);
    let mut rows = vec![String::new()];
    for part in done {
        match rows.last_mut() {
            Some(row) if row.is_empty() => *row = part,
            Some(row) if width(row) + width(&part) + 3 <= cells => *row = format!("{row} · {part}"),
            _ => rows.push(part),
        }
    }
    for (at, row) in (1..=2).zip(&rows) {
        paint::line(frame, area, at, Line::styled(format!("   {row}"), theme.text));
    }
    let bars = if rows.len() > 1 { 3 } else { 2 };
    let paced = home.paced.as_ref().map(|paced| pace::parts(paced, &shared.annotator)).unwrap_or_default();
    if shared.days.iter().all(|&n| n == 0) {
        // What others do still says when it will be enough.
        let told = pace::fitting(&paced, cells).unwrap_or_default();
        paint::line(frame, area, bars, Line::styled(format!("   {told}"), theme.faint));
        return 4;
    }
    // The pace stands beside the bars of the days, or below them where that is too narrow.
    let room = cells.saturating_sub(shared.days.len() + 2);
    let (beside, under) = match pace::fitting(&paced, room) {
        Some(told) => (told, None),
        None => (format!("{} days", shared.days.len()), pace::fitting(&paced, cells)),
    };
    let line = Line::from(vec![
        Span::styled(format!("   {}", columns(&shared.days)), theme.accent),
        Span::styled(format!("  {beside}"), theme.faint),
    ]);
    paint::line(frame, area, bars, line);
    if let Some(told) = under {
        paint::line(frame, area, bars + 1, Line::styled(format!("   {told}"), theme.faint));
        return 4.max(bars + 2);
    }
    4
}

/// The facet that was turned to, and as many of the others as there is room for.
fn covered(home: &Home, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) -> u16 {
    let Coverage { facets, has_shares_of_nothing, .. } = Coverage::of(&shared.counts);
    if facets.is_empty() {
        paint::line(frame, area, 0, heading("TARGETS", String::new(), theme));
        let says = if shared.counts.facets.is_empty() {
            "   no facets yet: A on Coverage makes one"
        } else if has_shares_of_nothing {
            "   shares of no examples yet: t on Coverage sets a goal"
        } else {
            "   no targets yet: t on Coverage sets one"
        };
        paint::line(frame, area, 1, Line::styled(says, theme.faint));
        return 3;
    }
    // All facets share their columns, so that numbers stand below each other.
    let columns = Columns::of(facets.iter().flat_map(|facet| &facet.values), area.width.into());
    let mut used = 0;
    for nth in 0..facets.len() {
        let at = (home.facet + nth) % facets.len();
        let room = area.height.saturating_sub(used);
        let Some(facet) =
            facets.get(at).filter(|facet| nth == 0 || usize::from(room) > facet.values.len().min(5) + 1)
        else {
            break;
        };
        let turn = match (facets.len(), nth == 0 && !home.is_printed) {
            (..=1, _) => String::new(),
            (all, true) => format!("  ←→ facet {}/{all}", at + 1),
            (all, false) => format!("  ‹{}/{all}›", at + 1),
        };
        used += one_covered(frame, below(area, used), facet, &turn, &columns, theme) + 1;
    }
    used
}

fn one_covered(
    frame: &mut Frame<'_>,
    area: Rect,
    facet: &FacetCoverage,
    turn: &str,
    columns: &Columns,
    theme: &Theme,
) -> u16 {
    let room = usize::from(area.height);
    let (n, of) = (facet.values.len(), plural(facet.of as u64, "value"));
    let in_short = if facet.of == n { of } else { format!("{n} of {of}") };
    let values = if facet.of == n { in_short.clone() } else { format!("{in_short} with a target") };
    let name = |values: &str| format!("  {}  {values}{turn}", harmless(&facet.name));
    let right = format!(
        "{} of {} wanted  {} ",
        thousands(facet.reached()),
        thousands(facet.wanted()),
        percent::down(facet.share())
    );
    let cells = usize::from(area.width);
    let beside = cells.saturating_sub(" TARGETS".len() + width(&right) + 1);
    let fitting = [name(&values), name(&in_short)].into_iter().find(|name| width(name) <= beside);
    let line = if let Some(name) = fitting {
        let left = " TARGETS".len() + width(&name);
        let mut line = heading("TARGETS", name, theme);
        line.spans.push(Span::raw(" ".repeat(cells.saturating_sub(left + width(&right)))));
        line.spans.push(Span::styled(right, theme.text));
        line
    } else {
        heading("TARGETS", truncate(&name(&in_short), cells.saturating_sub(9)).into_owned(), theme)
    };
    paint::line(frame, area, 0, line);
    let shown = choose(facet, room.saturating_sub(1));
    let gap = facet.largest_gap();
    let mut row = 1;
    for &at in &shown {
        if let Some(value) = facet.values.get(at) {
            paint::line(frame, area, row, value_line(value, gap == Some(at), columns, theme));
            row += 1;
        }
    }
    let more = facet.values.len() - shown.len();
    if more > 0 {
        paint::line(frame, area, row, Line::styled(format!("   … {more} more"), theme.faint));
        row += 1;
    }
    row
}

/// Which values are shown in so many rows: all, or those of which most are missing; in their order.
fn choose(facet: &FacetCoverage, rows: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..facet.values.len()).collect();
    if all.len() > rows {
        let missing = |at: &usize| std::cmp::Reverse(facet.values.get(*at).map(ValueCoverage::missing));
        all.sort_by_key(missing);
        all.truncate(rows.saturating_sub(1).max(1));
        all.sort_unstable();
    }
    all
}

/// The columns of the values of a facet: names, bars, how many there are and how many are wanted.
struct Columns {
    name: usize,
    bar: usize,
    usable: usize,
    target: usize,
}

impl Columns {
    fn of<'a>(values: impl Iterator<Item = &'a ValueCoverage>, cells: usize) -> Self {
        let (mut name, mut usable, mut target) = (8, 1, 1);
        for value in values {
            name = name.max(width(&harmless(&value.name)));
            usable = usable.max(thousands(value.usable).len());
            target = target.max(thousands(value.target).len());
        }
        name = name.min((cells / 3).max(8));
        // What parts them, the words at the end, and a cell at the edge.
        let taken = 3 + name + 2 + 2 + usable + 3 + target + 2 + WORD + width(NEXT) + 1;
        Self { name, bar: cells.saturating_sub(taken).clamp(4, BAR), usable, target }
    }
}

fn value_line(value: &ValueCoverage, is_next: bool, columns: &Columns, theme: &Theme) -> Line<'static> {
    let (word, style) = match value.reach() {
        Reach::Over => ("over", theme.look),
        Reach::Met => ("✓", theme.good),
        Reach::Empty => ("none", theme.bad),
        Reach::Thin => ("thin", theme.bad),
        Reach::Short => ("short", theme.look),
    };
    let counts = format!(
        "  {} / {}  ",
        pad_left(&thousands(value.usable), columns.usable),
        pad_left(&thousands(value.target), columns.target)
    );
    Line::from(vec![
        Span::styled(
            format!("   {}  ", pad(&harmless(&value.name), columns.name)),
            if is_next { theme.accent } else { theme.text },
        ),
        Span::styled(bar(value.share(), columns.bar), theme.faint),
        Span::styled(counts, theme.text),
        Span::styled(pad(word, WORD), style),
        Span::styled(if is_next { NEXT } else { "" }, theme.accent),
    ])
}

fn balanced(frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) -> u16 {
    let facets = balance(&shared.counts);
    // All of it or nothing: the gauge tells the worst one.
    if facets.is_empty() || usize::from(area.height) < facets.len().min(MOST_BALANCES) + 1 {
        return 0;
    }
    paint::line(frame, area, 0, heading("BALANCE", "  of usable examples".to_owned(), theme));
    let wide = facets.iter().map(|facet| width(&harmless(&facet.name))).max().unwrap_or(0).clamp(8, 24);
    let cells = usize::from(area.width);
    for (row, facet) in (1..area.height).zip(facets.iter().take(MOST_BALANCES)) {
        let (word, style): (&str, Style) = match facet.verdict {
            Verdict::Good => ("good", theme.good),
            Verdict::Look => ("look", theme.look),
            Verdict::Bad => ("bad", theme.bad),
        };
        let kinds = format!("{:.1} of {} kinds effective", facet.effective, facet.kinds);
        let most = format!("{} {}", harmless(&facet.largest.0), percent::near(facet.largest.1));
        let room = cells.saturating_sub(wide + 3 + 2 + 28 + 6);
        let line = Line::from(vec![
            Span::styled(format!("   {}  ", pad(&harmless(&facet.name), wide)), theme.text),
            Span::styled(pad(&kinds, 28), theme.text),
            Span::styled(pad(word, 6), style),
            Span::styled(truncate(&most, room).into_owned(), theme.faint),
        ]);
        paint::line(frame, area, row, line);
    }
    u16::try_from(facets.len().min(MOST_BALANCES) + 1).unwrap_or(u16::MAX).min(area.height)
}

fn readiness(home: &mut Home, frame: &mut Frame<'_>, area: Rect, top: u16, shared: &Shared, theme: &Theme) {
    let room = usize::from(area.width).saturating_sub(20);
    let is_here = home.selected(shared) == Some(At::Ready);
    let (style, says) = match (&home.measuring.assessed, home.measuring.before()) {
        (None, _) => ready(shared, room, theme),
        (Some(assessed), None) => measured(&assessed.page, room, theme),
        // What was measured stays until the next is there, so that no other figure shows for a moment.
        (Some(assessed), Some(mark)) => {
            let room = room.saturating_sub(width(mark));
            let (_, says) = measured(&assessed.page, room, theme);
            (theme.faint, format!("{}{mark}", truncate(&says, room)))
        }
    };
    let line = Line::from(vec![
        Span::styled(if is_here { "▸" } else { " " }, theme.accent),
        Span::styled("READY TO TRAIN?", if is_here { theme.accent } else { theme.heading }),
        Span::styled(format!("   {}", truncate(&harmless(&says), room)), style),
    ]);
    paint::line(frame, area, 0, line);
    home.drawn.push((0..area.width, area.y - top, At::Ready));
}

/// The verdict, and where only gates are not passed, the one that costs least, if that fits.
fn measured(page: &Assessment, cells: usize, theme: &Theme) -> (Style, String) {
    let readiness = &page.readiness;
    let style = if readiness.advice == Advice::FineTune { theme.good } else { theme.look };
    let next = readiness.next.filter(|_| readiness.advice == Advice::NotYet);
    let next = next.map(|next| format!(" · begin: {} {}", next.work.kind.verb(), thousands(next.work.count)));
    let whole = format!("{}{}", readiness.sentence, next.unwrap_or_default());
    (style, if width(&whole) > cells { readiness.sentence.clone() } else { whole })
}

/// Only what the counts can tell: what is missing to targets, and flags that are open; in words as
/// short as `cells` demand.
fn ready(shared: &Shared, cells: usize, theme: &Theme) -> (Style, String) {
    let counts = &shared.counts;
    let coverage = Coverage::of(counts);
    let targets = coverage.examples_missing();
    // Where nothing is usable, all of every target is missing: that needs no second sentence.
    let missing = targets.filter(|missing| counts.usable() > 0 && *missing > 0);
    let flags = counts.open_flags();
    let said = |is_short: bool| {
        let mut against = Vec::new();
        if counts.usable() == 0 {
            against.push("nothing is usable yet".to_owned());
        }
        if let Some(missing) = missing {
            let short = plural((coverage.short_values() + coverage.short_cells()) as u64, "target");
            let missing = if is_short { thousands(missing) } else { plural(missing, "example") };
            against.push(format!("at least {missing} missing to {short}"));
        }
        if flags > 0 {
            let flags = plural(flags, "flag");
            against.push(if is_short { flags } else { format!("{flags} open") });
        }
        against
    };
    let against = said(false);
    match (against.is_empty(), targets.is_none()) {
        (false, _) => {
            let long = format!("not yet — {}", against.join("; "));
            let says =
                if width(&harmless(&long)) > cells { format!("no: {}", said(true).join("; ")) } else { long };
            (theme.look, says)
        }
        (true, false) => (theme.good, "targets are met and no flag is open; look at the balance".to_owned()),
        (true, true) => (theme.text, "no flag is open; there are no targets to hold it against".to_owned()),
    }
}

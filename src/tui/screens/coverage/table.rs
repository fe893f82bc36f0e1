//! The table: a row for each value of one facet, a column for each of the other, and all of them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Row, Span};

use super::{At, Coverage, heading};
use crate::text::count::{short, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{pad, pad_left, truncate_middle, width};
use crate::tui::paint;
use crate::tui::surveying::{Axis, Count, Crossing, Line};
use crate::tui::theme::Theme;

/// The widest and the narrowest column of names, and of counts.
const NAMES: (usize, usize) = (22, 10);
const COUNTS: (usize, usize) = (16, 9);
/// The narrowest column of counts where not all of them are in sight: a word of a name fits above it.
const NARROW: usize = 10;
/// Cells around a count: brackets, a blank, the shade.
const AROUND: usize = 5;
/// What is wanted so far, in parts of it: cells of shade.
const SHADES: [&str; 5] = ["  ", "░ ", "░░", "▒▒", "▓▓"];

/// What is there and can't be.
const TOO_MANY: &str = "! ";

/// How far a cell has come, as shade, and in which colour.
pub(super) fn shade(count: Count, theme: &Theme) -> (&'static str, Style) {
    let Count { usable, wanted, .. } = count;
    if count.is_never() {
        return if usable == 0 { (SHADES[0], theme.faint) } else { (TOO_MANY, theme.bad) };
    }
    if wanted == 0 {
        return if usable == 0 { (SHADES[0], theme.faint) } else { (SHADES[1], theme.faint) };
    }
    let quarters = usize::try_from(u64::from(usable.min(wanted)) * 4 / u64::from(wanted)).unwrap_or(0);
    let style = match quarters {
        0 => theme.bad,
        1..=3 => theme.look,
        _ => theme.good,
    };
    // what is there at all can be seen
    let quarters = if usable > 0 { quarters.max(1) } else { 0 };
    (SHADES.get(quarters).copied().unwrap_or(SHADES[4]), style)
}

/// `286/150`, shortened; without what is wanted where nobody said; `never` where there can be none.
fn said(count: Count) -> String {
    let usable = short(count.usable.into());
    if count.is_never() {
        return if count.usable == 0 { "never".to_owned() } else { format!("{usable}/never") };
    }
    if count.wanted == 0 && !count.is_unwanted {
        usable
    } else {
        format!("{usable}/{}", short(count.wanted.into()))
    }
}

/// The cells of the columns.
#[derive(Debug, Clone, Copy)]
struct Widths {
    names: usize,
    /// Of each column of a value.
    counts: usize,
    /// Of the one for all.
    all: usize,
}

impl Widths {
    /// As wide as the names above the columns, as far as all of these fit; else only for the counts.
    fn of(crossing: &Crossing, cells: usize) -> Self {
        let longest = crossing.rows.values.iter().map(|line| width(&line.name)).max().unwrap_or(0);
        let (rows, columns) = (crossing.rows.values.len(), crossing.columns.values.len());
        let widest = |columns: std::ops::Range<usize>| {
            let places = columns.flat_map(|column| (0..=rows).map(move |row| (row, column)));
            let widths = places.map(|(row, column)| width(&said(count_at(crossing, row, column))));
            (widths.max().unwrap_or(0) + AROUND).max(COUNTS.1)
        };
        let (counts, all) = (widest(0..columns), widest(columns..columns + 1));
        let longest_column =
            crossing.columns.values.iter().map(|line| width(&line.name) + 2).max().unwrap_or(0);
        let roomy = longest_column.min(COUNTS.0).max(counts);
        // names of rows take what the columns leave
        let left = cells.saturating_sub(all + columns * roomy);
        let names = (longest + 2).clamp(NAMES.1, NAMES.0.max(left.min(cells / 2)));
        let each = cells.saturating_sub(names + all) / columns.max(1);
        Self { names, counts: each.clamp(counts.max(NARROW).min(roomy), roomy), all }
    }
}

/// The cells that the table takes where there is room for all of it.
pub(super) fn cells_wanted(crossing: &Crossing) -> usize {
    let widths = Widths::of(crossing, usize::MAX);
    widths.names + widths.counts * crossing.columns.values.len() + widths.all
}

/// Draws the table; returns how many rows it took.
pub(super) fn draw(screen: &mut Coverage, frame: &mut Frame<'_>, area: Rect, top: u16, theme: &Theme) -> u16 {
    let Some(crossing) = screen.crossing.clone() else { return 0 };
    let cells = usize::from(area.width);
    let widths = Widths::of(&crossing, cells);
    let (all_rows, all_columns) = screen.size();
    let values = all_columns.saturating_sub(1);
    // The column for all is always in sight.
    let room = cells.saturating_sub(widths.names + widths.all);
    screen.columns = (room / widths.counts).clamp(1, values.max(1));
    if let At::Cell(_, column) = screen.at
        && column < values
    {
        screen.left = screen.left.min(column).max((column + 1).saturating_sub(screen.columns));
    }
    screen.left = screen.left.min(values.saturating_sub(screen.columns));
    let shown: Vec<usize> = (screen.left..values).take(screen.columns).chain([values]).collect();
    let heads = head(screen, &crossing, widths, &shown, theme);
    let above = u16::try_from(heads.len()).unwrap_or(0);
    for (y, line) in (0..area.height).zip(heads) {
        paint::line(frame, area, y, line);
    }

    let room = usize::from(area.height.saturating_sub(above));
    let rows = if all_rows <= room { all_rows } else { room.saturating_sub(1) };
    screen.rows = rows.max(1);
    if let At::Cell(row, _) = screen.at {
        screen.top = screen.top.min(row).max((row + 1).saturating_sub(rows));
    }
    screen.top = screen.top.min(all_rows.saturating_sub(rows));
    let gap = crossing.largest_gap();
    let mut y = above;
    for row in screen.top..(screen.top + rows).min(all_rows) {
        let mut spans = vec![name_of(screen, &crossing, row, widths.names, theme)];
        for (place, column) in shown.iter().enumerate() {
            let count = count_at(&crossing, row, *column);
            let is_here = screen.at == At::Cell(row, *column);
            let wide = if *column == values { widths.all } else { widths.counts };
            spans.extend(cell(count, is_here, gap == Some((row, *column)), wide, theme));
            let x = u16::try_from(widths.names + place * widths.counts).unwrap_or(u16::MAX);
            let end = x.saturating_add(u16::try_from(wide).unwrap_or(0));
            screen.drawn.push((x..end, area.y - top + y, At::Cell(row, *column)));
        }
        paint::line(frame, area, y, Row::from(spans));
        y += 1;
    }
    if rows < all_rows {
        let says = more(("↑", screen.top), ("↓", all_rows - screen.top - rows), cells);
        paint::line(frame, area, y, Row::styled(format!(" {says} rows"), theme.faint));
        y += 1;
    }
    y.min(area.height)
}

/// How many are before and behind what is in sight, in so many cells.
fn more((back, before): (&str, usize), (on, behind): (&str, usize), cells: usize) -> String {
    let ways = [(back, before), (on, behind)].into_iter().filter(|(_, n)| *n > 0);
    let (long, short): (Vec<String>, Vec<String>) =
        ways.map(|(arrow, n)| (format!("{arrow} {n}"), format!("{arrow}{n}"))).unzip();
    let long = long.join("  ") + " more";
    if width(&long) <= cells { long } else { short.join(" ") }
}

/// The names above the columns, in one row or in two.
fn head(
    screen: &Coverage,
    crossing: &Crossing,
    widths: Widths,
    shown: &[usize],
    theme: &Theme,
) -> Vec<Row<'static>> {
    let names = &crossing.columns.values;
    let of = |column: usize| {
        let name = names.get(column).map_or("all", |line| line.name.as_str());
        let cells = if column < names.len() { widths.counts } else { widths.all };
        (heading::rows(&harmless(name), cells.saturating_sub(2)), cells, column)
    };
    let heads: Vec<_> = shown.iter().map(|column| of(*column)).collect();
    let first = usize::from(heads.iter().all(|([upper, _], ..)| upper.is_empty()));
    let row = |at: usize| {
        let behind = names.len().saturating_sub(screen.left + screen.columns);
        let out = if at == 1 && screen.left + behind > 0 {
            format!(" {}", more(("←", screen.left), ("→", behind), widths.names.saturating_sub(1)))
        } else {
            String::new()
        };
        let mut spans = vec![Span::styled(pad(&out, widths.names), theme.faint)];
        for (rows, cells, column) in &heads {
            let is_here = matches!(screen.at, At::Cell(_, here) if here == *column);
            let style = if is_here { theme.accent } else { theme.heading };
            let name = rows.get(at).map_or("", String::as_str);
            spans.push(Span::styled(pad_left(&format!("{name}  "), *cells), style));
        }
        Row::from(spans)
    };
    (first..2).map(row).collect()
}

fn name_of<'a>(screen: &Coverage, crossing: &Crossing, row: usize, names: usize, theme: &Theme) -> Span<'a> {
    let (level, shown) = match crossing.rows.derived {
        Some(_) => (0, crossing.rows.values.get(row).map_or("all", |line| line.name.as_str())),
        None => below_what_is_seen(&crossing.rows.values, screen.top, row),
    };
    let style = if matches!(screen.at, At::Cell(at, _) if at == row) { theme.accent } else { theme.text };
    let name = format!(" {}{}", "  ".repeat(level.min(3)), harmless(shown));
    Span::styled(pad(&truncate_middle(&name, names.saturating_sub(1)), names), style)
}

/// How a value is named in a row: a value that belongs below one that is seen above it stands a little to the right,
/// by the rest of its name; otherwise by its whole name. How many levels to the right, and the name.
fn below_what_is_seen(values: &[Line], top: usize, row: usize) -> (usize, &str) {
    let Some(value) = values.get(row) else { return (0, "all") };
    let mut level = 0;
    let mut rest = value.name.as_str();
    for above in values.get(top..row).unwrap_or_default() {
        let below = value.name.strip_prefix(above.name.as_str()).and_then(|rest| rest.strip_prefix('/'));
        if let Some(below) = below.filter(|below| below.len() < rest.len()) {
            level += 1;
            rest = below;
        }
    }
    (level, rest)
}

/// The cell that one is at, in words: both values in full, what is there and what is wanted.
pub(super) fn told(crossing: &Crossing, (row, column): (usize, usize)) -> String {
    let count = count_at(crossing, row, column);
    let value = |at: usize, axis: &Axis| axis.values.get(at).map(|line| harmless(&line.name).into_owned());
    let values: Vec<String> =
        [value(row, &crossing.rows), value(column, &crossing.columns)].into_iter().flatten().collect();
    let name = if values.is_empty() { "all".to_owned() } else { values.join(" × ") };
    let usable = thousands(count.usable.into());
    let said = match (count.is_never(), count.wanted) {
        (true, _) if count.usable == 0 => "never together, as somebody said".to_owned(),
        (true, _) => format!("{usable} usable, though they are never together"),
        (false, 0) if count.is_unwanted && count.usable == 0 => "none is wanted".to_owned(),
        (false, 0) if count.is_unwanted => format!("{usable} usable, though none is wanted"),
        (false, 0) => format!("{usable} usable, and nobody said how many are wanted"),
        (false, wanted) if count.missing() == 0 => {
            format!("{usable} usable of {} wanted", thousands(wanted.into()))
        }
        (false, wanted) => {
            let (wanted, missing) = (thousands(wanted.into()), thousands(count.missing().into()));
            format!("{usable} usable of {wanted} wanted, {missing} missing")
        }
    };
    let waiting = count.kept.saturating_sub(count.usable);
    let waiting =
        if waiting > 0 { format!(" · {} not yet usable", thousands(waiting.into())) } else { String::new() };
    format!("{name}: {said}{waiting}")
}

/// What is counted there; the last row and column are all.
fn count_at(crossing: &Crossing, row: usize, column: usize) -> Count {
    let (rows, columns) = (&crossing.rows.values, &crossing.columns.values);
    match (rows.get(row), columns.get(column)) {
        (Some(_), Some(_)) => {
            crossing.cells.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or_default()
        }
        (Some(line), None) | (None, Some(line)) => line.count,
        (None, None) => {
            let sum = |of: fn(&Count) -> u32| rows.iter().map(|line| of(&line.count)).sum();
            let all = Count {
                usable: sum(|count| count.usable),
                kept: sum(|count| count.kept),
                ..Count::default()
            };
            // what all values want together says nothing of the whole: a goal does
            let goal = crossing.overall.as_ref().and_then(|overall| overall.goal);
            goal.map_or(all, |(usable, goal)| Count {
                usable: u32::try_from(usable).unwrap_or(u32::MAX),
                wanted: goal.0.get(),
                ..all
            })
        }
    }
}

fn cell<'a>(count: Count, is_here: bool, is_gap: bool, counts: usize, theme: &Theme) -> Vec<Span<'a>> {
    let (shade, colour) = shade(count, theme);
    let text = said(count);
    let style = match (is_here, count.usable) {
        (true, _) => theme.accent,
        (false, 0) => theme.faint,
        (false, _) => theme.text,
    };
    let mark = if is_gap { "◂" } else { " " };
    let (open, close) = if is_here { ("[", "]") } else { (" ", mark) };
    let text = pad_left(&format!("{open}{text} "), counts.saturating_sub(3));
    vec![
        Span::styled(text, style),
        Span::styled(shade, colour),
        Span::styled(close.to_owned(), if is_here { theme.accent } else { theme.look }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CellWish;

    #[test]
    fn shades_say_how_far_a_cell_has_come() {
        let theme = Theme::coloured();
        let of = |usable, wanted| shade(Count { usable, kept: usable, wanted, ..Count::default() }, &theme).0;
        assert_eq!(
            [of(0, 60), of(1, 60), of(30, 60), of(59, 60), of(60, 60), of(90, 60)],
            ["  ", "░ ", "░░", "▒▒", "▓▓", "▓▓"]
        );
        assert_eq!([of(0, 0), of(5, 0)], ["  ", "░ "]);
    }

    #[test]
    fn counts_are_told_with_what_is_wanted() {
        let count = |usable, wanted| said(Count { usable, kept: usable, wanted, ..Count::default() });
        assert_eq!([count(9, 150), count(12_345, 0), count(0, 40)], ["9/150", "12k", "0/40"]);
    }

    #[test]
    fn what_is_out_of_sight_is_counted_on_both_sides() {
        assert_eq!(more(("←", 0), ("→", 6), 9), "→ 6 more");
        assert_eq!(more(("←", 2), ("→", 0), 9), "← 2 more");
        assert_eq!(more(("←", 2), ("→", 14), 9), "←2 →14");
        assert_eq!(more(("↑", 2), ("↓", 14), 80), "↑ 2  ↓ 14 more");
    }

    #[test]
    fn a_value_is_named_by_its_end_only_where_what_it_belongs_below_is_seen_above_it() {
        let names =
            ["billing", "billing/refund", "billing/refund/late", "login", "fees/late", "fees/late/eu"];
        let values: Vec<Line> =
            names.iter().map(|name| Line { name: (*name).to_owned(), count: Count::default() }).collect();
        let shown = |top, row| below_what_is_seen(&values, top, row);
        assert_eq!([shown(0, 0), shown(0, 1), shown(0, 2)], [(0, "billing"), (1, "refund"), (2, "late")]);
        assert_eq!([shown(1, 1), shown(1, 2)], [(0, "billing/refund"), (1, "late")], "what is scrolled away");
        assert_eq!([shown(0, 4), shown(0, 5)], [(0, "fees/late"), (1, "eu")], "what is no value");
        assert_eq!(shown(0, 6), (0, "all"));
    }

    #[test]
    fn what_can_not_be_says_so_in_words_and_is_bad_where_it_is() {
        let theme = Theme::coloured();
        let of = |usable| Count { usable, wish: Some(CellWish::Never), ..Count::default() };
        assert_eq!([said(of(0)), said(of(3))], ["never", "3/never"]);
        assert_eq!((shade(of(0), &theme).0, shade(of(3), &theme)), ("  ", ("! ", theme.bad)));
    }
}

//! The table: a row for each value of one facet, a column for each of the other, and all of them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{At, Coverage};
use crate::text::count::short;
use crate::text::harmless::harmless;
use crate::text::width::{pad, pad_left, truncate, truncate_middle, width};
use crate::tui::paint;
use crate::tui::surveying::{Count, Crossing};
use crate::tui::theme::Theme;

/// The widest and the narrowest column of names, and of counts.
const NAMES: (usize, usize) = (22, 10);
const COUNTS: (usize, usize) = (16, 9);
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
    if count.wanted == 0 { usable } else { format!("{usable}/{}", short(count.wanted.into())) }
}

/// Widths of the names and of each column of counts.
fn widths(crossing: &Crossing, cells: usize) -> (usize, usize) {
    let longest = crossing.rows.values.iter().map(|line| width(&line.name)).max().unwrap_or(0);
    let names = (longest + 2).clamp(NAMES.1, NAMES.0).min(cells / 2);
    let longest = crossing.columns.values.iter().map(|line| width(&line.name) + 2).max().unwrap_or(0);
    let (rows, columns) = (crossing.rows.values.len(), crossing.columns.values.len());
    let places = (0..=rows).flat_map(|row| (0..=columns).map(move |column| (row, column)));
    let widest = places.map(|(row, column)| width(&said(count_at(crossing, row, column)))).max().unwrap_or(0);
    (names, longest.clamp(COUNTS.1, COUNTS.0).max(widest + AROUND))
}

/// Draws the table; returns how many rows it took.
pub(super) fn draw(screen: &mut Coverage, frame: &mut Frame<'_>, area: Rect, top: u16, theme: &Theme) -> u16 {
    let Some(crossing) = screen.crossing.clone() else { return 0 };
    let cells = usize::from(area.width);
    let (names, counts) = widths(&crossing, cells);
    let (all_rows, all_columns) = screen.size();
    // the column for all is always in sight
    let room = cells.saturating_sub(names + counts + 2);
    screen.columns = (room / counts).clamp(1, all_columns.max(1));
    let rows = usize::from(area.height.saturating_sub(1)).min(all_rows);
    screen.rows = rows.max(1);
    if let At::Cell(row, column) = screen.at {
        screen.top = screen.top.min(row).max((row + 1).saturating_sub(rows));
        if column + 1 < all_columns {
            screen.left = screen.left.min(column).max((column + 1).saturating_sub(screen.columns));
        }
    }
    screen.top = screen.top.min(all_rows.saturating_sub(rows));
    screen.left = screen.left.min((all_columns - 1).saturating_sub(screen.columns));
    let shown: Vec<usize> =
        (screen.left..all_columns - 1).take(screen.columns).chain([all_columns - 1]).collect();
    paint::line(frame, area, 0, head(screen, &crossing, (names, counts), &shown, theme));
    let gap = crossing.largest_gap();
    for (y, row) in (1..=area.height).zip(screen.top..(screen.top + rows)) {
        let mut spans = vec![name_of(screen, &crossing, row, names, theme)];
        for (place, column) in shown.iter().enumerate() {
            let count = count_at(&crossing, row, *column);
            let is_here = screen.at == At::Cell(row, *column);
            spans.extend(cell(count, is_here, gap == Some((row, *column)), counts, theme));
            let x = u16::try_from(names + place * counts).unwrap_or(u16::MAX);
            let end = x.saturating_add(u16::try_from(counts).unwrap_or(0));
            screen.drawn.push((x..end, area.y - top + y, At::Cell(row, *column)));
        }
        paint::line(frame, area, y, Line::from(spans));
    }
    u16::try_from(rows + 1).unwrap_or(area.height)
}

fn head<'a>(
    screen: &Coverage,
    crossing: &Crossing,
    (names, counts): (usize, usize),
    shown: &[usize],
    theme: &Theme,
) -> Line<'a> {
    let mut spans = vec![Span::styled(pad(&out_of_sight(screen), names), theme.faint)];
    for column in shown {
        let name = crossing.columns.values.get(*column).map_or("all", |line| line.name.as_str());
        let style =
            if matches!(screen.at, At::Cell(_, at) if at == *column) { theme.accent } else { theme.heading };
        let name = truncate_middle(&harmless(name), counts.saturating_sub(2)).into_owned();
        spans.push(Span::styled(pad_left(&format!("{name}  "), counts), style));
    }
    let more = crossing.columns.values.len().saturating_sub(screen.left + screen.columns);
    if more > 0 {
        spans.push(Span::styled(format!(" →{more}"), theme.faint));
    }
    Line::from(spans)
}

/// How many rows lie above and below those that are in sight.
fn out_of_sight(screen: &Coverage) -> String {
    let (above, below) = (screen.top, screen.size().0.saturating_sub(screen.top + screen.rows));
    let told = [("↑", above), ("↓", below)].into_iter().filter(|(_, n)| *n > 0);
    told.map(|(arrow, n)| format!(" {arrow}{n}")).collect::<Vec<_>>().concat()
}

fn name_of<'a>(screen: &Coverage, crossing: &Crossing, row: usize, names: usize, theme: &Theme) -> Span<'a> {
    let name = crossing.rows.values.get(row).map_or("all", |line| line.name.as_str());
    let style = if matches!(screen.at, At::Cell(at, _) if at == row) { theme.accent } else { theme.text };
    // a value below another stands a little to the right
    let levels = name.matches('/').count();
    let shown = if levels > 0 { name.rsplit('/').next().unwrap_or(name) } else { name };
    let name = format!(" {}{}", "  ".repeat(levels.min(3)), harmless(shown));
    Span::styled(pad(&truncate(&name, names.saturating_sub(1)), names), style)
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
            Count {
                usable: sum(|count| count.usable),
                kept: sum(|count| count.kept),
                wanted: sum(|count| count.wanted),
                wish: None,
            }
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
        let of = |usable, wanted| shade(Count { usable, kept: usable, wanted, wish: None }, &theme).0;
        assert_eq!(
            [of(0, 60), of(1, 60), of(30, 60), of(59, 60), of(60, 60), of(90, 60)],
            ["  ", "░ ", "░░", "▒▒", "▓▓", "▓▓"]
        );
        assert_eq!([of(0, 0), of(5, 0)], ["  ", "░ "]);
    }

    #[test]
    fn counts_are_told_with_what_is_wanted() {
        let count = |usable, wanted| said(Count { usable, kept: usable, wanted, wish: None });
        assert_eq!([count(9, 150), count(12_345, 0), count(0, 40)], ["9/150", "12k", "0/40"]);
    }

    #[test]
    fn what_can_not_be_says_so_in_words_and_is_bad_where_it_is() {
        let theme = Theme::coloured();
        let of = |usable| Count { usable, wish: Some(CellWish::Never), ..Count::default() };
        assert_eq!([said(of(0)), said(of(3))], ["never", "3/never"]);
        assert_eq!((shade(of(0), &theme).0, shade(of(3), &theme)), ("  ", ("! ", theme.bad)));
    }
}

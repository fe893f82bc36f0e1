//! The picture of the list.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Browse;
use super::filter::Typing;
use crate::dataset::ListRow;
use crate::example::Status;
use crate::text::count::{plural, short, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{first_line, pad, pad_left, shown_width, truncate, width};
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// From this width on the preview has room beside the list.
const BESIDE: u16 = 120;
/// From this width of the list on, the status is a word.
const WORDS: usize = 90;
/// What is asked gets so many cells before tags get more than a few, and tags never more than these.
const ASKED: usize = 45;
const TAGS: usize = 24;

pub(super) fn view(browse: &mut Browse, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
    let beside = area.width >= BESIDE;
    let (list, aside) = if browse.preview.is_wanted(beside) { split(area, beside) } else { (area, None) };
    let top = match &browse.typing {
        Some(typing) => typed(typing, browse, frame, list, theme),
        None => said(browse, frame, list, shared, theme),
    };
    let rows = Rect { y: list.y + top.min(list.height), height: list.height.saturating_sub(top), ..list };
    heads(browse, frame, rows, theme);
    let rows = Rect { y: rows.y + u16::from(rows.height > 0), height: rows.height.saturating_sub(1), ..rows };
    browse.list.set_page(rows.height.into());
    browse.drawn = Rect { x: rows.x - area.x, y: rows.y - area.y, ..rows };
    listed(browse, frame, rows, theme);
    if let Some(aside) = aside {
        if beside {
            browse.preview.view(frame, aside, shared, theme);
        } else {
            let edge = Rect { y: aside.y - 1, height: 1, ..aside };
            paint::line(frame, edge, 0, Line::styled("─".repeat(edge.width.into()), theme.faint));
            let margin = 3.min(aside.width);
            let aside = Rect { x: aside.x + margin, width: aside.width - margin, ..aside };
            browse.preview.view(frame, aside, shared, theme);
        }
    }
}

fn split(area: Rect, beside: bool) -> (Rect, Option<Rect>) {
    if beside {
        let list = area.width * 5 / 8;
        // Blank cells part the two; the last one keeps text off the edge.
        let aside = Rect { x: area.x + list + 4, width: area.width - list - 5, ..area };
        (Rect { width: list, ..area }, Some(aside))
    } else {
        let list = (area.height / 2).max(5).min(area.height);
        let left = area.height.saturating_sub(list + 1);
        let aside = (left > 2).then_some(Rect { y: area.y + list + 1, height: left, ..area });
        (Rect { height: if aside.is_some() { list } else { area.height }, ..area }, aside)
    }
}

/// How many were found, are marked, will be acted on.
fn found(browse: &Browse) -> String {
    let n = browse.list.ids().len() as u64;
    let more = if browse.list.is_complete() { "" } else { " so far …" };
    format!("{}{more} ", plural(n, "example"))
}

fn said(browse: &Browse, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) -> u16 {
    let cells = usize::from(area.width);
    let mut right = Vec::new();
    if browse.on_all {
        let all = plural(browse.list.ids().len() as u64, "example");
        right.push(Span::styled(format!("  the next command is for all {all} "), theme.look));
    } else {
        if !browse.marks.is_empty() {
            let marked = format!("  {} marked", thousands(browse.marks.len() as u64));
            right.push(Span::styled(marked, theme.accent));
            if browse.hidden.0 > 0 {
                let hidden = format!(", {} not shown here", thousands(browse.hidden.0 as u64));
                right.push(Span::styled(hidden, theme.look));
            }
        }
        let text =
            if browse.text.is_empty() && browse.list.is_complete() { String::new() } else { found(browse) };
        right.push(Span::styled(format!("  {text}"), theme.text));
    }
    let left = if browse.text.is_empty() {
        format!(" all {}", plural(shared.counts.total(), "example"))
    } else {
        format!(" / {}", harmless(&browse.text))
    };
    let style = if browse.text.is_empty() { theme.faint } else { theme.accent };
    paint::line(frame, area, 0, paint::two_ends(&left, style, right, cells));
    2
}

/// The filter being typed: the line, what is wrong with it or how many it finds, what may be meant.
fn typed(typing: &Typing, browse: &Browse, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> u16 {
    paint::line(frame, area, 0, Line::styled(" / ", theme.accent));
    let mut scrolled = 0;
    if let Some(row) = paint::row(area, 0) {
        let row = Rect { x: row.x + 3.min(row.width), width: row.width.saturating_sub(3), ..row };
        scrolled = typing.line.view(frame, row, theme);
    }
    let cells = usize::from(area.width);
    match &typing.error {
        Some(error) => {
            let text = typing.line.text();
            let before = shown_width(text.get(..error.span.start).unwrap_or(text)).saturating_sub(scrolled);
            let wide = shown_width(text.get(error.span.clone()).unwrap_or_default()).max(1);
            let caret = "~".repeat(wide.min(cells.saturating_sub(before + 3)).max(1));
            let says = harmless(&error.to_string()).into_owned();
            let at = before.min(cells.saturating_sub(4)) + 3;
            let beside = at + width(&caret) + 1;
            if beside + width(&says) <= cells {
                let line = Line::from(vec![
                    Span::raw(" ".repeat(at)),
                    Span::styled(caret, theme.bad),
                    Span::styled(format!(" {says}"), theme.look),
                ]);
                paint::line(frame, area, 1, line);
            } else {
                paint::line(
                    frame,
                    area,
                    1,
                    Line::from(vec![Span::raw(" ".repeat(at)), Span::styled(caret, theme.bad)]),
                );
                let says = truncate(&says, cells.saturating_sub(3)).into_owned();
                paint::line(frame, area, 2, Line::styled(format!("   {says}"), theme.look));
                return 4;
            }
        }
        None => {
            paint::line(frame, area, 1, Line::styled(format!("   {}", found(browse)), theme.faint));
        }
    }
    let mut spans = vec![Span::raw("   ")];
    let mut room = cells.saturating_sub(4);
    for (at, suggestion) in typing.suggestions.iter().enumerate() {
        let text = harmless(&suggestion.text).into_owned();
        let Some(left) = room.checked_sub(width(&text) + 2) else { break };
        room = left;
        let style = if typing.taken() == Some(at) { theme.accent } else { theme.text };
        spans.push(Span::styled(text, style));
        spans.push(Span::raw("  "));
    }
    let chosen = typing.suggestions.get(typing.taken().unwrap_or(0));
    if let Some(about) =
        chosen.map(|suggestion| harmless(&suggestion.about)).filter(|about| width(about) + 2 <= room)
    {
        spans.push(Span::styled(about.into_owned(), theme.faint));
    }
    paint::line(frame, area, 2, Line::from(spans));
    4
}

/// The columns, by their widths.
struct Columns {
    number: usize,
    status: usize,
    question: usize,
    tags: usize,
    /// The tags that all rows in sight begin with: they stand in the heading only.
    alike: Vec<String>,
}

fn columns(browse: &Browse, cells: usize) -> Columns {
    let longest = browse.list.ids().last().copied().unwrap_or(0).to_string().len();
    let number = longest.max(3);
    let status = if cells >= WORDS { 11 } else { 2 };
    // Mark 3, blanks 1 + 1 + 2, answers 5, flags 4, tokens 7.
    let room = cells.saturating_sub(3 + number + 4 + status + 5 + 4 + 7);
    let tags = (room / 4).max(room.saturating_sub(ASKED)).min(TAGS).min(room / 3);
    Columns { number, status, question: room - tags, tags, alike: alike(browse) }
}

/// The tags with which all rows in sight begin; none where only one is in sight.
fn alike(browse: &Browse) -> Vec<String> {
    let ids = browse.list.in_sight().filter_map(|at| browse.list.ids().get(at));
    let rows: Vec<&ListRow> = ids.filter_map(|&id| browse.rows.get(id)).collect();
    let [first, others @ ..] = rows.as_slice() else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let is_shared = |at: usize, tag: &String| others.iter().all(|row| row.tags.get(at) == Some(tag));
    let shared = first.tags.iter().enumerate().take_while(|(at, tag)| is_shared(*at, tag));
    shared.map(|(_, tag)| tag.clone()).collect()
}

/// Of tags their values.
fn values(tags: &[String]) -> String {
    let values = tags.iter().map(|tag| tag.split_once(':').map_or(tag.as_str(), |(_, value)| value));
    values.collect::<Vec<_>>().join(" · ")
}

fn heads(browse: &Browse, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let columns = columns(browse, area.width.into());
    let status = if columns.status > 2 { "status" } else { "" };
    let tags = if columns.alike.is_empty() {
        "tags".to_owned()
    } else {
        first_line(&format!("all {}", values(&columns.alike)), columns.tags)
    };
    let text = format!(
        "   {} {} {}  {}{}{}{}",
        pad_left("#", columns.number),
        pad(status, columns.status),
        pad("asked", columns.question),
        pad(&tags, columns.tags),
        pad_left("resp", 5),
        pad_left("", 4),
        pad_left("tokens", 7),
    );
    paint::line(frame, area, 0, Line::styled(text, theme.faint));
}

fn listed(browse: &Browse, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let columns = columns(browse, area.width.into());
    if browse.list.ids().is_empty() && browse.list.is_complete() {
        let says = if browse.shown.is_everything() {
            "   there is nothing here yet"
        } else {
            "   nothing is found so"
        };
        paint::line(frame, area, 0, Line::styled(says, theme.faint));
        return;
    }
    for (row, at) in (0..area.height).zip(browse.list.in_sight()) {
        let Some(&id) = browse.list.ids().get(at) else { continue };
        let is_selected = at == browse.list.at();
        let line = line(id, browse.rows.get(id), is_selected, browse.marks.contains(id), &columns, theme);
        paint::line(frame, area, row, line);
    }
}

fn line(
    id: i64,
    row: Option<&ListRow>,
    selected: bool,
    marked: bool,
    columns: &Columns,
    theme: &Theme,
) -> Line<'static> {
    let base = if selected { theme.accent } else { theme.text };
    let mut spans = vec![
        Span::styled(if selected { " ▸" } else { "  " }, theme.accent),
        Span::styled(if marked { "●" } else { " " }, theme.accent),
        Span::styled(
            format!("{} ", pad_left(&id.to_string(), columns.number)),
            if selected { theme.accent } else { theme.faint },
        ),
    ];
    let Some(row) = row else {
        spans.push(Span::styled("…", theme.faint));
        return Line::from(spans);
    };
    let (sign, style) = status(row.status, theme);
    let word = if columns.status > 2 { format!("{sign} {}", row.status) } else { sign.to_owned() };
    let is_faint = row.status == Status::Discarded && !selected;
    let text = if is_faint { theme.faint } else { base };
    let question = first_line(&row.question, columns.question);
    let tags = values(row.tags.get(columns.alike.len()..).unwrap_or_default());
    let flags = if row.flags > 0 { format!("!{}", row.flags) } else { String::new() };
    spans.extend([
        Span::styled(pad(&word, columns.status), style),
        Span::raw(" "),
        Span::styled(pad(&question, columns.question), text),
        Span::raw("  "),
        Span::styled(pad(&first_line(&tags, columns.tags), columns.tags), theme.faint),
        Span::styled(
            pad_left(&row.answered.to_string(), 5),
            if row.answered == 0 { theme.look } else { theme.text },
        ),
        Span::styled(pad_left(&flags, 4), theme.bad),
        Span::styled(pad_left(&short(row.tokens.into()), 7), theme.faint),
    ]);
    Line::from(spans)
}

/// The sign of a status, and its style.
fn status(status: Status, theme: &Theme) -> (&'static str, Style) {
    match status {
        Status::Pending => ("·", theme.faint),
        Status::Draft => ("~", theme.look),
        Status::Submitted => ("+", theme.good),
        Status::Approved => ("✓", theme.good),
        Status::Discarded => ("×", theme.faint),
    }
}

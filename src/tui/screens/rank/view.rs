//! The picture: the prompt on top, the responses below it, the order as it is typed at the bottom.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::bottom::last_line;
use super::order::Places;
use super::shown::{Focus, Shown};
use super::stage;
use super::{Layout, Next, Rank, is_blind};
use crate::text::harmless::harmless;
use crate::text::width::{truncate, width};
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// The least width of a response beside others, and the cells between two.
const COLUMN: u16 = 36;
const GAP: u16 = 3;
/// The same for responses that are short enough to be seen whole like that.
const NARROW: u16 = 30;
const NARROW_GAP: u16 = 2;
/// The cells that an author's name takes at most.
const AUTHOR: usize = 24;

impl Rank {
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let saved = self.saved_word();
        let Some(shown) = &mut self.shown else {
            return nothing(frame, area, matches!(self.next, Next::Nothing), theme);
        };
        shown.panes.begin();
        shown.shows_authors = shown.tells_authors(&shared.annotator, is_blind(shared));
        let whole = area;
        let area = draw_sent_back(frame, area, shown, &shared.annotator, theme);
        let below = draw_prompt(frame, area, shown, theme);
        let spare = u16::from(below.height > 8);
        let responses = Rect { height: below.height.saturating_sub(1 + spare), ..below };
        if let Some(rewriting) = &mut self.rewriting {
            if let Some(note) = rewriting.document.note(0, 1) {
                saved.clone_into(note);
            }
            rewriting.document.view(frame, responses, theme, Some(&mut rewriting.editor));
        } else if !shown.is_prompt_whole {
            let with = if self.looks.differences { shown.focused() } else { None };
            shown.panes.compare(with, theme);
            draw_responses(frame, responses, shown, self.looks.layout, theme);
        }
        let last = Rect { y: whole.bottom().saturating_sub(1), height: whole.height.min(1), ..whole };
        frame.render_widget(last_line(shown, &shared.annotator, last.width, theme), last);
    }
}

fn nothing(frame: &mut Frame<'_>, area: Rect, is_empty: bool, theme: &Theme) {
    if !is_empty {
        return;
    }
    let lines = [
        Line::styled("Nothing waits to be ranked.", theme.heading),
        Line::default(),
        Line::styled(
            "Examples with two or more responses come here until somebody has ranked them.",
            theme.text,
        ),
        Line::styled("What waits elsewhere is on Home; Browse lists what is done.", theme.text),
    ];
    let inner = area.inner(Margin { horizontal: 1, vertical: area.height.min(3) / 3 });
    for (at, line) in (0u16..).zip(lines) {
        paint::line(frame, inner, at, line);
    }
}

/// Says why it came back, where it did; returns what is left below.
fn draw_sent_back(frame: &mut Frame<'_>, area: Rect, shown: &Shown, annotator: &str, theme: &Theme) -> Rect {
    let Some(review) = shown.sent_back(annotator) else { return area };
    let by = format!("sent back by {}", review.reviewer);
    let parts = [by.as_str(), review.reason.as_str(), review.note.as_str()];
    let said = parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ");
    // Where the prompt is shown whole, the reason is too.
    let most = if shown.is_prompt_whole { area.height / 2 } else { (area.height / 4).min(4) };
    paint::sentence(frame, area, &harmless(&said), most, theme.look)
}

/// Draws the prompt in at most a third, or whole; returns what is left below it and a blank row.
fn draw_prompt(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, theme: &Theme) -> Rect {
    shown.prompt.shows_focus = shown.focus == Focus::Prompt;
    let most = if shown.is_prompt_whole { area.height.saturating_sub(3) } else { (area.height / 3).max(2) };
    let (prompt, below) = stage::draw_prompt(frame, area, &mut shown.prompt, most, theme);
    shown.prompt_rows = prompt.height.into();
    shown.panes.place(prompt, Focus::Prompt);
    below
}

fn draw_responses(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, layout: Layout, theme: &Theme) {
    let n = u16::try_from(shown.presented.len()).unwrap_or(u16::MAX);
    if n == 0 || area.height == 0 {
        paint::line(frame, area, 0, Line::styled(" There is no response to rank yet.", theme.faint));
        return;
    }
    let room = ((area.width.saturating_sub(1) + GAP) / (COLUMN + GAP)).clamp(1, n);
    let fits_narrow =
        n > 1 && n > room && area.width > n.saturating_mul(NARROW + NARROW_GAP) - NARROW_GAP && {
            let wide = (area.width - 1 + NARROW_GAP) / n - NARROW_GAP;
            let rows = usize::from(area.height.saturating_sub(1));
            (0..shown.presented.len()).all(|at| shown.panes.rows(at, wide) <= rows)
        };
    if let Some(two) = shown.pair() {
        return pair(frame, area, shown, two, layout, theme);
    }
    match layout {
        Layout::Fitting | Layout::Columns if fits_narrow => {
            columns(frame, area, shown, (n, NARROW_GAP), theme);
        }
        Layout::Fitting if room == n && n > 1 => columns(frame, area, shown, (n, GAP), theme),
        Layout::Columns if room > 1 => columns(frame, area, shown, (room, GAP), theme),
        Layout::One => one(frame, area, shown, theme),
        _ => stacked(frame, area, shown, theme),
    }
}

/// So many columns; where there are more responses, those around the one that is looked at.
fn columns(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, (count, gap): (u16, u16), theme: &Theme) {
    let places = shown.places();
    let wide = (area.width.saturating_sub(1) + gap) / count - gap;
    let n = shown.presented.len();
    let focused = shown.focused().unwrap_or(0);
    let first = (focused + 1).saturating_sub(usize::from(count));
    for column in 0..count {
        let at = first + usize::from(column);
        let pane = Rect { x: area.x + 1 + column * (wide + gap), width: wide, ..area };
        shown.panes.place(pane, Focus::Response(at));
        let text = Rect { y: pane.y + 1, height: pane.height - 1, ..pane };
        shown.panes.draw(frame, text, at, theme);
        let mut head = head(shown, &places, at, wide, theme);
        if column == 0 && first > 0 {
            head.push_span(Span::styled(format!("  ← {first} more"), theme.look));
        }
        let after = n.saturating_sub(at + 1);
        if column + 1 == count && after > 0 {
            head.push_span(Span::styled(format!("  {after} more →"), theme.look));
        }
        put_head(frame, pane, head);
    }
}

/// Draws the first row of a response; its mark stands left of the text.
fn put_head(frame: &mut Frame<'_>, pane: Rect, head: Line<'static>) {
    let row = Rect { x: pane.x.saturating_sub(1), width: pane.width + 1, ..pane };
    paint::line(frame, row, 0, head);
}

/// One below the other: all open where they have room, else the one that is looked at, and of the
/// others the first line.
fn stacked(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, theme: &Theme) {
    let places = shown.places();
    let open = shown.focused().unwrap_or(0);
    let n = shown.presented.len();
    let wide = area.width.saturating_sub(2);
    let closed = u16::try_from(n - 1).unwrap_or(u16::MAX);
    let all: usize = (0..n).map(|at| shown.panes.rows(at, wide) + 2).sum();
    let all_open = all <= usize::from(area.height) + 1;
    let gap = u16::from(all_open);
    // The open one gets what the others leave, but never less than a few rows; one of them parts it
    // from the next where there are enough.
    let most = area.height.saturating_sub(closed + 1).max(area.height.min(4).saturating_sub(1));
    let part = u16::from(!all_open && most > 4);
    let most = most - part;
    let mut rows_of = |at| u16::try_from(shown.panes.rows(at, wide)).unwrap_or(u16::MAX);
    let mut rows = vec![0; n];
    let mut left = (most + part).saturating_add(if all_open { area.height } else { 0 });
    // After it those that fit whole, the next ones first.
    for at in (open..n).chain((0..open).rev()) {
        // More than the screen has is as much as it has.
        let wanted = rows_of(at).min(if at == open { most } else { area.height });
        if all_open || at == open || wanted + part <= left {
            if let Some(rows) = rows.get_mut(at) {
                *rows = wanted;
            }
            left = left.saturating_sub(wanted + part);
        }
    }
    let mut y = area.y;
    // Where not even the first lines fit, those before the open one give way.
    let needed = closed.saturating_add(1) + rows.get(open).copied().unwrap_or(0);
    let skip = if all_open { 0 } else { usize::from(needed.saturating_sub(area.height)).min(open) };
    for (at, &rows) in rows.iter().enumerate().skip(skip) {
        if y >= area.bottom() {
            break;
        }
        let is_open = rows > 0;
        let gap = gap.max(part * u16::from(is_open));
        let height = (1 + rows).min(area.bottom() - y);
        let pane = Rect { x: area.x + 1, y, width: wide, height };
        shown.panes.place(pane, Focus::Response(at));
        if is_open {
            let text = Rect { y: y + 1, height: height - 1, ..pane };
            shown.panes.draw(frame, text, at, theme);
        }
        let mut head = head(shown, &places, at, wide, theme);
        if at == skip && skip > 0 {
            head.push_span(Span::styled(format!("  ↑ {skip} more"), theme.look));
        }
        if y + height + gap >= area.bottom() && at + 1 < n {
            head.push_span(Span::styled(format!("  ↓ {} more", n - at - 1), theme.look));
        }
        if !is_open {
            let room = usize::from(wide).saturating_sub(head.width() + 2);
            head.push_span(Span::styled(format!("  {}", shown.panes.first_line(at, room)), theme.faint));
        }
        y += height + gap;
        put_head(frame, pane, head);
    }
}

/// Two that are compared: side by side, or one below the other where there is no room for that.
fn pair(
    frame: &mut Frame<'_>,
    area: Rect,
    shown: &mut Shown,
    (left, right): (usize, usize),
    layout: Layout,
    theme: &Theme,
) {
    let places = Places::default();
    let beside = area.width > 2 * NARROW + GAP && !matches!(layout, Layout::Stacked | Layout::One);
    let wide = if beside { (area.width - 2 - GAP) / 2 } else { area.width.saturating_sub(2) };
    let high = if beside { area.height } else { area.height / 2 };
    for (nth, at) in (0u16..).zip([left, right]) {
        let (x, y) = if beside { (nth * (wide + GAP), 0) } else { (0, nth * high) };
        let pane = Rect { x: area.x + 1 + x, y: area.y + y, width: wide, height: high };
        shown.panes.place(pane, Focus::Response(at));
        let text = Rect { y: pane.y + 1, height: pane.height.saturating_sub(2 - u16::from(beside)), ..pane };
        shown.panes.draw(frame, text, at, theme);
        let head = head(shown, &places, at, wide, theme);
        put_head(frame, pane, head);
    }
}

/// Only the one that is looked at, and the numbers of all.
fn one(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, theme: &Theme) {
    let places = shown.places();
    let at = shown.focused().unwrap_or(0);
    let pane = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    shown.panes.place(pane, Focus::Response(at));
    let text = Rect { y: pane.y + 1, height: pane.height - 1, ..pane };
    shown.panes.draw(frame, text, at, theme);
    let mut head = head(shown, &places, at, pane.width, theme);
    head.push_span(Span::styled(format!("   of {}", shown.presented.len()), theme.faint));
    put_head(frame, pane, head);
}

/// The first row of a response: its number, its place in the order, its flags, how much is hidden.
fn head(shown: &Shown, places: &Places, at: usize, wide: u16, theme: &Theme) -> Line<'static> {
    let is_focused = shown.focus == Focus::Response(at);
    let number = if is_focused { theme.accent } else { theme.heading };
    let mark = if is_focused { "▸" } else { " " };
    let mut spans = vec![Span::styled(format!("{mark}{}", shown.number(at)), number)];
    if let Some(tier) = places.tiers.iter().position(|tier| tier.contains(&at)) {
        let ties = places.tiers.get(tier).is_some_and(|tier| tier.len() > 1);
        spans.push(Span::styled(
            format!("  {}{}", if ties { "= " } else { "" }, place_word(tier)),
            theme.good,
        ));
    } else if let Some(word) = shown.place_from_below(at) {
        spans.push(Span::styled(format!("  {word}"), theme.look));
    } else if places.bad.contains(&at) {
        spans.push(Span::styled("  bad", theme.bad));
    }
    let author = shown.author(at).filter(|_| shown.shows_authors);
    if let Some(author) = author {
        let name = truncate(&harmless(&author.name), AUTHOR).into_owned();
        spans.push(Span::styled(format!("  {name}"), theme.faint));
    }
    let id = shown.presented.get(at).copied();
    let flags: Vec<&str> = shown
        .example
        .flags
        .iter()
        // Those that one raised when a hidden repeat was there first would tell.
        .filter(|flag| !flag.resolved && flag.response.is_some() && flag.response == id && !shown.again)
        .map(|flag| flag.kind.as_str())
        .collect();
    if !flags.is_empty() {
        spans.push(Span::styled(format!("  flag {}", flags.join(", ")), theme.look));
    }
    if !shown.panes.is_drawn(at) {
        return Line::from(spans);
    }
    let taken = |spans: &[Span<'_>]| spans.iter().map(|span| width(&span.content)).sum::<usize>();
    let says = "  differs throughout";
    if shown.panes.differs_throughout(at) && taken(&spans) + width(says) <= usize::from(wide) {
        spans.push(Span::styled(says, theme.faint));
    }
    let (above, below) = shown.panes.hidden(at);
    if above + below > 0 {
        let more = stage::more_rows(above, below);
        let room = usize::from(wide).saturating_sub(taken(&spans));
        if room > width(&more) {
            spans.push(Span::styled(format!("{}{more}", " ".repeat(room - width(&more))), theme.faint));
        }
    }
    Line::from(spans)
}

fn place_word(tier: usize) -> String {
    match (tier, (tier + 1) % 100) {
        (0, _) => "best".to_owned(),
        (_, 11..=13) => format!("{}th", tier + 1),
        (_, n) if n % 10 == 1 => format!("{}st", tier + 1),
        (_, n) if n % 10 == 2 => format!("{}nd", tier + 1),
        (_, n) if n % 10 == 3 => format!("{}rd", tier + 1),
        _ => format!("{}th", tier + 1),
    }
}

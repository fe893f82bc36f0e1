//! The picture: the prompt, the responses, and all that was said: beside them, or below as far as
//! there is room.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::super::rank::shown::Focus;
use super::super::rank::stage;
use super::shown::Shown;
use super::{Next, Review, facts, protocol};
use crate::dataset::Scope;
use crate::example::Status;
use crate::text::count::plural;
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// From this width on, what was said stands beside the responses.
const WIDE: u16 = 120;
/// The width of that column, and the cells before it.
const ASIDE: u16 = 58;
const GAP: u16 = 3;
/// The least width of a response beside others, and where they don't fit below each other.
const COLUMN: u16 = 36;
const NARROW: u16 = 29;

impl Review {
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let authors = self.shows_authors(shared);
        if self.shown.is_none() {
            return self.nothing(frame, area, shared, theme);
        }
        let is_wide = area.width >= WIDE;
        // Where it stands beside the responses, the key hides it.
        let is_beside = is_wide && !self.details;
        let (differences, details) = (self.differences, self.details && !is_wide);
        let Some(shown) = &mut self.shown else { return };
        shown.panes.begin();
        let last = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
        let area = if shown.order.is_empty() {
            area
        } else {
            frame.render_widget(order_line(shown, area.width, theme), last);
            Rect { height: area.height.saturating_sub(2), ..area }
        };
        let main = if is_beside {
            let aside = Rect { x: area.right() - ASIDE, width: ASIDE, ..area };
            self.scrolled = draw_facts(frame, aside, shown, self.scrolled, theme);
            Rect { width: area.width - ASIDE - GAP, ..area }
        } else {
            area
        };
        let below = draw_prompt(frame, main, shown, theme);
        if details {
            self.scrolled = draw_facts(frame, below, shown, self.scrolled, theme);
            return;
        }
        let rows = if is_wide { 0 } else { draw_in_short(frame, below, shown, theme) };
        let responses = Rect { height: below.height.saturating_sub(rows), ..below };
        shown.panes.compare(shown.focused().filter(|_| differences && shown.presented.len() > 1), theme);
        draw_responses(frame, responses, shown, authors, theme);
    }

    fn nothing(&self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        if self.next != Next::Nothing {
            return;
        }
        let own = if protocol(shared).own_work { 0 } else { shared.own.submitted };
        let submitted = shared.counts.count(|count| count.status == Status::Submitted);
        let mut lines = vec![Line::styled("Nothing waits for your review.", theme.heading), Line::default()];
        match &self.scope {
            Scope::All => lines.push(Line::styled("Examples come here when they are submitted.", theme.text)),
            Scope::Sample(name) => {
                let says = format!("All of the sample {name} that you may review is reviewed.");
                lines.push(Line::styled(harmless(&says).into_owned(), theme.text));
                if let Some(sample) = shared.samples.iter().find(|sample| sample.name == *name) {
                    lines.push(Line::styled(harmless(&sample.verdict.sentence).into_owned(), theme.accent));
                }
            }
        }
        if own > 0 && submitted > 0 {
            let works = if own == 1 { "submitted example is" } else { "submitted examples are" };
            lines.push(Line::styled(
                format!("{own} {works} your own work: somebody else reviews it."),
                theme.text,
            ));
            lines.push(Line::default());
            let how = "goldset protocol DATASET --own-work yes";
            lines.push(Line::from(vec![
                Span::styled(how, theme.key),
                Span::styled("  lets you review it", theme.faint),
            ]));
        } else {
            lines.push(Line::styled(
                "What waits elsewhere is on Home; Browse lists what is done.",
                theme.text,
            ));
        }
        let inner = area.inner(Margin { horizontal: 1, vertical: area.height.min(3) / 3 });
        for (at, line) in (0u16..).zip(lines) {
            paint::line(frame, inner, at, line);
        }
    }
}

/// All that was said, laid out for a width.
fn laid<'a>(shown: &'a mut Shown, wide: u16, with_all: bool, theme: &Theme) -> &'a [Line<'static>] {
    let key = (wide, with_all, *theme);
    if shown.facts.as_ref().is_none_or(|(laid, _)| *laid != key) {
        shown.facts = Some((key, facts::lines(shown, wide.into(), with_all, theme)));
    }
    shown.facts.as_ref().map_or(&[], |(_, lines)| lines.as_slice())
}

/// Draws all that was said; returns how far it is scrolled.
fn draw_facts(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, scrolled: usize, theme: &Theme) -> usize {
    let lines = laid(shown, area.width, true, theme);
    let rows = usize::from(area.height);
    let top = scrolled.min(lines.len().saturating_sub(rows));
    if lines.is_empty() {
        paint::line(frame, area, 0, Line::styled(" nothing was said of it yet", theme.faint));
    }
    for (at, line) in (0..area.height).zip(lines.iter().skip(top)) {
        paint::line(frame, area, at, line.clone());
    }
    let below = lines.len().saturating_sub(top + rows);
    if below > 0 && area.height > 1 {
        let says = Line::styled(format!(" ↓ {} ", plural(below as u64, "row")), theme.faint);
        paint::line(frame, area, area.height - 1, says.right_aligned());
    }
    top
}

/// The beginning of what was said at the bottom, in two fifths or in what the responses leave; returns
/// the rows that it takes, with the blank one above.
fn draw_in_short(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, theme: &Theme) -> u16 {
    let needed: usize =
        (0..shown.presented.len()).map(|at| shown.panes.rows(at, area.width.saturating_sub(2)) + 2).sum();
    let needed = u16::try_from(needed).unwrap_or(u16::MAX);
    let lines = laid(shown, area.width, false, theme);
    let most = (area.height * 2 / 5).max(3).max(area.height.saturating_sub(needed));
    let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let rows = all.min(most);
    if rows == 0 || area.height < rows + 4 {
        return 0;
    }
    let part = Rect { y: area.bottom() - rows, height: rows, ..area };
    let is_cut = all > rows;
    for (at, line) in (0..rows - u16::from(is_cut)).zip(lines) {
        paint::line(frame, part, at, line.clone());
    }
    if is_cut {
        let more = format!(" ↓ {} more", plural(u64::from(all - rows + 1), "row"));
        paint::line(frame, part, rows - 1, Line::styled(more, theme.faint));
    }
    rows + 1
}

/// Draws the prompt in at most a third; returns what is left below it and a blank row.
fn draw_prompt(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, theme: &Theme) -> Rect {
    shown.prompt.shows_focus = shown.focus == Focus::Prompt;
    let most = (area.height / 3).max(2);
    let (prompt, below) = stage::draw_prompt(frame, area, &mut shown.prompt, most, theme);
    shown.panes.place(prompt, Focus::Prompt);
    below
}

fn draw_responses(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, authors: bool, theme: &Theme) {
    let n = u16::try_from(shown.presented.len()).unwrap_or(u16::MAX);
    if n == 0 || area.height == 0 {
        paint::line(frame, area, 0, Line::styled(" There is no response.", theme.faint));
        return;
    }
    let wide = (area.width.saturating_sub(1) + GAP) / n;
    let wide = wide.saturating_sub(GAP);
    let open: usize =
        (0..shown.presented.len()).map(|at| shown.panes.rows(at, area.width.saturating_sub(2)) + 2).sum();
    let fits_open = open <= usize::from(area.height) + 1;
    if n > 1 && (wide >= COLUMN || wide >= NARROW && !fits_open) {
        for (at, column) in (0..shown.presented.len()).zip(0..n) {
            let pane = Rect { x: area.x + 1 + column * (wide + GAP), width: wide, ..area };
            draw_one(frame, pane, shown, at, authors, theme);
        }
        return;
    }
    stacked(frame, area, shown, authors, theme);
}

/// A response with its first row.
fn draw_one(frame: &mut Frame<'_>, pane: Rect, shown: &mut Shown, at: usize, authors: bool, theme: &Theme) {
    shown.panes.place(pane, Focus::Response(at));
    let text = Rect { y: pane.y + 1, height: pane.height.saturating_sub(1), ..pane };
    shown.panes.draw(frame, text, at, theme);
    put_head(frame, pane, head(shown, at, pane.width, authors, theme));
}

/// The first row of a response; its mark stands left of the text.
fn put_head(frame: &mut Frame<'_>, pane: Rect, head: Line<'static>) {
    let row = Rect { x: pane.x.saturating_sub(1), width: pane.width + 1, ..pane };
    paint::line(frame, row, 0, head);
}

/// One below the other: all open where they have room, else the one that is looked at, and of the
/// others the first line.
fn stacked(frame: &mut Frame<'_>, area: Rect, shown: &mut Shown, authors: bool, theme: &Theme) {
    let n = shown.presented.len();
    let open = shown.focused().unwrap_or(0);
    let wide = area.width.saturating_sub(2);
    let all: usize = (0..n).map(|at| shown.panes.rows(at, wide) + 2).sum();
    let all_open = all <= usize::from(area.height) + 1;
    let closed = u16::try_from(n.saturating_sub(1)).unwrap_or(u16::MAX);
    let most = area.height.saturating_sub(closed + 1).max(2);
    let mut y = area.y;
    // Where not even the first lines fit, those before the open one give way.
    let skip = if closed + 3 > area.height { open } else { 0 };
    for at in skip..n {
        if y >= area.bottom() {
            break;
        }
        let rows = u16::try_from(shown.panes.rows(at, wide)).unwrap_or(u16::MAX).min(most);
        let is_open = all_open || at == open;
        let height = (1 + if is_open { rows } else { 0 }).min(area.bottom() - y);
        let pane = Rect { x: area.x + 1, y, width: wide, height };
        if is_open {
            draw_one(frame, pane, shown, at, authors, theme);
        } else {
            shown.panes.place(pane, Focus::Response(at));
            let mut line = head(shown, at, wide, authors, theme);
            let room = usize::from(wide).saturating_sub(line.width() + 2);
            line.push_span(Span::styled(format!("  {}", shown.panes.first_line(at, room)), theme.faint));
            put_head(frame, pane, line);
        }
        y += height + u16::from(all_open);
    }
}

/// The first row of a response: its number, who wrote it where that is shown, its flags, how much is
/// hidden.
fn head(shown: &Shown, at: usize, wide: u16, authors: bool, theme: &Theme) -> Line<'static> {
    let is_focused = shown.focus == Focus::Response(at);
    let (mark, number) = if is_focused { ("▸", theme.accent) } else { (" ", theme.heading) };
    let mut spans = vec![Span::styled(format!("{mark}{}", at + 1), number)];
    let places = shown.order.places();
    if let Some(tier) = places.tiers.iter().position(|tier| tier.contains(&at)) {
        spans.push(Span::styled(format!("  yours: {}", tier + 1), theme.good));
    } else if places.bad.contains(&at) {
        spans.push(Span::styled("  yours: bad", theme.bad));
    }
    if authors {
        spans.push(Span::styled(format!("  {}", truncate(&harmless(&shown.author(at)), 24)), theme.faint));
    }
    let id = shown.presented.get(at).copied();
    let is_here =
        |flag: &&crate::example::Flag| !flag.resolved && flag.response.is_some() && flag.response == id;
    let flags: Vec<&str> =
        shown.example.flags.iter().filter(is_here).map(|flag| flag.kind.as_str()).collect();
    if !flags.is_empty() {
        spans.push(Span::styled(format!("  flag {}", harmless(&flags.join(", "))), theme.look));
    }
    let (above, below) = shown.panes.hidden(at);
    if shown.panes.is_drawn(at) && above + below > 0 {
        let more = stage::more_rows(above, below);
        let taken: usize = spans.iter().map(|span| width(&span.content)).sum();
        let room = usize::from(wide).saturating_sub(taken);
        if room > width(&more) {
            spans.push(Span::styled(format!("{}{more}", " ".repeat(room - width(&more))), theme.faint));
        }
    }
    Line::from(spans)
}

/// The last row: the order as it is typed, and what makes it count.
fn order_line(shown: &Shown, wide: u16, theme: &Theme) -> Line<'static> {
    let cells = usize::from(wide.saturating_sub(2));
    let is_done = shown.order.places().is_complete();
    let line = format!("{}{}", shown.order.line(), if is_done { "  ✓" } else { "" });
    let can_count = shown.example.status == Status::Submitted;
    let how = if can_count { "enter makes this count" } else { "only submitted work is overruled" };
    let left = pad(&line, cells.saturating_sub(how.len()));
    Line::from(vec![
        Span::raw(" "),
        Span::styled(left, if is_done { theme.good } else { theme.accent }),
        Span::styled(how, theme.faint),
    ])
}

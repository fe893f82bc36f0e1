//! What stands beside the text: tags against their targets, flags, the note, tokens, status, split.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::offered::Offer;
use super::{Write, told};
use crate::example::Example;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::{first_line, pad, truncate, width};
use crate::text::wrap::wrap;
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// The cells of a heading, and of a facet's name.
pub(super) const HEADING: usize = 11;
/// From this width on the row has tokens too.
const TOKENS_FROM: u16 = 60;
/// The rows that a note may take.
const NOTE: usize = 6;

impl Write {
    /// Draws the column.
    pub(super) fn draw_aside(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let saved = self.saved_word();
        let cells = usize::from(area.width);
        let mut lines: Vec<Line<'static>> = Vec::new();
        // While one rewrites, this matters most.
        told::difference_lines(&mut self.known, cells, theme, &mut lines);
        lines.push(Line::styled("TAGS", theme.heading));
        let Some(subject) = &self.subject else { return };
        // where one types, letters are text
        let keys = if self.open.is_some() { ("alt-y", "alt-Y") } else { ("y", "Y") };
        tag_lines(&subject.example, &self.offers(), keys, shared, (cells, theme), &mut lines);
        lines.push(Line::default());
        flag_lines(&subject.example, cells, theme, &mut lines);
        note_lines(&subject.example.note, cells, theme, &mut lines);
        lines.push(Line::default());
        told::remark_lines(&self.known, shared.definitions.contract.is_some(), cells, theme, &mut lines);
        told::token_lines(self.known.length.as_ref(), cells, theme, &mut lines);
        lines.push(labelled("STATUS", subject.example.status.as_str(), theme.text, theme));
        if let Some((word, is_saved)) = saved {
            lines.push(labelled("", word, if is_saved { theme.good } else { theme.look }, theme));
        }
        let split = subject.example.split.map_or("·", |split| split.as_str());
        lines.push(labelled("SPLIT", split, theme.text, theme));
        told::nearest_lines(self.known.nearest.as_ref(), cells, theme, &mut lines);
        for (at, line) in (0u16..).zip(lines) {
            paint::line(frame, area, at, line);
        }
    }

    /// Draws the same in one row: what is set, what is typed, how far it is saved.
    pub(super) fn draw_line(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let saved = self.saved_word();
        let Some(subject) = &self.subject else { return };
        let example = &subject.example;
        let mut parts = vec![(example.status.to_string(), theme.text)];
        let open: Vec<&str> =
            example.flags.iter().filter(|flag| !flag.resolved).map(|flag| flag.kind.as_str()).collect();
        if !open.is_empty() {
            parts.push((format!("! {}", open.join(", ")), theme.bad));
        }
        if !example.note.is_empty() {
            parts.push(("note".to_owned(), theme.look));
        }
        if let Some(remark) = self.known.remarks.first() {
            let style = if remark.is_wrong { theme.bad } else { theme.look };
            parts.push((remark.sentence.clone(), style));
        }
        let offers = self.offers();
        let is_ruled =
            |facet: &str| offers.iter().any(|offer| offer.rule.is_some() && offer.tag.facet == facet);
        let mut facets: Vec<&str> = shared.counts.facets.iter().map(|facet| facet.name.as_str()).collect();
        facets.sort_by_key(|facet| !is_ruled(facet));
        let tags: Vec<String> = facets.into_iter().map(|facet| tagged(example, facet, &offers)).collect();
        parts.push((tags.join(" · "), theme.faint));
        // Tokens give way to tags on the narrowest screens.
        let with_tokens = area.width >= TOKENS_FROM;
        let tokens = if with_tokens {
            self.known.length.as_ref().map_or_else(String::new, told::in_short)
        } else {
            String::new()
        };
        let (word, is_saved) = saved.unwrap_or(("", true));
        // A cell stays free at either side.
        let mut room = usize::from(area.width).saturating_sub(width(&tokens) + width(word) + 4);
        let mut spans = vec![Span::raw(" ")];
        for (text, style) in parts {
            if room < 2 {
                break;
            }
            let text = truncate(&harmless(&text), room).into_owned();
            room = room.saturating_sub(width(&text) + 2);
            spans.extend([Span::styled(text, style), Span::raw("  ")]);
        }
        let used: usize = spans.iter().map(|span| width(&span.content)).sum();
        let right = width(&tokens) + width(word) + 1;
        spans.push(Span::raw(" ".repeat(usize::from(area.width).saturating_sub(used + right))));
        spans.push(Span::styled(tokens, theme.faint));
        spans.push(Span::styled(word, if is_saved { theme.good } else { theme.look }));
        frame.render_widget(Line::from(spans), area);
    }
}

pub(super) fn labelled(label: &str, value: &str, style: Style, theme: &Theme) -> Line<'static> {
    Line::from(vec![Span::styled(pad(label, HEADING), theme.heading), Span::styled(value.to_owned(), style)])
}

/// The values of a facet, those that rules propose with a question mark, or that there is none.
fn tagged(example: &Example, facet: &str, offers: &[Offer<'_>]) -> String {
    let set = example.tags.iter().filter(|tag| tag.facet == facet).map(|tag| tag.value.clone());
    let offered = offers.iter().filter(|offer| offer.rule.is_some() && offer.tag.facet == facet);
    // In one row the end may be cut: what asks for an answer comes first.
    let values: Vec<String> = offered.map(|offer| format!("{} ?", offer.tag.value)).chain(set).collect();
    if values.is_empty() { format!("no {facet}") } else { values.join(", ") }
}

fn tag_lines(
    example: &Example,
    offers: &[Offer<'_>],
    (takes, declines): (&str, &str),
    shared: &Shared,
    (cells, theme): (usize, &Theme),
    lines: &mut Vec<Line<'static>>,
) {
    if shared.counts.facets.is_empty() {
        lines.push(Line::styled("no facets in this dataset", theme.faint));
    }
    for facet in &shared.counts.facets {
        let set: Vec<_> = example.tags.iter().filter(|tag| tag.facet == facet.name).collect();
        let name = pad(&first_line(&facet.name, HEADING - 1), HEADING);
        if set.is_empty() {
            let of_facet = || offers.iter().filter(|offer| offer.tag.facet == facet.name);
            if of_facet().any(|offer| offer.rule.is_some()) {
                proposed_lines(of_facet(), &name, cells, theme, lines);
                continue;
            }
            let offered: Vec<&str> = of_facet().map(|offer| offer.tag.value.as_str()).collect();
            let (value, style) = if offered.is_empty() {
                ("·".to_owned(), theme.look)
            } else {
                let takes = format!("?  {takes} takes");
                let room = cells.saturating_sub(HEADING + takes.len());
                (format!("{}{takes}", first_line(&offered.join(", "), room)), theme.accent)
            };
            lines.push(Line::from(vec![Span::styled(name, theme.faint), Span::styled(value, style)]));
            continue;
        }
        for (at, tag) in set.into_iter().enumerate() {
            let name = if at == 0 { name.clone() } else { " ".repeat(HEADING) };
            let count = facet.values.iter().find(|value| value.name == tag.value);
            let (against, style) = count.map_or((String::new(), theme.faint), |value| match value.target {
                Some(target) => {
                    let usable = value.usable();
                    let style = if usable < u64::from(target) { theme.look } else { theme.good };
                    (format!("{} / {}", thousands(usable), thousands(u64::from(target))), style)
                }
                None => (thousands(value.usable()), theme.faint),
            });
            let room = cells.saturating_sub(HEADING + width(&against) + 1);
            let value = pad(&first_line(&tag.value, room), room + 1);
            lines.push(Line::from(vec![
                Span::styled(name, theme.faint),
                Span::styled(value, theme.text),
                Span::styled(against, style),
            ]));
        }
        let proposed = offers.iter().filter(|offer| offer.rule.is_some() && offer.tag.facet == facet.name);
        proposed_lines(proposed, &" ".repeat(HEADING), cells, theme, lines);
    }
    if offers.iter().any(|offer| offer.rule.is_some()) {
        let says = if offers.iter().any(|offer| offer.is_contested) {
            format!("rules differ: t tags, {declines} says no")
        } else {
            format!("{takes} takes, {declines} says no")
        };
        lines.push(labelled("", &says, theme.faint, theme));
    }
}

/// What rules propose for a facet, each with the rule that does: `refund ? rule money back`.
fn proposed_lines<'a>(
    offers: impl Iterator<Item = &'a Offer<'a>>,
    name: &str,
    cells: usize,
    theme: &Theme,
    lines: &mut Vec<Line<'static>>,
) {
    for (at, offer) in offers.enumerate() {
        let name = if at == 0 { name.to_owned() } else { " ".repeat(HEADING) };
        let room = cells.saturating_sub(HEADING);
        let value = first_line(&offer.tag.value, room.saturating_sub(2));
        let rule = format!("rule {}", offer.rule.unwrap_or_default());
        let left = room.saturating_sub(width(&value) + 4);
        lines.push(Line::from(vec![
            Span::styled(name, theme.faint),
            Span::styled(format!("{value} ?"), theme.accent),
            Span::styled(format!("  {}", first_line(&rule, left)), theme.faint),
        ]));
    }
}

fn flag_lines(example: &Example, cells: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    let open: Vec<_> = example.flags.iter().filter(|flag| !flag.resolved).collect();
    if open.is_empty() {
        lines.push(labelled("FLAGS", "none", theme.faint, theme));
    }
    for (at, flag) in open.into_iter().enumerate() {
        let label = if at == 0 { "FLAGS" } else { "" };
        let note = if flag.note.is_empty() { String::new() } else { format!(": {}", flag.note) };
        let told = first_line(&format!("{}{note}", flag.kind), cells.saturating_sub(HEADING));
        lines.push(labelled(label, &told, theme.look, theme));
    }
}

fn note_lines(note: &str, cells: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    if note.is_empty() {
        lines.push(labelled("NOTE", "none", theme.faint, theme));
        return;
    }
    let rows = wrap(note, cells.saturating_sub(HEADING));
    for (at, row) in rows.iter().take(NOTE).enumerate() {
        let label = if at == 0 { "NOTE" } else { "" };
        lines.push(labelled(label, &harmless(row.text(note)), theme.text, theme));
    }
    if rows.len() > NOTE {
        lines.push(labelled("", "…", theme.faint, theme));
    }
}

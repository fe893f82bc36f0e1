//! The list of rules as lines, and what the selected one asks for.

use std::ops::Range;

use ratatui::text::{Line, Span};

use crate::dataset::RuleCounts;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{first_line, pad, pad_left, width};
use crate::text::wrap::wrap;
use crate::tui::effect::Shared;
use crate::tui::theme::Theme;

/// From this width on the condition stands beside the counts.
const WIDE: u16 = 130;
/// Cells of a name and of a tag, at most, and of a number.
const NAME: usize = 24;
const TAG: usize = 24;
const NUMBER: usize = 11;
/// Rows that a condition may take below the list.
const CONDITION: usize = 4;

const NUMBERS: [&str; 4] = ["open", "carried", "otherwise", "declined"];

/// The heading, and those of the rules that are in sight.
pub(super) fn table(
    rules: &[RuleCounts],
    selected: usize,
    shown: Range<usize>,
    cells: u16,
    theme: &Theme,
) -> Vec<Line<'static>> {
    if rules.is_empty() {
        return Vec::new();
    }
    let widest = |text: &dyn Fn(&RuleCounts) -> usize, most: usize| {
        rules.iter().map(text).max().unwrap_or(0).clamp(8, most)
    };
    let tag_of = |rule: &RuleCounts| format!("{}:{}", rule.rule.tag.facet, rule.rule.tag.value);
    // On a narrow screen names and tags give way to the numbers.
    let room = usize::from(cells).saturating_sub(7 + NUMBERS.len() * NUMBER) / 2;
    let name = widest(&|rule| width(&harmless(&rule.rule.name)), NAME.min(room.max(8)));
    let tag = widest(&|rule| width(&harmless(&tag_of(rule))), TAG.min(room.max(8)));
    let mut heading =
        vec![Span::styled(format!("   {}  {}", pad("RULE", name), pad("PROPOSES", tag)), theme.heading)];
    heading.extend(NUMBERS.map(|word| Span::styled(pad_left(word, NUMBER), theme.faint)));
    let is_wide = cells >= WIDE;
    if is_wide {
        heading.push(Span::styled("   where", theme.faint));
    }
    let mut lines = vec![Line::from(heading)];
    for (at, rule) in rules.iter().enumerate().take(shown.end).skip(shown.start) {
        let is_here = at == selected;
        let style = if is_here { theme.accent } else { theme.text };
        let mut spans = vec![
            Span::styled(if is_here { " ▸ " } else { "   " }, theme.accent),
            Span::styled(pad(&first_line(&rule.rule.name, name), name), style),
            Span::styled(format!("  {}", pad(&first_line(&tag_of(rule), tag), tag)), style),
        ];
        if rule.broken.is_some() {
            let says = pad_left("can't be used", NUMBERS.len() * NUMBER);
            spans.push(Span::styled(says, theme.bad));
        } else {
            let counts = rule.standings;
            let open = if counts.open > 0 { theme.accent } else { theme.faint };
            spans.push(Span::styled(pad_left(&thousands(counts.open), NUMBER), open));
            for n in [counts.carried, counts.other, counts.declined] {
                spans.push(Span::styled(pad_left(&thousands(n), NUMBER), theme.faint));
            }
        }
        if is_wide {
            let used: usize = spans.iter().map(|span| width(&span.content)).sum();
            let room = usize::from(cells).saturating_sub(used + 4);
            spans.push(Span::styled(
                format!("   {}", first_line(&rule.rule.condition.said(), room)),
                theme.faint,
            ));
        }
        lines.push(Line::from(spans));
    }
    lines
}

/// What stands below the list: what the selected rule asks for, and what is still waited for.
pub(super) fn below(
    selected: Option<&RuleCounts>,
    shared: &Shared,
    cells: u16,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let room = usize::from(cells).saturating_sub(6);
    let mut lines = Vec::new();
    let mut say = |text: &str, style, most: usize| {
        for row in wrap(text, room).iter().take(most) {
            lines.push(Line::styled(format!("   {}", harmless(row.text(text))), style));
        }
    };
    match selected {
        None => {
            say("no rules yet", theme.text, 1);
            say(
                "A rule proposes a tag wherever its words are said, its pattern is found or its filter fits. \
                 What it proposes is no tag, is counted nowhere and leaves in no export until a person takes it.",
                theme.faint,
                CONDITION,
            );
        }
        Some(RuleCounts { rule, broken, .. }) => {
            say(&rule.condition.said(), theme.text, CONDITION);
            if let Some(why) = broken {
                say(why, theme.bad, CONDITION);
            } else {
                say(
                    "open: nobody took it or said no; otherwise: they carry another value of the facet",
                    theme.faint,
                    2,
                );
            }
        }
    }
    if shared.rules_pending > 0 {
        say(&format!("{} still to be looked at", plural(shared.rules_pending, "example")), theme.look, 1);
    }
    lines
}

//! The page of splits: what is held out beside what is trained on.

use ratatui::style::Style;
use ratatui::text::Span;

use super::sheet::{Lead, Stack, Writer, left, right, share_of, stacked};
use crate::curation::spread::TwoSamples;
use crate::dataset::{FacetSplits, HeldOut, Splits, Untrained};
use crate::example::{Split, Tag};
use crate::query::Filter;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::truncate_middle;

/// The cells of a name, a count, and a share.
const NAME: usize = 24;
const COUNT: usize = 11;
const SHARE: usize = 12;
/// The longest bar.
const BAR: usize = 48;
/// From this share in another place on a facet is told.
const FAR: f64 = 0.1;

pub(super) fn rows(splits: Option<&Splits>, writer: &mut Writer<'_>) {
    let Some(splits) = splits else { return };
    sizes(splits, writer);
    if splits.held_out.is_empty() {
        writer.blank();
        let says = "nothing is held out: `goldset split` deals examples into train, validation and test";
        return writer.sentence(says, writer.theme.text);
    }
    for held_out in &splits.held_out {
        against(held_out, writer);
    }
    for (at, facet) in splits.facets.iter().enumerate() {
        shares(at, facet, splits, writer);
    }
}

fn sizes(splits: &Splits, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let named = Split::ALL.iter().zip(splits.sizes).map(|(split, size)| (Some(*split), size));
    let all: Vec<(Option<Split>, (u64, u64))> =
        named.chain((splits.without != (0, 0)).then_some((None, splits.without))).collect();
    let sum: u64 = all.iter().map(|(_, (usable, others))| usable + others).sum();
    let most = all.iter().map(|(_, (usable, others))| usable + others).max().unwrap_or(0);
    writer.heading("SIZES", &format!("of {}; █ usable ░ not yet", plural(sum, "example")));
    let room = writer.width.saturating_sub(NAME + COUNT + SHARE + 6).min(BAR);
    for (split, (usable, others)) in all {
        let parts = [
            Stack { n: usable, fill: "█", style: theme.text },
            Stack { n: others, fill: "░", style: theme.faint },
        ];
        let name = split.map_or("in none", Split::as_str);
        let mut spans = vec![left(name, NAME, theme.text)];
        spans.extend(stacked(&parts, most, room, room));
        spans.push(right(&thousands(usable + others), COUNT, theme.text));
        spans.push(right(&percent::near(share_of(usable + others, sum)), SHARE, theme.faint));
        writer.lead(spans, Lead::to(Filter::split(split)));
    }
}

/// What is held out in one split, in sentences, and what of it was never trained.
fn against(held_out: &HeldOut, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let split = held_out.split;
    writer.blank();
    writer.heading(&split.as_str().to_uppercase(), "against train");
    for (what, apart) in [("prompts", held_out.prompts), ("responses", held_out.responses)] {
        if let Some(apart) = apart {
            length(what, apart, writer);
        }
    }
    let Some(unseen) = held_out.unseen else { return };
    let style = if unseen.untrained > 0 { theme.look } else { theme.good };
    writer.sentence(&unseen.told(), style);
    for Untrained { tags, n } in &held_out.untrained {
        let values: Vec<String> = tags.iter().map(told).collect();
        let filter = tags.iter().fold(Filter::split(Some(split)), |filter, tag| filter.and(of_tag(tag)));
        let spans = vec![
            right(&thousands(*n), COUNT, theme.look),
            left("  ", 2, theme.text),
            left(&values.join(" × "), writer.width.saturating_sub(COUNT + 8), theme.text),
        ];
        writer.lead(spans, Lead { tags: tags.to_vec(), ..Lead::to(filter) });
    }
}

fn told(tag: &Tag) -> String {
    harmless(&format!("{}:{}", tag.facet, tag.value)).into_owned()
}

fn of_tag(tag: &Tag) -> Filter {
    Filter::tag(tag.facet.as_str(), Some(&tag.value))
}

fn length(what: &str, apart: TwoSamples, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let style = if apart.is_apart() { theme.look } else { theme.text };
    let figures = format!("Kolmogorov-Smirnov {:.2}, by chance {}", apart.distance, percent::chance(apart.p));
    writer.sentence(&format!("{what} are {} ({figures})", apart.told()), style);
}

/// The shares of a facet's values in each split, side by side.
fn shares(at: usize, facet: &FacetSplits, splits: &Splits, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let sums: Vec<u64> = Split::ALL
        .iter()
        .map(|split| facet.values.iter().filter_map(|(_, counts)| counts.get(*split as usize)).sum())
        .collect();
    if sums.iter().all(|sum| *sum == 0) {
        return;
    }
    writer.blank();
    let apart = splits.held_out.iter().filter_map(|held_out| {
        let far = held_out.facets.get(at).copied().flatten()?;
        let (away, js) = (percent::up(far.total_variation), far.js);
        let word = if far.total_variation >= FAR { "  look" } else { "" };
        Some(format!("{}: {away} elsewhere, JS {js:.2}{word}", held_out.split))
    });
    writer.heading(&harmless(&facet.name).to_uppercase(), &apart.collect::<Vec<_>>().join(" · "));
    let titles: Vec<Span<'static>> = std::iter::once(left("", NAME + 3, theme.faint))
        .chain(Split::ALL.iter().map(|split| right(split.as_str(), SHARE, theme.faint)))
        .collect();
    writer.spans(titles);
    let held_out = splits.held_out.last().map(|held_out| held_out.split);
    for (value, counts) in facet.values.iter().filter(|(_, counts)| counts.iter().any(|n| *n > 0)) {
        let tag = Tag::new(facet.name.as_str(), value.as_str());
        let filter = of_tag(&tag).and(Filter::split(held_out));
        let mut spans = vec![left(&truncate_middle(&harmless(value), NAME - 1), NAME, theme.text)];
        spans.extend(counts.iter().zip(&sums).enumerate().map(|(at, (n, sum))| {
            let is_only_tested = at > 0 && *n > 0 && counts.first() == Some(&0);
            share(*n, *sum, if is_only_tested { theme.bad } else { theme.text }, theme.faint)
        }));
        if counts.first() == Some(&0) && sums.first().is_some_and(|sum| *sum > 0) {
            spans.push(Span::styled("  never trained", theme.bad));
        }
        writer.lead(spans, Lead { tags: vec![tag], facet: Some(at), filter: Some(filter) });
    }
}

fn share(n: u64, sum: u64, style: Style, faint: Style) -> Span<'static> {
    if sum == 0 { right("–", SHARE, faint) } else { right(&percent::near(share_of(n, sum)), SHARE, style) }
}

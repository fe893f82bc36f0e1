//! The page of people and sources: who made what, where it came from, and whether who and what hang together.

use ratatui::text::Span;

use super::sheet::{Lead, Stack, Writer, left, right, share_of, stacked};
use crate::dataset::{DerivedFacet, Linked, People};
use crate::example::Tag;
use crate::query::{Filter, Vocabulary};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::truncate_middle;
use crate::tui::effect::Shared;

/// The cells of a name, of a word, a count, and a share.
const NAME: usize = 30;
const WORD: usize = 9;
const COUNT: usize = 11;
const SHARE: usize = 8;
/// The longest bar.
const BAR: usize = 48;

pub(super) fn rows(people: Option<&People>, shared: &Shared, writer: &mut Writer<'_>) {
    let Some(people) = people else { return };
    let counts = &shared.counts;
    let made = counts.authors.iter().flat_map(|author| {
        let name = author.name.as_str();
        [(name, "person", author.written), (name, "model", author.generated)]
    });
    shares("RESPONSES", "response", DerivedFacet::Author, made.collect(), writer);
    let ranked = counts.authors.iter().map(|author| (author.name.as_str(), "", author.rankings));
    shares("RANKINGS", "ranking", DerivedFacet::Annotator, ranked.collect(), writer);
    linked("WHO WRITES WHAT", "writes", &people.written, writer);
    linked("WHO RANKS WHAT", "ranks", &people.ranked, writer);
    sources(people, &shared.vocabulary, writer);
}

/// Counts by name, the most first; each leads to the examples of which that is `of`.
fn shares(
    title: &str,
    unit: &str,
    of: DerivedFacet,
    mut counts: Vec<(&str, &'static str, u64)>,
    writer: &mut Writer<'_>,
) {
    let theme = writer.theme;
    counts.retain(|(_, _, n)| *n > 0);
    counts.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    let all: u64 = counts.iter().map(|(_, _, n)| n).sum();
    let most = counts.first().map_or(0, |(_, _, n)| *n);
    writer.blank();
    writer.heading(title, &plural(all, unit));
    for (name, word, n) in counts {
        let mut spans = vec![left(&harmless(name), NAME - WORD, theme.text), left(word, WORD, theme.faint)];
        spans.extend(bar(n, 0, most, all, writer));
        writer.lead(spans, of.filter(name).map_or_else(Lead::default, Lead::to));
    }
}

fn bar(usable: u64, others: u64, most: u64, all: u64, writer: &Writer<'_>) -> Vec<Span<'static>> {
    let theme = writer.theme;
    let room = writer.width.saturating_sub(NAME + COUNT + SHARE + 6).min(BAR);
    let parts = [
        Stack { n: usable, fill: "█", style: theme.text },
        Stack { n: others, fill: "░", style: theme.faint },
    ];
    let mut spans = stacked(&parts, most, room, room);
    spans.push(right(&thousands(usable + others), COUNT, theme.text));
    spans.push(right(&percent::near(share_of(usable + others, all)), SHARE, theme.faint));
    spans
}

fn linked(title: &str, did: &str, all: &[Linked], writer: &mut Writer<'_>) {
    let theme = writer.theme;
    if all.is_empty() {
        return;
    }
    writer.blank();
    writer
        .heading(title, "how strongly values hang together with people: Cramér's V, 0 not at all, 1 wholly");
    for linked in all {
        let is_strong = linked.association.is_strong();
        let style = if is_strong { theme.bad } else { theme.text };
        let (word, lead) = match &linked.tie {
            Some((who, value, _)) if is_strong => {
                let tag = Tag::new(linked.facet.as_str(), value.as_str());
                let filter = Filter::by(who.as_str()).and(Filter::tag(linked.facet.as_str(), Some(value)));
                let told = harmless(&linked.told(did)).into_owned();
                (told, Lead { tags: vec![tag], ..Lead::to(filter) })
            }
            _ => ("no one stands for a value".to_owned(), Lead::default()),
        };
        let room = writer.width.saturating_sub(NAME + 8);
        writer.lead(
            vec![
                left(&harmless(&linked.facet), NAME - WORD, theme.text),
                right(&format!("{:.2}", linked.association.v), 5, style),
                Span::styled(if is_strong { " ! " } else { "   " }, style),
                left(&word, room, if is_strong { theme.text } else { theme.faint }),
            ],
            lead,
        );
    }
    if all.iter().any(|linked| linked.association.is_strong()) {
        let says = "! a model can't tell the person from the value: let others make some of these too";
        writer.sentence(says, theme.look);
    }
}

fn sources(people: &People, vocabulary: &Vocabulary, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let all: u64 = people.sources.iter().map(|source| source.usable + source.others).sum();
    let most = people.sources.iter().map(|source| source.usable + source.others).max().unwrap_or(0);
    writer.blank();
    writer.heading("SOURCES", &format!("of {}", plural(all, "example")));
    for source in &people.sources {
        // of a path the file
        let file = source.source.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
        let name = file.map_or("made here".into(), harmless);
        let name = truncate_middle(&name, NAME - 1).into_owned();
        let mut spans = vec![left(&name, NAME, theme.text)];
        spans.extend(bar(source.usable, source.others, most, all, writer));
        if writer.width > 110 {
            spans.push(Span::styled(format!("  {}", harmless(&source.format)), theme.faint));
        }
        let named = source.source.as_deref().map_or("none".to_owned(), |name| format!("\"{name}\""));
        writer.lead(spans, Lead::to_field("source", &named, vocabulary));
    }
}

//! `goldset balance --people`: who made what, where it came from, and whether who and what hang together.

use serde_json::{Value, json};

use super::super::failure::{Ending, Result};
use super::super::out::{Column, Out};
use super::super::progress::Meter;
use crate::dataset::{Counts, Linked, People, Reader};
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::percent;

pub(super) fn run(reader: &Reader, as_json: bool, out: &mut Out) -> Result<Ending> {
    let mut meter = Meter::start();
    let people = reader.people(&mut |progress| meter.hear(progress))?;
    meter.clear();
    let counts = reader.counts()?;
    if as_json {
        out.json(&form(&people, &counts))?;
    } else {
        print(&people, &counts, out)?;
    }
    let all = people.written.iter().chain(&people.ranked);
    Ok(Ending::with_findings(all.into_iter().any(|linked| linked.association.is_strong())))
}

/// Who, a word for what they are, and how many they made.
type Made<'a> = Vec<(&'a str, &'static str, u64)>;

fn responses(counts: &Counts) -> Made<'_> {
    let of = |author: &crate::dataset::AuthorCount| [("person", author.written), ("model", author.generated)];
    let all = counts
        .authors
        .iter()
        .flat_map(|author| of(author).into_iter().map(|(word, n)| (author.name.as_str(), word, n)));
    sorted(all.collect())
}

fn rankings(counts: &Counts) -> Made<'_> {
    sorted(counts.authors.iter().map(|author| (author.name.as_str(), "person", author.rankings)).collect())
}

/// The most first, without those of nothing.
fn sorted(mut made: Made<'_>) -> Made<'_> {
    made.retain(|(_, _, n)| *n > 0);
    made.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    made
}

#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
fn share(n: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { n as f64 / all as f64 }
}

fn print(people: &People, counts: &Counts, out: &mut Out) -> Result<()> {
    for (unit, made) in [("responses", responses(counts)), ("rankings", rankings(counts))] {
        if made.is_empty() {
            out.sentence(format!("{unit}: none that somebody is named of"))?;
            continue;
        }
        let all: u64 = made.iter().map(|(_, _, n)| n).sum();
        let row = |(name, word, n): &(&str, &str, u64)| {
            vec![(*name).to_owned(), (*word).to_owned(), thousands(*n), percent::near(share(*n, all))]
        };
        let columns =
            [Column::text("who"), Column::text("is a"), Column::number(unit), Column::number("share")];
        out.table_in_full(&columns, &made.iter().map(row).collect::<Vec<_>>())?;
        out.line("")?;
    }
    sources(people, out)?;
    for (did, all) in [("writes", &people.written), ("ranks", &people.ranked)] {
        for linked in all {
            let v = linked.association.v;
            let told = if linked.association.is_strong() {
                let says = harmless(&linked.told(did)).into_owned();
                format!("{says} (Cramér's V {v:.2}): a model can't tell the person from the value")
            } else {
                let facet = harmless(&linked.facet).into_owned();
                format!("{facet}: nobody {did} one value alone (Cramér's V {v:.2})")
            };
            out.sentence(told)?;
        }
    }
    Ok(())
}

fn sources(people: &People, out: &mut Out) -> Result<()> {
    let all: u64 = people.sources.iter().map(|source| source.usable + source.others).sum();
    let row = |source: &crate::dataset::SourceCount| {
        let n = source.usable + source.others;
        vec![
            source.source.clone().unwrap_or_else(|| "made here".to_owned()),
            source.format.clone(),
            thousands(n),
            thousands(source.usable),
            percent::near(share(n, all)),
        ]
    };
    let columns = [
        Column::text("source"),
        Column::text("format"),
        Column::number("kept"),
        Column::number("usable"),
        Column::number("share"),
    ];
    out.table_in_full(&columns, &people.sources.iter().map(row).collect::<Vec<_>>())?;
    out.line("")?;
    Ok(())
}

fn form(people: &People, counts: &Counts) -> Value {
    let made = |made: Made<'_>| -> Vec<Value> {
        let all: u64 = made.iter().map(|(_, _, n)| n).sum();
        made.iter()
            .map(|(name, word, n)| json!({"name": name, "is": word, "n": n, "share": share(*n, all)}))
            .collect()
    };
    let linked = |all: &[Linked]| -> Vec<Value> {
        let one = |linked: &Linked| {
            let is = linked.association;
            let tie = linked.tie.as_ref().map(|(who, value, tie)| {
                json!({
                    "name": who, "value": value, "n": tie.n, "share_of_value": tie.of_column,
                    "share_of_all": tie.of_all,
                })
            });
            json!({
                "facet": linked.facet, "v": is.v, "by_chance": is.p, "n": is.counted,
                "strong": is.is_strong(), "strongest": tie,
            })
        };
        all.iter().map(one).collect()
    };
    let sources: Vec<Value> = people
        .sources
        .iter()
        .map(|it| json!({"source": it.source, "format": it.format, "usable": it.usable, "others": it.others}))
        .collect();
    json!({
        "responses": made(responses(counts)), "rankings": made(rankings(counts)), "sources": sources,
        "written": linked(&people.written), "ranked": linked(&people.ranked),
    })
}

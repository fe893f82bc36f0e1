//! `goldset balance --splits`: what is held out beside what is trained on.

use serde_json::{Map, Value, json};

use super::super::failure::{Ending, Result};
use super::super::out::{Column, Out};
use super::super::progress::Meter;
use crate::curation::spread::TwoSamples;
use crate::dataset::{FacetSplits, HeldOut, Reader, Splits};
use crate::example::Split;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::percent;

/// Share of examples elsewhere than in training from which on a facet is told.
const FAR: f64 = 0.1;
/// Combinations that were never trained, that are printed.
const SHOWN: usize = 12;

pub(super) fn run(reader: &Reader, as_json: bool, out: &mut Out) -> Result<Ending> {
    let mut meter = Meter::start();
    let splits = reader.splits(&mut |progress| meter.hear(progress))?;
    meter.clear();
    if as_json {
        out.json(&form(&splits))?;
    } else {
        print(&splits, out)?;
    }
    Ok(Ending::with_findings(splits.held_out.iter().any(is_apart)))
}

/// Whether it is another thing than training in something.
fn is_apart(held_out: &HeldOut) -> bool {
    held_out.facets.iter().flatten().any(|far| far.total_variation >= FAR)
        || [held_out.prompts, held_out.responses].into_iter().flatten().any(TwoSamples::is_apart)
        || held_out.unseen.is_some_and(|unseen| unseen.untrained > 0)
}

fn print(splits: &Splits, out: &mut Out) -> Result<()> {
    let named = Split::ALL.iter().zip(splits.sizes).map(|(split, size)| (split.as_str(), size));
    let rows: Vec<Vec<String>> = named
        .chain([("in none", splits.without)])
        .map(|(name, (usable, others))| vec![name.to_owned(), thousands(usable + others), thousands(usable)])
        .collect();
    out.table_in_full(&[Column::text("split"), Column::number("kept"), Column::number("usable")], &rows)?;
    if splits.held_out.is_empty() {
        out.line("")?;
        out.sentence(
            "nothing usable is held out: `goldset split` deals examples into train, validation and test",
        )?;
        return Ok(());
    }
    for held_out in &splits.held_out {
        against(held_out, out)?;
    }
    for (at, facet) in splits.facets.iter().enumerate() {
        shares(at, facet, splits, out)?;
    }
    Ok(())
}

fn against(held_out: &HeldOut, out: &mut Out) -> Result<()> {
    out.line("")?;
    out.heading(&format!("{} against train", held_out.split))?;
    for (what, apart) in [("prompts", held_out.prompts), ("responses", held_out.responses)] {
        if let Some(apart) = apart {
            let (distance, p) = (apart.distance, apart.p);
            out.sentence(format!(
                "{what} are {} (Kolmogorov-Smirnov {distance:.2}, p {p:.3})",
                apart.told()
            ))?;
        }
    }
    if let Some(unseen) = held_out.unseen {
        out.sentence(unseen.told())?;
    }
    for untrained in held_out.untrained.iter().take(SHOWN) {
        let [one, other] = &untrained.tags;
        let pair = format!("{}:{} × {}:{}", one.facet, one.value, other.facet, other.value);
        out.sentence(format!("{:>6}  {}", thousands(untrained.n), harmless(&pair)))?;
    }
    let more = held_out.untrained.len().saturating_sub(SHOWN);
    if more > 0 {
        out.sentence(format!("        … {more} more"))?;
    }
    Ok(())
}

fn shares(at: usize, facet: &FacetSplits, splits: &Splits, out: &mut Out) -> Result<()> {
    let sum = |split: usize| -> u64 { facet.values.iter().filter_map(|(_, counts)| counts.get(split)).sum() };
    let sums = [sum(0), sum(1), sum(2)];
    if sums == [0; 3] {
        return Ok(());
    }
    let apart = splits.held_out.iter().filter_map(|held_out| {
        let far = held_out.facets.get(at).copied().flatten()?;
        Some(format!("{}: {} elsewhere, JS {:.2}", held_out.split, percent::up(far.total_variation), far.js))
    });
    out.line("")?;
    let apart = apart.collect::<Vec<_>>().join(", ");
    out.sentence(format!("{}  {apart}", out.bold(&harmless(&facet.name))))?;
    #[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
    let share = |n: u64, sum: u64| percent::near(n as f64 / sum as f64);
    let cell = |(n, sum): (&u64, u64)| if sum == 0 { "–".to_owned() } else { share(*n, sum) };
    let there = facet.values.iter().filter(|(_, counts)| *counts != [0; 3]);
    let rows: Vec<Vec<String>> = there
        .map(|(value, counts)| {
            let never = if counts[0] == 0 && sums[0] > 0 { "never trained" } else { "" };
            let shares = counts.iter().zip(sums).map(cell);
            std::iter::once(value.clone()).chain(shares).chain([never.to_owned()]).collect()
        })
        .collect();
    let columns = [
        Column::text("value"),
        Column::number("train"),
        Column::number("validation"),
        Column::number("test"),
        Column::text(""),
    ];
    out.table_in_full(&columns, &rows)?;
    Ok(())
}

fn form(splits: &Splits) -> Value {
    let size = |(usable, others): (u64, u64)| json!({"usable": usable, "others": others});
    let mut sizes: Map<String, Value> = Split::ALL
        .iter()
        .zip(splits.sizes)
        .map(|(split, counts)| (split.as_str().to_owned(), size(counts)))
        .collect();
    sizes.insert("none".to_owned(), size(splits.without));
    let facets: Vec<Value> = splits
        .facets
        .iter()
        .map(|facet| {
            let value = |(name, [train, validation, test]): &(String, [u64; 3])| {
                json!({"name": name, "train": train, "validation": validation, "test": test})
            };
            json!({"name": facet.name, "values": facet.values.iter().map(value).collect::<Vec<_>>()})
        })
        .collect();
    let apart =
        |apart: Option<TwoSamples>| apart.map(|it| json!({"distance": it.distance, "by_chance": it.p}));
    let held_out: Vec<Value> = splits
        .held_out
        .iter()
        .map(|held_out| {
            let far = splits.facets.iter().zip(&held_out.facets).map(|(facet, far)| {
                let (tv, js) = (far.map(|far| far.total_variation), far.map(|far| far.js));
                json!({"name": facet.name, "total_variation": tv, "js": js})
            });
            let untrained = held_out.untrained.iter().map(|pair| {
                let tags = pair.tags.each_ref().map(|tag| json!({"facet": tag.facet, "value": tag.value}));
                json!({"tags": tags, "n": pair.n})
            });
            let unseen = held_out
                .unseen
                .map(|it| json!({"tested": it.tested, "untrained": it.untrained, "share": it.share()}));
            json!({
                "split": held_out.split.as_str(), "facets": far.collect::<Vec<_>>(),
                "prompts": apart(held_out.prompts), "responses": apart(held_out.responses),
                "combinations": unseen, "never_trained": untrained.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({"sizes": sizes, "facets": facets, "held_out": held_out})
}

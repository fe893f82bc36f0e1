//! `goldset stats`: the counts of a dataset.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::failure::{Ending, Result};
use super::gauges;
use super::near::neighbours;
use super::out::{Column, Out};
use super::progress::Meter;
use super::session::{self, Session};
use super::tokens::ESTIMATED;
use crate::curation::gauges::Gauge;
use crate::dataset::{AuthorCount, Counts, DerivedFacet, ExampleCount, FacetCount};
use crate::example::{Kind, Split, Status};
use crate::query::Filter;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset stats support.goldset
  goldset stats support.goldset --consistency
  goldset stats support.goldset --json | jq '.by_status.approved'

--json prints one object:
  examples, kept, usable, trainable   numbers: all; those not discarded; those submitted or approved;
                      those of them that have an answer
  gauges              {coverage, balance, consistency, quality}, each {measured, value (a share), kinds:
                      {effective, of}, n, verdict (good, look or bad), sentence}; kinds is told of the
                      balance where no facet has all its targets
  by_status, by_kind, by_split    numbers by name (by_split has `none` too)
  facets              [{name, several, open, values: [{name, target, examples, usable, by_status}]}]
  derived             the same of what is read off the examples: turns, prompt_tokens, lang, source …
  flags               [{kind, open, resolved}]
  annotators          [{name, responses, rankings, flags}]
  models              [{name, responses}]";

/// Count examples, coverage, flags and work
///
/// The numbers are kept while the work is done, so this takes no longer for a million examples
/// than for a hundred. `goldset verify` compares them with a recount. Only the gauge of consistency has to
/// read the answers: it is measured with --consistency.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Also compare like prompts and judge answers by the contract, for the gauge of consistency
    #[arg(long)]
    consistency: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader_of_traits(&args.dataset, session)?;
    let clean = if args.consistency {
        let mut neighbours = neighbours(&reader, &args.dataset, session)?;
        let mut meter = Meter::start();
        let (clean, _) = reader.consistency(&mut neighbours, &mut |progress| meter.hear(progress))?;
        meter.clear();
        Some(clean)
    } else {
        None
    };
    let (counts, gauges) = (reader.counts()?, reader.gauges(clean)?);
    let derived = reader.derived_counts()?;
    if args.json {
        let mut told = as_json(&counts, &derived);
        told["gauges"] = gauges::as_json(&gauges);
        out.json(&told)?;
    } else {
        let name = args.dataset.display().to_string();
        print(&name, &counts, &derived, &gauges, out)?;
    }
    Ok(Ending::Done)
}

fn by_status(counts: &Counts) -> Vec<(&'static str, u64)> {
    let count = |status| counts.count(|count| count.status == status);
    Status::ALL.iter().map(|&status| (status.as_str(), count(status))).collect()
}

/// Which of the examples are counted.
type Of = fn(&ExampleCount) -> bool;

fn by_kind(counts: &Counts, of: Of) -> Vec<(&'static str, u64)> {
    let count = |kind| counts.count(|count| count.kind == kind && of(count));
    Kind::ALL.iter().map(|&kind| (kind.as_str(), count(kind))).collect()
}

fn by_split(counts: &Counts, of: Of) -> Vec<(&'static str, u64)> {
    let count = |split| counts.count(|count| count.split == split && of(count));
    let splits = Split::ALL.iter().map(|&split| (split.as_str(), count(Some(split))));
    splits.chain([("none", count(None))]).collect()
}

fn object(pairs: Vec<(&'static str, u64)>) -> Value {
    pairs.into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect::<Map<_, _>>().into()
}

fn is_annotator(author: &AuthorCount) -> bool {
    author.written + author.rankings + author.flags > 0
}

fn as_json(counts: &Counts, derived: &[(DerivedFacet, FacetCount)]) -> Value {
    let facet = |facet: &FacetCount| {
        let values: Vec<Value> = facet
            .values
            .iter()
            .map(|value| {
                let by_status: Map<String, Value> = Status::ALL
                    .iter()
                    .map(|status| {
                        let n = value.by_status.iter().find(|(is, _)| is == status).map_or(0, |(_, n)| *n);
                        (status.as_str().to_owned(), json!(n))
                    })
                    .collect();
                json!({
                    "name": value.name, "target": value.target, "share": value.share, "examples": value.all(),
                    "usable": value.usable(), "by_status": by_status,
                })
            })
            .collect();
        json!({"name": facet.name, "several": facet.several, "open": facet.open, "values": values})
    };
    let authors = &counts.authors;
    json!({
        "examples": counts.total(),
        "kept": counts.kept(),
        "usable": counts.usable(),
        "trainable": counts.trainable(),
        "by_status": object(by_status(counts)),
        "by_kind": object(by_kind(counts, |_| true)),
        "by_split": object(by_split(counts, |_| true)),
        "facets": counts.facets.iter().map(facet).collect::<Vec<_>>(),
        "derived": derived.iter().map(|(_, count)| facet(count)).collect::<Vec<_>>(),
        "flags": counts.flags.iter()
            .map(|flag| json!({"kind": flag.kind, "open": flag.open, "resolved": flag.resolved}))
            .collect::<Vec<_>>(),
        "annotators": authors.iter().filter(|author| is_annotator(author))
            .map(|author| json!({
                "name": author.name, "responses": author.written,
                "rankings": author.rankings, "flags": author.flags,
            }))
            .collect::<Vec<_>>(),
        "models": authors.iter().filter(|author| author.generated > 0)
            .map(|author| json!({"name": author.name, "responses": author.generated}))
            .collect::<Vec<_>>(),
    })
}

fn print(
    name: &str,
    counts: &Counts,
    derived: &[(DerivedFacet, FacetCount)],
    gauges: &[Gauge; 4],
    out: &mut Out,
) -> Result<()> {
    let usable = thousands(counts.usable());
    let total = plural(counts.total(), "example");
    let blank = match counts.usable() - counts.trainable() {
        0 => String::new(),
        n => format!("; {} of them without an answer", thousands(n)),
    };
    out.sentence(format!("{}: {total}, {usable} usable (submitted or approved){blank}", harmless(name)))?;
    gauges::print(gauges, out)?;
    let rows: Vec<Vec<String>> =
        by_status(counts).into_iter().map(|(word, n)| vec![word.to_owned(), thousands(n)]).collect();
    section(out, &[Column::text("status"), Column::number("examples")], &rows)?;
    let sets: [Of; 3] = [|_| true, ExampleCount::is_kept, ExampleCount::is_usable];
    for (title, [all, kept, usable]) in
        [("kind", sets.map(|of| by_kind(counts, of))), ("split", sets.map(|of| by_split(counts, of)))]
    {
        let rows = all.into_iter().zip(kept).zip(usable).map(|(((word, all), (_, kept)), (_, usable))| {
            vec![word.to_owned(), thousands(all), thousands(kept), thousands(usable)]
        });
        let columns = [
            Column::text(title),
            Column::number("examples"),
            Column::number("kept"),
            Column::number("usable"),
        ];
        section(out, &columns, &rows.collect::<Vec<_>>())?;
    }
    for facet in &counts.facets {
        print_facet(facet, out)?;
    }
    print_derived(counts, derived, out)?;
    let flags = counts.flags.iter().filter(|flag| flag.open + flag.resolved > 0);
    let rows: Vec<Vec<String>> =
        flags.map(|flag| vec![flag.kind.clone(), thousands(flag.open), thousands(flag.resolved)]).collect();
    section(out, &[Column::text("flag"), Column::number("open"), Column::number("resolved")], &rows)?;
    let rows: Vec<Vec<String>> = counts
        .authors
        .iter()
        .map(|author| {
            let responses = thousands(author.written + author.generated);
            let kind = if is_annotator(author) { "person" } else { "model" };
            let (rankings, flags) = (thousands(author.rankings), thousands(author.flags));
            vec![author.name.clone(), kind.to_owned(), responses, rankings, flags]
        })
        .collect();
    let columns = [
        Column::text("who"),
        Column::text("is a"),
        Column::number("responses"),
        Column::number("rankings"),
        Column::number("flags"),
    ];
    section(out, &columns, &rows)
}

fn print_facet(facet: &FacetCount, out: &mut Out) -> Result<()> {
    let rows: Vec<Vec<String>> = facet
        .values
        .iter()
        .map(|value| {
            let usable = value.usable();
            let target = value.target.map(u64::from);
            let short = match target {
                Some(target) if usable < target => thousands(target - usable),
                _ => String::new(),
            };
            // Of nothing, a share is told as what it is.
            let share = value.share.filter(|_| target == Some(0)).map(|share| share.to_string());
            let target = share.or(target.map(thousands)).unwrap_or_default();
            let name = Filter::tag(facet.name.as_str(), Some(&value.name)).to_string();
            vec![name, thousands(value.all()), thousands(usable), target, short]
        })
        .collect();
    let columns = [
        Column::text("facet"),
        Column::number("examples"),
        Column::number("usable"),
        Column::number("target"),
        Column::number("missing"),
    ];
    section(out, &columns, &rows)
}

/// What is read off the examples, in one table, as filters have it; nothing of a trait that all of them share.
fn print_derived(counts: &Counts, derived: &[(DerivedFacet, FacetCount)], out: &mut Out) -> Result<()> {
    let rows: Vec<Vec<String>> = derived
        .iter()
        .filter(|(_, count)| count.values.len() > 1)
        .flat_map(|(facet, count)| {
            count.values.iter().map(|value| {
                let name = facet.typed(&value.name, counts.facets.iter().map(|own| own.name.as_str()));
                vec![name, thousands(value.all()), thousands(value.usable())]
            })
        })
        .collect();
    let columns = [Column::text("read off them"), Column::number("examples"), Column::number("usable")];
    section(out, &columns, &rows)?;
    if derived.iter().any(|(facet, count)| facet.is_estimated() && count.values.len() > 1) {
        out.sentence(ESTIMATED)?;
    }
    Ok(())
}

/// A table with a blank line above; nothing where it has no rows.
fn section(out: &mut Out, columns: &[Column], rows: &[Vec<String>]) -> Result<()> {
    if !rows.is_empty() {
        out.line("")?;
        out.table(columns, rows)?;
    }
    Ok(())
}

//! `goldset failures`: where a model fails more often than chance would have it, by the facets of what it was asked.

mod print;
mod results;

use std::path::PathBuf;

use self::results::Results;
use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::session;
use crate::curation::failures::{
    Cause, Found, Known, Need, Options, Runs, Worse, cause, share_out, slices, worse_slices,
};
use crate::curation::tway::{At, PairCounts};
use crate::dataset::{Coded, Counts, Error, Reader};
use crate::query::Filter;

const EXAMPLES: &str = "\
Examples:
  goldset failures support.goldset results.jsonl
  goldset failures support.goldset results.jsonl --passes-at 0.7 --least 20
  goldset failures support.goldset round-2.jsonl --before round-1.jsonl
  goldset failures support.goldset results.jsonl --write 100

A line of results is {\"example\": 412, \"passed\": false}: the example by its number or id (example,
number or id), or by what it asks (prompt: its last user turn, or messages), and how the model's
answer came out: passed, or score with --passes-at. Other fields, such as answer, are passed over.
Of several lines about one example the last one counts.

Slices are the examples with a value of a facet, or with two values. Told are those that fail more
than the rest, and hardly by chance: a tenth of them may be (--false-share). A slice of two values
is told only where it is worse than each of them. Why is what the training examples of the slice
tell.

--json prints one object: tests, failures, unknown (lines about no example of the dataset),
looked_at, slices: [{values: {facet: value}, tests, failures, rate, interval: [low, high] (Wilson),
lift, difference: [low, high] (Newcombe), p, q, cause, trained, write}], before: {both, broke,
mended, neither, p, sentence, worse: [{values, broke, mended, p, q}]} or null.
Exit code: 0 no slice fails more than the rest, 1 one does, or got worse.";

/// Find the slices in which a model fails, from the results of an evaluation
///
/// Results are joined to the examples that were asked, and their facets tell where failures gather.
/// With the results of an earlier round, McNemar's test tells whether the new one is better or worse.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The results, a JSON line for each test (- for the standard input)
    results: PathBuf,
    /// The results of an earlier round, to compare with
    #[arg(long, value_name = "FILE")]
    before: Option<PathBuf>,
    /// The score from which on a test is passed
    #[arg(long, value_name = "SCORE", default_value_t = 0.5, allow_hyphen_values = true)]
    passes_at: f64,
    /// The fewest tests in a slice
    #[arg(long, value_name = "N", default_value_t = 10)]
    least: u64,
    /// The share of slices told that may be there by chance
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    false_share: f64,
    /// At most so many slices
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Say how so many new examples are best shared out among them
    #[arg(long, value_name = "N")]
    write: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Of new examples each slice that gets any gets so many.
const FEWEST_NEW: u64 = 5;

/// What is known of the training examples of a slice.
struct Trained {
    count: u64,
    cause: Cause,
    /// How many new ones it gets.
    write: Option<u64>,
}

/// The comparison with an earlier round.
struct Before {
    runs: Runs,
    worse: Vec<Worse>,
}

/// All that is told.
struct Told {
    coded: Coded,
    results: Results,
    found: Found,
    /// For each slice.
    trained: Vec<Trained>,
    before: Option<Before>,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    if !(0.0..=1.0).contains(&args.false_share) {
        return Err(Failure::Said(format!(
            "--false-share is {}: give a share from 0 to 1",
            args.false_share
        )));
    }
    let reader = session::reader(&args.dataset)?;
    let told = told(args, &reader)?;
    if args.json {
        print::json(&told, out)?;
    } else {
        print::print(&told, out)?;
    }
    let is_worse = told.before.as_ref().is_some_and(|before| !before.worse.is_empty());
    Ok(Ending::with_findings(is_worse || !told.found.slices.is_empty()))
}

fn told(args: &Args, reader: &Reader) -> Result<Told> {
    let results = results::read(reader, &args.results, args.passes_at)?;
    let coded = Coded::new(reader.definitions()?.facets);
    let now = Tests::new(reader, &coded, results.passed.iter().map(|(id, passed)| (*id, *passed)))?;
    let options = Options {
        tests: args.least,
        false_share: args.false_share,
        at_most: args.limit,
        ..Options::default()
    };
    let found = slices(&now.all()?, &now.those(false)?, &options).map_err(|error| said(&error))?;
    let before = match &args.before {
        None => None,
        Some(path) => {
            let earlier = results::read(reader, path, args.passes_at)?;
            Some(compare(reader, &coded, &earlier, &results, args.false_share)?)
        }
    };
    let trained = trained(reader, &coded, &found, args.write)?;
    Ok(Told { coded, results, found, trained, before })
}

fn said(error: &dyn std::fmt::Display) -> Failure {
    Failure::Said(error.to_string())
}

/// Tests with what their examples carry.
struct Tests {
    columns: crate::curation::tway::Columns,
    came_out: Vec<bool>,
}

impl Tests {
    fn new(reader: &Reader, coded: &Coded, tests: impl Iterator<Item = (i64, bool)>) -> Result<Self> {
        let (mut rows, mut came_out) = (Vec::new(), Vec::new());
        for (id, out) in tests {
            let example = reader.example(id)?.ok_or_else(|| Error::NoExample(id.to_string()))?;
            rows.push(coded.values(&example.tags));
            came_out.push(out);
        }
        Ok(Self { columns: coded.columns(&rows)?, came_out })
    }

    fn all(&self) -> Result<PairCounts> {
        PairCounts::of_those(&self.columns, |row| row < self.came_out.len()).map_err(|error| said(&error))
    }

    fn those(&self, came_out: bool) -> Result<PairCounts> {
        let is_meant = |row: usize| self.came_out.get(row) == Some(&came_out);
        PairCounts::of_those(&self.columns, is_meant).map_err(|error| said(&error))
    }
}

/// What two rounds of the same tests say.
fn compare(
    reader: &Reader,
    coded: &Coded,
    before: &Results,
    after: &Results,
    false_share: f64,
) -> Result<Before> {
    let both: Vec<(i64, bool, bool)> =
        before.passed.iter().filter_map(|(id, was)| Some((*id, *was, *after.passed.get(id)?))).collect();
    if both.is_empty() {
        return Err(Failure::Said(
            "no example was asked in both rounds, so they can't be compared".to_owned(),
        ));
    }
    let differing = both.iter().filter(|(_, was, is)| was != is);
    let differing = Tests::new(reader, coded, differing.map(|(id, _, is)| (*id, *is)))?;
    let worse = worse_slices(&differing.those(false)?, &differing.those(true)?, false_share);
    Ok(Before {
        runs: Runs::of(both.iter().map(|(_, was, is)| (*was, *is))),
        worse: worse.map_err(|error| said(&error))?,
    })
}

/// What is known of the training examples of each slice, and what it gets of so many new ones.
fn trained(reader: &Reader, coded: &Coded, found: &Found, write: Option<u64>) -> Result<Vec<Trained>> {
    let usable = reader.filter("status:submitted,approved -split:validation,test")?;
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
    let share = |of: u64, all: u64| of as f64 / all.max(1) as f64;
    let overall = share(found.failures, found.tests);
    let need = |slice: &crate::curation::failures::Slice| Need {
        traffic: share(slice.tests, found.tests),
        fails: slice.interval.low,
    };
    let needs: Vec<Need> = found.slices.iter().map(need).collect();
    let shared = write.map(|budget| share_out(budget, &needs, overall, FEWEST_NEW));
    let counts = reader.counts()?;
    let mut trained = Vec::new();
    for (at, slice) in found.slices.iter().enumerate() {
        let filter = with_values(usable.clone(), coded, &slice.values);
        let count = reader.count(&filter)?;
        let known = Known {
            trained: count,
            wanted: wanted(&counts, coded, &slice.values),
            suspects: reader.count(&filter.and(Filter::flag(None)))?,
            ..Known::default()
        };
        let write = shared.as_ref().and_then(|shared| shared.get(at).copied());
        trained.push(Trained { count, cause: cause(&known), write });
    }
    Ok(trained)
}

fn with_values(filter: Filter, coded: &Coded, values: &[At]) -> Filter {
    let tags = values.iter().filter_map(|at| coded.tag(*at));
    tags.fold(filter, |filter, tag| filter.and(Filter::tag(tag.facet, Some(&tag.value))))
}

/// What is wanted of a single value; nobody says what is wanted of two together.
fn wanted(counts: &Counts, coded: &Coded, values: &[At]) -> Option<u64> {
    let [at] = values else { return None };
    let tag = coded.tag(*at)?;
    counts.value(&tag.facet, &tag.value)?.target.map(u64::from)
}

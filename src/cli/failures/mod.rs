//! `goldset failures`: where a model fails more often than chance would have it, by the facets of what it was
//! asked; rounds of results kept in the dataset, and what is made of them.

mod print;
mod results;
mod rounds;

use std::path::{Path, PathBuf};

use self::results::Results;
use super::failure::{Ending, Failure, Result};
use super::near::neighbours;
use super::out::Out;
use super::pages::parse_tag;
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::failures::Options;
use crate::dataset::{Compared, Done, Failing, Reader};
use crate::example::{Tag, TestResult};

const EXAMPLES: &str = "\
Examples:
  goldset failures support.goldset results.jsonl
  goldset failures support.goldset results.jsonl --passes-at 0.7 --least 20
  goldset failures support.goldset results.jsonl --round tuned-2 --model llama-tuned-2
  goldset failures support.goldset                              the rounds that are kept
  goldset failures support.goldset --round tuned-2 --against tuned-1
  goldset failures support.goldset --round tuned-2 --queue 40   examples to write for what fails
  goldset failures support.goldset --round tuned-2 --candidates failing answers, to be ranked
  goldset failures support.goldset --round tuned-2 --candidates --of intent:refund
  goldset failures support.goldset --remove tuned-1

A line of results is {\"example\": 412, \"passed\": false}: the example by its number or id (example,
number or id), or by what was asked (prompt: its last user turn, or messages), and how the model's
answer came out: passed, or score with --passes-at. It may have answer, model and, where no example
asks that, tags ({facet: value}); without them the words suggest tags. Tags that the dataset has not
are told, and slices of their own where enough tests carry them. Of several lines about the same the
last one counts. Where a line is bad, none is taken.

Slices are the tests with a value of a facet, or with two values. Told are those that fail more
than the rest, and hardly by chance: a tenth of them may be (--false-share). A slice of two values
is told only where it is worse than each of them. Why is what the training examples of the slice
tell.

--queue makes empty pending examples with the tags of what fails; what was asked in a test is never
one of them. --candidates puts failing answers beside those of their examples, unless these are in
test or validation. Each is one action, which `goldset undo` takes back.

--json prints one object: round, tests, failures, unknown (lines that name no example of the
dataset), unknown_tags: [{facet, value, tests, line, slice: looked at as one}], predicted (tests
whose tags are suggested), looked_at, slices: [{values: {facet: value}, tests, failures, rate,
interval: [low, high] (Wilson), lift, difference: [low, high] (Newcombe), p, q, cause, trained, write}]
(cause and trained are null of a tag that the dataset has not), before: {round, both, broke, mended, neither, p, sentence, worse:
[{values, broke, mended, p, q}]} or null, done: [{examples, action, sentence}]. Without results and
--round: rounds: [{name, model, source, at, tests, passed, rate, interval}].
Exit code: 0 no slice fails more than the rest, 1 one does, or got worse.";

/// The most new examples that are shared out: nobody writes more of them for one round.
const MOST_NEW: u64 = 1_000_000;

/// Find the slices in which a model fails, from the results of an evaluation
///
/// Results are joined to the examples that were asked, and their facets tell where failures gather. Kept
/// under a name, a round can be compared with others, examples can be queued for what fails, and failing
/// answers ranked. Without results and round it lists the rounds.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The results, a JSON line for each test (- for the standard input)
    results: Option<PathBuf>,
    /// With results: keep them as the round of that name. Without: tell of that round
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    round: Option<String>,
    /// Whose answers they are [default: the model that the lines name]
    #[arg(long, value_name = "MODEL", requires = "results", requires = "round")]
    model: Option<String>,
    /// The results of an earlier round, to compare with
    #[arg(long, value_name = "FILE", group = "earlier")]
    before: Option<PathBuf>,
    /// A round that is kept, to compare with
    #[arg(long, value_name = "ROUND", group = "earlier")]
    against: Option<String>,
    /// The score from which on a test is passed
    #[arg(long, value_name = "SCORE", default_value_t = 0.5, allow_hyphen_values = true, value_parser = score)]
    passes_at: f64,
    /// The fewest tests in a slice
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    least: u64,
    /// The share of slices told that may be there by chance
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    false_share: f64,
    /// At most so many slices; 0 stands for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Say how so many new examples are best shared out among them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_NEW))]
    write: Option<u64>,
    /// Make so many examples to be written, shared out so
    #[arg(long, value_name = "N", requires = "round", conflicts_with = "write", value_parser = clap::value_parser!(u64).range(1..=MOST_NEW))]
    queue: Option<u64>,
    /// Put the failing answers beside those of their examples, to be ranked
    #[arg(long, requires = "round")]
    candidates: bool,
    /// With --candidates: only of tests that carry this tag; given several times, all of them
    #[arg(long = "of", value_name = "FACET:VALUE", requires = "candidates", value_parser = parse_tag)]
    of: Vec<Tag>,
    /// Take the round of that name away
    #[arg(long, value_name = "ROUND", conflicts_with_all = ["results", "round", "earlier", "write"])]
    remove: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A score that others can be compared with.
fn score(text: &str) -> std::result::Result<f64, String> {
    let score: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if score.is_finite() {
        Ok(score)
    } else {
        Err("no score is compared with that: give a number".to_owned())
    }
}

/// The comparison with an earlier round.
struct Before {
    /// Its name, where it is kept.
    round: Option<String>,
    compared: Compared,
}

/// All that is told.
struct Told {
    /// The name of the round, where it is kept.
    round: Option<String>,
    /// What the file told besides the tests, where there was one.
    read: Option<Results>,
    failing: Failing,
    /// For each slice how many new examples it gets, where that was asked for.
    write: Option<Vec<u64>>,
    before: Option<Before>,
    /// What was done.
    done: Vec<Done>,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if !(0.0..=1.0).contains(&args.false_share) {
        return Err(Failure::Said(format!(
            "--false-share is {}: give a share from 0 to 1",
            args.false_share
        )));
    }
    if let Some(name) = &args.remove {
        return rounds::remove(args, name, session, out);
    }
    if args.results.is_none() && args.round.is_none() {
        if args.before.is_some() || args.against.is_some() || args.write.is_some() {
            return Err(Failure::Said(
                "say of which results: name their file, or a round that is kept with --round".to_owned(),
            ));
        }
        return rounds::list(args, out);
    }
    let told = told(args, session)?;
    if args.json {
        print::json(&told, out)?;
    } else {
        print::print(&told, out)?;
    }
    let is_worse = told.before.as_ref().is_some_and(|before| !before.compared.worse.is_empty());
    Ok(Ending::with_findings(is_worse || !told.failing.slices.is_empty()))
}

fn told(args: &Args, session: &Session) -> Result<Told> {
    let reader = session::reader(&args.dataset)?;
    let (mut read, mut done) = (None, Vec::new());
    let tests = match (&args.results, &args.round) {
        (Some(path), _) => {
            let mut results = results::read(&reader, path, args.passes_at)?;
            let tests = std::mem::take(&mut results.tests);
            read = Some(results);
            tests
        }
        (None, name) => reader.round(name.as_deref().unwrap_or_default())?.results,
    };
    // All that may be refused comes before anything is kept.
    let failing = failing(args, session, &reader, &tests)?;
    let before = before(args, &reader, &failing, &tests)?;
    known(&args.of, &failing)?;
    if let (Some(results), Some(name)) = (&read, &args.round) {
        done.push(rounds::keep(args, name, results, tests, session)?);
    }
    if let Some(name) = &args.round {
        done.extend(rounds::follow_up(args, name, &failing, session)?);
    }
    let write = args.write.or(args.queue).map(|budget| failing.shared_out(budget));
    Ok(Told { round: args.round.clone(), read, failing, write, before, done })
}

/// Refuses tags that neither the dataset nor a test has.
fn known(tags: &[Tag], failing: &Failing) -> Result<()> {
    match tags.iter().find(|tag| failing.coded.values(std::slice::from_ref(tag)).is_empty()) {
        None => Ok(()),
        Some(Tag { facet, value }) => Err(Failure::Said(format!(
            "--of {facet}:{value}: neither the dataset nor a test has that value; `goldset facets` lists those that \
             there are"
        ))),
    }
}

fn failing(args: &Args, session: &Session, reader: &Reader, tests: &[TestResult]) -> Result<Failing> {
    let options = Options {
        tests: args.least,
        false_share: args.false_share,
        at_most: if args.limit == 0 { usize::MAX } else { args.limit },
        ..Options::default()
    };
    let mut failing = reader.failing(tests, &options)?;
    if !failing.slices.is_empty() {
        let mut neighbours = neighbours(reader, &args.dataset, session)?;
        let mut meter = Meter::start();
        reader.seek_contradictions(&mut failing, &mut neighbours, &mut |progress| meter.hear(progress))?;
    }
    Ok(failing)
}

fn before(args: &Args, reader: &Reader, failing: &Failing, tests: &[TestResult]) -> Result<Option<Before>> {
    let earlier = match (&args.before, &args.against) {
        (Some(path), _) => results::read(reader, path.as_path(), args.passes_at)?.tests,
        (None, Some(name)) => reader.round(name)?.results,
        (None, None) => return Ok(None),
    };
    let compared =
        reader.compare_rounds(&failing.coded, &earlier, tests, args.false_share)?.ok_or_else(|| {
            Failure::Said("no example was asked in both rounds, so they can't be compared".to_owned())
        })?;
    Ok(Some(Before { round: args.against.clone(), compared }))
}

impl Args {
    fn dataset(&self) -> &Path {
        &self.dataset
    }
}

//! `goldset contract`: what every response must satisfy: shown, set, tested and proposed.

mod change;
mod form;
mod propose;
mod show;
mod test;

use std::io::Write;
use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::out::Out;
use super::session::{self, Session};
use crate::dataset::{JudgeReport, Reader};
use crate::example::Status;
use crate::query::Filter;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset contract support.goldset                           what is asked, and how many break it
  goldset contract support.goldset --test --where status:submitted
  goldset contract support.goldset --propose | goldset contract support.goldset --set -
  goldset contract support.goldset --set answer.schema.json
  goldset contract support.goldset --max-tokens 400 --must-not '(?i)as an ai' --must-not '```'
  goldset contract support.goldset --only task:sql --must ';\\s*$'
  goldset contract support.goldset --drop must --drop only

The file of --set is JSON or TOML, with any of these parts; or a JSON Schema by itself:
  only = { task = [\"sql\"] }              for examples with one of these values of these facets
  schema = { type = \"object\", … }        JSON Schema: the response is JSON that satisfies it
  must_match = [{ pattern = \"…\", about = \"why\" }, \"…\"]     regular expressions that are found
  must_not_match = [\"…\"]                 regular expressions that are not
  allowed = [\"yes\", \"no\"]                the only texts a response may be
  characters = { min = 20, max = 900 }   how long it is, in characters
  tokens = { max = 400 }                 and in tokens
What is judged is the last message of a response; one that only calls tools is not judged.

--json prints one object: contract, examples, others, judged, not_judged, broken, broken_examples,
by_rule; with --test a violation a line: number, id, response, rule, path, line, column, start, end,
sentence (start and end in bytes of the response).
Exit code: 0 done, 1 with --test where a response breaks the contract, 2 not done.";

/// Ask something of every response, and find those that break it
///
/// A contract is a JSON Schema, patterns, allowed answers and bounds, kept with the dataset and
/// judged while one writes. Without more it is shown, as JSON that --set takes. Discarded examples
/// are judged only where --where names a status. Setting one is an action that `goldset undo` turns
/// back; one that can't be judged by is refused, and the place in it is told.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
// Switches are yes or no.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Set the contract that stands in a file (- for the standard input)
    #[arg(long, value_name = "FILE", group = "what")]
    set: Option<PathBuf>,
    /// Take the contract away
    #[arg(long, group = "what", conflicts_with = "Parts")]
    clear: bool,
    /// Judge every response, and list what breaks the contract
    #[arg(long, group = "what", conflicts_with = "Parts")]
    test: bool,
    /// Propose a contract from the responses that are there
    #[arg(long, group = "what", conflicts_with = "Parts")]
    propose: bool,
    /// With --propose: set it at once
    #[arg(long, requires = "propose")]
    accept: bool,
    /// With --propose: allow no other keys than those seen
    #[arg(long, requires = "propose")]
    closed: bool,
    #[command(flatten)]
    parts: change::Parts,
    /// Only the examples that this filter finds; with --propose, facets in it say whom it is for
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, conflicts_with_all = ["set", "clear", "Parts"])]
    filter: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.test {
        test::run(args, out)
    } else if args.propose {
        propose::run(args, session, out)
    } else if args.clear {
        change::clear(args, session, out)
    } else if args.set.is_some() || !args.parts.is_empty() {
        change::set(args, session, out)
    } else {
        show::run(args, out)
    }
}

/// The examples that are judged.
fn filter_of(args: &Args, reader: &Reader) -> Result<Filter> {
    let filter = match &args.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    };
    if filter.names_status() {
        return Ok(filter);
    }
    Ok(filter.and(Filter::status(Status::Discarded).negated()))
}

/// Talk, on the standard error; whoever closed it does not want to hear it.
fn talk(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", harmless(line));
}

/// Tells why tokens were counted otherwise than wanted.
fn tell_problem(report: &JudgeReport) {
    if let Some(problem) = &report.problem {
        talk(&format!("tokens are not counted as the model does: {problem}"));
    }
}

/// What was judged, and with what result.
fn summary(report: &JudgeReport) -> String {
    let judged = plural(report.judged, "response");
    let verdict = match report.broken {
        0 if report.judged == 0 => "there is no response to judge".to_owned(),
        0 if report.judged == 1 => "the one response keeps to the contract".to_owned(),
        0 => format!("all of {judged} keep to the contract"),
        1 => format!("1 of {judged} breaks the contract"),
        broken => format!("{} of {judged} break the contract", thousands(broken)),
    };
    let others = match report.others {
        0 => String::new(),
        others => format!("; it is not for {}", crate::dataset::count_examples(others)),
    };
    format!("{verdict}{others}")
}

/// The figures of judging.
fn figures(report: &JudgeReport) -> serde_json::Map<String, serde_json::Value> {
    let by_rule: serde_json::Map<String, serde_json::Value> =
        report.by_rule.iter().map(|(rule, n)| (rule.as_str().to_owned(), (*n).into())).collect();
    let counts = [
        ("examples", report.examples),
        ("others", report.others),
        ("judged", report.judged),
        ("not_judged", report.not_judged),
        ("broken", report.broken),
        ("broken_examples", report.broken_examples),
    ];
    let mut figures: serde_json::Map<String, serde_json::Value> =
        counts.into_iter().map(|(name, n)| (name.to_owned(), n.into())).collect();
    figures.insert("by_rule".to_owned(), by_rule.into());
    figures
}

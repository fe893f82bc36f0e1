//! `goldset ready`: what a dataset is ready for, gate by gate, and what is to be done next.

mod print;
mod thresholds;

use std::path::PathBuf;

use serde_json::json;

use super::facets::yes_or_no;
use super::failure::{Ending, Failure, Result};
use super::near::neighbours;
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::readiness::{Advice, Answers, Inputs, Pace, Readiness, Thresholds, readiness};
use crate::dataset::pace;

const EXAMPLES: &str = "\
Examples:
  goldset ready support.goldset
  goldset ready support.goldset --wage 45
  goldset ready support.goldset --thresholds
  goldset ready support.goldset --threshold fine_tune=300 --threshold coverage=0.9
  goldset ready support.goldset --threshold coverage=default
  goldset ready support.goldset --json | jq '.lines[] | select(.outcome != \"met\")'

Each line is a gate that must be passed, or advice that stops nothing. What nobody measured is told
as not measured: a gate that is not measured is not passed. Counted are usable examples, those that
are submitted or approved, and of near-duplicates one.

How long the work takes is reckoned by how long it took so far, or else by a guess.

--json prints one object: ready, advice, sentence, lines: [{measure, value, n, threshold, outcome,
is_gate, work: {kind, count}, sentence}], next: {line, work, hours, money} or null (the gate that
costs least to pass), pace: {write, mend, review (minutes each), per_hour}, thresholds. advice is
one of fix_first, retrieve, write_more, few_shot, few_shot_and_retrieval, not_yet, fine_tune;
outcome is met, short or not_measured.
Exit code: 0 ready to fine-tune, 1 not yet.";

/// Say whether a dataset is ready to fine-tune on, and what is missing
///
/// A page of gates: how many usable examples there are, how far targets are reached, what keeps to the
/// contract, how many may be wrong by the blind sample, whether annotators agree, and whether what is
/// tested on was kept apart. Nothing is blended into one score.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Change a threshold of this dataset; again for more of them. "default" takes the change back
    #[arg(long = "threshold", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// List the thresholds and what they mean
    #[arg(long)]
    thresholds: bool,
    /// What an hour of work costs
    #[arg(long, value_name = "MONEY", default_value_t = 0.0, value_parser = money)]
    wage: f64,
    /// Whether answers hang on facts that change
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    facts_change: Option<bool>,
    /// Whether answers have to name their sources
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    must_cite: Option<bool>,
    /// Whether long prompts are too slow or too dear
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    long_prompts_hurt: Option<bool>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// An amount of money.
pub(super) fn money(text: &str) -> std::result::Result<f64, String> {
    let amount: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if amount.is_finite() && amount >= 0.0 { Ok(amount) } else { Err("it is no amount of money".to_owned()) }
}

/// All that is told.
struct Told {
    readiness: Readiness,
    thresholds: Thresholds,
    pace: Pace,
    /// Whether the pace is known from the journal, and no guess.
    is_known: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if !args.set.is_empty() {
        return thresholds::set(args, session, out);
    }
    let reader = session::reader(&args.dataset)?;
    let thresholds = reader.thresholds()?.unwrap_or_default();
    if args.thresholds {
        return thresholds::list(&thresholds, args, out);
    }
    let mut neighbours = neighbours(&reader, &args.dataset, session)?;
    let mut meter = Meter::start();
    let inputs = reader.readiness_inputs(&mut neighbours, &mut |progress| meter.hear(progress))?;
    meter.clear();
    let took = reader.took()?;
    let pace = pace(&took, args.wage);
    let answers = Answers {
        facts_change: args.facts_change,
        must_cite: args.must_cite,
        long_prompts_hurt: args.long_prompts_hurt,
    };
    let readiness = readiness(&Inputs { answers, ..inputs }, &thresholds, &pace)
        .map_err(|error| Failure::Said(error.to_string()))?;
    let is_ready = readiness.advice == Advice::FineTune;
    let is_known = took.minutes(&took.write).is_some();
    let told = Told { readiness, thresholds, pace, is_known };
    if args.json {
        let Readiness { advice, sentence, lines, next } = &told.readiness;
        out.json(&json!({
            "ready": is_ready, "advice": advice, "sentence": sentence, "lines": lines, "next": next,
            "pace": told.pace, "thresholds": told.thresholds,
        }))?;
    } else {
        print::print(&args.dataset.display().to_string(), &told, out)?;
    }
    Ok(Ending::with_findings(!is_ready))
}

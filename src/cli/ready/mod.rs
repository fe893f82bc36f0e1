//! `goldset ready`: what a dataset is ready for, gate by gate, and what is to be done next.

mod print;
mod thresholds;

use std::path::PathBuf;

use serde_json::json;

use super::facets::yes_or_no;
use super::failure::{Ending, Result};
use super::gauges;
use super::near::neighbours;
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::readiness::{Advice, Answers, Readiness};

const EXAMPLES: &str = "\
Examples:
  goldset ready support.goldset
  goldset ready support.goldset --wage 45
  goldset ready support.goldset --thresholds
  goldset ready support.goldset --threshold fine_tune=300 --threshold coverage=0.9
  goldset ready support.goldset --threshold coverage=default
  goldset ready support.goldset --facts-change no --must-cite no --wage 45 --keep
  goldset ready support.goldset --json | jq '.lines[] | select(.outcome != \"met\")'

Each line is a gate that must be passed, or advice that stops nothing. What nobody measured is told
as not measured: a gate that is not measured is not passed. Counted are usable examples, those that
are submitted or approved. The gate of their number counts those that have an answer, and of
near-duplicates one; the others, such as coverage and what is held out, count each, and say so where
there are any.

How long the work takes is reckoned by how long it took so far, or else by a guess. --wage,
--facts-change, --must-cite, --long-prompts-hurt and --tuned go before what is kept of them for this
one time; with --keep they are kept with the dataset, and nothing is measured.

--json prints one object: ready, advice, sentence, lines: [{measure, value, n, threshold, outcome,
is_gate, work: {kind, count}, sentence}], next: {line, work, hours, money} or null (the gate that
costs least to pass), pace: {write, mend, review (minutes each), per_hour}, thresholds, answers,
gauges (as `goldset stats` has them), pairs: {advice, sentence, lines} or null (where nothing is to
be ranked). advice is one of fix_first, retrieve, write_more, few_shot, few_shot_and_retrieval,
not_yet, fine_tune, that of pairs fix_first, tune_first, not_yet, prefer; outcome is met, short or
not_measured.
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
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true, value_parser = money)]
    wage: Option<f64>,
    /// Whether answers hang on facts that change
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    facts_change: Option<bool>,
    /// Whether answers have to name their sources
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    must_cite: Option<bool>,
    /// Whether long prompts are too slow or too dear
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    long_prompts_hurt: Option<bool>,
    /// Whether a model was fine-tuned on examples already, on which preferences build
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    tuned: Option<bool>,
    /// Keep these answers with the dataset
    #[arg(long, conflicts_with_all = ["set", "thresholds"])]
    keep: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// An amount of money.
pub(super) fn money(text: &str) -> std::result::Result<f64, String> {
    let amount: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if amount.is_finite() && amount >= 0.0 { Ok(amount) } else { Err("it is no amount of money".to_owned()) }
}

impl Args {
    /// What was answered on the command line.
    fn answers(&self) -> Answers {
        Answers {
            facts_change: self.facts_change,
            must_cite: self.must_cite,
            long_prompts_hurt: self.long_prompts_hurt,
            is_tuned: self.tuned,
            wage: self.wage,
        }
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if !args.set.is_empty() {
        return thresholds::set(args, session, out);
    }
    if args.keep {
        return thresholds::keep(args, session, out);
    }
    let reader = session::reader(&args.dataset)?;
    if args.thresholds {
        return thresholds::list(&reader.thresholds()?.unwrap_or_default(), args, out);
    }
    let mut neighbours = neighbours(&reader, &args.dataset, session)?;
    let mut meter = Meter::start();
    let measured = reader.measure(&mut neighbours, &mut |progress| meter.hear(progress))?;
    meter.clear();
    let told = reader.assess(&measured, args.answers(), &session.annotator)?;
    let is_ready = told.readiness.advice == Advice::FineTune;
    if args.json {
        let Readiness { advice, sentence, lines, next } = &told.readiness;
        out.json(&json!({
            "ready": is_ready, "advice": advice, "sentence": sentence, "lines": lines, "next": next,
            "pace": told.pace, "thresholds": told.thresholds, "answers": told.answers,
            "gauges": gauges::as_json(&told.gauges), "pairs": told.pairs,
        }))?;
    } else {
        print::print(&args.dataset.display().to_string(), &told, out)?;
    }
    Ok(Ending::with_findings(!is_ready))
}

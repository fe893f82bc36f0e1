//! The lines of a verdict.

use super::inputs::{Counted, Inputs};
use super::line::{Line, Measure, Outcome, Work, WorkKind};
use super::thresholds::Thresholds;
use crate::curation::numbers::{at_least, float};
use crate::curation::proportion::upper_bound;
use crate::curation::sampling::reviews_needed;

const CONFIDENCE: f64 = 0.95;
/// Fewer outputs than these say nothing of facts.
const FEW_OUTPUTS: u64 = 10;

pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

pub(super) fn outcome(is_met: bool) -> Outcome {
    if is_met { Outcome::Met } else { Outcome::Short }
}

fn work(kind: WorkKind, count: u64) -> Option<Work> {
    (count > 0).then_some(Work { kind, count })
}

/// Something of which there must be none.
pub(super) fn none_left(measure: Measure, count: u64, of: u64, called: &str) -> Line {
    Line {
        measure,
        value: Some(float(count)),
        n: of,
        threshold: 0.0,
        outcome: outcome(count == 0),
        is_gate: true,
        work: work(WorkKind::Mend, count),
        sentence: format!("{called}: {count}, and there must be none"),
    }
}

/// Something of which there must be so many.
pub(super) fn so_many(measure: Measure, count: u64, wanted: u64, called: &str) -> Line {
    Line {
        measure,
        value: Some(float(count)),
        n: count,
        threshold: float(wanted),
        outcome: outcome(count >= wanted),
        is_gate: true,
        work: work(WorkKind::Write, wanted.saturating_sub(count)),
        sentence: format!("{count} {called} of {wanted}"),
    }
}

fn coverage(inputs: &Inputs, threshold: f64) -> Line {
    let Counted { x, n } = inputs.coverage;
    let share = inputs.coverage.share();
    let missing = at_least(threshold * float(n)).saturating_sub(x);
    Line {
        measure: Measure::Coverage,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |_| outcome(missing == 0)),
        is_gate: true,
        work: work(WorkKind::Write, missing),
        sentence: match share {
            Some(share) => {
                format!("{} of {n} wanted are there; {} are enough", percent(share), percent(threshold))
            }
            None => "no value has a target: set targets, so that coverage can be told".to_owned(),
        },
    }
}

/// The scarcest of the values that are required; `None` where none is.
fn required(inputs: &Inputs, wanted: u64) -> Option<Line> {
    let (name, fewest) = inputs.required.iter().min_by_key(|(_, n)| *n)?;
    let missing = inputs.required.iter().map(|(_, n)| wanted.saturating_sub(*n)).sum();
    Some(Line {
        measure: Measure::Required,
        value: Some(float(*fewest)),
        n: inputs.usable,
        threshold: float(wanted),
        outcome: outcome(*fewest >= wanted),
        is_gate: true,
        work: work(WorkKind::Write, missing),
        sentence: format!("“{name}” is the scarcest of what is required: {fewest} of {wanted}"),
    })
}

/// `None` where there is no contract.
fn contract(inputs: &Inputs, threshold: f64) -> Option<Line> {
    let share = inputs.contract.share()?;
    let Counted { x, n } = inputs.contract;
    let missing = at_least(threshold * float(n)).saturating_sub(x);
    Some(Line {
        measure: Measure::Contract,
        value: Some(share),
        n,
        threshold,
        outcome: outcome(missing == 0),
        is_gate: true,
        work: work(WorkKind::Mend, missing),
        sentence: format!(
            "{} of {n} keep to the contract; {} are enough",
            percent(share),
            percent(threshold)
        ),
    })
}

fn defects(inputs: &Inputs, thresholds: &Thresholds) -> Line {
    let Counted { x, n } = inputs.defects;
    let needed = reviews_needed(x, thresholds.defects, CONFIDENCE).max(thresholds.reviewed);
    let is_measured = n >= thresholds.reviewed;
    let bound = is_measured.then(|| upper_bound(x, n, CONFIDENCE));
    let more = needed.saturating_sub(n);
    let seen = format!("{x} wrong in {n} reviewed");
    let (outcome, sentence) = match bound {
        None => (
            Outcome::NotMeasured,
            format!(
                "{seen}: not measured before {} are; {more} more without one wrong would do",
                thresholds.reviewed
            ),
        ),
        Some(bound) if bound <= thresholds.defects => {
            (Outcome::Met, format!("{seen}: at most {} are wrong", percent(bound)))
        }
        Some(bound) => (
            Outcome::Short,
            format!("{seen}: up to {} may be wrong; {more} more without one wrong would do", percent(bound)),
        ),
    };
    let work = if outcome == Outcome::Met { None } else { work(WorkKind::Review, more) };
    let (measure, threshold) = (Measure::Defects, thresholds.defects);
    Line { measure, value: bound, n, threshold, outcome, is_gate: true, work, sentence }
}

fn balance(inputs: &Inputs, threshold: f64) -> Option<Line> {
    let balance = inputs.balance?;
    Some(Line {
        measure: Measure::Balance,
        value: Some(balance),
        n: inputs.usable,
        threshold,
        outcome: outcome(balance >= threshold),
        is_gate: false,
        work: None,
        sentence: format!("balance is {balance:.2} where {threshold:.2} is good"),
    })
}

fn new_facts(inputs: &Inputs, threshold: f64) -> Line {
    let (n, share) =
        (inputs.new_facts.n, inputs.new_facts.share().filter(|_| inputs.new_facts.n >= FEW_OUTPUTS));
    Line {
        measure: Measure::NewFacts,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |share| outcome(share <= threshold)),
        is_gate: false,
        work: None,
        sentence: match share {
            Some(share) => format!("{} of {n} outputs name facts that their prompts don't", percent(share)),
            None => format!("too few outputs ({n}) to tell whether facts would have to be learnt"),
        },
    }
}

/// All lines of examples.
pub(super) fn lines(inputs: &Inputs, thresholds: &Thresholds) -> Vec<Line> {
    let mut lines = vec![
        none_left(Measure::Errors, inputs.errors, inputs.usable, "open errors"),
        none_left(Measure::Contradictions, inputs.contradictions, inputs.usable, "open contradictions"),
        so_many(Measure::Usable, inputs.usable, thresholds.fine_tune, "usable examples"),
        coverage(inputs, thresholds.coverage),
    ];
    lines.extend(required(inputs, thresholds.per_required));
    lines.extend(contract(inputs, thresholds.contract));
    lines.push(defects(inputs, thresholds));
    lines.extend(balance(inputs, thresholds.balance));
    lines.push(new_facts(inputs, thresholds.new_facts));
    lines
}

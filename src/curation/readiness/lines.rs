//! The lines of a verdict.

use super::inputs::{Counted, Inputs, Required, RequiredFacet};
use super::line::{About, Line, Measure, Outcome, Work, WorkKind};
use crate::curation::coverage::{Coverage, FacetCoverage, SHARES_OF_NOTHING, ValueCoverage};
use crate::curation::numbers::{at_least, float};
use crate::curation::proportion::upper_bound;
use crate::curation::sampling::reviews_needed;
use crate::example::Thresholds;
use crate::text::count::thousands;
use crate::text::percent;

const CONFIDENCE: f64 = 0.95;
/// Fewer outputs than these say nothing of facts.
const FEW_OUTPUTS: u64 = 10;

pub(super) fn outcome(is_met: bool) -> Outcome {
    if is_met { Outcome::Met } else { Outcome::Short }
}

fn work(kind: WorkKind, count: u64) -> Option<Work> {
    (count > 0).then_some(Work { kind, count })
}

/// Something of which there must be none.
pub(super) fn none_left(measure: Measure, count: u64, of: u64, called: &str) -> Line {
    Line {
        about: None,
        measure,
        value: Some(float(count)),
        n: of,
        threshold: 0.0,
        outcome: outcome(count == 0),
        is_gate: true,
        work: work(WorkKind::Mend, count),
        sentence: format!("{called}: {}, and there must be none", thousands(count)),
    }
}

/// Something of which there must be so many.
pub(super) fn so_many(measure: Measure, count: u64, wanted: u64, called: &str) -> Line {
    Line {
        about: None,
        measure,
        value: Some(float(count)),
        n: count,
        threshold: float(wanted),
        outcome: outcome(count >= wanted),
        is_gate: true,
        work: work(WorkKind::Write, wanted.saturating_sub(count)),
        sentence: format!("{} {called} of {}", thousands(count), thousands(wanted)),
    }
}

fn trainable(inputs: &Inputs, wanted: u64) -> Line {
    let mut line = so_many(Measure::Trainable, inputs.trainable, wanted, "usable examples");
    let left_out =
        [(inputs.duplicates, "nearly the same as one of those"), (inputs.unanswered, "without an answer")];
    for (n, why) in left_out.into_iter().filter(|(n, _)| *n > 0) {
        let are = if n == 1 { "is" } else { "are" };
        line.sentence = format!("{}; {} more {are} {why}", line.sentence, thousands(n));
    }
    line
}

/// The sentence of a gate that counts all usable examples; where some are nearly the same as others it says so,
/// since the gate of their number counts otherwise.
fn of_each(inputs: &Inputs, sentence: String) -> String {
    if inputs.duplicates == 0 { sentence } else { format!("{sentence} (near-duplicates counted too)") }
}

fn coverage(inputs: &Inputs, threshold: f64) -> Line {
    let (n, share) = (inputs.coverage.wanted(), inputs.coverage.share());
    let missing = inputs.coverage.examples_to(threshold);
    Line {
        about: None,
        measure: Measure::Coverage,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |_| outcome(missing == 0)),
        is_gate: true,
        work: work(WorkKind::Write, missing),
        sentence: match share {
            Some(share) => {
                let said = format!(
                    "{} of {} wanted are there; {} are enough",
                    percent::down_to_tenths(share),
                    thousands(n),
                    percent::given(threshold)
                );
                let said = if missing == 0 {
                    said
                } else {
                    format!("{said}, which takes {} more at the least", thousands(missing))
                };
                of_each(inputs, said)
            }
            None if inputs.coverage.has_shares_of_nothing => SHARES_OF_NOTHING.to_owned(),
            None => "no value has a target: set targets, so that coverage can be told".to_owned(),
        },
    }
}

/// How far the values of facets that are required have come, each of which wants so many.
fn required_coverage(facets: &[RequiredFacet], wanted_of: impl Fn(&Required) -> u64) -> Coverage {
    let value = |value: &Required| ValueCoverage {
        name: value.name.clone(),
        usable: value.n,
        target: wanted_of(value),
    };
    let facet = |facet: &RequiredFacet| FacetCoverage {
        name: facet.name.clone(),
        values: facet.values.iter().map(value).collect(),
        of: facet.values.len(),
    };
    Coverage {
        facets: facets.iter().map(facet).collect(),
        cells: Vec::new(),
        several: facets.iter().filter(|facet| facet.several).map(|facet| facet.name.clone()).collect(),
        ..Coverage::default()
    }
}

/// The scarcest of the values that are required; `None` where none is.
fn required(inputs: &Inputs, wanted: u64) -> Option<Line> {
    // Who wants fewer of a value than the threshold is content with those.
    let wanted_of = |value: &Required| value.target.map_or(wanted, |target| target.min(wanted));
    let missing_of = |value: &Required| wanted_of(value).saturating_sub(value.n);
    let share_of = |value: &Required| float(value.n) / float(wanted_of(value).max(1));
    // Of those of which as small a share is there the one that lacks most, and of these the first.
    let values =
        || inputs.required.iter().flat_map(|facet| facet.values.iter().map(move |value| (facet, value)));
    let (facet, scarcest) = values().min_by(|(_, one), (_, other)| {
        share_of(one).total_cmp(&share_of(other)).then_with(|| missing_of(other).cmp(&missing_of(one)))
    })?;
    let (name, n, wanted) = (format!("{}:{}", facet.name, scarcest.name), scarcest.n, wanted_of(scarcest));
    let missing = required_coverage(&inputs.required, wanted_of).examples_missing().unwrap_or(0);
    Some(Line {
        about: Some(About { facet: facet.name.clone(), value: Some(scarcest.name.clone()) }),
        measure: Measure::Required,
        value: Some(float(n)),
        n: inputs.usable,
        threshold: float(wanted),
        outcome: outcome(missing == 0),
        is_gate: true,
        work: work(WorkKind::Write, missing),
        sentence: if missing == 0 {
            of_each(inputs, "every value that is required has enough".to_owned())
        } else {
            let said = format!(
                "“{name}” is the scarcest of what is required: {} of {}",
                thousands(n),
                thousands(wanted)
            );
            of_each(inputs, format!("{said}; all of it takes {} more at the least", thousands(missing)))
        },
    })
}

/// Without a contract it stops nothing.
fn contract(inputs: &Inputs, threshold: f64) -> Line {
    let share = inputs.contract.share();
    let Counted { x, n } = inputs.contract;
    let missing = at_least(threshold * float(n)).saturating_sub(x);
    Line {
        about: None,
        measure: Measure::Contract,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |_| outcome(missing == 0)),
        is_gate: share.is_some(),
        work: work(WorkKind::Mend, missing),
        sentence: match share {
            Some(share) => {
                let (share, threshold) = (percent::down_to_tenths(share), percent::given(threshold));
                of_each(
                    inputs,
                    format!("{share} of {} keep to the contract; {threshold} are enough", thousands(n)),
                )
            }
            None => "no contract says what answers have to be".to_owned(),
        },
    }
}

fn defects(inputs: &Inputs, thresholds: &Thresholds) -> Line {
    let Counted { x, n } = inputs.defects;
    let needed = reviews_needed(x, thresholds.defects, CONFIDENCE).max(thresholds.reviewed);
    let is_measured = n >= thresholds.reviewed;
    let bound = is_measured.then(|| upper_bound(x, n, CONFIDENCE));
    let missing = needed.saturating_sub(n);
    let more = thousands(missing);
    let seen = format!("{} wrong in {} reviewed", thousands(x), thousands(n));
    let (outcome, sentence) = match bound {
        None => (
            Outcome::NotMeasured,
            format!(
                "{seen}: not measured before {} are; {more} more without one wrong would do",
                thousands(thresholds.reviewed)
            ),
        ),
        Some(bound) if bound <= thresholds.defects => {
            (Outcome::Met, format!("{seen}: at most {} are wrong", percent::up_to_tenths(bound)))
        }
        Some(bound) => (
            Outcome::Short,
            format!(
                "{seen}: up to {} may be wrong; {more} more without one wrong would do",
                percent::up_to_tenths(bound)
            ),
        ),
    };
    let work = if outcome == Outcome::Met { None } else { work(WorkKind::Review, missing) };
    let (measure, threshold) = (Measure::Defects, thresholds.defects);
    Line { about: None, measure, value: bound, n, threshold, outcome, is_gate: true, work, sentence }
}

fn balance(inputs: &Inputs, threshold: f64) -> Line {
    let worst = inputs.balance.as_ref();
    Line {
        about: worst.map(|(facet, _)| About { facet: facet.clone(), value: None }),
        measure: Measure::Balance,
        value: worst.map(|(_, balance)| *balance),
        n: inputs.usable,
        threshold,
        outcome: worst.map_or(Outcome::NotMeasured, |(_, balance)| outcome(*balance >= threshold)),
        is_gate: false,
        work: None,
        sentence: match worst {
            Some((name, balance)) => {
                format!("the balance of {name}, the worst, is {balance:.2} where {threshold:.2} is good")
            }
            None => "no facet has values that should be in balance".to_owned(),
        },
    }
}

/// Where only one person judged, it stops nothing.
fn agreement(inputs: &Inputs, threshold: f64) -> Line {
    let (alpha, pairs) = inputs.agreement.unzip();
    Line {
        about: None,
        measure: Measure::Agreement,
        value: alpha,
        n: pairs.unwrap_or(0),
        threshold,
        outcome: alpha.map_or(Outcome::NotMeasured, |alpha| outcome(alpha >= threshold)),
        is_gate: alpha.is_some(),
        work: None,
        sentence: match inputs.agreement {
            Some((alpha, pairs)) => format!(
                "annotators agree by {alpha:.2} (Krippendorff's alpha of {} pairs of responses that two people judged, whatever the status); {threshold:.2} is enough",
                thousands(pairs)
            ),
            None => "too little was judged by two people to tell how far they agree".to_owned(),
        },
    }
}

fn held_out(inputs: &Inputs, wanted: u64) -> Line {
    let n = inputs.held_out;
    Line {
        about: None,
        measure: Measure::HeldOut,
        value: Some(float(n)),
        n: inputs.usable,
        threshold: float(wanted),
        outcome: outcome(n >= wanted),
        is_gate: true,
        // of what is there: more than that has to be written first, which other gates ask for
        work: work(WorkKind::HoldOut, wanted.saturating_sub(n).min(inputs.usable.saturating_sub(n))),
        sentence: of_each(
            inputs,
            format!(
                "{} of the usable examples are kept from training to test on; {} are enough",
                thousands(n),
                thousands(wanted)
            ),
        ),
    }
}

/// Where nothing is held out, nothing can leak.
fn leaks(inputs: &Inputs) -> Line {
    match inputs.leaks {
        Some(leaks) => Line {
            work: None,
            ..none_left(Measure::Leaks, leaks, inputs.usable, "groups of like prompts in several splits")
        },
        None => Line {
            about: None,
            measure: Measure::Leaks,
            value: None,
            n: inputs.usable,
            threshold: 0.0,
            outcome: Outcome::NotMeasured,
            is_gate: false,
            work: None,
            sentence: "nothing is split, so nothing can leak".to_owned(),
        },
    }
}

fn new_facts(inputs: &Inputs, threshold: f64) -> Line {
    let (n, share) =
        (inputs.new_facts.n, inputs.new_facts.share().filter(|_| inputs.new_facts.n >= FEW_OUTPUTS));
    Line {
        about: None,
        measure: Measure::NewFacts,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |share| outcome(share <= threshold)),
        is_gate: false,
        work: None,
        sentence: match share {
            Some(share) => {
                format!(
                    "{} of {} outputs name facts that their prompts don't",
                    percent::up_to_tenths(share),
                    thousands(n)
                )
            }
            None if n > 0 => {
                format!("too few outputs ({n}) to tell whether facts would have to be learnt")
            }
            None => "nobody looked whether answers name facts that their prompts don't".to_owned(),
        },
    }
}

/// All lines of examples.
pub(super) fn lines(inputs: &Inputs, thresholds: &Thresholds) -> Vec<Line> {
    let mut lines = vec![
        none_left(Measure::Flags, inputs.flags, inputs.usable, "examples with an open flag"),
        none_left(
            Measure::Contradictions,
            inputs.contradictions,
            inputs.usable,
            "questions answered in contradictory ways",
        ),
        trainable(inputs, thresholds.fine_tune),
        coverage(inputs, thresholds.coverage),
    ];
    lines.extend(required(inputs, thresholds.per_required));
    lines.extend([
        contract(inputs, thresholds.contract),
        defects(inputs, thresholds),
        agreement(inputs, thresholds.agreement),
        held_out(inputs, thresholds.held_out),
        leaks(inputs),
        balance(inputs, thresholds.balance),
        new_facts(inputs, thresholds.new_facts),
    ]);
    lines
}

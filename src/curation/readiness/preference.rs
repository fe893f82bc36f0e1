//! The verdict on pairs of a better and a worse response.

use serde::Serialize;

use super::inputs::Pairs;
use super::line::{Line, Measure, Outcome};
use super::lines::{none_left, outcome, so_many};
use crate::curation::numbers::float;
use crate::curation::proportion::wilson;
use crate::example::{ThresholdError, Thresholds};
use crate::text::count::thousands;
use crate::text::percent;

/// What to do with the pairs that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairAdvice {
    /// Mend what is wrong first.
    FixFirst,
    /// Fine-tune on examples first: preference tuning starts from that.
    TuneFirst,
    /// A gate fails.
    NotYet,
    /// Tune on preferences, as by DPO.
    Prefer,
}

/// What pairs are ready for, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairReadiness {
    /// What to do.
    pub advice: PairAdvice,
    /// That in a sentence.
    pub sentence: String,
    /// What it is made of.
    pub lines: Vec<Line>,
}

/// What pairs are ready for.
///
/// # Errors
/// Where thresholds can't be used.
pub fn pair_readiness(pairs: &Pairs, thresholds: &Thresholds) -> Result<PairReadiness, ThresholdError> {
    thresholds.check()?;
    let lines = vec![
        none_left(Measure::Contradictions, pairs.contradictions, pairs.pairs, "open contradictions"),
        decided(pairs, thresholds.pairs),
        same_again(pairs, thresholds.same_again),
        longer_wins(pairs, thresholds.longer_wins),
    ];
    let stopping = lines.iter().filter(|line| line.stops()).count();
    let (advice, sentence) = match stopping {
        _ if pairs.contradictions > 0 => (PairAdvice::FixFirst, "mend the contradictions first".to_owned()),
        _ if !pairs.is_tuned => {
            (PairAdvice::TuneFirst, "fine-tune on examples first: preferences build on that".to_owned())
        }
        0 => (
            PairAdvice::Prefer,
            format!("tune on preferences: {} pairs and every gate passed", thousands(pairs.pairs)),
        ),
        _ => (PairAdvice::NotYet, format!("not yet: gates not passed: {stopping}")),
    };
    Ok(PairReadiness { advice, sentence, lines })
}

fn decided(pairs: &Pairs, wanted: u64) -> Line {
    let (n, of) = (thousands(pairs.pairs), thousands(wanted));
    let sentence = format!("pairs that all rankings of a usable example together decide: {n} of {of}");
    Line { sentence, ..so_many(Measure::Pairs, pairs.pairs, wanted, "pairs") }
}

fn same_again(pairs: &Pairs, threshold: f64) -> Line {
    let (n, share) = (pairs.same_again.n, pairs.same_again.share());
    Line {
        about: None,
        measure: Measure::SameAgain,
        value: share,
        n,
        threshold,
        outcome: share.map_or(Outcome::NotMeasured, |share| outcome(share >= threshold)),
        is_gate: true,
        work: None,
        sentence: match share {
            Some(share) => {
                format!(
                    "judged twice by the same person, {} of {} pairs stay the same",
                    percent::down_to_tenths(share),
                    thousands(n)
                )
            }
            None => "no pair was judged twice by the same person: show some again".to_owned(),
        },
    }
}

fn longer_wins(pairs: &Pairs, threshold: f64) -> Line {
    let (n, share) = (pairs.longer_wins.n, pairs.longer_wins.share());
    let upper = share.map(|_| wilson(float(pairs.longer_wins.x), float(n), 0.95).high);
    Line {
        about: None,
        measure: Measure::LongerWins,
        value: upper,
        n,
        threshold,
        outcome: upper.map_or(Outcome::NotMeasured, |upper| outcome(upper <= threshold)),
        is_gate: true,
        work: None,
        sentence: match (share, upper) {
            (Some(share), Some(upper)) => {
                format!(
                    "the longer one wins {} of {} pairs, each counted for every person who judged it, up to {} with chance",
                    percent::near_to_tenths(share),
                    thousands(n),
                    percent::up_to_tenths(upper)
                )
            }
            _ => "no pair differs in length".to_owned(),
        },
    }
}

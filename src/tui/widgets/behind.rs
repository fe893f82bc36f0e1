//! The way from a number to the examples that are behind it.

use crate::curation::gauges::Word;
use crate::curation::sampling::Decision;
use crate::dataset::{Findings, SampleProgress};
use crate::text::count::thousands;
use crate::tui::effect::{Effect, Place, Shared};
use crate::tui::widgets::sampling;

/// More examples than these are not listed by their numbers: the filter would be longer than it can be.
const LISTED: usize = 200;

/// Lists these examples; where there are none it says so.
pub fn list(ids: &[i64], none: &str) -> Vec<Effect> {
    if ids.is_empty() {
        return Effect::only_look(none);
    }
    let shown: Vec<String> = ids.iter().take(LISTED).map(i64::to_string).collect();
    let mut effects = vec![Effect::Go(Place::Browse(Some(format!("id:{}", shown.join(",")))))];
    if ids.len() > LISTED {
        let all = thousands(ids.len() as u64);
        effects.extend(Effect::only_look(format!(
            "these are the first {LISTED} of {all}: mend some, and the next ones come"
        )));
    }
    effects
}

/// The sample whose reviews say how many are wrong: one that is under way, or else the last one.
pub fn sample(shared: &Shared) -> Option<&SampleProgress> {
    let is_open = |sample: &&SampleProgress| sample.verdict.decision == Decision::GoOn;
    shared.samples.iter().rev().find(is_open).or(shared.samples.last())
}

/// To the reviews of that sample; where there is none, to drawing one.
pub fn reviews(shared: &Shared) -> Vec<Effect> {
    match sample(shared) {
        Some(sample) => vec![Effect::Go(Place::Review(Some(sample.name.clone())))],
        None => sampling::ask(),
    }
}

/// To what is behind a gauge.
pub fn gauge(word: Word, findings: Option<&Findings>, shared: &Shared) -> Vec<Effect> {
    match (word, findings) {
        (Word::Coverage, _) => vec![Effect::Go(Place::Coverage)],
        (Word::Balance, _) => vec![Effect::Go(Place::Balance)],
        (Word::Consistency, Some(findings)) => list(
            &findings.inconsistent(),
            "nothing inconsistent was found: no answer breaks the contract or contradicts a like one",
        ),
        // There it is measured.
        (Word::Consistency, None) => vec![Effect::Go(Place::Readiness)],
        (Word::Quality, _) => reviews(shared),
    }
}

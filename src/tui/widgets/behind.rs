//! The way from a number to the examples that are behind it.

use crate::curation::diversity::worst;
use crate::curation::gauges::Word;
use crate::curation::sampling::Decision;
use crate::dataset::{Findings, SampleProgress};
use crate::text::count::thousands;
use crate::tui::effect::{Effect, Place, Shared, Spot};
use crate::tui::widgets::sampling;

/// More examples than these are not listed by their numbers, neighbours counted once: the filter would be longer
/// than it can be.
const LISTED: usize = 200;

/// Lists these examples; where there are none it says so.
pub fn list(ids: &[i64], none: &str) -> Vec<Effect> {
    if ids.is_empty() {
        return Effect::only_look(none);
    }
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let runs: Vec<&[i64]> = ids.chunk_by(|id, next| id + 1 == *next).collect();
    let shown: usize = runs.iter().take(LISTED).map(|run| run.len()).sum();
    let told = runs.iter().take(LISTED).filter_map(|run| match run {
        [] => None,
        [id] => Some(id.to_string()),
        [first, .., last] => Some(format!("{first}..{last}")),
    });
    let filter = format!("id:{}", told.collect::<Vec<_>>().join(","));
    let mut effects = vec![Effect::Go(Place::Browse(Some(filter)))];
    if shown < ids.len() {
        let (shown, all) = (thousands(shown as u64), thousands(ids.len() as u64));
        effects.extend(Effect::only_look(format!("these are the first {shown} of {all}")));
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
        (Word::Coverage, _) => vec![Effect::Go(Place::Coverage(None))],
        (Word::Balance, _) => {
            let worst = worst(&shared.counts, &shared.definitions.facets);
            vec![Effect::Go(Place::Balance(worst.map(|worst| Spot::Facet(worst.facet.name.clone()))))]
        }
        (Word::Consistency, Some(findings)) => list(
            &findings.inconsistent(),
            "nothing inconsistent was found: no answer breaks the contract or contradicts a like one",
        ),
        // There it is measured.
        (Word::Consistency, None) => vec![Effect::Go(Place::Readiness)],
        (Word::Quality, _) => reviews(shared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(ids: &[i64]) -> String {
        match list(ids, "none").first() {
            Some(Effect::Go(Place::Browse(Some(filter)))) => filter.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn neighbours_are_one_range() {
        assert_eq!(filter(&[12, 4, 10, 11, 4, 20, 21]), "id:4,10..12,20..21");
        assert!(matches!(list(&[], "none").as_slice(), [Effect::Say(_, said)] if said == "none"));
    }

    #[test]
    fn what_is_too_much_for_a_filter_is_told() {
        let odd: Vec<i64> = (0..1_000).map(|n| 2 * n + 1).collect();
        assert!(filter(&odd).ends_with(",399"));
        assert!(
            matches!(list(&odd, "none").as_slice(), [_, Effect::Say(_, said)] if said.contains("200 of 1,000"))
        );
        assert_eq!(list(&(1..100_000).collect::<Vec<_>>(), "none").len(), 1, "one range holds them all");
    }
}

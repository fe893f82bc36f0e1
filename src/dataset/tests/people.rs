//! Several people at one dataset, for the tests of ranking and review.

use std::path::Path;

use super::steps;
use crate::dataset::{Dataset, Decision, Done, Result, Verb};
use crate::example::{Details, Example, Protocol, Ranking, Standing, Status, Uuid};

/// A dataset that wants so many rankings, with one example of two responses by nobody.
pub fn wanting(folder: &Path, rankings: u32) -> Dataset {
    let mut dataset = steps::dataset(folder);
    let protocol = Protocol { rankings, ..Protocol::default() };
    dataset.perform(&Verb::SetProtocol(Some(Box::new(protocol)))).unwrap();
    dataset.perform(&Verb::Create(Box::new(steps::example(2)))).unwrap();
    dataset
}

pub fn may_review_own(dataset: &mut Dataset) {
    let protocol = Protocol { own_work: true, ..Protocol::default() };
    dataset.perform(&Verb::SetProtocol(Some(Box::new(protocol)))).unwrap();
}

/// Does it as that person.
pub fn by(dataset: &mut Dataset, name: &str, verb: &Verb) -> Result<Done> {
    dataset.set_annotator(name).unwrap();
    dataset.perform(verb)
}

pub fn first(dataset: &Dataset) -> Example {
    example(dataset, 1)
}

pub fn example(dataset: &Dataset, id: i64) -> Example {
    dataset.reader().unwrap().example(id).unwrap().unwrap()
}

pub fn status(dataset: &Dataset) -> Status {
    first(dataset).status
}

fn ids(dataset: &Dataset) -> Vec<Uuid> {
    first(dataset).responses.iter().map(|response| response.id).collect()
}

/// A ranking of the first example: its responses as they stand, or turned round.
pub fn order(dataset: &Dataset, turned: bool) -> Vec<Vec<Uuid>> {
    let mut ids = ids(dataset);
    if turned {
        ids.reverse();
    }
    ids.into_iter().map(|id| vec![id]).collect()
}

pub fn rank(dataset: &Dataset, turned: bool) -> Verb {
    let tiers = order(dataset, turned);
    let (bad, presented) = (Vec::new(), Vec::new());
    Verb::Rank { example: 1, tiers, bad, presented, details: Box::default(), submit: true }
}

pub fn cannot() -> Verb {
    let details = Details { cannot: Some("not my subject".to_owned()), ..Details::default() };
    let (tiers, bad, presented) = (Vec::new(), Vec::new(), Vec::new());
    Verb::Rank { example: 1, tiers, bad, presented, details: Box::new(details), submit: true }
}

pub fn review(decision: Decision) -> Verb {
    Verb::Review { example: 1, decision }
}

pub fn overrule(dataset: &Dataset, turned: bool) -> Verb {
    let (bad, presented) = (Vec::new(), Vec::new());
    let (reason, note) = (String::new(), String::new());
    review(Decision::Overrule { tiers: order(dataset, turned), bad, presented, reason, note })
}

pub fn send_back(to: &[&str]) -> Verb {
    let to = to.iter().map(|name| (*name).to_owned()).collect();
    review(Decision::Return { reason: "mistake".to_owned(), note: String::new(), to })
}

pub fn call(name: &str, standing: Standing) -> Verb {
    Verb::SetStanding { example: 1, annotator: name.to_owned(), standing }
}

/// Who ranked the first example, and what their rankings stand for.
pub fn standings(dataset: &Dataset) -> Vec<(String, Standing)> {
    let of = |ranking: &Ranking| (ranking.annotator.clone(), ranking.details.standing);
    first(dataset).rankings.iter().map(of).collect()
}

/// Another example of two responses.
pub fn another(dataset: &mut Dataset) -> i64 {
    dataset.perform(&Verb::Create(Box::new(steps::example(2)))).unwrap().example.unwrap()
}

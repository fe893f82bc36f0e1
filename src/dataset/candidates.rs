//! Failing answers of a model as candidates: which of them may stand beside the right answer, to be ranked
//! against it.

use rusqlite::Connection;

use super::Result;
use crate::example::{Example, Round, Split, Status, Tag, TestTag, Tested};
use crate::store;

/// Examples that are read at a time.
const PORTION: usize = 512;

/// The failing answers of a round, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidates {
    /// Answers that may be added: the example's number and the text.
    pub answers: Vec<(i64, String)>,
    /// Left because the example is in the test or validation split: what a model is measured by must not
    /// teach it.
    pub held_out: u64,
    /// Left because a response of the example says the same already.
    pub same: u64,
    /// Left because the example has no answer yet that it could be ranked against.
    pub unanswered: u64,
    /// Left because the example is discarded.
    pub discarded: u64,
}

/// What is to be done with an answer.
enum Verdict {
    Add,
    HeldOut,
    Same,
    Unanswered,
    Discarded,
}

fn verdict(example: &Example, answer: &str) -> Verdict {
    let mut answered = example.responses.iter().filter(|response| !response.is_blank()).peekable();
    if matches!(example.split, Some(Split::Test | Split::Validation)) {
        Verdict::HeldOut
    } else if example.status == Status::Discarded {
        Verdict::Discarded
    } else if answered.peek().is_none() {
        Verdict::Unanswered
    } else if answered.any(|response| response.text().trim() == answer) {
        Verdict::Same
    } else {
        Verdict::Add
    }
}

impl Candidates {
    /// What becomes of the failing answers of a round, as the examples are now, to tests that carry all of these
    /// tags. Tests about no example, and those without an answer, have none.
    pub(super) fn of(connection: &Connection, round: &Round, tags: &[Tag]) -> Result<Self> {
        let failing = round.results.iter().filter(|result| !result.passed);
        let mut answers: Vec<(i64, &str, &[TestTag])> = failing
            .filter_map(|result| match (&result.about, &result.answer) {
                (Tested::Example(example), Some(answer)) => {
                    Some((*example, answer.trim(), result.tags.as_slice()))
                }
                _ => None,
            })
            .filter(|(_, answer, _)| !answer.is_empty())
            .collect();
        answers.sort_by_key(|(example, ..)| *example);
        let mut found = Self::default();
        for portion in answers.chunks(PORTION) {
            let ids: Vec<i64> = portion.iter().map(|(example, ..)| *example).collect();
            let examples = store::examples(connection, &ids)?;
            for (number, answer, of_test) in portion {
                let Ok(at) = examples.binary_search_by_key(number, |(there, _)| *there) else { continue };
                let Some((_, example)) = examples.get(at) else { continue };
                let carries = |tag: &Tag| {
                    example.tags.contains(tag) || of_test.iter().any(|of_test| of_test.tag() == *tag)
                };
                if !tags.iter().all(carries) {
                    continue;
                }
                match verdict(example, answer) {
                    Verdict::Add => found.answers.push((*number, (*answer).to_owned())),
                    Verdict::HeldOut => found.held_out += 1,
                    Verdict::Same => found.same += 1,
                    Verdict::Unanswered => found.unanswered += 1,
                    Verdict::Discarded => found.discarded += 1,
                }
            }
        }
        Ok(found)
    }

    /// What was left and why, in words; empty where nothing was.
    pub fn left(&self) -> String {
        let parts = [
            (self.held_out, "held out as test or validation"),
            (self.same, "said by a response already"),
            (self.unanswered, "on examples without an answer to rank them against"),
            (self.discarded, "on discarded examples"),
        ];
        let told = parts.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}"));
        told.collect::<Vec<_>>().join(", ")
    }
}

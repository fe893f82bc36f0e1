//! The sets of examples that figures are over. Each has a word, and a figure is over the set whose word stands
//! beside it.
//!
//! - *Examples*, without more, are all that there are, discarded ones too.
//! - *Kept* are those that are not discarded.
//! - *Usable* are those submitted or approved: coverage, balance, gaps, lengths, pairs, gates.
//! - *Trainable* are the usable ones that have an answer: the only ones that can be learnt from, so that the number
//!   of examples that `ready` asks for, and what counts as finished in the pace of the work, are of these.
//! - *To train on* are the trainable ones that are not held out for validation or test: what training costs, what
//!   few are picked from, and what stands behind a slice that fails.
//! - *Ranked* are all examples with a ranking, whatever their status: agreement and habits say something of people,
//!   who judged alike whether or not the example was taken.

use super::{Reader, Result};
use crate::query::Filter;

const USABLE: &str = "status:submitted,approved";
const TRAINABLE: &str = "status:submitted,approved -is:blank";
const TO_TRAIN_ON: &str = "status:submitted,approved -is:blank -split:validation,test";

impl Reader {
    /// The usable examples: submitted or approved.
    pub fn usable(&self) -> Result<Filter> {
        self.filter(USABLE)
    }

    /// The usable examples that have an answer.
    pub fn trainable(&self) -> Result<Filter> {
        self.filter(TRAINABLE)
    }

    /// The trainable examples that are not held out for validation or test.
    pub fn to_train_on(&self) -> Result<Filter> {
        self.filter(TO_TRAIN_ON)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::steps::{dataset, example};
    use super::super::{Selection, Verb};
    use crate::example::{Split, Status};

    #[test]
    fn what_is_learnt_from_is_usable_answered_and_not_held_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        for responses in [1, 0, 1, 1] {
            dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
        }
        for on in [1, 2, 3].map(Selection::One) {
            dataset.perform(&Verb::SetStatus { on, status: Status::Approved }).unwrap();
        }
        dataset.perform(&Verb::SetSplit { on: Selection::One(3), split: Some(Split::Test) }).unwrap();
        let reader = dataset.reader().unwrap();
        let ids = |filter: super::Result<super::Filter>| reader.all_ids(&filter.unwrap()).unwrap();
        assert_eq!(ids(reader.usable()), [1, 2, 3]);
        assert_eq!(ids(reader.trainable()), [1, 3]);
        assert_eq!(ids(reader.to_train_on()), [1]);
        let counts = reader.counts().unwrap();
        assert_eq!([counts.total(), counts.usable(), counts.trainable()], [4, 3, 2]);
    }
}

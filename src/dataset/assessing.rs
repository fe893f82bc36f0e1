//! What a dataset is ready for, with all that stands on that page: the verdict, the gauges, the work that is
//! left, the tokens to train on.

use super::gauging::gauges;
use super::readying::pace;
use super::{Error, Left, Measured, OnProgress, Progress, Reader, Result};
use crate::curation::cost::{Epochs, Training};
use crate::curation::gauges::Gauge;
use crate::curation::readiness::{
    Answers, Inputs, Pace, PairReadiness, Pairs, Readiness, Thresholds, pair_readiness, readiness,
};
use crate::example::{Contract, Model, SplitPlan};
use crate::store;

/// Examples whose tokens are counted; of more, so many are drawn evenly.
const COUNTED: usize = 2_000;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// What it is ready for.
    pub readiness: Readiness,
    /// What its pairs are ready for, where anything is to be ranked.
    pub pairs: Option<PairReadiness>,
    /// The four gauges.
    pub gauges: [Gauge; 4],
    /// From where on it is ready.
    pub thresholds: Thresholds,
    /// What whoever makes it answered.
    pub answers: Answers,
    /// How long the work takes.
    pub pace: Pace,
    /// Whether that is known from the journal, and no guess.
    pub is_pace_known: bool,
    /// What is left to write, to rank and to review.
    pub left: [Left; 3],
}

/// What is trained on, before it is known how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trained {
    /// The examples and their tokens.
    pub training: Training,
    /// Whether only some of them were counted, or not as the model counts them.
    pub is_about: bool,
}

/// What a measurement hangs on: as long as it is the same, so is what was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// The last line of the journal that is no setting's.
    change: i64,
    contract: Option<Contract>,
    model: Option<Model>,
    plan: Option<SplitPlan>,
}

impl Assessment {
    /// By what the hours of work are reckoned.
    pub fn pace_told(&self) -> &'static str {
        if self.is_pace_known { "by how long it took so far" } else { "by a guess: little was done yet" }
    }
}

impl Reader {
    /// What measurements of the dataset hang on.
    pub fn ground(&self) -> Result<Ground> {
        Ok(Ground {
            change: store::last_change_of_examples(&self.connection)?,
            contract: self.contract()?,
            model: store::setting(&self.connection)?,
            plan: self.split_plan()?,
        })
    }

    /// Says what was measured: the verdict by the thresholds and answers that are kept, those of `said` going
    /// before them.
    pub fn assess(&self, measured: &Measured, said: Answers, annotator: &str) -> Result<Assessment> {
        let thresholds = self.thresholds()?.unwrap_or_default();
        let answers = said.over(self.answers()?.unwrap_or_default());
        answers.check()?;
        let took = self.took()?;
        let pace = pace(&took, answers.wage.unwrap_or(0.0));
        let inputs = Inputs { answers, ..measured.inputs.clone() };
        let pairs = measured.pairs.map(|pairs| {
            pair_readiness(&Pairs { is_tuned: answers.is_tuned == Some(true), ..pairs }, &thresholds)
        });
        let clean = Some(measured.findings.clean(measured.inputs.usable, measured.inputs.unanswered));
        let (counts, facets) = (self.counts()?, self.definitions()?.facets);
        Ok(Assessment {
            readiness: readiness(&inputs, &thresholds, &pace)?,
            pairs: pairs.transpose()?,
            gauges: gauges(&counts, &facets, &self.samples()?, clean, &thresholds),
            is_pace_known: took.minutes(&took.write).is_some(),
            left: self.left(annotator)?,
            thresholds,
            answers,
            pace,
        })
    }

    /// The tokens of what is to be trained on. Of many examples some are counted, drawn
    /// evenly, and the rest is reckoned by them.
    pub fn trained(&self, on_progress: OnProgress<'_>) -> Result<Trained> {
        let ids = self.all_ids(&self.to_train_on()?)?;
        let counter = self.counter()?;
        let drawn = evenly(&ids, COUNTED);
        let total = Some(drawn.len() as u64);
        let (mut lengths, mut is_exact) = (Vec::with_capacity(drawn.len()), true);
        for (done, &id) in (0..).zip(&drawn) {
            if !on_progress(Progress { step: "counting tokens", done, total }) {
                return Err(Error::Stopped);
            }
            let Some(example) = self.example(id)? else { continue };
            let tokens = counter.example(&example);
            is_exact &= tokens.exact;
            lengths.push(tokens.conversation);
        }
        let mut training = Training::of(&lengths, counter.limit().unwrap_or(u64::MAX), Epochs::Fixed(3));
        let all = ids.len() as u64;
        if training.examples > 0 && training.examples < all {
            let tokens = u128::from(training.tokens) * u128::from(all) / u128::from(training.examples);
            training.tokens = u64::try_from(tokens).unwrap_or(u64::MAX);
            training.examples = all;
            is_exact = false;
        }
        Ok(Trained { training, is_about: !is_exact })
    }
}

/// So many of them, as evenly as can be.
pub(super) fn evenly(ids: &[i64], most: usize) -> Vec<i64> {
    if ids.len() <= most {
        return ids.to_vec();
    }
    (0..most).filter_map(|at| ids.get(at * ids.len() / most).copied()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::steps::{dataset, example};
    use super::super::{Neighbours, Selection, Verb};
    use super::*;
    use crate::example::{Pattern, Status};

    #[test]
    fn few_are_drawn_evenly_from_many() {
        assert_eq!(evenly(&[1, 2, 3], 3), [1, 2, 3]);
        assert_eq!(evenly(&[1, 2, 3, 4, 5, 6, 7], 3), [1, 3, 5]);
        assert_eq!(evenly(&[1, 2], 0), [0; 0]);
    }

    #[test]
    fn thresholds_and_answers_change_no_measure_and_what_is_measured_does() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        let reader = dataset.reader().unwrap();
        let before = reader.ground().unwrap();
        let thresholds = Thresholds { fine_tune: 90, ..Thresholds::default() };
        dataset.perform(&Verb::SetThresholds(Some(Box::new(thresholds)))).unwrap();
        let answers = Answers { wage: Some(30.0), ..Answers::default() };
        dataset.perform(&Verb::SetAnswers(Some(Box::new(answers)))).unwrap();
        assert_eq!(reader.ground().unwrap(), before);
        let wrong = Answers { wage: Some(f64::NAN), ..answers };
        assert!(dataset.perform(&Verb::SetAnswers(Some(Box::new(wrong)))).is_err());
        let contract = Contract { must_match: vec![Pattern::new("x")], ..Contract::default() };
        dataset.perform(&Verb::SetContract(Some(Box::new(contract)))).unwrap();
        let contracted = reader.ground().unwrap();
        assert_ne!(contracted, before);
        let on = Selection::One(1);
        dataset.perform(&Verb::SetStatus { on, status: Status::Approved }).unwrap();
        assert_ne!(reader.ground().unwrap(), contracted);
    }

    #[test]
    fn what_was_answered_for_once_goes_before_what_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let answers = Answers { wage: Some(30.0), must_cite: Some(true), ..Answers::default() };
        dataset.perform(&Verb::SetAnswers(Some(Box::new(answers)))).unwrap();
        let reader = dataset.reader().unwrap();
        let measured = reader.measure(&mut Neighbours::new(), &mut |_| true).unwrap();
        let said = Answers { must_cite: Some(false), ..Answers::default() };
        let told = reader.assess(&measured, said, "ana").unwrap();
        assert_eq!(told.answers, Answers { must_cite: Some(false), ..answers });
        assert!((told.pace.per_hour - 30.0).abs() < 1e-12);
    }
}

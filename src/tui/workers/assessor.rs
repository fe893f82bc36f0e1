//! The assessor: measures what the dataset is ready for, and keeps that as long as the dataset is the same; a
//! change of a threshold or of an answer needs no new measuring. It also picks few examples for a prompt.

use std::path::PathBuf;

use super::super::assessing::{Assessed, Few, PricesFrom, Wanted};
use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::{Stops, failed, guarded, telling};
use crate::curation::fewshot::Wish;
use crate::curation::readiness::Answers;
use crate::dataset::{Error, Ground, Measured, Neighbours, Progress, Reader, Result, Trained};

/// More examples than these are measured only for who asks for it.
const LARGE: u64 = 20_000;
/// So many are looked at for a prompt.
const AMONG: usize = 2_000;

/// Something for the assessor.
#[derive(Debug)]
pub struct AssessJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What.
    pub task: AssessTask,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssessTask {
    /// What the dataset is ready for, for that annotator; the number says which question it is.
    Assess(u64, Wanted, String),
    /// So many examples for a prompt.
    Pick(usize),
}

/// What was measured, and of what.
struct Known {
    ground: Ground,
    measured: Measured,
    trained: Trained,
}

/// What says what the dataset is ready for.
pub struct Assessor {
    reader: Reader,
    neighbours: Neighbours,
    prices: Option<PathBuf>,
    stops: Stops,
    known: Option<Known>,
}

impl Assessor {
    /// An assessor that takes its prices from that file, where it is there.
    pub fn new(reader: Reader, prices: Option<PathBuf>, stops: Stops) -> Self {
        Self { reader, neighbours: Neighbours::new(), prices, stops, known: None }
    }

    /// Answers a question. One that a newer one follows gets no answer.
    pub fn handle(&mut self, job: AssessJob, emit: &mut dyn FnMut(Message)) {
        let AssessJob { screen, generation, task } = job;
        let done = match task {
            AssessTask::Assess(number, wanted, annotator) => {
                let done = guarded("measuring", || {
                    match self.assess((screen, generation), number, wanted, &annotator, emit) {
                        // It is stopped by what is asked next.
                        Err(Error::Stopped) => Ok(()),
                        done => done,
                    }
                });
                done.map(|()| None)
            }
            AssessTask::Pick(most) => guarded("picking examples", || self.pick(most))
                .map(|few| Some(Answer::Picked(generation, few))),
        };
        match done {
            Ok(answer) => answer.into_iter().for_each(|answer| emit(Message::Answer(screen, answer))),
            Err(sentence) => emit(failed(screen, generation, sentence)),
        }
    }

    fn assess(
        &mut self,
        (screen, generation): (ScreenId, Generation),
        number: u64,
        wanted: Wanted,
        annotator: &str,
        emit: &mut dyn FnMut(Message),
    ) -> Result<()> {
        let stops = self.stops.clone();
        let ground = self.reader.ground()?;
        let is_same = self.known.as_ref().is_some_and(|known| known.ground == ground);
        let is_wanted = match wanted {
            Wanted::All => true,
            Wanted::AtHand => self.reader.counts()?.total() <= LARGE,
            Wanted::Known => false,
        };
        if !is_same && is_wanted {
            let mut tell = telling(screen, |progress| Answer::Assessing(generation, progress), emit);
            let mut hear = |progress: Progress| {
                tell(progress);
                stops.is_assessing(number)
            };
            if !hear(Progress { step: "measuring", done: 0, total: None }) {
                return Err(Error::Stopped);
            }
            if self.reader.sketch_pending()? > 0 {
                self.neighbours.make_missing(&self.reader, &mut hear)?;
            }
            let measured = self.reader.measure(&mut self.neighbours, &mut hear)?;
            let trained = self.reader.trained(&mut hear)?;
            self.known = Some(Known { ground: ground.clone(), measured, trained });
        }
        let assessed = match &self.known {
            Some(known) => Some(Box::new(self.told(known, known.ground == ground, annotator)?)),
            None => None,
        };
        emit(Message::Answer(screen, Answer::Assessed(generation, assessed)));
        Ok(())
    }

    fn told(&self, known: &Known, is_current: bool, annotator: &str) -> Result<Assessed> {
        let (prices, from) = PricesFrom::read(self.prices.as_deref());
        Ok(Assessed {
            page: self.reader.assess(&known.measured, Answers::default(), annotator)?,
            findings: known.measured.findings.clone(),
            trained: known.trained,
            costs: known.trained.training.costs(&prices.prices, None),
            prices: from,
            is_current,
        })
    }

    fn pick(&self, most: usize) -> Result<Few> {
        let wish = Wish { budget: u64::MAX, at_most: most, required: Vec::new() };
        let (filter, counter) = (self.reader.to_train_on()?, self.reader.counter()?);
        Ok(Few::of(&self.reader.pick(&filter, AMONG, &wish, &counter, &mut |_| true)?))
    }
}

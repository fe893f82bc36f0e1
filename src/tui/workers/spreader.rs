//! The spreader: reads how the dataset is spread while somebody looks at the balance. A newer question, or
//! that nobody looks any more, stops what is being read.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::spreading::{Part, Spread};
use super::{failed, guarded, telling};
use crate::dataset::{Error, Progress, Reader, Result};

/// A question for the spreader.
#[derive(Debug)]
pub struct SpreadJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What is to be read; `None` where nobody looks any more.
    pub part: Option<Part>,
}

/// What reads lengths, people and splits.
pub struct Spreader {
    reader: Reader,
}

impl Spreader {
    /// A spreader of that dataset.
    pub fn new(reader: Reader) -> Self {
        Self { reader }
    }

    /// Answers a question, as long as that is wanted.
    pub fn handle(&mut self, job: &SpreadJob, is_wanted: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let Some(part) = job.part else { return };
        let done = {
            let answer = |progress| Answer::Spreading(job.generation, progress);
            let mut tell = telling(job.screen, answer, emit);
            let mut hear = |progress| {
                tell(progress);
                is_wanted()
            };
            guarded("reading the balance", || match self.read(part, &mut hear) {
                // Here one stops only where nobody waits any more.
                Err(Error::Stopped) => Ok(None),
                read => read.map(Some),
            })
        };
        emit(match done {
            Ok(None) => return,
            Ok(Some(spread)) => Message::Answer(job.screen, Answer::Spread(job.generation, Box::new(spread))),
            Err(sentence) => failed(job.screen, job.generation, sentence),
        });
    }

    fn read(&self, part: Part, hear: &mut dyn FnMut(Progress) -> bool) -> Result<Spread> {
        Ok(match part {
            Part::Lengths => Spread::Lengths(self.reader.lengths(hear)?),
            Part::People => Spread::People(self.reader.people(hear)?),
            Part::Splits => Spread::Splits(self.reader.splits(hear)?),
        })
    }
}

//! The pacer: keeps the actions of the last weeks, and tells anew what they come to when there are more.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded};
use crate::dataset::{PaceLog, Reader};
use crate::example::Timestamp;

/// Weeks that are looked at.
pub const WEEKS: u32 = 8;

/// A question for the pacer.
#[derive(Debug)]
pub struct PaceJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
}

/// What tells how fast the dataset grows.
pub struct Pacer {
    reader: Reader,
    log: Option<PaceLog>,
}

impl Pacer {
    /// A pacer for that dataset.
    pub fn new(reader: Reader) -> Self {
        Self { reader, log: None }
    }

    /// Answers a question.
    pub fn handle(&mut self, job: &PaceJob, emit: &mut dyn FnMut(Message)) {
        let done = guarded("telling the pace", || {
            let now = Timestamp::now();
            // What was read in part before a failure is read anew.
            let log = match self.log.take() {
                Some(mut log) => {
                    log.refresh(&self.reader)?;
                    log
                }
                None => PaceLog::read(&self.reader, WEEKS, now)?,
            };
            let paced = log.paced(&self.reader, now)?;
            self.log = Some(log);
            Ok(paced)
        });
        emit(match done {
            Ok(paced) => Message::Answer(job.screen, Answer::Pace(job.generation, Box::new(paced))),
            Err(sentence) => failed(job.screen, job.generation, sentence),
        });
    }
}

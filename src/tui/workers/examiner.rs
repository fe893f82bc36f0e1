//! The examiner: looks at the rounds of results while somebody looks at what fails. What counts tell comes
//! first; whether training examples contradict each other takes longer and comes after it.

use super::super::effect::{Answer, Generation};
use super::super::failing::{Asked, Rounds};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded};
use crate::dataset::{Error, Neighbours, Reader};

/// A question about rounds.
#[derive(Debug)]
pub struct ExamineJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// Which round; `None` where nobody looks any more.
    pub asked: Option<Asked>,
}

/// What looks at rounds.
pub struct Examiner {
    reader: Reader,
    neighbours: Neighbours,
}

impl Examiner {
    /// An examiner of that dataset.
    pub fn new(reader: Reader) -> Self {
        Self { reader, neighbours: Neighbours::new() }
    }

    /// Answers a question, in two parts; the second is left out where `is_wanted` says no.
    pub fn handle(&mut self, job: &ExamineJob, is_wanted: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let Some(asked) = &job.asked else {
            // of a large dataset they are large
            self.neighbours = Neighbours::new();
            return;
        };
        let mut say = |rounds: Rounds| {
            emit(Message::Answer(job.screen, Answer::Rounds(job.generation, Box::new(rounds))));
        };
        let done = guarded("looking at what fails", || {
            let mut rounds = Rounds::of(&self.reader, asked)?;
            say(rounds.clone());
            let Some(shown) = rounds.shown.as_mut().filter(|shown| !shown.failing.slices.is_empty()) else {
                return Ok(());
            };
            let mut go_on = |_| is_wanted();
            match self.reader.seek_contradictions(&mut shown.failing, &mut self.neighbours, &mut go_on) {
                Ok(()) => {
                    shown.learned();
                    say(rounds);
                    Ok(())
                }
                Err(Error::Stopped) => Ok(()),
                Err(error) => Err(error),
            }
        });
        if let Err(sentence) = done {
            emit(failed(job.screen, job.generation, sentence));
        }
    }
}

//! The measurer: keeps the judgements of the dataset, and measures them anew when they changed. The
//! figures come first, their intervals after them. It counts what rules propose too.

use super::super::board::Board;
use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded};
use crate::dataset::{Judged, Reader};
use crate::query::{Filter, Is};

/// A question of a board.
#[derive(Debug)]
pub struct MeasureJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What is asked for.
    pub what: Measured,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// How far annotators agree.
    Rankings,
    /// How many examples rules propose their tags for.
    Rules,
}

/// What measures rankings.
pub struct Measurer {
    reader: Reader,
    judged: Judged,
    /// What was measured last, with its intervals.
    last: Option<Board>,
}

impl Measurer {
    /// A measurer for that dataset.
    pub fn new(reader: Reader) -> Self {
        Self { reader, judged: Judged::default(), last: None }
    }

    /// Answers a question, in two parts; the second is left out where `is_wanted` says no.
    pub fn handle(&mut self, job: &MeasureJob, is_wanted: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        if job.what == Measured::Rules {
            emit(match guarded("counting what rules propose", || self.reader.rule_counts()) {
                Ok(counts) => Message::Answer(job.screen, Answer::Rules(job.generation, counts)),
                Err(sentence) => failed(job.screen, job.generation, sentence),
            });
            return;
        }
        let mut say = |board: Board| {
            emit(Message::Answer(job.screen, Answer::Board(job.generation, Box::new(board))));
        };
        let done = guarded("measuring rankings", || {
            if self.judged.refresh(&self.reader)? {
                self.last = None;
            }
            let judgements = self.judged.judgements();
            if let Some(board) = &self.last {
                say(board.clone());
                return Ok(());
            }
            let circular = self.reader.count(&Filter::is(Is::Circular))?;
            say(Board::of(judgements, circular, false));
            if is_wanted() {
                let board = Board::of(judgements, circular, true);
                self.last = Some(board.clone());
                say(board);
            }
            Ok(())
        });
        if let Err(sentence) = done {
            emit(failed(job.screen, job.generation, sentence));
        }
    }
}

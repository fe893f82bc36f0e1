//! The slow reader: lists of numbers of any length, in portions; a newer one stops the older.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded};
use crate::dataset::Reader;
use crate::query::Filter;

/// A list that is wanted.
#[derive(Debug)]
pub struct SlowJob {
    /// Which one of all that were ever wanted; only the newest still is.
    pub number: u64,
    /// Who wants it.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What it lists.
    pub filter: Box<Filter>,
}

/// A reader for what may take long.
pub struct Slow {
    reader: Reader,
    newest: Arc<AtomicU64>,
}

impl Slow {
    /// A reader that works on the newest job only.
    pub fn new(reader: Reader, newest: Arc<AtomicU64>) -> Self {
        Self { reader, newest }
    }

    /// Does a job, unless a newer one is wanted by now.
    pub fn handle(&mut self, job: &SlowJob, emit: &mut dyn FnMut(Message)) {
        let newest = &self.newest;
        let is_wanted = || newest.load(Ordering::SeqCst) == job.number;
        if !is_wanted() {
            return;
        }
        let mut send = |portion, last| {
            emit(Message::Answer(job.screen, Answer::Ids(job.generation, portion, last)));
        };
        let read = guarded("searching", || {
            self.reader.ids(&job.filter, |portion| {
                // What nobody waits for any more is not worth a message.
                let wanted = is_wanted();
                if wanted {
                    send(portion, false);
                }
                wanted
            })
        });
        match read {
            _ if !is_wanted() => {}
            Ok(()) => send(Vec::new(), true),
            Err(sentence) => emit(failed(job.screen, job.generation, sentence)),
        }
    }
}

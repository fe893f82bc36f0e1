//! The slow reader: lists of numbers of any length, and what mends would change, in portions; a newer
//! one stops the older.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::super::effect::{Answer, Generation, Mended, Request, Rest};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded};
use crate::dataset::{Error, Progress, Proposing, Reader, TextChange};
use crate::example::Tag;
use crate::query::Filter;

/// How often it is told how far the comparing has come.
const TELL: Duration = Duration::from_millis(50);
/// Changes, and bytes of their texts, that are kept at a time: a person looks at them, and memory
/// has an end.
const MOST: usize = 200_000;
const MOST_BYTES: usize = 256 << 20;

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
    pub task: SlowTask,
}

/// What may take long.
#[derive(Debug)]
pub enum SlowTask {
    /// The numbers that a filter finds.
    Ids(Box<Filter>),
    /// What a mend would change.
    Propose(Box<Mended>),
    /// How many examples each part of a value would get.
    Parted(Tag, Vec<Filter>),
    /// Nothing: what came before is no longer wanted.
    Nothing,
}

impl SlowTask {
    /// The task of a request, or the request where it is the quick reader's.
    pub fn of(request: Request) -> Result<Self, Request> {
        match request {
            Request::Ids(filter) => Ok(Self::Ids(filter)),
            Request::Propose(mended) => Ok(Self::Propose(mended)),
            Request::Parted(value, filters) => Ok(Self::Parted(value, filters)),
            Request::Stop => Ok(Self::Nothing),
            other => Err(other),
        }
    }
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
        if !self.is_wanted(job) {
            return;
        }
        let done = match &job.task {
            SlowTask::Ids(filter) => self.ids(job, filter, emit),
            SlowTask::Propose(mended) => self.propose(job, mended, emit),
            SlowTask::Parted(value, filters) => self.parted(job, value, filters, emit),
            SlowTask::Nothing => Ok(()),
        };
        if let Err(sentence) = done
            && self.is_wanted(job)
        {
            emit(failed(job.screen, job.generation, sentence));
        }
    }

    fn is_wanted(&self, job: &SlowJob) -> bool {
        self.newest.load(Ordering::SeqCst) == job.number
    }

    fn ids(&self, job: &SlowJob, filter: &Filter, emit: &mut dyn FnMut(Message)) -> Result<(), String> {
        let mut send = |portion, last| {
            emit(Message::Answer(job.screen, Answer::Ids(job.generation, portion, last)));
        };
        guarded("searching", || {
            self.reader.ids(filter, |portion| {
                // What nobody waits for any more is not worth a message.
                let wanted = self.is_wanted(job);
                if wanted {
                    send(portion, false);
                }
                wanted
            })
        })?;
        if self.is_wanted(job) {
            send(Vec::new(), true);
        }
        Ok(())
    }

    fn parted(
        &self,
        job: &SlowJob,
        value: &Tag,
        filters: &[Filter],
        emit: &mut dyn FnMut(Message),
    ) -> Result<(), String> {
        let counts = guarded("counting", || self.reader.parted(value, filters))?;
        if self.is_wanted(job) {
            emit(Message::Answer(job.screen, Answer::Parted(job.generation, counts)));
        }
        Ok(())
    }

    fn propose(&self, job: &SlowJob, mended: &Mended, emit: &mut dyn FnMut(Message)) -> Result<(), String> {
        let mend = mended.mending.compile().map_err(|error| error.to_string())?;
        let wanted = Proposing { on: &mended.on, texts: mended.texts, mend: mend.as_ref() };
        let mut waiting: Vec<TextChange> = Vec::new();
        let (mut kept, mut bytes) = (0, 0);
        let mut told: Option<Instant> = None;
        let mut last = Progress { step: "comparing", done: 0, total: None };
        let mut rest = Rest::Done;
        let mut send = |changes, progress, rest| {
            emit(Message::Answer(job.screen, Answer::Proposals(job.generation, changes, progress, rest)));
        };
        guarded("comparing", || {
            let heard = self.reader.propose(&wanted, &mut |changes, progress| {
                if !self.is_wanted(job) {
                    return false;
                }
                last = progress;
                for change in changes {
                    if kept >= MOST || bytes >= MOST_BYTES {
                        rest = Rest::Cut;
                        return false;
                    }
                    kept += 1;
                    bytes += change.before.len() + change.after.len();
                    waiting.push(change);
                }
                if told.is_none_or(|told| told.elapsed() >= TELL) {
                    told = Some(Instant::now());
                    send(std::mem::take(&mut waiting), progress, Rest::More);
                }
                true
            });
            match heard {
                // Here one stops only of one's own will.
                Err(Error::Stopped) => Ok(()),
                other => other,
            }
        })?;
        if self.is_wanted(job) {
            send(waiting, last, rest);
        }
        Ok(())
    }
}

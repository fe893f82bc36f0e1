//! The quick reader: examples, list lines, queues, the journal, and all that screens share.

use super::super::beside::Beside;
use super::super::effect::{Answer, Generation, Request};
use super::super::message::{Message, ReadJob, Refreshed};
use super::{failed, guarded};
use crate::dataset::{Reader, Result};
use crate::example::Timestamp;

/// Days that the bars on Home show.
pub const DAYS: i64 = 14;
/// Lines of one example's journal.
const OF_EXAMPLE: usize = 500;
/// Examples that wait for a reviewer, and those sent back to one, that are known at a time.
const TO_REVIEW: usize = 2_000;
const RETURNED: usize = 500;
/// Changed rows of an action that are shown.
const CHANGES: usize = 200;
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A reader for what takes no time that one would feel.
pub struct Quick {
    reader: Reader,
    annotator: String,
    version: Option<i64>,
    last: Option<Refreshed>,
}

impl Quick {
    /// A reader for that annotator.
    pub fn new(reader: Reader, annotator: &str) -> Self {
        Self { reader, annotator: annotator.to_owned(), version: None, last: None }
    }

    /// Does a job.
    pub fn handle(&mut self, job: ReadJob, emit: &mut dyn FnMut(Message)) {
        match job {
            ReadJob::Refresh(example) => self.refresh(true, example, emit),
            ReadJob::Annotator(name) => {
                self.annotator = name;
                // Whatever was read last was another one's.
                self.last = None;
                self.refresh(true, None, emit);
            }
            ReadJob::Ask(screen, generation, request) => {
                match guarded("reading", || self.read(generation, request)) {
                    Ok(answer) => emit(Message::Answer(screen, answer)),
                    Err(sentence) => emit(failed(screen, generation, sentence)),
                }
            }
        }
    }

    /// Asks the file whether another connection wrote to it, and reads anew what screens share.
    pub fn look(&mut self, emit: &mut dyn FnMut(Message)) {
        match guarded("watching the file", || self.reader.data_version()) {
            Ok(version) if self.version == Some(version) => {}
            Ok(_) => self.refresh(false, None, emit),
            // It is asked again in a moment; a lasting fault shows in what people ask for.
            Err(_) => {}
        }
    }

    fn refresh(&mut self, asked: bool, example: Option<i64>, emit: &mut dyn FnMut(Message)) {
        let version = self.reader.data_version().ok();
        if asked && self.last.is_some() && version == self.version && example.is_none() {
            // The watch has seen it already, and said so.
            return;
        }
        match guarded("counting", || self.shared()) {
            Ok(mut fresh) => {
                self.version = version;
                let changed = self.last.as_ref().is_none_or(|last| {
                    last.newest != fresh.newest
                        || last.counts != fresh.counts
                        || last.definitions != fresh.definitions
                        // Rules have looked at all there is.
                        || (last.rules_pending > 0 && fresh.rules_pending == 0)
                });
                let quiet = self.last.as_ref() == Some(&fresh);
                self.last = Some(fresh.clone());
                fresh.changed = changed || example.is_some();
                fresh.example = example;
                if !quiet || fresh.changed {
                    emit(Message::Refreshed(Box::new(fresh)));
                }
            }
            Err(sentence) => {
                emit(Message::Trouble(format!("the numbers could not be read anew: {sentence}")));
            }
        }
    }

    /// What screens share, as it is now.
    pub fn shared(&self) -> Result<Refreshed> {
        let now = Timestamp::now();
        let today = now.local_day();
        let mut days = vec![0; usize::try_from(DAYS).unwrap_or_default()];
        for moment in self.reader.moments_since(&self.annotator, Timestamp(now.0 - DAYS * DAY))? {
            let at = usize::try_from(DAYS - 1 - (today - moment.local_day())).ok();
            if let Some(day) = at.and_then(|at| days.get_mut(at)) {
                *day += 1;
            }
        }
        Ok(Refreshed {
            counts: self.reader.counts()?,
            own: self.reader.own(&self.annotator)?,
            order: self.reader.queue_order()?,
            samples: self.reader.samples()?,
            thresholds: self.reader.thresholds()?.unwrap_or_default(),
            returned: self.reader.returned(&self.annotator, RETURNED)?,
            definitions: self.reader.definitions()?,
            vocabulary: self.reader.vocabulary()?,
            today: self.reader.done_since(&self.annotator, start_of(today, now))?,
            days,
            drafted: self.reader.drafted(&self.annotator)?,
            search_pending: self.reader.search_pending()?,
            rules_pending: self.reader.rules_pending()?,
            newest: self.reader.actions(None, 1)?.first().map(|action| action.id),
            changed: false,
            example: None,
        })
    }

    fn read(&self, generation: Generation, request: Request) -> Result<Answer> {
        let reader = &self.reader;
        Ok(match request {
            Request::Example(id) => {
                let example = reader.example(id)?.map(Box::new);
                Answer::Example(generation, id, example, reader.drafts(id, &self.annotator)?)
            }
            Request::Rows(ids) => Answer::Rows(generation, reader.rows(&ids)?),
            // The writer hands them out.
            Request::Next(queue, _) => Answer::Queued(generation, queue, None),
            Request::Reviews(scope) => {
                Answer::Reviews(generation, reader.review_queue(&self.annotator, &scope, TO_REVIEW)?)
            }
            Request::Since(id) => Answer::Since(generation, id, reader.changed_since_review(id)?),
            Request::Actions(before, limit) => Answer::Actions(generation, reader.actions(before, limit)?),
            Request::ActionsOf(id) => Answer::Actions(generation, reader.actions_of(id, OF_EXAMPLE)?),
            Request::ChangesOf(action) => {
                Answer::Changes(generation, action, reader.told_changes_of(action, CHANGES)?)
            }
            Request::Exports(most) => {
                let mut exports = reader.exports()?;
                exports.truncate(most);
                Answer::Exports(generation, exports)
            }
            Request::Proposed(id) => Answer::Proposed(generation, id, reader.proposals_of(id)?),
            Request::Beside(_) => Answer::Beside(generation, Beside::All),
            // Long lists and files are for other threads.
            Request::Ids(_)
            | Request::Propose(_)
            | Request::Parted(..)
            | Request::Board
            | Request::Rules
            | Request::Stop
            | Request::Judge(_)
            | Request::Export(..)
            | Request::StopExport
            | Request::Files(_)
            | Request::Look(..)
            | Request::Mappings
            | Request::SaveMapping(..)
            | Request::Import(_)
            | Request::StopImport
            | Request::Production(..)
            | Request::Cross(_)
            | Request::Lacking
            | Request::Spread(_)
            | Request::Pace
            | Request::Rounds(_)
            | Request::Assess(..)
            | Request::StopAssessing
            | Request::PickFew(_) => Answer::Ids(generation, Vec::new(), true),
        })
    }
}

/// The first moment of a local day that `now` lies in: searched for, because clocks are put forward
/// and back.
fn start_of(day: i64, now: Timestamp) -> Timestamp {
    let (mut before, mut within) = (now.0 - 2 * DAY, now.0);
    while within - before > 1 {
        let middle = before + (within - before) / 2;
        if Timestamp(middle).local_day() < day {
            before = middle;
        } else {
            within = middle;
        }
    }
    Timestamp(within)
}

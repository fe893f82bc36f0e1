//! The writer: does one verb after the other, keeps what is typed, and in between brings examples
//! into the search index, reads what they are like, makes the sketches of their prompts and lets rules look at
//! them.

use super::super::effect::{Answer, Generation};
use super::super::exporting::{Exported, Outcome};
use super::super::importing::{Bringing, Brought};
use super::super::message::{Draft, Message, ScreenId, WriterJob};
use super::super::person::keep_name;
use super::{Stops, failed, guarded, telling, typed_path};
use crate::dataset::{Dataset, Reject, RejectsFile};

/// Rejected records that are told.
const REJECTS: usize = 100;

/// The one writer of the program.
pub struct Writer {
    dataset: Dataset,
    to_index: bool,
    to_sketch: bool,
    stops: Stops,
}

impl Writer {
    /// A writer on that dataset.
    pub fn new(dataset: Dataset, stops: Stops) -> Self {
        // An older file, or a crash, may have left prompts without their sketches.
        Self { dataset, to_index: false, to_sketch: true, stops }
    }

    /// Whether examples wait for the search index, prompts for their sketches, or either for rules.
    pub fn has_to_index(&self) -> bool {
        self.to_index || self.to_sketch
    }

    /// Does a job. Where the dataset changed, it says so, with the example where it was one.
    pub fn handle(&mut self, job: WriterJob, emit: &mut dyn FnMut(Message)) -> Option<Option<i64>> {
        match job {
            WriterJob::Perform(screen, verb) => match guarded("this", || self.dataset.perform(&verb)) {
                Ok(done) => {
                    let example = done.example;
                    self.to_sketch = true;
                    emit(Message::Answer(screen, Answer::Performed(verb, done)));
                    return Some(example);
                }
                Err(sentence) => emit(Message::Answer(screen, Answer::Refused(verb, sentence))),
            },
            WriterJob::KeepDraft(screen, example, field, text) => {
                match guarded("keeping what was typed", || self.dataset.keep_draft(example, &field, &text)) {
                    Ok(()) => emit(Message::Answer(screen, Answer::DraftKept(example, field))),
                    Err(sentence) => {
                        emit(Message::DraftLost(screen, Draft { example, field, text }, sentence));
                    }
                }
            }
            WriterJob::DropDraft(example, field) => {
                if let Err(sentence) =
                    guarded("dropping a draft", || self.dataset.drop_draft(example, &field))
                {
                    emit(Message::Trouble(sentence));
                }
            }
            WriterJob::Hand(screen, generation, queue, seek) => {
                match guarded("looking for the next", || self.dataset.hand(queue, seek)) {
                    Ok(found) => emit(Message::Answer(screen, Answer::Queued(generation, queue, found))),
                    Err(sentence) => emit(failed(screen, generation, sentence)),
                }
            }
            WriterJob::Hold(screen, example) => match guarded("this", || self.dataset.hold(example)) {
                Ok(Some(other)) => emit(Message::Answer(screen, Answer::Held(example, other))),
                Ok(None) => {}
                Err(sentence) => emit(Message::Trouble(sentence)),
            },
            WriterJob::Release => {
                // Where it can't be given back it ends by itself.
                let _ = guarded("this", || self.dataset.release());
            }
            WriterJob::Annotator(name, keep) => {
                // What the other one holds waits for everybody again; a lease that can't be given
                // back ends by itself.
                let _ = guarded("this", || self.dataset.set_annotator(&name));
                if let Some(Err(why)) = keep.map(|file| keep_name(&file, &name)) {
                    let told = format!("the name could not be kept, and is asked for again next time: {why}");
                    emit(Message::Trouble(told));
                }
            }
            WriterJob::KeepExport(screen, generation, mut exported) => {
                let Exported { plan, target, report, .. } = &*exported;
                match guarded("keeping account", || self.dataset.keep_export(plan, target, report)) {
                    Ok(number) => exported.report.number = Some(number),
                    Err(why) => emit(Message::Trouble(format!(
                        "the export was made, but the dataset could not keep account of it: {why}"
                    ))),
                }
                let outcome = Box::new(Outcome::Made(exported));
                emit(Message::Answer(screen, Answer::Exported(generation, outcome)));
            }
            WriterJob::Import(screen, generation, number, what) => {
                let (brought, rejects) = self.import(screen, generation, number, &what, emit);
                let changed = matches!(&brought, Brought::In(report) if report.action.is_some());
                emit(Message::Answer(screen, Answer::Imported(generation, Box::new(brought), rejects)));
                if changed {
                    (self.to_index, self.to_sketch) = (true, true);
                    return Some(None);
                }
            }
            WriterJob::Index => (self.to_index, self.to_sketch) = (true, true),
            // The thread around it ends.
            WriterJob::Finish => {}
        }
        None
    }

    /// Brings in a file; with the first records that are rejected.
    fn import(
        &mut self,
        screen: ScreenId,
        generation: Generation,
        number: u64,
        what: &Bringing,
        emit: &mut dyn FnMut(Message),
    ) -> (Brought, Vec<String>) {
        let Self { dataset, stops, .. } = self;
        if !stops.is_importing(number) {
            return (Brought::Stopped, Vec::new());
        }
        let mut rejects = Vec::new();
        let mut tell = telling(screen, |progress| Answer::Importing(generation, progress), emit);
        let done = guarded("bringing in", || {
            let mut file =
                what.rejects.as_deref().map(|typed| RejectsFile::begin(&typed_path(typed))).transpose()?;
            let mut on_reject = |reject: &Reject| {
                if rejects.len() < REJECTS {
                    rejects.push(reject.to_string());
                }
                file.as_mut().map_or(Ok(()), |file| file.take(reject))
            };
            let mut on_progress = |progress| {
                tell(progress);
                stops.is_importing(number)
            };
            let sources = [what.path.clone()];
            let report = dataset.import(&sources, &what.options(), &mut on_reject, &mut on_progress)?;
            file.map_or(Ok(()), RejectsFile::finish)?;
            Ok(Box::new(report))
        });
        let brought = match done {
            Ok(report) if what.is_trial => Brought::Tried(report),
            Ok(report) => Brought::In(report),
            Err(_) if !stops.is_importing(number) => Brought::Stopped,
            Err(sentence) => Brought::Failed(sentence),
        };
        (brought, rejects)
    }

    /// Brings some of the waiting examples into the search index; where none wait, makes sketches, and
    /// then lets rules look at some.
    pub fn index_some(&mut self, emit: &mut dyn FnMut(Message)) {
        if !self.to_index {
            if guarded("settling outcomes", || self.dataset.settle_some()).unwrap_or_default() {
                return;
            }
            if guarded("reading what examples are like", || self.dataset.settle_traits_some())
                .unwrap_or_default()
            {
                return;
            }
            // Where it fails they wait on: nothing but the list of the nearest is the poorer.
            if guarded("comparing prompts", || self.dataset.sketch_some()).unwrap_or_default() {
                return;
            }
            let more = guarded("asking the rules", || self.dataset.propose_some());
            self.to_sketch = more.unwrap_or_default();
            return;
        }
        match guarded("making examples searchable", || self.dataset.index_some()) {
            Ok(waiting) => {
                self.to_index = waiting > 0;
                emit(Message::Searchable(waiting));
            }
            Err(sentence) => {
                // They wait on, and are taken up after the next change.
                self.to_index = false;
                emit(Message::Trouble(format!("some examples can't be searched yet: {sentence}")));
            }
        }
    }
}

//! How long work is called off: what was begun before is no longer wanted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::assessing::Wanted;
use super::super::effect::Generation;
use super::super::importing::Bringing;
use super::super::message::{ScreenId, WriterJob};
use super::{AssessTask, ExportTask};
use crate::dataset::Plan;

/// How many times each kind of work was called off.
#[derive(Debug, Clone, Default)]
pub struct Stops {
    judging: Arc<AtomicU64>,
    writing: Arc<AtomicU64>,
    importing: Arc<AtomicU64>,
    assessing: Arc<AtomicU64>,
}

impl Stops {
    /// A question, which calls off those before it; `None` only does that.
    pub fn judge(&self, plan: Option<Box<Plan>>) -> ExportTask {
        ExportTask::Judge(self.judging.fetch_add(1, Ordering::SeqCst) + 1, plan)
    }

    /// An order to write.
    pub fn write(&self, plan: Box<Plan>, to: String, over: bool) -> ExportTask {
        ExportTask::Write(self.writing.load(Ordering::SeqCst), plan, to, over)
    }

    /// An order to bring in.
    pub fn import(&self, screen: ScreenId, generation: Generation, what: Box<Bringing>) -> WriterJob {
        WriterJob::Import(screen, generation, self.importing.load(Ordering::SeqCst), what)
    }

    /// What the dataset is ready for, a question which calls off those before it.
    pub fn assess(&self, wanted: Wanted, annotator: String) -> AssessTask {
        let more = u64::from(wanted != Wanted::Known);
        AssessTask::Assess(self.assessing.fetch_add(more, Ordering::SeqCst) + more, wanted, annotator)
    }

    /// Whether that question is still the newest.
    pub fn is_assessing(&self, number: u64) -> bool {
        self.assessing.load(Ordering::SeqCst) == number
    }

    /// Calls off measuring.
    pub fn stop_assessing(&self) {
        self.assessing.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether the question of that number is still the newest.
    pub fn is_judging(&self, number: u64) -> bool {
        self.judging.load(Ordering::SeqCst) == number
    }

    /// Whether what was ordered then is still to be written.
    pub fn is_writing(&self, number: u64) -> bool {
        self.writing.load(Ordering::SeqCst) == number
    }

    /// Whether what was ordered then is still to be brought in.
    pub fn is_importing(&self, number: u64) -> bool {
        self.importing.load(Ordering::SeqCst) == number
    }

    /// Calls off what is being written.
    pub fn stop_writing(&self) {
        self.writing.fetch_add(1, Ordering::SeqCst);
    }

    /// Calls off what is being brought in.
    pub fn stop_importing(&self) {
        self.importing.fetch_add(1, Ordering::SeqCst);
    }

    /// Calls off everything.
    pub fn stop_all(&self) {
        self.judging.fetch_add(1, Ordering::SeqCst);
        self.stop_writing();
        self.stop_importing();
        self.stop_assessing();
    }
}

//! The threads that work off the screen: one writes, one reads quickly, one reads what may take
//! long, one looks at what is being written, one measures rankings, one measures readiness, one looks at rounds of results, one judges and writes exports, one
//! looks at files to bring in, one tells the pace. They hear jobs over channels and answer with messages; a panic in one becomes
//! a message.

mod assessor;
mod calls;
mod companion;
mod examiner;
mod exporter;
mod importer;
mod measurer;
mod pacer;
mod pupil;
mod quick;
mod slow;
mod spreader;
mod stops;
mod surveyor;
mod writer;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded, unbounded};

use super::effect::{Answer, Generation, Request};
use super::message::{Message, ReadJob, ScreenId, WriterJob};
use super::surveying::Question;
use crate::dataset::{ColumnFiles, Dataset, Progress, Result};
use crate::formats::SavedMappings;

pub use assessor::{AssessJob, AssessTask, Assessor};
pub use companion::{Companion, CompanionJob};
pub use examiner::{ExamineJob, Examiner};
pub use exporter::{ExportJob, ExportTask, Exporter};
pub use importer::{ImportJob, ImportTask, Importer};
pub use measurer::{MeasureJob, Measured, Measurer};
pub use pacer::{PaceJob, Pacer, WEEKS as PACE_WEEKS};
pub use quick::Quick;
pub use slow::{Slow, SlowJob, SlowTask};
pub use spreader::{SpreadJob, Spreader};
pub use stops::Stops;
pub use surveyor::{SurveyJob, SurveyTask, Surveyor};
pub use writer::Writer;

/// How often the file is asked whether another process wrote to it.
const LOOK: Duration = Duration::from_millis(250);

/// Where nobody asks for the coverage for so long, what it is counted from is read meanwhile.
const PREPARE: Duration = Duration::from_secs(1);

/// The files of the person's own that the threads use; what is not there is not used.
#[derive(Debug, Default)]
pub struct Files {
    /// The mappings that were saved.
    pub mappings: Option<SavedMappings>,
    /// What training costs.
    pub prices: Option<PathBuf>,
    /// The tags and the derived facets of this dataset as they were read last.
    pub columns: Option<ColumnFiles>,
}

/// The threads.
pub struct Workers {
    write: Option<Sender<WriterJob>>,
    read: Option<Sender<ReadJob>>,
    search: Option<Sender<SlowJob>>,
    beside: Option<Sender<CompanionJob>>,
    measure: Option<Sender<MeasureJob>>,
    export: Option<Sender<ExportJob>>,
    import: Option<Sender<ImportJob>>,
    survey: Option<Sender<SurveyTask>>,
    assess: Option<Sender<AssessJob>>,
    examine: Option<Sender<ExamineJob>>,
    pace: Option<Sender<PaceJob>>,
    spread: Option<Sender<SpreadJob>>,
    stops: Stops,
    newest_search: Arc<AtomicU64>,
    interrupt: rusqlite::InterruptHandle,
    /// Closed when the writer has ended.
    writer_ended: Receiver<()>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts the threads; they report to `out`.
    pub fn start(dataset: Dataset, files: Files, out: &Sender<Message>) -> Result<Self> {
        let annotator = dataset.annotator().to_owned();
        let quick = Quick::new(dataset.reader()?, &annotator);
        let slow_reader = dataset.reader()?;
        let interrupt = slow_reader.interrupt_handle();
        let newest_search = Arc::new(AtomicU64::new(0));
        let slow = Slow::new(slow_reader, Arc::clone(&newest_search));
        let companion = Companion::new(dataset.reader()?);
        let (write, write_jobs) = unbounded();
        let (read, read_jobs) = unbounded();
        let (search, search_jobs) = unbounded();
        let (beside, beside_jobs) = unbounded();
        let measurer = Measurer::new(dataset.reader()?);
        let (measure, measure_jobs) = unbounded();
        let (ended, writer_ended) = bounded(0);
        let stops = Stops::default();
        let exporter = Exporter::new(dataset.reader()?, stops.clone());
        let (export, export_jobs) = unbounded();
        let importer = Importer::new(files.mappings);
        let (import, import_jobs) = unbounded();
        let surveyor = Surveyor::new(dataset.reader()?, files.columns);
        let (survey, survey_tasks) = unbounded();
        let assessor = Assessor::new(dataset.reader()?, files.prices, stops.clone());
        let (assess, assess_jobs) = unbounded();
        let examiner = Examiner::new(dataset.reader()?);
        let (examine, examine_jobs) = unbounded();
        let pacer = Pacer::new(dataset.reader()?);
        let (pace, pace_jobs) = unbounded();
        let spreader = Spreader::new(dataset.reader()?);
        let (spread, spread_jobs) = unbounded();
        let threads = [
            spawn("writer", {
                let (out, stops) = (out.clone(), stops.clone());
                let heralds = Heralds { refresh: read.clone(), survey: survey.clone() };
                move || {
                    write_all(Writer::new(dataset, stops), &write_jobs, &heralds, &out);
                    drop(ended);
                }
            }),
            spawn("reader", {
                let (out, index) = (out.clone(), write.clone());
                move || read_all(quick, &read_jobs, &index, &out)
            }),
            answering("searcher", out, move |out| search_all(slow, &search_jobs, out)),
            answering("companion", out, move |out| accompany(companion, &beside_jobs, out)),
            spawn("exporter", {
                let (out, keep) = (out.clone(), write.clone());
                move || export_all(exporter, &export_jobs, &keep, &out)
            }),
            answering("importer", out, move |out| import_all(importer, &import_jobs, out)),
            answering("surveyor", out, move |out| survey_all(surveyor, &survey_tasks, out)),
            answering("assessor", out, move |out| assess_all(assessor, &assess_jobs, out)),
            answering("examiner", out, move |out| examine_all(examiner, &examine_jobs, out)),
            answering("pacer", out, move |out| pace_all(pacer, &pace_jobs, out)),
            answering("spreader", out, move |out| spread_all(spreader, &spread_jobs, out)),
            answering("measurer", out, move |out| measure_all(measurer, &measure_jobs, out)),
        ];
        // The first refresh fills the first picture.
        let _ = read.send(ReadJob::Refresh(None));
        Ok(Self {
            write: Some(write),
            read: Some(read),
            search: Some(search),
            beside: Some(beside),
            measure: Some(measure),
            export: Some(export),
            import: Some(import),
            survey: Some(survey),
            assess: Some(assess),
            examine: Some(examine),
            pace: Some(pace),
            spread: Some(spread),
            stops,
            newest_search,
            interrupt,
            writer_ended,
            threads: threads.into_iter().flatten().collect(),
        })
    }

    /// Gives the writer a job; `false` where it has ended.
    pub fn write(&self, job: WriterJob) -> bool {
        self.write.as_ref().is_some_and(|write| write.send(job).is_ok())
    }

    /// Tells the reader who is at the keyboard now; `false` where it has ended.
    pub fn annotator(&self, name: String) -> bool {
        self.read.as_ref().is_some_and(|read| read.send(ReadJob::Annotator(name)).is_ok())
    }

    /// Gives the reader for it a request. What comes in portions stops what is being made.
    pub fn read(&self, screen: ScreenId, generation: Generation, request: Request) -> bool {
        let task = match SlowTask::of(request) {
            Ok(task) => task,
            Err(Request::Beside(work)) => {
                let job = CompanionJob { screen, generation, work };
                return self.beside.as_ref().is_some_and(|beside| beside.send(job).is_ok());
            }
            Err(request @ (Request::Board | Request::Rules)) => {
                let what = if request == Request::Rules { Measured::Rules } else { Measured::Rankings };
                let job = MeasureJob { screen, generation, what };
                return self.measure.as_ref().is_some_and(|measure| measure.send(job).is_ok());
            }
            Err(Request::Cross(crossed)) => {
                return self.survey(screen, generation, crossed.map(Question::Cross));
            }
            Err(Request::Lacking) => return self.survey(screen, generation, Some(Question::Lacking)),
            Err(Request::Assess(wanted, annotator)) => {
                let task = self.stops.assess(wanted, annotator);
                return self.assess(AssessJob { screen, generation, task });
            }
            Err(Request::PickFew(most)) => {
                return self.assess(AssessJob { screen, generation, task: AssessTask::Pick(most) });
            }
            Err(Request::StopAssessing) => {
                self.stops.stop_assessing();
                return true;
            }
            Err(Request::Rounds(asked)) => {
                let job = ExamineJob { screen, generation, asked };
                return self.examine.as_ref().is_some_and(|examine| examine.send(job).is_ok());
            }
            Err(Request::Pace) => {
                let job = PaceJob { screen, generation };
                return self.pace.as_ref().is_some_and(|pace| pace.send(job).is_ok());
            }
            Err(Request::Spread(part)) => {
                let job = SpreadJob { screen, generation, part };
                return self.spread.as_ref().is_some_and(|spread| spread.send(job).is_ok());
            }
            Err(Request::Judge(plan)) => {
                let task = self.stops.judge(plan);
                return self.export(ExportJob { screen, generation, task });
            }
            Err(Request::Export(plan, to, over)) => {
                let task = self.stops.write(plan, to, over);
                return self.export(ExportJob { screen, generation, task });
            }
            Err(Request::StopExport) => {
                self.stops.stop_writing();
                return true;
            }
            Err(Request::Import(what)) => return self.write(self.stops.import(screen, generation, what)),
            Err(Request::StopImport) => {
                self.stops.stop_importing();
                return true;
            }
            Err(request) => {
                let request = match ImportTask::of(request) {
                    Ok(task) => {
                        let job = ImportJob { screen, generation, task };
                        return self.import.as_ref().is_some_and(|import| import.send(job).is_ok());
                    }
                    Err(request) => request,
                };
                let job = ReadJob::Ask(screen, generation, request);
                return self.read.as_ref().is_some_and(|read| read.send(job).is_ok());
            }
        };
        let number = self.newest_search.fetch_add(1, Ordering::SeqCst) + 1;
        self.interrupt.interrupt();
        let job = SlowJob { number, screen, generation, task };
        self.search.as_ref().is_some_and(|search| search.send(job).is_ok())
    }

    fn survey(&self, screen: ScreenId, generation: Generation, question: Option<Question>) -> bool {
        let task = SurveyTask::Asked(SurveyJob { screen, generation, question });
        self.survey.as_ref().is_some_and(|survey| survey.send(task).is_ok())
    }

    fn export(&self, job: ExportJob) -> bool {
        self.export.as_ref().is_some_and(|export| export.send(job).is_ok())
    }

    fn assess(&self, job: AssessJob) -> bool {
        self.assess.as_ref().is_some_and(|assess| assess.send(job).is_ok())
    }

    /// Hears no more jobs, and waits until the writer has done those that it has, at most so long.
    /// `false` where that was not enough.
    pub fn finish(&mut self, within: Duration) -> bool {
        self.read = None;
        self.search = None;
        self.beside = None;
        self.measure = None;
        self.export = None;
        self.import = None;
        self.survey = None;
        self.assess = None;
        self.examine = None;
        self.pace = None;
        self.spread = None;
        self.stops.stop_all();
        self.newest_search.fetch_add(1, Ordering::SeqCst);
        self.interrupt.interrupt();
        // The reader holds the other end of the writer's channel too, so closing ours ends nothing.
        if let Some(write) = self.write.take() {
            let _ = write.send(WriterJob::Finish);
        }
        let until = Instant::now() + within;
        // Nothing is ever sent: the channel closes when the writer ends.
        let ended = matches!(self.writer_ended.recv_deadline(until), Err(RecvTimeoutError::Disconnected));
        if ended {
            for thread in self.threads.drain(..).filter(JoinHandle::is_finished) {
                let _ = thread.join();
            }
        }
        ended
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        // Also on the way out of a panic: what was handed over is written.
        self.finish(Duration::from_secs(2));
    }
}

/// A thread that answers on that channel.
fn answering(
    name: &str,
    out: &Sender<Message>,
    work: impl FnOnce(&Sender<Message>) + Send + 'static,
) -> Option<JoinHandle<()>> {
    let out = out.clone();
    spawn(name, move || work(&out))
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    // Where no thread can be made, its jobs are refused by the closed channel.
    std::thread::Builder::new().name(name.to_owned()).spawn(work).ok()
}

/// Whom the writer tells that the dataset was changed.
struct Heralds {
    refresh: Sender<ReadJob>,
    survey: Sender<SurveyTask>,
}

impl Heralds {
    /// All of them at once: the board is there no later than the counts.
    fn tell(&self, example: Option<i64>) {
        let _ = self.survey.send(SurveyTask::Changed);
        let _ = self.refresh.send(ReadJob::Refresh(example));
    }
}

fn write_all(mut writer: Writer, jobs: &Receiver<WriterJob>, heralds: &Heralds, out: &Sender<Message>) {
    let mut emit = |message| {
        let _ = out.send(message);
    };
    loop {
        let job = match jobs.try_recv() {
            Ok(WriterJob::Finish) | Err(TryRecvError::Disconnected) => break,
            Ok(job) => Some(job),
            // Nothing to do for a person: time for the search index.
            Err(TryRecvError::Empty) if writer.has_to_index() => None,
            Err(TryRecvError::Empty) => match jobs.recv() {
                Ok(WriterJob::Finish) | Err(_) => break,
                Ok(job) => Some(job),
            },
        };
        match job {
            Some(job) => {
                if let Some(changed) = writer.handle(job, &mut emit) {
                    heralds.tell(changed);
                }
            }
            None => writer.index_some(&mut emit),
        }
    }
    writer.handle(WriterJob::Release, &mut emit);
}

fn read_all(mut quick: Quick, jobs: &Receiver<ReadJob>, index: &Sender<WriterJob>, out: &Sender<Message>) {
    let mut emit = |message| {
        if matches!(&message, Message::Refreshed(fresh) if fresh.search_pending > 0) {
            let _ = index.send(WriterJob::Index);
        }
        let _ = out.send(message);
    };
    let mut looked = Instant::now();
    loop {
        match jobs.recv_timeout(LOOK) {
            // Several verbs in a row need one refresh.
            Ok(ReadJob::Refresh(example)) => {
                let mut example = example;
                let mut others = Vec::new();
                for job in jobs.try_iter() {
                    match job {
                        ReadJob::Refresh(next) => example = example.filter(|_| next == example),
                        other => others.push(other),
                    }
                }
                quick.handle(ReadJob::Refresh(example), &mut emit);
                for job in others {
                    quick.handle(job, &mut emit);
                }
            }
            Ok(job) => quick.handle(job, &mut emit),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if looked.elapsed() >= LOOK {
            quick.look(&mut emit);
            looked = Instant::now();
        }
    }
}

fn search_all(mut slow: Slow, jobs: &Receiver<SlowJob>, out: &Sender<Message>) {
    for job in jobs {
        slow.handle(&job, &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers the newest question; those that a newer one follows are not worth an answer.
fn accompany(mut companion: Companion, jobs: &Receiver<CompanionJob>, out: &Sender<Message>) {
    while let Ok(mut job) = jobs.recv() {
        while let Ok(newer) = jobs.try_recv() {
            job = newer;
        }
        companion.handle(&job, || jobs.is_empty(), &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Does one export after the other; what was made is handed to the writer, which keeps account of it.
fn export_all(
    mut exporter: Exporter,
    jobs: &Receiver<ExportJob>,
    keep: &Sender<WriterJob>,
    out: &Sender<Message>,
) {
    for job in jobs {
        let made = exporter.handle(job, &mut |message| {
            let _ = out.send(message);
        });
        if let Some(made) = made {
            let _ = keep.send(made);
        }
    }
}

/// Answers one question about files after the other.
fn import_all(mut importer: Importer, jobs: &Receiver<ImportJob>, out: &Sender<Message>) {
    for job in jobs {
        importer.handle(job, &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers the newest question, as [`accompany`] does; where none is asked, tells what was changed.
fn survey_all(mut surveyor: Surveyor, tasks: &Receiver<SurveyTask>, out: &Sender<Message>) {
    let mut emit = |message| {
        let _ = out.send(message);
    };
    let mut is_prepared = false;
    loop {
        let next = if is_prepared { tasks.recv().map_err(Into::into) } else { tasks.recv_timeout(PREPARE) };
        let mut task = match next {
            Ok(task) => task,
            Err(RecvTimeoutError::Timeout) => {
                surveyor.prepare(|| !tasks.is_empty());
                is_prepared = true;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for newer in tasks.try_iter() {
            // an answer takes in what was changed
            if matches!(task, SurveyTask::Changed) || matches!(newer, SurveyTask::Asked(_)) {
                task = newer;
            }
        }
        match task {
            SurveyTask::Asked(job) => surveyor.handle(job, || !tasks.is_empty(), &mut emit),
            SurveyTask::Changed => surveyor.changed(&mut emit),
        }
    }
}

/// Answers one question after the other; one that a newer one called off is over at once.
fn assess_all(mut assessor: Assessor, jobs: &Receiver<AssessJob>, out: &Sender<Message>) {
    for job in jobs {
        assessor.handle(job, &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers the newest question, as [`accompany`] does.
fn examine_all(mut examiner: Examiner, jobs: &Receiver<ExamineJob>, out: &Sender<Message>) {
    while let Ok(mut job) = jobs.recv() {
        while let Ok(newer) = jobs.try_recv() {
            job = newer;
        }
        examiner.handle(&job, || jobs.is_empty(), &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers every question: two screens may ask, and each is answered quickly.
fn pace_all(mut pacer: Pacer, jobs: &Receiver<PaceJob>, out: &Sender<Message>) {
    for job in jobs {
        pacer.handle(&job, &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers the newest question, as [`accompany`] does.
fn spread_all(mut spreader: Spreader, jobs: &Receiver<SpreadJob>, out: &Sender<Message>) {
    while let Ok(mut job) = jobs.recv() {
        while let Ok(newer) = jobs.try_recv() {
            job = newer;
        }
        spreader.handle(&job, || jobs.is_empty(), &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Answers the newest question, as [`accompany`] does.
fn measure_all(mut measurer: Measurer, jobs: &Receiver<MeasureJob>, out: &Sender<Message>) {
    while let Ok(mut job) = jobs.recv() {
        while let Ok(newer) = jobs.try_recv() {
            job = newer;
        }
        measurer.handle(&job, || jobs.is_empty(), &mut |message| {
            let _ = out.send(message);
        });
    }
}

/// Does it; a panic becomes a sentence.
fn guarded<T>(what: &str, work: impl FnOnce() -> Result<T>) -> std::result::Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(panic) => {
            Err(format!("{what} failed inside the program, and nothing was changed: {}", said(&*panic)))
        }
    }
}

/// How often it is told how far something has come.
const TELL: Duration = Duration::from_millis(50);

/// Tells a screen how far something has come, now and then.
fn telling(
    screen: ScreenId,
    answer: impl Fn(Progress) -> Answer,
    emit: &mut dyn FnMut(Message),
) -> impl FnMut(Progress) {
    let mut told: Option<Instant> = None;
    move |progress| {
        if told.is_none_or(|told| told.elapsed() >= TELL) {
            told = Some(Instant::now());
            emit(Message::Answer(screen, answer(progress)));
        }
    }
}

/// The path that was typed; `~/` is the person's own folder.
fn typed_path(typed: &str) -> PathBuf {
    match typed.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(typed),
    }
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&'static str>().copied())
        .unwrap_or("no reason was given")
}

fn failed(screen: ScreenId, generation: Generation, sentence: String) -> Message {
    Message::Answer(screen, Answer::Failed(generation, sentence))
}

#[cfg(test)]
mod tests;

//! The exporter: judges what would become of an export, and writes it. A newer question stops the one
//! before it; what is being written goes on until somebody stops it.

use super::super::effect::{Answer, Generation};
use super::super::exporting::{Exported, Outcome};
use super::super::message::{Message, ScreenId, WriterJob};
use super::{Stops, failed, guarded, telling, typed_path};
use crate::dataset::{Error, ExportReport, Plan, Progress, Reader, Target, export};

/// Something to do, with the number of times that its kind had been called off by then.
#[derive(Debug)]
pub enum ExportTask {
    /// Judge what would be written.
    Judge(u64, Option<Box<Plan>>),
    /// Write it to what was typed; over a file that no export made only where that was said.
    Write(u64, Box<Plan>, String, bool),
}

/// A job for the exporter.
#[derive(Debug)]
pub struct ExportJob {
    /// Who wants it.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What is wanted.
    pub task: ExportTask,
}

/// What judges and writes exports.
pub struct Exporter {
    reader: Reader,
    stops: Stops,
}

impl Exporter {
    /// An exporter of that dataset.
    pub fn new(reader: Reader, stops: Stops) -> Self {
        Self { reader, stops }
    }

    /// Does a job. What was made is to be kept account of: the writer tells who wanted it.
    pub fn handle(&mut self, job: ExportJob, emit: &mut dyn FnMut(Message)) -> Option<WriterJob> {
        let ExportJob { screen, generation, task } = job;
        match task {
            ExportTask::Judge(_, None) => None,
            ExportTask::Judge(number, Some(plan)) => {
                let is_wanted = || self.stops.is_judging(number);
                if let Some(message) = self.judge(screen, generation, &plan, &is_wanted, emit) {
                    emit(message);
                }
                None
            }
            ExportTask::Write(number, plan, to, over) => {
                let is_wanted = || self.stops.is_writing(number);
                let taken = if over { None } else { self.taken(&plan, &to) };
                let outcome = match taken {
                    Some(outcome) => outcome,
                    None => self.write(screen, generation, *plan, &to, &is_wanted, emit),
                };
                let outcome = match outcome {
                    Outcome::Made(exported) => {
                        return Some(WriterJob::KeepExport(screen, generation, exported));
                    }
                    outcome => outcome,
                };
                emit(Message::Answer(screen, Answer::Exported(generation, Box::new(outcome))));
                None
            }
        }
    }

    fn judge(
        &self,
        screen: ScreenId,
        generation: Generation,
        plan: &Plan,
        is_wanted: &dyn Fn() -> bool,
        emit: &mut dyn FnMut(Message),
    ) -> Option<Message> {
        if !is_wanted() {
            return None;
        }
        let mut tell = telling(screen, |progress| Answer::Exporting(generation, progress), emit);
        let judged = self.export(plan, &Target::Nowhere, &mut |progress| {
            tell(progress);
            is_wanted()
        });
        is_wanted().then(|| match judged {
            Ok(report) => Message::Answer(screen, Answer::Judged(generation, Box::new(report))),
            Err(sentence) => failed(screen, generation, sentence),
        })
    }

    /// What is to be said where a file is there already that would be lost.
    fn taken(&self, plan: &Plan, to: &str) -> Option<Outcome> {
        match guarded("looking at the place", || self.reader.in_the_way(plan, &target(to))) {
            Ok(path) => path.map(Outcome::Taken),
            Err(sentence) => Some(Outcome::Failed(sentence)),
        }
    }

    fn write(
        &self,
        screen: ScreenId,
        generation: Generation,
        plan: Plan,
        to: &str,
        is_wanted: &dyn Fn() -> bool,
        emit: &mut dyn FnMut(Message),
    ) -> Outcome {
        if !is_wanted() {
            return Outcome::Stopped;
        }
        let target = target(to);
        let is_there = matches!(&target, Target::File(path) if path.is_file());
        let mut tell = telling(screen, |progress| Answer::Exporting(generation, progress), emit);
        let written = self.export(&plan, &target, &mut |progress| {
            tell(progress);
            is_wanted()
        });
        match written {
            Ok(report) if report.files.is_empty() => Outcome::Held(Box::new(report)),
            Ok(report) => Outcome::Made(Box::new(Exported { plan, target, report, replaced: is_there })),
            Err(_) if !is_wanted() => Outcome::Stopped,
            Err(sentence) => Outcome::Failed(sentence),
        }
    }

    /// Exports; that nothing would be left is a report too.
    fn export(
        &self,
        plan: &Plan,
        target: &Target,
        on_progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ExportReport, String> {
        guarded("exporting", || match export(&self.reader, plan, target, on_progress) {
            Err(Error::NothingToExport(report)) => Ok(*report),
            other => other,
        })
    }
}

/// Where what was typed leads: a folder where it ends in a slash or is one.
fn target(to: &str) -> Target {
    let path = typed_path(to);
    if to.ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir() {
        Target::Folder(path)
    } else {
        Target::File(path)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::tui::harness::{FACETS, sample};

    fn exporter() -> (tempfile::TempDir, Dataset, Exporter, Stops) {
        let folder = tempfile::tempdir().unwrap();
        let facets = crate::dataset::parse_facets_file("f", FACETS).unwrap();
        let mut dataset = Dataset::create(&folder.path().join("a.goldset"), "ana", &facets).unwrap();
        sample(&mut dataset);
        let stops = Stops::default();
        let exporter = Exporter::new(dataset.reader().unwrap(), stops.clone());
        (folder, dataset, exporter, stops)
    }

    fn heard(exporter: &mut Exporter, task: ExportTask) -> (Vec<Answer>, Option<WriterJob>) {
        let mut answers = Vec::new();
        let made = exporter.handle(ExportJob { screen: 3, generation: 5, task }, &mut |message| {
            if let Message::Answer(3, answer) = message {
                answers.push(answer);
            }
        });
        (answers, made)
    }

    #[test]
    fn a_newer_question_calls_off_the_one_before() {
        let (_folder, _dataset, mut exporter, stops) = exporter();
        let plan = || Some(Box::new(Plan::of("alpaca")));
        let first = stops.judge(plan());
        let second = stops.judge(plan());
        assert!(heard(&mut exporter, first).0.is_empty());
        let (answers, made) = heard(&mut exporter, second);
        assert!(
            matches!(answers.last(), Some(Answer::Judged(5, report)) if report.written == 4),
            "{answers:?}"
        );
        assert!(made.is_none());
    }

    #[test]
    fn that_nothing_would_be_left_is_a_report_too() {
        let (_folder, _dataset, mut exporter, stops) = exporter();
        let plan = Plan { filter: "status:pending \"no such words\"".to_owned(), ..Plan::of("alpaca") };
        let (answers, _) = heard(&mut exporter, stops.judge(Some(Box::new(plan))));
        assert!(
            matches!(answers.last(), Some(Answer::Judged(5, report)) if report.examples == 0),
            "{answers:?}"
        );
    }

    #[test]
    fn a_question_does_not_stop_what_is_written_and_stopping_leaves_no_file() {
        let (folder, _dataset, mut exporter, stops) = exporter();
        let to = folder.path().join("out.json").display().to_string();
        let plan = || Box::new(Plan::of("alpaca"));
        let task = stops.write(plan(), to.clone(), false);
        stops.judge(None);
        let (_, made) = heard(&mut exporter, task);
        assert!(
            matches!(made, Some(WriterJob::KeepExport(3, 5, made)) if !made.replaced && made.report.records == 4)
        );
        std::fs::remove_file(&to).unwrap();
        std::fs::write(&to, "mine").unwrap();
        let (answers, _) = heard(&mut exporter, stops.write(plan(), to.clone(), false));
        assert!(
            matches!(answers.as_slice(), [Answer::Exported(5, outcome)] if matches!(**outcome, Outcome::Taken(_))),
            "{answers:?}"
        );
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "mine");
        assert!(
            heard(&mut exporter, stops.write(plan(), to.clone(), true)).1.is_some(),
            "where that was said"
        );
        std::fs::remove_file(&to).unwrap();
        let task = stops.write(plan(), to.clone(), false);
        stops.stop_writing();
        let (answers, made) = heard(&mut exporter, task);
        assert!(made.is_none());
        assert!(
            matches!(answers.as_slice(), [Answer::Exported(5, outcome)] if **outcome == Outcome::Stopped),
            "{answers:?}"
        );
        assert!(!std::path::Path::new(&to).exists());
    }
}

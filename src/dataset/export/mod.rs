//! Exporting: the examples of a plan, judged by the rules of its format and streamed into files that
//! appear whole, or not at all where one of them does not hold.

mod balance;
mod beside;
mod card;
mod files;
mod gate;
mod plan;
mod report;
mod since;
mod trail;

use std::collections::BTreeMap;

use super::{Error, OnProgress, Progress, Reader, Result};
use crate::example::{Example, Status};
use crate::formats::{Carries, Format};
use crate::query::Filter;
use crate::store;

pub use balance::{Balance, BalanceError, Balanced, How};
pub use files::Target;
pub use plan::Plan;
pub use report::{ExportReport, Failure, WrittenFile};
pub use since::{ChangedExample, ChangedSince, What};
pub use trail::{Kept, KeptCounts};

use balance::Times;
use files::Files;
use gate::Gate;

/// Examples that are read at a time.
const PORTION: usize = 256;
/// Portions that wait for the writing thread at most.
const WAITING: usize = 4;
/// The fields that say whether an answer is good.
const VERDICTS: &[&str] = &["label", "kto_tag"];
/// The longest first record that is shown.
const SHOWN: usize = 4_000;

/// Exports by a plan. Where something does not hold, and leaving it out was not asked for, nothing is
/// written, and the report says what stands in the way.
pub fn export(
    reader: &Reader,
    plan: &Plan,
    target: &Target,
    on_progress: OnProgress<'_>,
) -> Result<ExportReport> {
    let format = plan.format()?;
    let writer = format.writer(&plan.write_options()).ok_or_else(|| {
        Error::Export(format!(
            "{} can be read, but not written; `goldset formats` shows what can",
            format.id()
        ))
    })?;
    // One snapshot: what others write meanwhile is in the next export.
    let snapshot = reader.connection.unchecked_transaction().map_err(store::Error::from)?;
    let definitions = reader.definitions()?;
    let folder = reader.path().parent().unwrap_or(std::path::Path::new("."));
    let gate = Gate::new(plan, writer, definitions.model.as_ref(), folder)?;
    let filter = plan.filter(reader)?;
    let total = reader.count(&filter)?;
    let mut report = ExportReport {
        other_statuses: other_statuses(reader, plan)?,
        action: reader.last_action()?,
        ..ExportReport::default()
    };
    if total == 0 {
        return Err(Error::NothingToExport(Box::new(report)));
    }
    let times = match &plan.balance {
        Some(wanted) => {
            let (times, balanced) = balance::plan(reader, &filter, wanted, &definitions.facets)?;
            report.balanced = balanced;
            Some(times)
        }
        None => None,
    };
    let files = Files::new(target, format, plan.bom);
    let writing = Writing { gate, files, times, report, plan, definitions, verdicts: [false; 2] };
    let writing = stream(reader, &filter, total, writing, on_progress)?;
    let report = writing.end(format)?;
    drop(snapshot);
    beside::write(reader, plan, target, format, report)
}

/// One thread reads examples, another judges and writes them.
fn stream<'a>(
    reader: &Reader,
    filter: &Filter,
    total: u64,
    mut writing: Writing<'a>,
    on_progress: OnProgress<'_>,
) -> Result<Writing<'a>> {
    std::thread::scope(|scope| {
        let (send, receive) = crossbeam_channel::bounded::<Vec<(i64, Example)>>(WAITING);
        let writer = scope.spawn(move || {
            for portion in receive {
                writing.portion(portion)?;
            }
            Ok(writing)
        });
        let mut outcome = Ok(());
        let mut done = 0;
        let read = reader.ids(filter, |ids| {
            for portion in ids.chunks(PORTION) {
                done += portion.len() as u64;
                match store::examples(&reader.connection, portion) {
                    Ok(examples) => {
                        // whoever no longer listens says why at the end
                        if send.send(examples).is_err() {
                            return false;
                        }
                    }
                    Err(error) => outcome = Err(error.into()),
                }
                let progress = Progress { step: "exporting", done, total: Some(total) };
                if outcome.is_ok() && !on_progress(progress) {
                    outcome = Err(Error::Stopped);
                }
                if outcome.is_err() {
                    return false;
                }
            }
            true
        });
        drop(send);
        let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        outcome?;
        read?;
        written
    })
}

/// An export on its way.
struct Writing<'a> {
    gate: Gate,
    files: Files<'a>,
    times: Option<Times>,
    report: ExportReport,
    plan: &'a Plan,
    definitions: crate::formats::Definitions,
    /// Whether a record said that its answer is good, and whether one said that it is bad.
    verdicts: [bool; 2],
}

impl Writing<'_> {
    fn portion(&mut self, examples: Vec<(i64, Example)>) -> Result<()> {
        for (number, example) in examples {
            self.report.examples += 1;
            let times = self.times.as_ref().map_or(1, |times| times.of(number));
            if times > 0 {
                self.example(number, example, times)?;
            }
        }
        Ok(())
    }

    fn example(&mut self, number: i64, example: Example, times: u64) -> Result<()> {
        let split = example.split;
        let Some(written) = self.gate.admit(number, example) else {
            self.report.invalid += 1;
            return Ok(());
        };
        self.report.written += 1;
        for what in written.left_out {
            *self.report.left_out.entry(what).or_default() += 1;
        }
        if let Some(record) = written.records.first() {
            self.report.first.get_or_insert_with(|| shown(record));
        }
        // nothing is written that would not be kept
        if self.report.invalid > 0 && !self.plan.skip_invalid {
            return Ok(());
        }
        let (sink, name) = self.files.sink(split)?;
        let failed = files::failed(name);
        if sink.count() == 0 {
            for record in self.gate.writer().begin(&self.definitions) {
                sink.write(&record).map_err(&failed)?;
            }
        }
        for record in &written.records {
            for verdict in VERDICTS.iter().filter_map(|field| record.get(field)?.as_bool()) {
                self.verdicts[usize::from(verdict)] = true;
            }
            for _ in 0..times {
                sink.write(record).map_err(&failed)?;
                self.report.records += 1;
            }
        }
        Ok(())
    }

    /// Puts the files in their places, unless something stands in the way.
    fn end(self, format: &'static dyn Format) -> Result<ExportReport> {
        let Self { gate, files, mut report, plan, verdicts, .. } = self;
        report.mended.clone_from(&gate.mended);
        report.failures = gate.failures();
        let are_examples_in_the_way = !plan.skip_invalid && report.invalid > 0;
        let mut of_files = Vec::new();
        if !are_examples_in_the_way {
            if report.records == 0 {
                return Err(Error::NothingToExport(Box::new(report)));
            }
            of_files.extend(count_failures(format, plan, &files.counts()));
            let is_one_sided = format.carries() == Carries::Verdicts && verdicts != [true; 2];
            if is_one_sided && !is_allowed(plan, gate::VERDICTS) {
                of_files.push(one_sided(verdicts));
            }
        }
        let limit = format.limits().max_bytes.filter(|_| !is_allowed(plan, gate::SIZE));
        if are_examples_in_the_way || !of_files.is_empty() {
            report.failures.extend(of_files);
            return Ok(report);
        }
        let mut too_large = Vec::new();
        let written = files.finish(|name, bytes| {
            let is_too_large = limit.is_some_and(|limit| bytes > limit);
            if is_too_large {
                too_large.push(format!("{name} would have {bytes} bytes"));
            }
            is_too_large
        })?;
        if let (Some(sentence), Some(limit)) = (too_large.first(), limit) {
            let demand = format!("at most {limit} bytes a file: {sentence}");
            let advice = "export fewer (--where, --split), or let it pass with --allow size";
            report.failures.push(Failure::new(gate::SIZE, demand, advice));
        }
        report.files = written.unwrap_or_default();
        Ok(report)
    }
}

fn is_allowed(plan: &Plan, rule: &str) -> bool {
    plan.allow.iter().any(|allowed| allowed == rule)
}

/// Where all answers are called good, or all bad: a trainer learns nothing of that.
fn one_sided([_, is_good]: [bool; 2]) -> Failure {
    let there = if is_good { "good" } else { "bad" };
    let demand = format!("answers that are good and answers that are bad: all would be {there}");
    let advice = "ask for others too (answers that a file called bad come in as pending: --status all), or let it \
                  pass with --allow verdicts";
    Failure::new(gate::VERDICTS, demand, advice)
}

/// Files of too few or too many records.
fn count_failures(format: &dyn Format, plan: &Plan, counts: &[(String, u64)]) -> Vec<Failure> {
    let limits = format.limits();
    if is_allowed(plan, gate::RECORDS) {
        return Vec::new();
    }
    let failure = |(name, n): &(String, u64)| {
        let file = if name == "-" { "there would be".to_owned() } else { format!("{name} would have") };
        let demand = match (limits.min_records, limits.max_records) {
            (Some(least), _) if *n < least => format!("at least {least} records a file: {file} {n}"),
            (_, Some(most)) if *n > most => format!("at most {most} records a file: {file} {n}"),
            _ => return None,
        };
        Some(Failure::new(gate::RECORDS, demand, "export more or fewer, or let it pass with --allow records"))
    };
    counts.iter().filter_map(failure).collect()
}

/// The numbers of examples that the filter finds in statuses that were not asked for.
fn other_statuses(reader: &Reader, plan: &Plan) -> Result<BTreeMap<Status, u64>> {
    let asked = plan.asked(reader)?;
    let Some(wanted) = plan.wanted_statuses(&asked)? else { return Ok(BTreeMap::new()) };
    let mut others = BTreeMap::new();
    for &status in Status::ALL.iter().filter(|status| !wanted.contains(status)) {
        let n = reader.count(&asked.clone().and(Filter::status(status)))?;
        if n > 0 {
            others.insert(status, n);
        }
    }
    Ok(others)
}

/// A record as it is shown: its beginning, where it is long.
fn shown(record: &serde_json::Value) -> String {
    let text = record.to_string();
    let end = text.floor_char_boundary(SHOWN);
    match text.get(..end) {
        Some(beginning) if end < text.len() => format!("{beginning}…"),
        _ => text,
    }
}

impl Reader {
    /// The last action of the journal; 0 where there is none.
    pub(super) fn last_action(&self) -> Result<i64> {
        let query = "SELECT coalesce(max(id), 0) FROM action";
        Ok(self.connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! Exporting: the examples of a plan, judged by the rules of its format and streamed into files that
//! appear whole, or not at all where one of them does not hold.

mod balance;
mod beside;
mod card;
mod files;
mod gate;
mod overwriting;
mod plan;
mod report;
mod since;
mod trail;
mod whole;

use std::collections::BTreeMap;

use super::{Error, OnProgress, Progress, Reader, Result};
use crate::example::{Example, Status};
use crate::formats::Format;
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
use whole::{Counted, WholeRules};

/// Examples that are read at a time.
const PORTION: usize = 256;
/// Portions that wait for the writing thread at most.
const WAITING: usize = 4;
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
    // a copy of a dataset without examples is one of its definitions
    let is_whole = plan.is_copy() && plan.filter.trim().is_empty() && plan.split.is_none();
    let is_definitions_alone = total == 0 && is_whole && reader.count(&Filter::everything())? == 0;
    if total == 0 && !is_definitions_alone {
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
    beside::check(plan, target, format)?;
    let files = Files::new(target, format, plan.bom);
    let counted = BTreeMap::new();
    let writing = Writing { gate, files, times, report, counted, plan, definitions };
    let mut writing = stream(reader, &filter, total, writing, on_progress)?;
    if is_definitions_alone {
        writing.definitions()?;
    }
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
    /// What each file would have, whether it is written or not.
    counted: BTreeMap<String, Counted>,
    plan: &'a Plan,
    definitions: crate::formats::Definitions,
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
        let admitted = self.gate.admit(number, example);
        let counted = self.counted.entry(self.files.name_of(split)).or_default();
        let Some(written) = admitted else {
            self.report.invalid += 1;
            counted.in_the_way += 1;
            return Ok(());
        };
        counted.records += times * written.records.len() as u64;
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
            for _ in 0..times {
                sink.write(record).map_err(&failed)?;
                self.report.records += 1;
            }
        }
        Ok(())
    }

    /// Writes the definitions, where no example comes after them.
    fn definitions(&mut self) -> Result<()> {
        let records = self.gate.writer().begin(&self.definitions);
        if records.is_empty() {
            return Ok(());
        }
        let (sink, name) = self.files.sink(None)?;
        let failed = files::failed(name);
        for record in &records {
            sink.write(record).map_err(&failed)?;
        }
        Ok(())
    }

    /// Puts the files in their places, unless something stands in the way.
    fn end(self, format: &'static dyn Format) -> Result<ExportReport> {
        let Self { gate, files, mut report, counted, plan, .. } = self;
        let rules = WholeRules::of(format, plan);
        let one_sided = rules.one_sided(&gate.verdicts);
        report.mended.clone_from(&gate.mended);
        report.failures = gate.failures();
        let are_examples_in_the_way = !plan.skip_invalid && report.invalid > 0;
        if !are_examples_in_the_way && files.is_empty() {
            return Err(Error::NothingToExport(Box::new(report)));
        }
        let mut of_files: Vec<Failure> = rules.counts(&counted, plan.skip_invalid).collect();
        if !are_examples_in_the_way {
            of_files.extend(one_sided);
        }
        if are_examples_in_the_way || !of_files.is_empty() {
            report.failures.extend(of_files);
            return Ok(report);
        }
        match files.finish(|name, bytes| rules.size(name, bytes))? {
            Ok(files) => report.files = files,
            Err(too_large) => report.failures.push(too_large),
        }
        Ok(report)
    }
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

//! Exporting: the examples that a filter finds, streamed into a file that appears whole or not at all.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::{Error, OnProgress, Progress, Reader, Result, WholeFile};
use crate::formats::container::{self, Sink};
use crate::formats::{Format, WriteOptions, Writer};
use crate::query::Filter;
use crate::store;

/// Examples that are read at a time.
const PORTION: usize = 512;

/// How to export.
pub struct ExportOptions<'a> {
    /// The format.
    pub format: &'static dyn Format,
    /// Which examples.
    pub filter: &'a Filter,
    /// How the format is to write.
    pub write: WriteOptions,
    /// What surrounds the records; as the file's name says, or else as the format likes it.
    pub container: Option<container::Kind>,
}

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportReport {
    /// Examples that the filter found.
    pub examples: u64,
    /// Examples that were written.
    pub written: u64,
    /// Records that they became.
    pub records: u64,
    /// Why examples were not written, and how many for each reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// What the format could not carry, and of how many examples.
    pub left_out: BTreeMap<&'static str, u64>,
}

/// Exports into a file (`None`: to the standard output).
pub fn export(
    reader: &Reader,
    options: &ExportOptions<'_>,
    target: Option<&Path>,
    on_progress: OnProgress<'_>,
) -> Result<ExportReport> {
    let Some(path) = target else {
        let failed = |source| Error::File { name: "standard output".to_owned(), source };
        let (out, report) = write_to(reader, options, io::stdout().lock(), "-", on_progress)?;
        let mut out = out;
        out.flush().map_err(failed)?;
        return Ok(report);
    };
    let name = path.display().to_string();
    let failed = |source: io::Error| Error::File { name: name.clone(), source };
    let file = WholeFile::begin(path).map_err(failed)?;
    let (file, report) = write_to(reader, options, file, &name, on_progress)?;
    file.finish().map_err(failed)?;
    Ok(report)
}

fn write_to<W: Write>(
    reader: &Reader,
    options: &ExportOptions<'_>,
    out: W,
    name: &str,
    on_progress: OnProgress<'_>,
) -> Result<(W, ExportReport)> {
    let failed = |source| Error::File { name: name.to_owned(), source };
    let mut writer = options.format.writer(&options.write).ok_or_else(|| {
        Error::Export(format!(
            "{} can be read, but not written; `goldset formats` shows what can",
            options.format.id()
        ))
    })?;
    let kind = options
        .container
        .or_else(|| container::Kind::of_name(name))
        .unwrap_or_else(|| options.format.container());
    // One snapshot: what others write meanwhile is in the next export.
    let snapshot = reader.connection.unchecked_transaction().map_err(store::Error::from)?;
    let total = reader.count(options.filter)?;
    let mut report = ExportReport::default();
    if total == 0 {
        return Err(Error::Export(nothing_to_write(&report, options)));
    }
    let mut sink = Sink::new(out, kind, name).map_err(failed)?;
    for record in writer.begin(&reader.definitions()?) {
        sink.write(&record).map_err(failed)?;
    }
    let mut outcome = Ok(());
    reader.ids(options.filter, |ids| {
        for portion in ids.chunks(PORTION) {
            outcome = write_portion(reader, portion, writer.as_mut(), &mut sink, name, &mut report);
            let progress = Progress { step: "exporting", done: report.examples, total: Some(total) };
            if outcome.is_ok() && !on_progress(progress) {
                outcome = Err(Error::Stopped);
            }
            if outcome.is_err() {
                return false;
            }
        }
        true
    })?;
    outcome?;
    drop(snapshot);
    if report.records == 0 {
        return Err(Error::Export(nothing_to_write(&report, options)));
    }
    Ok((sink.finish().map_err(failed)?, report))
}

fn nothing_to_write(report: &ExportReport, options: &ExportOptions<'_>) -> String {
    if report.examples == 0 {
        return "there is nothing to write: no example fits; no file was made".to_owned();
    }
    let reasons: Vec<String> = report.skipped.iter().map(|(reason, n)| format!("{n}: {reason}")).collect();
    format!(
        "there is nothing to write: none of {} examples can be a record of {} ({}); no file was made",
        report.examples,
        options.format.id(),
        reasons.join("; ")
    )
}

fn write_portion<W: Write>(
    reader: &Reader,
    ids: &[i64],
    writer: &mut dyn Writer,
    sink: &mut Sink<W>,
    name: &str,
    report: &mut ExportReport,
) -> Result<()> {
    for (_, example) in store::examples(&reader.connection, ids)? {
        report.examples += 1;
        match writer.write(&example) {
            Ok(written) => {
                for record in &written.records {
                    sink.write(record).map_err(|source| Error::File { name: name.to_owned(), source })?;
                }
                report.written += 1;
                report.records += written.records.len() as u64;
                for what in written.left_out {
                    *report.left_out.entry(what).or_default() += 1;
                }
            }
            Err(unwritable) => *report.skipped.entry(unwritable.0).or_default() += 1,
        }
    }
    Ok(())
}

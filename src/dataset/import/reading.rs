//! The reading thread: it samples a file, recognises its format and parses its records.

use std::collections::HashMap;

use crossbeam_channel::Sender;

use super::super::{Error, Result};
use super::ImportOptions;
use crate::formats::container::{Record, Records};
use crate::formats::{
    self, Certainty, Definitions, Format, Item, Misfit, ReadOptions, Reader, Recognised, Sample,
    Unrecognised, recognise,
};
use crate::store::Prepared;

/// Records by which a file's format is recognised.
const SAMPLE: usize = 200;
/// Records that go to the writing thread at a time.
const PORTION: usize = 256;

/// A record on its way from the reading to the writing thread.
pub(super) struct Parsed {
    pub line: u64,
    pub raw: Vec<u8>,
    pub outcome: std::result::Result<Vec<Ready>, Bad>,
}

/// An item whose rows are made ready.
pub(super) enum Ready {
    Example(Box<Prepared>),
    Definitions(Box<Definitions>),
}

impl Ready {
    /// Makes the rows of an item ready, with what the options say in place of what the file says.
    fn of(item: Item, options: &ImportOptions) -> Self {
        let mut example = match item {
            Item::Definitions(definitions) => return Self::Definitions(definitions),
            Item::Example(example) => *example,
        };
        if let Some(status) = options.status {
            example.status = status;
        }
        if let Some(kind) = options.kind {
            example.kind = kind;
        }
        Self::Example(Box::new(Prepared::of(example)))
    }
}

/// Why a record can't be read, and where.
pub(super) struct Bad {
    pub line: u64,
    pub column: Option<u64>,
    pub field: String,
    pub reason: String,
}

impl Bad {
    fn misfit(line: u64, misfit: Misfit) -> Self {
        let reason = if misfit.field.is_empty() { misfit.to_string() } else { misfit.reason };
        Self { line, column: None, field: misfit.field, reason }
    }
}

/// What the reading thread sends.
pub(super) enum Portion {
    /// The format of the file, and how sure it is where it was recognised; nothing comes before it but
    /// records of a file that has none.
    Format(&'static dyn Format, Option<Certainty>),
    /// The next records.
    Records(Vec<Parsed>),
    /// What waited for the end of the file: items, and records that found no place.
    Rest(Vec<Ready>, Vec<(Bad, Vec<u8>)>),
}

/// Readers that go on with the next file, by the format of each.
#[derive(Default)]
pub(super) struct Joining(Vec<(&'static dyn Format, Box<dyn Reader>)>);

impl Joining {
    /// The reader of a format, where an earlier file began with it.
    fn take(&mut self, format: &'static dyn Format) -> Option<Box<dyn Reader>> {
        let at = self.0.iter().position(|(there, _)| there.id() == format.id())?;
        Some(self.0.swap_remove(at).1)
    }

    /// What the files have come to together, each with its format.
    pub fn finish(self, options: &ImportOptions) -> Vec<(&'static dyn Format, Vec<Ready>)> {
        let finished = self.0.into_iter().map(|(format, mut reader)| {
            let items = reader.finish().items.into_iter();
            (format, items.map(|item| Ready::of(item, options)).collect())
        });
        finished.collect()
    }
}

/// Reads one file to its end, on its own thread. Readers of formats that join files come back.
pub(super) fn read_file(
    mut records: Records,
    options: &ImportOptions,
    mut joining: Joining,
    send: &Sender<Portion>,
) -> Result<Joining> {
    let mut sample: Vec<Record> = Vec::new();
    let mut broken = None;
    while sample.len() < SAMPLE {
        match records.next() {
            Some(Ok(record)) => sample.push(record),
            Some(Err(error)) => {
                broken = Some(error.to_string());
                break;
            }
            None => break,
        }
    }
    if sample.is_empty() && broken.is_none() {
        return Err(Error::Import(format!("{} holds no records", records.name())));
    }
    let chosen = choose_format(&sample, records.name(), options)?;
    let unknown = chosen.as_ref().err().cloned().unwrap_or_default();
    let format = chosen.as_ref().ok().map(|(format, _)| *format);
    let mut reader: Option<Box<dyn Reader>> = None;
    if let Ok((format, certainty)) = chosen {
        let read = ReadOptions { mapping: options.mapping.clone() };
        reader = Some(joining.take(format).or_else(|| format.reader(&read)).ok_or_else(|| {
            Error::Import(format!(
                "{} can be written, but not read; `goldset formats` shows what can",
                format.id()
            ))
        })?);
        if send.send(Portion::Format(format, certainty)).is_err() {
            return Ok(joining);
        }
    }
    let mut line = 0;
    let mut calls = 0;
    // Records that wait for the end of the file, by the number of the reader's call.
    let mut waiting: HashMap<usize, (u64, Vec<u8>)> = HashMap::new();
    let mut portion = Vec::with_capacity(PORTION);
    let mut rest = sample.into_iter();
    loop {
        let next = match rest.next() {
            Some(record) => Some(Ok(record)),
            None if broken.is_some() => None,
            None => records.next(),
        };
        let parsed = match next {
            None => break,
            Some(Ok(record)) => {
                line = record.line;
                let read = record.value.is_ok();
                let parsed = parse(record, reader.as_deref_mut(), &unknown, options);
                if read {
                    let kept = reader.as_ref().is_some_and(|reader| reader.refuses_late());
                    if kept && matches!(&parsed.outcome, Ok(items) if items.is_empty()) {
                        waiting.insert(calls, (parsed.line, parsed.raw.clone()));
                    }
                    calls += 1;
                }
                parsed
            }
            Some(Err(error)) => {
                broken = Some(error.to_string());
                break;
            }
        };
        portion.push(parsed);
        if portion.len() == PORTION {
            let full = std::mem::replace(&mut portion, Vec::with_capacity(PORTION));
            if send.send(Portion::Records(full)).is_err() {
                return Ok(joining);
            }
        }
    }
    if let Some(reason) = broken {
        let bad = Bad { line: line + 1, column: None, field: String::new(), reason };
        portion.push(Parsed { line: line + 1, raw: Vec::new(), outcome: Err(bad) });
    }
    // Where nobody listens any more the other side says why.
    let _ = send.send(Portion::Records(portion));
    if let (Some(format), Some(mut reader)) = (format, reader) {
        if format.joins_files() {
            joining.0.push((format, reader));
            return Ok(joining);
        }
        let finished = reader.finish();
        let misfits = finished.misfits.into_iter().map(|(call, misfit)| {
            let (line, raw) = waiting.remove(&call).unwrap_or_default();
            (Bad::misfit(line, misfit), raw)
        });
        let items = finished.items.into_iter().map(|item| Ready::of(item, options)).collect();
        let _ = send.send(Portion::Rest(items, misfits.collect()));
    }
    Ok(joining)
}

/// A format, and how sure it is where it was recognised.
type Chosen = (&'static dyn Format, Option<Certainty>);

/// The format of a file. Where records are broken and the rest tells no format it is a sentence that says
/// so: then each record is rejected with its own reason, so that the place of what is broken is told too.
fn choose_format(
    sample: &[Record],
    name: &str,
    options: &ImportOptions,
) -> Result<std::result::Result<Chosen, String>> {
    let values = || sample.iter().filter_map(|record| record.value.as_ref().ok().cloned()).collect();
    if let Some(mapping) = &options.mapping {
        let looked_at = Sample { records: values(), is_all: sample.len() < SAMPLE, ..Sample::default() };
        looked_at.check(mapping).map_err(|reason| Error::Import(format!("{name}: {reason}")))?;
        let columns = formats::by_id("columns");
        return columns
            .map(|columns| Ok((columns, None)))
            .ok_or_else(|| Error::Import("there is no format for mapped fields".to_owned()));
    }
    if let Some(format) = options.format {
        return Ok(Ok((format, None)));
    }
    let values: Vec<serde_json::Value> = values();
    match recognise(&values) {
        Ok(Recognised { format, certainty }) => Ok(Ok((format, Some(certainty)))),
        Err(Unrecognised::Empty) => Ok(Err(
            "the records before it can't be read and tell no format: say which with --format".to_owned(),
        )),
        Err(unrecognised) if values.len() < sample.len() => Ok(Err(unrecognised.to_string())),
        Err(unrecognised) => Err(Error::Import(format!("{name}: {unrecognised}"))),
    }
}

/// What a record is; `unknown` is what is said where there is no reader.
fn parse(
    record: Record,
    reader: Option<&mut (dyn Reader + 'static)>,
    unknown: &str,
    options: &ImportOptions,
) -> Parsed {
    let line = record.line;
    let outcome = match (record.value, reader) {
        (Err(bad), _) => {
            // Some reasons are whole sentences, others go on from the record.
            let reason =
                if bad.reason.starts_with("is ") { format!("the record {}", bad.reason) } else { bad.reason };
            Err(Bad { line: bad.line, column: Some(bad.column), field: String::new(), reason })
        }
        (Ok(value), Some(reader)) => match reader.read(value) {
            Ok(items) => Ok(items.into_iter().map(|item| Ready::of(item, options)).collect()),
            Err(misfit) => Err(Bad::misfit(line, misfit)),
        },
        (Ok(_), None) => Err(Bad { line, column: None, field: String::new(), reason: unknown.to_owned() }),
    };
    Parsed { line, raw: record.raw, outcome }
}

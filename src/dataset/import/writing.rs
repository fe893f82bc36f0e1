//! The writing side: it takes what the reading thread made ready, and gives it rows or rejects it.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use rusqlite::{Connection, OptionalExtension};

use super::super::{Error, OnProgress, Progress, Result, verbs};
use super::reading::{Bad, Joining, Parsed, Portion, Ready, read_file};
use super::tag_cache::TagCache;
use super::{ImportOptions, ImportReport, Input, Reject};
use crate::curation::contract::Judge;
use crate::example::{Example, Protocol, Uuid};
use crate::store::{self, BulkInsert};

/// Portions that wait between the reading and the writing thread.
const PORTIONS_WAITING: usize = 8;
/// How long an import may hear nothing from a file before it asks whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// The writing side of an import.
pub(super) struct Writing<'a> {
    pub connection: &'a Connection,
    pub action: i64,
    pub options: &'a ImportOptions,
    pub tags: TagCache,
    /// Whether the records of the file bring ids, so that they may be there already.
    pub ids_come_along: bool,
    pub report: ImportReport,
    /// What earlier files began and later ones go on with.
    pub joining: Joining,
    pub on_reject: &'a mut dyn FnMut(&Reject) -> std::io::Result<()>,
}

impl Writing<'_> {
    /// Imports one file.
    pub fn file(&mut self, input: Input, on_progress: OnProgress<'_>) -> Result<()> {
        let name = input.name().to_owned();
        let (total, bytes) = match &input {
            Input::Open(records) => (records.total_bytes(), records.progress()),
            Input::Standard => (None, Arc::default()),
        };
        let options = self.options.clone();
        let (send, receive) = bounded(PORTIONS_WAITING);
        let joining = std::mem::take(&mut self.joining);
        let reading = std::thread::spawn(move || read_file(input.open()?, &options, joining, &send));
        let written = self.portions(&name, &receive, &bytes, total, on_progress);
        drop(receive);
        // The thread ends at the next portion that nobody takes. It is not waited for: it may be
        // waiting itself, for a standard input that says nothing.
        written?;
        let read =
            reading.join().unwrap_or_else(|_| Err(Error::Import(format!("{name}: reading it failed"))));
        self.joining = read?;
        Ok(())
    }

    /// Writes what several files have come to together.
    pub fn joined(&mut self) -> Result<()> {
        for (format, items) in std::mem::take(&mut self.joining).finish(self.options) {
            let read = self.report.formats.iter().filter(|(_, id)| *id == format.id());
            let names: Vec<&str> = read.map(|(name, _)| name.as_str()).collect();
            let name = names.join(", ");
            self.ids_come_along = format.brings_ids();
            let mut bulk = BulkInsert::begin(self.connection, self.action, &name, format.id())?;
            self.rest(&name, Vec::new(), items, Some(&mut bulk))?;
            bulk.finish(self.connection)?;
        }
        Ok(())
    }

    /// Writes what waited for the end; its records were counted as imported when they were read.
    fn rest(
        &mut self,
        name: &str,
        misfits: Vec<(Bad, Vec<u8>)>,
        items: Vec<Ready>,
        mut bulk: Option<&mut BulkInsert>,
    ) -> Result<()> {
        for (bad, raw) in misfits {
            self.report.imported = self.report.imported.saturating_sub(1);
            self.reject(name, bad, raw)?;
        }
        for item in items {
            if let Err(reason) = self.item(item, bulk.as_deref_mut())? {
                self.report.imported = self.report.imported.saturating_sub(1);
                let bad = Bad { line: 0, column: None, field: String::new(), reason };
                self.reject(name, bad, Vec::new())?;
            }
        }
        Ok(())
    }

    fn portions(
        &mut self,
        name: &str,
        receive: &Receiver<Portion>,
        bytes: &Arc<AtomicU64>,
        total: Option<u64>,
        on_progress: OnProgress<'_>,
    ) -> Result<()> {
        let mut bulk: Option<BulkInsert> = None;
        loop {
            let portion = match receive.recv_timeout(PATIENCE) {
                Ok(portion) => Some(portion),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            match portion {
                Some(Portion::Format(format, certainty)) => {
                    self.report.formats.push((name.to_owned(), format.id()));
                    self.report.certainties.extend(certainty.map(|certainty| (name.to_owned(), certainty)));
                    self.ids_come_along = format.brings_ids();
                    // what is joined comes in only at the end of the last file
                    if !format.joins_files() {
                        bulk = Some(BulkInsert::begin(self.connection, self.action, name, format.id())?);
                    }
                }
                Some(Portion::Records(records)) => {
                    for parsed in records {
                        self.record(name, parsed, bulk.as_mut())?;
                    }
                }
                None => {}
                Some(Portion::Rest(items, misfits)) => self.rest(name, misfits, items, bulk.as_mut())?,
            }
            let done = bytes.load(Ordering::Relaxed);
            if !on_progress(Progress { step: "importing", done, total }) {
                return Err(Error::Stopped);
            }
        }
        match bulk {
            Some(bulk) => Ok(bulk.finish(self.connection)?),
            None => Ok(()),
        }
    }

    fn record(&mut self, name: &str, parsed: Parsed, mut bulk: Option<&mut BulkInsert>) -> Result<()> {
        self.report.read += 1;
        let items = match parsed.outcome {
            Ok(items) => items,
            Err(bad) => return self.reject(name, bad, parsed.raw),
        };
        for item in items {
            if let Err(reason) = self.item(item, bulk.as_deref_mut())? {
                let bad = Bad { line: parsed.line, column: None, field: String::new(), reason };
                return self.reject(name, bad, parsed.raw);
            }
        }
        self.report.imported += 1;
        Ok(())
    }

    fn reject(&mut self, name: &str, bad: Bad, raw: Vec<u8>) -> Result<()> {
        self.report.count_reject(&bad.field, &bad.reason);
        let reject = Reject {
            file: name.to_owned(),
            line: bad.line,
            column: bad.column,
            field: bad.field,
            reason: bad.reason,
            raw,
        };
        (self.on_reject)(&reject)
            .map_err(|source| Error::File { name: "the file of rejects".to_owned(), source })
    }

    /// Writes one item; the inner error is why it can't be one of this dataset's.
    fn item(
        &mut self,
        item: Ready,
        bulk: Option<&mut BulkInsert>,
    ) -> Result<std::result::Result<(), String>> {
        let Some(bulk) = bulk else { return Ok(Err("no format fits".to_owned())) };
        let prepared = match item {
            Ready::Definitions(definitions) => {
                if let Some(Err(error)) = definitions.contract.as_deref().map(Judge::new) {
                    return Ok(Err(error.to_string()));
                }
                if let Some(Err(error)) = definitions.protocol.as_ref().map(Protocol::check) {
                    return Ok(Err(Error::from(error).to_string()));
                }
                self.report.definitions += verbs::define(self.connection, &definitions)?;
                // A value that was unknown may be known now.
                self.tags.forget();
                return Ok(Ok(()));
            }
            Ready::Example(prepared) => prepared,
        };
        let example = &prepared.example;
        if self.ids_come_along {
            bulk.flush(self.connection)?;
            if let Some(reason) = already_there(self.connection, example)? {
                return Ok(Err(reason));
            }
        }
        let responses: Vec<_> = example.responses.iter().map(|response| response.id).collect();
        if let Some(error) = example.rankings.iter().find_map(|ranking| ranking.check(&responses).err()) {
            return Ok(Err(format!("a ranking can't be kept: {error}")));
        }
        for flag in &example.flags {
            if let Err(error) = store::flag_kind_id(self.connection, &flag.kind) {
                return Ok(Err(error.to_string()));
            }
        }
        let tags = match self.tags.resolve(self.connection, &example.tags)? {
            Ok(tags) => tags,
            Err(reason) => return Ok(Err(reason)),
        };
        bulk.insert(self.connection, *prepared, &tags)?;
        self.report.examples += 1;
        Ok(Ok(()))
    }
}

/// Says of what the dataset has already, by its UUID; nothing that one example holds twice either.
fn already_there(connection: &Connection, example: &Example) -> Result<Option<String>> {
    if let Some(number) = store::example_id_of(connection, example.id)? {
        return Ok(Some(format!("the dataset has this example already, as #{number}")));
    }
    let parts: [(&str, Vec<Uuid>); 5] = [
        ("response", example.responses.iter().map(|response| response.id).collect()),
        ("ranking", example.rankings.iter().map(|ranking| ranking.id).collect()),
        ("repeat", example.repeats.iter().map(|repeat| repeat.id).collect()),
        ("review", example.reviews.iter().map(|review| review.id).collect()),
        ("flag", example.flags.iter().map(|flag| flag.id).collect()),
    ];
    for (what, ids) in parts {
        let sql = format!("SELECT example_id FROM {what} WHERE uuid = ?1");
        let mut seen = HashSet::new();
        for id in ids {
            let found: Option<i64> =
                connection.prepare_cached(&sql)?.query_row([id.as_bytes()], |row| row.get(0)).optional()?;
            if let Some(number) = found {
                return Ok(Some(format!("the dataset has a {what} of this example already, in #{number}")));
            }
            if !seen.insert(id) {
                return Ok(Some(format!("two of its {what}s have one id")));
            }
        }
    }
    Ok(None)
}

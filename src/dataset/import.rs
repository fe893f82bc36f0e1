//! Importing files: every record becomes part of an example or a reject, and all is one action.
//!
//! One thread reads, decompresses and parses; this one writes. The rows go in by
//! [`BulkInsert`], in one transaction, so an import is there whole or not at all.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Dataset, Error, OnProgress, Progress, Result, transact, verbs};
use crate::example::{Example, Kind, Status, Tag, Uuid};
use crate::formats::container::{self, Record, Records};
use crate::formats::{self, Definitions, Format, Item, Mapping, Misfit, ReadOptions, Reader, recognise};
use crate::store::{self, BulkInsert, Mode, Prepared, TagRow};

/// Records by which a file's format is recognised.
const SAMPLE: usize = 200;
/// Records that go from the reading to the writing thread at a time, and how many such portions wait.
const PORTION: usize = 256;
const PORTIONS_WAITING: usize = 8;
/// How long an import may hear nothing from a file before it asks whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);
/// Reasons that a report keeps apart; a file can give every record one of its own.
const REASONS: usize = 200;

/// How to import.
#[derive(Default, Clone)]
pub struct ImportOptions {
    /// The format; recognised where none.
    pub format: Option<&'static dyn Format>,
    /// Which field goes where; the format is then `columns`.
    pub mapping: Option<Mapping>,
    /// Say what would be done, and leave everything as it is.
    pub dry_run: bool,
    /// Tags for every example.
    pub tags: Vec<Tag>,
    /// The status of every example, in place of what the file says.
    pub status: Option<Status>,
    /// The kind of every example, in place of what the file says.
    pub kind: Option<Kind>,
}

/// A file to import; `-` is the standard input.
pub type Source = PathBuf;

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Records read.
    pub read: u64,
    /// Records that are part of an example now.
    pub imported: u64,
    /// Records that are not; `read` is the sum of both.
    pub rejected: u64,
    /// Examples made. Fewer than records imported where several records are one example.
    pub examples: u64,
    /// Each file with the id of its format.
    pub formats: Vec<(String, &'static str)>,
    /// Why records were rejected, and how many for each reason.
    pub reasons: BTreeMap<String, u64>,
    /// The action, where something was imported.
    pub action: Option<i64>,
}

/// A record that did not become part of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file.
    pub file: String,
    /// The line, from 1, where it is wrong or where the record begins.
    pub line: u64,
    /// The column, from 1, where one is to blame.
    pub column: Option<u64>,
    /// The field, as a path; empty for the whole record.
    pub field: String,
    /// What is wrong.
    pub reason: String,
    /// The record as it stands in the file.
    pub raw: Vec<u8>,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.file == "-" { "standard input" } else { &self.file })?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", sentence(&self.field, &self.reason))
    }
}

fn sentence<'a>(field: &str, reason: &'a str) -> Cow<'a, str> {
    if field.is_empty() { reason.into() } else { format!("{field} {reason}").into() }
}

/// A reason without what tells like ones apart: places in lists and numbers of examples.
fn kind_of(reason: &str) -> String {
    let mut kind = String::with_capacity(reason.len());
    let mut rest = reason.char_indices();
    while let Some((_, c)) = rest.next() {
        kind.push(c);
        let tail = rest.as_str();
        let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_place = c == '[' && tail.get(digits..).is_some_and(|after| after.starts_with(']'));
        if digits > 0 && (c == '#' || is_place) {
            kind.push(if c == '#' { 'N' } else { '*' });
            rest = tail.get(digits..).unwrap_or_default().char_indices();
        }
    }
    kind
}

impl Dataset {
    /// Imports files as one action. Rejects are handed over as they are met; progress counts the
    /// bytes read of each file.
    pub fn import(
        &mut self,
        sources: &[Source],
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let mut inputs = Vec::new();
        for source in sources {
            inputs.push(if source.as_os_str() == "-" { Input::Standard } else { Input::Open(open(source)?) });
        }
        self.import_inputs(inputs, options, on_reject, on_progress)
    }

    /// The same with files that are open already.
    pub fn import_records(
        &mut self,
        files: Vec<Records>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let inputs = files.into_iter().map(Input::Open).collect();
        self.import_inputs(inputs, options, on_reject, on_progress)
    }

    fn import_inputs(
        &mut self,
        inputs: Vec<Input>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        // Appended pages need no copy in a rollback journal, but are written twice by a
        // write-ahead log. SQLite allows the change only while nobody else has the file open. A dry
        // run leaves even this as it is.
        let alone = !options.dry_run && self.set_journal_mode("DELETE");
        let report = self.import_files(inputs, options, on_reject, on_progress);
        if alone {
            self.set_journal_mode("WAL");
        }
        report
    }

    fn set_journal_mode(&self, mode: &str) -> bool {
        let patience = |patience| self.connection.busy_timeout(Duration::from_millis(patience));
        let _ = patience(0);
        let now = self
            .connection
            .query_row(&format!("PRAGMA journal_mode = {mode}"), [], |row| row.get::<_, String>(0));
        let _ = patience(10_000);
        now.is_ok_and(|now| now.eq_ignore_ascii_case(mode))
    }

    fn import_files(
        &mut self,
        inputs: Vec<Input>,
        options: &ImportOptions,
        on_reject: &mut dyn FnMut(&Reject) -> std::io::Result<()>,
        on_progress: OnProgress<'_>,
    ) -> Result<ImportReport> {
        let annotator = self.annotator().to_owned();
        let names: Vec<String> = inputs.iter().map(|input| input.name().to_owned()).collect();
        let transaction = self.begin()?;
        let action = store::begin_action(&transaction, &annotator, "import", "", Mode::Do)?;
        let mut writing = Writing {
            connection: &transaction,
            action,
            options,
            tags: TagCache::default(),
            ids_come_along: false,
            report: ImportReport::default(),
            on_reject,
        };
        for tag in &options.tags {
            verbs::ensure_facet(&transaction, &tag.facet)?;
            // What no example could carry is told before the first one is read.
            verbs::resolve_tag(&transaction, tag)?;
        }
        for mapped in options.mapping.iter().flat_map(Mapping::facets) {
            verbs::ensure_facet(&transaction, mapped)?;
        }
        for input in inputs {
            writing.file(input, on_progress)?;
        }
        let mut report = writing.report;
        if options.dry_run || report.examples == 0 {
            return Ok(report);
        }
        let from = match names.as_slice() {
            [only] if only == "-" => "the standard input".to_owned(),
            [only] => only.clone(),
            several => format!("{} files", several.len()),
        };
        let sentence = format!("imported {} from {from}", super::count_examples(report.examples));
        transaction.execute("UPDATE action SET sentence = ?2 WHERE id = ?1", params![action, sentence])?;
        transact::end(transaction)?;
        report.action = Some(action);
        Ok(report)
    }
}

/// What is to be read.
enum Input {
    /// A file that could be opened.
    Open(Records),
    /// The standard input, which is opened by the thread that reads: it may have to wait for it.
    Standard,
}

impl Input {
    fn name(&self) -> &str {
        match self {
            Self::Open(records) => records.name(),
            Self::Standard => "-",
        }
    }

    fn open(self) -> Result<Records> {
        match self {
            Self::Open(records) => Ok(records),
            Self::Standard => open(Path::new("-")),
        }
    }
}

fn open(path: &Path) -> Result<Records> {
    container::open_path(path, None).map_err(|error| Error::Import(error.to_string()))
}

/// A record on its way from the reading to the writing thread.
struct Parsed {
    line: u64,
    raw: Vec<u8>,
    outcome: std::result::Result<Vec<Ready>, Bad>,
}

/// An item whose rows are made ready.
enum Ready {
    Example(Box<Prepared>),
    Definitions(Definitions),
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
        example.tags.extend(options.tags.iter().cloned());
        Self::Example(Box::new(Prepared::of(example)))
    }
}

struct Bad {
    line: u64,
    column: Option<u64>,
    field: String,
    reason: String,
}

impl Bad {
    fn misfit(line: u64, misfit: Misfit) -> Self {
        let reason = if misfit.field.is_empty() { misfit.to_string() } else { misfit.reason };
        Self { line, column: None, field: misfit.field, reason }
    }
}

enum Portion {
    Format(&'static dyn Format),
    Records(Vec<Parsed>),
    /// What waited for the end of the file: items, and records that found no place.
    Rest(Vec<Ready>, Vec<(Bad, Vec<u8>)>),
}

/// Reads one file to its end, on its own thread.
fn read_file(mut records: Records, options: &ImportOptions, send: &Sender<Portion>) -> Result<()> {
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
    let format = choose_format(&sample, records.name(), options)?;
    let mut reader: Option<Box<dyn Reader>> = None;
    if let Some(format) = format {
        let read = ReadOptions { mapping: options.mapping.clone() };
        reader = Some(format.reader(&read).ok_or_else(|| {
            Error::Import(format!(
                "{} can be written, but not read; `goldset formats` shows what can",
                format.id()
            ))
        })?);
        if send.send(Portion::Format(format)).is_err() {
            return Ok(());
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
                let parsed = parse(record, reader.as_deref_mut(), options);
                if read {
                    if matches!(&parsed.outcome, Ok(items) if items.is_empty()) {
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
                return Ok(());
            }
        }
    }
    if let Some(reason) = broken {
        let bad = Bad { line: line + 1, column: None, field: String::new(), reason };
        portion.push(Parsed { line: line + 1, raw: Vec::new(), outcome: Err(bad) });
    }
    // Where nobody listens any more the other side says why.
    let _ = send.send(Portion::Records(portion));
    if let Some(mut reader) = reader {
        let finished = reader.finish();
        let misfits = finished.misfits.into_iter().map(|(call, misfit)| {
            let (line, raw) = waiting.remove(&call).unwrap_or_default();
            (Bad::misfit(line, misfit), raw)
        });
        let items = finished.items.into_iter().map(|item| Ready::of(item, options)).collect();
        let _ = send.send(Portion::Rest(items, misfits.collect()));
    }
    Ok(())
}

/// The format of a file; `None` where records are broken and the rest tells no format: then each is
/// rejected with its own reason, so that the place of what is broken is told.
fn choose_format(
    sample: &[Record],
    name: &str,
    options: &ImportOptions,
) -> Result<Option<&'static dyn Format>> {
    if options.mapping.is_some() {
        let columns = formats::by_id("columns");
        return columns
            .map(Some)
            .ok_or_else(|| Error::Import("there is no format for mapped fields".to_owned()));
    }
    if let Some(format) = options.format {
        return Ok(Some(format));
    }
    let values: Vec<serde_json::Value> =
        sample.iter().filter_map(|record| record.value.as_ref().ok().cloned()).collect();
    match recognise(&values) {
        Ok(recognised) => Ok(Some(recognised.format)),
        Err(_) if values.len() < sample.len() => Ok(None),
        Err(unrecognised) => Err(Error::Import(format!("{name}: {unrecognised}"))),
    }
}

fn parse(record: Record, reader: Option<&mut (dyn Reader + 'static)>, options: &ImportOptions) -> Parsed {
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
        (Ok(_), None) => {
            Err(Bad { line, column: None, field: String::new(), reason: "no format fits".to_owned() })
        }
    };
    Parsed { line, raw: record.raw, outcome }
}

/// The writing side of an import.
struct Writing<'a> {
    connection: &'a Connection,
    action: i64,
    options: &'a ImportOptions,
    tags: TagCache,
    ids_come_along: bool,
    report: ImportReport,
    on_reject: &'a mut dyn FnMut(&Reject) -> std::io::Result<()>,
}

impl Writing<'_> {
    fn file(&mut self, input: Input, on_progress: OnProgress<'_>) -> Result<()> {
        let name = input.name().to_owned();
        let (total, bytes) = match &input {
            Input::Open(records) => (records.total_bytes(), records.progress()),
            Input::Standard => (None, Arc::default()),
        };
        let options = self.options.clone();
        let (send, receive) = bounded(PORTIONS_WAITING);
        let reading = std::thread::spawn(move || read_file(input.open()?, &options, &send));
        let written = self.portions(&name, &receive, &bytes, total, on_progress);
        drop(receive);
        // The thread ends at the next portion that nobody takes. It is not waited for: it may be
        // waiting itself, for a standard input that says nothing.
        written?;
        reading.join().unwrap_or_else(|_| Err(Error::Import(format!("{name}: reading it failed"))))
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
                Some(Portion::Format(format)) => {
                    self.report.formats.push((name.to_owned(), format.id()));
                    self.ids_come_along = format.brings_ids();
                    bulk = Some(BulkInsert::begin(self.connection, self.action, name, format.id())?);
                }
                Some(Portion::Records(records)) => {
                    for parsed in records {
                        self.record(name, parsed, bulk.as_mut())?;
                    }
                }
                None => {}
                Some(Portion::Rest(items, misfits)) => {
                    // These records were counted as imported when they were read.
                    for (bad, raw) in misfits {
                        self.report.imported = self.report.imported.saturating_sub(1);
                        self.reject(name, bad, raw)?;
                    }
                    for item in items {
                        if let Err(reason) = self.item(item, bulk.as_mut())? {
                            self.report.imported = self.report.imported.saturating_sub(1);
                            let bad = Bad { line: 0, column: None, field: String::new(), reason };
                            self.reject(name, bad, Vec::new())?;
                        }
                    }
                }
            }
            let done = bytes.load(std::sync::atomic::Ordering::Relaxed);
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
        self.report.rejected += 1;
        let mut kind = kind_of(&sentence(&bad.field, &bad.reason));
        if self.report.reasons.len() >= REASONS && !self.report.reasons.contains_key(&kind) {
            "other reasons".clone_into(&mut kind);
        }
        *self.report.reasons.entry(kind).or_default() += 1;
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
                BulkInsert::awake(self.connection, || verbs::define(self.connection, &definitions))?;
                self.tags = TagCache::default();
                return Ok(Ok(()));
            }
            Ready::Example(prepared) => prepared,
        };
        let example = &prepared.example;
        if self.ids_come_along
            && let Some(reason) = already_there(self.connection, example)?
        {
            return Ok(Err(reason));
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
        bulk.insert(self.connection, &prepared, &tags)?;
        self.report.examples += 1;
        Ok(Ok(()))
    }
}

/// Says of what the dataset has already, by its UUID; nothing that one example holds twice either.
fn already_there(connection: &Connection, example: &Example) -> Result<Option<String>> {
    if let Some(number) = store::example_id_of(connection, example.id)? {
        return Ok(Some(format!("the dataset has this example already, as #{number}")));
    }
    let parts: [(&str, Vec<Uuid>); 3] = [
        ("response", example.responses.iter().map(|response| response.id).collect()),
        ("ranking", example.rankings.iter().map(|ranking| ranking.id).collect()),
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

/// Facets and values by name, found once.
#[derive(Default)]
struct TagCache {
    rows: HashMap<Tag, TagRow>,
}

impl TagCache {
    fn resolve(
        &mut self,
        connection: &Connection,
        tags: &[Tag],
    ) -> Result<std::result::Result<Vec<TagRow>, String>> {
        let mut rows: Vec<TagRow> = Vec::with_capacity(tags.len());
        for tag in tags {
            let row = match self.rows.get(tag) {
                Some(row) => *row,
                None => match BulkInsert::awake(connection, || verbs::resolve_tag(connection, tag)) {
                    Ok((facet, several, value)) => {
                        let row = TagRow { facet, several, value };
                        self.rows.insert(tag.clone(), row);
                        row
                    }
                    Err(error @ (Error::NoFacet(_) | Error::ClosedFacet { .. })) => {
                        return Ok(Err(error.to_string()));
                    }
                    Err(error) => return Err(error),
                },
            };
            if rows.contains(&row) {
                continue;
            }
            if !row.several && rows.iter().any(|other| other.facet == row.facet) {
                return Ok(Err(Error::OneValue(tag.facet.clone()).to_string()));
            }
            rows.push(row);
        }
        Ok(Ok(rows))
    }
}

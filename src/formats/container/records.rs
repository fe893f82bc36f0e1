//! What reading a file gives: one record after the other, good and bad.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::Kind;
use super::position::Position;
use crate::text::utf8::foreign;

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The line, from 1, where it begins.
    pub line: u64,
    /// Its bytes as they stand in the file, without what parts it from its neighbours: what goes
    /// to the file of rejects.
    pub raw: Vec<u8>,
    /// What it says, or why that can't be told.
    pub value: Result<Value, BadRecord>,
}

/// Why a record can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct BadRecord {
    /// The line, from 1, where it is wrong.
    pub line: u64,
    /// The column, from 1, counted in characters.
    pub column: u64,
    /// What is wrong.
    pub reason: String,
}

impl BadRecord {
    pub(super) fn at(position: Position, reason: impl Into<String>) -> Self {
        Self { line: position.line, column: position.column, reason: reason.into() }
    }
}

/// The file can't be read on: what came before is all there is.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It could not be opened.
    #[error("can't open {name}: {source}")]
    Open {
        /// The file.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// Reading or decompressing failed on the way.
    #[error("can't read {name} beyond line {line}: {source}")]
    Broken {
        /// The file.
        name: String,
        /// The last line that was read.
        line: u64,
        /// What the system or the decompressor says.
        source: io::Error,
    },
}

/// The records of a file, read as they are asked for. After an error there are no more.
pub struct Records {
    pub(super) cutter: Box<dyn Cutter>,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) total: Option<u64>,
    pub(super) read: Arc<AtomicU64>,
    pub(super) seen: u64,
    pub(super) line: u64,
    pub(super) over: bool,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Records {
    /// How many records have been given so far, bad ones included. A file that ends with none
    /// holds no records.
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// How the records follow each other.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The name under which the file was opened.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes of the file, as it lies on the disk, have been read.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The same count, to be watched from another thread.
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// How many bytes the file has on the disk, where that is known.
    pub const fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// The line that stands above all records (the header of a table): a file of rejects begins with it.
    pub fn header(&self) -> Option<&[u8]> {
        self.cutter.header()
    }
}

impl Iterator for Records {
    type Item = Result<Record, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.cutter.next() {
            Ok(Some(record)) => {
                self.seen += 1;
                self.line = record.line;
                Some(Ok(record))
            }
            Ok(None) => {
                self.over = true;
                None
            }
            Err(source) => {
                self.over = true;
                Some(Err(ReadError::Broken { name: self.name.clone(), line: self.line, source }))
            }
        }
    }
}

/// Cuts a stream of bytes into records.
pub(super) trait Cutter: Send {
    fn next(&mut self) -> io::Result<Option<Record>>;

    fn header(&self) -> Option<&[u8]> {
        None
    }
}

/// More than any record has. A file that goes on for longer without an end of a record is not
/// one that was meant, and would fill the memory.
pub(super) const LONGEST: usize = 256 << 20;

pub(super) fn too_long(start: Position) -> io::Error {
    let reason = format!("the record that begins in line {} is longer than 256 MB", start.line);
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// What JSON calls white space: fewer characters than text does.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The record of these bytes, which are JSON and begin at `start`.
pub(super) fn parse(raw: Vec<u8>, start: Position) -> Record {
    let value = match text(&raw, start) {
        Ok(text) => serde_json::from_str(text).map_err(|error| bad_json(&raw, start, &error)),
        Err(bad) => Err(bad),
    };
    Record { line: start.line, raw, value }
}

/// The bytes as text; the error says where they stop being UTF-8.
pub(super) fn text(raw: &[u8], start: Position) -> Result<&str, BadRecord> {
    std::str::from_utf8(raw).map_err(|error| {
        let (good, rest) = raw.split_at(error.valid_up_to());
        let reason = foreign(rest.first().copied().unwrap_or_default());
        BadRecord::at(start.after(good), reason)
    })
}

fn bad_json(raw: &[u8], start: Position, error: &serde_json::Error) -> BadRecord {
    let sentence = error.to_string();
    let what = sentence.rsplit_once(" at line ").map_or(sentence.as_str(), |(what, _)| what);
    let no_number =
        [b"NaN".as_slice(), b"Infinity"].iter().any(|word| at_error(raw, error).starts_with(word));
    let reason = match what {
        "recursion limit exceeded" => "is nested more than 127 deep".to_owned(),
        _ if no_number => "is not JSON: NaN and Infinity are no numbers there; write null".to_owned(),
        _ if raw.contains(&0) => {
            "is not JSON: it holds NUL bytes (the file was not written to its end, or is UTF-16)".to_owned()
        }
        _ if error.is_eof() => format!("is not JSON: it is cut off ({what})"),
        _ => format!("is not JSON: {what}"),
    };
    BadRecord::at(start.of_json_error(raw, error), reason)
}

/// The bytes at which `serde_json` stopped, without a sign before them.
fn at_error<'a>(raw: &'a [u8], error: &serde_json::Error) -> &'a [u8] {
    let line = raw.split(|&byte| byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let wrong = line.get(error.column().saturating_sub(1)..).unwrap_or_default();
    // a minus is taken for the beginning of a number, so that the next character is the wrong one
    wrong.strip_prefix(b"-").unwrap_or(wrong)
}

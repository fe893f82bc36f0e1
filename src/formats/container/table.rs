//! Tables: comma- or tab-separated values under a header, each row an object of texts.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use csv::ByteRecord;
use serde_json::{Map, Value};

use super::position::Position;
use super::records::{BadRecord, Cutter, LONGEST, Record, text, too_long};
use super::source::Input;

/// Cuts a table into records.
pub(super) struct Table {
    delimiter: u8,
    reader: csv::Reader<Taped<Input>>,
    tape: Arc<Mutex<Tape>>,
    row: ByteRecord,
    at: Position,
    /// How many bytes of the file stand before what is on the tape.
    before: u64,
    names: Option<Vec<String>>,
    header: Vec<u8>,
    /// Whether the file ends with this row.
    last: bool,
}

impl Table {
    pub fn new(input: Input, delimiter: u8) -> Self {
        let tape = Arc::new(Mutex::new(Tape::default()));
        let taped = Taped { source: input, tape: Arc::clone(&tape) };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(taped);
        Self {
            delimiter,
            reader,
            tape,
            row: ByteRecord::new(),
            at: Position::START,
            before: 0,
            names: None,
            header: Vec::new(),
            last: false,
        }
    }

    /// Reads the next row into `self.row`; its bytes in the file, and where it begins.
    fn next_row(&mut self) -> io::Result<Option<(Vec<u8>, Position)>> {
        if !self.reader.read_byte_record(&mut self.row).map_err(io::Error::from)? {
            return Ok(None);
        }
        let end = self.reader.position().byte();
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        let length = usize::try_from(end - self.before).unwrap_or(usize::MAX).min(tape.bytes.len());
        let mut raw: Vec<u8> = tape.bytes.drain(..length).collect();
        self.last = tape.ended && tape.bytes.is_empty();
        drop(tape);
        self.before = end;
        // the line end of the row before, where it is `\r\n`, and blank lines
        let blank = raw.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
        let start = self.at.after(raw.get(..blank).unwrap_or_default());
        self.at = self.at.after(&raw);
        raw.drain(..blank);
        while matches!(raw.last(), Some(b'\n' | b'\r')) {
            raw.pop();
        }
        Ok(Some((raw, start)))
    }

    fn read_header(&mut self) -> io::Result<()> {
        let Some((raw, _)) = self.next_row()? else { return Ok(()) };
        let mut names: Vec<String> = Vec::new();
        for (index, name) in self.row.iter().enumerate() {
            let name = String::from_utf8_lossy(name).trim().to_owned();
            let name = if name.is_empty() { format!("column_{}", index + 1) } else { name };
            let same = names.iter().filter(|other| **other == name).count();
            names.push(if same == 0 { name } else { format!("{name}_{}", index + 1) });
        }
        self.names = Some(names);
        self.header = raw;
        Ok(())
    }

    fn object(&self, names: &[String], raw: &[u8], start: Position) -> Result<Value, BadRecord> {
        text(raw, start)?;
        let (wanted, there) = (names.len(), self.row.len());
        if wanted != there {
            let reason = format!("has {there} fields where the header has {wanted}");
            return Err(BadRecord::at(start, reason));
        }
        if self.last && ends_in_quotes(raw, self.delimiter) {
            return Err(BadRecord::at(start, "a quote that opens here is never closed"));
        }
        let fields = names.iter().zip(&self.row);
        let object: Map<String, Value> = fields
            .map(|(name, field)| (name.clone(), Value::String(String::from_utf8_lossy(field).into_owned())))
            .collect();
        Ok(Value::Object(object))
    }
}

impl Cutter for Table {
    fn next(&mut self) -> io::Result<Option<Record>> {
        if self.names.is_none() {
            self.read_header()?;
        }
        let Some((raw, start)) = self.next_row()? else { return Ok(None) };
        let names = self.names.as_deref().unwrap_or_default();
        let value = self.object(names, &raw, start);
        Ok(Some(Record { line: start.line, raw, value }))
    }

    fn header(&self) -> Option<&[u8]> {
        self.names.is_some().then_some(self.header.as_slice())
    }
}

/// Whether a quote that opens a field of this row is never closed: then the row has swallowed all
/// that follows it.
fn ends_in_quotes(row: &[u8], delimiter: u8) -> bool {
    let (mut may_open, mut quoted) = (true, false);
    for &byte in row {
        // a doubled quote closes and opens again
        let closes = byte == b'"' && quoted;
        quoted = if byte == b'"' { !quoted && may_open } else { quoted };
        may_open = closes || !quoted && (byte == delimiter || byte == b'\n');
    }
    quoted
}

/// What was read and not yet cut out.
#[derive(Default)]
struct Tape {
    bytes: Vec<u8>,
    ended: bool,
}

/// Keeps what is read until the row that it belongs to has been cut out.
struct Taped<R> {
    source: R,
    tape: Arc<Mutex<Tape>>,
}

impl<R: Read> Read for Taped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        if tape.bytes.len() > LONGEST {
            return Err(too_long(Position::START));
        }
        tape.ended = count == 0;
        tape.bytes.extend_from_slice(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

//! Files in which every line is a record.

use std::io::{self, BufRead, Read};

use serde_json::Value;

use super::position::Position;
use super::records::{BadRecord, Cutter, LONGEST, Record, is_blank, parse, text, too_long};
use super::source::Input;

/// The next line without its end, which is `\n` or `\r\n`; `None` at the end of the file.
pub(super) fn next_line(input: &mut Input, number: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(LONGEST as u64).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    } else if line.len() >= LONGEST {
        return Err(too_long(Position::line(number)));
    }
    Ok(Some(line))
}

/// One JSON value a line; blank lines are none.
pub(super) struct JsonLines {
    input: Input,
    line: u64,
}

impl JsonLines {
    pub fn new(input: Input) -> Self {
        Self { input, line: 0 }
    }
}

impl Cutter for JsonLines {
    fn next(&mut self) -> io::Result<Option<Record>> {
        loop {
            self.line += 1;
            let Some(raw) = next_line(&mut self.input, self.line)? else { return Ok(None) };
            if raw.iter().all(|&byte| is_blank(byte)) {
                continue;
            }
            let record = parse(raw, Position::line(self.line));
            return Ok(Some(if record.value.is_ok() { record } else { without_comma(record) }));
        }
    }
}

/// The lines of an array without its brackets end in commas, which part the records as lines do.
fn without_comma(bad: Record) -> Record {
    let Some(value) = bad.raw.trim_ascii_end().strip_suffix(b",") else { return bad };
    match serde_json::from_slice(value) {
        Ok(value) => Record { value: Ok(value), ..bad },
        Err(_) => bad,
    }
}

/// One text a line; empty lines are none.
pub(super) struct TextLines {
    input: Input,
    line: u64,
}

impl TextLines {
    pub fn new(input: Input) -> Self {
        Self { input, line: 0 }
    }
}

impl Cutter for TextLines {
    fn next(&mut self) -> io::Result<Option<Record>> {
        loop {
            self.line += 1;
            let Some(raw) = next_line(&mut self.input, self.line)? else { return Ok(None) };
            if !raw.is_empty() {
                let value = text(&raw, Position::line(self.line)).map(|text| Value::String(text.to_owned()));
                return Ok(Some(Record { line: self.line, raw, value }));
            }
        }
    }
}

/// What is left of a file behind the end of what it should hold: every line that is not blank is
/// a bad record.
pub(super) fn leftover(input: &mut Input, at: &mut Position, reason: &str) -> io::Result<Option<Record>> {
    loop {
        let start = *at;
        let Some(mut raw) = next_line(input, start.line)? else { return Ok(None) };
        *at = Position::line(start.line + 1);
        let blank = raw.iter().take_while(|&&byte| is_blank(byte)).count();
        let bad = BadRecord::at(start.after(raw.get(..blank).unwrap_or_default()), reason);
        raw.drain(..blank);
        if !raw.is_empty() {
            return Ok(Some(Record { line: start.line, raw, value: Err(bad) }));
        }
    }
}

//! Files that are one JSON document: an array whose elements are the records, or values that
//! stand one after the other.
//!
//! The elements are cut out of the stream by following strings, escapes and depth, and each is
//! parsed for itself: so the file may be larger than the memory, and a broken element costs no other.

use std::io::{self, BufRead, Read};

use super::lines::leftover;
use super::position::Position;
use super::records::{BadRecord, Cutter, LONGEST, Record, is_blank, parse, too_long};
use super::source::Input;

/// Where in the document the next byte stands.
enum State {
    /// Before the bracket that opens the array.
    BeforeArray,
    /// Before an element of the array, which is the first or follows a comma.
    BeforeElement { first: bool },
    /// Behind the array.
    AfterArray,
    /// Behind the array, in the rest of the object that is wrapped around it.
    InWrapper,
    /// The file ended inside the array, and that must still be told.
    CutOff,
    /// Before a value outside an array; `fresh` where only blanks stand before it on its line.
    BeforeValue { fresh: bool },
    /// Nothing more comes.
    Over,
}

/// Cuts a JSON document into records.
pub(super) struct Document {
    input: Input,
    at: Position,
    state: State,
    wrapped: bool,
}

/// What to do with a byte that was looked at.
enum Step {
    Take,
    TakeAndStop,
    Stop,
}

impl Document {
    pub fn array(input: Input) -> Self {
        Self { input, at: Position::START, state: State::BeforeArray, wrapped: false }
    }

    pub fn values(input: Input) -> Self {
        Self { input, at: Position::START, state: State::BeforeValue { fresh: true }, wrapped: false }
    }

    /// An object that is wrapped around the array of records, which begins behind so many bytes. What
    /// else the object holds is passed over.
    pub fn wrapped(mut input: Input, before: usize) -> io::Result<Self> {
        let mut passed = Vec::new();
        input.by_ref().take(before as u64).read_to_end(&mut passed)?;
        let state = State::BeforeElement { first: true };
        Ok(Self { input, at: Position::START.after(&passed), state, wrapped: true })
    }

    /// Reads bytes as long as `decide` takes them.
    fn gather(&mut self, mut decide: impl FnMut(u8) -> Step) -> io::Result<Vec<u8>> {
        let start = self.at;
        let mut gathered = Vec::new();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut taken = buffer.len();
            let mut stop = false;
            for (index, &byte) in buffer.iter().enumerate() {
                match decide(byte) {
                    Step::Take => continue,
                    Step::TakeAndStop => taken = index + 1,
                    Step::Stop => taken = index,
                }
                stop = true;
                break;
            }
            gathered.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            self.input.consume(taken);
            if stop {
                break;
            }
            if gathered.len() > LONGEST {
                return Err(too_long(start));
            }
        }
        self.at = self.at.after(&gathered);
        Ok(gathered)
    }

    /// Skips blanks; the next byte, and whether a line ended before it.
    fn skip_blanks(&mut self) -> io::Result<(Option<u8>, bool)> {
        let line = self.at.line;
        loop {
            // a file of nothing but blanks must not gather them all
            let mut room = 1 << 16;
            let blanks = self.gather(|byte| {
                room -= 1;
                match is_blank(byte) {
                    true if room > 0 => Step::Take,
                    true => Step::TakeAndStop,
                    false => Step::Stop,
                }
            })?;
            if blanks.len() < 1 << 16 {
                break;
            }
        }
        Ok((self.peek()?, self.at.line > line))
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    /// Steps over a byte that `peek` has shown and that ends no line.
    fn skip(&mut self) {
        self.input.consume(1);
        self.at.column += 1;
    }

    fn element(&mut self, first: bool) -> io::Result<Option<Record>> {
        self.skip_blanks()?;
        let start = self.at;
        let mut nesting = Nesting::default();
        let mut raw = self.gather(|byte| match byte {
            b',' | b']' if nesting.is_outside() => Step::Stop,
            _ => {
                nesting.follow(byte);
                Step::Take
            }
        })?;
        while raw.pop_if(|byte| is_blank(*byte)).is_some() {}
        let end = self.peek()?;
        if end.is_some() {
            self.skip();
        }
        match end {
            Some(b',') => {
                self.state = State::BeforeElement { first: false };
                if raw.is_empty() {
                    return Ok(Some(bad(start, raw, "is not JSON: a value is missing before the comma")));
                }
            }
            Some(_) => {
                self.state = if self.wrapped { State::InWrapper } else { State::AfterArray };
                if raw.is_empty() {
                    let reason = "is not JSON: a comma stands before the end of the array";
                    return if first { self.next() } else { Ok(Some(bad(start, raw, reason))) };
                }
            }
            None => {
                self.state = State::CutOff;
                // a number or a word may have lost its end without showing it
                let whole = matches!(raw.last(), Some(b'}' | b']' | b'"'));
                let record = parse(raw, start);
                return match record.value {
                    _ if record.raw.is_empty() => self.next(),
                    Ok(_) if whole => Ok(Some(record)),
                    Ok(_) => {
                        self.state = State::Over;
                        Ok(Some(bad(start, record.raw, CUT_OFF)))
                    }
                    Err(_) => {
                        self.state = State::Over;
                        Ok(Some(record))
                    }
                };
            }
        }
        Ok(Some(parse(raw, start)))
    }

    fn value(&mut self, fresh: bool) -> io::Result<Option<Record>> {
        let begins = self.at == Position::START;
        let (next, line_ended) = self.skip_blanks()?;
        let start = self.at;
        let Some(next) = next else { return Ok(None) };
        if !begins && !((fresh || line_ended) && next == b'{') {
            self.state = State::BeforeValue { fresh: true };
            let reason = "is not JSON: something stands behind the end of the value";
            return leftover(&mut self.input, &mut self.at, reason);
        }
        let mut nesting = Nesting::default();
        let raw = self.gather(|byte| match next {
            b'{' | b'[' | b'"' => {
                nesting.follow(byte);
                if nesting.is_outside() { Step::TakeAndStop } else { Step::Take }
            }
            _ if is_blank(byte) => Step::Stop,
            _ => Step::Take,
        })?;
        self.state = State::BeforeValue { fresh: false };
        Ok(Some(parse(raw, start)))
    }
}

const CUT_OFF: &str = "the file ends inside the array: it was cut off";
const OTHER_LISTS: &str = "the object has other lists of records behind this one, which are not read: make a file of \
                          each";
const WRAPPER_CUT_OFF: &str = "the file ends inside the object around the array: it was cut off";

impl Cutter for Document {
    fn next(&mut self) -> io::Result<Option<Record>> {
        match self.state {
            State::BeforeArray => {
                let (next, _) = self.skip_blanks()?;
                let start = self.at;
                match next {
                    Some(b'[') => {
                        self.skip();
                        self.state = State::BeforeElement { first: true };
                        self.next()
                    }
                    // only where someone said that it is an array
                    Some(_) => {
                        leftover(&mut self.input, &mut self.at, "is not JSON: an array begins with a bracket")
                    }
                    None => {
                        self.state = State::Over;
                        self.at = start;
                        Ok(None)
                    }
                }
            }
            State::BeforeElement { first } => self.element(first),
            State::InWrapper => {
                let mut nesting = Nesting { depth: 1, ..Nesting::default() };
                let mut closed = false;
                let (start, mut opened, mut has_others) = (self.at, false, false);
                self.gather(|byte| {
                    has_others |= opened && byte == b'{';
                    opened = if is_blank(byte) {
                        opened
                    } else {
                        byte == b'[' && nesting.depth == 1 && !nesting.in_string
                    };
                    nesting.follow(byte);
                    closed = nesting.is_outside();
                    if closed { Step::TakeAndStop } else { Step::Take }
                })?;
                self.state = if closed { State::AfterArray } else { State::Over };
                match (closed, has_others) {
                    (true, false) => self.next(),
                    (true, true) => Ok(Some(bad(start, Vec::new(), OTHER_LISTS))),
                    (false, _) => Ok(Some(bad(self.at, Vec::new(), WRAPPER_CUT_OFF))),
                }
            }
            State::AfterArray => leftover(
                &mut self.input,
                &mut self.at,
                "is not JSON: something stands behind the end of the array",
            ),
            State::CutOff => {
                self.state = State::Over;
                Ok(Some(bad(self.at, Vec::new(), CUT_OFF)))
            }
            State::BeforeValue { fresh } => self.value(fresh),
            State::Over => Ok(None),
        }
    }
}

fn bad(at: Position, raw: Vec<u8>, reason: &str) -> Record {
    Record { line: at.line, raw, value: Err(BadRecord::at(at, reason)) }
}

/// How deep in brackets and strings the stream stands.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn follow(&mut self, byte: u8) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    const fn is_outside(&self) -> bool {
        self.depth == 0 && !self.in_string
    }
}

//! What is wrong with a text that should be JSON: the place, and what was expected there.
//!
//! Takes and refuses what `serde_json` does (RFC 8259, nested no more than 127 deep), and says it
//! for people: of the faults that writers and models make it knows the names.

use std::ops::Range;

use crate::text::place::position;

/// How deep JSON may be nested: what `serde_json` reads.
const DEEPEST: usize = 127;

/// What is wrong with a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct SyntaxError {
    /// The bytes of the text that are wrong; empty, at the end, where something is missing there.
    pub range: Range<usize>,
    /// What was expected, or what is wrong, as a sentence.
    pub reason: String,
}

/// Says what is wrong with the first fault of a JSON text. One pass, without recursion.
pub fn check(text: &str) -> Result<(), SyntaxError> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, open: Vec::new() };
    scanner.document()
}

/// What is wrong with the JSON of one line: `column 6: a colon is expected`. `None` where nothing is.
pub fn fault_in_line(line: &str) -> Option<String> {
    let SyntaxError { range, reason } = check(line).err()?;
    Some(format!("column {}: {reason}", position(line, range.start).column))
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A value, or the end of an array that has none.
    FirstItem,
    /// A key, or the end of an object that has none.
    FirstKey,
    Key,
    /// A comma or the closing bracket; at the outside, the end.
    CommaOrEnd,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The closing brackets that are still to come, the innermost last.
    open: Vec<u8>,
}

type Checked<T = ()> = Result<T, SyntaxError>;

impl Scanner<'_> {
    fn document(&mut self) -> Checked {
        let mut next = Next::Value;
        loop {
            self.skip_blanks();
            let Some(byte) = self.peek() else {
                return if next == Next::CommaOrEnd && self.open.is_empty() {
                    Ok(())
                } else {
                    self.early_end(next)
                };
            };
            next = match (next, byte) {
                (Next::FirstItem, b']') | (Next::FirstKey, b'}') => self.close(),
                (Next::Value | Next::FirstItem, _) => self.value(byte)?,
                (Next::FirstKey | Next::Key, b'"') => {
                    self.string()?;
                    self.colon()?;
                    Next::Value
                }
                (Next::FirstKey | Next::Key, _) => return self.no_key(byte),
                (Next::CommaOrEnd, _) => self.comma_or_end(byte)?,
            };
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn close(&mut self) -> Next {
        self.open.pop();
        self.at += 1;
        Next::CommaOrEnd
    }

    fn value(&mut self, byte: u8) -> Checked<Next> {
        match byte {
            b'"' => self.string()?,
            b'{' | b'[' => {
                if self.open.len() == DEEPEST {
                    return self.wrong(1, format!("this is nested more than {DEEPEST} deep"));
                }
                self.at += 1;
                self.open.push(if byte == b'{' { b'}' } else { b']' });
                return Ok(if byte == b'{' { Next::FirstKey } else { Next::FirstItem });
            }
            b'-' | b'0'..=b'9' => self.number()?,
            _ => match ["true", "false", "null"].into_iter().find(|word| self.rest().starts_with(word)) {
                Some(word) => self.at += word.len(),
                None => return self.no_value(byte),
            },
        }
        Ok(Next::CommaOrEnd)
    }

    fn colon(&mut self) -> Checked {
        self.skip_blanks();
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            None => self.wrong(0, "the text ends where a colon and a value are expected"),
            Some(_) => self.wrong_here("a colon is expected between a key and its value"),
        }
    }

    fn comma_or_end(&mut self, byte: u8) -> Checked<Next> {
        let Some(&close) = self.open.last() else {
            return self.wrong_to_end("the JSON has ended before this, and nothing may follow it");
        };
        if byte == close {
            return Ok(self.close());
        }
        if byte != b',' {
            let close = char::from(close);
            return self.wrong_here(&format!("a comma or “{close}” is expected"));
        }
        let comma = self.at;
        self.at += 1;
        self.skip_blanks();
        if self.peek() == Some(close) {
            let reason = format!("there is nothing between this comma and “{}”", char::from(close));
            return Err(SyntaxError { range: comma..comma + 1, reason });
        }
        Ok(if close == b'}' { Next::Key } else { Next::Value })
    }

    fn string(&mut self) -> Checked {
        self.at += 1;
        loop {
            match self.peek() {
                None => return self.wrong(0, "the text ends inside a string: its closing quote is missing"),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(b'\n') => {
                    return self.wrong(1, "a line ends inside a string: a line break is written \\n there");
                }
                Some(b'\t') => return self.wrong(1, "a tab inside a string is written \\t"),
                Some(control @ ..0x20) => {
                    let reason = format!("a control character inside a string is written \\u{control:04x}");
                    return self.wrong(1, reason);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Checked {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => return self.unicode_escape(),
            None => {
                self.at = self.bytes.len();
                return self.wrong(0, "the text ends inside a string: its closing quote is missing");
            }
            Some(_) => {
                let c = self.text.get(self.at + 1..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                let reason = format!("“\\{c}” means nothing in a string; a backslash is written \\\\");
                return self.wrong(1 + c.len_utf8(), reason);
            }
        }
        Ok(())
    }

    fn unicode_escape(&mut self) -> Checked {
        let short = "\\u is followed by four hexadecimal digits";
        let Some(unit) = self.unit(self.at) else { return self.wrong(2, short) };
        let half = "this is one half of a character; \\u escapes beyond ffff come in pairs";
        match unit {
            0xDC00..=0xDFFF => self.wrong(6, half),
            0xD800..=0xDBFF => match self.unit(self.at + 6) {
                Some(0xDC00..=0xDFFF) => {
                    self.at += 12;
                    Ok(())
                }
                _ => self.wrong(6, half),
            },
            _ => {
                self.at += 6;
                Ok(())
            }
        }
    }

    /// The number of the `\uXXXX` that stands there.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Checked {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.peek(), Some(b'0'..=b'9')) {
                    self.at -= 1;
                    return self.wrong(1, "a number doesn't begin with a 0 that other digits follow");
                }
            }
            _ => self.digits("a digit is expected after the minus sign")?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits("a digit is expected after the point")?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits("a digit is expected after the e")?;
        }
        Ok(())
    }

    fn digits(&mut self, expected: &str) -> Checked {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { self.wrong_here(expected) }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The word, or else the character, that stands here.
    fn word(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        rest.get(..end).unwrap_or_default()
    }

    fn early_end<T>(&mut self, next: Next) -> Checked<T> {
        self.at = self.bytes.len();
        let missing: String = self.open.iter().rev().map(|&close| char::from(close)).collect();
        let reason = match next {
            _ if missing.is_empty() => "there is nothing here, where a value is expected".to_owned(),
            Next::Value => format!("the text ends where a value is expected, and “{missing}” is missing"),
            Next::Key => format!("the text ends where a key is expected, and “{missing}” is missing"),
            _ => format!("the text ends too early: “{missing}” is missing"),
        };
        self.wrong(0, reason)
    }

    fn no_key<T>(&mut self, byte: u8) -> Checked<T> {
        let word = self.word();
        let reason = match byte {
            b'\'' | b'\xe2' => "a key stands in double quotes (\")".to_owned(),
            b'/' | b'#' => "JSON has no comments".to_owned(),
            b',' => "there is nothing before this comma".to_owned(),
            _ if word.starts_with(char::is_alphabetic) => {
                format!("a key stands in double quotes: \"{}\"", short(word))
            }
            _ => format!("a key in double quotes is expected, not “{word}”"),
        };
        self.wrong_here(&reason)
    }

    fn no_value<T>(&mut self, byte: u8) -> Checked<T> {
        let word = self.word();
        let meant = match word {
            "True" | "TRUE" => "true",
            "False" | "FALSE" => "false",
            "None" | "Null" | "NULL" | "undefined" | "nil" => "null",
            _ => "",
        };
        let reason = match byte {
            _ if !meant.is_empty() => format!("“{word}” is written {meant} in JSON"),
            b'\'' | b'\xe2' if word != "…" => "text stands in double quotes (\")".to_owned(),
            b'/' | b'#' => "JSON has no comments".to_owned(),
            b',' => "there is nothing before this comma".to_owned(),
            b'+' | b'.' => "a number begins with a digit or a minus sign".to_owned(),
            _ if matches!(word, "NaN" | "Infinity" | "nan" | "inf") => {
                format!("“{word}” is no number in JSON")
            }
            _ if self.open.is_empty() => {
                format!("it begins with “{}”, where a value is expected", short(word))
            }
            _ if word.starts_with(char::is_alphabetic) => {
                format!("a value is expected, not “{}”; text stands in double quotes", short(word))
            }
            _ => format!("a value is expected, not “{word}”"),
        };
        self.wrong_here(&reason)
    }

    fn wrong<T>(&self, len: usize, reason: impl Into<String>) -> Checked<T> {
        let range = self.at..(self.at + len).min(self.bytes.len());
        Err(SyntaxError { range, reason: reason.into() })
    }

    fn wrong_here<T>(&self, reason: &str) -> Checked<T> {
        self.wrong(self.word().len(), reason)
    }

    fn wrong_to_end<T>(&self, reason: &str) -> Checked<T> {
        self.wrong(self.rest().trim_end().len().max(1), reason)
    }
}

/// A word that may be long.
fn short(word: &str) -> String {
    match word.char_indices().nth(24) {
        Some((end, _)) => format!("{}…", word.get(..end).unwrap_or_default()),
        None => word.to_owned(),
    }
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;

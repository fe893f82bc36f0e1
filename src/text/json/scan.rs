//! The tokens of JSON: each a range of the text.

use std::ops::Range;

use super::JsonError;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of `{}[],:`.
    Sign(char),
    String,
    /// A number, `true`, `false` or `null`.
    Plain,
}

/// The next token at or after a byte; `None` at the end of the text.
pub(super) fn next(text: &str, from: usize) -> Result<Option<Token>, JsonError> {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let rest = text.get(from..).unwrap_or_default();
    let start = from + rest.len() - rest.trim_start_matches(is_blank).len();
    let rest = text.get(start..).unwrap_or_default();
    let Some(first) = rest.chars().next() else { return Ok(None) };
    let (kind, len) = match first {
        '{' | '}' | '[' | ']' | ',' | ':' => (Kind::Sign(first), 1),
        '"' => (Kind::String, string(text, start)?),
        '-' | '0'..='9' => (Kind::Plain, number(text, start)?),
        _ => (Kind::Plain, word(text, start)?),
    };
    Ok(Some(Token { kind, range: start..start + len }))
}

/// The length of a string, with its quotes.
fn string(text: &str, start: usize) -> Result<usize, JsonError> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1 - start),
            Some(b'\\') => at += escape(text, at)?,
            Some(b'\n') | None => {
                let line_ends =
                    "this string is not closed: it wants a \" at its end, and \\n for a line break";
                return Err(JsonError::at(text, start, line_ends));
            }
            Some(byte) if *byte < 0x20 => {
                let reason = format!("a control character in a string is written \\u{byte:04x}");
                return Err(JsonError::at(text, at, reason));
            }
            Some(_) => at += 1,
        }
    }
}

/// The length of what a backslash begins: two units of UTF-16 where one needs the other.
fn escape(text: &str, at: usize) -> Result<usize, JsonError> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex { u32::from_str_radix(digits, 16).ok() } else { None }
    };
    match text.as_bytes().get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => Ok(12),
            Some(0xd800..=0xdfff) => {
                Err(JsonError::at(text, at, "this is half a character: its other half is missing"))
            }
            Some(_) => Ok(6),
            None => Err(JsonError::at(text, at, "\\u wants four digits from 0 to 9 and a to f")),
        },
        _ => Err(JsonError::at(text, at, "a backslash in a string is written \\\\")),
    }
}

/// The length of a number.
fn number(text: &str, start: usize) -> Result<usize, JsonError> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count();
    let wrong = |at: usize, reason: &str| Err(JsonError::at(text, at, reason));
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    match digits(at) {
        0 => return wrong(at, "a number wants a digit here"),
        1 => at += 1,
        _ if bytes.get(at) == Some(&b'0') => return wrong(at, "a number does not begin with 0"),
        several => at += several,
    }
    if bytes.get(at) == Some(&b'.') {
        match digits(at + 1) {
            0 => return wrong(at + 1, "a digit is missing after the decimal point"),
            several => at += 1 + several,
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        match digits(at) {
            0 => return wrong(at, "a digit is missing in the exponent"),
            several => at += several,
        }
    }
    Ok(at - start)
}

/// The length of `true`, `false` or `null`.
fn word(text: &str, start: usize) -> Result<usize, JsonError> {
    let rest = text.get(start..).unwrap_or_default();
    let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let word = rest.get(..len).unwrap_or_default();
    let reason = match word {
        "true" | "false" | "null" => return Ok(len),
        "True" | "False" => format!("{word} is written {} in JSON", word.to_lowercase()),
        "None" | "undefined" | "NaN" => format!("{word} is written null in JSON"),
        "" if rest.starts_with(['\'', '“', '”', '‘', '’', '`']) => {
            "strings stand between straight double quotes: \"".to_owned()
        }
        "" if rest.starts_with('/') || rest.starts_with('#') => "JSON has no comments".to_owned(),
        "" => "no value of JSON begins like this".to_owned(),
        _ => "a word wants double quotes around it".to_owned(),
    };
    Err(JsonError::at(text, start, reason))
}

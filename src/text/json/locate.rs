//! Where in a JSON text the value stands that a JSON pointer (RFC 6901) means.

use std::borrow::Cow;
use std::ops::Range;

/// Where a value stands, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The value, from its first to its last character.
    pub value: Range<usize>,
    /// Its key with the quotes, where it is in an object.
    pub key: Option<Range<usize>>,
}

/// Finds the value that the pointer means; the empty pointer means the whole. `None` where there
/// is none. Of a key that is there twice the last one counts, as it does for who reads the value.
///
/// One walk along the text without recursion, so that its depth is no matter. The text should be
/// JSON: of one that isn't, what stands before the fault may be found and may be not.
pub fn locate(text: &str, pointer: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut span = Span { value: value_at(bytes, skip_blanks(bytes, 0))?, key: None };
    if pointer.is_empty() {
        return Some(span);
    }
    for segment in pointer.strip_prefix('/')?.split('/') {
        let segment = unescape(segment);
        let start = span.value.start;
        span = match bytes.get(start)? {
            b'{' => member(text, start, &segment)?,
            b'[' => Span { value: item(bytes, start, &segment)?, key: None },
            _ => return None,
        };
    }
    Some(span)
}

/// A segment of a pointer as the key or index that it means.
pub fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

/// A key as a segment of a pointer.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

fn member(text: &str, object: usize, wanted: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut found = None;
    let mut at = skip_blanks(bytes, object + 1);
    while bytes.get(at) == Some(&b'"') {
        let key = at..string_end(bytes, at)?;
        let colon = skip_blanks(bytes, key.end);
        if bytes.get(colon) != Some(&b':') {
            return None;
        }
        let value = value_at(bytes, skip_blanks(bytes, colon + 1))?;
        at = skip_blanks(bytes, value.end);
        if is_key(text.get(key.clone())?, wanted) {
            found = Some(Span { value, key: Some(key) });
        }
        if bytes.get(at) != Some(&b',') {
            break;
        }
        at = skip_blanks(bytes, at + 1);
    }
    found
}

fn item(bytes: &[u8], array: usize, wanted: &str) -> Option<Range<usize>> {
    let is_index = wanted == "0" || !wanted.starts_with('0') && wanted.bytes().all(|b| b.is_ascii_digit());
    let mut left = if is_index { wanted.parse::<usize>().ok()? } else { return None };
    let mut at = skip_blanks(bytes, array + 1);
    loop {
        let value = value_at(bytes, at)?;
        if left == 0 {
            return Some(value);
        }
        left -= 1;
        at = skip_blanks(bytes, value.end);
        if bytes.get(at) != Some(&b',') {
            return None;
        }
        at = skip_blanks(bytes, at + 1);
    }
}

fn is_key(quoted: &str, wanted: &str) -> bool {
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    if inner.contains('\\') {
        serde_json::from_str::<String>(quoted).is_ok_and(|key| key == wanted)
    } else {
        inner == wanted
    }
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// The value that begins here.
fn value_at(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let end = match bytes.get(start)? {
        b'"' => string_end(bytes, start)?,
        b'{' | b'[' => container_end(bytes, start)?,
        b'-' | b'0'..=b'9' | b'a'..=b'z' => {
            let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
            let rest = bytes.get(start..)?;
            start + rest.iter().position(ends).unwrap_or(rest.len())
        }
        _ => return None,
    };
    Some(start..end)
}

fn container_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                // It began with a bracket, so that there is one to close.
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The end of the string whose opening quote stands here, behind its closing quote.
fn string_end(bytes: &[u8], quote: usize) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
#[path = "locate_tests.rs"]
pub(crate) mod tests;

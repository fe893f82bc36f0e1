//! Finds out from a file's first bytes and its name what surrounds its records.

use super::Kind;

/// How the records stand in a file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    JsonLines,
    JsonArray,
    /// One JSON value over several lines, or several objects one after the other.
    JsonValues,
    /// One JSON object, in which the records are an array: `{"data": [ … ]}`.
    Wrapped {
        /// Bytes up to and with the bracket that opens the array.
        before: usize,
    },
    Csv,
    Tsv,
    Lines,
}

impl Layout {
    /// How a file of that kind is laid out; none of these is Parquet, which is no text.
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::JsonLines => Some(Self::JsonLines),
            Kind::JsonArray => Some(Self::JsonArray),
            Kind::Csv => Some(Self::Csv),
            Kind::Tsv => Some(Self::Tsv),
            Kind::Lines => Some(Self::Lines),
            Kind::Parquet => None,
        }
    }
}

/// What a file is that begins with `head` (after any byte order mark), by the name it has without
/// the ending for compression.
pub(super) fn detect(head: &[u8], name: &str) -> Layout {
    let first = head.trim_ascii_start().first().copied();
    match Kind::of_name(name) {
        Some(Kind::Csv) => Layout::Csv,
        Some(Kind::Tsv) => Layout::Tsv,
        Some(Kind::Lines) => Layout::Lines,
        // Every line speaks for itself, so that one bad line costs no other. But some write
        // an array, or spread their objects over several lines, under this name too.
        Some(Kind::JsonLines) => match first {
            Some(b'[') if !is_json_lines(head) => Layout::JsonArray,
            Some(b'{') if first_line(head).0 == b"{" => json(first, head),
            _ => Layout::JsonLines,
        },
        Some(Kind::JsonArray) => json(first, head),
        None | Some(Kind::Parquet) => match first {
            Some(b'[' | b'{' | b'"') => json(first, head),
            _ => table_or_lines(head),
        },
    }
}

fn json(first: Option<u8>, head: &[u8]) -> Layout {
    match first {
        _ if is_json_lines(head) => Layout::JsonLines,
        Some(b'[') => Layout::JsonArray,
        Some(b'{') => match wrapper(head) {
            Some(before) => Layout::Wrapped { before },
            None => Layout::JsonValues,
        },
        _ => Layout::JsonValues,
    }
}

/// What an object calls the array of records that it is wrapped around.
const WRAPPERS: &[&[u8]] = &[b"data", b"dataset", b"examples", b"items", b"records", b"rows", b"train"];

/// Where the array of records begins in an object that is wrapped around it, behind the bracket. Before it
/// stand texts and numbers only, and none that a record would begin with.
fn wrapper(head: &[u8]) -> Option<usize> {
    const OF_A_RECORD: &[&[u8]] = &[b"prompt", b"question", b"instruction", b"input", b"text", b"id"];
    let mut at = head.iter().position(|&byte| byte == b'{')? + 1;
    loop {
        let (name, behind) = string_at(head, blanks(head, at))?;
        at = blanks(head, behind);
        if head.get(at) != Some(&b':') || OF_A_RECORD.contains(&name) {
            return None;
        }
        at = blanks(head, at + 1);
        match head.get(at)? {
            b'[' if WRAPPERS.contains(&name) && head.get(blanks(head, at + 1)) == Some(&b'{') => {
                return Some(at + 1);
            }
            b'[' | b'{' => return None,
            b'"' => at = string_at(head, at)?.1,
            _ => at += head.get(at..)?.iter().position(|byte| b",}".contains(byte))?,
        }
        at = blanks(head, at);
        if head.get(at) != Some(&b',') {
            return None;
        }
        at += 1;
    }
}

/// The first place from there on that is no blank.
fn blanks(head: &[u8], at: usize) -> usize {
    let rest = head.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// What stands between the quotes of the string that begins there, and the place behind it.
fn string_at(head: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let inside = head.get(at..)?.strip_prefix(b"\"")?;
    let mut escaped = false;
    let end = inside.iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((inside.get(..end)?, at + end + 2))
}

/// Whether the first line is a whole JSON value and another begins on the next. Anything less is
/// one document that may be broken, and must not be taken for lines that happen to be whole.
fn is_json_lines(head: &[u8]) -> bool {
    let (line, rest) = first_line(head);
    matches!(rest.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// The first line that is not blank, without the blanks around it, and what follows it.
fn first_line(head: &[u8]) -> (&[u8], &[u8]) {
    let head = head.trim_ascii_start();
    let end = head.iter().position(|&byte| byte == b'\n').unwrap_or(head.len());
    let (line, rest) = head.split_at(end);
    (line.trim_ascii_end(), rest)
}

/// A header is several short names; anything else is taken as lines of text.
fn table_or_lines(head: &[u8]) -> Layout {
    let (line, _) = first_line(head);
    let is_name = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        (1..=40).contains(&cell.len())
            && cell.iter().all(|&b| b.is_ascii_alphanumeric() || b" _-.\"".contains(&b))
    };
    let is_header = |delimiter: u8| {
        line.contains(&delimiter)
            && line.split(|&byte| byte == delimiter).all(is_name)
            && !line.ends_with(b".")
    };
    if is_header(b'\t') {
        Layout::Tsv
    } else if is_header(b',') {
        Layout::Csv
    } else {
        Layout::Lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_and_the_first_bytes_decide_together() {
        for (name, head, layout) in [
            ("a.jsonl", "{\"a\":1}\n{\"a\":2}\n", Layout::JsonLines),
            ("a.jsonl", "\n[{\"a\":1},\n{\"a\":2}]", Layout::JsonArray),
            ("a.jsonl", "[1]\n[2]\n", Layout::JsonLines),
            ("a.jsonl", "{\n  \"a\": 1\n}\n", Layout::JsonValues),
            ("a.jsonl", "{broken\n{\"a\":1}\n", Layout::JsonLines),
            ("a.json", "[{\"a\":1}]", Layout::JsonArray),
            ("a.json", "{\"a\":1}\n\n{\"a\":2}\n", Layout::JsonLines),
            ("a.json", "{\"a\":1}\n", Layout::JsonValues),
            ("a.json", "{\n\"a\":1}", Layout::JsonValues),
            ("a.json", "[1]x", Layout::JsonArray),
            ("a.json", "{\"data\": [{\"a\":1}]}", Layout::Wrapped { before: 10 }),
            ("a.jsonl", "{\n\"v\": \"1,\\\"\", \"n\": 2,\n\"rows\":[\n{}]}", Layout::Wrapped { before: 31 }),
            ("a.jsonl", "{\"data\": [{\"a\":1}]}", Layout::JsonLines),
            ("a.json", "{\"data\": [1]}", Layout::JsonValues),
            ("a.json", "{\"messages\": [{\"a\":1}]}", Layout::JsonValues),
            ("a.json", "{\"prompt\": \"x\", \"examples\": [{\"a\":1}]}", Layout::JsonValues),
            ("a.csv", "{x,y", Layout::Csv),
            ("a.txt", "{\"a\":1}", Layout::Lines),
            ("-", "{\"a\":1}\n", Layout::JsonValues),
            ("-", "[1,2]", Layout::JsonArray),
            ("-", "question,answer\nwhat,that\n", Layout::Csv),
            ("-", "question\tanswer\nwhat\tthat\n", Layout::Tsv),
            ("-", "Well, what is that?\n", Layout::Lines),
        ] {
            assert_eq!(detect(head.as_bytes(), name), layout, "{name} {head:?}");
        }
    }
}

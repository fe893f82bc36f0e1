//! Finds out from a file's first bytes and its name what surrounds its records.

use super::Kind;

/// How the records stand in a file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    JsonLines,
    JsonArray,
    /// One JSON value over several lines, or several objects one after the other.
    JsonValues,
    Csv,
    Tsv,
    Lines,
}

impl From<Kind> for Layout {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::JsonLines => Self::JsonLines,
            Kind::JsonArray => Self::JsonArray,
            Kind::Csv => Self::Csv,
            Kind::Tsv => Self::Tsv,
            Kind::Lines => Self::Lines,
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
            Some(b'{') if first_line(head).0 == b"{" => Layout::JsonValues,
            _ => Layout::JsonLines,
        },
        Some(Kind::JsonArray) => json(first, head),
        None => match first {
            Some(b'[' | b'{' | b'"') => json(first, head),
            _ => table_or_lines(head),
        },
    }
}

fn json(first: Option<u8>, head: &[u8]) -> Layout {
    match first {
        _ if is_json_lines(head) => Layout::JsonLines,
        Some(b'[') => Layout::JsonArray,
        _ => Layout::JsonValues,
    }
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

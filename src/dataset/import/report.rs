//! What became of an import, and the records that did not become part of an example.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::formats::Certainty;

/// Reasons that a report keeps apart; a file can give every record one of its own.
const REASONS: usize = 200;

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
    /// Facets, values, targets and kinds of flags that the files define and that were not so before.
    pub definitions: u64,
    /// Each file with the id of its format.
    pub formats: Vec<(String, &'static str)>,
    /// How sure the format of a file is, by its name; nothing of files whose format was named.
    pub certainties: BTreeMap<String, Certainty>,
    /// Why records were rejected, and how many for each reason.
    pub reasons: BTreeMap<String, u64>,
    /// The action, where something was imported: an example or a definition.
    pub action: Option<i64>,
}

impl ImportReport {
    pub(super) fn count_reject(&mut self, field: &str, reason: &str) {
        self.rejected += 1;
        let mut kind = kind_of(&sentence(field, reason));
        if self.reasons.len() >= REASONS && !self.reasons.contains_key(&kind) {
            "other reasons".clone_into(&mut kind);
        }
        *self.reasons.entry(kind).or_default() += 1;
    }
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

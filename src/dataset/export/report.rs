//! What became of an export, or would become of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::balance::Balanced;
use crate::example::Status;

/// Examples that are named for each rule.
pub(super) const PLACES: usize = 5;

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExportReport {
    /// Examples that were asked for.
    pub examples: u64,
    /// Examples that hold, and were written where anything was.
    pub written: u64,
    /// Records that they became.
    pub records: u64,
    /// Examples that do not hold.
    pub invalid: u64,
    /// Why not, by rule, the most frequent first.
    pub failures: Vec<Failure>,
    /// Mends that were made, and on how many examples.
    pub mended: BTreeMap<&'static str, u64>,
    /// What the format could not carry, and of how many examples.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Examples that the filter finds, but whose status was not asked for.
    pub other_statuses: BTreeMap<Status, u64>,
    /// What balancing made of the numbers, where it was asked for.
    pub balanced: Vec<Balanced>,
    /// The files, with those that go with them; none where nothing was written.
    pub files: Vec<WrittenFile>,
    /// The last action of the journal that it saw; 0 where there is none.
    pub action: i64,
    /// The number under which the dataset keeps the export.
    pub number: Option<i64>,
    /// The first record, as it is written.
    pub first: Option<String>,
}

impl ExportReport {
    /// Whether something stands in the way of writing all that was asked for.
    pub fn is_stopped(&self) -> bool {
        !self.failures.is_empty()
    }

    /// The sentence that says why nothing is left to be written.
    pub(in crate::dataset) fn nothing(&self) -> String {
        let others: Vec<String> =
            self.other_statuses.iter().map(|(status, n)| format!("{n} {status}")).collect();
        let hint = if others.is_empty() {
            String::new()
        } else {
            format!(" (not asked for by their status: {}; --status says which)", others.join(", "))
        };
        if self.examples == 0 {
            return format!("there is nothing to write: no example fits{hint}; no file was made");
        }
        let reasons: Vec<String> = self
            .failures
            .iter()
            .map(|failure| format!("{}: {}", failure.examples, failure.reason.unwrap_or(&failure.demand)))
            .collect();
        format!(
            "there is nothing to write: none of {} examples holds ({}){hint}; no file was made",
            self.examples,
            reasons.join("; ")
        )
    }
}

/// A rule that examples, or the file, do not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: &'static str,
    /// What it demands.
    pub demand: String,
    /// What is missing, where that is what stands in the way.
    pub reason: Option<&'static str>,
    /// How many examples; 0 where it is the file as a whole.
    pub examples: u64,
    /// The first few of them, by number, with what is wrong where.
    pub places: Vec<(i64, String)>,
    /// The mends that would do.
    pub mends: Vec<&'static str>,
    /// What else can be done.
    pub advice: &'static str,
    /// Whether an example that does not hold it could be written all the same, if it were let pass.
    pub can_pass: bool,
}

impl Failure {
    pub(super) fn new(rule: &'static str, demand: String, advice: &'static str) -> Self {
        Self {
            rule,
            demand,
            reason: None,
            examples: 0,
            places: Vec::new(),
            mends: Vec::new(),
            advice,
            can_pass: false,
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// Its path as it was given, or its name in the folder that was given; `-` is the standard output.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its records; none where it goes with another file.
    pub records: Option<u64>,
}

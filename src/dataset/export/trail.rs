//! The paper trail: each export is kept in the dataset, and can be made again.

use serde::{Deserialize, Serialize};

use super::super::{Dataset, Error, Reader, Result};
use super::files::Target;
use super::{ExportReport, Plan, WrittenFile};
use crate::example::Timestamp;
use crate::store::{self, ExportRow};

/// An export that the dataset keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its number.
    pub number: i64,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub annotator: String,
    /// Where to, as it was said; `-` is the standard output.
    pub target: String,
    /// The last action of the journal that it saw.
    pub action: i64,
    /// How it was made.
    pub plan: Plan,
    /// Its numbers.
    pub counts: KeptCounts,
    /// Its files.
    pub files: Vec<WrittenFile>,
}

/// The numbers of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptCounts {
    /// Examples that were asked for.
    pub examples: u64,
    /// Examples that were written.
    pub written: u64,
    /// Records that they became.
    pub records: u64,
    /// Examples that were left out because they do not hold.
    pub invalid: u64,
}

impl Dataset {
    /// Keeps an export, and answers under which number.
    pub fn keep_export(&mut self, plan: &Plan, target: &Target, report: &ExportReport) -> Result<i64> {
        let counts = KeptCounts {
            examples: report.examples,
            written: report.written,
            records: report.records,
            invalid: report.invalid,
        };
        let row = ExportRow {
            id: 0,
            at: Timestamp::now(),
            annotator: self.annotator().to_owned(),
            target: match target {
                Target::Nowhere | Target::Standard => "-".to_owned(),
                Target::File(path) => path.display().to_string(),
                // the slash tells it from a file
                Target::Folder(path) => format!("{}/", path.display().to_string().trim_end_matches('/')),
            },
            action: report.action,
            plan: json(plan)?,
            counts: json(&counts)?,
            files: json(&report.files)?,
        };
        let transaction = self.begin()?;
        let number = store::insert_export(&transaction, &row)?;
        transaction.commit()?;
        Ok(number)
    }
}

impl Reader {
    /// The exports that were made, newest first.
    pub fn exports(&self) -> Result<Vec<Kept>> {
        store::exports(&self.connection)?.into_iter().map(kept).collect()
    }

    /// The export of that number.
    pub fn export(&self, number: i64) -> Result<Kept> {
        let row = store::export(&self.connection, number)?;
        row.map(kept).transpose()?.ok_or_else(|| {
            Error::Export(format!(
                "there is no export {number}; `goldset exports` lists those that were made"
            ))
        })
    }
}

fn kept(row: ExportRow) -> Result<Kept> {
    let number = row.id;
    let wrong = |error: serde_json::Error| {
        Error::Export(format!("what is kept of export {number} can't be read: {error}"))
    };
    Ok(Kept {
        number,
        at: row.at,
        annotator: row.annotator,
        target: row.target,
        action: row.action,
        plan: serde_json::from_str(&row.plan).map_err(wrong)?,
        counts: serde_json::from_str(&row.counts).map_err(wrong)?,
        files: serde_json::from_str(&row.files).map_err(wrong)?,
    })
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Export(error.to_string()))
}

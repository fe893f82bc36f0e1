//! `goldset exports`: what left the dataset.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::{Column, Out};
use super::session;
use crate::dataset::Kept;
use crate::text::count::thousands;

const EXAMPLES: &str = "\
Examples:
  goldset exports support.goldset
  goldset exports support.goldset 3              all that is kept of export 3
  goldset exports support.goldset --json | jq -r '.exports[0].files[0].sha256'

--json prints one object: exports: [{number, at, annotator, target, action, plan, examples, written,
records, invalid, files: [{name, records, bytes, sha256}]}], newest first.";

/// List the exports that were made
///
/// Who, when, in which format, how many, and the hash of each file. `goldset export --again N` makes
/// one again; `goldset diff` tells what changed in the data since.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the export of that number, with all that is kept of it
    number: Option<i64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let exports = match args.number {
        Some(number) => vec![reader.export(number)?],
        None => reader.exports()?,
    };
    if args.json {
        let exports: Vec<Value> = exports.iter().map(as_json).collect();
        out.json(&json!({ "exports": exports }))?;
    } else if let (Some(_), [only]) = (args.number, exports.as_slice()) {
        out.json_pretty(&as_json(only))?;
    } else if exports.is_empty() {
        out.line("nothing has been exported yet")?;
    } else {
        let columns = [
            Column::number("export"),
            Column::text("when"),
            Column::text("who"),
            Column::text("format"),
            Column::number("records"),
            Column::text("file"),
            Column::text("SHA-256"),
        ];
        let rows: Vec<Vec<String>> = exports.iter().flat_map(rows).collect();
        out.table(&columns, &rows)?;
    }
    Ok(Ending::Done)
}

/// A row for each file that has records, the first of which tells of the export.
fn rows(kept: &Kept) -> Vec<Vec<String>> {
    let files = kept.files.iter().filter(|file| file.records.is_some());
    let row = |(at, file): (usize, &crate::dataset::WrittenFile)| {
        let head = [
            kept.number.to_string(),
            kept.at.local_minute(),
            kept.annotator.clone(),
            kept.plan.format.clone(),
        ];
        let head = head.map(|cell| if at == 0 { cell } else { String::new() });
        let hash = file.sha256.get(..12).unwrap_or(&file.sha256).to_owned();
        let rest = [thousands(file.records.unwrap_or_default()), place(kept, &file.name), hash];
        head.into_iter().chain(rest).collect()
    };
    files.enumerate().map(row).collect()
}

/// Where a file was put: the names of those in a folder are kept without it.
fn place(kept: &Kept, name: &str) -> String {
    if kept.target.ends_with('/') { format!("{}{name}", kept.target) } else { name.to_owned() }
}

pub(super) fn as_json(kept: &Kept) -> Value {
    json!({
        "number": kept.number,
        "at": kept.at.to_string(),
        "annotator": kept.annotator,
        "target": kept.target,
        "action": kept.action,
        "plan": kept.plan,
        "examples": kept.counts.examples,
        "written": kept.counts.written,
        "records": kept.counts.records,
        "invalid": kept.counts.invalid,
        "files": kept.files,
    })
}

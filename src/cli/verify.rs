//! `goldset verify`: recounts everything and compares.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::{Column, Out};
use super::session::Session;
use crate::text::count::plural;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset verify support.goldset
  goldset verify support.goldset --json | jq '.differences[].what'

--json prints one object: ok, differences: [{check, what}].
Exit code: 0 all is as it should be, 1 there are differences.";

/// Check a dataset from end to end
///
/// Counts everything anew and compares it with the numbers that are kept, the search index and
/// the sketches of prompts with the examples, every reference with what it refers to, and checks the pages of the file itself.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let differences = session.dataset(&args.dataset)?.verify()?;
    if args.json {
        let told: Vec<Value> = differences
            .iter()
            .map(|difference| json!({"check": difference.check, "what": difference.what}))
            .collect();
        out.json(&json!({"ok": told.is_empty(), "differences": told}))?;
    } else if differences.is_empty() {
        let name = args.dataset.display().to_string();
        out.line(format!("{}: all is as it should be", harmless(&name)))?;
    } else {
        out.line(format!("{}:", plural(differences.len() as u64, "difference")))?;
        let rows: Vec<Vec<String>> = differences
            .iter()
            .map(|difference| vec![difference.check.to_owned(), difference.what.clone()])
            .collect();
        out.table(&[Column::text("check"), Column::text("what is wrong")], &rows)?;
    }
    Ok(Ending::with_findings(!differences.is_empty()))
}

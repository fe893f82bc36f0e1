//! `goldset diff`: what changed in the data since an export.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::exports::as_json;
use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session;
use crate::dataset::{ChangedSince, Kept};
use crate::text::count::{plural, thousands};

/// Examples that are listed.
const LISTED: usize = 50;

const EXAMPLES: &str = "\
Examples:
  goldset diff support.goldset                   since the last export
  goldset diff support.goldset 3                 since export 3
  goldset diff support.goldset --json | jq '.counts'

--json prints one object: export, actions, counts: {added, removed, prompt …}, examples: [{number, what: []}].
Exit code: 0 nothing changed, 1 something did.";

/// Tell what changed in the data since an export
///
/// Which examples are new or gone, and of which the prompt, the responses, the rankings, reviews, tags,
/// flags or the status are others than they were. What was changed and changed back is told as well.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The number of the export [default: the last one]
    number: Option<i64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let kept = match args.number {
        Some(number) => reader.export(number)?,
        None => reader.exports()?.into_iter().next().ok_or_else(|| {
            Failure::Said("nothing has been exported yet, so there is nothing to compare with".to_owned())
        })?,
    };
    let changed = reader.changed_since(kept.action)?;
    if args.json {
        out.json(&told(&kept, &changed))?;
    } else {
        print(&kept, &changed, out)?;
    }
    Ok(Ending::with_findings(!changed.examples.is_empty()))
}

fn told(kept: &Kept, changed: &ChangedSince) -> Value {
    let counts: Map<String, Value> =
        changed.counts().into_iter().map(|(what, n)| (what.as_str().to_owned(), json!(n))).collect();
    let example = |example: &crate::dataset::ChangedExample| {
        let what: Vec<&str> = example.what.iter().map(|what| what.as_str()).collect();
        json!({ "number": example.number, "what": what })
    };
    json!({
        "export": as_json(kept),
        "actions": changed.actions,
        "counts": counts,
        "examples": changed.examples.iter().map(example).collect::<Vec<_>>(),
    })
}

fn print(kept: &Kept, changed: &ChangedSince, out: &mut Out) -> Result<()> {
    let since = format!("export {} ({}, {})", kept.number, kept.at.local_minute(), kept.plan.format);
    if changed.examples.is_empty() {
        out.line(format!("nothing changed in any example since {since}"))?;
        return Ok(());
    }
    let examples = plural(changed.examples.len() as u64, "example");
    out.line(format!("{examples} changed since {since}, by {}:", plural(changed.actions, "action")))?;
    let counts = changed.counts().into_iter();
    let rows: Vec<Vec<String>> =
        counts.map(|(what, n)| vec![thousands(n), what.as_str().to_owned()]).collect();
    out.table(&[Column::number("examples"), Column::text("what")], &rows)?;
    out.line("")?;
    for example in changed.examples.iter().take(LISTED) {
        let what: Vec<&str> = example.what.iter().map(|what| what.as_str()).collect();
        out.line(format!("  #{}  {}", example.number, what.join(", ")))?;
    }
    if changed.examples.len() > LISTED {
        out.line(format!("  … {} more (--json has them all)", changed.examples.len() - LISTED))?;
    }
    Ok(())
}

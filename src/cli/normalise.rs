//! `goldset normalise`: put texts into one form.

use std::path::PathBuf;

use serde_json::json;

use super::failure::{Ending, Failure, Result};
use super::mending::{self, Options};
use super::out::{Column, Out};
use super::session::Session;
use crate::curation::mend::{Mending, NORMALISERS};

const EXAMPLES: &str = "\
Examples:
  goldset normalise --list
  goldset normalise support.goldset --dry-run
  goldset normalise support.goldset trailing quotes --where 'status:draft' --in responses
  goldset normalise intents.goldset json-compact --in responses

Done twice, a normaliser does no more than done once. Code between fences (```) keeps its quotes and its
blank lines; the arguments of tool calls are left alone.
--json prints one object: texts, examples, dry_run, action, sentence; with --dry-run a line for each text:
example, text (prompt, response or note), turn, before, after; with --list a line for each normaliser.";

/// Put texts into one form: blanks, line ends, quotes, JSON layout
///
/// Does what the named normalisers say to prompts and responses of every example, or of those that
/// --where finds; without a name those that --list calls usual, none of which changes anything that
/// one reads. All is one action, which `goldset undo` takes back. With --dry-run it prints what
/// would change, a text a line: what goes stands in [-…-], what comes in {+…+}.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    #[arg(required_unless_present = "list")]
    dataset: Option<PathBuf>,
    /// What to do; --list shows what there is [default: the usual ones]
    #[arg(value_name = "NORMALISER")]
    normalisers: Vec<String>,
    /// List the normalisers
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    options: Options,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.list {
        return list(args.options.json, out);
    }
    let Some(path) = &args.dataset else {
        return Err(Failure::Said("name the dataset: goldset normalise DATASET".to_owned()));
    };
    let mut ids = args.normalisers.clone();
    if ids.is_empty() {
        ids = NORMALISERS.iter().filter(|known| known.usual).map(|known| known.id.to_owned()).collect();
    }
    mending::run(path, &Mending::Normalise(ids), &args.options, session, out)
}

fn list(as_json: bool, out: &mut Out) -> Result<Ending> {
    if as_json {
        for known in NORMALISERS {
            out.json(&json!({"normaliser": known.id, "about": known.about, "usual": known.usual}))?;
        }
        return Ok(Ending::Done);
    }
    let rows: Vec<Vec<String>> = NORMALISERS
        .iter()
        .map(|known| {
            let usual = if known.usual { "usual" } else { "" };
            vec![known.id.to_owned(), usual.to_owned(), known.about.to_owned()]
        })
        .collect();
    out.table(&[Column::text("normaliser"), Column::text(""), Column::text("does")], &rows)?;
    Ok(Ending::Done)
}

//! `goldset log`: what was done, when and by whom.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::dataset::{ActionRow, Mode};

const EXAMPLES: &str = "\
Examples:
  goldset log support.goldset
  goldset log support.goldset --example 412
  goldset log support.goldset --limit 0 --json > history.jsonl

--json prints one action a line: action, id, at, annotator, verb, sentence, mode, target, undone.";

/// Show what was done, when and by whom, newest first
///
/// Everything that changes a dataset is an action in its journal, an undo too. Nothing is ever
/// taken out of it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// At most so many actions; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Only what touched this example (412, #412 or its UUID)
    #[arg(long, value_name = "ID")]
    example: Option<String>,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let actions = match &args.example {
        Some(example) => reader.actions_of(reader.find(example)?, limit)?,
        None => reader.actions(None, limit)?,
    };
    if args.json {
        for action in &actions {
            out.json(&as_json(action))?;
        }
        return Ok(Ending::Done);
    }
    let rows: Vec<Vec<String>> = actions
        .iter()
        .map(|action| {
            let undone = if action.undone { "undone" } else { "" };
            vec![
                action.id.to_string(),
                action.at.local_minute(),
                action.annotator.clone(),
                undone.to_owned(),
                action.sentence.clone(),
            ]
        })
        .collect();
    let columns = [
        Column::number("action"),
        Column::text("when"),
        Column::text("who"),
        Column::text(if actions.iter().any(|action| action.undone) { "state" } else { "" }),
        Column::text("what"),
    ];
    if rows.is_empty() {
        out.line("nothing has been done yet")?;
    } else {
        out.table(&columns, &rows)?;
    }
    Ok(Ending::Done)
}

fn as_json(action: &ActionRow) -> Value {
    let (mode, target) = match action.mode {
        Mode::Do => ("do", None),
        Mode::Undo(target) => ("undo", Some(target)),
        Mode::Redo(target) => ("redo", Some(target)),
    };
    json!({
        "action": action.id,
        "id": action.uuid.to_string(),
        "at": action.at.to_string(),
        "annotator": action.annotator,
        "verb": action.verb,
        "sentence": action.sentence,
        "mode": mode,
        "target": target,
        "undone": action.undone,
    })
}

//! `goldset log`: what was done, when and by whom.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::dataset::{ActionRow, Became, Mode, ToldChange, ToldText};
use crate::text::count::plural;
use crate::text::difference::{Row, folded};
use crate::text::harmless::{harmless, harmless_lines};

/// Changed rows of an action that are shown with their texts.
const CHANGES: usize = 1_000;
/// Lines that are shown of a text that is new, or gone.
const LINES: usize = 12;

const EXAMPLES: &str = "\
Examples:
  goldset log support.goldset
  goldset log support.goldset --example 412
  goldset log support.goldset --example 412 --diff
  goldset log support.goldset --limit 0 --json > history.jsonl

--diff shows the texts that changed: [-what went-]{+what came+}.
--json prints one action a line: action, id, at, annotator, verb, sentence, mode, target, undone;
with --diff also texts, each with example, of, name, became and text.";

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
    /// Show the words that changed
    #[arg(long)]
    diff: bool,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let example = args.example.as_ref().map(|example| reader.find(example)).transpose()?;
    let actions = match example {
        Some(example) => reader.actions_of(example, limit)?,
        None => reader.actions(None, limit)?,
    };
    let told = |action: &ActionRow| -> Result<Vec<ToldChange>> {
        let mut changes = reader.told_changes_of(action.id, CHANGES)?;
        changes.retain(|told| example.is_none_or(|example| told.change.example() == Some(example)));
        Ok(changes)
    };
    if args.json {
        for action in &actions {
            let mut line = as_json(action);
            if args.diff {
                line["texts"] = texts_as_json(&told(action)?);
            }
            out.json(&line)?;
        }
        return Ok(Ending::Done);
    }
    if args.diff {
        for action in &actions {
            let (id, when, who) = (action.id, action.at.local_minute(), &action.annotator);
            let undone = if action.undone { "  (undone)" } else { "" };
            let head = format!("{id}  {when}  {who}  {}{undone}", action.sentence);
            out.heading(&harmless(&head))?;
            for told in told(action)? {
                print_texts(&told, out)?;
            }
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

/// The texts of a row that changed, each below what it is.
fn print_texts(told: &ToldChange, out: &mut Out) -> Result<()> {
    let of = told.change.example().map(|id| format!("#{id} ")).unwrap_or_default();
    for text in &told.texts {
        out.line("")?;
        let (became, lines) = lines_of(text);
        out.line(format!("  {of}{} · {}{became}", harmless(&told.name()), harmless(&text.name)))?;
        for line in lines {
            out.line(if line.is_empty() { line } else { format!("    {line}") })?;
        }
    }
    if !told.texts.is_empty() {
        out.line("")?;
    }
    Ok(())
}

fn lines_of(text: &ToldText) -> (&'static str, Vec<String>) {
    let whole = |text: &str| {
        let mut lines: Vec<String> = harmless_lines(text).lines().take(LINES).map(str::to_owned).collect();
        let more = text.lines().count().saturating_sub(LINES);
        if more > 0 {
            lines.push(format!("… {} …", plural(more as u64, "more line")));
        }
        lines
    };
    match &text.became {
        Became::New(text) => (", new", whole(text)),
        Became::Gone(text) => (", gone", whole(text)),
        Became::Changed(difference) => {
            let shown = difference.shown(true);
            let mut start = 0;
            let lines: Vec<_> = shown
                .text
                .split_inclusive('\n')
                .map(|line| {
                    start += line.len();
                    start - line.len()..start
                })
                .collect();
            let is_changed = |at: usize| lines.get(at).is_some_and(|line| shown.changes_in(line));
            let line = |row| match row {
                Row::Same(rows) => format!("… {} the same …", plural(rows as u64, "line")),
                Row::This(at) => {
                    let line = lines.get(at).and_then(|line| shown.text.get(line.clone()));
                    harmless(line.unwrap_or_default().trim_end_matches('\n')).into_owned()
                }
            };
            ("", folded(lines.len(), is_changed).into_iter().map(line).collect())
        }
    }
}

fn texts_as_json(changes: &[ToldChange]) -> Value {
    let texts = changes.iter().flat_map(|told| {
        told.texts.iter().map(|text| {
            let (became, said) = match &text.became {
                Became::New(text) => ("new", text.clone()),
                Became::Gone(text) => ("gone", text.clone()),
                Became::Changed(difference) => ("changed", difference.marked()),
            };
            json!({
                "example": told.change.example(),
                "of": told.name(),
                "name": text.name,
                "became": became,
                "text": said,
            })
        })
    });
    texts.collect()
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

//! What `goldset replace` and `goldset normalise` share: propose, then show the differences or make
//! the changes as one action.

use std::path::Path;

use serde_json::{Value, json};

use super::differences::differences;
use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::mend::Mending;
use crate::dataset::{Proposing, Reader, Selection, TextChange, TextField, Texts, Verb, count_examples};
use crate::query::Filter;
use crate::text::count::plural;
use crate::text::harmless::harmless;

/// What both subcommands take.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Only in the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// In which texts: prompts (user, assistant and tool turns), responses, system, notes, or all of them
    /// (may be given several times) [default: prompts, responses and system]
    #[arg(long = "in", value_name = "TEXTS")]
    texts: Vec<Where>,
    /// Show the differences, and leave the dataset as it is
    #[arg(long)]
    dry_run: bool,
    /// Print the figures as JSON; with --dry-run a text a line
    #[arg(long)]
    pub json: bool,
}

/// Texts that can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Where {
    /// The turns of prompts, without the system's
    Prompts,
    /// The turns of responses
    Responses,
    /// The system's turns
    System,
    /// The notes
    Notes,
    /// All of these
    All,
}

fn texts(named: &[Where]) -> Texts {
    if named.is_empty() {
        return Texts::LEARNED;
    }
    named.iter().fold(Texts::NONE, |texts, named| match named {
        Where::Prompts => Texts { prompts: true, ..texts },
        Where::Responses => Texts { responses: true, ..texts },
        Where::System => Texts { system: true, ..texts },
        Where::Notes => Texts { notes: true, ..texts },
        Where::All => Texts::ALL,
    })
}

/// Does it, or shows what it would do.
pub(super) fn run(
    path: &Path,
    mending: &Mending,
    options: &Options,
    session: &Session,
    out: &mut Out,
) -> Result<Ending> {
    // What is wrong with it is said before a file is touched.
    let mend = mending.compile().map_err(|error| Failure::Said(error.to_string()))?;
    if options.dry_run {
        let reader = session::reader(path)?;
        let on = selection(&reader, options)?;
        let wanted = Proposing { on: &on, texts: texts(&options.texts), mend: mend.as_ref() };
        return show(&reader, &wanted, options.json, out);
    }
    let mut dataset = session.dataset(path)?;
    let reader = dataset.reader()?;
    let on = selection(&reader, options)?;
    let wanted = Proposing { on: &on, texts: texts(&options.texts), mend: mend.as_ref() };
    let mut changes: Vec<TextChange> = Vec::new();
    let mut meter = Meter::start();
    reader.propose(&wanted, &mut |portion, progress| {
        changes.extend(portion);
        meter.hear(progress)
    })?;
    meter.clear();
    let texts = changes.len();
    let done = dataset.perform(&Verb::ReplaceTexts { changes, what: mending.sentence() })?;
    dataset.index_all(&mut |progress| meter.hear(progress))?;
    meter.clear();
    if options.json {
        let figures = json!({
            "texts": texts, "examples": done.examples, "dry_run": false,
            "action": done.action, "sentence": done.sentence,
        });
        out.json(&figures)?;
    } else {
        out.line(harmless(&done.sentence))?;
    }
    Ok(Ending::Done)
}

fn selection(reader: &Reader, options: &Options) -> Result<Selection> {
    Ok(Selection::Matching(match &options.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    }))
}

/// Shows the differences as they are found: nothing is kept of them.
fn show(reader: &Reader, wanted: &Proposing<'_>, as_json: bool, out: &mut Out) -> Result<Ending> {
    let (mut texts, mut examples, mut last) = (0_u64, 0_u64, None);
    let mut printed = Ok(());
    let mut meter = Meter::start();
    let heard = reader.propose(wanted, &mut |changes, progress| {
        if !changes.is_empty() {
            meter.clear();
        }
        for change in &changes {
            texts += 1;
            examples += u64::from(last != Some(change.example));
            last = Some(change.example);
            printed = if as_json {
                out.json(&record(change))
            } else {
                let head = format!("#{} {}", change.example, change.field);
                let line = format!("{}: {}", out.bold(&head), differences(&change.before, &change.after));
                out.line(line)
            };
            if printed.is_err() {
                return false;
            }
        }
        meter.hear(progress)
    });
    printed?;
    heard?;
    meter.clear();
    out.flush()?;
    let would = if texts == 0 {
        "nothing would change".to_owned()
    } else {
        format!("{} of {} would change", plural(texts, "text"), count_examples(examples))
    };
    super::tell(&format!("{would}; this was a dry run, and nothing did"));
    Ok(Ending::Done)
}

fn record(change: &TextChange) -> Value {
    let mut record = json!({"example": change.example});
    let place = match change.field {
        TextField::Prompt { turn, part, role } => {
            json!({"text": "prompt", "turn": turn, "part": part, "role": role.as_str()})
        }
        TextField::Response { id, turn, part, .. } => {
            json!({"text": "response", "response": id.to_string(), "turn": turn, "part": part})
        }
        TextField::Note => json!({"text": "note"}),
    };
    let ends = json!({"before": change.before, "after": change.after});
    for fields in [place, ends] {
        if let (Value::Object(record), Value::Object(fields)) = (&mut record, fields) {
            record.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
        }
    }
    record
}

//! `goldset near`: the examples whose prompts are like one of them, or like a text.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::contradiction::Relation;
use crate::dataset::{Error, Found, Near, Neighbours, Reader, StoreError, View};
use crate::example::{Prompt, Response};
use crate::text::width::first_line;

/// Columns of a table that say how the answers stand to each other.
const RELATION: usize = 28;

const EXAMPLES: &str = "\
Examples:
  goldset near support.goldset 412
  goldset near support.goldset --text 'Where is my refund?' --most 20
  goldset near support.goldset 412 --json | jq '.near[] | select(.relation == \"different\")'

--json prints one object:
  examples, compared    how many there are, and how many of them could be found by their likeness
  near                  [{number, similarity, kind, status, question, answer, tags, relation, difference}]
kind is duplicate (alike by 0.8 or more), close (0.5 or more) or lexical (rare words in common).
relation is same, like, other or different, or null where there is nothing to compare.";

/// Find the examples most like one of them, or like a text
///
/// Prompts are compared by the share of their character pieces that they have in common, whatever
/// the language; below those come the ones that share rare words. Where prompts are nearly the same,
/// their answers are compared too: another label, a yes for a no, other numbers are told.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The example: its number or its id
    #[arg(value_name = "ID", required_unless_present = "text", conflicts_with = "text")]
    example: Option<String>,
    /// Find what is like this prompt instead
    #[arg(long, allow_hyphen_values = true)]
    text: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let (number, prompt, response) = match (&args.example, &args.text) {
        (_, Some(text)) => (None, Prompt::user(text.clone()), String::new()),
        (example, None) => {
            let name = example.as_deref().unwrap_or_default();
            let number = reader.find(name)?;
            let example = reader.example(number)?.ok_or_else(|| Error::NoExample(name.to_owned()))?;
            let first = || example.responses.iter().find(|response| !response.is_blank());
            let response = example.best_response().or_else(first).map(Response::text);
            (Some(number), example.prompt, response.unwrap_or_default())
        }
    };
    let mut neighbours = neighbours(&reader, &args.dataset, session)?;
    let found = neighbours.find(&reader, number, &prompt, &response, args.most)?;
    if args.json {
        out.json(&as_json(&found))?;
    } else {
        print(&found, out)?;
    }
    Ok(Ending::Done)
}

/// What finds neighbours, with the sketches of all prompts: those that are missing are made, in
/// memory where the file can't be written.
pub(super) fn neighbours(reader: &Reader, path: &Path, session: &Session) -> Result<Neighbours> {
    let mut neighbours = Neighbours::new();
    if reader.sketch_pending()? == 0 {
        return Ok(neighbours);
    }
    let mut meter = Meter::start();
    let writer = match reader.view() {
        View::Live => session.dataset(path).map(Some),
        View::AsItLies { .. } => Ok(None),
    };
    match writer {
        Ok(Some(mut dataset)) => dataset.sketch_all(&mut |progress| meter.hear(progress))?,
        Ok(None) | Err(Failure::Dataset(Error::Store(StoreError::Unwritable(_)))) => {
            neighbours.make_missing(reader, &mut |progress| meter.hear(progress))?;
        }
        Err(failure) => return Err(failure),
    }
    Ok(neighbours)
}

fn print(found: &Found, out: &mut Out) -> Result<()> {
    if found.near.is_empty() {
        return Ok(out.line("nothing is like it")?);
    }
    let rows: Vec<Vec<String>> = found
        .near
        .iter()
        .map(|near| {
            vec![
                likeness(near.similarity),
                format!("#{}", near.id),
                near.status.to_string(),
                near.relation.as_ref().map(told).unwrap_or_default(),
                first_line(&near.question, out.width()),
            ]
        })
        .collect();
    let columns = [
        Column::number("alike"),
        Column::number("example"),
        Column::text("status"),
        Column::text("answers"),
        Column::text("question"),
    ];
    out.table(&columns, &rows)?;
    Ok(())
}

/// How alike two questions are, as people read it.
pub(super) fn likeness(similarity: f32) -> String {
    format!("{:.0} %", similarity * 100.0)
}

/// A share as scripts read it.
pub(super) fn rounded(similarity: f32) -> f64 {
    (f64::from(similarity) * 1e4).round() / 1e4
}

fn told(relation: &Relation) -> String {
    match relation {
        Relation::SameAnswer => "same".to_owned(),
        Relation::LikeAnswer => "like".to_owned(),
        Relation::OtherAnswer => "other words".to_owned(),
        Relation::DifferentAnswer(difference) => first_line(&difference.to_string(), RELATION),
    }
}

fn as_json(found: &Found) -> Value {
    json!({
        "examples": found.of,
        "compared": found.sketched,
        "near": found.near.iter().map(near_as_json).collect::<Vec<_>>(),
    })
}

fn near_as_json(near: &Near) -> Value {
    let (relation, difference) = match &near.relation {
        None => (None, None),
        Some(Relation::SameAnswer) => (Some("same"), None),
        Some(Relation::LikeAnswer) => (Some("like"), None),
        Some(Relation::OtherAnswer) => (Some("other"), None),
        Some(Relation::DifferentAnswer(difference)) => (Some("different"), Some(difference.to_string())),
    };
    json!({
        "number": near.id,
        "similarity": rounded(near.similarity),
        "kind": near.kind.as_str(),
        "status": near.status.as_str(),
        "question": near.question,
        "answer": near.answer,
        "tags": near.tags,
        "relation": relation,
        "difference": difference,
    })
}

//! `goldset duplicates`: the groups of examples whose prompts are nearly the same.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::near::{likeness, neighbours, rounded};
use super::out::{Column, Out};
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{Likeness, ListRow, Reader, count_examples};
use crate::example::Status;
use crate::query::Filter;
use crate::text::count::{plural, thousands};
use crate::text::width::first_line;

/// Groups, and examples of each, that a table shows.
const GROUPS: usize = 50;
const MEMBERS: usize = 20;
/// A group of more is one that a template made: it is told, and not listed.
const LARGE: usize = 1_000;

const EXAMPLES: &str = "\
Examples:
  goldset duplicates support.goldset
  goldset duplicates support.goldset --at-least 0.95 --where 'status:approved'
  goldset duplicates support.goldset --json | jq -c '[.examples[].number]'

--json prints a group a line: count, first (its first example), and
examples    [{number, similarity, status, question}], similarity being that to the first; none where
            the group has more than 1,000
Exit code: 0 there are none, 1 there are, 2 not done.";

/// List the groups of examples whose prompts are nearly the same
///
/// Prompts are alike by the share of their character pieces that they have in common, from 0 to 1.
/// Each example of a group is alike to another one of it by --at-least, so that a group may be a
/// chain. Discarded examples are compared only where --where names a status. Below 0.7, where likes
/// are many, a few may be missed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// How alike prompts must be, from 0.5 to 1
    #[arg(long, value_name = "SHARE", default_value = "0.8", value_parser = share)]
    at_least: f32,
    /// Only among the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

/// A likeness by which prompts are grouped.
pub(super) fn share(text: &str) -> std::result::Result<f32, String> {
    let share: f32 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if (0.5..=1.0).contains(&share) { Ok(share) } else { Err("it is not between 0.5 and 1".to_owned()) }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let mut filter = match &args.filter {
        Some(text) => session::filter(&reader, text)?,
        None => Filter::everything(),
    };
    if !filter.names_status() {
        filter = filter.and(Filter::status(Status::Discarded).negated());
    }
    let mut neighbours = neighbours(&reader, &args.dataset, session)?;
    let mut meter = Meter::start();
    let groups =
        neighbours.duplicates(&reader, &filter, args.at_least, &mut |progress| meter.hear(progress))?;
    meter.clear();
    let shown = if args.json { groups.len() } else { GROUPS };
    for (at, ids) in groups.iter().take(shown).enumerate() {
        if args.json {
            out.json(&as_json(&reader, ids)?)?;
        } else {
            if at > 0 {
                out.line("")?;
            }
            print(&reader, ids, out)?;
        }
    }
    if !args.json {
        out.flush()?;
        let more = groups.len().saturating_sub(shown);
        if more > 0 {
            talk(&format!("… and {} more groups (--json lists all)", thousands(more as u64)));
        }
        let examples: usize = groups.iter().map(Vec::len).sum();
        talk(&match groups.len() {
            0 => "no prompts are so alike".to_owned(),
            groups => format!("{} with {}", plural(groups as u64, "group"), count_examples(examples as u64)),
        });
    }
    Ok(Ending::with_findings(!groups.is_empty()))
}

/// Talk, on the standard error; whoever closed it does not want to hear it.
fn talk(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The examples with their likeness to the first.
fn members(reader: &Reader, ids: &[i64]) -> Result<Vec<(f32, ListRow)>> {
    let mut likeness = Likeness::new(reader);
    let first = ids.first().copied().unwrap_or_default();
    let members = reader.rows(ids)?.into_iter().map(|row| Ok((likeness.of(first, row.id)?, row)));
    members.collect()
}

fn print(reader: &Reader, ids: &[i64], out: &mut Out) -> Result<()> {
    let count = count_examples(ids.len() as u64);
    if ids.len() > LARGE {
        let first = ids.first().copied().unwrap_or_default();
        out.heading(&format!("{count}, from #{first} on: so many that they are not listed"))?;
        return Ok(());
    }
    out.heading(&count)?;
    let rows: Vec<Vec<String>> = members(reader, ids.get(..MEMBERS).unwrap_or(ids))?
        .into_iter()
        .map(|(similarity, row)| {
            let question = first_line(&row.question, out.width());
            vec![likeness(similarity), format!("#{}", row.id), row.status.to_string(), question]
        })
        .collect();
    out.table(&[Column::number(""), Column::number(""), Column::text(""), Column::text("")], &rows)?;
    if let Some(more) = ids.len().checked_sub(MEMBERS).filter(|&more| more > 0) {
        out.line(format!("  … and {} more", thousands(more as u64)))?;
    }
    Ok(())
}

fn as_json(reader: &Reader, ids: &[i64]) -> Result<Value> {
    let listed = if ids.len() > LARGE { Vec::new() } else { members(reader, ids)? };
    let examples: Vec<Value> = listed
        .into_iter()
        .map(|(similarity, row)| {
            json!({
                "number": row.id,
                "similarity": rounded(similarity),
                "status": row.status.as_str(),
                "question": row.question,
            })
        })
        .collect();
    Ok(json!({"count": ids.len(), "first": ids.first(), "examples": examples}))
}

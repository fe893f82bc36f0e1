//! `goldset ranks`: whose responses are preferred, by how much, and how sure that is.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::judged::Judgements;
use crate::curation::proportion::Interval;
use crate::curation::wins::{Table, Wins};
use crate::dataset::{Judged, OutcomeCount};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

/// More authors than this make a table that nobody reads.
const TABLE: usize = 8;

const EXAMPLES: &str = "\
Examples:
  goldset ranks support.goldset
  goldset ranks support.goldset --where 'intent:refund'
  goldset ranks support.goldset --against gpt-4o --json | jq '.authors[] | [.name, .win_rate]'

win rate   The share of comparisons won, ties as half a win. Above one half with its whole interval:
           preferred. An interval that holds one half says nothing yet: rank more.

--json prints one object:
  examples, judgements, comparisons    numbers; a comparison is two responses that one ranking places
  against       the author that win rates are against, or null: against all others
  authors       [{name, comparisons, win_rate, standard_error, interval: [low, high]}], best first
  table         [{author, other, comparisons, win_rate}]
  outcomes      what came of the examples, numbers by name; of the whole dataset";

/// Say whose responses are preferred
///
/// Authors are models and people. Each ranking is taken apart into comparisons of two responses by
/// different authors. Where review decided an example, its decision counts alone. Win rates are given
/// with their 95 % intervals: two authors whose intervals overlap much can't be told apart yet.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Win rates against this author only
    #[arg(long, value_name = "AUTHOR")]
    against: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// An author and how it fares.
struct Row<'a> {
    name: &'a str,
    wins: Wins,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = args.filter.as_deref().map(|filter| reader.filter(filter)).transpose()?;
    let judged = Judged::load(&reader, filter)?;
    let judgements = judged.judgements();
    let against = args.against.as_deref().map(|name| author(judgements, name)).transpose()?;
    let table = Table::of(judgements);
    let rows = rows(judgements, &table, against);
    let outcomes = reader.counts()?.outcomes;
    if args.json {
        out.json(&as_json(judgements, &table, &rows, args.against.as_deref(), &outcomes))?;
    } else {
        print(judgements, &table, &rows, args.against.as_deref(), &outcomes, out)?;
    }
    Ok(Ending::Done)
}

fn author(judgements: &Judgements, name: &str) -> Result<usize> {
    judgements.authors.iter().position(|author| author == name).ok_or_else(|| {
        let known = judgements.authors.iter().take(10).map(|name| harmless(name).into_owned());
        let known = match known.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "no response of a known author was ranked".to_owned(),
            names => format!("ranked are responses of {names}"),
        };
        Failure::Said(format!("no ranked response is by {}; {known}", harmless(name)))
    })
}

/// The authors that met others, best first.
fn rows<'a>(judgements: &'a Judgements, table: &Table, against: Option<usize>) -> Vec<Row<'a>> {
    let wins = |author| match against {
        Some(other) => table.between(author, other).copied().unwrap_or_default(),
        None => table.of_author(author),
    };
    let rows = judgements.authors.iter().enumerate().map(|(at, name)| Row { name, wins: wins(at) });
    let mut rows: Vec<Row<'_>> = rows.filter(|row| row.wins.share.n > 0.0).collect();
    rows.sort_by(|a, b| {
        let rate = |row: &Row<'_>| row.wins.rate().unwrap_or(0.0);
        rate(b).total_cmp(&rate(a)).then_with(|| a.name.cmp(b.name))
    });
    rows
}

fn made(judgements: &Judgements) -> usize {
    judgements.examples.iter().map(|example| example.judgements.len()).sum()
}

fn as_json(
    judgements: &Judgements,
    table: &Table,
    rows: &[Row<'_>],
    against: Option<&str>,
    outcomes: &[OutcomeCount],
) -> Value {
    let authors = rows.iter().map(|row| {
        json!({
            "name": row.name, "comparisons": whole(row.wins.share.n), "win_rate": row.wins.rate(),
            "standard_error": row.wins.standard_error(),
            "interval": row.wins.interval().map(|interval| [interval.low, interval.high]),
        })
    });
    let mut cells = Vec::new();
    for (a, author) in judgements.authors.iter().enumerate() {
        for (b, other) in judgements.authors.iter().enumerate() {
            if let Some(wins) = table.between(a, b) {
                let n = whole(wins.share.n);
                cells.push(
                    json!({"author": author, "other": other, "comparisons": n, "win_rate": wins.rate()}),
                );
            }
        }
    }
    let outcomes: Map<String, Value> =
        outcomes.iter().map(|outcome| (outcome.state.as_str().to_owned(), json!(outcome.n))).collect();
    json!({
        "examples": judgements.examples.len(),
        "judgements": made(judgements),
        "comparisons": whole(table.comparisons()),
        "against": against,
        "authors": authors.collect::<Vec<_>>(),
        "table": cells,
        "outcomes": outcomes,
    })
}

fn print(
    judgements: &Judgements,
    table: &Table,
    rows: &[Row<'_>],
    against: Option<&str>,
    outcomes: &[OutcomeCount],
    out: &mut Out,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(out.line("no two responses of different known authors were ranked yet")?);
    }
    let examples = plural(judgements.examples.len() as u64, "ranked example");
    let comparisons = plural(whole(table.comparisons()), "comparison");
    let against = against.map(|name| format!("; win rates are against {}", harmless(name)));
    out.line(format!("{examples}, {comparisons}{}", against.unwrap_or_default()))?;
    out.line("")?;
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let rate = row.wins.rate().map(percent).unwrap_or_default();
            let interval = row.wins.interval().map(range).unwrap_or_default();
            vec![row.name.to_owned(), thousands(whole(row.wins.share.n)), rate, interval]
        })
        .collect();
    let columns = [
        Column::text("author"),
        Column::number("comparisons"),
        Column::number("win rate"),
        Column::number("95 % interval"),
    ];
    out.table(&columns, &lines)?;
    if (3..=TABLE).contains(&judgements.authors.len()) {
        let lines = pairs(judgements, table);
        let columns = [
            Column::text("author"),
            Column::text("against"),
            Column::number("comparisons"),
            Column::number("win rate"),
        ];
        out.line("")?;
        out.table(&columns, &lines)?;
    }
    let outcomes: Vec<Vec<String>> =
        outcomes.iter().map(|count| vec![count.state.as_str().to_owned(), thousands(count.n)]).collect();
    if !outcomes.is_empty() {
        out.line("")?;
        out.table(&[Column::text("outcome"), Column::number("examples")], &outcomes)?;
    }
    Ok(())
}

/// Each pair of authors once, seen from the one that wins more.
fn pairs(judgements: &Judgements, table: &Table) -> Vec<Vec<String>> {
    let mut pairs = Vec::new();
    for (a, author) in judgements.authors.iter().enumerate() {
        for (b, other) in judgements.authors.iter().enumerate() {
            let Some((wins, rate)) = table.between(a, b).and_then(|wins| Some((wins, wins.rate()?))) else {
                continue;
            };
            if rate > 0.5 || (rate >= 0.5 && a < b) {
                let n = whole(wins.share.n);
                pairs.push((rate, vec![author.clone(), other.clone(), thousands(n), percent(rate)]));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs.into_iter().map(|(_, row)| row).collect()
}

/// A share as people read it.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn range(interval: Interval) -> String {
    format!("{:.1}–{:.1} %", interval.low * 100.0, interval.high * 100.0)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count, kept as a number with parts
fn whole(n: f64) -> u64 {
    n.round() as u64
}

//! `goldset suggest`: the tags that the words of a prompt suggest.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::suggest::{FACET_EXAMPLES, VALUE_EXAMPLES, asked, words_of};
use crate::dataset::Error;
use crate::example::Tag;
use crate::text::count::plural;
use crate::text::percent;

/// Examples that are learned from, at most.
const MOST: usize = 50_000;

const EXAMPLES: &str = "\
Examples:
  goldset suggest support.goldset 412
  goldset suggest support.goldset --text 'My parcel has not arrived'
  goldset suggest support.goldset 412 --json | jq -r '.suggestions[] | .facet + \":\" + .value'

--json prints one object:
  learned        examples learned from
  suggestions    [{facet, value, probability, examples, words, carried}], the most probable first:
                 how many examples of the value there were, the words that speak for it, and
                 whether the example carries it";

/// Suggest tags for an example or a text
///
/// From the words of the examples that are tagged already and not discarded. An example's own tags
/// are not used for it. A tag is only suggested where the words decide: of a facet with thirty
/// tagged examples and a value with five. Nothing is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The example's number (412 or #412) or its UUID
    #[arg(value_name = "ID", required_unless_present = "text", conflicts_with = "text")]
    example: Option<String>,
    /// What a user says, instead of an example
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let mut of = None;
    let mut carried: Vec<Tag> = Vec::new();
    let mut text = args.text.clone().unwrap_or_default();
    if let Some(name) = &args.example {
        let number = reader.find(name)?;
        let none = || Failure::Dataset(Error::NoExample(name.clone()));
        let example = reader.example(number)?.ok_or_else(none)?;
        text = asked(&example.prompt);
        carried = example.tags;
        of = Some(number);
    }
    let suggester = reader.learn_suggestions(MOST, &|| true)?;
    let names: HashMap<u32, String> = words_of(&text).into_iter().collect();
    let mut words: Vec<u32> = names.keys().copied().collect();
    words.sort_unstable();
    let mut found = Vec::new();
    for suggestion in suggester.suggest(&words, of) {
        let because = suggestion.because.iter().filter_map(|hash| names.get(hash).map(String::as_str));
        let because: Vec<&str> = because.collect();
        let is_carried =
            carried.iter().any(|tag| tag.facet == suggestion.facet && tag.value == suggestion.value);
        found.push((suggestion, because, is_carried));
    }
    if args.json {
        let suggestions = found.iter().map(|(suggestion, because, is_carried)| {
            // Three places: more would pretend to be exact.
            let probability = (f64::from(suggestion.probability) * 1000.0).round() / 1000.0;
            json!({"facet": suggestion.facet, "value": suggestion.value, "probability": probability,
                "examples": suggestion.n, "words": because, "carried": is_carried})
        });
        let suggestions: Vec<Value> = suggestions.collect();
        out.json(&json!({"learned": suggester.examples(), "suggestions": suggestions}))?;
        return Ok(Ending::Done);
    }
    let learned = plural(suggester.examples() as u64, "tagged example");
    if found.is_empty() {
        out.line(format!("nothing is suggested: the words decide nothing ({learned} learned from)"))?;
        out.line(format!(
            "a facet is suggested from {FACET_EXAMPLES} tagged examples on, a value from {VALUE_EXAMPLES}"
        ))?;
        return Ok(Ending::Done);
    }
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|(suggestion, because, is_carried)| {
            vec![
                format!("{}:{}", suggestion.facet, suggestion.value),
                percent::near(suggestion.probability.into()),
                suggestion.n.to_string(),
                if *is_carried { "carried" } else { "" }.to_owned(),
                because.join(", "),
            ]
        })
        .collect();
    let columns = [
        Column::text("tag"),
        Column::number("probable"),
        Column::number("examples"),
        Column::text(""),
        Column::text("words"),
    ];
    out.table(&columns, &rows)?;
    Ok(Ending::Done)
}

//! `goldset pick`: a few examples that stand for all, for a prompt.

mod print;

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session;
use super::tokens;
use crate::curation::fewshot::Wish;
use crate::curation::tway::At;
use crate::dataset::{Coded, Error};
use crate::example::Status;
use crate::query::Filter;

const EXAMPLES: &str = "\
Examples:
  goldset pick support.goldset -k 5 --tokens 1500
  goldset pick support.goldset -k 8 --cover intent
  goldset pick support.goldset --print messages > few-shot.json
  goldset pick support.goldset --where 'status:approved language:de' --print text

Picked are usable examples with an answer that are not held out for validation or test, or those of
--where. One is
like another by the words and the facets that they share; those are picked to which all others are
most alike, as many as the tokens allow. They stand in the order in which a prompt should have
them, the most typical last. Tokens are counted as the dataset's model counts them.

--json prints one object: examples: [{number, tokens, gain, tags, question, answer}] in that order,
tokens, among (how many could be picked), lacking: [\"facet:value\"] of --cover.
Exit code: 0 done, 1 some value of --cover is in none of them.";

/// Pick a few examples for a prompt that stand for all of them
///
/// By words and facets: of all choices of so many, within so many tokens, about the one in which every
/// other example has one most like it. Without --print they are listed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// At most so many
    #[arg(short = 'k', long = "most", value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    most: u32,
    /// All of them may take so many tokens [default: any number]
    #[arg(long, value_name = "BUDGET")]
    tokens: Option<u64>,
    /// Every value of this facet should be in one of them; again for more facets
    #[arg(long, value_name = "FACET")]
    cover: Vec<String>,
    /// Only among what this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Look at so many at most, drawn evenly
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    among: usize,
    /// Print them for a prompt: messages (JSON), or text
    #[arg(long = "print", value_name = "FORM", conflicts_with = "json")]
    form: Option<Form>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What they are printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// A JSON array of messages.
    Messages,
    /// Inputs and outputs.
    Text,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = match &args.filter {
        None => reader.to_train_on()?,
        Some(text) => {
            let filter = session::filter(&reader, text)?;
            if filter.names_status() {
                filter
            } else {
                filter.and(Filter::status(Status::Discarded).negated())
            }
        }
    };
    let coded = Coded::new(reader.definitions()?.facets);
    let required = required(&coded, &args.cover)?;
    let counter = tokens::counter(&reader, &args.dataset)?;
    let wish = Wish {
        budget: args.tokens.unwrap_or(u64::MAX),
        at_most: usize::try_from(args.most).unwrap_or(usize::MAX),
        required,
    };
    let mut meter = Meter::start();
    let pick = reader.pick(&filter, args.among, &wish, &counter, &mut |progress| meter.hear(progress))?;
    meter.clear();
    match args.form {
        Some(Form::Messages) => print::messages(&pick, out)?,
        Some(Form::Text) => print::text(&pick, out)?,
        None if args.json => print::json(&pick, &coded, out)?,
        None => print::table(&pick, args.filter.is_some(), out)?,
    }
    if !args.json {
        for told in print::lacking_told(&pick, args.most, &coded) {
            super::tell(&told);
        }
    }
    Ok(Ending::with_findings(!pick.picked.lacking.is_empty()))
}

/// All values of these facets.
fn required(coded: &Coded, facets: &[String]) -> Result<Vec<At>> {
    let mut required = Vec::new();
    for name in facets {
        let place = coded.facets().iter().position(|facet| facet.name == *name);
        let place = place.ok_or_else(|| Error::NoFacet(name.clone()))?;
        let values = coded.facets().get(place).map_or(0, |facet| facet.values.len());
        required.extend((0..u16::MAX).take(values).map(|value| At::new(place, value)));
    }
    Ok(required)
}

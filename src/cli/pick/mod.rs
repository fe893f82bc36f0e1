//! `goldset pick`: a few examples that stand for all, for a prompt.

mod print;

use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session;
use super::tokens;
use crate::curation::fewshot::{Candidate, Picked, Pool, TfIdf, Wish, pick};
use crate::curation::tway::At;
use crate::dataset::{Coded, Error, Progress, Reader};
use crate::example::{Example, Response, Status};
use crate::query::Filter;
use crate::text::words::words;

const EXAMPLES: &str = "\
Examples:
  goldset pick support.goldset -k 5 --tokens 1500
  goldset pick support.goldset -k 8 --cover intent
  goldset pick support.goldset --print messages > few-shot.json
  goldset pick support.goldset --where 'status:approved language:de' --print text

Picked are usable examples that are not kept for validation or test, or those of --where. One is
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
    #[arg(short = 'k', long = "most", value_name = "N", default_value_t = 5)]
    most: usize,
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
    #[arg(long, value_name = "N", default_value_t = 2_000)]
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

/// An example that may be picked.
struct Choice {
    number: i64,
    /// With no response but the best one.
    example: Example,
    candidate: Candidate,
}

impl Choice {
    fn answer(&self) -> Option<&Response> {
        self.example.responses.first()
    }
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = match &args.filter {
        None => reader.filter("status:submitted,approved -split:validation,test")?,
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
    let choices = choices(&reader, &filter, &coded, args)?;
    let picked = picked(&choices, args, required);
    match args.form {
        Some(Form::Messages) => print::messages(&choices, &picked, out)?,
        Some(Form::Text) => print::text(&choices, &picked, out)?,
        None if args.json => print::json(&choices, &picked, &coded, out)?,
        None => print::table(&choices, &picked, out)?,
    }
    let lacking: Vec<String> = print::lacking(&picked, &coded);
    if !lacking.is_empty() && !args.json {
        super::tell(&format!("in none of them, for want of examples or of tokens: {}", lacking.join(", ")));
    }
    Ok(Ending::with_findings(!lacking.is_empty()))
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

/// So many of them, as evenly as can be.
fn evenly(ids: &[i64], most: usize) -> Vec<i64> {
    if ids.len() <= most {
        return ids.to_vec();
    }
    (0..most).filter_map(|at| ids.get(at * ids.len() / most).copied()).collect()
}

fn choices(reader: &Reader, filter: &Filter, coded: &Coded, args: &Args) -> Result<Vec<Choice>> {
    let counter = tokens::counter(reader, &args.dataset)?;
    let ids = evenly(&reader.all_ids(filter)?, args.among);
    let mut meter = Meter::start();
    let mut choices = Vec::new();
    for (done, &number) in (0..).zip(&ids) {
        if !meter.hear(Progress { step: "counting tokens", done, total: Some(ids.len() as u64) }) {
            return Err(Error::Stopped.into());
        }
        let Some(mut example) = reader.example(number)? else { continue };
        let first = || example.responses.iter().find(|response| !response.is_blank());
        let Some(answer) = example.best_response().or_else(first).filter(|best| !best.is_blank()).cloned()
        else {
            continue;
        };
        example.responses = vec![answer];
        let tokens = counter.example(&example).conversation;
        let candidate = Candidate { tokens, values: coded.values(&example.tags) };
        choices.push(Choice { number, example, candidate });
    }
    meter.clear();
    Ok(choices)
}

fn picked(choices: &[Choice], args: &Args, required: Vec<At>) -> Picked {
    let texts: Vec<Vec<String>> = choices
        .iter()
        .map(|choice| {
            let answer = choice.answer().map(Response::text).unwrap_or_default();
            words(&format!("{}\n{answer}", choice.example.prompt.conversation()))
        })
        .collect();
    let weights = TfIdf::of(&texts);
    let vectors = texts.iter().map(|text| weights.vector(text));
    let values = choices.iter().map(|choice| choice.candidate.values.clone());
    let pool = Pool::new(vectors.zip(values), Pool::BONUS);
    let candidates: Vec<Candidate> = choices.iter().map(|choice| choice.candidate.clone()).collect();
    let wish = Wish { budget: args.tokens.unwrap_or(u64::MAX), at_most: args.most, required };
    pick(&pool, &candidates, &wish)
}

#[cfg(test)]
mod tests {
    use super::evenly;

    #[test]
    fn few_are_drawn_evenly_from_many() {
        assert_eq!(evenly(&[1, 2, 3], 3), [1, 2, 3]);
        assert_eq!(evenly(&[1, 2, 3, 4, 5, 6, 7], 3), [1, 3, 5]);
        assert_eq!(evenly(&[1, 2], 0), [0; 0]);
    }
}

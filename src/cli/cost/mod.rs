//! `goldset cost`: what training on a dataset costs, and how long the work that is left takes.

mod prices;
mod print;

pub(super) use print::price_row;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::ready::money;
use super::session::{self, Session};
use super::tokens;
use crate::curation::cost::{Cost, Epochs, Price, Prices, Training, usual_range};
use crate::dataset::Left;
use crate::query::{Filter, Is};

const EXAMPLES: &str = "\
Examples:
  goldset cost support.goldset
  goldset cost support.goldset --epochs 2 --evaluations 5
  goldset cost support.goldset --where 'status:approved' --provider openai
  goldset cost support.goldset --wage 45
  goldset cost --write-prices                            prices.toml, for you to edit

Trained on is what is usable (submitted or approved), has an answer and is not held out for
validation or test; what --where finds is left out too where it has no answer or is held out. Tokens
are counted as the dataset's model counts them, up to the longest that its trainer takes. Prices
are read from prices.toml in your folder of settings; without it, a small table is taken that is
built in and unchecked. OpenAI's own epochs are taken for OpenAI, 3 for others, unless
--epochs says.

--json prints one object: model, examples, left_out: {held_out, unanswered}, tokens, about, limit,
validation: {examples, tokens},
prices (the file, or null: built in), training: [{provider, model, epochs, tokens, per_million,
money, noted}], usual: [low, high], labour: {write, rank, review}, each {left, known: {per_hour,
hours, low, high, of, money} or null}.";

/// How often all examples are gone through at the most.
const MOST_TIMES: u64 = 10_000;

/// Tell what training on a dataset costs, and how long the work that is left takes
///
/// Tokens times epochs times price, for each price that was noted; and for writing, ranking and
/// reviewing how much is left and how many hours that takes, by how long it took so far.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    #[arg(required_unless_present = "write_prices")]
    dataset: Option<PathBuf>,
    /// Train on what this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// How often all examples are seen
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_TIMES))]
    epochs: Option<u64>,
    /// How often the validation set is gone through, where that is paid for
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=MOST_TIMES))]
    evaluations: u64,
    /// Only prices of this provider, or of this model
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// What an hour of work costs
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true, default_value_t = 0.0, value_parser = money)]
    wage: f64,
    /// Write prices.toml with the prices that are built in, to be edited
    #[arg(long)]
    write_prices: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// All that is told.
pub(super) struct Told {
    pub model: Option<String>,
    /// What is trained on, before it is known how often.
    pub training: Training,
    /// How many of those that were meant are held out.
    held_out: u64,
    /// How many have no answer.
    unanswered: u64,
    validation: u64,
    pub about: u64,
    limit: Option<u64>,
    pub prices: Prices,
    pub costs: Vec<(Price, Cost)>,
    labour: [Left; 3],
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if let Some(dataset) = args.dataset.as_ref().filter(|_| args.write_prices) {
        return Err(Failure::Said(format!(
            "--write-prices writes the prices that are built in, and they are of no dataset: leave {} away",
            dataset.display()
        )));
    }
    let Some(dataset) = &args.dataset else {
        let path = prices::write(&session.folders)?;
        out.line(format!(
            "wrote {}; nobody checked its prices at the providers: put them right",
            path.display()
        ))?;
        return Ok(Ending::Done);
    };
    let told = told(args, dataset, session)?;
    if args.json {
        out.json(&as_json(&told, args.wage))?;
    } else {
        print::print(&dataset.display().to_string(), &told, args.wage, out)?;
    }
    Ok(Ending::Done)
}

/// What is told where nothing else is asked for.
pub(super) fn usual(path: &Path, session: &Session) -> Result<Told> {
    let args = Args {
        dataset: Some(path.to_owned()),
        filter: None,
        epochs: None,
        evaluations: 0,
        provider: None,
        wage: 0.0,
        write_prices: false,
        json: false,
    };
    told(&args, path, session)
}

fn told(args: &Args, path: &Path, session: &Session) -> Result<Told> {
    let reader = session::reader(path)?;
    let prices = prices::read(&session.folders)?;
    let counter = tokens::counter(&reader, path)?;
    let meant = match &args.filter {
        Some(text) => session::filter(&reader, text)?,
        None => reader.usable()?,
    };
    let blank = Filter::is(Is::Blank);
    let answered = meant.clone().and(blank.clone().negated());
    let held_out = reader.filter("split:validation,test")?;
    let validation = answered.clone().and(reader.filter("split:validation")?);
    let lengths = |filter: &Filter| -> Result<(Vec<u64>, u64)> {
        tokens::conversations(&reader, &counter, &reader.all_ids(filter)?)
    };
    let longest = counter.limit().unwrap_or(u64::MAX);
    let (tried_on, _) = lengths(&validation)?;
    let tried = Training::of(&tried_on, longest, Epochs::Fixed(1));
    let (trained, about) = lengths(&answered.clone().and(held_out.clone().negated()))?;
    let training = Training {
        validation: (tried.tokens, args.evaluations),
        ..Training::of(&trained, longest, Epochs::OpenAi)
    };
    let is_meant = |price: &&Price| {
        let names = |name: &str| {
            let name = name.to_lowercase();
            price.provider.to_lowercase().contains(&name) || price.model.to_lowercase().contains(&name)
        };
        args.provider.as_deref().is_none_or(names)
    };
    let known: Vec<Price> = prices.prices.iter().filter(is_meant).cloned().collect();
    Ok(Told {
        model: reader.definitions()?.model.map(|model| model.name),
        held_out: reader.count(&answered.and(held_out))?,
        unanswered: reader.count(&meant.and(blank))?,
        validation: tried.examples,
        about,
        limit: counter.limit(),
        costs: training.costs(&known, args.epochs),
        labour: reader.left(&session.annotator)?,
        training,
        prices,
    })
}

fn as_json(told: &Told, wage: f64) -> Value {
    let training = told.costs.iter().map(|(price, cost)| {
        json!({
            "provider": price.provider, "model": price.model, "epochs": cost.epochs, "tokens": cost.tokens,
            "per_million": price.per_million, "money": cost.money, "noted": price.noted,
        })
    });
    let labour = told.labour.iter().map(|work| {
        let known = work.known.map(|known| {
            json!({
                "per_hour": known.per_hour, "hours": known.hours, "low": known.band.low,
                "high": known.band.high, "of": known.of,
                "money": (wage > 0.0).then_some(known.hours * wage),
            })
        });
        (work.what.to_owned(), json!({"left": work.count, "known": known}))
    });
    json!({
        "model": told.model,
        "examples": told.training.examples,
        "left_out": {"held_out": told.held_out, "unanswered": told.unanswered},
        "tokens": told.training.tokens,
        "about": told.about,
        "limit": told.limit,
        "validation": {"examples": told.validation, "tokens": told.training.validation.0},
        "prices": told.prices.file.as_ref().map(|path| path.display().to_string()),
        "training": training.collect::<Vec<_>>(),
        "usual": usual_range(told.training.billed()),
        "labour": labour.collect::<Map<_, _>>(),
    })
}

//! `goldset tokens`: exact counts of a dataset, or of a text.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::{Column, Out};
use super::progress::Meter;
use super::session::{self, Session};
use crate::curation::tokens::{Counted, Counter, Spread};
use crate::dataset::{Error, Progress, Reader};
use crate::example::Example;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::tokens::{Count, Tokenizer};

/// Examples that are read and counted at a time.
const PORTION: usize = 256;
/// What is said beside tokens that nobody counted.
pub(super) const ESTIMATED: &str =
    "tokens here are estimated; `goldset tokens` counts them as the model does";
/// Examples over the limit that a table shows.
const SHOWN: usize = 50;

const EXAMPLES: &str = "\
Examples:
  goldset tokens support.goldset
  goldset tokens support.goldset --where 'status:approved intent:refund'
  goldset tokens support.goldset --json | jq '.over[].number'
  goldset tokens --text essay.txt
  goldset tokens --text - --lines --tokenizer models/qwen/tokenizer.json < lines.txt

--json prints one object:
  model, source, limit    what is counted with (model and limit null where there is none)
  examples, about         how many were counted, and how many of them about
  prompt, response, conversation    {count, min, median, p95, max, total}, null where there are none
  over                    [{number, tokens, over}]
or, of a text: tokens, about, and with --lines one such object a line.
Exit code: 0 all within the limit, 1 some example is over it.";

/// Count tokens as the model counts them
///
/// Of every example that is not discarded, or that --where finds: the prompt, each response, and the
/// conversation (the prompt with its longest response) as the trainer of the dataset's model is
/// handed it. Those over its limit are listed: trainers cut their ends off, which is the answer.
/// `goldset model` chooses the model. With --text, a plain text is counted, and no dataset is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    #[arg(required_unless_present = "text", conflicts_with = "text")]
    dataset: Option<PathBuf>,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, conflicts_with = "text")]
    filter: Option<String>,
    /// Count this text (- for standard input) instead of a dataset
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Count every line of the text by itself
    #[arg(long, requires = "text", conflicts_with = "dataset")]
    lines: bool,
    /// Count the text with this tokenizer.json
    #[arg(long, value_name = "PATH", requires = "text", conflicts_with_all = ["vocabulary", "dataset"])]
    tokenizer: Option<PathBuf>,
    /// Count the text with a vocabulary that is built in [default: o200k]
    #[arg(long, value_name = "NAME", requires = "text", conflicts_with = "dataset", value_parser = ["o200k", "cl100k"])]
    vocabulary: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    match (&args.dataset, &args.text) {
        (Some(dataset), _) => of_dataset(args, dataset, out),
        (None, Some(text)) => of_text(args, text, out),
        // One of them is required.
        (None, None) => Ok(Ending::Done),
    }
}

fn of_text(args: &Args, path: &Path, out: &mut Out) -> Result<Ending> {
    let tokenizer = match (&args.tokenizer, args.vocabulary.as_deref()) {
        (Some(path), _) => Tokenizer::file(path).map_err(|error| Failure::Said(error.to_string()))?,
        (None, Some("cl100k")) => Tokenizer::cl100k(),
        (None, _) => Tokenizer::o200k(),
    };
    let (_, text) = input::text(path)?;
    let mut print = |count: Count| {
        if args.json {
            return out.json(&json!({"tokens": count.tokens, "about": !count.exact}));
        }
        // A bare number is for scripts: nothing stands beside it where it is exact.
        out.line(format!("{}{}", if count.exact { "" } else { "about " }, count.tokens))
    };
    if args.lines {
        for line in text.lines() {
            print(tokenizer.count(line))?;
        }
    } else {
        print(tokenizer.count(&text))?;
    }
    Ok(Ending::Done)
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    prompts: Vec<u64>,
    responses: Vec<u64>,
    conversations: Vec<u64>,
    about: u64,
    /// Number, tokens, and how many are too many.
    over: Vec<(i64, u64, u64)>,
}

impl Tally {
    fn add(&mut self, id: i64, counted: Counted, limit: Option<u64>) {
        self.prompts.push(counted.prompt);
        self.responses.extend(counted.responses);
        self.conversations.push(counted.conversation);
        self.about += u64::from(!counted.exact);
        if let Some(limit) = limit.filter(|&limit| counted.conversation > limit) {
            self.over.push((id, counted.conversation, counted.conversation - limit));
        }
    }
}

fn of_dataset(args: &Args, path: &Path, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(path)?;
    let filter = session::filter(&reader, args.filter.as_deref().unwrap_or("-status:discarded"))?;
    let model = reader.definitions()?.model;
    let counter = counter(&reader, path)?;
    let tally = count(&reader, &counter, &reader.all_ids(&filter)?)?;
    let name = model.as_ref().map(|model| model.name.as_str());
    if args.json {
        out.json(&as_json(name, &counter, &tally))?;
    } else {
        print(path, name, &counter, &tally, out)?;
    }
    Ok(Ending::with_findings(!tally.over.is_empty()))
}

/// The tokens of conversations, one for each of those examples that is there, and how many of them are about.
pub(super) fn conversations(reader: &Reader, counter: &Counter, ids: &[i64]) -> Result<(Vec<u64>, u64)> {
    let tally = count(reader, counter, ids)?;
    Ok((tally.conversations, tally.about))
}

/// What counts as the dataset's model does.
pub(super) fn counter(reader: &Reader, path: &Path) -> Result<Counter> {
    let model = reader.definitions()?.model;
    Counter::load(model.as_ref(), &super::model::base(path)).map_err(|error| Failure::Said(error.to_string()))
}

fn count(reader: &Reader, counter: &Counter, ids: &[i64]) -> Result<Tally> {
    let mut meter = Meter::start();
    let mut tally = Tally::default();
    let mut done = 0;
    for portion in ids.chunks(PORTION) {
        let total = Some(ids.len() as u64);
        if !meter.hear(Progress { step: "counting tokens", done, total }) {
            return Err(Error::Stopped.into());
        }
        let mut examples: Vec<(i64, Example)> = Vec::with_capacity(portion.len());
        for &id in portion {
            examples.extend(reader.example(id)?.map(|example| (id, example)));
        }
        for (id, counted) in on_two_threads(counter, &examples) {
            tally.add(id, counted, counter.limit());
        }
        done += portion.len() as u64;
    }
    Ok(tally)
}

fn on_two_threads(counter: &Counter, examples: &[(i64, Example)]) -> Vec<(i64, Counted)> {
    let count = |examples: &[(i64, Example)]| -> Vec<(i64, Counted)> {
        examples.iter().map(|(id, example)| (*id, counter.example(example))).collect()
    };
    let (mine, other) = examples.split_at(examples.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| count(other));
        let mut all = count(mine);
        match other.join() {
            Ok(other) => all.extend(other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    })
}

fn as_json(model: Option<&str>, counter: &Counter, tally: &Tally) -> Value {
    let spread = |numbers: &[u64]| Spread::of(numbers.to_vec());
    json!({
        "model": model,
        "source": counter.source(),
        "limit": counter.limit(),
        "examples": tally.conversations.len(),
        "about": tally.about,
        "prompt": spread(&tally.prompts),
        "response": spread(&tally.responses),
        "conversation": spread(&tally.conversations),
        "over": tally.over.iter()
            .map(|(number, tokens, over)| json!({"number": number, "tokens": tokens, "over": over}))
            .collect::<Vec<_>>(),
    })
}

fn print(path: &Path, model: Option<&str>, counter: &Counter, tally: &Tally, out: &mut Out) -> Result<()> {
    let examples = plural(tally.conversations.len() as u64, "example");
    let counted_for = match (model, counter.limit()) {
        (Some(model), Some(limit)) => format!(" for {model}, at most {} tokens each", thousands(limit)),
        (Some(model), None) => format!(" for {model}"),
        (None, _) => "; no model is chosen (`goldset model`)".to_owned(),
    };
    out.line(harmless(&format!("{}: {examples}{counted_for}", path.display())))?;
    let rows: Vec<Vec<String>> =
        [("prompt", &tally.prompts), ("response", &tally.responses), ("conversation", &tally.conversations)]
            .into_iter()
            .filter_map(|(what, numbers)| {
                let spread = Spread::of(numbers.clone())?;
                let numbers = [spread.count, spread.min, spread.median, spread.p95, spread.max, spread.total];
                Some([what.to_owned()].into_iter().chain(numbers.map(thousands)).collect())
            })
            .collect();
    if !rows.is_empty() {
        let numbers = ["count", "min", "median", "p95", "max", "total"].map(Column::number);
        let columns: Vec<Column> = [Column::text("tokens")].into_iter().chain(numbers).collect();
        out.line("")?;
        out.table(&columns, &rows)?;
    }
    if tally.about > 0 {
        out.line("")?;
        out.line(harmless(&format!(
            "{} of them about (counted with {})",
            thousands(tally.about),
            counter.source()
        )))?;
    }
    if tally.over.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading(&format!("{} over the limit", plural(tally.over.len() as u64, "example")))?;
    let rows: Vec<Vec<String>> = tally
        .over
        .iter()
        .take(SHOWN)
        .map(|&(number, tokens, over)| vec![format!("#{number}"), thousands(tokens), thousands(over)])
        .collect();
    out.table(&[Column::number("example"), Column::number("tokens"), Column::number("too many")], &rows)?;
    if let Some(more) = tally.over.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        out.line(format!("… and {} more (--json lists all)", thousands(more as u64)))?;
    }
    Ok(())
}

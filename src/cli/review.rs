//! `goldset review`: samples for review and what they say so far; reviewing from scripts.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::doing::Doing;
use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::sampling::Decision as Sampled;
use crate::dataset::{Dataset, Decision, Reader, SampleProgress, Selection, Verb};
use crate::example::{Plan, Standing};
use crate::query::Filter;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset review support.goldset                                   what waits, and the samples so far
  goldset review support.goldset --sample 10% --name august        a tenth of what is submitted
  goldset review support.goldset --sample '<=2%@95%'               as many as show at most 2 % wrong
  goldset review support.goldset --sample seq:1%..5% --where intent:refund
  goldset review support.goldset --drop august
  goldset review support.goldset 12 14 --approve
  goldset review support.goldset 15 --return --reason ambiguous --note 'which card?' --to ana
  goldset review support.goldset 16 --gold rita                    rita's ranking is the right one

A sample is drawn by a hash of its name and the examples, so the same name draws the same ones; one's
own work is never in it unless the protocol allows that. The terminal takes samples from Home.
  10%            a share of what is submitted
  <=2%@95%       as many as show, where none is wrong, that at most 2 % are, 95 % sure
  seq:1%..5%     one by one (Wald's test): 1 % wrong is good enough, 5 % is not; the bound that is
                 shown holds however often one looks

--json prints one object: to_review, samples [{name, plan, about, by, at, population, drawn, reviewed,
defects, at_most, decision (go-on, accept, refuse), sentence, next (of a sequence: whose turn it is)}];
after a change examples, action,
sentence, dry_run. Exit code 1 where a sample was refused.";

/// Draw samples for review, see what they say, and review from scripts
///
/// Review in the terminal puts the least agreed first. A sample says how much of the work is wrong
/// without reading all of it: as a share, with a bound that is sure, or one by one until it is decided.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The examples to review, by number or id
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Draw a sample: 10%, '<=2%@95%' or seq:1%..5%
    #[arg(long, value_name = "PLAN", group = "what", conflicts_with = "ids")]
    sample: Option<Plan>,
    /// What the sample is called [default: the plan]
    #[arg(long, requires = "sample", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// Draw from what this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, requires = "sample")]
    filter: Option<String>,
    /// Take the sample of that name away; its reviews stay
    #[arg(long, value_name = "NAME", group = "what", conflicts_with = "ids")]
    drop: Option<String>,
    /// Approve the examples that are named
    #[arg(long, group = "what", requires = "ids")]
    approve: bool,
    /// Send the examples that are named back to who made them
    #[arg(long = "return", group = "what", requires = "ids")]
    send_back: bool,
    /// Why they are sent back
    #[arg(long, requires = "send_back", default_value = "", hide_default_value = true)]
    reason: String,
    /// What is meant
    #[arg(long, requires = "send_back", default_value = "", hide_default_value = true)]
    note: String,
    /// To whom they are sent back, with commas between [default: everybody who made them]
    #[arg(long, value_name = "NAMES", requires = "send_back", value_delimiter = ',')]
    to: Vec<String>,
    /// Call this annotator's ranking of them the known right one
    #[arg(long, value_name = "NAME", group = "what", requires = "ids")]
    gold: Option<String>,
    /// Call this annotator's ranking of them a judgement like any other again
    #[arg(long, value_name = "NAME", group = "what", requires = "ids")]
    no_gold: Option<String>,
    /// Say what it would do, and do nothing
    #[arg(long, requires = "what")]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if let Some(plan) = args.sample {
        let mut dataset = session.dataset(&args.dataset)?;
        let from = selection(&dataset.reader()?, args)?;
        let name = args.name.clone().unwrap_or_else(|| plan.to_string());
        return change(&mut dataset, &Verb::DrawSample { name, plan, from }, args, out);
    }
    if let Some(name) = &args.drop {
        let mut dataset = session.dataset(&args.dataset)?;
        return change(&mut dataset, &Verb::DropSample(name.clone()), args, out);
    }
    if args.ids.is_empty() {
        return show(args, session, out);
    }
    let mut dataset = session.dataset(&args.dataset)?;
    let reader = dataset.reader()?;
    let ids: Vec<i64> =
        args.ids.iter().map(|text| reader.find(text).map_err(Failure::from)).collect::<Result<_>>()?;
    drop(reader);
    let verb_of = |example: i64| -> Result<Verb> {
        Ok(if args.approve {
            Verb::Review { example, decision: Decision::Approve }
        } else if args.send_back {
            let (reason, note, to) = (args.reason.clone(), args.note.clone(), args.to.clone());
            Verb::Review { example, decision: Decision::Return { reason, note, to } }
        } else if let Some(annotator) = &args.gold {
            Verb::SetStanding { example, annotator: annotator.clone(), standing: Standing::Gold }
        } else if let Some(annotator) = &args.no_gold {
            Verb::SetStanding { example, annotator: annotator.clone(), standing: Standing::Own }
        } else {
            return Err(Failure::Said(
                "say what to do with them: --approve, --return, --gold NAME or --no-gold NAME".to_owned(),
            ));
        })
    };
    let mut verbs = ids.into_iter().map(verb_of).collect::<Result<Vec<_>>>()?;
    let verb = match verbs.len() {
        1 => verbs.remove(0),
        _ => Verb::Several(verbs),
    };
    change(&mut dataset, &verb, args, out)
}

/// The examples of the filter; every one without it.
fn selection(reader: &Reader, args: &Args) -> Result<Selection> {
    let filter = match &args.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    };
    let ids = reader.all_ids(&filter)?;
    Ok(Selection::These(ids))
}

fn change(dataset: &mut Dataset, verb: &Verb, args: &Args, out: &mut Out) -> Result<Ending> {
    let Args { dry_run, json, .. } = *args;
    Doing { dry_run, json }.perform(dataset, verb, out)
}

const fn word(decision: Sampled) -> &'static str {
    match decision {
        Sampled::Accept => "accept",
        Sampled::Refuse => "refuse",
        Sampled::GoOn => "go-on",
    }
}

fn as_json(sample: &SampleProgress) -> Value {
    json!({
        "name": sample.name, "plan": sample.plan, "about": sample.plan.to_string(), "by": sample.by,
        "at": sample.at.to_string(), "population": sample.population, "drawn": sample.drawn,
        "reviewed": sample.reviewed, "defects": sample.defects, "at_most": sample.verdict.at_most,
        "decision": word(sample.verdict.decision), "sentence": sample.verdict.sentence, "next": sample.next,
    })
}

fn show(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let samples = reader.samples()?;
    let waiting = reader.to_review(&session.annotator)?;
    let refused = samples.iter().any(|sample| sample.verdict.decision == Sampled::Refuse);
    let ending = if refused { Ending::Findings } else { Ending::Done };
    if args.json {
        let samples: Vec<Value> = samples.iter().map(as_json).collect();
        out.json(&json!({"to_review": waiting, "samples": samples}))?;
        return Ok(ending);
    }
    let name = harmless(&session.annotator);
    out.line(match waiting {
        0 => format!("nothing waits for {name}'s review"),
        n => format!("{n} submitted wait for {name}'s review; own work is not among them"),
    })?;
    if samples.is_empty() {
        return Ok(ending);
    }
    out.line("")?;
    let columns =
        [Column::text("sample"), Column::number("reviewed"), Column::number("drawn"), Column::text("so far")];
    let row = |sample: &SampleProgress| {
        let so_far = sample.verdict.sentence.clone();
        vec![sample.name.clone(), sample.reviewed.to_string(), sample.drawn.to_string(), so_far]
    };
    out.table(&columns, &samples.iter().map(row).collect::<Vec<_>>())?;
    Ok(ending)
}

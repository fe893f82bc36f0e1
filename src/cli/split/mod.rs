//! `goldset split`: train, validation and test.

mod json;
mod print;

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::near::neighbours;
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{Dealing, ProposedSplits, Reader, Selection, Splitting, Verb};
use crate::example::{Shares, SplitPlan, Status};
use crate::query::Filter;
use crate::text::harmless::harmless;

/// The longest key, in characters.
const LONGEST_KEY: usize = 200;

const EXAMPLES: &str = "\
Examples:
  goldset split support.goldset                                  80 % train, 10 % validation, 10 % test
  goldset split support.goldset --shares 90/5/5 --by intent,difficulty --dry-run
  goldset split support.goldset --shares test=200 --where status:approved
  goldset split support.goldset --report
  goldset split support.goldset --clear

--shares takes 80/10/10, 0.8,0.1,0.1, 8:1:1, train=80%,test=20%, or counts of examples: test=200,
validation=100,test=200 (train takes the rest).
What is in a split stays there, so that new examples move none. Groups of like prompts stay together: who
joins one goes where it stands. Everything else is dealt by SHA-256 of the key and the example's id, so
that the same key gives the same splits. Key, shares, facets and likeness are kept for the next time.
--again deals anew all that --where finds, also what was put there by hand: the two can't be told apart.
--clear takes away the splits of all that --where finds.
--json prints one object: examples, without, held, joined, key, shares, by, likeness,
splits (by name: examples, share, wanted, new, prompt_tokens, response_tokens), groups, grouped,
small_strata, mended, leaks ([{likeness, examples: [{number, split}]}]), kinds, statuses,
facets ([{name, values}]), dry_run, action, sentence; a kind, status or value has its name, share by
split, and difference, a value also only_in.
Exit code: 0 done, 1 done and there are leaks, 2 not done.";

/// Split examples into train, validation and test
///
/// Puts what is in no split yet into one, such that like prompts are never parted, and reports how the
/// splits stand: their sizes against the shares, leaks, and how they compare. With --by the shares hold
/// over every combination of the values of these facets, as near as whole groups allow.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools)] // each is a switch that a person sets
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// How large train, validation and test are to be [default: as the last time, or 80/10/10]
    #[arg(long, allow_hyphen_values = true)]
    shares: Option<Shares>,
    /// Hold the shares over the values of these facets; '' over none
    #[arg(long, value_name = "FACET,...", value_delimiter = ',')]
    by: Option<Vec<String>>,
    /// What the hashes begin with [default: as the last time, or a new one]
    #[arg(long, value_parser = key)]
    key: Option<String>,
    /// How alike prompts must be to stay together, from 0.5 to 1 [default: as the last time, or 0.6]
    #[arg(long, value_name = "SHARE", value_parser = super::duplicates::share)]
    likeness: Option<f32>,
    /// Only the examples that this filter finds [default: all that are not discarded]
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Deal anew what is in a split already
    #[arg(long)]
    again: bool,
    /// Bring groups that stand in several splits into the one that most of them is in
    #[arg(long, conflicts_with = "again")]
    mend_leaks: bool,
    /// Take the splits away
    #[arg(long, conflicts_with_all = ["again", "mend_leaks", "shares", "by", "key", "likeness"])]
    clear: bool,
    /// Only tell how the splits stand
    #[arg(long, conflicts_with_all = ["again", "mend_leaks", "clear", "key", "dry_run"])]
    report: bool,
    /// Tell what would be done, and leave the dataset as it is
    #[arg(long)]
    dry_run: bool,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

fn key(text: &str) -> std::result::Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_KEY || text.chars().any(char::is_control) {
        return Err(format!("a key is a short text, of {LONGEST_KEY} characters at most"));
    }
    Ok(text.to_owned())
}

/// What became of it.
struct Ended {
    dry_run: bool,
    action: Option<i64>,
    /// What was done; nothing where it was only told how things stand.
    sentence: Option<String>,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = filter(args, &reader)?;
    if args.clear {
        return clear(args, filter, session, out);
    }
    let stored = reader.split_plan()?;
    let is_new_key = stored.is_none() && args.key.is_none();
    let plan = plan(args, stored.unwrap_or_default());
    check_facets(&reader, &plan.by)?;
    let mut neighbours = neighbours(&reader, &args.dataset, session)?;
    let dealing = match (args.report, args.again) {
        (true, _) => Dealing::Nothing,
        (false, true) => Dealing::Again,
        (false, false) => Dealing::New,
    };
    let splitting = Splitting { plan: &plan, filter: &filter, dealing, mend_leaks: args.mend_leaks };
    let mut meter = Meter::start();
    let proposed = neighbours.propose_splits(&reader, &splitting, &mut |progress| meter.hear(progress))?;
    meter.clear();
    drop(reader);
    let ended = if args.report {
        Ended { dry_run: false, action: None, sentence: None }
    } else {
        let verb = Verb::Deal { plan: Box::new(plan.clone()), dealt: proposed.dealt.clone() };
        perform(args, &verb, session)?
    };
    if args.json {
        out.json(&json::of(&proposed, &plan, &ended))?;
    } else {
        print_all(&proposed, (&plan, is_new_key), &ended, out)?;
    }
    Ok(Ending::with_findings(!proposed.report.leaks.is_empty()))
}

fn perform(args: &Args, verb: &Verb, session: &Session) -> Result<Ended> {
    let mut dataset = session.dataset(&args.dataset)?;
    let done = if args.dry_run { dataset.rehearse(verb)? } else { dataset.perform(verb)? };
    Ok(Ended { dry_run: args.dry_run, action: done.action, sentence: Some(done.sentence) })
}

fn filter(args: &Args, reader: &Reader) -> Result<Filter> {
    let filter = match &args.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    };
    // What was discarded gives up its split too, when all are taken away.
    if args.clear || filter.names_status() {
        return Ok(filter);
    }
    Ok(filter.and(Filter::status(Status::Discarded).negated()))
}

fn plan(args: &Args, before: SplitPlan) -> SplitPlan {
    let named = |by: &Vec<String>| {
        let mut names: Vec<String> = Vec::new();
        for name in by.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    };
    SplitPlan {
        key: args.key.clone().unwrap_or(before.key),
        shares: args.shares.unwrap_or(before.shares),
        by: args.by.as_ref().map_or(before.by, named),
        likeness: args.likeness.unwrap_or(before.likeness),
    }
}

/// Who names a facet that there is not wants to hear which there are.
fn check_facets(reader: &Reader, by: &[String]) -> Result<()> {
    let known: Vec<String> = reader.definitions()?.facets.into_iter().map(|facet| facet.name).collect();
    match by.iter().find(|name| !known.contains(name)) {
        None => Ok(()),
        Some(name) if known.is_empty() => {
            Err(Failure::Said(format!("there is no facet “{name}”; this dataset has none")))
        }
        Some(name) => {
            Err(Failure::Said(format!("there is no facet “{name}”; there are: {}", known.join(", "))))
        }
    }
}

fn clear(args: &Args, filter: Filter, session: &Session, out: &mut Out) -> Result<Ending> {
    let ended = perform(args, &Verb::SetSplit { on: Selection::Matching(filter), split: None }, session)?;
    if args.json {
        out.json(&ended.as_json())?;
    } else {
        ended.print(out)?;
    }
    Ok(Ending::Done)
}

impl Ended {
    fn as_json(&self) -> Value {
        json!({"dry_run": self.dry_run, "action": self.action, "sentence": self.sentence})
    }

    fn print(&self, out: &mut Out) -> Result<()> {
        if let Some(sentence) = &self.sentence {
            out.line(harmless(sentence))?;
        }
        if self.dry_run {
            out.line("this was a dry run: nothing was changed")?;
        }
        Ok(())
    }
}

fn print_all(
    proposed: &ProposedSplits,
    (plan, is_new_key): (&SplitPlan, bool),
    ended: &Ended,
    out: &mut Out,
) -> Result<()> {
    ended.print(out)?;
    print::plan(plan, is_new_key && ended.sentence.is_some(), ended.dry_run, out)?;
    print::sizes(proposed, out)?;
    print::groups(&proposed.report, ended.dry_run, out)?;
    print::leaks(&proposed.report.leaks, out)?;
    print::comparison(&proposed.report.comparison, out)
}

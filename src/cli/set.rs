//! `goldset set`: status, kind, split, tags, flags and notes of many examples at once.

use std::path::PathBuf;

use serde_json::json;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{Reader, Selection, Verb};
use crate::example::{Kind, Split, Status, Tag};
use crate::query::Filter;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset set support.goldset 12 14 15 --status approved
  goldset set support.goldset --where 'status:submitted intent:refund -flag:*' --status approved --split train
  goldset set support.goldset --where '\"late fee\"' --tag topic:fees --flag 'wrong=the fee is 5 now'
  goldset set support.goldset --where flag:wrong --resolve=wrong --untag topic:fees --dry-run
  goldset set support.goldset --all --split none

All of it is one action, which `goldset undo` takes back, and it holds for the examples that the filter
finds before anything is changed. A facet that is closed takes only the values that it has, an open one
gets new ones; of a facet that takes one value a tag takes the place of the one before.
--json prints one object: examples (how many changed), found, dry_run, action, sentence.";

/// Set status, tags, flags, split, kind or note of many examples at once
///
/// Changes the examples that are named by their numbers or ids, or those that --where finds, by the
/// rules that hold in the terminal too. --dry-run says what it would do.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The examples, by number or id
    #[arg(value_name = "ID", conflicts_with_all = ["filter", "all"])]
    ids: Vec<String>,
    /// The examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, conflicts_with = "all")]
    filter: Option<String>,
    /// Every example
    #[arg(long)]
    all: bool,
    /// Set the status: pending, draft, submitted, approved or discarded
    #[arg(long)]
    status: Option<Status>,
    /// Put a tag on (may be given several times)
    #[arg(long = "tag", value_name = "FACET:VALUE", value_parser = parse_tag)]
    tags: Vec<Tag>,
    /// Take a tag off (may be given several times)
    #[arg(long = "untag", value_name = "FACET:VALUE", value_parser = parse_tag)]
    untags: Vec<Tag>,
    /// Raise a flag, with a note or without (may be given several times)
    #[arg(long = "flag", value_name = "KIND[=NOTE]")]
    flags: Vec<String>,
    /// Call the open flags dealt with, or those of a kind
    #[arg(long, value_name = "KIND", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    resolve: Vec<String>,
    /// Set the split: train, validation, test, or none
    #[arg(long, value_parser = parse_split)]
    split: Option<SplitOrNone>,
    /// Set the kind: sft or preference
    #[arg(long)]
    kind: Option<Kind>,
    /// Set the note; '' takes it away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// Tell what would be done, and leave the dataset as it is
    #[arg(long)]
    dry_run: bool,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// A split, or that there is none. (clap takes an `Option` for something that may be left away.)
#[derive(Debug, Clone, Copy)]
struct SplitOrNone(Option<Split>);

fn parse_split(text: &str) -> std::result::Result<SplitOrNone, String> {
    if text == "none" {
        return Ok(SplitOrNone(None));
    }
    let split = text.parse::<Split>().map_err(|error| format!("{error}, or none"))?;
    Ok(SplitOrNone(Some(split)))
}

/// `facet:value` as in filters, or `facet=value` as in an import.
pub(super) fn parse_tag(text: &str) -> std::result::Result<Tag, String> {
    match text.split_once([':', '=']) {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Tag::new(facet.trim(), value.trim()))
        }
        _ => Err("a tag is FACET:VALUE, as in intent:refund".to_owned()),
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if verbs(args, &Selection::These(Vec::new())).is_empty() {
        return Err(Failure::Said(
            "say what to set: --status, --tag, --untag, --flag, --resolve, --split, --kind or --note"
                .to_owned(),
        ));
    }
    if args.ids.is_empty() && args.filter.is_none() && !args.all {
        return Err(Failure::Said(
            "say which examples: their numbers, --where FILTER, or --all for every one".to_owned(),
        ));
    }
    let mut dataset = session.dataset(&args.dataset)?;
    let reader = dataset.reader()?;
    check_flags(&reader, args)?;
    let ids = ids(&reader, args)?;
    drop(reader);
    let found = ids.len();
    let verb = Verb::Several(verbs(args, &Selection::These(ids)));
    let done = if args.dry_run {
        dataset.rehearse(&verb)?
    } else {
        let done = dataset.perform(&verb)?;
        let mut meter = Meter::start();
        dataset.index_all(&mut |progress| meter.hear(progress))?;
        meter.clear();
        done
    };
    let sentence = if found == 0 { "no example fits; nothing was changed".to_owned() } else { done.sentence };
    if args.json {
        let figures = json!({
            "examples": done.examples, "found": found, "dry_run": args.dry_run,
            "action": done.action, "sentence": sentence,
        });
        out.json(&figures)?;
        return Ok(Ending::Done);
    }
    out.line(harmless(&sentence))?;
    if args.dry_run {
        out.line("this was a dry run: nothing was changed")?;
    }
    Ok(Ending::Done)
}

/// What was found before anything is changed: a filter on the status must not stop to find the
/// examples whose status was just set.
fn ids(reader: &Reader, args: &Args) -> Result<Vec<i64>> {
    if !args.ids.is_empty() {
        return args.ids.iter().map(|text| reader.find(text).map_err(Failure::from)).collect();
    }
    let filter = match &args.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    };
    Ok(reader.all_ids(&filter)?)
}

/// Who names a kind of flag that there is not wants to hear which there are.
fn check_flags(reader: &Reader, args: &Args) -> Result<()> {
    let known: Vec<String> = reader.definitions()?.flag_kinds.into_iter().map(|kind| kind.name).collect();
    let raised = args.flags.iter().map(|flag| flag_of(flag).0);
    let mut named = raised.chain(args.resolve.iter().map(String::as_str).filter(|kind| !kind.is_empty()));
    match named.find(|kind| !known.iter().any(|known| known == kind)) {
        None => Ok(()),
        Some(kind) => {
            Err(Failure::Said(format!("there is no kind of flag “{kind}”; there are: {}", known.join(", "))))
        }
    }
}

/// Kind and note.
fn flag_of(text: &str) -> (&str, &str) {
    let (kind, note) = text.split_once('=').unwrap_or((text, ""));
    (kind.trim(), note.trim())
}

fn verbs(args: &Args, on: &Selection) -> Vec<Verb> {
    let mut verbs = Vec::new();
    let on = || on.clone();
    verbs.extend(args.status.map(|status| Verb::SetStatus { on: on(), status }));
    verbs.extend(args.kind.map(|kind| Verb::SetKind { on: on(), kind }));
    verbs.extend(args.split.map(|split| Verb::SetSplit { on: on(), split: split.0 }));
    verbs.extend(args.untags.iter().map(|tag| Verb::RemoveTag { on: on(), tag: tag.clone() }));
    verbs.extend(args.tags.iter().map(|tag| Verb::AddTag { on: on(), tag: tag.clone() }));
    // What is resolved was there before: a flag that is raised here stays open.
    verbs.extend(args.resolve.iter().map(|kind| Verb::ResolveFlags {
        on: on(),
        kind: Some(kind.clone()).filter(|kind| !kind.is_empty()),
    }));
    verbs.extend(args.flags.iter().map(|flag| {
        let (kind, note) = flag_of(flag);
        Verb::RaiseFlag { on: on(), kind: kind.to_owned(), note: note.to_owned(), response: None }
    }));
    verbs.extend(args.note.iter().map(|note| Verb::SetNote { on: on(), note: note.clone() }));
    verbs
}

//! `goldset facets`: facets, values and targets; making and changing them.

use std::num::NonZeroU32;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::cells;
use super::doing::Doing;
use super::failure::{Ending, Failure, Result};
use super::new::read_facets;
use super::out::{Column, Out};
use super::parting::{self, Parting};
use super::production;
use super::session::{self, Session};
use crate::dataset::{Dataset, FacetChange, ValueCount, Verb, facets_file};
use crate::example::{Facet, FacetValue, Goal, Tag, Target};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset facets support.goldset
  goldset facets support.goldset --toml > facets.toml
  goldset facets support.goldset --file facets.toml       what that file has more, and its targets
  goldset facets support.goldset --add tone --open
  goldset facets support.goldset --add intent:billing/refund --target 150
  goldset facets support.goldset --rename intent:refund --to billing/refund
  goldset facets support.goldset --merge intent:cancel,stop --to cancel
  goldset facets support.goldset --retag intent:refund --to refund/partial --where '\"part of\"'
  goldset facets support.goldset --part intent:refund --into 'refund/full=\"whole amount\"' --rest refund/other
  goldset facets support.goldset --remove intent:other
  goldset facets support.goldset --change tone --several yes --required no
  goldset facets support.goldset --change intent:refund --target 200
  goldset facets support.goldset --change intent:refund --target 12.5%
  goldset facets support.goldset --cell intent=refund,language=tr=40
  goldset facets support.goldset --cell intent=refund,language=tr=never
  goldset facets support.goldset --as-in-production intent=real.csv --dry-run
  goldset facets support.goldset --goal 1200              shares are taken of so many examples

A share is taken of the goal, or of the usable examples where there are more than that, or no goal.

A file of real frequencies is a table “value,count” with that header, a JSON object of counts by value, or JSON
Lines of records with the facet as a field or among their tags. The shares add up to exactly 100 %.

A cell is where values of two facets meet. One that is never, or 0, is proposed nowhere and no pair that is
missing: none of it is wanted, ever. With none it has no target of its own, and wants what its facets want.

A value with a slash belongs below another: billing/refund below billing. Whatever changes, the
examples that carry it follow, and so do the contract and the plan of the splits, as one action
that `goldset undo` takes back. Templates keep the words that they have.

--json prints one object: goal, facets: [{name, several, open, required, values: [{name, target,
share, examples, usable}]}], cells: [{of: {facet: value}, target, never, usable}], where the target of a share is how many that is now; after a change sentence, examples, action, dry_run; of shares as in
production also facet, shares: [{value, share, was}], records, silent (records that say nothing of it).";

/// List the facets with their values and targets; make and change them
///
/// Facets are the dimensions that a dataset must cover. Renaming, merging and parting values takes the tags of
/// all examples along.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Print them as a facets file
    #[arg(long, group = "what", conflicts_with = "json")]
    toml: bool,
    /// Add what a facets file has more, and set the targets that it names ("-": the standard input)
    #[arg(long, value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// Make a facet, or a value of one
    #[arg(long, value_name = "FACET[:VALUE]", groups = ["what", "shaped"])]
    add: Option<String>,
    /// Rename a facet or a value; values below it come along
    #[arg(long, value_name = "FACET[:VALUE]", groups = ["what", "becoming"], requires = "to")]
    rename: Option<String>,
    /// Make one value of several, which --to names
    #[arg(long, value_name = "FACET:VALUE,…", groups = ["what", "becoming"], requires = "to")]
    merge: Option<String>,
    /// Give the examples of --where another value of the facet, which --to names, in the place of this one
    #[arg(long, value_name = "FACET:VALUE", groups = ["what", "becoming"], requires = "to")]
    retag: Option<String>,
    /// Make several values of one: the examples of each --into carry that value in the place of this one
    #[arg(long, value_name = "FACET:VALUE", group = "what", requires = "into")]
    part: Option<String>,
    /// A value, and which examples of --part carry it then; the first that finds one has it
    #[arg(long, value_name = "VALUE=FILTER", allow_hyphen_values = true, requires = "part")]
    into: Vec<String>,
    /// The value of all others of --part, which is no more then; without it they stay as they are
    #[arg(long, value_name = "VALUE", requires = "part")]
    rest: Option<String>,
    /// Take a facet or a value away, with its tags
    #[arg(long, value_name = "FACET[:VALUE]", group = "what")]
    remove: Option<String>,
    /// Change what a facet is (--several, --open, --required), or what is wanted of a value (--target)
    #[arg(long, value_name = "FACET[:VALUE]", groups = ["what", "shaped"])]
    change: Option<String>,
    /// The new name, or the value that it becomes
    #[arg(long, value_name = "NAME", requires = "becoming")]
    to: Option<String>,
    /// Only these of the examples that carry it
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, requires = "retag")]
    filter: Option<String>,
    /// How many usable examples are wanted of the value, or which share of them (with --add or --change); 0:
    /// none in particular
    #[arg(long, value_name = "N|SHARE%", requires = "shaped")]
    target: Option<Target>,
    /// How many usable examples are wanted that carry two values: a number, never or 0 (they can't be together),
    /// or none (as their facets want)
    #[arg(long, value_name = "FACET=VALUE,FACET=VALUE=N|never|none", group = "what", value_parser = cells::parse)]
    cell: Option<cells::CellArg>,
    /// Make the shares of a facet's values those of real use, from a file of frequencies ("-": the standard input)
    #[arg(long, value_name = "FACET=FILE", group = "what")]
    as_in_production: Option<String>,
    /// Add the values of that file that a closed facet doesn't have
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = yes_or_no, requires = "as_in_production")]
    add_values: Option<bool>,
    /// How many usable examples are wanted altogether, which shares are taken of; 0: no goal
    #[arg(long, value_name = "N", group = "what")]
    goal: Option<u32>,
    /// Whether an example may carry several of its values
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = yes_or_no, requires = "shaped")]
    several: Option<bool>,
    /// Whether new values may be made while working
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = yes_or_no, requires = "shaped")]
    open: Option<bool>,
    /// Whether every example should carry one
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = yes_or_no, requires = "shaped")]
    required: Option<bool>,
    /// Say what it would do, and do nothing
    #[arg(long, requires = "what")]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was answered to a question.
pub(super) fn yes_or_no(text: &str) -> std::result::Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

/// A facet, or a value of one, as it was typed.
enum Named {
    Facet(String),
    Value(Tag),
}

fn named(text: &str) -> Named {
    match text.split_once(':') {
        Some((facet, value)) => Named::Value(Tag::new(facet.trim(), value.trim())),
        None => Named::Facet(text.trim().to_owned()),
    }
}

fn value(text: &str) -> Result<Tag> {
    match named(text) {
        Named::Value(tag) => Ok(tag),
        Named::Facet(facet) => Err(Failure::Said(format!("“{facet}” is a facet; a value is FACET:VALUE"))),
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.toml {
        out.line(facets_file(&session::reader(&args.dataset)?.definitions()?).trim_end())?;
        return Ok(Ending::Done);
    }
    if let Some(file) = &args.file {
        let mut dataset = session.dataset(&args.dataset)?;
        let definitions = read_facets(file, &dataset.reader()?.definitions()?.facets)?;
        return change(&mut dataset, &Verb::Define(definitions), args, out);
    }
    if let Some(text) = &args.as_in_production {
        let Args { dry_run, json, .. } = *args;
        let mut dataset = session.dataset(&args.dataset)?;
        let add = args.add_values.unwrap_or(false);
        return production::run(&mut dataset, text, add, Doing { dry_run, json }, out);
    }
    if let Some(wanted) = parted(args)? {
        let mut dataset = session.dataset(&args.dataset)?;
        let wanted = wanted.found(&dataset.reader()?)?;
        return change(&mut dataset, &Verb::ChangeFacets(wanted), args, out);
    }
    let Some(wanted) = changed(args)? else { return list(args, out) };
    let mut dataset = session.dataset(&args.dataset)?;
    change(&mut dataset, &Verb::ChangeFacets(wanted), args, out)
}

/// The value that is parted, and how, where that is asked for.
fn parted(args: &Args) -> Result<Option<Parting>> {
    Ok(if let Some(text) = &args.retag {
        let filter = args.filter.clone().unwrap_or_default();
        let part = (args.to.clone().unwrap_or_default(), filter);
        Some(Parting { value: value(text)?, parts: vec![part], rest: None })
    } else if let Some(text) = &args.part {
        let parts = args.into.iter().map(|text| parting::parse(text)).collect::<Result<_>>()?;
        Some(Parting { value: value(text)?, parts, rest: args.rest.clone() })
    } else {
        None
    })
}

/// The change that the arguments ask for; `None` where they ask for none.
fn changed(args: &Args) -> Result<Option<FacetChange>> {
    let to = args.to.clone().unwrap_or_default();
    Ok(Some(if let Some(text) = &args.add {
        added(named(text), args)?
    } else if let Some(text) = &args.rename {
        match named(text) {
            Named::Facet(facet) => FacetChange::Rename { facet, to },
            Named::Value(value) => FacetChange::RenameValue { value, to },
        }
    } else if let Some(text) = &args.merge {
        let Tag { facet, value } = value(text)?;
        let values = value.split(',').map(|value| value.trim().to_owned()).collect();
        FacetChange::MergeValues { facet, values, into: to }
    } else if let Some(text) = &args.remove {
        match named(text) {
            Named::Facet(facet) => FacetChange::Remove(facet),
            Named::Value(value) => FacetChange::RemoveValue(value),
        }
    } else if let Some(text) = &args.change {
        reshaped(named(text), args)?
    } else if let Some(cells::CellArg { one, other, wish }) = &args.cell {
        FacetChange::Cell { one: one.clone(), other: other.clone(), wish: *wish }
    } else if let Some(goal) = args.goal {
        FacetChange::Goal(NonZeroU32::new(goal).map(Goal))
    } else {
        return Ok(None);
    }))
}

fn added(what: Named, args: &Args) -> Result<FacetChange> {
    check_options(&what, args)?;
    Ok(match what {
        Named::Facet(facet) => FacetChange::Add {
            facet,
            several: args.several.unwrap_or(false),
            open: args.open.unwrap_or(false),
            required: args.required.unwrap_or(false),
        },
        Named::Value(value) => FacetChange::AddValue { value, target: target(args) },
    })
}

fn reshaped(what: Named, args: &Args) -> Result<FacetChange> {
    check_options(&what, args)?;
    let Args { several, open, required, .. } = *args;
    match what {
        Named::Facet(facet) if several.or(open).or(required).is_none() => Err(Failure::Said(format!(
            "say what changes of {facet}: --several, --open or --required, each with yes or no"
        ))),
        Named::Facet(facet) => Ok(FacetChange::Set { facet, several, open, required }),
        Named::Value(Tag { facet, value }) if args.target.is_none() => {
            Err(Failure::Said(format!("say what changes of {facet}:{value}: --target N or --target SHARE%")))
        }
        Named::Value(value) => Ok(FacetChange::Target { value, target: target(args) }),
    }
}

/// The target that was given; 0 stands for none.
fn target(args: &Args) -> Option<Target> {
    args.target.filter(|target| *target != Target::Count(0))
}

/// That nothing is said of a facet that only values have, and the other way round.
fn check_options(what: &Named, args: &Args) -> Result<()> {
    let of_facets = args.several.or(args.open).or(args.required).is_some();
    match what {
        Named::Facet(facet) if args.target.is_some() => {
            Err(Failure::Said(format!("values have targets: say which, as in {facet}:VALUE")))
        }
        Named::Value(Tag { facet, .. }) if of_facets => Err(Failure::Said(format!(
            "--several, --open and --required are of the whole facet: name {facet} alone"
        ))),
        _ => Ok(()),
    }
}

fn change(dataset: &mut Dataset, verb: &Verb, args: &Args, out: &mut Out) -> Result<Ending> {
    let Args { dry_run, json, .. } = *args;
    Doing { dry_run, json }.perform(dataset, verb, out)
}

fn list(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let facets = reader.definitions()?.facets;
    let counts = reader.counts()?;
    let cells = &counts.cells;
    if args.json {
        let value_of = |facet: &Facet| -> Vec<Value> {
            let of = facet.values.iter().map(|value| {
                let count = counts.value(&facet.name, &value.name);
                json!({
                    "name": value.name, "target": count.and_then(|count| count.target),
                    "share": value.target.and_then(Target::share),
                    "examples": count.map_or(0, ValueCount::all),
                    "usable": count.map_or(0, ValueCount::usable),
                })
            });
            of.collect()
        };
        let facets: Vec<Value> = facets
            .iter()
            .map(|facet| {
                json!({
                    "name": facet.name, "several": facet.several, "open": facet.open,
                    "required": facet.required, "values": value_of(facet),
                })
            })
            .collect();
        out.json(&json!({
            "goal": counts.goal, "facets": facets, "cells": cells.iter().map(cells::as_json).collect::<Vec<_>>(),
        }))?;
        return Ok(Ending::Done);
    }
    if facets.is_empty() {
        out.line("there are no facets yet; --add NAME makes one, --file FILE many")?;
    }
    if let Some(goal) = counts.goal {
        let goal = thousands(goal.0.get().into());
        out.line(format!("goal: {goal} usable examples, {} so far", thousands(counts.usable())))?;
    }
    for (at, facet) in facets.iter().enumerate() {
        if at > 0 || counts.goal.is_some() {
            out.line("")?;
        }
        out.heading(&harmless(&format!("{}  {}", facet.name, about(facet))))?;
        let columns = [
            Column::text("value"),
            Column::number("usable"),
            Column::number("target"),
            Column::number("examples"),
        ];
        let row = |value: &FacetValue| {
            let count = counts.value(&facet.name, &value.name);
            vec![
                value.name.clone(),
                thousands(count.map_or(0, ValueCount::usable)),
                count.map_or_else(String::new, wanted),
                thousands(count.map_or(0, ValueCount::all)),
            ]
        };
        out.table(&columns, &facet.values.iter().map(row).collect::<Vec<_>>())?;
    }
    if !cells.is_empty() {
        out.line("")?;
        cells::told(cells, "usable", out)?;
    }
    Ok(Ending::Done)
}

/// `150`, or `12.5% = 150`.
fn wanted(value: &ValueCount) -> String {
    let count = value.target.map_or_else(String::new, |target| thousands(target.into()));
    value.share.map_or_else(|| count.clone(), |share| format!("{share} = {count}"))
}

/// `one value, closed, required`.
fn about(facet: &Facet) -> String {
    let several = if facet.several { "several values" } else { "one value" };
    let open = if facet.open { "open" } else { "closed" };
    let required = if facet.required { ", required" } else { "" };
    format!("{several}, {open}{required}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_told_from_a_facet() {
        assert!(matches!(named("intent"), Named::Facet(facet) if facet == "intent"));
        assert!(matches!(named("intent:a:b"), Named::Value(tag) if tag.value == "a:b"));
        assert!(value("intent").is_err());
        assert_eq!(yes_or_no("Yes"), Ok(true));
        assert_eq!(yes_or_no("no"), Ok(false));
        assert!(yes_or_no("perhaps").is_err());
    }
}

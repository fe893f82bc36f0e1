//! `goldset rules`: what proposes tags; and taking or declining what is proposed.

mod print;

use std::path::{Path, PathBuf};

use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::Out;
use super::progress::Meter;
use super::recent;
use super::session::{self, Session};
use crate::dataset::{
    Dataset, Error, Reader, Selection, StoreError, Tried, Verb, View, parse_rules_file, rules_file,
};
use crate::example::{Condition, Place, Tag, TagRule};
use crate::query::Filter;

/// Examples that a trial names.
const FIRST: usize = 5;

const EXAMPLES: &str = "\
Examples:
  goldset rules support.goldset
  goldset rules support.goldset --add 'money back' --tag intent=refund --words 'refund,money back' --try
  goldset rules support.goldset --add 'order number' --tag topic=orders --pattern '\\d{2}-\\d{4}' --in both
  goldset rules support.goldset --add terse --tag tone=short --where 'tokens<20 status:submitted'
  goldset list support.goldset --where 'proposed:intent'
  goldset rules support.goldset --take 'money back' --where 'split:train'
  goldset rules support.goldset --decline 'money back' --where '#412'
  goldset rules support.goldset --print toml > rules.toml
  goldset rules support.goldset --file rules.toml

What a rule proposes is no tag: no coverage counts it and no export carries it until it is taken. Nothing
is proposed where the example carries the value, carries another value of a facet that takes one, or
where somebody said no. --try changes nothing, with --add, --take, --decline, --remove and --file.

--json prints one object: rules: [{name, tag, words, pattern, where, in, open, carried, otherwise,
declined, broken}] and waiting, how many examples are still to be looked at; of a trial of --add
open, carried, otherwise, declined and first, a list of examples; after a change sentence, examples,
action, dry_run.";

/// Rules that propose tags, by words, patterns and filters
///
/// Without options, lists the rules: of how many examples each one's tag is open, carried already,
/// carried otherwise (another value of the facet) or declined. Whatever is changed is one action that
/// `goldset undo` takes back.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Keep a rule of this name, in the place of one that has it
    #[arg(long, value_name = "NAME", group = "what", requires = "tag")]
    add: Option<String>,
    /// What the rule of --add proposes, as in intent=refund
    #[arg(long, value_name = "FACET=VALUE", requires = "add", value_parser = super::set::parse_tag)]
    tag: Option<Tag>,
    /// Where one of these is said, as whole words in whatever case; parted by commas
    #[arg(long, value_name = "WORD,…", value_delimiter = ',', requires = "add")]
    words: Vec<String>,
    /// Where this regular expression is found
    #[arg(long, value_name = "REGEX", requires = "add", allow_hyphen_values = true)]
    pattern: Option<String>,
    /// Where words and pattern are looked for [default: prompt]
    #[arg(long = "in", value_name = "PLACE", requires = "add", value_parser = parse_place)]
    place: Option<Place>,
    /// The filter of the rule (with --add), or only these examples (with --take and --decline)
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true, requires = "what", conflicts_with_all = ["remove", "file", "print"])]
    filter: Option<String>,
    /// Make tags of all that this rule proposes
    #[arg(long, value_name = "NAME", group = "what")]
    take: Option<String>,
    /// Say no to all that this rule proposes
    #[arg(long, value_name = "NAME", group = "what")]
    decline: Option<String>,
    /// Take a rule away
    #[arg(long, value_name = "NAME", group = "what")]
    remove: Option<String>,
    /// Keep the rules of a rules file, in the place of those that have their names ("-": the standard input)
    #[arg(long, value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// Print the rules as a rules file
    #[arg(long, value_name = "FORM", group = "what", value_parser = ["toml"])]
    print: Option<String>,
    /// Say what it would do or propose, and change nothing
    #[arg(long = "try", requires = "what", conflicts_with = "print")]
    is_trial: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "print")]
    json: bool,
}

fn parse_place(text: &str) -> std::result::Result<Place, String> {
    text.parse().map_err(|error: crate::example::UnknownWord| error.to_string())
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.print.is_some() {
        let rules = session::reader(&args.dataset)?.rules()?;
        let text = rules_file(&rules)
            .map_err(|error| Failure::Said(format!("the rules can't be written as TOML: {error}")))?;
        // A form for other programs: as it is, like JSON.
        out.bytes(text.as_bytes())?;
        return Ok(Ending::Done);
    }
    if let Some(name) = &args.add {
        let reader = session::reader(&args.dataset)?;
        let rule = wanted(args, name, &reader)?;
        if args.is_trial {
            let mut meter = Meter::start();
            let Tried { standings, first } =
                reader.try_rule(&rule, FIRST, &mut |progress| meter.hear(progress))?;
            meter.clear();
            print::trial(&reader, &rule, standings, &first, args.json, out)?;
            return Ok(Ending::Done);
        }
        return perform(args, session, &Verb::PutRule { was: None, rule: Box::new(rule) }, out);
    }
    if let Some(file) = &args.file {
        let (called, text) = input::text(file)?;
        let rules = parse_rules_file(&called, &text).map_err(Error::from)?;
        return perform(args, session, &Verb::PutRules(rules), out);
    }
    if let Some(name) = &args.remove {
        return perform(args, session, &Verb::RemoveRule(name.clone()), out);
    }
    let Some(name) = args.take.as_ref().or(args.decline.as_ref()) else {
        let reader = looked_at(&args.dataset, session)?;
        print::list(&reader, args.json, out)?;
        return Ok(Ending::Done);
    };
    let reader = looked_at(&args.dataset, session)?;
    let filter = args.filter.as_deref().map(|text| session::filter(&reader, text)).transpose()?;
    drop(reader);
    let on = Selection::Matching(filter.unwrap_or_else(Filter::everything));
    let rule = Some(name.clone());
    let verb = if args.take.is_some() {
        Verb::TakeProposed { on, rule }
    } else {
        Verb::DeclineProposed { on, rule }
    };
    perform(args, session, &verb, out)
}

/// The rule that --add asks for; its filter is understood first, so that what is wrong is shown in its place.
fn wanted(args: &Args, name: &str, reader: &Reader) -> Result<TagRule> {
    if let Some(text) = &args.filter {
        session::filter(reader, text)?;
    }
    let tag =
        args.tag.clone().ok_or_else(|| Failure::Said("say what the rule proposes: --tag".to_owned()))?;
    let condition = Condition {
        words: args.words.iter().map(|word| word.trim().to_owned()).collect(),
        pattern: args.pattern.clone(),
        filter: args.filter.clone(),
        place: args.place.unwrap_or_default(),
    };
    Ok(TagRule { name: name.trim().to_owned(), tag, condition })
}

/// A reader of a dataset whose rules have looked at all; where it can't be written, as far as they have come.
fn looked_at(path: &Path, session: &Session) -> Result<Reader> {
    let reader = session::reader(path)?;
    if reader.rules_pending()? == 0 || matches!(reader.view(), View::AsItLies { .. }) {
        return Ok(reader);
    }
    match session.dataset(path) {
        Ok(mut dataset) => catch_up(&mut dataset)?,
        Err(Failure::Dataset(Error::Store(StoreError::Unwritable(_)))) => {}
        Err(failure) => return Err(failure),
    }
    Ok(reader)
}

fn catch_up(dataset: &mut Dataset) -> Result<()> {
    let mut meter = Meter::start();
    dataset.index_all(&mut |progress| meter.hear(progress))?;
    meter.clear();
    Ok(())
}

fn perform(args: &Args, session: &Session, verb: &Verb, out: &mut Out) -> Result<Ending> {
    let mut dataset = session.dataset(&args.dataset)?;
    let done = if args.is_trial {
        dataset.rehearse(verb)?
    } else {
        let done = dataset.perform(verb)?;
        catch_up(&mut dataset)?;
        recent::remember(&session.folders, &args.dataset);
        done
    };
    let open = match verb {
        Verb::PutRule { rule, .. } if !args.is_trial => {
            let counts = dataset.reader()?.rule_counts()?;
            counts.into_iter().find(|count| count.rule.name == rule.name).map(|count| count.standings.open)
        }
        _ => None,
    };
    print::done(&done, open, args.is_trial, args.json, out)?;
    Ok(Ending::Done)
}

//! `goldset add`: makes one example.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::Out;
use super::pages::{self, Edited};
use super::recent;
use super::record;
use super::session::Session;
use super::tell;
use crate::dataset::{Dataset, Verb};
use crate::example::{Author, Example, Kind, Message, Prompt, Response, Role, Status, Tag};
use crate::formats::page::{self, Context, Read};
use crate::formats::{Definitions, Item, ReadOptions, recognise};

const EXAMPLES: &str = "\
Examples:
  goldset add support.goldset                          a fresh page in your $EDITOR
  goldset add support.goldset --user \"Where is my order?\" --tag intent:tracking
  goldset add support.goldset --template refund --set order=88-1204 --edit
  goldset edit support.goldset 412 --print | sed s/cancel/pause/ | goldset add support.goldset -

Prints the number of the example; --json prints the example as `goldset show --json` does.
Exit code: 0 made, 1 placeholders are left (it is a draft) or the page is wrong, 2 nothing was made.";

/// Make an example
///
/// From options, from a page (the readable form that `goldset edit --print` shows), from a record
/// in any format that `goldset import` reads, or from a template of the dataset. Without any of
/// these a fresh page opens in the program that $VISUAL or $EDITOR names. What --tag, --note,
/// --status, --kind and --response say is added to what the page, record or template has.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// A page or one JSON record ("-": the standard input)
    #[arg(value_name = "FILE", conflicts_with_all = ["template", "system", "user"])]
    input: Option<PathBuf>,
    /// What the system turn says
    #[arg(long, value_name = "TEXT", conflicts_with = "template")]
    system: Option<String>,
    /// What the user asks; below a template, where that leaves it open
    #[arg(long, value_name = "TEXT")]
    user: Option<String>,
    /// An answer (may be given several times: candidates)
    #[arg(long = "response", value_name = "TEXT")]
    responses: Vec<String>,
    /// The person who wrote the answers [default: you]
    #[arg(long, value_name = "NAME", conflicts_with = "model")]
    author: Option<String>,
    /// The model that wrote the answers
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Put a tag on (may be given several times)
    #[arg(long = "tag", value_name = "FACET:VALUE", value_parser = pages::parse_tag)]
    tags: Vec<Tag>,
    /// Leave a note
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Give it this status [default: pending, or draft where it has an answer]
    #[arg(long)]
    status: Option<Status>,
    /// Make it of this kind [default: sft, or preference where it has several answers]
    #[arg(long)]
    kind: Option<Kind>,
    /// Begin from a template of the dataset
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Fill a placeholder of the template in (may be given several times)
    #[arg(long = "set", value_name = "NAME=VALUE", requires = "template", value_parser = parse_value)]
    values: Vec<(String, String)>,
    /// Open it in your editor before it is made
    #[arg(long)]
    edit: bool,
    /// Print the example as JSON
    #[arg(long)]
    json: bool,
}

fn parse_value(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("a value is NAME=VALUE, as in order=88-1204".to_owned()),
    }
}

/// What is to be made, or that nothing is.
enum Made {
    Example(Box<Read>),
    Nothing,
    Wrong,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.edit && args.input.as_deref() == Some(Path::new("-")) {
        return Err(Failure::Said(
            "the page comes from the standard input, and so no editor can; leave --edit away, or name a file"
                .to_owned(),
        ));
    }
    let mut dataset = session.dataset(&args.dataset)?;
    let definitions = dataset.reader()?.definitions()?;
    let read = match make(args, session, &definitions)? {
        Made::Example(read) => *read,
        Made::Nothing => {
            tell("nothing was written, and nothing is made");
            return Ok(Ending::Done);
        }
        Made::Wrong => return Ok(Ending::Findings),
    };
    for remark in &read.remarks {
        tell(remark);
    }
    let number = create(&mut dataset, read.example)?;
    recent::remember(&session.folders, &args.dataset);
    if args.json {
        let example = dataset.reader()?.example(number)?;
        let gone = || Failure::Said(format!("#{number} was made, and taken away again by somebody else"));
        out.json(&record::json(number, &example.ok_or_else(gone)?)?)?;
    } else {
        out.line(number.to_string())?;
    }
    if !read.unfilled.is_empty() {
        tell(&format!(
            "#{number} is a draft, for this is still to be filled in: {}",
            read.unfilled.join(", ")
        ));
    }
    Ok(Ending::with_findings(!read.unfilled.is_empty()))
}

fn create(dataset: &mut Dataset, example: Example) -> Result<i64> {
    let done = dataset.perform(&Verb::Create(Box::new(example)))?;
    done.example.ok_or_else(|| Failure::Said(done.sentence))
}

fn make(args: &Args, session: &Session, definitions: &Definitions) -> Result<Made> {
    let context = |values| Context { facets: &definitions.facets, annotator: &session.annotator, values };
    let Some(mut read) = source(args, definitions, context)? else { return Ok(Made::Wrong) };
    complete(&mut read.example, args, session, definitions);
    if !read.unfilled.is_empty() {
        read.example.status = Status::Draft;
    }
    let is_fresh = args.input.is_none()
        && args.template.is_none()
        && args.user.is_none()
        && args.system.is_none()
        && args.responses.is_empty();
    if args.edit || is_fresh {
        let page = page::write(&read.example);
        let context = context(args.template.as_ref().map(|_| [].as_slice()));
        return opened(&page, is_fresh, &context);
    }
    let messages = &mut read.example.prompt.messages;
    messages.retain(|message| !(message.role == Role::System && message.is_blank()));
    if !messages.iter().any(|message| message.role == Role::User && !message.is_blank()) {
        return Err(Failure::Said("the prompt asks nothing yet: say with --user what is asked".to_owned()));
    }
    Ok(Made::Example(Box::new(read)))
}

/// What the example is made of; `None` where that is a page which is wrong, and told.
fn source<'a>(
    args: &'a Args,
    definitions: &'a Definitions,
    context: impl Fn(Option<&'a [(String, String)]>) -> Context<'a>,
) -> Result<Option<Read>> {
    let (name, read) = if let Some(path) = &args.input {
        let (name, text) = input::text(path)?;
        if text.trim_start().starts_with(['{', '[', '"']) {
            return record_of(&name, &text).map(Some);
        }
        (name, page::read_new(&text, &context(None)))
    } else if let Some(name) = &args.template {
        let template = pages::template(&definitions.templates, name)?;
        refuse_unknown_values(&template.page, args)?;
        (format!("the template {name}"), page::read_template(&template.page, &context(Some(&args.values))))
    } else {
        let mut prompt = Prompt::user("");
        prompt.messages.insert(0, Message::new(Role::System, args.system.clone().unwrap_or_default()));
        let example = Example::new(Kind::Sft, prompt);
        return Ok(Some(Read { example, remarks: Vec::new(), unfilled: Vec::new() }));
    };
    match read {
        Ok(read) => Ok(Some(read)),
        Err(errors) => {
            pages::tell_errors(&name, &errors);
            Ok(None)
        }
    }
}

fn opened(page: &str, is_fresh: bool, context: &Context<'_>) -> Result<Made> {
    let read = |text: &str| page::read_new(text, context);
    Ok(match pages::edit("goldset-new", page, read)? {
        Edited::Read(read) => Made::Example(read),
        Edited::Wrong => Made::Wrong,
        // A page that was made of something is meant, also where there was nothing to change.
        Edited::Same => match read(page) {
            Ok(read) if !is_fresh => Made::Example(Box::new(read)),
            _ => Made::Nothing,
        },
    })
}

/// Adds what the options say. What the user asks comes where the page still leaves it open.
fn complete(example: &mut Example, args: &Args, session: &Session, definitions: &Definitions) {
    let author = match (&args.author, &args.model) {
        (_, Some(model)) => Author::model(model),
        (Some(person), None) => Author::person(person),
        (None, None) => Author::person(&session.annotator),
    };
    if let Some(user) = &args.user {
        let messages = &mut example.prompt.messages;
        let asked = Message::new(Role::User, user);
        match messages.iter_mut().rev().find(|message| message.role == Role::User && message.is_blank()) {
            Some(open) => *open = asked,
            None => messages.push(asked),
        }
    }
    for text in args.responses.iter().filter(|text| !text.trim().is_empty()) {
        example.responses.push(Response::new(Some(author.clone()), text));
    }
    for tag in &args.tags {
        let several = definitions.facets.iter().any(|facet| facet.name == tag.facet && facet.several);
        example.tags.retain(|there| there.facet != tag.facet || several && there != tag);
        example.tags.push(tag.clone());
    }
    if let Some(note) = &args.note {
        example.note.clone_from(note);
    }
    if !args.responses.is_empty() && example.responses.len() > 1 {
        example.kind = Kind::Preference;
    }
    example.kind = args.kind.unwrap_or(example.kind);
    if example.status == Status::Pending && !args.responses.is_empty() {
        example.status = Status::Draft;
    }
    example.status = args.status.unwrap_or(example.status);
}

fn refuse_unknown_values(page: &str, args: &Args) -> Result<()> {
    let known = crate::example::placeholders(page);
    match args.values.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some((name, _)) if known.is_empty() => {
            Err(Failure::Said(format!("the template has no placeholders, and so none is called “{name}”")))
        }
        Some((name, _)) => Err(Failure::Said(format!(
            "the template has no placeholder “{name}”; it has: {}",
            known.join(", ")
        ))),
    }
}

/// The one example of a record in any format.
fn record_of(name: &str, text: &str) -> Result<Read> {
    let said = |reason: String| Failure::Said(format!("{name}: {reason}"));
    let several = "`goldset import` takes files of several";
    let record: Value = serde_json::from_str(text)
        .map_err(|error| said(format!("it is not one JSON record ({error}); {several}")))?;
    let record = match record {
        Value::Array(records) => match <[Value; 1]>::try_from(records) {
            Ok([only]) => only,
            Err(records) => return Err(said(format!("it holds {} records; {several}", records.len()))),
        },
        record => record,
    };
    let found = recognise(std::slice::from_ref(&record)).map_err(|error| said(error.to_string()))?;
    let unread = || said(format!("the format {} is only written", found.format.id()));
    let mut reader = found.format.reader(&ReadOptions::default()).ok_or_else(unread)?;
    let mut items = reader.read(record).map_err(|misfit| said(misfit.to_string()))?;
    items.extend(reader.finish().items);
    match <[Item; 1]>::try_from(items) {
        Ok([Item::Example(example)]) => {
            Ok(Read { example: *example, remarks: Vec::new(), unfilled: Vec::new() })
        }
        _ => {
            Err(said("it does not hold exactly one example; `goldset import` takes all there is".to_owned()))
        }
    }
}

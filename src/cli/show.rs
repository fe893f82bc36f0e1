//! `goldset show`: one example, whole.

use std::path::PathBuf;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::record;
use super::session::{self, Session};
use crate::dataset::Error;
use crate::example::{Example, Message, Ranking, Response, STRENGTHS, Standing, Uuid};
use crate::text::harmless::{harmless, harmless_lines};

const EXAMPLES: &str = "\
Examples:
  goldset show support.goldset 412
  goldset show support.goldset 019a3f52-7c1e-7b41-9c55-0d7f3f0a2c11 --json

--json prints one object: `number`, and all fields of the format `goldset`.";

/// Show one example, whole
///
/// The conversation, every response with its author, rankings, tags, flags and the fields that
/// came along. Text is shown and never obeyed: what could drive a terminal stands there as a mark.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The example's number (412 or #412) or its UUID
    #[arg(value_name = "ID")]
    example: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let number = reader.find(&args.example)?;
    let none = || Failure::Dataset(Error::NoExample(args.example.clone()));
    let example = reader.example(number)?.ok_or_else(none)?;
    if args.json {
        out.json(&record::json(number, &example)?)?;
    } else {
        print(number, &example, out)?;
    }
    Ok(Ending::Done)
}

fn print(number: i64, example: &Example, out: &mut Out) -> Result<()> {
    let split = example.split.map(|split| format!(", {split}")).unwrap_or_default();
    out.heading(&format!("#{number}  {}, {}{split}", example.kind, example.status))?;
    out.line(format!("id {}, made {}", example.id, example.created_at))?;
    if !example.tags.is_empty() {
        let tags: Vec<String> =
            example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect();
        out.line(format!("tags {}", harmless(&tags.join(" "))))?;
    }
    if !example.note.is_empty() {
        out.line(format!("note {}", harmless(&example.note)))?;
    }
    for flag in &example.flags {
        let state = if flag.resolved { "resolved" } else { "open" };
        let on =
            flag.response.map(|response| format!(" on {}", name_of(example, response))).unwrap_or_default();
        let by = flag.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        out.line(harmless(format!("flag {}{on}{by} ({state}) {}", flag.kind, flag.note).trim_end()))?;
    }
    for message in &example.prompt.messages {
        print_message(message, out)?;
    }
    for tool in &example.prompt.tools {
        out.line("")?;
        out.heading("tool definition")?;
        out.line(format!("  {}", harmless(&tool.to_string())))?;
    }
    for (place, response) in (1..).zip(&example.responses) {
        print_response(place, response, example, out)?;
    }
    for ranking in &example.rankings {
        out.line("")?;
        out.heading(&harmless(&format!("ranking by {}", ranking.annotator)))?;
        out.line(format!("  {}", harmless(&order(example, ranking))))?;
        for said in beside(example, ranking) {
            out.line(format!("  {}", harmless(&said)))?;
        }
    }
    for review in &example.reviews {
        out.line("")?;
        out.heading(&harmless(&format!("review by {}", review.reviewer)))?;
        let to = review.to.iter().map(|to| to.annotator.as_str()).collect::<Vec<_>>().join(", ");
        let to = if to.is_empty() { String::new() } else { format!("to {to}") };
        let parts = [review.verdict.as_str(), &review.reason, &review.note, &to];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        out.line(format!("  {}", harmless(&parts.join(" · "))))?;
    }
    // `_goldset` is what the writer of the format needs that it came in; it says nothing to people.
    let mut fields = example.metadata.0.iter().filter(|(name, _)| *name != "_goldset").peekable();
    if fields.peek().is_some() {
        out.line("")?;
        out.heading("fields that came along")?;
    }
    for (name, value) in fields {
        out.line(format!("  {}", harmless(&format!("{name}: {value}"))))?;
    }
    Ok(())
}

fn print_message(message: &Message, out: &mut Out) -> Result<()> {
    out.line("")?;
    let name = message.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    out.heading(&harmless(&format!("{}{name}", message.role.as_str())))?;
    print_text(message, out)
}

fn print_text(message: &Message, out: &mut Out) -> Result<()> {
    let text = message.text();
    if !text.is_empty() {
        for line in harmless_lines(&text).lines() {
            out.line(if line.is_empty() { String::new() } else { format!("  {line}") })?;
        }
    }
    for call in &message.tool_calls {
        let call = format!("calls {}({})", call.name, call.arguments.to_text());
        out.line(format!("  {}", harmless(&call)))?;
    }
    Ok(())
}

fn print_response(place: usize, response: &Response, example: &Example, out: &mut Out) -> Result<()> {
    out.line("")?;
    let author = response
        .author
        .as_ref()
        .map(|author| format!(" by {} ({})", author.name, author.kind.as_str()))
        .unwrap_or_default();
    let origin = response
        .origin
        .map(|origin| format!(", rewritten from {}", name_of(example, origin)))
        .unwrap_or_default();
    out.heading(&harmless(&format!("response {place}{author}{origin}")))?;
    if response.is_blank() {
        out.line("  (blank)")?;
        return Ok(());
    }
    let several = response.messages.len() > 1;
    for message in &response.messages {
        if several {
            out.line(format!("  [{}]", message.role.as_str()))?;
        }
        print_text(message, out)?;
    }
    Ok(())
}

/// `response 2`, as the headings call it.
fn name_of(example: &Example, response: Uuid) -> String {
    match example.responses.iter().position(|other| other.id == response) {
        Some(at) => format!("response {}", at + 1),
        None => format!("response {response}"),
    }
}

/// What was said beside an order: strength, reasons, ratings, what it stands for.
fn beside(example: &Example, ranking: &Ranking) -> Vec<String> {
    let details = &ranking.details;
    let mut said = Vec::new();
    if details.standing != Standing::Own {
        said.push(format!("stands as {}", details.standing));
    }
    let step = details.strength.and_then(|step| STRENGTHS.get(usize::from(step).checked_sub(1)?));
    said.extend(step.map(|word| format!("strength: {word}")));
    said.extend(details.certainty.map(|certainty| format!("certainty: {certainty}")));
    if !details.reasons.is_empty() {
        said.push(format!("reasons: {}", details.reasons.join(", ")));
    }
    for rating in &details.ratings {
        let at = example.responses.iter().position(|response| response.id == rating.response);
        let number = at.map_or_else(|| "?".to_owned(), |at| (at + 1).to_string());
        said.push(format!("{} of {number}: {}", rating.criterion, rating.value));
    }
    said
}

/// `2 > 1 = 3; bad: 4`.
fn order(example: &Example, ranking: &Ranking) -> String {
    if let Some(why) = &ranking.details.cannot {
        return format!("can't judge: {why}");
    }
    let place = |id: &Uuid| match example.responses.iter().position(|other| other.id == *id) {
        Some(at) => (at + 1).to_string(),
        None => "?".to_owned(),
    };
    let ids = |ids: &[Uuid], by: &str| ids.iter().map(place).collect::<Vec<_>>().join(by);
    let tiers: Vec<String> = ranking.tiers.iter().map(|tier| ids(tier, " = ")).collect();
    let mut parts = Vec::new();
    if !tiers.is_empty() {
        parts.push(tiers.join(" > "));
    }
    if !ranking.bad.is_empty() {
        parts.push(format!("bad: {}", ids(&ranking.bad, ", ")));
    }
    parts.join("; ")
}

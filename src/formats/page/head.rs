//! The head of a page: what an example is, as `name: value` lines.

use std::fmt::Write as _;
use std::str::FromStr;

use super::PageError;
use super::words::{is_visible, quoted, take_quoted};
use crate::example::{Example, Kind, Split, Status, Tag};

const NAMES: &str = "example, kind, status, split, tags, note";

/// What the head says; what it doesn't name stays.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The example that the page shows, and in which state.
    pub example: Option<(usize, i64, Option<String>)>,
    pub kind: Option<Kind>,
    pub status: Option<Status>,
    /// `Some(None)`: in no split.
    #[allow(clippy::option_option)] // as in `Changes`: one for the line, one for what it says
    pub split: Option<Option<Split>>,
    pub tags: Option<Vec<Tag>>,
    /// The line of the tags.
    pub tags_line: usize,
    pub note: Option<String>,
}

/// Writes the head. `is_free`: of no example that is there, so that what is usual goes without saying.
pub(super) fn write(example: &Example, is_free: bool, page: &mut String) {
    let usual_kind = example.kind == Kind::Sft && example.responses.len() < 2;
    if !(is_free && usual_kind) {
        // Writing to a string can't fail.
        let _ = writeln!(page, "kind: {}", example.kind);
    }
    if !(is_free && example.status == Status::Pending) {
        let _ = writeln!(page, "status: {}", example.status);
    }
    if let Some(split) = example.split {
        let _ = writeln!(page, "split: {split}");
    }
    let tags: Vec<String> = example
        .tags
        .iter()
        .map(|tag| format!("{}:{}", part(&tag.facet, ":,"), part(&tag.value, ",")))
        .collect();
    let note = if example.note.is_empty() { String::new() } else { part(&example.note, "") };
    let _ = writeln!(page, "{}", format!("tags: {}", tags.join(", ")).trim_end());
    let _ = writeln!(page, "{}", format!("note: {note}").trim_end());
}

/// Bare where it can be read again so.
fn part(text: &str, stops: &str) -> String {
    let bare = !text.is_empty()
        && text == text.trim()
        && !text.starts_with('"')
        && !text.contains(|c| stops.contains(c))
        && is_visible(text);
    if bare { text.to_owned() } else { quoted(text) }
}

pub(super) fn read(lines: &[(usize, &str)], errors: &mut Vec<PageError>) -> Head {
    let mut head = Head::default();
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for &(line, text) in lines {
        let mut wrong = |reason: String| errors.push(PageError { line, reason });
        let Some((name, value)) = text.split_once(':').map(|(name, value)| (name.trim(), value.trim()))
        else {
            wrong(format!(
                "above the first heading stand lines like “tags: …” and nothing else (there are: {NAMES}); a text \
                 comes under a heading like “=== user”"
            ));
            continue;
        };
        if let Some((_, before)) = seen.iter().find(|(known, _)| *known == name) {
            wrong(format!("“{name}” stands in line {before} already; leave one of the two"));
            continue;
        }
        seen.push((name, line));
        let read = match name {
            "example" => state(value).map(|(number, state)| head.example = Some((line, number, state))),
            "kind" => word(value).map(|kind| head.kind = kind),
            "status" => word(value).map(|status| head.status = status),
            "split" => word(value).map(|split| head.split = Some(split)),
            "tags" => {
                head.tags_line = line;
                tags(value).map(|tags| head.tags = Some(tags))
            }
            "note" => {
                head.note = Some(note(value));
                Ok(())
            }
            other => Err(format!("there is no “{other}” here; there are: {NAMES}")),
        };
        read.unwrap_or_else(wrong);
    }
    head
}

/// `412, state 5c1f09aa`.
fn state(value: &str) -> Result<(i64, Option<String>), String> {
    let (number, rest) = value.split_once(',').unwrap_or((value, ""));
    let number = number.trim().trim_start_matches('#').parse();
    let number = number.map_err(|_| "an example is named by its number".to_owned())?;
    let state = rest.trim().strip_prefix("state").map(|state| state.trim().to_owned());
    Ok((number, state.filter(|state| !state.is_empty())))
}

fn word<T: FromStr<Err: ToString>>(value: &str) -> Result<Option<T>, String> {
    if value.is_empty() {
        Ok(None)
    } else {
        value.parse().map(Some).map_err(|error: T::Err| error.to_string())
    }
}

fn note(value: &str) -> String {
    match take_quoted(value) {
        Ok((note, "")) if value.starts_with('"') => note,
        // It may also begin with a quotation.
        _ => value.to_owned(),
    }
}

fn tags(value: &str) -> Result<Vec<Tag>, String> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = value;
    while !rest.trim().is_empty() {
        let (facet, after) = name(rest, &[':', ','])?;
        let Some(after) = after.strip_prefix(':') else {
            return Err(format!("“{facet}” is no tag: a tag is FACET:VALUE, as in intent:refund"));
        };
        let (value, after) = name(after, &[','])?;
        let tag = Tag { facet, value };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        rest = match after.strip_prefix(',') {
            Some(rest) => rest,
            None if after.is_empty() => after,
            None => return Err(format!("tags are parted by commas, and “{after}” comes without one")),
        };
    }
    Ok(tags)
}

/// A name, bare up to one of the stops or in quotes, and what follows it.
fn name<'a>(text: &'a str, stops: &[char]) -> Result<(String, &'a str), String> {
    let text = text.trim_start();
    if text.starts_with('"') {
        let (name, rest) = take_quoted(text)?;
        return Ok((name, rest.trim_start()));
    }
    let end = text.find(stops).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    Ok((name.trim().to_owned(), rest))
}

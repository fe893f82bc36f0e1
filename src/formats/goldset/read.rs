//! A record of a Goldset file as an example.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::judging;
use super::path::At;
use crate::example::{
    Author, AuthorKind, Example, Flag, Kind, Message, Metadata, Prompt, Response, Role, Status, Tag, Uuid,
};
use crate::formats::{Misfit, build};

pub(super) fn example(record: Value) -> Result<Example, Misfit> {
    let mut record = At::of(record, String::new())?;
    let (id, word) = record.id()?;
    let kind: Option<Kind> = record.word("kind")?;
    let status: Option<Status> = record.word("status")?;
    let split = record.word("split")?;
    let note = record.text("note")?.unwrap_or_default();
    let created_at = record.moment("created_at")?;
    let origin =
        match record.text("origin")? {
            Some(word) => Some(Uuid::parse_str(&word).map_err(|_| {
                Misfit::new("origin", format!("is “{word}”, which is not the id of an example"))
            })?),
            None => None,
        };
    let mut unknown = Map::new();
    let prompt = read_prompt(record.fields.take("prompt"), &mut unknown)?;

    let mut names = Names::default();
    let (responses, origins) = read_responses(record.list("responses")?, &mut names)?;
    let rankings = judging::rankings("rankings", record.list("rankings")?, &names, &responses)?;
    judging::check_annotators(&rankings)?;
    let repeats = judging::rankings("repeats", record.list("repeats")?, &names, &responses)?;
    let reviews = judging::reviews(record.list("reviews")?)?;
    let flags = read_flags(record.list("flags")?, &names)?;
    let tags = read_tags(record.object("tags")?)?;
    let mut metadata = Metadata(record.object("metadata")?);
    // what the form doesn't know is carried along, never over what is there
    for (key, value) in record.fields.0.into_iter().chain(unknown) {
        metadata.0.entry(key).or_insert(value);
    }
    if let Some(word) = word.filter(|word| Uuid::parse_str(word).is_err()) {
        metadata.0.entry("id").or_insert(Value::String(word));
    }

    let wanted = if responses.len() > 1 || !rankings.is_empty() { Kind::Preference } else { Kind::Sft };
    let mut example = Example {
        id,
        split,
        note,
        responses,
        rankings,
        repeats,
        reviews,
        tags,
        flags,
        metadata,
        created_at,
        origin,
        ..Example::new(kind.unwrap_or(wanted), prompt)
    };
    for (index, origin) in origins {
        if let Some(response) = example.responses.get_mut(index) {
            response.origin = Some(names.origin(&origin, index)?);
        }
    }
    match status {
        Some(status) => example.status = status,
        None => build::settle(&mut example),
    }
    Ok(example)
}

fn read_prompt(prompt: Option<Value>, unknown: &mut Map<String, Value>) -> Result<Prompt, Misfit> {
    let prompt = match prompt {
        None => return Err(Misfit::new("prompt", "is missing")),
        Some(Value::String(text)) => return Ok(Prompt::user(text)),
        Some(list @ Value::Array(_)) => json!({"messages": list}),
        Some(other) => other,
    };
    let mut prompt = At::of(prompt, "prompt".to_owned())?;
    let messages = prompt.messages("messages")?;
    let tools = prompt.list("tools")?;
    for (key, value) in prompt.fields.0 {
        unknown.insert(format!("prompt.{key}"), value);
    }
    Ok(Prompt { messages, tools })
}

/// What the responses of a record are called in it.
#[derive(Default)]
pub(super) struct Names(HashMap<String, Uuid>);

impl Names {
    pub(super) fn get(&self, value: &Value, path: impl FnOnce() -> String) -> Result<Uuid, Misfit> {
        let word = match value {
            Value::String(word) => word.clone(),
            Value::Number(number) => number.to_string(),
            other => return Err(Misfit::wrong_type(path(), other, "the id of a response")),
        };
        let reason = || format!("is “{word}”, which is not the id of one of the responses");
        self.0.get(&word).copied().ok_or_else(|| Misfit::new(path(), reason()))
    }

    /// A response may come from one that is no longer there, if its id says which that was.
    fn origin(&self, word: &str, index: usize) -> Result<Uuid, Misfit> {
        let known = self.0.get(word).copied().or_else(|| Uuid::parse_str(word).ok());
        known.ok_or_else(|| {
            let reason = format!("is “{word}”, which is not the id of one of the responses");
            Misfit::new(format!("responses[{index}].origin"), reason)
        })
    }
}

type Origins = Vec<(usize, String)>;

fn read_responses(list: Vec<Value>, names: &mut Names) -> Result<(Vec<Response>, Origins), Misfit> {
    let mut responses = Vec::with_capacity(list.len());
    let mut origins = Vec::new();
    for (index, value) in list.into_iter().enumerate() {
        let value = match value {
            Value::String(text) => json!({"messages": [{"role": "assistant", "content": text}]}),
            other => other,
        };
        let mut at = At::of(value, format!("responses[{index}]"))?;
        let (id, word) = at.id()?;
        let mut response = Response::of(read_author(&mut at)?, read_answer(&mut at)?);
        response.id = id;
        response.created_at = at.moment("created_at")?;
        response.metadata = Metadata(at.object("metadata")?);
        if let Some(origin) = at.text("origin")? {
            origins.push((index, origin));
        }
        let path = at.path("id");
        for (key, value) in at.fields.0 {
            response.metadata.0.entry(key).or_insert(value);
        }
        // a UUID in another spelling (upper case, braces) is the same name
        for word in [word.unwrap_or_else(|| id.to_string()), id.to_string()] {
            if names.0.insert(word.clone(), id).is_some_and(|other| other != id)
                || responses.iter().any(|other: &Response| other.id == id)
            {
                return Err(Misfit::new(path, format!("is “{word}”, which another response has already")));
            }
        }
        responses.push(response);
    }
    Ok((responses, origins))
}

fn read_author(at: &mut At) -> Result<Option<Author>, Misfit> {
    match at.fields.take("author") {
        None => Ok(None),
        Some(Value::String(name)) => Ok(Some(Author::person(name))),
        Some(author) => {
            let mut author = At::of(author, at.path("author"))?;
            let name = author.needed_text("name")?;
            let kind = match author.text("kind")? {
                None => AuthorKind::Person,
                Some(word) => AuthorKind::parse(&word).ok_or_else(|| {
                    Misfit::new(author.path("kind"), format!("is “{word}”; it should be person or model"))
                })?,
            };
            Ok(Some(Author { name, kind }))
        }
    }
}

fn read_answer(at: &mut At) -> Result<Vec<Message>, Misfit> {
    if at.fields.0.contains_key("messages") {
        return at.messages("messages");
    }
    match at.text("text")? {
        Some(text) => Ok(vec![Message::new(Role::Assistant, text)]),
        None => Err(Misfit::new(at.path("messages"), "is missing")),
    }
}

fn read_flags(list: Vec<Value>, names: &Names) -> Result<Vec<Flag>, Misfit> {
    let mut flags = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        let value = if value.is_string() { json!({"kind": value}) } else { value };
        let mut at = At::of(value, format!("flags[{index}]"))?;
        let response = match at.fields.take("response") {
            Some(word) => Some(names.get(&word, || at.path("response"))?),
            None => None,
        };
        flags.push(Flag {
            id: at.id()?.0,
            kind: at.needed_text("kind")?,
            note: at.text("note")?.unwrap_or_default(),
            response,
            by: at.text("by")?,
            resolved: at.truth("resolved")?,
            at: at.moment("at")?,
        });
    }
    Ok(flags)
}

fn read_tags(map: Map<String, Value>) -> Result<Vec<Tag>, Misfit> {
    let mut tags = Vec::new();
    for (facet, values) in map {
        let values = match values {
            Value::Array(values) => values,
            one => vec![one],
        };
        for (index, value) in values.into_iter().enumerate() {
            let value = match value {
                Value::String(value) => value,
                Value::Number(number) => number.to_string(),
                other => return Err(Misfit::wrong_type(format!("tags.{facet}[{index}]"), &other, "text")),
            };
            tags.push(Tag::new(facet.clone(), value));
        }
    }
    Ok(tags)
}

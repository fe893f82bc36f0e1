//! `columns`: tables, and objects of texts, whose fields name themselves or are mapped.

use serde_json::{Map, Value, json};

use super::build::{asked, one, pair, preference, sft};
use super::extra::write_extra_where;
use super::fields::{Fields, type_of};
use super::left_out::{LeftOut, one_text};
use super::mapped::Beside;
use super::mapping::at_path;
use super::plain::plain;
use super::{
    Carries, Choice, Fit, Format, Item, Mapping, Misfit, ReadOptions, Reader, Target, Unwritable,
    WriteOptions, Writer, Written, container,
};
use crate::example::{Example, Kind, Message, Response, Role, Tag};

/// What fields that hold a prompt are called, the surest first.
const PROMPTS: &[&str] = &["prompt", "question", "instruction", "input", "query", "text", "texts"];
/// What fields that hold what the prompt is about are called.
const CONTEXTS: &[&str] = &["context", "input"];
/// What fields that hold a response are called, the surest first.
const RESPONSES: &[&str] = &[
    "response",
    "completion",
    "answer",
    "output",
    "query",
    "sql",
    "summary",
    "target",
    "category",
    "label",
    "intent",
];
const CHOSEN: &[&str] = &["chosen", "chosen_response"];
const REJECTED: &[&str] = &["rejected", "rejected_response"];
const SYSTEMS: &[&str] = &["system", "system_prompt"];

/// The format.
pub(super) struct Columns;

impl Format for Columns {
    fn id(&self) -> &'static str {
        "columns"
    }

    fn title(&self) -> &'static str {
        "Table or plain fields"
    }

    fn about(&self) -> &'static str {
        "Any table or object whose fields name themselves (question and answer, text and label, instruction and \
         output, prompt and chosen and rejected, with context and system where there are such), or are mapped. \
         Written with the columns system, prompt, response, or chosen and rejected for each pair."
    }

    fn container(&self) -> container::Kind {
        container::Kind::Csv
    }

    fn carries(&self) -> Carries {
        Carries::Everything
    }

    fn fit(&self, record: &Value) -> Fit {
        match guess(record) {
            Some(guess) if guess.mapping.fields.len() > 1 || guess.sure => Fit::Possible,
            _ => Fit::No,
        }
    }

    fn reader(&self, options: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Rows { mapping: options.mapping.clone() }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Table {
            extra_fields: options.extra_fields.unwrap_or(true),
            choice: options.choice.clone(),
        }))
    }
}

/// A mapping that the names of a record's fields suggest.
struct Guess {
    mapping: Mapping,
    /// Whether the prompt's field can be nothing else, even where there is no response.
    sure: bool,
}

/// A mapping that the names of a record's fields suggest.
pub(super) fn guessed(record: &Value) -> Option<Mapping> {
    guess(record).map(|guess| guess.mapping)
}

fn guess(record: &Value) -> Option<Guess> {
    let object = record.as_object()?;
    let is_text = |value: &Value| matches!(value, Value::String(_) | Value::Number(_));
    // the field of that name, in whatever letters
    let named = |name: &str| {
        let same = |key: &&String| key.trim().eq_ignore_ascii_case(name);
        object.iter().find(|(key, value)| same(key) && is_text(value)).map(|(key, _)| key.as_str())
    };
    let first =
        |names: &[&str], not: &str| names.iter().filter_map(|name| named(name)).find(|key| *key != not);
    let chosen = first(CHOSEN, "").zip(first(REJECTED, ""));
    let answered = |prompt: &&str| chosen.is_some() || first(RESPONSES, prompt).is_some();
    let prompts: Vec<&str> = PROMPTS.iter().filter_map(|name| named(name)).collect();
    let prompt = prompts.iter().copied().find(|prompt| answered(prompt)).or(prompts.first().copied())?;

    let mut fields = Vec::new();
    let mut map = |target, key: &str| fields.push((target, key.to_owned()));
    if let Some(system) = first(SYSTEMS, prompt) {
        map(Target::System, system);
    }
    map(Target::Prompt, prompt);
    if let Some(context) = first(CONTEXTS, prompt) {
        map(Target::Prompt, context);
    }
    let mut complete = true;
    if let Some((chosen, rejected)) = chosen {
        map(Target::Chosen, chosen);
        map(Target::Rejected, rejected);
    } else if let Some(response) = first(RESPONSES, prompt) {
        map(Target::Response, response);
    } else {
        complete = false;
    }
    let sure = complete
        || ["prompt", "question", "instruction"].iter().any(|name| prompt.eq_ignore_ascii_case(name));
    sure.then_some(Guess { mapping: Mapping { fields }, sure })
}

struct Rows {
    mapping: Option<Mapping>,
}

impl Reader for Rows {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        if !record.is_object() {
            return Err(Misfit::wrong_type("", &record, "an object with fields"));
        }
        let guessed = match &self.mapping {
            Some(_) => None,
            None => Some(
                guess(&record)
                    .ok_or_else(|| {
                        let names: Vec<&str> =
                            record.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
                        let reason =
                            format!("has no field that could be a prompt (it has: {})", names.join(", "));
                        Misfit::new("", reason)
                    })?
                    .mapping,
            ),
        };
        let Some(mapping) = self.mapping.as_ref().or(guessed.as_ref()) else { return Ok(Vec::new()) };
        read_row(record, mapping, guessed.is_some())
    }
}

fn read_row(record: Value, mapping: &Mapping, guessed: bool) -> Result<Vec<Item>, Misfit> {
    let join = |target: &Target| -> Result<Option<String>, Misfit> {
        let mut parts = Vec::new();
        let mut there = false;
        for path in mapping.paths(target) {
            if let Some(value) = at_path(&record, path) {
                there |= !value.is_null();
                parts.extend(texts(value, path)?.filter(|text| !text.is_empty()));
            }
        }
        Ok(there.then(|| parts.join("\n\n")))
    };
    let missing = |target: &Target| {
        let paths: Vec<&str> = mapping.paths(target).collect();
        Misfit::missing(&paths.join(" or "))
    };
    let system = join(&Target::System)?.filter(|system| !system.is_empty());
    let prompt = asked(system, join(&Target::Prompt)?.ok_or_else(|| missing(&Target::Prompt))?);
    let note = join(&Target::Note)?.unwrap_or_default();
    let mut tags = Vec::new();
    for (target, path) in &mapping.fields {
        if let (Target::Tag(facet), Some(value)) = (target, at_path(&record, path)) {
            let values = texts(value, path)?.filter(|value| !value.trim().is_empty());
            tags.extend(values.map(|value| Tag::new(facet.clone(), value.trim())));
        }
    }
    let mut responses = Vec::new();
    for path in mapping.paths(&Target::Response) {
        if let Some(value) = at_path(&record, path).filter(|value| !value.is_null()) {
            responses.extend(texts(value, path)?.map(|text| Response::new(None, text)));
        }
    }
    let judged = match (mapping.paths(&Target::Chosen).next(), mapping.paths(&Target::Rejected).next()) {
        (Some(_), Some(_)) => Some((
            join(&Target::Chosen)?.ok_or_else(|| missing(&Target::Chosen))?,
            join(&Target::Rejected)?.ok_or_else(|| missing(&Target::Rejected))?,
        )),
        _ => None,
    };

    let beside = Beside::of(&record, mapping)?;

    let mut fields = Fields::of(record)?;
    for (_, path) in &mapping.fields {
        // a field of which only a part was mapped stays whole; so does an empty context, which says nothing
        let _ = fields.take(path);
    }
    let rest = fields.rest();
    let mut example = match judged {
        Some((chosen, rejected)) => {
            let turn = |text| vec![Message::new(Role::Assistant, text)];
            pair(prompt, turn(chosen), turn(rejected), rest)
        }
        None if responses.len() > 1 => preference(prompt, responses, None, rest),
        None => sft(prompt, responses.pop(), rest),
    };
    if guessed && example.kind == Kind::Sft && example.prompt.question().is_empty() {
        return Err(missing(&Target::Prompt));
    }
    example.note = note;
    example.tags = tags;
    beside.put(&mut example);
    Ok(one(example))
}

/// The texts of a field: numbers and truth values are written out, a list gives one for each.
pub(super) fn texts(value: &Value, path: &str) -> Result<impl Iterator<Item = String> + use<>, Misfit> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        Value::Null => &[],
        other => std::slice::from_ref(other),
    };
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        other => Err(Misfit::new(path, format!("is or holds {}, not text", type_of(other)))),
    };
    let texts: Vec<String> = list.iter().map(text).collect::<Result<_, _>>()?;
    Ok(texts.into_iter())
}

/// Whether a further column of that name would be taken for a part of the prompt or for an answer.
fn is_misread(record: &Map<String, Value>, name: &str) -> bool {
    let mapping = |record: Map<String, Value>| guessed(&Value::Object(record)).map(|mapping| mapping.fields);
    let mut more = record.clone();
    more.insert(name.to_owned(), json!("text"));
    mapping(more) != mapping(record.clone())
}

struct Table {
    extra_fields: bool,
    choice: Choice,
}

impl Writer for Table {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let mut base = Map::new();
        let turns = match example.prompt.messages.as_slice() {
            [system, rest @ ..] if system.role == Role::System => {
                base.insert("system".to_owned(), json!(plain(system)?));
                rest
            }
            turns => turns,
        };
        let [question] = turns else { return Err(Unwritable("the prompt has several turns")) };
        base.insert("prompt".to_owned(), json!(plain(question)?));
        let (mut left_out, rows) = match example.kind {
            Kind::Sft => {
                let best = self.choice.best_unmasked(example)?;
                let mut left_out = LeftOut::beside(example, best);
                let rows = vec![vec![("response", one_text(best, &mut left_out)?)]];
                (left_out, rows)
            }
            Kind::Preference => {
                let pairs = self.choice.pairs(example)?;
                let mut left_out = LeftOut::beside_pairs(example, &pairs);
                let mut rows = Vec::with_capacity(pairs.len());
                for (chosen, rejected) in pairs {
                    let (chosen, rejected) =
                        (one_text(chosen, &mut left_out)?, one_text(rejected, &mut left_out)?);
                    rows.push(vec![("chosen", chosen), ("rejected", rejected)]);
                }
                (left_out, rows)
            }
        };
        left_out.tools_of(example);
        for message in &example.prompt.messages {
            left_out.beside_text(message);
        }
        let record = |cells: Vec<(&str, String)>| {
            let mut record = base.clone();
            record.extend(cells.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))));
            let own = record.clone();
            let may = |name: &str| self.extra_fields && !is_misread(&own, name);
            write_extra_where(&mut record, example, may, &mut left_out);
            Value::Object(record)
        };
        let records = rows.into_iter().map(record).collect();
        Ok(Written { records, left_out: left_out.list() })
    }
}

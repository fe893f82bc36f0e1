//! `openai-preference`: a preferred and a non-preferred answer to a conversation.

use serde_json::{Map, Value, json};

use super::build::{one, pair};
use super::calls::CallIds;
use super::chat::{Style, write_messages};
use super::extra::{is_harmless, write_extra};
use super::fields::{Fields, Hints, hint};
use super::judgement::Judgement;
use super::left_out::{LeftOut, pairs};
use super::messages::read_messages;
use super::openai_chat::{self, KNOWN};
use super::{
    Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written, container,
    tools,
};
use crate::example::{Example, Message, Prompt};

const ID: &str = "openai-preference";
/// The names of the two answers: those of the guide, and those of the schema of 2025.
const NAMES: [[&str; 2]; 2] =
    [["preferred_output", "non_preferred_output"], ["preferred_completion", "non_preferred_completion"]];

/// The format.
pub(super) struct OpenAiPreference;

impl Format for OpenAiPreference {
    fn id(&self) -> &'static str {
        ID
    }

    fn title(&self) -> &'static str {
        "OpenAI preference (DPO)"
    }

    fn about(&self) -> &'static str {
        "{input: {messages, tools?, parallel_tool_calls?}, preferred_output: [message], non_preferred_output: \
         [message]}, one record for each pair. Taken by OpenAI, Azure, Together and Fireworks; \
         preferred_completion and non_preferred_completion are read too. Source: OpenAI's guide to DPO."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn fit(&self, record: &Value) -> Fit {
        let has = |names: &[&str; 2]| names.iter().all(|name| record.get(name).is_some());
        let input = record.get("input").is_some_and(Value::is_object);
        if input && NAMES.iter().any(has) { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Pairs))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Outputs {
            extra_fields: options.extra_fields.unwrap_or(false),
            judgements: options.judgements.unwrap_or(false),
        }))
    }
}

struct Pairs;

impl Reader for Pairs {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(ID);
        let mut input = match fields.take("input") {
            Some(Value::Object(input)) => Fields(input),
            Some(other) => return Err(Misfit::wrong_type("input", &other, "an object with messages")),
            None => return Err(Misfit::missing("input")),
        };
        let messages = input.take("messages").ok_or_else(|| Misfit::missing("input.messages"))?;
        let messages = read_messages(messages, "input.messages")?;
        let tools = tools::read(&mut input, &mut hints)
            .map_err(|misfit| Misfit::new(format!("input.{}", misfit.field), misfit.reason))?;
        if !input.0.is_empty() {
            hints.note("input", Value::Object(input.0));
        }
        let chosen = answer(&mut fields, 0)?;
        let rejected = answer(&mut fields, 1)?;
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(pair(Prompt { messages, tools }, chosen, rejected, metadata)))
    }
}

fn answer(fields: &mut Fields, which: usize) -> Result<Vec<Message>, Misfit> {
    for names in NAMES {
        let name = names[which.min(1)]; // two names each
        match fields.take(name) {
            Some(Value::Array(list)) if list.is_empty() => return Err(Misfit::new(name, "is an empty list")),
            Some(list @ Value::Array(_)) => return read_messages(list, name),
            Some(other) => return read_messages(json!([other]), name),
            None => {}
        }
    }
    let [[chosen, rejected], _] = NAMES;
    Err(Misfit::missing(if which == 0 { chosen } else { rejected }))
}

struct Outputs {
    extra_fields: bool,
    judgements: bool,
}

impl Writer for Outputs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let pairs = pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        // weights would say nothing here, and only text is compared
        let style = Style { weights: false, parts: false, ..openai_chat::style(self.extra_fields) };
        let answers =
            pairs.iter().flat_map(|(chosen, rejected)| chosen.messages.iter().chain(&rejected.messages));
        let mut ids = CallIds::of(example.prompt.messages.iter().chain(answers));
        let mut input = Map::new();
        let messages = write_messages(&example.prompt.messages, &style, &mut ids, &mut left_out)?;
        input.insert("messages".to_owned(), messages);
        if let Some(tools) = tools::list(example)? {
            input.insert("tools".to_owned(), tools);
        }
        if let Some(inside) = hint(&example.metadata, ID, "input").and_then(Value::as_object) {
            for (key, value) in inside {
                if KNOWN.contains(&key.as_str()) || self.extra_fields && is_harmless(key) {
                    input.insert(key.clone(), value.clone());
                } else {
                    left_out.note("extra fields");
                }
            }
        }
        // the settings of a chat example hold for its pairs as well, but have their place here
        for &known in KNOWN {
            if let Some(value) = example.metadata.get(known) {
                input.entry(known).or_insert_with(|| value.clone());
            }
        }
        let judgement = Judgement::of(example, self.judgements);
        let mut records = Vec::with_capacity(pairs.len());
        for (chosen, rejected) in pairs {
            let mut record = Map::new();
            record.insert("input".to_owned(), Value::Object(input.clone()));
            let [names, _] = NAMES;
            let mut at = ids.clone();
            for (name, response) in names.into_iter().zip([chosen, rejected]) {
                let [only] = response.messages.as_slice() else {
                    return Err(Unwritable("the response is more than one turn (tool calls)"));
                };
                at = at.again_from(&ids);
                record.insert(name.to_owned(), write_messages([only], &style, &mut at, &mut left_out)?);
            }
            if let Some(judgement) = &judgement {
                judgement.put(&mut record, Some((chosen.id, rejected.id)), &mut left_out);
            }
            write_extra(&mut record, example, self.extra_fields, KNOWN, &mut left_out);
            record.retain(|key, _| !KNOWN.contains(&key.as_str()));
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}

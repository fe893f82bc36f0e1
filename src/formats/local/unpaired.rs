//! `unpaired`: an answer with a verdict, good or bad.

use serde_json::Value;

use crate::example::{Prompt, Role, Status};
use crate::formats::build::{one, response, sft};
use crate::formats::fields::{Fields, Hints, has_list_of};
use crate::formats::messages::{read_messages, split, take_turns};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, WriteOptions, Writer, container, tools,
};

const ID: &str = "unpaired";

/// The format.
pub(super) struct Unpaired;

impl Format for Unpaired {
    fn id(&self) -> &'static str {
        ID
    }

    fn title(&self) -> &'static str {
        "Unpaired verdicts (KTO)"
    }

    fn about(&self) -> &'static str {
        "{messages, label: true|false} or {prompt, completion, label}: one response, done where the label is true; \
         the label is kept among the metadata. TRL's and LLaMA-Factory's files for KTO. Read only. Source: trl 1.16 data_utils."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Carries::Verdicts
    }

    fn fit(&self, record: &Value) -> Fit {
        let verdict = record.get("label").is_some_and(Value::is_boolean);
        let answered = has_list_of(record, "messages", "role")
            || record.get("prompt").is_some() && record.get("completion").is_some();
        if verdict && answered { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Verdicts))
    }

    fn writer(&self, _: &WriteOptions) -> Option<Box<dyn Writer>> {
        None
    }
}

struct Verdicts;

impl Reader for Verdicts {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(ID);
        let (messages, answer) = if let Some(messages) = fields.take("messages") {
            split(read_messages(messages, "messages")?)
        } else {
            let prompt = take_turns(&mut fields, "prompt", Role::User)?;
            let completion = take_turns(&mut fields, "completion", Role::Assistant)?;
            (prompt.ok_or_else(|| Misfit::missing("messages"))?, completion.unwrap_or_default())
        };
        if messages.is_empty() && answer.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        let good = match fields.0.get("label") {
            Some(Value::Bool(good)) => *good,
            Some(other) => return Err(Misfit::wrong_type("label", other, "true or false")),
            None => return Err(Misfit::missing("label")),
        };
        let prompt = Prompt { messages, tools: tools::read(&mut fields, &mut hints)? };
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        let mut example = sft(prompt, response(answer), metadata);
        if !good {
            // an answer that was called bad is not one to learn from: it waits for a better one
            example.status = Status::Pending;
        }
        Ok(one(example))
    }
}

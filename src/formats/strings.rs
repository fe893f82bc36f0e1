//! `strings`: prompts without anything around them, to be answered.

use serde_json::Value;

use super::build::{one, sft};
use super::{Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, WriteOptions, Writer, container};
use crate::example::{Metadata, Prompt};

/// The format.
pub(super) struct Strings;

impl Format for Strings {
    fn id(&self) -> &'static str {
        "strings"
    }

    fn title(&self) -> &'static str {
        "Bare prompts"
    }

    fn about(&self) -> &'static str {
        "A JSON string each, or a line of text each: a user's prompt that nobody has answered yet. Read only."
    }

    fn container(&self) -> container::Kind {
        container::Kind::Lines
    }

    fn carries(&self) -> Carries {
        Carries::Question
    }

    fn fit(&self, record: &Value) -> Fit {
        if record.is_string() { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Prompts))
    }

    fn writer(&self, _: &WriteOptions) -> Option<Box<dyn Writer>> {
        None
    }
}

struct Prompts;

impl Reader for Prompts {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        match record {
            Value::String(text) if text.is_empty() => {
                Err(Misfit::new("", "is empty: there is nothing to answer"))
            }
            Value::String(text) => Ok(one(sft(Prompt::user(text), None, Metadata::default()))),
            other => Err(Misfit::wrong_type("", &other, "text")),
        }
    }
}

//! A prompt and what follows it in fields of their own, as messages or as bare text, for some trainers with
//! whether it is good.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::{Draft, Tools, beside};
use super::speech::Speech;
use super::texts::TextPrompt;
use crate::example::{Example, Prompt, Response, Role, Status};
use crate::formats::build::{response, sft};
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::left_out::one_text;
use crate::formats::messages::take_turns;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// A prompt and an answer.
pub(in crate::formats::local) struct Completion {
    /// The field of the prompt.
    pub prompt: &'static str,
    /// The field of the answer.
    pub answer: &'static str,
    /// How both are put down; `None` where they are bare text.
    pub speech: Option<Speech>,
    /// Whether the system has a field of its own beside bare text.
    pub system: bool,
    /// Where the definitions of tools stand.
    pub tools: Tools,
    /// The field that says whether the answer is good.
    pub verdict: Option<&'static str>,
}

impl Completion {
    /// Two texts.
    pub const fn text(prompt: &'static str, answer: &'static str) -> Self {
        Self { prompt, answer, speech: None, system: false, tools: Tools::No, verdict: None }
    }

    const fn question(&self) -> TextPrompt {
        TextPrompt { field: self.prompt, system: self.system, context: None }
    }
}

impl Shape for Completion {
    fn carries(&self) -> Carries {
        if self.verdict.is_some() { Carries::Verdicts } else { Carries::Answer }
    }

    fn has_fields(&self, record: &Value) -> bool {
        let is_judged = match self.verdict {
            Some(field) => record.get(field).is_some_and(Value::is_boolean),
            None => !record.get("label").is_some_and(Value::is_boolean),
        };
        // what would change the prompt, and is not a field of this form
        let more = ["system", "instruction", "context", "history", "chosen", "generator"];
        let is_more = more.iter().any(|key| record.get(key).is_some() && !(self.system && *key == "system"));
        let has = |field| match self.speech {
            Some(speech) => has_list_of(record, field, speech.from()),
            None => has_text(record, field),
        };
        is_judged && !is_more && has(self.prompt) && has(self.answer)
    }

    fn is_marked(&self, record: &Value) -> bool {
        // other readers of these fields would take the system's for one that means nothing
        self.system && record.get("system").and_then(Value::as_str).is_some_and(|system| !system.is_empty())
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let verdict = read_verdict(self.verdict, &mut fields)?;
        let messages = self.question().read(&mut fields)?;
        let answer = take_turns(&mut fields, self.answer, Role::Assistant)?.unwrap_or_default();
        if messages.is_empty() {
            return Err(Misfit::new(self.prompt, "is an empty list"));
        }
        let prompt = Prompt { messages, tools: self.tools.read(&mut fields)? };
        let mut example = sft(prompt, response(answer), fields.rest());
        keep_verdict(verdict, &mut example);
        Ok(example)
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let picks: Vec<(&Response, Option<bool>)> = match self.verdict {
            Some(_) => {
                let verdicts = options.choice.verdicts(example)?.into_iter();
                verdicts.map(|(response, good)| (response, Some(good))).collect()
            }
            None => vec![(options.choice.best_unmasked(example)?, None)],
        };
        let responses: Vec<&Response> = picks.iter().map(|(response, _)| *response).collect();
        let mut draft = Draft::new(example, options, beside(example, &responses));
        for (response, good) in picks {
            let mut record = Map::new();
            let answer = if let Some(speech) = self.speech {
                let prompt = &example.prompt.messages;
                let mut telling = draft.telling();
                record.insert(self.prompt.to_owned(), speech.asked(prompt, &mut telling)?);
                Value::Array(speech.answer(prompt, &response.messages, &mut telling)?)
            } else {
                self.question().put(&mut record, &mut draft)?;
                one_text(response, &mut draft.left_out)?.into()
            };
            record.insert(self.answer.to_owned(), answer);
            self.tools.put(&mut record, &mut draft)?;
            if let (Some(field), Some(good)) = (self.verdict, good) {
                record.insert(field.to_owned(), json!(good));
            }
            draft.add(record, None);
        }
        Ok(draft.finish())
    }
}

/// Takes the field that says whether an answer is good.
pub(super) fn read_verdict(field: Option<&str>, fields: &mut Fields) -> Result<Option<bool>, Misfit> {
    let Some(field) = field else { return Ok(None) };
    match fields.take(field) {
        Some(Value::Bool(good)) => Ok(Some(good)),
        Some(other) => Err(Misfit::wrong_type(field, &other, "true or false")),
        None => Err(Misfit::missing(field)),
    }
}

/// Keeps what was said of an answer where the choice of responses finds it.
pub(super) fn keep_verdict(verdict: Option<bool>, example: &mut Example) {
    let Some(good) = verdict else { return };
    example.metadata.insert("label", json!(good));
    if !good {
        // an answer that was called bad is not one to learn from: it waits for a better one
        example.status = Status::Pending;
    }
}

//! `gemini-rl`: a question that the model answers itself, with texts that a reward compares with.

use serde_json::{Map, Value, json};

use super::contents::{Contents, PARTS, put_system, take_turns};
use super::{LIMITS, declarations};
use crate::example::{Example, Prompt};
use crate::formats::build::{one, sft};
use crate::formats::calls::CallIds;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::hosted::blocks::{part_system, write_turns};
use crate::formats::hosted::reference::{self, ANSWER};
use crate::formats::hosted::service::{Facts, Service};
use crate::formats::judgement::Judgement;
use crate::formats::rules::{
    Alternation, CallsAnswered, NoEmptyTurns, System, ToolDefinitions, ToolNames, UserLast,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format.
pub(in crate::formats::hosted) struct GeminiRl;

const FACTS: Facts = Facts {
    id: "gemini-rl",
    title: "Gemini reinforcement",
    about: "{systemInstruction?, contents ending with the user, tools?, references: {name: text}}: the best response is the \
         reference reference_answer, and further fields go out with --extra-fields or if they came in so. Taken by \
         Vertex AI (a preview). Source: google-genai 3.4 types.",
    rules: &[
        &UserLast,
        &System,
        &Alternation::Strict,
        &NoEmptyTurns,
        &PARTS,
        &CallsAnswered,
        &ToolNames,
        &ToolDefinitions::REWRITTEN,
    ],
    limits: LIMITS,
};

impl Service for GeminiRl {
    fn facts(&self) -> &Facts {
        &FACTS
    }

    fn carries(&self) -> Carries {
        Carries::Question
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_referenced = record.get("references").is_some_and(Value::is_object);
        if is_referenced && has_list_of(record, "contents", "parts") { Fit::Certain } else { Fit::No }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Questions)
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Prompts { options: options.clone() })
    }
}

struct Questions;

impl Reader for Questions {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let messages = take_turns(&mut fields)?;
        let prompt = Prompt { messages, tools: declarations::take(&mut fields) };
        let mut references = match fields.take("references") {
            None => Map::new(),
            Some(Value::Object(references)) => references,
            Some(other) => return Err(Misfit::wrong_type("references", &other, "an object of texts")),
        };
        let (response, hints) = reference::take(&mut references, ANSWER, true);
        let mut metadata = fields.rest();
        for (key, value) in references {
            metadata.insert(key, value);
        }
        hints.keep(&mut metadata);
        Ok(one(sft(prompt, response, metadata)))
    }
}

struct Prompts {
    options: WriteOptions,
}

impl Writer for Prompts {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let answer = reference::answer(example, &self.options.choice, ANSWER)?;
        let mut left_out = reference::beside(example, answer.as_ref().map(|(.., best)| *best));
        let mut record = Map::new();
        let (system, prompt) = part_system(&example.prompt.messages, &mut left_out)?;
        put_system(&mut record, system);
        let mut ids = CallIds::of(prompt);
        record
            .insert("contents".to_owned(), write_turns::<Contents>(prompt, &mut ids, &mut left_out)?.into());
        declarations::put(&mut record, example, &mut left_out);
        let mut references = Map::new();
        let text = |value: &Value| match value {
            Value::String(text) => json!(text),
            other => json!(other.to_string()),
        };
        if let Some((name, value, _)) = answer {
            references.insert(name, text(&value));
        }
        for (key, value) in reference::fields(example, self.options.extra(), &mut left_out) {
            if !value.is_null() {
                references.entry(key.as_str()).or_insert_with(|| text(value));
            }
        }
        if !references.is_empty() {
            record.insert("references".to_owned(), Value::Object(references));
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

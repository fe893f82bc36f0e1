//! `gemini`: a conversation of which every turn of the model is learned from.

use serde_json::{Map, Value};

use super::contents::{Contents, PARTS, put_system, take_turns};
use super::{LIMITS, declarations};
use crate::example::{Example, Prompt};
use crate::formats::build::{one, response, sft};
use crate::formats::calls::CallIds;
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::hosted::blocks::{part_system, write_turns};
use crate::formats::hosted::service::{Facts, Service};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::split;
use crate::formats::rules::{
    Alternation, CallsAnswered, Ends, NoEmptyTurns, System, ToolDefinitions, ToolNames, Weights,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format.
pub(in crate::formats::hosted) struct Gemini;

const FACTS: Facts = Facts {
    id: "gemini",
    title: "Gemini tuning",
    about: "{systemInstruction?: {parts}, contents: [{role: user | model, parts: [{text} | {functionCall} | \
         {functionResponse} | {fileData}]}], tools?: [{functionDeclarations}]}. Taken by Vertex AI. Also read: the same \
         in snake_case, and {messages: [{role: system | user | model, content}]} of 2024. Source: Google's pages on \
         supervised tuning, and google-genai 3.4.",
    rules: &[
        &Ends,
        &System,
        &Alternation::Strict,
        &NoEmptyTurns,
        &PARTS,
        &CallsAnswered,
        &ToolNames,
        &ToolDefinitions::REWRITTEN,
        &Weights::LearnsAll,
    ],
    limits: LIMITS,
};

impl Service for Gemini {
    fn facts(&self) -> &Facts {
        &FACTS
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_other = ["completions", "references"].iter().any(|key| record.get(key).is_some());
        let messages = record.get("messages").and_then(Value::as_array);
        let is_model = |message: &Value| message.get("role").is_some_and(|role| role == "model");
        let is_preview = || messages.is_some_and(|messages| messages.iter().any(is_model));
        if !is_other && (has_list_of(record, "contents", "parts") || is_preview()) {
            Fit::Certain
        } else {
            Fit::No
        }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Turns)
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Conversations { options: options.clone() })
    }
}

struct Turns;

impl Reader for Turns {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let (messages, answer) = split(take_turns(&mut fields)?);
        let prompt = Prompt { messages, tools: declarations::take(&mut fields) };
        Ok(one(sft(prompt, response(answer), fields.rest())))
    }
}

struct Conversations {
    options: WriteOptions,
}

impl Writer for Conversations {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best_unmasked(example)?;
        let mut left_out = LeftOut::beside(example, best);
        let mut record = Map::new();
        let (system, prompt) = part_system(&example.prompt.messages, &mut left_out)?;
        put_system(&mut record, system);
        let turns = || prompt.iter().chain(&best.messages);
        let mut ids = CallIds::of(turns());
        let contents = write_turns::<Contents>(turns(), &mut ids, &mut left_out)?;
        record.insert("contents".to_owned(), Value::Array(contents));
        declarations::put(&mut record, example, &mut left_out);
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), &["toolConfig"], &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

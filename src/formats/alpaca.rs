//! `alpaca`: an instruction, sometimes with an input to work on, and the output.

use serde_json::{Map, Value, json};

use super::build::{one, sft};
use super::extra::write_extra;
use super::fields::{Fields, Hints, has_text, hint};
use super::judgement::Judgement;
use super::left_out::{LeftOut, best_unmasked, one_text};
use super::plain::plain;
use super::{
    Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written, container,
};
use crate::example::{Example, Message, Prompt, Response, Role};

const ID: &str = "alpaca";

/// The format.
pub(super) struct Alpaca;

impl Format for Alpaca {
    fn id(&self) -> &'static str {
        ID
    }

    fn title(&self) -> &'static str {
        "Alpaca"
    }

    fn about(&self) -> &'static str {
        "{instruction, input, output, system?, history?: [[user, assistant]]}. The prompt is the instruction and, \
         below a blank line, the input. Taken by LLaMA-Factory, Axolotl, torchtune, llama-cookbook. Source: \
         tatsu-lab/stanford_alpaca; LLaMA-Factory's data/README."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonArray
    }

    fn fit(&self, record: &Value) -> Fit {
        let pair = has_text(record, "instruction") && has_text(record, "output");
        if !pair || record.get("generator").is_some() || record.get("kto_tag").is_some() {
            Fit::No
        } else if has_text(record, "input") {
            Fit::Certain
        } else {
            Fit::Likely
        }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Instructions))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Outputs {
            extra_fields: options.extra_fields.unwrap_or(false),
            judgements: options.judgements.unwrap_or(false),
        }))
    }
}

struct Instructions;

impl Reader for Instructions {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(ID);
        let mut messages = Vec::new();
        match fields.optional_text("system")? {
            Some(system) if system.is_empty() => hints.note("system", json!("")),
            Some(system) => messages.push(Message::new(Role::System, system)),
            None => {}
        }
        match fields.take("history") {
            Some(Value::Array(pairs)) if pairs.is_empty() => hints.note("history", json!([])),
            Some(history) => read_history(history, &mut messages)?,
            None => {}
        }
        let instruction = fields.text("instruction")?;
        let question = match fields.optional_text("input")? {
            Some(input) if input.is_empty() => instruction,
            Some(input) => {
                let question = format!("{instruction}\n\n{input}");
                hints.note("input", Value::String(input));
                question
            }
            None => {
                // a null stays among the metadata, and is written from there
                hints.note("input", Value::Null);
                instruction
            }
        };
        messages.push(Message::new(Role::User, question));
        let output = fields.optional_text("output")?;
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        let prompt = Prompt { messages, tools: Vec::new() };
        Ok(one(sft(prompt, output.map(|text| Response::new(None, text)), metadata)))
    }
}

fn read_history(history: Value, messages: &mut Vec<Message>) -> Result<(), Misfit> {
    let Value::Array(pairs) = history else {
        return Err(Misfit::wrong_type("history", &history, "a list of pairs"));
    };
    for (index, pair) in pairs.into_iter().enumerate() {
        let wrong = || Misfit::new(format!("history[{index}]"), "is not a pair of texts (user, assistant)");
        let Value::Array(pair) = pair else { return Err(wrong()) };
        let [Value::String(user), Value::String(assistant)] = pair.as_slice() else { return Err(wrong()) };
        messages.push(Message::new(Role::User, user));
        messages.push(Message::new(Role::Assistant, assistant));
    }
    Ok(())
}

struct Outputs {
    extra_fields: bool,
    judgements: bool,
}

impl Writer for Outputs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = best_unmasked(example)?;
        let mut left_out = LeftOut::beside(example, best);
        left_out.tools_of(example);
        for message in &example.prompt.messages {
            left_out.beside_text(message);
        }
        let (system, turns) = match example.prompt.messages.as_slice() {
            [first, rest @ ..] if first.role == Role::System => (Some(plain(first)?.into_owned()), rest),
            turns => (None, turns),
        };
        let Some((question, history)) = turns.split_last().filter(|(last, _)| last.role == Role::User) else {
            return Err(Unwritable("the prompt doesn't end with a user turn"));
        };
        let question = plain(question)?;
        let (instruction, input) = part(&question, hint(&example.metadata, ID, "input"));
        let mut record = Map::new();
        record.insert("instruction".to_owned(), json!(instruction));
        if let Some(input) = input {
            record.insert("input".to_owned(), json!(input));
        }
        record.insert("output".to_owned(), one_text(best, &mut left_out)?.into());
        let system = system.map(Value::String).or_else(|| hint(&example.metadata, ID, "system").cloned());
        if let Some(system) = system {
            record.insert("system".to_owned(), system);
        }
        if let Some(history) =
            write_history(history)?.or_else(|| hint(&example.metadata, ID, "history").cloned())
        {
            record.insert("history".to_owned(), history);
        }
        if let Some(judgement) = Judgement::of(example, self.judgements) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.extra_fields, &[], &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

/// The instruction and the input of a question: as they came, as long as the question still ends
/// with that input. A record that came without the field gets none.
fn part<'a>(question: &'a str, came: Option<&'a Value>) -> (&'a str, Option<&'a str>) {
    match came {
        Some(Value::Null) => (question, None),
        Some(Value::String(input)) => {
            let instruction =
                question.strip_suffix(input.as_str()).and_then(|rest| rest.strip_suffix("\n\n"));
            instruction.map_or((question, Some("")), |instruction| (instruction, Some(input)))
        }
        _ => (question, Some("")),
    }
}

fn write_history(turns: &[Message]) -> Result<Option<Value>, Unwritable> {
    let mut history = Vec::new();
    for pair in turns.chunks(2) {
        match pair {
            [user, assistant]
                if user.role == Role::User
                    && assistant.role == Role::Assistant
                    && assistant.tool_calls.is_empty() =>
            {
                history.push(json!([plain(user)?, plain(assistant)?]));
            }
            _ => {
                return Err(Unwritable(
                    "the prompt is not user and assistant in turn (tool calls, or two in a row)",
                ));
            }
        }
    }
    Ok((!history.is_empty()).then(|| Value::Array(history)))
}

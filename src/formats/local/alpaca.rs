//! `alpaca`, `llamafactory-alpaca` and `llama-cookbook`: an instruction, sometimes with an input to work on,
//! and the output.

use serde_json::{Map, Value, json};

use super::llamafactory::alpaca_info;
use crate::example::{Example, Message, Prompt, Response, Role};
use crate::formats::build::{one, sft};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints, has_text, hint};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::plain::plain;
use crate::formats::rules::{
    Alternation, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, Rule, System, TextOnly, Weights,
};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, SideFile, Unwritable, WriteOptions, Writer,
    Written, container,
};

/// The format, in one of its dialects.
pub(super) struct Alpaca {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    dialect: Dialect,
}

/// What trainers made of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Fields stand where there is something in them.
    Stanford,
    /// Every field that LLaMA-Factory's description of the columns names stands in every record.
    LlamaFactory,
    /// Neither a system nor what was said before.
    Cookbook,
}

impl Alpaca {
    pub const STANFORD: Self = Self {
        id: "alpaca",
        title: "Alpaca",
        about: "{instruction, input, output, system?, history?: [[user, assistant]]}. The prompt is the instruction and, \
                below a blank line, the input. Taken by LLaMA-Factory, Axolotl, torchtune, llama-cookbook. Source: \
                tatsu-lab/stanford_alpaca; LLaMA-Factory's data/README.",
        dialect: Dialect::Stanford,
    };
    pub const LLAMAFACTORY: Self = Self {
        id: "llamafactory-alpaca",
        title: "LLaMA-Factory Alpaca",
        about: "{instruction, input, output, system, history: [[user, assistant]]}, all of them in every record, with its \
                entry in dataset_info.json. Taken by LLaMA-Factory. Source: LLaMA-Factory 0.9.5 data/README.",
        dialect: Dialect::LlamaFactory,
    };
    pub const LLAMA_COOKBOOK: Self = Self {
        id: "llama-cookbook",
        title: "llama-cookbook Alpaca",
        about: "[{instruction, input, output}], one JSON array. The first records are kept back for evaluation. Taken by \
                llama-cookbook (llama-recipes) as alpaca_dataset. Source: meta-llama/llama-cookbook.",
        dialect: Dialect::Cookbook,
    };
}

impl Format for Alpaca {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn container(&self) -> container::Kind {
        match self.dialect {
            Dialect::Stanford | Dialect::Cookbook => container::Kind::JsonArray,
            Dialect::LlamaFactory => container::Kind::JsonLines,
        }
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        match self.dialect {
            Dialect::Stanford => &[
                &Ends,
                &NoEmptyTurns,
                &TextOnly,
                &NoTools,
                &OneText,
                &System,
                &Alternation::Strict,
                &Weights::LearnsAll,
            ],
            Dialect::LlamaFactory => &[
                &Ends,
                &NoEmptyTurns,
                &TextOnly,
                &NoTools,
                &OneText,
                &System,
                &Alternation::Strict,
                &Reserved::CONTROL_TOKENS,
                &Reserved::MEDIA,
                &Weights::LearnsAll,
            ],
            Dialect::Cookbook => {
                &[&OneQuestion::BARE, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Weights::LearnsLast]
            }
        }
    }

    fn side_files(&self, files: &[String]) -> Vec<SideFile> {
        if self.dialect == Dialect::LlamaFactory { alpaca_info(files) } else { Vec::new() }
    }

    fn fit(&self, record: &Value) -> Fit {
        let pair = has_text(record, "instruction") && has_text(record, "output");
        if !pair || record.get("generator").is_some() || record.get("kto_tag").is_some() {
            Fit::No
        } else if self.dialect != Dialect::Stanford {
            Fit::Possible
        } else if has_text(record, "input") {
            Fit::Certain
        } else {
            Fit::Likely
        }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Instructions { id: self.id }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Outputs { id: self.id, dialect: self.dialect, options: options.clone() }))
    }
}

struct Instructions {
    id: &'static str,
}

impl Reader for Instructions {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(self.id);
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
    id: &'static str,
    dialect: Dialect,
    options: WriteOptions,
}

impl Writer for Outputs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best_unmasked(example)?;
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
        let (instruction, input) = part(&question, hint(&example.metadata, self.id, "input"));
        let mut record = Map::new();
        record.insert("instruction".to_owned(), json!(instruction));
        if let Some(input) = input.or((self.dialect != Dialect::Stanford).then_some("")) {
            record.insert("input".to_owned(), json!(input));
        }
        record.insert("output".to_owned(), one_text(best, &mut left_out)?.into());
        let system =
            system.map(Value::String).or_else(|| hint(&example.metadata, self.id, "system").cloned());
        let always = |value: Value| (self.dialect == Dialect::LlamaFactory).then_some(value);
        if self.dialect == Dialect::Cookbook && (system.is_some() || !history.is_empty()) {
            return Err(Unwritable("the prompt is more than one user turn"));
        }
        if let Some(system) = system.or_else(|| always(json!(""))) {
            record.insert("system".to_owned(), system);
        }
        let came = || hint(&example.metadata, self.id, "history").cloned();
        if let Some(history) = write_history(history)?.or_else(came).or_else(|| always(json!([]))) {
            record.insert("history".to_owned(), history);
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
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

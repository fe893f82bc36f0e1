//! `openai-preference`, and the services that took its form over: a preferred and a non-preferred answer to
//! a conversation.

use serde_json::{Map, Value, json};

use super::chat::SETTINGS;
use super::service::{Facts, Service};
use crate::example::{Example, Message, Prompt};
use crate::formats::build::{one, pair};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::extra::{is_harmless, write_extra};
use crate::formats::fields::{Fields, Hints, hint};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::read_messages;
use crate::formats::rules::{
    Alternation, CallsAnswered, CallsDefined, Ends, Limits, NoEmptyTurns, OneTurn, System, TextOnly,
    ToolDefinitions, ToolNames,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written, tools};

/// The first of the formats, under whose name all of them keep notes.
const ID: &str = "openai-preference";
/// The names of the two answers: those of the guide, and those of the schema of 2025.
const NAMES: [[&str; 2]; 2] =
    [["preferred_output", "non_preferred_output"], ["preferred_completion", "non_preferred_completion"]];

/// The format of one service.
pub(super) struct Preference {
    facts: Facts,
    /// Whether content must be text, also where there is none.
    always_content: bool,
}

impl Preference {
    pub const OPENAI: Self = Self {
        facts: Facts {
            id: ID,
            title: "OpenAI preference (DPO)",
            about: "{input: {messages, tools?, parallel_tool_calls?}, preferred_output: [message], non_preferred_output: \
                [message]}, one record for each pair; preferred_completion and non_preferred_completion are read too. \
                Source: OpenAI's guide to DPO.",
            rules: &[
                &Ends,
                &OneTurn,
                &NoEmptyTurns,
                &TextOnly,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
            ],
            limits: Limits { min_records: Some(10), max_bytes: Some(512_000_000), ..Limits::NONE },
        },
        always_content: false,
    };
    pub const AZURE: Self = Self {
        facts: Facts {
            id: "azure-preference",
            title: "Azure preference (DPO)",
            about: "The form of openai-preference as Azure (Microsoft Foundry) takes it, which refuses two assistant turns \
                in a row. Source: azure-skills, validate_dpo.py.",
            rules: &[
                &Ends,
                &OneTurn,
                &Alternation::NoTwoAssistants,
                &NoEmptyTurns,
                &TextOnly,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
            ],
            ..Self::OPENAI.facts
        },
        ..Self::OPENAI
    };
    pub const TOGETHER: Self = Self {
        facts: Facts {
            id: "together-preference",
            title: "Together preference (DPO)",
            about: "The form of openai-preference as Together takes it: content is never null, and user and assistant \
                alternate. Source: together-python, utils/files.py.",
            rules: &[
                &Ends,
                &OneTurn,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &TextOnly,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
            ],
            limits: Limits { min_records: Some(1), max_bytes: Some(50_000_000_000), ..Limits::NONE },
        },
        always_content: true,
    };
    pub const FIREWORKS: Self = Self {
        facts: Facts {
            id: "fireworks-preference",
            title: "Fireworks preference (DPO, ORPO)",
            about: "The form of openai-preference as Fireworks takes it, with the system turn first. Source: \
                docs.fireworks.ai, fine-tuning.",
            rules: &[
                &Ends,
                &OneTurn,
                &System,
                &NoEmptyTurns,
                &TextOnly,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
            ],
            limits: Limits { min_records: Some(3), max_records: Some(3_000_000), ..Limits::NONE },
        },
        always_content: false,
    };
}

impl Service for Preference {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn fit(&self, record: &Value) -> Fit {
        let has = |names: &[&str; 2]| names.iter().all(|name| record.get(name).is_some());
        let input = record.get("input").is_some_and(Value::is_object);
        if input && NAMES.iter().any(has) { Fit::Certain } else { Fit::No }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Pairs)
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Outputs { always_content: self.always_content, options: options.clone() })
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
    always_content: bool,
    options: WriteOptions,
}

impl Writer for Outputs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let pairs = self.options.choice.pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        // weights would say nothing here, and only text is compared
        let style = Style {
            weights: false,
            parts: false,
            always_content: self.always_content,
            ..Style::openai(self.options.extra())
        };
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
                if SETTINGS.contains(&key.as_str()) || self.options.extra() && is_harmless(key) {
                    input.insert(key.clone(), value.clone());
                } else {
                    left_out.note("extra fields");
                }
            }
        }
        // the settings of a chat example hold for its pairs as well, but have their place here
        for &known in SETTINGS {
            if let Some(value) = example.metadata.get(known) {
                input.entry(known).or_insert_with(|| value.clone());
            }
        }
        let judgement = Judgement::of(example, self.options.judged());
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
            write_extra(&mut record, example, self.options.extra(), SETTINGS, &mut left_out);
            record.retain(|key, _| !SETTINGS.contains(&key.as_str()));
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}

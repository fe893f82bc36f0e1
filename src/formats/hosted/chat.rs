//! `openai-chat`, and the services that took its form over: a conversation whose last assistant turns are
//! learned from.

use serde_json::{Map, Value, json};

use super::service::{Facts, Service};
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::{one, response, sft};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints, has_list_of, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::{read_messages, split};
use crate::formats::rules::{
    Alternation, CallsAlone, CallsAnswered, CallsDefined, Ends, Limits, NoEmptyTurns, OneSystem, Parts,
    System, TextOnly, ToolDefinitions, ToolNames, Weights,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written, tools};

/// The field beside messages and tools that `OpenAI` takes; it travels as metadata.
pub(super) const SETTINGS: &[&str] = &["parallel_tool_calls"];

/// The format of one service.
pub(super) struct Chat {
    facts: Facts,
    /// The fields beside messages and tools that it takes.
    known: &'static [&'static str],
    dialect: Dialect,
}

/// How services differ in what they want inside messages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    OpenAi,
    /// Content is never null.
    Together,
    /// Content is never null; ids of nine letters and digits; results with the tool's name, and tools with
    /// all their fields.
    Mistral,
}

impl Dialect {
    fn style(self, extra_fields: bool) -> Style {
        let openai = Style::openai(extra_fields);
        match self {
            Self::OpenAi => openai,
            Self::Together => Style { always_content: true, known: &[], ..openai },
            Self::Mistral => Style {
                always_content: true,
                tool_names: true,
                every_result_named: true,
                parts: false,
                known: &[],
                ..openai
            },
        }
    }

    fn ids<'a>(self, messages: impl Iterator<Item = &'a Message>) -> CallIds {
        if self == Self::Mistral { CallIds::of_nine(messages) } else { CallIds::of(messages) }
    }

    fn tools(self, example: &Example) -> Result<Option<Value>, Unwritable> {
        let mut tools = tools::list(example)?;
        if self == Self::Mistral
            && let Some(Value::Array(tools)) = &mut tools
        {
            let functions = tools.iter_mut().filter_map(|tool| tool.get_mut("function")?.as_object_mut());
            for function in functions {
                function.entry("description").or_insert_with(|| json!(""));
                function.entry("parameters").or_insert_with(|| json!({"type": "object", "properties": {}}));
            }
        }
        Ok(tools)
    }
}

/// Whether a part is one that `OpenAI` takes for training: text anywhere, pictures from the user.
pub(super) fn is_openai_part(message: &Message, part: &Value) -> bool {
    let has_only =
        |known: &[&str], map: &Map<String, Value>| map.keys().all(|key| known.contains(&key.as_str()));
    let Value::Object(map) = part else { return part.is_string() };
    match map.get("type").and_then(Value::as_str) {
        Some("text") => has_text(part, "text") && has_only(&["type", "text"], map) || has_text(part, "value"),
        Some("refusal") => {
            message.role == Role::Assistant
                && map.get("refusal").and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
                && has_only(&["type", "refusal"], map)
        }
        Some("image_url") => {
            let image = map.get("image_url").and_then(Value::as_object);
            message.role == Role::User
                && has_only(&["type", "image_url"], map)
                && image.is_some_and(|image| {
                    image.get("url").and_then(Value::as_str).is_some_and(|url| !url.is_empty())
                        && has_only(&["url", "detail"], image)
                })
        }
        Some(_) => false,
        None => has_text(part, "text") || has_text(part, "value"),
    }
}

const PARTS_DEMAND: &str = "text, and from the user pictures";
/// `OpenAI` takes ten pictures an example.
pub(super) const PARTS: Parts = Parts { demand: PARTS_DEMAND, takes: is_openai_part, most: 10 };
const AZURE_PARTS: Parts = Parts { most: 64, ..PARTS };

impl Chat {
    pub const OPENAI: Self = Self {
        facts: Facts {
            id: "openai-chat",
            title: "OpenAI chat",
            about: "{messages: [{role, content, tool_calls?, weight?}], tools?, parallel_tool_calls?}. Taken by OpenAI \
                and, as TRL's “language modelling”, by most local trainers. Arguments of tool calls are JSON text. \
                Source: openai-openapi, FineTuneChatRequestInput.",
            rules: &[
                &Ends,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Weights::Carried,
            ],
            limits: Limits { min_records: Some(10), max_bytes: Some(512_000_000), ..Limits::NONE },
        },
        known: SETTINGS,
        dialect: Dialect::OpenAi,
    };
    pub const AZURE: Self = Self {
        facts: Facts {
            id: "azure-chat",
            title: "Azure chat",
            about: "The form of openai-chat as Azure (Microsoft Foundry) takes it, which refuses two assistant turns in a \
                row. Source: azure-ai-docs, fine-tuning; azure-skills, validate_sft.py.",
            rules: &[
                &Ends,
                &Alternation::NoTwoAssistants,
                &NoEmptyTurns,
                &AZURE_PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Weights::Carried,
            ],
            ..Self::OPENAI.facts
        },
        ..Self::OPENAI
    };
    pub const MISTRAL: Self = Self {
        facts: Facts {
            id: "mistral",
            title: "Mistral",
            about: "{messages: [{role, content, tool_calls?, weight?}], tools?} as La Plateforme and mistral-finetune take \
                it: call ids of nine letters and digits, no text beside a call, results with the tool's name. Also \
                read: interactions, available_tools, system_prompt, text for content. Source: mistral-finetune, \
                mistral-common 1.13.",
            rules: &[
                &Ends,
                &Alternation::UserFirst,
                &OneSystem,
                &NoEmptyTurns,
                &TextOnly,
                &CallsAlone,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::MISTRAL,
                &Weights::Carried,
            ],
            limits: Limits { min_records: Some(10), max_bytes: Some(512_000_000), ..Limits::NONE },
        },
        known: &[],
        dialect: Dialect::Mistral,
    };
    pub const TOGETHER: Self = Self {
        facts: Facts {
            id: "together-chat",
            title: "Together chat",
            about: "The form of openai-chat as Together takes it: content is never null, user and assistant alternate, and \
                nothing stands beside messages and tools (clients before 2.0 refuse tools). Source: together-python, \
                utils/files.py.",
            rules: &[
                &Ends,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Weights::Carried,
            ],
            limits: Limits { min_records: Some(1), max_bytes: Some(50_000_000_000), ..Limits::NONE },
        },
        known: &[],
        dialect: Dialect::Together,
    };
    pub const FIREWORKS: Self = Self {
        facts: Facts {
            id: "fireworks-chat",
            title: "Fireworks chat",
            about: "The form of openai-chat as Fireworks takes it, with the system turn first. Source: docs.fireworks.ai, \
                fine-tuning.",
            rules: &[
                &Ends,
                &System,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Weights::Carried,
            ],
            limits: Limits { min_records: Some(3), max_records: Some(3_000_000), ..Limits::NONE },
        },
        known: &[],
        dialect: Dialect::OpenAi,
    };
}

impl Service for Chat {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn fit(&self, record: &Value) -> Fit {
        if self.dialect == Dialect::Mistral && has_list_of(record, "interactions", "role") {
            Fit::Certain
        } else if has_list_of(record, "messages", "role") && !has_text(record, "prompt") {
            Fit::Likely
        } else {
            Fit::No
        }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Chats { id: self.facts.id, dialect: self.dialect })
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Answers { dialect: self.dialect, known: self.known, options: options.clone() })
    }
}

struct Chats {
    id: &'static str,
    dialect: Dialect,
}

impl Reader for Chats {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(self.id);
        let system = if self.dialect == Dialect::Mistral { respell(&mut fields)? } else { None };
        let Some(messages) = fields.take("messages") else { return Err(Misfit::missing("messages")) };
        let mut messages = read_messages(messages, "messages")?;
        if messages.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        if let Some(system) = system {
            messages.insert(0, Message::new(Role::System, system));
        }
        let (prompt, answer) = split(messages);
        let prompt = Prompt { messages: prompt, tools: tools::read(&mut fields, &mut hints)? };
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(sft(prompt, response(answer), metadata)))
    }
}

/// Gives a record in mistral-finetune's other words those that all use, and its system prompt.
fn respell(fields: &mut Fields) -> Result<Option<String>, Misfit> {
    for (other, usual) in [("interactions", "messages"), ("available_tools", "tools")] {
        if !fields.0.contains_key(usual)
            && let Some(value) = fields.take(other)
        {
            fields.0.insert(usual.to_owned(), value);
        }
    }
    if let Some(Value::Array(messages)) = fields.0.get_mut("messages") {
        for message in messages.iter_mut().filter_map(Value::as_object_mut) {
            if !message.contains_key("content")
                && let Some(text) = message.shift_remove("text")
            {
                message.insert("content".to_owned(), text);
            }
        }
    }
    fields.optional_text("system_prompt")
}

struct Answers {
    dialect: Dialect,
    known: &'static [&'static str],
    options: WriteOptions,
}

impl Writer for Answers {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best(example)?;
        let mut left_out = LeftOut::beside(example, best);
        let mut record = Map::new();
        let messages = || example.prompt.messages.iter().chain(&best.messages);
        let style = self.dialect.style(self.options.extra());
        let mut ids = self.dialect.ids(messages());
        record.insert("messages".to_owned(), write_messages(messages(), &style, &mut ids, &mut left_out)?);
        if let Some(tools) = self.dialect.tools(example)? {
            record.insert("tools".to_owned(), tools);
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), self.known, &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

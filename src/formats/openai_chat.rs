//! `openai-chat`: a conversation whose last assistant turns are learned from.

use serde_json::{Map, Value};

use super::build::{one, response, sft};
use super::calls::CallIds;
use super::chat::{Style, write_messages};
use super::extra::write_extra;
use super::fields::{Fields, Hints, has_list_of, has_text};
use super::judgement::Judgement;
use super::left_out::{LeftOut, best};
use super::messages::{read_messages, split};
use super::{
    Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written, container,
    tools,
};
use crate::example::{Example, Prompt};

/// The fields beside messages and tools that `OpenAI` takes; they travel as metadata.
pub(super) const KNOWN: &[&str] = &["parallel_tool_calls"];
/// Those of a message.
pub(super) const KNOWN_IN_MESSAGES: &[&str] = &["refusal", "audio"];

const ID: &str = "openai-chat";

/// The format.
pub(super) struct OpenAiChat;

impl Format for OpenAiChat {
    fn id(&self) -> &'static str {
        ID
    }

    fn title(&self) -> &'static str {
        "OpenAI chat"
    }

    fn about(&self) -> &'static str {
        "{messages: [{role, content, tool_calls?, weight?}], tools?, parallel_tool_calls?}. Taken by OpenAI, \
         Azure, Mistral, Together, Fireworks and, as TRL's “language modelling”, by most local trainers. \
         Arguments of tool calls are JSON text. Source: openai-openapi, FineTuneChatRequestInput."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn fit(&self, record: &Value) -> Fit {
        if has_list_of(record, "messages", "role") && !has_text(record, "prompt") {
            Fit::Likely
        } else {
            Fit::No
        }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Chat))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Chats {
            extra_fields: options.extra_fields.unwrap_or(false),
            judgements: options.judgements.unwrap_or(false),
        }))
    }
}

struct Chat;

impl Reader for Chat {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(ID);
        let Some(messages) = fields.take("messages") else { return Err(Misfit::missing("messages")) };
        let (prompt, answer) = split(read_messages(messages, "messages")?);
        if prompt.is_empty() && answer.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        let prompt = Prompt { messages: prompt, tools: tools::read(&mut fields, &mut hints)? };
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(sft(prompt, response(answer), metadata)))
    }
}

struct Chats {
    extra_fields: bool,
    judgements: bool,
}

/// Messages as `OpenAI` wants them.
pub(super) const fn style(extra_fields: bool) -> Style {
    Style {
        text_arguments: true,
        always_content: false,
        tool_names: false,
        weights: true,
        parts: true,
        extra_fields,
        known: KNOWN_IN_MESSAGES,
    }
}

impl Writer for Chats {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = best(example)?;
        let mut left_out = LeftOut::beside(example, best);
        let mut record = Map::new();
        let messages = || example.prompt.messages.iter().chain(&best.messages);
        let mut ids = CallIds::of(messages());
        let messages = write_messages(messages(), &style(self.extra_fields), &mut ids, &mut left_out)?;
        record.insert("messages".to_owned(), messages);
        if let Some(tools) = tools::list(example)? {
            record.insert("tools".to_owned(), tools);
        }
        if let Some(judgement) = Judgement::of(example, self.judgements) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.extra_fields, KNOWN, &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

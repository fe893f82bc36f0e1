//! `bedrock-converse` and `nova-sft`: a conversation of which every turn of the assistant is learned from.

use serde_json::{Map, Value};

use super::blocks::{Converse, PARTS, begin, put_tools, take_tools, take_turns};
use crate::example::{Example, Prompt};
use crate::formats::build::{one, response, sft};
use crate::formats::calls::CallIds;
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::hosted::blocks::{part_system, write_turns};
use crate::formats::hosted::service::{Facts, Service};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::split;
use crate::formats::rules::{
    Alternation, CallsAnswered, Ends, Limits, NoEmptyTurns, NoTools, System, ToolDefinitions, ToolNames,
    Weights,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format for one kind of model.
pub(in crate::formats::hosted) struct Conversation {
    facts: Facts,
}

impl Conversation {
    pub const LLAMA: Self = Self {
        facts: Facts {
            id: "bedrock-converse",
            title: "Bedrock conversation",
            about: "{schemaVersion: bedrock-conversation-2024, system?: [{text}], messages: [{role: user | assistant, \
                content: [{text}]}]}. Taken by Amazon Bedrock for Llama 3.2. Source: amazon-bedrock-samples, \
                meta-llama dataset_validation.",
            rules: &[
                &Ends,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &PARTS,
                &NoTools,
                &Weights::LearnsAll,
            ],
            limits: Limits { max_records: Some(10_000), max_tokens: Some(16_000), ..Limits::NONE },
        },
    };
    pub const NOVA: Self = Self {
        facts: Facts {
            id: "nova-sft",
            title: "Amazon Nova",
            about: "The form of bedrock-converse as Amazon's Nova takes it, also with tools: toolConfig, toolUse, \
                toolResult. Source: amazon-bedrock-samples, nova_ft_dataset_validator.py.",
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
            limits: Limits { min_records: Some(8), max_records: Some(20_000), ..Limits::NONE },
        },
    };
}

impl Service for Conversation {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_versioned = has_text(record, "schemaVersion") && has_list_of(record, "messages", "role");
        let compared = |turn: &Value| turn.get("candidates").is_some();
        let is_compared =
            record.get("messages").and_then(Value::as_array).is_some_and(|turns| turns.iter().any(compared));
        if is_versioned && !is_compared { Fit::Certain } else { Fit::No }
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
        let messages = take_turns(&mut fields)?;
        if messages.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        let (messages, answer) = split(messages);
        let prompt = Prompt { messages, tools: take_tools(&mut fields) };
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
        let (system, prompt) = part_system(&example.prompt.messages, &mut left_out)?;
        let mut record: Map<String, Value> = begin(system);
        let turns = || prompt.iter().chain(&best.messages);
        let mut ids = CallIds::of(turns());
        let messages = write_turns::<Converse>(turns(), &mut ids, &mut left_out)?;
        record.insert("messages".to_owned(), Value::Array(messages));
        put_tools(&mut record, example, &mut left_out);
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

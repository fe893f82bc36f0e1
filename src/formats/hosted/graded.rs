//! `openai-rft`, `azure-rft`, `bedrock-rft`, `fireworks-rft`: a question that the model answers itself, with
//! fields by which a grader judges the answer.

use serde_json::{Map, Value};

use super::chat::PARTS;
use super::reference::{self, ANSWER};
use super::service::{Facts, Service};
use crate::example::{Example, Prompt};
use crate::formats::build::{one, sft};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::messages::read_messages;
use crate::formats::rules::{
    CallsAnswered, CallsDefined, Limits, NoEmptyTurns, NoTools, Referenced, Reserved, TextOnly,
    ToolDefinitions, ToolNames, UserLast,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written, tools};

/// The format of one service.
pub(super) struct Graded {
    facts: Facts,
    /// The field that has the answer.
    answer: &'static str,
    /// The word for the system.
    system: &'static str,
    /// Fields by which a record is known to be of this service or one like it; a star stands for any ending.
    telling: &'static [&'static str],
}

impl Graded {
    pub const OPENAI: Self = Self {
        facts: Facts {
            id: "openai-rft",
            title: "OpenAI reinforcement",
            about: "{messages ending with the user, tools?, reference_answer, any other field}: the best response is the \
                reference answer, and further fields go out with --extra-fields or if they came in so; graders read \
                them as item.NAME. Source: openai-openapi, FineTuneReinforcementRequestInput.",
            rules: &[
                &UserLast,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Reserved::TEMPLATES,
            ],
            limits: Limits { max_bytes: Some(512_000_000), ..Limits::NONE },
        },
        answer: ANSWER,
        system: "developer",
        telling: &["reference*", "ground_truth"],
    };
    pub const AZURE: Self = Self {
        facts: Facts {
            id: "azure-rft",
            title: "Azure reinforcement",
            about: "The form of openai-rft as Azure (Microsoft Foundry) takes it, which wants a field for the grader in \
                every record. Source: azure-skills, validate_rft.py.",
            rules: &[
                &UserLast,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
                &Reserved::TEMPLATES,
                &Referenced::ByAny,
            ],
            ..Self::OPENAI.facts
        },
        telling: &[],
        ..Self::OPENAI
    };
    pub const BEDROCK: Self = Self {
        facts: Facts {
            id: "bedrock-rft",
            title: "Bedrock reinforcement",
            about: "{messages of system and user, reference_answer: any JSON, any other field}; the fields go to the \
                grader's Lambda. Taken by Amazon Bedrock. Source: AWS, reinforcement fine-tuning.",
            rules: &[&UserLast, &NoEmptyTurns, &TextOnly, &NoTools, &Referenced::ByAnswer],
            limits: Limits { min_records: Some(100), max_records: Some(20_000), ..Limits::NONE },
        },
        answer: ANSWER,
        system: "system",
        telling: &[],
    };
    pub const FIREWORKS: Self = Self {
        facts: Facts {
            id: "fireworks-rft",
            title: "Fireworks reinforcement",
            about: "{messages ending with the user, tools?, ground_truth, any other field}; the fields go to an evaluator. \
                Taken by Fireworks. Source: docs.fireworks.ai, fine-tuning.",
            rules: &[
                &UserLast,
                &NoEmptyTurns,
                &PARTS,
                &CallsAnswered,
                &ToolNames,
                &ToolDefinitions::OPENAI,
                &CallsDefined,
            ],
            limits: Limits { min_records: Some(3), max_records: Some(3_000_000), ..Limits::NONE },
        },
        answer: "ground_truth",
        system: "system",
        telling: &["ground_truth"],
    };
}

impl Service for Graded {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Question
    }

    fn fit(&self, record: &Value) -> Fit {
        let Some(last) =
            record.get("messages").and_then(Value::as_array).and_then(|messages| messages.last())
        else {
            return Fit::No;
        };
        if !has_list_of(record, "messages", "role") || has_text(record, "prompt") {
            return Fit::No;
        }
        let is_telling = |key: &String| {
            self.telling.iter().any(|name| match name.strip_suffix('*') {
                Some(start) => key.starts_with(start),
                None => key == name,
            })
        };
        let is_asked = last.get("role").is_some_and(|role| role == "user");
        let is_graded = record.as_object().is_some_and(|map| map.keys().any(is_telling));
        if is_asked && is_graded { Fit::Certain } else { Fit::Possible }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Questions { answer: self.answer })
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Items { answer: self.answer, system: self.system, options: options.clone() })
    }
}

struct Questions {
    answer: &'static str,
}

impl Reader for Questions {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let messages = fields.take("messages").ok_or_else(|| Misfit::missing("messages"))?;
        let messages = read_messages(messages, "messages")?;
        if messages.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        let tools = match fields.take("tools") {
            None => Vec::new(),
            Some(Value::Array(tools)) => tools,
            Some(other) => return Err(Misfit::wrong_type("tools", &other, "a list of tools")),
        };
        let (response, hints) = reference::take(&mut fields.0, self.answer, false);
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(sft(Prompt { messages, tools }, response, metadata)))
    }
}

struct Items {
    answer: &'static str,
    system: &'static str,
    options: WriteOptions,
}

impl Writer for Items {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let answer = reference::answer(example, &self.options.choice, self.answer)?;
        let mut left_out = reference::beside(example, answer.as_ref().map(|(.., best)| *best));
        let style = Style { system: self.system, weights: false, ..Style::openai(self.options.extra()) };
        let mut record = Map::new();
        let mut ids = CallIds::of(&example.prompt.messages);
        let messages = write_messages(&example.prompt.messages, &style, &mut ids, &mut left_out)?;
        record.insert("messages".to_owned(), messages);
        if let Some(tools) = tools::list(example)? {
            record.insert("tools".to_owned(), tools);
        }
        if let Some((name, value, _)) = answer {
            record.insert(name, value);
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        for (key, value) in reference::fields(example, self.options.extra(), &mut left_out) {
            record.entry(key.as_str()).or_insert_with(|| value.clone());
        }
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

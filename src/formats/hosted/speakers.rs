//! `cohere-chat`, `palm-chat`, `bedrock-claude`, `databricks-chat`: conversations of plain text, in which each
//! service has its own words for who speaks, and its own place for what the system says.

use serde_json::{Map, Value, json};

use super::service::{Facts, Service};
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::{one, response, sft};
use crate::formats::extra::{is_harmless, write_extra_where, write_in_message};
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::{Roles, read_messages, split};
use crate::formats::plain::plain;
use crate::formats::rules::{
    Alternation, Ends, Limits, NoEmptyTurns, NoTools, Reserved, Size, System, TextOnly, Weights,
};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format of one service.
pub(super) struct Speakers {
    facts: Facts,
    fit: fn(&Value) -> Fit,
    words: Words,
}

/// How it writes a turn.
#[derive(Clone, Copy)]
struct Words {
    /// The field that says who speaks.
    speaker: &'static str,
    /// The words for the roles; the first for each is written.
    roles: &'static Roles,
    /// The field of the record that has what the system says; without one it is a turn.
    system: Option<&'static str>,
    /// Other fields that it takes.
    known: &'static [&'static str],
}

const USUAL: Roles = Roles(&[
    ("system", Role::System),
    ("user", Role::User),
    ("assistant", Role::Assistant),
    ("developer", Role::System),
]);
const CAPITALS: Roles = Roles(&[
    ("System", Role::System),
    ("User", Role::User),
    ("Chatbot", Role::Assistant),
    ("system", Role::System),
    ("user", Role::User),
    ("chatbot", Role::Assistant),
    ("assistant", Role::Assistant),
]);

impl Speakers {
    pub const COHERE: Self = Self {
        facts: Facts {
            id: "cohere-chat",
            title: "Cohere chat",
            about: "{messages: [{role: System | User | Chatbot, content}]}; roles in small letters are read too. Taken by \
                Cohere's fine-tuning (deprecated). Source: docs.cohere.com, chat-preparing-the-data.",
            rules: &[&Ends, &System, &NoEmptyTurns, &TextOnly, &NoTools, &Weights::LearnsAll],
            limits: Limits { min_records: Some(2), ..Limits::NONE },
        },
        fit: |record| {
            let telling = ["System", "User", "Chatbot", "chatbot"];
            let speaks = |message: &Value| {
                message.get("role").and_then(Value::as_str).is_some_and(|role| telling.contains(&role))
            };
            let messages = record.get("messages").and_then(Value::as_array);
            certain_if(messages.is_some_and(|messages| messages.iter().any(speaks)))
        },
        words: Words { speaker: "role", roles: &CAPITALS, system: None, known: &[] },
    };
    pub const PALM: Self = Self {
        facts: Facts {
            id: "palm-chat",
            title: "PaLM 2 chat",
            about: "{context?, messages: [{author: user | assistant, content}], examples?}. The form of chat-bison on \
                Vertex AI, which is retired. Source: Vertex AI's guide to tuning chat models.",
            rules: &[
                &Ends,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &TextOnly,
                &NoTools,
                &Weights::LearnsAll,
            ],
            limits: Limits::NONE,
        },
        fit: |record| certain_if(has_list_of(record, "messages", "author")),
        words: Words { speaker: "author", roles: &USUAL, system: Some("context"), known: &["examples"] },
    };
    pub const CLAUDE: Self = Self {
        facts: Facts {
            id: "bedrock-claude",
            title: "Claude 3 Haiku on Bedrock",
            about: "{system?: text, messages: [{role: user | assistant, content}]}, in strict turns and without any other \
                field. Source: amazon-bedrock-samples, claude-haiku data_validation.py.",
            rules: &[
                &Ends,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &TextOnly,
                &NoTools,
                &Weights::LearnsAll,
                &Reserved::HUMAN_ASSISTANT,
                &Size { tokens: 32_000, characters: 3 },
            ],
            limits: Limits {
                min_records: Some(32),
                max_records: Some(10_000),
                max_tokens: Some(32_000),
                max_bytes: Some(10_000_000_000),
            },
        },
        fit: |record| {
            if !has_list_of(record, "messages", "role") || has_text(record, "prompt") {
                Fit::No
            } else if has_text(record, "system") && record.as_object().is_some_and(|map| map.len() == 2) {
                Fit::Certain
            } else {
                Fit::Possible
            }
        },
        words: Words { speaker: "role", roles: &USUAL, system: Some("system"), known: &[] },
    };
    pub const DATABRICKS: Self = Self {
        facts: Facts {
            id: "databricks-chat",
            title: "Databricks and llm-foundry chat",
            about: "{messages: [{role, content}]} and not a field more; the last turn is learned from. Taken by Databricks' \
                Foundation Model Fine-tuning (removed in August 2026) and by llm-foundry. Source: llm-foundry, \
                finetuning/tasks.py.",
            rules: &[
                &Ends,
                &System,
                &Alternation::Strict,
                &NoEmptyTurns,
                &TextOnly,
                &NoTools,
                &Weights::LearnsLast,
            ],
            limits: Limits::NONE,
        },
        fit: |record| if has_list_of(record, "messages", "role") { Fit::Possible } else { Fit::No },
        words: Words { speaker: "role", roles: &USUAL, system: None, known: &[] },
    };
}

fn certain_if(telling: bool) -> Fit {
    if telling { Fit::Certain } else { Fit::No }
}

impl Service for Speakers {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn fit(&self, record: &Value) -> Fit {
        (self.fit)(record)
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Turns { words: self.words })
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Texts { words: self.words, options: options.clone() })
    }
}

struct Turns {
    words: Words,
}

impl Reader for Turns {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut messages = fields.take("messages").ok_or_else(|| Misfit::missing("messages"))?;
        if let Value::Array(messages) = &mut messages {
            for (index, message) in messages.iter_mut().enumerate() {
                self.words.respell(message, index)?;
            }
        }
        let mut messages = read_messages(messages, "messages")?;
        if messages.is_empty() {
            return Err(Misfit::new("messages", "is an empty list"));
        }
        if let Some(name) = self.words.system
            && let Some(system) = fields.optional_text(name)?.filter(|system| !system.is_empty())
        {
            messages.insert(0, Message::new(Role::System, system));
        }
        let (prompt, answer) = split(messages);
        let prompt = Prompt { messages: prompt, tools: Vec::new() };
        Ok(one(sft(prompt, response(answer), fields.rest())))
    }
}

impl Words {
    /// Says who speaks in the usual word.
    fn respell(self, message: &mut Value, index: usize) -> Result<(), Misfit> {
        let Value::Object(map) = message else { return Ok(()) };
        let field = || format!("messages[{index}].{}", self.speaker);
        match map.shift_remove(self.speaker) {
            Some(Value::String(word)) => {
                let (role, _) = self.roles.read(word, field)?;
                map.insert("role".to_owned(), json!(role.as_str()));
                Ok(())
            }
            Some(other) => Err(Misfit::wrong_type(field(), &other, "text")),
            None => Err(Misfit::missing(&field())),
        }
    }
}

struct Texts {
    words: Words,
    options: WriteOptions,
}

impl Texts {
    fn turn(&self, message: &Message, left_out: &mut LeftOut) -> Result<Value, Unwritable> {
        if message.role == Role::Tool || !message.tool_calls.is_empty() {
            return Err(Unwritable("it calls tools, and the format has no place for that"));
        }
        if message.role == Role::System && self.words.system.is_some() {
            return Err(Unwritable("a system turn that is not the first"));
        }
        let mut turn = Map::new();
        turn.insert(self.words.speaker.to_owned(), json!(self.words.roles.usual(message.role)));
        turn.insert("content".to_owned(), json!(plain(message)?));
        for (is_there, what) in [(message.weight.is_some(), "weights"), (message.name.is_some(), "names")] {
            if is_there {
                left_out.note(what);
            }
        }
        write_in_message(&mut turn, message, self.options.extra(), &[], left_out);
        Ok(Value::Object(turn))
    }
}

impl Writer for Texts {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best_unmasked(example)?;
        let mut left_out = LeftOut::beside(example, best);
        left_out.tools_of(example);
        let mut record = Map::new();
        let mut prompt = example.prompt.messages.as_slice();
        if let (Some(name), [first, rest @ ..]) = (self.words.system, prompt)
            && first.role == Role::System
        {
            left_out.beside_text(first);
            record.insert(name.to_owned(), json!(plain(first)?));
            prompt = rest;
        }
        let turns = prompt.iter().chain(&best.messages).map(|message| self.turn(message, &mut left_out));
        record.insert("messages".to_owned(), turns.collect::<Result<_, _>>()?);
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        // a field of that name would be taken for what the system says
        let is_free = |key: &str| is_harmless(key) && Some(key) != self.words.system;
        let extra = self.options.extra();
        let may = |key: &str| self.words.known.contains(&key) || extra && is_free(key);
        write_extra_where(&mut record, example, may, &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}

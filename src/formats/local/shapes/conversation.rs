//! One list with all the turns, from the first to the answer.

use serde_json::{Map, Value, json};

use super::draft::{Draft, Tools, beside, read_system, system_apart};
use super::speech::Speech;
use super::{Shape, completion};
use crate::example::{Example, Prompt, Response};
use crate::formats::build::{response, sft};
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::messages::split;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// A conversation in one list.
pub(in crate::formats::local) struct Conversation {
    /// The field of the list.
    pub list: &'static str,
    /// How its turns are put down.
    pub speech: Speech,
    /// Whether the system has a field of its own, which then stands in every record.
    pub system: bool,
    /// Where the definitions of tools stand.
    pub tools: Tools,
    /// The field that says whether the answer is good, for trainers that learn from that.
    pub verdict: Option<&'static str>,
    /// Fields that are the same in every record: text, or null.
    pub constant: &'static [(&'static str, Option<&'static str>)],
    /// Whether every record has an id.
    pub id: bool,
}

impl Conversation {
    /// Messages, and nothing beside them.
    pub const MESSAGES: Self = Self {
        list: "messages",
        speech: Speech::Chat(super::Chat::TEMPLATE),
        system: false,
        tools: Tools::No,
        verdict: None,
        constant: &[],
        id: false,
    };
}

impl Shape for Conversation {
    fn carries(&self) -> Carries {
        if self.verdict.is_some() { Carries::Verdicts } else { Carries::Answer }
    }

    fn has_fields(&self, record: &Value) -> bool {
        let is_verdict = |field| record.get(field).is_some_and(Value::is_boolean);
        let others = ["chosen", "rejected", "rejected_response", "kto_tag"];
        let is_judged = self.verdict.map_or_else(
            || others.iter().all(|key| record.get(key).is_none()) && !is_verdict("label"),
            is_verdict,
        );
        is_judged
            && has_list_of(record, self.list, self.speech.from())
            && self.constant.iter().all(|(field, value)| {
                // one that is null says of a record with something else there that it is of another use
                record.get(field).is_some_and(|there| value.is_some() || there.is_null())
            })
    }

    fn is_marked(&self, record: &Value) -> bool {
        let Some(turns) = record.get(self.list) else { return false };
        // what waits for the model and has a solution is a question
        let last =
            turns.as_array().and_then(|turns| turns.last()).and_then(|last| last.get(self.speech.from()));
        let is_open =
            last.is_some_and(|last| ["user", "tool", "tool_response"].iter().any(|role| last == role));
        self.speech.is_marked(turns) && !(is_open && has_text(record, "solution"))
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let turns = fields.take(self.list).ok_or_else(|| Misfit::missing(self.list))?;
        let mut turns = self.speech.read(turns, self.list)?;
        if self.system {
            turns.splice(0..0, read_system(&mut fields)?);
        }
        if turns.is_empty() {
            return Err(Misfit::new(self.list, "is an empty list"));
        }
        for (field, _) in self.constant {
            fields.0.shift_remove(*field);
        }
        let verdict = completion::read_verdict(self.verdict, &mut fields)?;
        let (messages, answer) = split(turns);
        let prompt = Prompt { messages, tools: self.tools.read(&mut fields)? };
        let mut example = sft(prompt, response(answer), fields.rest());
        completion::keep_verdict(verdict, &mut example);
        Ok(example)
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let picks: Vec<(&Response, Option<bool>)> = match self.verdict {
            Some(_) => {
                let verdicts = options.choice.verdicts(example)?.into_iter();
                verdicts.map(|(response, good)| (response, Some(good))).collect()
            }
            None if self.speech.has_weights() => vec![(options.choice.best(example)?, None)],
            None => vec![(options.choice.best_unmasked(example)?, None)],
        };
        let responses: Vec<&Response> = picks.iter().map(|(response, _)| *response).collect();
        let mut draft = Draft::new(example, options, beside(example, &responses));
        let (system, prompt) = if self.system {
            system_apart(&example.prompt.messages, &mut draft.left_out)?
        } else {
            (None, example.prompt.messages.as_slice())
        };
        for (response, good) in picks {
            let mut record = Map::new();
            if self.id {
                let id = example.metadata.get("id").filter(|id| id.is_string()).cloned();
                record.insert("id".to_owned(), id.unwrap_or_else(|| json!(example.id)));
            }
            let turns = self.speech.whole(prompt, &response.messages, &mut draft.telling())?;
            record.insert(self.list.to_owned(), turns);
            if self.system {
                record.insert("system".to_owned(), json!(system.as_deref().unwrap_or_default()));
            }
            self.tools.put(&mut record, &mut draft)?;
            for (field, value) in self.constant {
                record.insert((*field).to_owned(), json!(value));
            }
            if let (Some(field), Some(good)) = (self.verdict, good) {
                record.insert(field.to_owned(), json!(good));
            }
            draft.add(record, None);
        }
        Ok(draft.finish())
    }
}

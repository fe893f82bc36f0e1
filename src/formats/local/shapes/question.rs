//! A prompt that the model is to answer while it is trained, with the best response as what its answers
//! are compared with.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::{Draft, Tools};
use super::speech::Speech;
use crate::example::{Example, Prompt, Response, Role, Split};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// Where the answer stands that the model's answers are compared with.
#[derive(Clone, Copy)]
pub(in crate::formats::local) enum Solution {
    /// In a field, where there is one.
    Field(&'static str),
    /// In a field that every record has.
    Always(&'static str),
    /// Within `reward_model`, as `ground_truth`, and what else verl asks for beside it.
    Verl,
}

/// A prompt with an answer to compare with.
pub(in crate::formats::local) struct Question {
    /// The field of the prompt.
    pub list: &'static str,
    /// How its turns are put down.
    pub speech: Speech,
    /// Where the definitions of tools stand.
    pub tools: Tools,
    /// Where the answer stands.
    pub solution: Solution,
}

/// Where verl looks which reward is meant, and what else it wants of every record.
const SOURCE: &str = "data_source";
const ABILITY: &str = "ability";
const EXTRA: &str = "extra_info";
const REWARD: &str = "reward_model";

impl Solution {
    fn is_in(self, record: &Value) -> bool {
        match self {
            Self::Field(field) | Self::Always(field) => has_text(record, field),
            Self::Verl => record.get(REWARD).is_some_and(|reward| has_text(reward, "ground_truth")),
        }
    }

    fn read(self, fields: &mut Fields) -> Result<Option<String>, Misfit> {
        match self {
            Self::Field(field) | Self::Always(field) => {
                Ok(fields.optional_text(field)?.filter(|text| !text.is_empty()))
            }
            Self::Verl => match fields.take(REWARD) {
                Some(Value::Object(reward)) => Fields(reward).optional_text("ground_truth"),
                Some(other) => Err(Misfit::wrong_type(REWARD, &other, "an object with ground_truth")),
                None => Ok(None),
            },
        }
    }

    fn put(
        self,
        record: &mut Map<String, Value>,
        example: &Example,
        answer: Option<String>,
    ) -> Result<(), Unwritable> {
        match (self, answer) {
            (Self::Field(_), None) => {}
            (Self::Field(field), Some(answer)) => {
                record.insert(field.to_owned(), json!(answer));
            }
            (Self::Always(field), answer) => {
                record.insert(field.to_owned(), json!(answer.unwrap_or_default()));
            }
            (Self::Verl, None) => return Err(Unwritable("no single text to compare answers with")),
            (Self::Verl, Some(answer)) => {
                let came = |name| example.metadata.get(name).cloned();
                let split = example.split.unwrap_or(Split::Train).as_str();
                record.insert(SOURCE.to_owned(), came(SOURCE).unwrap_or_else(|| json!("goldset")));
                record.insert(ABILITY.to_owned(), came(ABILITY).unwrap_or_else(|| json!("general")));
                record.insert(REWARD.to_owned(), json!({"style": "rule", "ground_truth": answer}));
                record.insert(
                    EXTRA.to_owned(),
                    came(EXTRA).unwrap_or_else(|| json!({"split": split, "id": example.id})),
                );
            }
        }
        Ok(())
    }
}

impl Shape for Question {
    fn carries(&self) -> Carries {
        Carries::Question
    }

    fn has_fields(&self, record: &Value) -> bool {
        let last = record.get(self.list).and_then(Value::as_array).and_then(|turns| turns.last());
        let is_open = last.is_some_and(|last| last[self.speech.from()] != "assistant");
        let more = ["completion", "chosen", "rejected", "output", "system"];
        is_open
            && more.iter().all(|key| record.get(key).is_none())
            && has_list_of(record, self.list, self.speech.from())
            && self.solution.is_in(record)
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let turns = fields.take(self.list).ok_or_else(|| Misfit::missing(self.list))?;
        let messages = match turns {
            Value::String(text) => Prompt::user(text).messages,
            turns => self.speech.read(turns, self.list)?,
        };
        if messages.is_empty() {
            return Err(Misfit::new(self.list, "is an empty list"));
        }
        let answer = self.solution.read(&mut fields)?.map(|text| Response::new(None, text));
        let prompt = Prompt { messages, tools: self.tools.read(&mut fields)? };
        Ok(sft(prompt, answer, fields.rest()))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let prompt = &example.prompt.messages;
        if prompt.last().is_none_or(|last| last.role == Role::Assistant) {
            return Err(Unwritable("the prompt doesn't end with a user turn"));
        }
        let best = options.choice.best(example).ok();
        let mut left_out =
            best.map_or_else(|| LeftOut::beside_all(example), |best| LeftOut::beside(example, best));
        let answer = best.and_then(|best| one_text(best, &mut left_out).ok());
        if answer.is_none() && !example.responses.iter().all(Response::is_blank) {
            left_out.note("other responses");
        }
        let mut draft = Draft::new(example, options, left_out);
        let mut record = Map::new();
        record.insert(self.list.to_owned(), self.speech.asked(prompt, &mut draft.telling())?);
        self.tools.put(&mut record, &mut draft)?;
        self.solution.put(&mut record, example, answer)?;
        draft.add(record, None);
        Ok(draft.finish())
    }
}

//! A chosen and a rejected answer, a record for each pair, in the many ways in which trainers have them.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::{Draft, Tools, read_system, system_apart};
use super::speech::Speech;
use super::texts::TextPrompt;
use crate::example::{Example, Message, Prompt, Response, Role};
use crate::formats::build::pair;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::messages::split;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// Where the prompt stands.
#[derive(Clone, Copy)]
pub(in crate::formats::local) enum Asked {
    /// At the beginning of the chosen answer.
    Inside,
    /// In a field, as bare text.
    Text(&'static str),
    /// The same, with a second field for what the question is about.
    TextAbout(&'static str, &'static str),
    /// In a field, as turns.
    Turns(&'static str),
}

/// How an answer stands in its field.
#[derive(Clone, Copy)]
pub(in crate::formats::local) enum Answer {
    /// As bare text.
    Text(&'static str),
    /// As one turn.
    Turn(&'static str),
    /// As a list of turns that begins with the prompt.
    Whole(&'static str),
}

/// Pairs of answers.
pub(in crate::formats::local) struct Pairs {
    /// Where the prompt stands.
    pub asked: Asked,
    /// The better answer.
    pub chosen: Answer,
    /// The worse one.
    pub rejected: Answer,
    /// How turns are put down.
    pub speech: Speech,
    /// Whether the system has a field of its own, which then stands in every record.
    pub system: bool,
    /// Where the definitions of tools stand.
    pub tools: Tools,
}

impl Asked {
    fn is_in(self, record: &Value, speech: Speech) -> bool {
        match self {
            Self::Inside => record.get("prompt").is_none() && record.get("conversations").is_none(),
            Self::Text(field) => has_text(record, field),
            Self::TextAbout(field, about) => has_text(record, field) && has_text(record, about),
            Self::Turns(field) => has_list_of(record, field, speech.from()),
        }
    }
}

impl Answer {
    const fn field(self) -> &'static str {
        match self {
            Self::Text(field) | Self::Turn(field) | Self::Whole(field) => field,
        }
    }

    fn is_in(self, record: &Value, speech: Speech) -> bool {
        match self {
            Self::Text(field) => has_text(record, field),
            Self::Turn(field) => record.get(field).and_then(|turn| turn.get(speech.from())).is_some(),
            Self::Whole(field) => has_list_of(record, field, speech.from()),
        }
    }

    fn read(self, fields: &mut Fields, speech: Speech) -> Result<Vec<Message>, Misfit> {
        let name = self.field();
        let turns = match fields.take(name) {
            None => return Err(Misfit::missing(name)),
            Some(Value::String(text)) => return Ok(vec![Message::new(Role::Assistant, text)]),
            Some(Value::Array(turns)) if turns.is_empty() => {
                return Err(Misfit::new(name, "is an empty list"));
            }
            Some(turn @ Value::Object(_)) => json!([turn]),
            Some(turns) => turns,
        };
        speech.read(turns, name)
    }

    fn write(
        self,
        record: &mut Map<String, Value>,
        prompt: &[Message],
        response: &Response,
        (speech, draft): (Speech, &mut Draft<'_>),
    ) -> Result<(), Unwritable> {
        let answer = &response.messages;
        let value = match self {
            Self::Text(_) => one_text(response, &mut draft.left_out)?.into(),
            Self::Whole(_) => speech.whole(prompt, answer, &mut draft.telling())?,
            Self::Turn(_) => {
                let mut turns = speech.answer(prompt, answer, &mut draft.telling())?;
                match (turns.pop(), turns.is_empty()) {
                    (Some(only), true) => only,
                    _ => return Err(Unwritable("the response is more than one turn (tool calls)")),
                }
            }
        };
        record.insert(self.field().to_owned(), value);
        Ok(())
    }
}

impl Pairs {
    fn question(&self) -> Option<TextPrompt> {
        let system = self.system;
        match self.asked {
            Asked::Text(field) => Some(TextPrompt { field, system, context: None }),
            Asked::TextAbout(field, about) => Some(TextPrompt { field, system, context: Some(about) }),
            Asked::Inside | Asked::Turns(_) => None,
        }
    }

    /// The prompt, as far as it stands outside of the answers.
    fn read_prompt(&self, fields: &mut Fields) -> Result<Vec<Message>, Misfit> {
        if let Some(question) = self.question() {
            return question.read(fields);
        }
        let system = if self.system { read_system(fields)? } else { None };
        let turns = match self.asked {
            Asked::Turns(field) => match fields.take(field) {
                Some(Value::String(text)) => vec![Message::new(Role::User, text)],
                Some(turns) => self.speech.read(turns, field)?,
                None => return Err(Misfit::missing(field)),
            },
            Asked::Inside | Asked::Text(_) | Asked::TextAbout(..) => Vec::new(),
        };
        Ok(system.into_iter().chain(turns).collect())
    }
}

impl Shape for Pairs {
    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn has_fields(&self, record: &Value) -> bool {
        let more = ["generator", "instruction"];
        let is_asked_otherwise =
            self.question().is_none() && more.iter().any(|key| record.get(key).is_some());
        !is_asked_otherwise
            && (self.system || record.get("system").is_none())
            && self.asked.is_in(record, self.speech)
            && self.chosen.is_in(record, self.speech)
            && self.rejected.is_in(record, self.speech)
    }

    fn is_marked(&self, record: &Value) -> bool {
        // a system beside lists of turns is one that other readers of them would not see
        let has_system = record.get("system").and_then(Value::as_str).is_some_and(|text| !text.is_empty());
        self.system && has_system && matches!(self.chosen, Answer::Whole(_))
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let mut prompt = self.read_prompt(&mut fields)?;
        let mut chosen = self.chosen.read(&mut fields, self.speech)?;
        let mut rejected = self.rejected.read(&mut fields, self.speech)?;
        let mut inside = None;
        if let Answer::Whole(_) = self.chosen {
            let (mut before, mut answer) = split(chosen);
            if !matches!(self.rejected, Answer::Whole(_)) {
                // the other answer is one turn, so calls before this one are the prompt of both
                before.extend(answer.drain(..answer.len().saturating_sub(1)));
            }
            if let Asked::Inside = self.asked {
                prompt.extend(before.iter().cloned());
            }
            (inside, chosen) = (Some(before), answer);
        }
        if let Answer::Whole(field) = self.rejected {
            let (before, answer) = split(rejected);
            if inside.is_some_and(|inside| inside != before) {
                return Err(Misfit::new(field, "does not begin as the chosen conversation does"));
            }
            rejected = answer;
        }
        for (answer, form) in [(&chosen, self.chosen), (&rejected, self.rejected)] {
            if answer.is_empty() {
                return Err(Misfit::new(form.field(), "has no answer after its last user turn"));
            }
        }
        let prompt = Prompt { messages: prompt, tools: self.tools.read(&mut fields)? };
        Ok(pair(prompt, chosen, rejected, fields.rest()))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let pairs = options.choice.pairs(example)?;
        let mut draft = Draft::new(example, options, LeftOut::beside_pairs(example, &pairs));
        let (system, prompt) = if self.system {
            system_apart(&example.prompt.messages, &mut draft.left_out)?
        } else {
            (None, example.prompt.messages.as_slice())
        };
        for (chosen, rejected) in pairs {
            let mut record = Map::new();
            if let Some(question) = self.question() {
                question.put(&mut record, &mut draft)?;
            } else {
                if let Asked::Turns(field) = self.asked {
                    record.insert(field.to_owned(), self.speech.asked(prompt, &mut draft.telling())?);
                }
                if self.system {
                    record.insert("system".to_owned(), json!(system.as_deref().unwrap_or_default()));
                }
            }
            for (answer, response) in [(self.chosen, chosen), (self.rejected, rejected)] {
                answer.write(&mut record, prompt, response, (self.speech, &mut draft))?;
            }
            self.tools.put(&mut record, &mut draft)?;
            draft.add(record, Some((chosen.id, rejected.id)));
        }
        Ok(draft.finish())
    }
}

//! Conversations whose answers are told by attributes, of which `SteerLM` learns to answer.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::{Draft, read_system, system_apart};
use super::speech::Speech;
use crate::example::{Example, Message, Prompt, Rating};
use crate::formats::attributes;
use crate::formats::build::{ranking, response, sft};
use crate::formats::fields::{Fields, Hints, has_list_of, hint};
use crate::formats::left_out::LeftOut;
use crate::formats::local::sharegpt_turns::Words;
use crate::formats::messages::split;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// `{system, conversations: [{from, value, label}], mask, type}`. The label of the answer is what it was
/// rated by each criterion, one lower, for a scale begins at 1. Labels of earlier answers stay with them.
pub(in crate::formats::local) struct Attributes {
    /// The format's id, under which is kept what a record said of its use.
    pub id: &'static str,
}

const LIST: &str = "conversations";
const LABEL: &str = "label";
const TYPE: &str = "type";
/// What a record is for: to answer by attributes, or to tell the attributes of an answer.
const TYPES: [&str; 2] = ["VALUE_TO_TEXT", "TEXT_TO_VALUE"];
const SPEECH: Speech = Speech::Sides(&Words::NEMO);

impl Shape for Attributes {
    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn has_fields(&self, record: &Value) -> bool {
        let is_typed = record.get(TYPE).and_then(Value::as_str).is_some_and(|word| TYPES.contains(&word));
        is_typed && record.get("mask").is_some() && has_list_of(record, LIST, "from")
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let turns = fields.take(LIST).ok_or_else(|| Misfit::missing(LIST))?;
        let mut turns = SPEECH.read(turns, LIST)?;
        for turn in &mut turns {
            if turn.extra.get(LABEL).is_some_and(Value::is_null) {
                turn.extra.shift_remove(LABEL);
            }
        }
        let at = turns.len().saturating_sub(1);
        turns.splice(0..0, read_system(&mut fields)?);
        let (messages, mut answer) = split(turns);
        let label = answer.last_mut().and_then(|last| last.extra.shift_remove(LABEL));
        let rated = match label {
            Some(Value::String(label)) => attributes::read(&label)
                .map_err(|reason| Misfit::new(format!("{LIST}[{at}].{LABEL}"), reason))?,
            Some(other) => {
                let wanted = "text as in helpfulness:4,correctness:3";
                return Err(Misfit::wrong_type(format!("{LIST}[{at}].{LABEL}"), &other, wanted));
            }
            None => return Err(Misfit::new(format!("{LIST}[{at}]"), "is no answer with a label")),
        };
        fields.0.shift_remove("mask");
        let mut hints = Hints::new(self.id);
        if let Some(kind) = fields.optional_text(TYPE)?.filter(|kind| kind != TYPES[0]) {
            hints.note(TYPE, json!(kind));
        }
        let mut rest = fields.rest();
        hints.keep(&mut rest);
        let mut example = sft(Prompt { messages, tools: Vec::new() }, response(answer), rest);
        if let Some(id) = example.responses.first().map(|response| response.id) {
            let mut said = ranking(&example.metadata, vec![vec![id]]);
            let rating = |(criterion, value)| Rating { response: id, criterion, value };
            said.details.ratings = rated.into_iter().map(rating).collect();
            example.rankings.push(said);
        }
        Ok(example)
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let best = options.choice.best_unmasked(example)?;
        let mut draft = Draft::new(example, options, LeftOut::beside(example, best));
        draft.left_out.tools_of(example);
        let label = attributes::write(example, best.id)?;
        if example.rankings.len() == 1 && example.responses.len() == 1 {
            draft.left_out.is_carried("rankings");
        }
        let (system, prompt) = system_apart(&example.prompt.messages, &mut draft.left_out)?;
        let (prompt, mut labels): (Vec<Message>, Vec<Value>) = prompt.iter().map(parted).unzip();
        labels.push(json!(label));
        let mut turns = match SPEECH.whole(&prompt, &best.messages, &mut draft.telling())? {
            Value::Array(turns) => turns,
            other => vec![other],
        };
        if turns.len() != labels.len() {
            // turns were joined: of the answer alone it is certain what it is rated
            labels = vec![Value::Null; turns.len().saturating_sub(1)];
            labels.push(json!(label));
        }
        for (turn, label) in turns.iter_mut().zip(labels) {
            if let Some(turn) = turn.as_object_mut() {
                turn.insert(LABEL.to_owned(), label);
            }
        }
        let mut record = Map::new();
        record.insert("system".to_owned(), json!(system.unwrap_or_default()));
        record.insert(LIST.to_owned(), Value::Array(turns));
        record.insert("mask".to_owned(), json!("User"));
        let kind = hint(&example.metadata, self.id, TYPE).cloned();
        record.insert(TYPE.to_owned(), kind.unwrap_or_else(|| json!(TYPES[0])));
        draft.add(record, None);
        Ok(draft.finish())
    }
}

/// A turn without its label, and the label.
fn parted(message: &Message) -> (Message, Value) {
    let mut message = message.clone();
    let label = message.extra.get(LABEL).is_some_and(Value::is_string);
    let label = if label { message.extra.shift_remove(LABEL) } else { None };
    (message, label.unwrap_or_default())
}

//! Pairs of answers to a prompt that is a transcript in one line, as DeepSpeed-Chat has them.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::Draft;
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::pair;
use crate::formats::fields::{Fields, has_text};
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::plain::plain;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// `{prompt: "Human: … Assistant:", chosen: " …", rejected: " …"}`.
pub(in crate::formats::local) struct Transcript;

const HUMAN: &str = "Human:";
const ASSISTANT: &str = "Assistant:";
const ANSWERS: [&str; 2] = ["chosen", "rejected"];

impl Shape for Transcript {
    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn has_fields(&self, record: &Value) -> bool {
        // with blank lines between the turns it is the older form
        let is_asked = |prompt: &str| {
            let prompt = prompt.trim();
            prompt.starts_with(HUMAN) && prompt.ends_with(ASSISTANT) && !prompt.contains("\n\nAssistant:")
        };
        record.get("prompt").and_then(Value::as_str).is_some_and(is_asked)
            && ANSWERS.iter().all(|name| has_text(record, name))
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let text = fields.text("prompt")?;
        let messages = turns(&text).unwrap_or_else(|| Prompt::user(text).messages);
        let answer =
            |text: String| vec![Message::new(Role::Assistant, text.strip_prefix(' ').unwrap_or(&text))];
        let chosen = answer(fields.text(ANSWERS[0])?);
        let rejected = answer(fields.text(ANSWERS[1])?);
        Ok(pair(Prompt { messages, tools: Vec::new() }, chosen, rejected, fields.rest()))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let pairs = options.choice.pairs(example)?;
        let mut draft = Draft::new(example, options, LeftOut::beside_pairs(example, &pairs));
        draft.left_out.tools_of(example);
        let prompt = transcript(&example.prompt.messages, &mut draft.left_out)?;
        for (chosen, rejected) in pairs {
            let mut record = Map::new();
            record.insert("prompt".to_owned(), json!(prompt));
            for (name, response) in ANSWERS.into_iter().zip([chosen, rejected]) {
                // the trainer joins both with nothing between
                let answer = format!(" {}", one_text(response, &mut draft.left_out)?);
                record.insert(name.to_owned(), json!(answer));
            }
            draft.add(record, Some((chosen.id, rejected.id)));
        }
        Ok(draft.finish())
    }
}

/// The turns of a transcript in which both speak in turn and the assistant is next; `None` of another text.
fn turns(text: &str) -> Option<Vec<Message>> {
    let mut rest = text.trim_start().strip_prefix(HUMAN)?;
    let mut messages = Vec::new();
    for (role, next) in [(Role::User, ASSISTANT), (Role::Assistant, HUMAN)].into_iter().cycle() {
        if role == Role::Assistant && rest.trim().is_empty() {
            return Some(messages);
        }
        let (said, after) = mark(rest, next)?;
        // the one blank on each side that was put there
        let said = said.strip_prefix(' ').unwrap_or(said);
        messages.push(Message::new(role, said.strip_suffix(' ').unwrap_or(said)));
        rest = after;
    }
    None
}

/// What stands before and after the first mark that a blank comes before.
fn mark<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    text.match_indices(mark).find_map(|(at, mark)| {
        let before = text.get(..at)?;
        before.ends_with(char::is_whitespace).then_some((before, text.get(at + mark.len()..)?))
    })
}

fn transcript(messages: &[Message], left_out: &mut LeftOut) -> Result<String, Unwritable> {
    let mut told = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        let (speaker, role) =
            if at.is_multiple_of(2) { (HUMAN, Role::User) } else { (ASSISTANT, Role::Assistant) };
        if message.role != role || !message.tool_calls.is_empty() {
            return Err(Unwritable("the prompt is not a person and an assistant who speak in turn"));
        }
        left_out.beside_text(message);
        told.push(format!("{speaker} {}", plain(message)?));
    }
    if told.len().is_multiple_of(2) {
        return Err(Unwritable("the prompt doesn't end with a user turn"));
    }
    told.push(ASSISTANT.to_owned());
    Ok(told.join(" "))
}

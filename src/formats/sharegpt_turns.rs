//! The turns of a `ShareGPT` conversation: `{"from", "value"}`, with tool calls as turns of their own.

use serde_json::{Map, Value, json};

use super::chat::object;
use super::extra::write_in_message;
use super::left_out::LeftOut;
use super::messages::{Roles, VALUE_HINT, read_calls};
use super::plain::plain;
use super::{Misfit, Unwritable};
use crate::example::{Arguments, Content, Message, Role, ToolCall};

/// The words for who speaks, in the many dialects of this form.
pub(super) const ROLES: Roles = Roles(&[
    ("human", Role::User),
    ("gpt", Role::Assistant),
    ("system", Role::System),
    ("observation", Role::Tool),
    ("function_call", Role::Assistant),
    ("user", Role::User),
    ("assistant", Role::Assistant),
    ("tool", Role::Tool),
    ("chatgpt", Role::Assistant),
    ("bard", Role::Assistant),
    ("bing", Role::Assistant),
    ("model", Role::Assistant),
    ("function_response", Role::Tool),
]);

/// A turn of this kind calls tools: its value is the JSON text of one call or of a list of them.
const CALL: &str = "function_call";

/// Reads a list of turns; `field` is its name in the record.
pub(super) fn read_turns(value: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    match value {
        Value::Array(turns) => turns
            .into_iter()
            .enumerate()
            .map(|(index, turn)| {
                read_turn(turn, field).map_err(|misfit| {
                    Misfit::new(misfit.field.replacen(field, &format!("{field}[{index}]"), 1), misfit.reason)
                })
            })
            .collect(),
        other => Err(Misfit::wrong_type(field, &other, "a list of turns")),
    }
}

/// Reads one turn; `from` and `value` may also be called `role` and `content`.
pub(super) fn read_turn(turn: Value, field: &str) -> Result<Message, Misfit> {
    let path = |inner: &str| format!("{field}{inner}");
    let Value::Object(mut map) = turn else {
        return Err(Misfit::wrong_type(field, &turn, "a turn with from and value"));
    };
    let word = match map.shift_remove("from").or_else(|| map.shift_remove("role")) {
        Some(Value::String(word)) => word,
        Some(other) => return Err(Misfit::wrong_type(path(".from"), &other, "text")),
        None => return Err(Misfit::new(path(".from"), "is missing")),
    };
    let calls = word == CALL;
    let (role, extra) = ROLES.read(word, || path(".from"))?;
    let mut message = Message { content: Content::Absent, extra, ..Message::new(role, "") };
    match map.shift_remove("value").or_else(|| map.shift_remove("content")) {
        Some(Value::String(text)) if calls => read_call_text(text, &mut message),
        Some(Value::String(text)) => message.content = Content::Text(text),
        Some(Value::Array(parts)) => message.content = Content::Parts(parts),
        Some(Value::Null) => message.content = Content::Null,
        Some(other) => return Err(Misfit::wrong_type(path(".value"), &other, "text")),
        None => return Err(Misfit::new(path(".value"), "is missing")),
    }
    if let Some(Value::Number(_)) = map.get("weight")
        && let Some(Value::Number(weight)) = map.shift_remove("weight")
    {
        message.weight = Some(weight);
    }
    message.extra.extend(map);
    Ok(message)
}

/// The calls that the text stands for; text that stands for none is kept as what was said.
fn read_call_text(text: String, message: &mut Message) {
    let calls = match serde_json::from_str(&text) {
        Ok(Value::Array(calls)) if !calls.is_empty() => calls,
        Ok(call @ Value::Object(_)) => vec![call],
        _ => Vec::new(),
    };
    let before = message.extra.clone();
    let read = !calls.is_empty() && read_calls(calls, message, |_, _| String::new()).is_ok();
    if read {
        message.extra = before;
        message.extra.insert(VALUE_HINT.to_owned(), Value::String(text));
    } else {
        message.tool_calls.clear();
        message.extra = before;
        message.content = Content::Text(text);
    }
}

/// A conversation that is being written, for trainers that take the sides by the places of the
/// turns: after the system a person (or a tool's result), then the model, and so on.
#[derive(Clone, Default)]
pub(super) struct Turns(Vec<Turn>);

#[derive(Clone)]
struct Turn {
    from: &'static str,
    fields: Map<String, Value>,
}

impl Turn {
    /// Which side speaks: `None` is the system.
    fn is_model(&self) -> Option<bool> {
        (self.from != "system").then_some(self.from == "gpt" || self.from == CALL)
    }
}

impl Turns {
    /// Adds a message. Two turns of one speaker in a row become one.
    pub fn push(
        &mut self,
        message: &Message,
        extra_fields: bool,
        left_out: &mut LeftOut,
    ) -> Result<(), Unwritable> {
        let said = plain(message)?;
        let (from, value) = if message.tool_calls.is_empty() {
            (ROLES.usual(message.role), said.into_owned())
        } else if said.trim().is_empty() {
            (CALL, call_text(message)?)
        } else {
            return Err(Unwritable("text beside a tool call"));
        };
        note_ids(message, left_out);
        if message.weight.is_some() {
            left_out.note("weights");
        }
        let mut turn = Turn { from, fields: Map::new() };
        match self.0.last_mut() {
            None if turn.is_model() == Some(true) => {
                return Err(Unwritable("the conversation begins with the assistant"));
            }
            Some(last) if last.is_model().is_none() && turn.is_model() == Some(true) => {
                return Err(Unwritable("the conversation begins with the assistant"));
            }
            Some(_) if turn.is_model().is_none() => {
                return Err(Unwritable("a system turn that is not the first"));
            }
            Some(last) if last.is_model() == turn.is_model() => {
                if last.from != from || from == CALL {
                    return Err(Unwritable("two turns of one side in a row that can't be joined"));
                }
                if let Some(Value::String(text)) = last.fields.get_mut("value") {
                    text.push_str("\n\n");
                    text.push_str(&value);
                }
                write_in_message(&mut last.fields, message, extra_fields, &[], left_out);
                return Ok(());
            }
            _ => {}
        }
        turn.fields.insert("from".to_owned(), json!(from));
        turn.fields.insert("value".to_owned(), json!(value));
        write_in_message(&mut turn.fields, message, extra_fields, &[], left_out);
        self.0.push(turn);
        Ok(())
    }

    /// The turns of a conversation that ends with the model.
    pub fn answered(self) -> Result<Value, Unwritable> {
        if self.ends_with_model() == Some(true) {
            Ok(self.into_json())
        } else {
            Err(Unwritable("the response doesn't end with the assistant"))
        }
    }

    /// The turns of a conversation that waits for the model.
    pub fn asked(self) -> Result<Value, Unwritable> {
        if self.ends_with_model() == Some(false) {
            Ok(self.into_json())
        } else {
            Err(Unwritable("the prompt doesn't end with a user turn"))
        }
    }

    /// The one turn by which this conversation is longer than `prompt`.
    pub fn beyond(mut self, prompt: &Self) -> Result<Value, Unwritable> {
        match self.0.pop() {
            Some(answer) if self.0.len() == prompt.0.len() && answer.is_model() == Some(true) => {
                Ok(Value::Object(answer.fields))
            }
            _ => Err(Unwritable("the response is more than one turn (tool calls)")),
        }
    }

    fn ends_with_model(&self) -> Option<bool> {
        self.0.last()?.is_model()
    }

    fn into_json(self) -> Value {
        self.0.into_iter().map(|turn| Value::Object(turn.fields)).collect()
    }
}

fn note_ids(message: &Message, left_out: &mut LeftOut) {
    if message.name.is_some() {
        left_out.note("names");
    }
    if message.tool_call_id.is_some() || message.tool_calls.iter().any(|call| call.id.is_some()) {
        left_out.note("ids of tool calls");
    }
}

/// The JSON text of a message's calls: that which they were read from, if they are still the same.
fn call_text(message: &Message) -> Result<String, Unwritable> {
    let calls = message
        .tool_calls
        .iter()
        .map(|call| Ok(json!({"name": call.name, "arguments": object(&call.arguments)?})))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(Value::String(text)) = message.extra.get(VALUE_HINT) {
        let mut again = Message::new(Role::Assistant, "");
        read_call_text(text.clone(), &mut again);
        let unquoted = |call: &ToolCall| matches!(call.arguments, Arguments::Json(_));
        if again.tool_calls == message.tool_calls && again.tool_calls.iter().all(unquoted) {
            return Ok(text.clone());
        }
    }
    match <[Value; 1]>::try_from(calls) {
        Ok([only]) => Ok(only.to_string()),
        Err(several) => Ok(Value::Array(several).to_string()),
    }
}

//! The turns of a `ShareGPT` conversation: `{"from", "value"}`, with tool calls as turns of their own.

use serde_json::{Map, Value, json};

use super::left_out::LeftOut;
use super::messages::{Roles, VALUE_HINT, extra, read_calls};
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

/// Messages as turns. A message that both says something and calls tools becomes two turns.
pub(super) fn write_turns<'a>(
    messages: impl IntoIterator<Item = &'a Message>,
    extra_fields: bool,
    left_out: &mut LeftOut,
) -> Result<Vec<Value>, Unwritable> {
    let mut turns = Vec::new();
    for message in messages {
        if message.tool_calls.is_empty() {
            let value = match &message.content {
                Content::Absent => json!(""),
                Content::Null => Value::Null,
                Content::Text(text) => json!(text),
                Content::Parts(parts) => Value::Array(parts.clone()),
            };
            turns.push(turn(ROLES.word(message), value, message, extra_fields, left_out));
        } else {
            if !message.text().is_empty() {
                turns.push(turn("gpt", json!(message.text()), message, false, left_out));
            }
            turns.push(turn(CALL, json!(call_text(message)?), message, extra_fields, left_out));
        }
        if message.name.is_some() {
            left_out.note("names");
        }
        if message.tool_call_id.is_some() || message.tool_calls.iter().any(|call| call.id.is_some()) {
            left_out.note("ids of tool calls");
        }
    }
    Ok(turns)
}

fn turn(from: &str, value: Value, message: &Message, extra_fields: bool, left_out: &mut LeftOut) -> Value {
    let mut turn = Map::new();
    turn.insert("from".to_owned(), json!(from));
    turn.insert("value".to_owned(), value);
    if let Some(weight) = &message.weight {
        turn.insert("weight".to_owned(), Value::Number(weight.clone()));
    }
    for (key, value) in extra(message) {
        if extra_fields {
            turn.entry(key.as_str()).or_insert_with(|| value.clone());
        } else if !value.is_null() {
            left_out.note("extra fields");
        }
    }
    Value::Object(turn)
}

/// The JSON text of a message's calls: that which they were read from, if they are still the same.
fn call_text(message: &Message) -> Result<String, Unwritable> {
    if let Some(Value::String(text)) = message.extra.get(VALUE_HINT) {
        let mut again = Message::new(Role::Assistant, "");
        read_call_text(text.clone(), &mut again);
        if again.tool_calls == message.tool_calls {
            return Ok(text.clone());
        }
    }
    let call = |call: &ToolCall| {
        let arguments = match &call.arguments {
            Arguments::Json(value) => value.clone(),
            Arguments::Text(text) => serde_json::from_str(text)
                .map_err(|_| Unwritable("arguments of a tool call that are not JSON"))?,
        };
        Ok(json!({"name": call.name, "arguments": arguments}))
    };
    match message.tool_calls.as_slice() {
        [only] => Ok(call(only)?.to_string()),
        several => Ok(Value::Array(several.iter().map(call).collect::<Result<_, _>>()?).to_string()),
    }
}

//! The turns of ms-swift: tool calls and their results are turns with roles of their own.

use serde_json::{Map, Value, json};

use crate::example::{Content, Message, Role};
use crate::formats::chat::object;
use crate::formats::extra::write_in_message;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::{read_calls, read_messages};
use crate::formats::plain::plain;
use crate::formats::{Misfit, Unwritable};

const CALL: &str = "tool_call";
const RESULT: &str = "tool_response";

/// Reads a list of turns. Calls that follow each other, or what the model says, are one turn with it.
pub(super) fn read(turns: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    let Value::Array(turns) = turns else {
        return read_messages(turns, field);
    };
    let mut messages: Vec<Message> = Vec::with_capacity(turns.len());
    let mut goes_on = false;
    for (index, mut turn) in turns.into_iter().enumerate() {
        let path = |inner: &str| format!("{field}[{index}]{inner}");
        let role = turn.get("role").and_then(Value::as_str).unwrap_or_default().to_owned();
        let calls = if role == CALL { Some(take_calls(&mut turn, &path)?) } else { None };
        if let Some(map) = turn.as_object_mut() {
            match role.as_str() {
                CALL => map.insert("role".to_owned(), json!("assistant")),
                RESULT => map.insert("role".to_owned(), json!("tool")),
                _ => None,
            };
        }
        let one = read_messages(Value::Array(vec![turn]), field).map_err(|misfit| {
            Misfit::new(misfit.field.replacen("[0]", &format!("[{index}]"), 1), misfit.reason)
        })?;
        for mut message in one {
            if let Some(calls) = &calls {
                message.content = Content::Absent;
                read_calls(calls.clone(), &mut message, |_, inner| path(&format!(".content{inner}")))?;
            }
            match messages.last_mut() {
                Some(last) if goes_on && calls.is_some() => join(last, message),
                _ => messages.push(message),
            }
        }
        goes_on = role == CALL || role == "assistant";
    }
    Ok(messages)
}

/// Adds a turn of calls to the turn that it goes on, with the fields that this one has not.
fn join(turn: &mut Message, mut calls: Message) {
    turn.tool_calls.append(&mut calls.tool_calls);
    for (name, value) in calls.extra {
        turn.extra.entry(name).or_insert(value);
    }
}

/// Takes the calls out of a turn: the JSON text of one or of several, or the JSON itself.
fn take_calls(turn: &mut Value, path: &impl Fn(&str) -> String) -> Result<Vec<Value>, Misfit> {
    let content = turn.as_object_mut().and_then(|map| map.shift_remove("content"));
    let calls = match content {
        Some(Value::String(text)) => serde_json::from_str(&text).ok(),
        other => other,
    };
    match calls {
        Some(Value::Array(calls)) if !calls.is_empty() => Ok(calls),
        Some(call @ Value::Object(_)) => Ok(vec![call]),
        _ => Err(Misfit::new(path(".content"), "is not the JSON text of a call")),
    }
}

/// Turns as ms-swift takes them. What the model says before it calls is a turn before the call.
pub(super) fn write(
    messages: &[Message],
    loss: bool,
    extra_fields: bool,
    left_out: &mut LeftOut,
) -> Result<Vec<Value>, Unwritable> {
    let mut turns = Vec::with_capacity(messages.len());
    for message in messages {
        let weight = message.weight.as_ref().and_then(serde_json::Number::as_f64);
        if message.weight.is_some() && !loss {
            left_out.note("weights");
        }
        if message.name.is_some() {
            left_out.note("names");
        }
        if message.tool_call_id.is_some() || message.tool_calls.iter().any(|call| call.id.is_some()) {
            left_out.note("ids of tool calls");
        }
        let mut push = |role: &str, content: &str, whose: Option<&Message>| {
            let mut turn = Map::new();
            turn.insert("role".to_owned(), json!(role));
            turn.insert("content".to_owned(), json!(content));
            if loss && message.role == Role::Assistant {
                // on every turn, for readers that make a table of the lines
                turn.insert("loss".to_owned(), json!(weight != Some(0.0)));
            }
            if let Some(message) = whose {
                write_in_message(&mut turn, message, extra_fields, &[], left_out);
            }
            turns.push(Value::Object(turn));
        };
        let said = plain(message)?;
        let mut whose = Some(message);
        if message.tool_calls.is_empty() || !said.trim().is_empty() {
            let role = if message.role == Role::Tool { RESULT } else { message.role.as_str() };
            push(role, &said, whose.take());
        }
        for call in &message.tool_calls {
            let call = json!({"name": call.name, "arguments": object(&call.arguments)?});
            push(CALL, &call.to_string(), whose.take());
        }
    }
    Ok(turns)
}

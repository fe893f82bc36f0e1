//! Turns of a page as messages, with what the page doesn't show carried over from the messages that
//! it was written of.

use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::PageError;
use super::turn::{Call, Turn, arguments};
use crate::example::{Arguments, Content, Message, ToolCall, placeholders};
use crate::formats::messages::{CALLS_HINT, VALUE_HINT};

/// The messages that the turns are. A turn that reads as one of `saved` is that one; one that took a
/// saved one's place keeps its other fields, where it has the same role.
pub(super) fn messages(turns: &[Turn], saved: &[Message], errors: &mut Vec<PageError>) -> Vec<Message> {
    let before: Vec<String> = saved.iter().map(|message| Turn::of(message).key()).collect();
    let now: Vec<String> = turns.iter().map(Turn::key).collect();
    let mut messages = Vec::with_capacity(turns.len());
    for op in capture_diff_slices(Algorithm::Myers, &before, &now) {
        let old = saved.get(op.old_range()).unwrap_or_default();
        if matches!(op, DiffOp::Equal { .. }) {
            messages.extend_from_slice(old);
            continue;
        }
        let mut old = old.iter();
        for turn in turns.get(op.new_range()).unwrap_or_default() {
            let mut rest = old.clone();
            let place_of = rest.find(|message| message.role == turn.role);
            if place_of.is_some() {
                old = rest;
            }
            messages.push(message(turn, place_of, errors));
        }
    }
    messages
}

fn message(turn: &Turn, saved: Option<&Message>, errors: &mut Vec<PageError>) -> Message {
    let mut message = saved.cloned().unwrap_or_else(|| Message::new(turn.role, ""));
    if let Some(saved) = saved.map(Turn::of) {
        let count_differs = saved.calls.len() != turn.calls.len();
        if count_differs {
            message.extra.shift_remove(CALLS_HINT);
        }
        if count_differs || saved.text != turn.text {
            message.extra.shift_remove(VALUE_HINT);
        }
    }
    message.content = content(turn, saved, errors);
    message.name.clone_from(&turn.name);
    message.tool_call_id.clone_from(&turn.answers);
    message.weight = turn.weight.as_ref().and_then(|weight| {
        let number = serde_json::from_str(weight).ok();
        if number.is_none() {
            let reason = format!(
                "the weight “{weight}” is not a number; 0 means that nothing is learned from the turn"
            );
            errors.push(PageError { line: turn.line, reason });
        }
        number
    });
    let saved_calls = saved.map(|saved| saved.tool_calls.as_slice()).unwrap_or_default();
    message.tool_calls = turn
        .calls
        .iter()
        .enumerate()
        .map(|(at, call)| ToolCall {
            id: call.id.clone(),
            name: call.name.clone(),
            arguments: read_arguments(call, saved_calls.get(at).map(|call| &call.arguments), errors),
        })
        .collect();
    message
}

fn content(turn: &Turn, saved: Option<&Message>, errors: &mut Vec<PageError>) -> Content {
    if turn.is_parts {
        return match read_json(&turn.text, turn.text_line) {
            Ok(Value::Array(parts)) => Content::Parts(parts),
            Ok(_) => {
                let reason =
                    "the parts of a turn are a JSON list: [{\"type\": \"text\", \"text\": \"…\"}]".to_owned();
                errors.push(PageError { line: turn.text_line, reason });
                Content::Null
            }
            Err(error) => {
                errors.push(error);
                Content::Null
            }
        };
    }
    match saved.map(|saved| &saved.content) {
        Some(none @ (Content::Absent | Content::Null)) if turn.text.is_empty() => none.clone(),
        None if turn.text.is_empty() && !turn.calls.is_empty() => Content::Null,
        _ => Content::Text(turn.text.clone()),
    }
}

fn read_arguments(call: &Call, saved: Option<&Arguments>, errors: &mut Vec<PageError>) -> Arguments {
    let text = call.arguments.as_str();
    if let Some(saved) = saved.filter(|saved| arguments(saved) == text) {
        return saved.clone();
    }
    let text = if text.trim().is_empty() { "{}" } else { text };
    match read_json(text, call.line) {
        Ok(value) if matches!(saved, Some(Arguments::Json(_))) => return Arguments::Json(value),
        // What is still to be filled in need not be JSON yet.
        Err(error) if placeholders(text).is_empty() => errors.push(error),
        _ => {}
    }
    Arguments::Text(text.to_owned())
}

/// Reads JSON that begins in that line of the page.
pub(super) fn read_json(text: &str, line: usize) -> Result<Value, PageError> {
    serde_json::from_str(text).map_err(|error| {
        let sentence = error.to_string();
        let reason = sentence.split(" at line ").next().unwrap_or_default();
        PageError {
            line: line + error.line().saturating_sub(1),
            reason: format!("this is not JSON: {reason} (column {})", error.column()),
        }
    })
}

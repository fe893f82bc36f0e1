//! What a message says as plain text, where it is nothing but text.

use std::borrow::Cow;

use serde_json::Value;

use super::Unwritable;
use crate::example::{Content, Message};

/// The text of a message; parts that all are text are joined. What else there is would get lost.
pub(super) fn plain(message: &Message) -> Result<Cow<'_, str>, Unwritable> {
    if let Content::Parts(parts) = &message.content
        && let Some(other) = parts.iter().find(|part| part_text(part).is_none())
    {
        return Err(not_text(other));
    }
    Ok(message.text())
}

/// The text that a part is, in one of the ways in which files have it: `{"type": "text", "text"}`,
/// the same with `value`, or a bare string.
pub(super) fn part_text(part: &Value) -> Option<&str> {
    if let Value::String(text) = part {
        return Some(text);
    }
    let is_typed = part.get("type").is_none_or(|kind| kind == "text");
    let text = ["text", "value"].iter().find_map(|key| part.get(key).and_then(Value::as_str));
    text.filter(|_| is_typed)
}

/// Why a part has no place among text.
pub(super) fn not_text(part: &Value) -> Unwritable {
    if is_reasoning(part) {
        Unwritable("has reasoning beside its text")
    } else {
        Unwritable("has content that is not text")
    }
}

/// Whether a part is what the assistant thought before it spoke.
pub(super) fn is_reasoning(part: &Value) -> bool {
    matches!(part.get("type").and_then(Value::as_str), Some("reasoning" | "thinking"))
}

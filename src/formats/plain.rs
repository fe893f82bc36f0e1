//! What a message says as plain text, where it is nothing but text.

use std::borrow::Cow;

use serde_json::Value;

use super::Unwritable;
use crate::example::{Content, Message};

/// The text of a message; parts that all are text are joined. What else there is would get lost.
pub(super) fn plain(message: &Message) -> Result<Cow<'_, str>, Unwritable> {
    if let Content::Parts(parts) = &message.content
        && let Some(other) = parts.iter().find(|part| !is_text(part))
    {
        return Err(not_text(other));
    }
    Ok(message.text())
}

/// Whether a part is text, in one of the ways in which files have it: `{"type": "text", "text"}`,
/// the same with `value`, or a bare string.
fn is_text(part: &Value) -> bool {
    let typed = part.get("type").is_none_or(|kind| kind == "text");
    part.is_string()
        || typed && ["text", "value"].iter().any(|key| part.get(key).is_some_and(Value::is_string))
}

/// Why a part has no place among text.
pub(super) fn not_text(part: &Value) -> Unwritable {
    match part.get("type").and_then(Value::as_str) {
        Some("reasoning" | "thinking") => Unwritable("has reasoning beside its text"),
        _ => Unwritable("has content that is not text"),
    }
}

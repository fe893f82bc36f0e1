//! Turns as lines that people read: texts as they are, parts and tool calls as JSON with line breaks.

use std::fmt::Write as _;

use serde_json::Value;

use crate::example::{Content, Message, Prompt};

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

/// What a turn says, without its tool calls.
pub fn said(message: &Message) -> String {
    match &message.content {
        Content::Parts(parts) => {
            let lines = parts.iter().map(|part| match part.get("text").and_then(Value::as_str) {
                // A part that is nothing but text is shown as that.
                Some(text) if part.as_object().is_some_and(|map| map.len() <= 2) => text.to_owned(),
                _ => pretty(part),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        content => content.text().into_owned(),
    }
}

/// The tool calls of a turn, each a name and its arguments; empty where there are none.
pub fn calls(message: &Message) -> String {
    let calls = message.tool_calls.iter().map(|call| {
        let arguments = call
            .arguments
            .to_json()
            .map_or_else(|| call.arguments.to_text().into_owned(), |json| pretty(&json));
        match &call.id {
            Some(id) => format!("{} ({id}) {arguments}", call.name),
            None => format!("{} {arguments}", call.name),
        }
    });
    calls.collect::<Vec<_>>().join("\n")
}

/// The turns of a response as one text. A response of one plain turn is just its text.
pub fn response(messages: &[Message]) -> String {
    if let [only] = messages
        && only.tool_calls.is_empty()
    {
        return said(only);
    }
    let mut text = String::new();
    for message in messages {
        let (said, calls) = (said(message), calls(message));
        for (what, part) in [("", said), ("calls ", calls)] {
            if !part.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n\n" };
                // Writing to a string can't fail.
                let _ = write!(text, "{gap}{}: {what}{part}", message.role.as_str());
            }
        }
    }
    text
}

/// The tools of a prompt, each its name and what it is for.
pub fn tools(prompt: &Prompt) -> String {
    let lines = prompt.tools.iter().map(|tool| {
        let function = tool.get("function").unwrap_or(tool);
        let name = function.get("name").and_then(Value::as_str);
        let about = function.get("description").and_then(Value::as_str);
        match (name, about) {
            (Some(name), Some(about)) => format!("{name}: {about}"),
            (Some(name), None) => name.to_owned(),
            _ => pretty(tool),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether the text of a turn can be typed in: it is plain, or there is none yet.
pub fn is_plain(message: &Message) -> bool {
    !matches!(message.content, Content::Parts(_))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tool_calls_are_lines_of_their_own() {
        let message =
            Message::from_json(&json!({"role": "assistant", "content": "One moment.", "tool_calls": [
            {"id": "c1", "function": {"name": "tide", "arguments": "{\"place\": \"Brest\"}"}}]}))
            .unwrap();
        assert_eq!(said(&message), "One moment.");
        assert_eq!(calls(&message), "tide (c1) {\n  \"place\": \"Brest\"\n}");
        assert_eq!(
            response(&[message]),
            "assistant: One moment.\n\nassistant: calls tide (c1) {\n  \"place\": \"Brest\"\n}"
        );
    }

    #[test]
    fn parts_that_are_text_are_text_and_others_json() {
        let message = Message::from_json(&json!({"role": "user", "content": [
            {"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": "a.png"}]}))
        .unwrap();
        assert_eq!(
            said(&message),
            "What is this?\n{\n  \"type\": \"image_url\",\n  \"image_url\": \"a.png\"\n}"
        );
        assert!(!is_plain(&message));
    }
}

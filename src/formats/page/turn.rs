//! A turn as a page has it: every part of a message that can be read, as text.

use std::fmt::Write as _;

use serde_json::Value;

use super::texts::{self, HEADING};
use super::words::{pair, word};
use crate::example::{Arguments, Content, Message, Role};
use crate::text::harmless::harmless_json;

/// The longest JSON that stands on one line.
const ONE_LINE: usize = 72;

/// A turn of a page.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    /// The line of its heading, counted from 1.
    pub line: usize,
    pub role: Role,
    pub name: Option<String>,
    /// A number, as it is written.
    pub weight: Option<String>,
    /// The call that a tool answers.
    pub answers: Option<String>,
    /// Whether the text is a JSON list of parts.
    pub is_parts: bool,
    pub text: String,
    /// The page's line of the text's first.
    pub text_line: usize,
    pub calls: Vec<Call>,
}

/// A tool call of a page.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub id: Option<String>,
    pub name: String,
    pub arguments: String,
    /// The page's line of the arguments' first.
    pub line: usize,
}

impl Turn {
    /// An empty turn.
    pub fn new(role: Role, line: usize) -> Self {
        Self {
            line,
            role,
            name: None,
            weight: None,
            answers: None,
            is_parts: false,
            text: String::new(),
            text_line: line + 1,
            calls: Vec::new(),
        }
    }

    /// What a page shows of a message.
    pub fn of(message: &Message) -> Self {
        let (text, is_parts) = match &message.content {
            Content::Absent | Content::Null => (String::new(), false),
            Content::Text(text) => (text.clone(), false),
            Content::Parts(parts) => (json(&Value::Array(parts.clone())), true),
        };
        let calls = message.tool_calls.iter().map(|call| Call {
            id: call.id.clone(),
            name: call.name.clone(),
            arguments: arguments(&call.arguments),
            line: 1,
        });
        Self {
            name: message.name.clone(),
            weight: message.weight.as_ref().map(ToString::to_string),
            answers: message.tool_call_id.clone(),
            is_parts,
            text,
            calls: calls.collect(),
            ..Self::new(message.role, 1)
        }
    }

    /// The turn under that heading, with its calls.
    pub fn write(&self, heading: &str, page: &mut String) {
        let (lines, escaped) = texts::show(&self.text);
        page.push_str(HEADING);
        page.push_str(heading);
        pair(page, "name", self.name.as_deref());
        pair(page, "for", self.answers.as_deref());
        pair(page, "weight", self.weight.as_deref());
        if self.is_parts {
            page.push_str(" parts");
        }
        body(page, &lines, escaped);
        for call in &self.calls {
            let (lines, escaped) = texts::show(&call.arguments);
            // Writing to a string can't fail.
            let _ = write!(page, "{HEADING}call {}", word(&call.name));
            pair(page, "id", call.id.as_deref());
            body(page, &lines, escaped);
        }
    }

    /// All of it as one text: equal turns have equal ones.
    pub fn key(&self) -> String {
        let mut key = String::new();
        self.write(self.role.as_str(), &mut key);
        key
    }

    /// Whether it says and does nothing.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.calls.is_empty() && !self.is_parts
    }

    /// Whether nothing but its text can be told of it.
    pub fn is_plain(&self) -> bool {
        self.name.is_none() && self.weight.is_none() && self.answers.is_none() && !self.is_parts
    }
}

/// The rest of a heading's line, the lines under it, and a blank one.
pub(super) fn body(page: &mut String, lines: &str, escaped: bool) {
    page.push_str(if escaped { " escaped\n" } else { "\n" });
    if !lines.is_empty() {
        page.push_str(lines);
        page.push('\n');
    }
    page.push('\n');
}

/// The arguments of a call as a page shows them.
pub(super) fn arguments(arguments: &Arguments) -> String {
    match arguments {
        Arguments::Text(text) => text.clone(),
        Arguments::Json(value) => json(value),
    }
}

/// JSON for people: on one line where it is short.
pub(super) fn json(value: &Value) -> String {
    let short = value.to_string();
    let text = if short.len() <= ONE_LINE {
        short
    } else {
        // A value that was read can be written.
        serde_json::to_string_pretty(value).unwrap_or(short)
    };
    harmless_json(&text)
}

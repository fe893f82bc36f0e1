//! Messages: the turns that prompts and responses are made of.
//!
//! The JSON form (that of the database and of Goldset's own files) is that of the chat formats:
//! `{"role", "content", "name"?, "tool_calls"?, "tool_call_id"?, "weight"?}`, with every other
//! field carried along as it came.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::reading::Reading;

/// Who speaks in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Instructions that stand above the conversation.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
    /// The result of a tool call.
    Tool,
}

impl Role {
    /// Every role, in the order in which they come in a conversation.
    pub const ALL: &'static [Self] = &[Self::System, Self::User, Self::Assistant, Self::Tool];

    /// The word for it in files and on the screen.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
        }
    }

    /// The role of that name, if it is exactly one of the four.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == word)
    }
}

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The field is not there.
    Absent,
    /// The field is there and null (usual beside tool calls).
    Null,
    /// Plain text.
    Text(String),
    /// A list of parts (text, images, reasoning …), kept as it came.
    Parts(Vec<Value>),
}

impl Content {
    /// The text of it: parts that carry text (under `text` or `value`) joined by line breaks.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Absent | Self::Null => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Parts(parts) => {
                let texts: Vec<&str> = parts.iter().filter_map(part_text).collect();
                match texts.as_slice() {
                    [only] => Cow::Borrowed(only),
                    several => Cow::Owned(several.join("\n")),
                }
            }
        }
    }
}

fn part_text(part: &Value) -> Option<&str> {
    if let Value::String(text) = part {
        return Some(text);
    }
    ["text", "value"].iter().find_map(|key| part.get(key).and_then(Value::as_str))
}

/// The arguments of a tool call. Hosted trainers want JSON text, local ones an object; which one
/// came is kept, and each exporter turns it into what its consumer takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Arguments {
    /// JSON text, as the model wrote it (it may be broken).
    Text(String),
    /// JSON itself.
    Json(Value),
}

impl Arguments {
    /// As JSON text.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Json(value) => Cow::Owned(value.to_string()),
        }
    }

    /// As JSON, where the text is JSON.
    pub fn to_json(&self) -> Option<Cow<'_, Value>> {
        match self {
            Self::Json(value) => Some(Cow::Borrowed(value)),
            Self::Text(text) => serde_json::from_str(text).ok().map(Cow::Owned),
        }
    }
}

/// One call of a tool by the assistant.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// The name by which the tool's answer refers to the call.
    pub id: Option<String>,
    /// The function called.
    pub name: String,
    /// What it is called with.
    pub arguments: Arguments,
}

impl ToolCall {
    /// The chat form: `{"id"?, "type": "function", "function": {"name", "arguments"}}`.
    pub fn to_json(&self) -> Value {
        // See `Message::to_json`.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads the chat form, or the bare `{"name", "arguments"}`.
    pub fn from_json(value: &Value) -> Result<Self, String> {
        let function = value.get("function").unwrap_or(value);
        let name = function.get("name").and_then(Value::as_str).ok_or("a tool call has no function name")?;
        let arguments = match function.get("arguments") {
            Some(Value::String(text)) => Arguments::Text(text.clone()),
            Some(other) => Arguments::Json(other.clone()),
            None => Arguments::Json(json!({})),
        };
        Ok(Self {
            id: value.get("id").and_then(Value::as_str).map(str::to_owned),
            name: name.to_owned(),
            arguments,
        })
    }
}

impl Serialize for ToolCall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Function<'a> {
            name: &'a str,
            arguments: &'a Arguments,
        }
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.serialize_entry("type", "function")?;
        map.serialize_entry("function", &Function { name: &self.name, arguments: &self.arguments })?;
        map.end()
    }
}

impl Serialize for Arguments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(value) => value.serialize(serializer),
        }
    }
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: Content,
    /// The speaker's name, or the tool's.
    pub name: Option<String>,
    /// Calls of tools (assistant only).
    pub tool_calls: Vec<ToolCall>,
    /// The call that a tool message answers.
    pub tool_call_id: Option<String>,
    /// How much the turn counts in training: 0 is not learned from, absent is the trainer's default.
    pub weight: Option<serde_json::Number>,
    /// Fields that Goldset doesn't know, carried along.
    pub extra: Map<String, Value>,
}

impl Message {
    /// A turn of plain text.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self {
            role,
            content: Content::Text(text.into()),
            name: None,
            tool_calls: Vec::new(),
            tool_call_id: None,
            weight: None,
            extra: Map::new(),
        }
    }

    /// The text of the turn, without its tool calls.
    pub fn text(&self) -> Cow<'_, str> {
        self.content.text()
    }

    /// Whether the turn says and does nothing.
    pub fn is_blank(&self) -> bool {
        self.tool_calls.is_empty()
            && self.text().trim().is_empty()
            && !matches!(&self.content, Content::Parts(parts) if !parts.is_empty())
    }

    /// The JSON form of the module's documentation.
    pub fn to_json(&self) -> Value {
        // Only a map with keys that are no strings, or a number that is none, could fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads the JSON form; the error says which field is wrong and why.
    pub fn from_json(value: &Value) -> Result<Self, String> {
        Self::from_value(value.clone())
    }

    /// Reads the JSON form, taking its texts over.
    pub fn from_value(value: Value) -> Result<Self, String> {
        let Value::Object(map) = value else { return Err("a message is not an object".to_owned()) };
        let mut reading = Reading::default();
        for (key, value) in map {
            reading.field(Cow::Owned(key), value)?;
        }
        reading.finish()
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("role", self.role.as_str())?;
        match &self.content {
            Content::Absent => {}
            Content::Null => map.serialize_entry("content", &())?,
            Content::Text(text) => map.serialize_entry("content", text)?,
            Content::Parts(parts) => map.serialize_entry("content", parts)?,
        }
        if let Some(name) = &self.name {
            map.serialize_entry("name", name)?;
        }
        if !self.tool_calls.is_empty() {
            map.serialize_entry("tool_calls", &self.tool_calls)?;
        }
        if let Some(id) = &self.tool_call_id {
            map.serialize_entry("tool_call_id", id)?;
        }
        if let Some(weight) = &self.weight {
            map.serialize_entry("weight", weight)?;
        }
        for (key, value) in &self.extra {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The conversation up to the response, with the tools that it may call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prompt {
    /// The turns.
    pub messages: Vec<Message>,
    /// Tool definitions, as JSON, in the form in which they came.
    pub tools: Vec<Value>,
}

impl Prompt {
    /// A prompt of one user turn.
    pub fn user(text: impl Into<String>) -> Self {
        Self { messages: vec![Message::new(Role::User, text)], tools: Vec::new() }
    }

    /// The last user turn's text: what the response answers.
    pub fn question(&self) -> Cow<'_, str> {
        let last_user = self.messages.iter().rev().find(|m| m.role == Role::User);
        last_user.or(self.messages.last()).map_or(Cow::Borrowed(""), Message::text)
    }

    /// All that is said in the conversation itself: without the system turns, which many prompts
    /// share. What prompts are compared by.
    pub fn conversation(&self) -> String {
        text_of(self.messages.iter().filter(|message| message.role != Role::System))
    }
}

/// All that is said in the messages, turns parted by line breaks: for search, counting and previews.
pub fn plain_text(messages: &[Message]) -> String {
    text_of(messages)
}

fn text_of<'a>(messages: impl IntoIterator<Item = &'a Message>) -> String {
    let mut text = String::new();
    for message in messages {
        let said = message.text();
        if !said.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&said);
        }
        for call in &message.tool_calls {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&call.name);
            text.push(' ');
            text.push_str(&call.arguments.to_text());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(json: &Value) {
        let message = Message::from_json(json).unwrap();
        assert_eq!(&message.to_json(), json);
        assert_eq!(serde_json::from_str::<Message>(&json.to_string()).unwrap(), message);
    }

    #[test]
    fn a_message_comes_back_as_it_was() {
        round_trip(&json!({"role": "user", "content": "hi"}));
        round_trip(&json!({"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "tide", "arguments": "{\"h\": 1}"}}]}));
        round_trip(&json!({"role": "assistant", "tool_calls": [
            {"type": "function", "function": {"name": "tide", "arguments": {"h": 1}}}]}));
        round_trip(&json!({"role": "tool", "content": "4", "tool_call_id": "call_1"}));
        round_trip(&json!({"role": "assistant", "content": "x", "weight": 0, "refusal": null}));
        round_trip(&json!({"role": "user", "content": [{"type": "text", "value": "a"}], "loss_weight": 0.0}));
    }

    #[test]
    fn the_text_of_parts_is_what_they_say() {
        let message = Message::from_json(&json!({"role": "user", "content": [
            {"type": "text", "text": "one"}, {"type": "image_url"}, {"type": "text", "value": "two"}]}))
        .unwrap();
        assert_eq!(message.text(), "one\ntwo");
    }

    #[test]
    fn a_wrong_role_is_refused_by_name() {
        let error = Message::from_json(&json!({"role": "bot", "content": "x"})).unwrap_err();
        assert!(error.contains("“bot”"), "{error}");
        let error = serde_json::from_str::<Message>(r#"{"role": "bot"}"#).unwrap_err().to_string();
        assert!(error.contains("“bot”"), "{error}");
    }

    #[test]
    fn blank_is_only_what_says_and_does_nothing() {
        assert!(Message::new(Role::Assistant, " \n").is_blank());
        assert!(!Message::new(Role::Assistant, "x").is_blank());
        let call = json!({"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]});
        assert!(!Message::from_json(&call).unwrap().is_blank());
    }
}

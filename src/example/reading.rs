//! Messages read from their JSON form, field by field.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::message::{Content, Message, Role, ToolCall};

/// A message of which some fields have been read.
#[derive(Default)]
pub(super) struct Reading {
    role: Option<Value>,
    content: Option<Content>,
    name: Option<String>,
    tool_calls: Vec<ToolCall>,
    tool_call_id: Option<String>,
    weight: Option<serde_json::Number>,
    extra: Map<String, Value>,
}

impl Reading {
    pub fn field(&mut self, key: Cow<'_, str>, value: Value) -> Result<(), String> {
        match (key.as_ref(), value) {
            ("role", role) => self.role = Some(role),
            ("content", Value::Null) => self.content = Some(Content::Null),
            ("content", Value::String(text)) => self.content = Some(Content::Text(text)),
            ("content", Value::Array(parts)) => self.content = Some(Content::Parts(parts)),
            ("content", _) => return Err("content is neither text, a list of parts nor null".to_owned()),
            ("name", Value::String(name)) => self.name = Some(name),
            ("tool_calls", Value::Array(calls)) if !calls.is_empty() => {
                self.tool_calls = calls.iter().map(ToolCall::from_json).collect::<Result<_, _>>()?;
            }
            ("tool_call_id", Value::String(id)) => self.tool_call_id = Some(id),
            ("weight", Value::Number(weight)) => self.weight = Some(weight),
            (_, value) => {
                self.extra.insert(key.into_owned(), value);
            }
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Message, String> {
        let word = self.role.as_ref().and_then(Value::as_str).ok_or("a message has no role")?;
        let role = Role::parse(word)
            .ok_or_else(|| format!("role “{word}” is not one of system, user, assistant, tool"))?;
        Ok(Message {
            role,
            content: self.content.unwrap_or(Content::Absent),
            name: self.name,
            tool_calls: self.tool_calls,
            tool_call_id: self.tool_call_id,
            weight: self.weight,
            extra: self.extra,
        })
    }
}

/// Straight from the text, without a map in between: every text that is kept is read so.
impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Message;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a message")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Message, A::Error> {
                let mut reading = Reading::default();
                while let Some(Key(key)) = map.next_key()? {
                    reading.field(key, map.next_value()?).map_err(A::Error::custom)?;
                }
                reading.finish().map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The name of a field, borrowed where it stands in the text as it is.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

//! Messages as the chat formats have them, read by value. How they are written: [`super::chat`].

use serde_json::{Map, Value, json};

use super::Misfit;
use super::fields::Fields;
use crate::example::{Arguments, Content, Message, Role, ToolCall};

/// In `Message::extra`: the word that stood for the role, where it is not the usual one. It is kept to
/// be seen; trainers get the usual one, for templates drop turns whose role they don't know.
pub(super) const ROLE_HINT: &str = "_role";
/// In `Message::extra`: the fields of the tool calls that Goldset doesn't know, an object for each call.
pub(super) const CALLS_HINT: &str = "_calls";
/// In `Message::extra`: the text that tool calls were read from.
pub(super) const VALUE_HINT: &str = "_value";

/// Which word stands for which role; the first for each role is the usual one.
pub(super) struct Roles(pub &'static [(&'static str, Role)]);

/// The roles of the chat formats. `developer` is what newer models call the system,
/// `function` what older ones called a tool.
pub(super) const CHAT_ROLES: Roles = Roles(&[
    ("system", Role::System),
    ("user", Role::User),
    ("assistant", Role::Assistant),
    ("tool", Role::Tool),
    ("developer", Role::System),
    ("function", Role::Tool),
]);

impl Roles {
    pub fn parse(&self, word: &str) -> Option<Role> {
        self.0.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
    }

    /// The role of that word; the message takes note of it where another word is usual.
    pub fn read(
        &self,
        word: String,
        field: impl FnOnce() -> String,
    ) -> Result<(Role, Map<String, Value>), Misfit> {
        let Some(role) = self.parse(&word) else {
            let known: Vec<&str> = self.0.iter().map(|(known, _)| *known).collect();
            return Err(Misfit::new(
                field(),
                format!("is “{word}”; it should be one of {}", known.join(", ")),
            ));
        };
        let mut extra = Map::new();
        if self.usual(role) != word {
            extra.insert(ROLE_HINT.to_owned(), Value::String(word));
        }
        Ok((role, extra))
    }

    /// The word for a role.
    pub fn usual(&self, role: Role) -> &'static str {
        self.0.iter().find(|(_, known)| *known == role).map_or(role.as_str(), |(word, _)| word)
    }
}

/// Reads a list of messages; `field` is its name in the record.
pub(super) fn read_messages(value: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    match value {
        Value::Array(list) => {
            list.into_iter().enumerate().map(|(index, message)| read_message(message, field, index)).collect()
        }
        other => Err(Misfit::wrong_type(field, &other, "a list of messages")),
    }
}

/// Takes a field that is a list of messages, or text that stands for one message of that role.
pub(super) fn take_turns(
    fields: &mut Fields,
    name: &str,
    role: Role,
) -> Result<Option<Vec<Message>>, Misfit> {
    match fields.take(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(vec![Message::new(role, text)])),
        Some(list @ Value::Array(_)) => read_messages(list, name).map(Some),
        Some(other) => Err(Misfit::wrong_type(name, &other, "text or a list of messages")),
    }
}

fn read_message(value: Value, field: &str, index: usize) -> Result<Message, Misfit> {
    let path = |inner: &str| format!("{field}[{index}]{inner}");
    let Value::Object(mut map) = value else {
        return Err(Misfit::wrong_type(path(""), &value, "a message with role and content"));
    };
    let (role, extra) = match map.shift_remove("role") {
        Some(Value::String(word)) => CHAT_ROLES.read(word, || path(".role"))?,
        Some(other) => return Err(Misfit::wrong_type(path(".role"), &other, "text")),
        None => return Err(Misfit::new(path(".role"), "is missing")),
    };
    let mut message = Message { content: Content::Absent, extra, ..Message::new(role, "") };
    for (key, value) in map {
        match (key.as_str(), value) {
            ("content", Value::Null) => message.content = Content::Null,
            ("content", Value::String(text)) => message.content = Content::Text(text),
            ("content", Value::Array(parts)) => message.content = Content::Parts(parts),
            ("content", other) => {
                return Err(Misfit::wrong_type(path(".content"), &other, "text or a list of parts"));
            }
            ("name", Value::String(name)) => message.name = Some(name),
            ("tool_calls", Value::Array(calls)) if !calls.is_empty() => {
                read_calls(calls, &mut message, |call, inner| path(&format!(".tool_calls[{call}]{inner}")))?;
            }
            ("tool_call_id", Value::String(id)) => message.tool_call_id = Some(id),
            ("weight", Value::Number(weight)) => message.weight = Some(weight),
            (_, value) => {
                message.extra.insert(key, value);
            }
        }
    }
    read_legacy_call(&mut message);
    read_call_parts(&mut message, |part| path(&format!(".content[{part}].value")))?;
    Ok(message)
}

/// Calls among the parts of what the assistant says, `{"type": "tool_call", "value": JSON text of a call}`, are
/// tool calls like any other.
fn read_call_parts(message: &mut Message, path: impl Fn(usize) -> String) -> Result<(), Misfit> {
    let is_call = |part: &Value| part.get("type") == Some(&json!("tool_call")) && part.get("value").is_some();
    let Content::Parts(parts) = &mut message.content else { return Ok(()) };
    if message.role != Role::Assistant || !message.tool_calls.is_empty() || !parts.iter().any(is_call) {
        return Ok(());
    }
    let mut calls = Vec::new();
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| is_call(part)) {
        let call = match &part["value"] {
            Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
            other => other.clone(),
        };
        match call {
            Value::Object(_) => calls.push((index, call)),
            Value::Array(several) if !several.is_empty() => {
                calls.extend(several.into_iter().map(|call| (index, call)));
            }
            _ => return Err(Misfit::new(path(index), "is not the JSON text of a call")),
        }
    }
    parts.retain(|part| !is_call(part));
    if parts.is_empty() {
        message.content = Content::Null;
    }
    let (places, calls): (Vec<usize>, Vec<Value>) = calls.into_iter().unzip();
    let at = |call: usize| places.get(call).copied().unwrap_or_default();
    read_calls(calls, message, |call, inner| format!("{}{inner}", path(at(call))))
}

/// A call in the form of 2023, `function_call: {name, arguments}`, is a tool call like any other.
fn read_legacy_call(message: &mut Message) {
    if message.tool_calls.is_empty()
        && let Some(legacy @ Value::Object(_)) = message.extra.get("function_call")
        && let Ok(call) = ToolCall::from_json(legacy)
    {
        message.extra.shift_remove("function_call");
        message.tool_calls.push(call);
    }
}

/// Reads tool calls in the chat form, or as bare `{"name", "arguments"}`.
pub(super) fn read_calls(
    calls: Vec<Value>,
    message: &mut Message,
    path: impl Fn(usize, &str) -> String,
) -> Result<(), Misfit> {
    let mut unknown = Vec::with_capacity(calls.len());
    for (index, call) in calls.into_iter().enumerate() {
        let (call, rest) =
            read_call(call).map_err(|(inner, reason)| Misfit::new(path(index, inner), reason))?;
        message.tool_calls.push(call);
        unknown.push(Value::Object(rest));
    }
    if unknown.iter().any(|rest| rest != &json!({})) {
        message.extra.insert(CALLS_HINT.to_owned(), Value::Array(unknown));
    }
    Ok(())
}

type ReadCall = (ToolCall, Map<String, Value>);
/// The field of the call that is wrong, and why.
type WrongCall = (&'static str, &'static str);

/// A call, and the fields that it has beyond those that Goldset knows, with those of `function`
/// under that name.
fn read_call(value: Value) -> Result<ReadCall, WrongCall> {
    let Value::Object(mut call) = value else { return Err(("", "is not an object")) };
    let mut function = match call.shift_remove("function") {
        Some(Value::Object(function)) => function,
        Some(_) => return Err((".function", "is not an object")),
        None => std::mem::take(&mut call),
    };
    let Some(Value::String(name)) = function.shift_remove("name") else {
        return Err((".function.name", "is missing"));
    };
    let arguments = match function.shift_remove("arguments") {
        Some(Value::String(text)) => Arguments::Text(text),
        Some(other) => Arguments::Json(other),
        None => Arguments::Json(json!({})),
    };
    let id = match call.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        _ => None,
    };
    if id.is_some() {
        call.shift_remove("id");
    }
    if call.get("type") == Some(&json!("function")) {
        call.shift_remove("type");
    }
    if !function.is_empty() {
        call.insert("function".to_owned(), Value::Object(function));
    }
    Ok((ToolCall { id, name, arguments }, call))
}

/// The prompt and the response of a conversation: the response is what follows the last user
/// turn or, where there is none, the system's.
pub(super) fn split(mut messages: Vec<Message>) -> (Vec<Message>, Vec<Message>) {
    let at = match messages.iter().rposition(|message| message.role == Role::User) {
        Some(last) => last + 1,
        None => messages.iter().take_while(|message| message.role == Role::System).count(),
    };
    let response = messages.split_off(at);
    (messages, response)
}

/// The fields of a message that came from elsewhere, without notes for writers.
pub(super) fn extra(message: &Message) -> impl Iterator<Item = (&String, &Value)> {
    message.extra.iter().filter(|(key, _)| ![ROLE_HINT, CALLS_HINT, VALUE_HINT].contains(&key.as_str()))
}

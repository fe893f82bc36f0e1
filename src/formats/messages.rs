//! Messages as the chat formats have them: reading by value, and writing as each consumer likes them.

use serde_json::{Map, Value, json};

use super::Misfit;
use super::left_out::LeftOut;
use crate::example::{Arguments, Content, Message, Role, ToolCall};

/// In `Message::extra`: the word that stood for the role, where it is not the usual one.
const ROLE_HINT: &str = "_role";
/// In `Message::extra`: the fields of the tool calls that Goldset doesn't know, an object for each call.
const CALLS_HINT: &str = "_calls";
/// In `Message::extra`: the text that tool calls were read from.
pub(super) const VALUE_HINT: &str = "_value";

/// Which word stands for which role; the first for each role is the one that is written.
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

    fn usual(&self, role: Role) -> &'static str {
        self.0.iter().find(|(_, known)| *known == role).map_or(role.as_str(), |(word, _)| word)
    }

    /// The word for a message's role: that with which it came, if it still means this role here.
    pub fn word<'a>(&self, message: &'a Message) -> &'a str {
        match message.extra.get(ROLE_HINT).and_then(Value::as_str) {
            Some(word) if self.parse(word) == Some(message.role) => word,
            _ => self.usual(message.role),
        }
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
    Ok(message)
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

/// How a consumer wants its messages.
#[allow(clippy::struct_excessive_bools)] // each is a wish of its own
pub(super) struct Style {
    /// Arguments of tool calls as JSON text (hosted services) or as JSON (local trainers).
    pub text_arguments: bool,
    /// No text is written as "" and not as null or nothing.
    pub always_content: bool,
    /// Whether turns may carry weights.
    pub weights: bool,
    /// Whether fields that Goldset doesn't know are written.
    pub extra_fields: bool,
    /// Those that the consumer knows all the same.
    pub known: &'static [&'static str],
}

/// Messages as JSON, in that style.
pub(super) fn write_messages<'a>(
    messages: impl IntoIterator<Item = &'a Message>,
    style: &Style,
    left_out: &mut LeftOut,
) -> Value {
    messages.into_iter().map(|message| write_message(message, style, left_out)).collect()
}

fn write_message(message: &Message, style: &Style, left_out: &mut LeftOut) -> Value {
    let mut map = Map::new();
    map.insert("role".to_owned(), json!(CHAT_ROLES.word(message)));
    let content = match &message.content {
        Content::Absent | Content::Null if style.always_content => Some(json!("")),
        Content::Absent => None,
        Content::Null => Some(Value::Null),
        Content::Text(text) => Some(json!(text)),
        Content::Parts(parts) => Some(Value::Array(parts.clone())),
    };
    if let Some(content) = content {
        map.insert("content".to_owned(), content);
    }
    if let Some(name) = &message.name {
        map.insert("name".to_owned(), json!(name));
    }
    if !message.tool_calls.is_empty() {
        map.insert("tool_calls".to_owned(), write_calls(message, style));
    }
    if let Some(id) = &message.tool_call_id {
        map.insert("tool_call_id".to_owned(), json!(id));
    }
    match &message.weight {
        Some(weight) if style.weights => {
            map.insert("weight".to_owned(), Value::Number(weight.clone()));
        }
        Some(_) => left_out.note("weights"),
        None => {}
    }
    for (key, value) in extra(message) {
        if style.extra_fields || style.known.contains(&key.as_str()) {
            map.entry(key.as_str()).or_insert_with(|| value.clone());
        } else if !value.is_null() {
            left_out.note("extra fields");
        }
    }
    Value::Object(map)
}

/// The fields of a message that came from elsewhere, without notes for writers.
pub(super) fn extra(message: &Message) -> impl Iterator<Item = (&String, &Value)> {
    message.extra.iter().filter(|(key, _)| ![ROLE_HINT, CALLS_HINT, VALUE_HINT].contains(&key.as_str()))
}

fn write_calls(message: &Message, style: &Style) -> Value {
    let calls = &message.tool_calls;
    let unknown = message
        .extra
        .get(CALLS_HINT)
        .and_then(Value::as_array)
        .filter(|unknown| style.extra_fields && unknown.len() == calls.len());
    let write = |(index, call): (usize, &ToolCall)| {
        let mut json = styled(call, style).to_json();
        let rest = unknown.and_then(|all| all.get(index)).and_then(Value::as_object);
        if let (Some(rest), Some(call)) = (rest, json.as_object_mut()) {
            for (key, value) in rest {
                match (call.get_mut(key), value) {
                    (Some(Value::Object(function)), Value::Object(more)) if key == "function" => {
                        function.extend(more.clone());
                    }
                    _ => {
                        call.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        json
    };
    calls.iter().enumerate().map(write).collect()
}

fn styled(call: &ToolCall, style: &Style) -> ToolCall {
    let arguments = if style.text_arguments {
        Arguments::Text(call.arguments.to_text().into_owned())
    } else {
        // text that is no JSON stays text: it is what the model said
        match call.arguments.to_json() {
            Some(json) => Arguments::Json(json.into_owned()),
            None => call.arguments.clone(),
        }
    };
    ToolCall { id: call.id.clone(), name: call.name.clone(), arguments }
}

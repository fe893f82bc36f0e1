//! Messages as chat trainers take them.

use serde_json::{Map, Value, json};

use super::Unwritable;
use super::calls::CallIds;
use super::extra::write_in_message;
use super::left_out::LeftOut;
use super::messages::CALLS_HINT;
use super::plain::{not_text, plain};
use crate::example::{Arguments, Content, Message, Role, ToolCall};

/// How a consumer wants its messages.
#[allow(clippy::struct_excessive_bools)] // each is a wish of its own
pub(super) struct Style {
    /// Arguments of tool calls as JSON text (hosted services) or as JSON (local trainers).
    pub text_arguments: bool,
    /// No text is written as "" and not as null or nothing.
    pub always_content: bool,
    /// Whether a tool's result may carry the name of the tool, as templates of local models want it.
    pub tool_names: bool,
    /// Whether every tool's result must carry it.
    pub every_result_named: bool,
    /// The word for the system: newer models call it `developer`.
    pub system: &'static str,
    /// Whether assistant turns may carry weights.
    pub weights: bool,
    /// Whether `OpenAI`'s parts of content (text, images, sound, files) may stand.
    pub parts: bool,
    /// Whether fields that Goldset doesn't know are written.
    pub extra_fields: bool,
    /// Those that the consumer knows all the same.
    pub known: &'static [&'static str],
}

impl Style {
    /// Messages as `OpenAI` and the services that took over its form want them.
    pub const fn openai(extra_fields: bool) -> Self {
        Self {
            text_arguments: true,
            always_content: false,
            tool_names: false,
            every_result_named: false,
            system: "system",
            weights: true,
            parts: true,
            extra_fields,
            known: &["refusal", "audio"],
        }
    }

    /// Messages as TRL and the chat templates of local models want them: arguments as JSON and
    /// content never null (measured over 41 templates, this is what most render right).
    pub const fn template(extra_fields: bool) -> Self {
        Self {
            text_arguments: false,
            always_content: true,
            tool_names: true,
            every_result_named: false,
            system: "system",
            weights: false,
            parts: false,
            extra_fields,
            known: &[],
        }
    }
}

/// Messages as JSON, in that style.
pub(super) fn write_messages<'a>(
    messages: impl IntoIterator<Item = &'a Message>,
    style: &Style,
    ids: &mut CallIds,
    left_out: &mut LeftOut,
) -> Result<Value, Unwritable> {
    messages.into_iter().map(|message| write_message(message, style, ids, left_out)).collect()
}

fn write_message(
    message: &Message,
    style: &Style,
    ids: &mut CallIds,
    left_out: &mut LeftOut,
) -> Result<Value, Unwritable> {
    ids.turn(message.role);
    let mut map = Map::new();
    let role = if message.role == Role::System { style.system } else { message.role.as_str() };
    map.insert("role".to_owned(), json!(role));
    if let Some(content) = content(message, style)? {
        map.insert("content".to_owned(), content);
    }
    let answered = match message.role {
        Role::Tool => Some(ids.result(message.tool_call_id.as_deref(), message.name.as_deref())?),
        _ => None,
    };
    let called = answered.as_ref().filter(|_| style.every_result_named).map(|call| &call.tool);
    match called.or(message.name.as_ref()).filter(|name| !name.is_empty()) {
        Some(name) if style.tool_names || message.role != Role::Tool => {
            map.insert("name".to_owned(), json!(name));
        }
        Some(_) => left_out.note("names"),
        None => {}
    }
    if !message.tool_calls.is_empty() {
        map.insert("tool_calls".to_owned(), write_calls(message, style, ids, left_out)?);
    }
    if let Some(answered) = answered {
        map.insert("tool_call_id".to_owned(), json!(answered.id));
    }
    if let Some(weight) = &message.weight {
        match weight.as_f64() {
            // the only two that consumers take, and as integers
            Some(0.0) if style.weights && message.role == Role::Assistant => {
                map.insert("weight".to_owned(), json!(0));
            }
            Some(1.0) if style.weights && message.role == Role::Assistant => {
                map.insert("weight".to_owned(), json!(1));
            }
            _ => left_out.note("weights"),
        }
    }
    write_in_message(&mut map, message, style.extra_fields, style.known, left_out);
    Ok(Value::Object(map))
}

fn content(message: &Message, style: &Style) -> Result<Option<Value>, Unwritable> {
    Ok(match &message.content {
        Content::Absent | Content::Null if style.always_content => Some(json!("")),
        Content::Absent if message.tool_calls.is_empty() => None,
        Content::Absent | Content::Null => Some(Value::Null),
        // blanks beside a call say nothing, and are refused
        Content::Text(text) if !message.tool_calls.is_empty() && text.trim().is_empty() => Some(json!("")),
        Content::Text(text) => Some(json!(text)),
        Content::Parts(parts) if style.parts && !parts.is_empty() && parts.iter().all(is_openai) => {
            Some(Value::Array(parts.clone()))
        }
        Content::Parts(parts) => match plain(message) {
            Ok(text) => Some(json!(text)),
            Err(error) => {
                let strange = parts.iter().find(|part| !is_openai(part)).filter(|_| style.parts);
                return Err(strange.map_or(error, not_text));
            }
        },
    })
}

/// Whether a part of content is one of those that `OpenAI` has.
fn is_openai(part: &Value) -> bool {
    match part.get("type").and_then(Value::as_str) {
        Some("text") => part.get("text").is_some_and(Value::is_string),
        Some(kind) => {
            ["image_url", "input_audio", "file", "refusal"].contains(&kind) && part.get(kind).is_some()
        }
        None => false,
    }
}

fn write_calls(
    message: &Message,
    style: &Style,
    ids: &mut CallIds,
    left_out: &mut LeftOut,
) -> Result<Value, Unwritable> {
    let calls = &message.tool_calls;
    let unknown = message.extra.get(CALLS_HINT).and_then(Value::as_array);
    let unknown = unknown.filter(|unknown| unknown.len() == calls.len());
    if unknown.is_some() && !style.extra_fields {
        left_out.note("extra fields");
    }
    let unknown = unknown.filter(|_| style.extra_fields);
    let write = |(index, call): (usize, &ToolCall)| {
        let mut json = styled(call, style, ids)?.to_json();
        let rest = unknown.and_then(|all| all.get(index)).and_then(Value::as_object);
        if let (Some(rest), Some(call)) = (rest, json.as_object_mut()) {
            for (key, value) in rest {
                match (call.get_mut(key), value) {
                    (Some(Value::Object(function)), Value::Object(more)) if key == "function" => {
                        function.extend(more.clone());
                    }
                    _ => {
                        call.entry(key.as_str()).or_insert_with(|| value.clone());
                    }
                }
            }
        }
        Ok(json)
    };
    calls.iter().enumerate().map(write).collect()
}

fn styled(call: &ToolCall, style: &Style, ids: &mut CallIds) -> Result<ToolCall, Unwritable> {
    let object = object(&call.arguments)?;
    let arguments = match &call.arguments {
        Arguments::Text(text) if style.text_arguments => Arguments::Text(text.clone()),
        _ if style.text_arguments => Arguments::Text(Value::Object(object).to_string()),
        _ => Arguments::Json(Value::Object(object)),
    };
    Ok(ToolCall { id: Some(ids.call(call.id.as_deref(), &call.name)), name: call.name.clone(), arguments })
}

/// The arguments of a call: names and values, or nothing that a tool could be called with.
pub(super) fn object(arguments: &Arguments) -> Result<Map<String, Value>, Unwritable> {
    match arguments.to_json().map(std::borrow::Cow::into_owned) {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(Unwritable("a tool call's arguments are not a JSON object")),
    }
}

//! Gemini's `contents`: turns of `parts`, with calls that have objects for arguments and no ids.

use serde_json::{Map, Value, json};

use crate::example::{Arguments, Content, Message, Role, ToolCall};
use crate::formats::Misfit;
use crate::formats::calls::Answered;
use crate::formats::fields::Fields;
use crate::formats::hosted::blocks::{Block, Dialect, read_turn, read_turns};
use crate::formats::messages::read_messages;
use crate::formats::rules::Parts;

/// The dialect.
pub(super) struct Contents;

/// Under this name a result that is no JSON object stands in one.
const RESULT: &str = "result";

/// A field under its own name, or in the spelling of protocol buffers, which JSON readers take as well.
fn take(map: &mut Map<String, Value>, name: &str, snake: &str) -> Option<Value> {
    map.shift_remove(name).or_else(|| map.shift_remove(snake)).filter(|value| !value.is_null())
}

impl Dialect for Contents {
    const MODEL: &'static str = "model";
    const BLOCKS: &'static str = "parts";
    const HAS_IDS: bool = false;

    fn read(mut part: Map<String, Value>) -> Result<Block, (&'static str, &'static str)> {
        if let Some(call) = take(&mut part, "functionCall", "function_call") {
            let Value::Object(mut call) = call else { return Err((".functionCall", "is not an object")) };
            let Some(Value::String(name)) = call.shift_remove("name") else {
                return Err((".functionCall.name", "is missing"));
            };
            let arguments = take(&mut call, "args", "arguments").unwrap_or_else(|| json!({}));
            let id = call.get("id").and_then(Value::as_str).map(str::to_owned);
            return Ok(Block::Call(ToolCall { id, name, arguments: Arguments::Json(arguments) }));
        }
        if let Some(result) = take(&mut part, "functionResponse", "function_response") {
            let Value::Object(mut result) = result else {
                return Err((".functionResponse", "is not an object"));
            };
            let text = match result.shift_remove("response") {
                Some(Value::Object(map)) => said(map),
                Some(Value::String(text)) => text,
                Some(other) => other.to_string(),
                None => return Err((".functionResponse.response", "is missing")),
            };
            let text_of = |key| result.get(key).and_then(Value::as_str).map(str::to_owned);
            return Ok(Block::Result(Message {
                name: text_of("name"),
                tool_call_id: text_of("id"),
                ..Message::new(Role::Tool, text)
            }));
        }
        Ok(match part.get("text") {
            Some(Value::String(text)) if part.get("thought") == Some(&Value::Bool(true)) => {
                Block::Thought(text.clone())
            }
            Some(Value::String(text)) => Block::Text(text.clone()),
            _ => Block::Other(Value::Object(part)),
        })
    }

    fn call(_: String, name: &str, arguments: Map<String, Value>) -> Value {
        json!({"functionCall": {"name": name, "args": arguments}})
    }

    fn result(answered: Answered, text: &str) -> Value {
        let response = match serde_json::from_str(text) {
            Ok(Value::Object(map)) if !is_wrapped(text) => Value::Object(map),
            _ => json!({ RESULT: text }),
        };
        json!({"functionResponse": {"name": answered.tool, "response": response}})
    }

    fn media(part: &Value) -> Option<Value> {
        for (name, snake) in [("fileData", "file_data"), ("inlineData", "inline_data")] {
            if let Some(data) = part.get(name).or_else(|| part.get(snake)).filter(|data| data.is_object()) {
                return Some(json!({ name: data }));
            }
        }
        let url = part.get("image_url")?.get("url")?.as_str()?;
        if let Some((mime, data)) = url.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) {
            return Some(json!({"inlineData": {"mimeType": mime, "data": data}}));
        }
        let (_, ending) = url.rsplit_once('.')?;
        let mime = match ending.to_ascii_lowercase().as_str() {
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "webp" => "image/webp",
            _ => return None,
        };
        url.starts_with("gs://").then(|| json!({"fileData": {"mimeType": mime, "fileUri": url}}))
    }
}

/// What a result says: the text alone where nothing else is in it.
fn said(response: Map<String, Value>) -> String {
    match (response.get(RESULT), response.len()) {
        (Some(Value::String(text)), 1) if is_wrapped(text) => text.clone(),
        _ => Value::Object(response).to_string(),
    }
}

/// Whether a text stands in an object when it is a result: one that is no JSON object itself, or that would be
/// taken for such a text in its object when it is read.
fn is_wrapped(text: &str) -> bool {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => {
            map.len() == 1 && map.get(RESULT).and_then(Value::as_str).is_some_and(is_wrapped)
        }
        _ => true,
    }
}

/// What Gemini takes in a turn.
pub(super) const PARTS: Parts = Parts {
    demand: "text, and from the user files in Cloud Storage or inline data",
    takes: Contents::takes,
    most: usize::MAX,
};

/// Takes what the system says, which stands apart from the turns, as a message.
pub(super) fn take_system(fields: &mut Fields) -> Result<Option<Message>, Misfit> {
    let name =
        if fields.0.contains_key("systemInstruction") { "systemInstruction" } else { "system_instruction" };
    let turn = match fields.take(name) {
        None => return Ok(None),
        Some(Value::String(text)) => return Ok(Some(Message::new(Role::System, text))),
        Some(Value::Object(mut turn)) => {
            // its role means nothing
            turn.insert("role".to_owned(), json!("system"));
            Value::Object(turn)
        }
        Some(other) => return Err(Misfit::wrong_type(name, &other, "an object with parts")),
    };
    let mut message = read_turn::<Contents>(turn, name)?.pop().unwrap_or(Message::new(Role::System, ""));
    if let Content::Parts(_) = message.content {
        message.content = Content::Text(message.text().into_owned());
    }
    Ok(Some(message))
}

/// The field for what the system says.
pub(super) fn put_system(record: &mut Map<String, Value>, system: Option<String>) {
    if let Some(system) = system {
        record.insert("systemInstruction".to_owned(), json!({"parts": [{"text": system}]}));
    }
}

/// Reads `contents`, or the `messages` of Gemini 1.0's preview, with the system before them.
pub(super) fn take_turns(fields: &mut Fields) -> Result<Vec<Message>, Misfit> {
    let system = take_system(fields)?;
    let turns = match fields.take("contents") {
        Some(contents) => read_turns::<Contents>(contents, "contents")?,
        None => match fields.take("messages") {
            Some(Value::Array(mut messages)) => {
                for message in &mut messages {
                    if message.get("role").is_some_and(|role| role == "model")
                        && let Some(role) = message.get_mut("role")
                    {
                        *role = json!(Role::Assistant.as_str());
                    }
                }
                read_messages(Value::Array(messages), "messages")?
            }
            _ => return Err(Misfit::missing("contents")),
        },
    };
    if turns.is_empty() {
        return Err(Misfit::new("contents", "is an empty list"));
    }
    Ok(system.into_iter().chain(turns).collect())
}

//! Blocks of Bedrock's conversation schema, the one of its Converse API.

use serde_json::{Map, Value, json};

use crate::example::{Arguments, Example, Message, Role, ToolCall};
use crate::formats::Misfit;
use crate::formats::calls::Answered;
use crate::formats::fields::Fields;
use crate::formats::hosted::blocks::{Block, Dialect, functions, read_turns};
use crate::formats::left_out::LeftOut;
use crate::formats::rules::Parts;

/// The dialect.
pub(super) struct Converse;

/// What stands in the field `schemaVersion`.
pub(super) const VERSION: &str = "bedrock-conversation-2024";
const MEDIA: &[&str] = &["image", "video", "document"];

impl Dialect for Converse {
    const MODEL: &'static str = "assistant";
    const BLOCKS: &'static str = "content";
    const HAS_IDS: bool = true;

    fn read(mut block: Map<String, Value>) -> Result<Block, (&'static str, &'static str)> {
        if let Some(call) = block.shift_remove("toolUse") {
            let Value::Object(mut call) = call else { return Err((".toolUse", "is not an object")) };
            let Some(Value::String(name)) = call.shift_remove("name") else {
                return Err((".toolUse.name", "is missing"));
            };
            let input = call.shift_remove("input").unwrap_or_else(|| json!({}));
            let id = call.get("toolUseId").and_then(Value::as_str).map(str::to_owned);
            return Ok(Block::Call(ToolCall { id, name, arguments: Arguments::Json(input) }));
        }
        if let Some(result) = block.shift_remove("toolResult") {
            let Value::Object(mut result) = result else { return Err((".toolResult", "is not an object")) };
            let id = match result.shift_remove("toolUseId") {
                Some(Value::String(id)) => Some(id),
                _ => None,
            };
            let text = match result.shift_remove("content") {
                Some(Value::Array(blocks)) => blocks.iter().map(said).collect::<Vec<_>>().join("\n"),
                Some(other) => said(&other),
                None => return Err((".toolResult.content", "is missing")),
            };
            let message = Message { tool_call_id: id, extra: result, ..Message::new(Role::Tool, text) };
            return Ok(Block::Result(message));
        }
        let thought =
            block.get("reasoningContent").and_then(|it| it.get("reasoningText")?.get("text")?.as_str());
        Ok(match (thought, block.get("text")) {
            (Some(thought), _) => Block::Thought(thought.to_owned()),
            (None, Some(Value::String(text))) => Block::Text(text.clone()),
            _ => Block::Other(Value::Object(block)),
        })
    }

    fn call(id: String, name: &str, arguments: Map<String, Value>) -> Value {
        json!({"toolUse": {"toolUseId": id, "name": name, "input": arguments}})
    }

    fn result(answered: Answered, text: &str) -> Value {
        let content = match serde_json::from_str(text) {
            Ok(Value::Object(map)) => json!({"json": map}),
            _ => json!({"text": text}),
        };
        json!({"toolResult": {"toolUseId": answered.id, "content": [content]}})
    }

    fn media(part: &Value) -> Option<Value> {
        let is_there = |name: &&str| part.get(*name).is_some_and(Value::is_object);
        MEDIA.iter().any(is_there).then(|| part.clone())
    }
}

/// What a block of a result says.
fn said(block: &Value) -> String {
    match (block.get("text"), block.get("json")) {
        (Some(Value::String(text)), _) => text.clone(),
        (_, Some(json)) => json.to_string(),
        _ => block.as_str().map_or_else(|| block.to_string(), str::to_owned),
    }
}

/// What Nova takes in a turn: ten pictures an example, or one film.
pub(super) const PARTS: Parts =
    Parts { demand: "text, and from the user pictures or a film in S3", takes: Converse::takes, most: 10 };

/// Takes the system's blocks and the turns.
pub(super) fn take_turns(fields: &mut Fields) -> Result<Vec<Message>, Misfit> {
    fields.take("schemaVersion");
    let mut messages = Vec::new();
    match fields.take("system") {
        None => {}
        Some(Value::Array(blocks)) => {
            let texts: Vec<String> = blocks.iter().map(said).collect();
            if !texts.is_empty() {
                messages.push(Message::new(Role::System, texts.join("\n\n")));
            }
        }
        Some(Value::String(text)) => messages.push(Message::new(Role::System, text)),
        Some(other) => return Err(Misfit::wrong_type("system", &other, "a list of blocks")),
    }
    let turns = fields.take("messages").ok_or_else(|| Misfit::missing("messages"))?;
    messages.extend(read_turns::<Converse>(turns, "messages")?);
    Ok(messages)
}

/// A record with its version, and what the system says.
pub(super) fn begin(system: Option<String>) -> Map<String, Value> {
    let mut record = Map::new();
    record.insert("schemaVersion".to_owned(), json!(VERSION));
    if let Some(system) = system {
        record.insert("system".to_owned(), json!([{"text": system}]));
    }
    record
}

/// Takes the field `toolConfig`: its tools in the chat form.
pub(super) fn take_tools(fields: &mut Fields) -> Vec<Value> {
    let config = fields.take("toolConfig");
    let Some(tools) = config.as_ref().and_then(|config| config.get("tools")?.as_array()) else {
        return Vec::new();
    };
    tools.iter().map(|tool| read_tool(tool).unwrap_or_else(|| tool.clone())).collect()
}

fn read_tool(tool: &Value) -> Option<Value> {
    let mut function = tool.get("toolSpec")?.as_object()?.clone();
    if let Some(schema) = function.shift_remove("inputSchema") {
        let schema = schema.get("json").cloned().unwrap_or(schema);
        function.insert("parameters".to_owned(), schema);
    }
    Some(json!({"type": "function", "function": function}))
}

/// The field `toolConfig`, if there are tools.
pub(super) fn put_tools(record: &mut Map<String, Value>, example: &Example, left_out: &mut LeftOut) {
    let mut tools = Vec::new();
    for (tool, function) in example.prompt.tools.iter().zip(functions(example)) {
        let Some(function) = function else {
            tools.push(tool.clone());
            continue;
        };
        let mut spec = Map::new();
        for (key, value) in function {
            match key.as_str() {
                "name" | "description" => {
                    spec.insert(key.clone(), value.clone());
                }
                "parameters" | "type" => {}
                _ => left_out.note("extra fields"),
            }
        }
        let parameters = function.get("parameters").filter(|schema| schema.is_object()).cloned();
        let parameters = parameters.unwrap_or_else(|| json!({"type": "object", "properties": {}}));
        spec.insert("inputSchema".to_owned(), json!({"json": parameters}));
        tools.push(json!({"toolSpec": spec}));
    }
    if !tools.is_empty() {
        record.insert("toolConfig".to_owned(), json!({"tools": tools}));
    }
}

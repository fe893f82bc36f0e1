//! Turns that are lists of blocks (text, calls, results, media), with two speakers: the user, who also brings
//! the results of tools, and the model. Gemini's `contents` and Bedrock's conversations are such.

use serde_json::{Map, Value, json};

use crate::example::{Content, Example, Message, Role, ToolCall};
use crate::formats::calls::{Answered, CallIds};
use crate::formats::chat::object;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::extra;
use crate::formats::plain::{not_text, part_text, plain};
use crate::formats::{Misfit, Unwritable};

/// What a block is.
pub(super) enum Block {
    /// Text.
    Text(String),
    /// What the model thinks before it speaks.
    Thought(String),
    /// A call of a tool.
    Call(ToolCall),
    /// A tool's result: a turn of its own here.
    Result(Message),
    /// Anything else, kept as it came.
    Other(Value),
}

/// How a service writes turns and blocks.
pub(super) trait Dialect {
    /// The word for the model.
    const MODEL: &'static str;
    /// The field that holds a turn's blocks.
    const BLOCKS: &'static str;
    /// Whether results name the calls that they answer by ids. Else they have the tool's name, and those of
    /// one tool are told apart by their order alone.
    const HAS_IDS: bool;

    /// What a block is; the error is its field that is wrong, with the reason.
    fn read(block: Map<String, Value>) -> Result<Block, (&'static str, &'static str)>;
    /// A call, with its arguments.
    fn call(id: String, name: &str, arguments: Map<String, Value>) -> Value;
    /// The result of a call, which says that text.
    fn result(answered: Answered, text: &str) -> Value;
    /// A part of content that is not text, if it has a place.
    fn media(part: &Value) -> Option<Value>;
    /// A block of text.
    fn text(text: &str) -> Value {
        json!({"text": text})
    }
    /// Whether a part may stand in a turn: text anywhere, media from the user.
    fn takes(message: &Message, part: &Value) -> bool {
        part_text(part).is_some() || message.role == Role::User && Self::media(part).is_some()
    }
}

/// Reads a list of turns; `field` is its name in the record.
pub(super) fn read_turns<D: Dialect>(value: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    let Value::Array(turns) = value else { return Err(Misfit::wrong_type(field, &value, "a list of turns")) };
    let mut messages = Vec::with_capacity(turns.len());
    for (index, turn) in turns.into_iter().enumerate() {
        messages.extend(read_turn::<D>(turn, &format!("{field}[{index}]"))?);
    }
    Ok(messages)
}

/// Reads one turn: the results of tools that are in it stand before what else it says.
pub(super) fn read_turn<D: Dialect>(value: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    let Value::Object(mut turn) = value else {
        return Err(Misfit::wrong_type(field, &value, "a turn with its role"));
    };
    let role = match turn.shift_remove("role") {
        None | Some(Value::Null) => Role::User,
        Some(Value::String(word)) => match word.as_str() {
            "user" | "function" | "tool" => Role::User,
            "system" => Role::System,
            word if word == D::MODEL || word == "assistant" => Role::Assistant,
            word => {
                let reason = format!("is “{word}”; it should be user or {}", D::MODEL);
                return Err(Misfit::new(format!("{field}.role"), reason));
            }
        },
        Some(other) => return Err(Misfit::wrong_type(format!("{field}.role"), &other, "text")),
    };
    let inside = format!("{field}.{}", D::BLOCKS);
    let blocks = turn.shift_remove(D::BLOCKS).ok_or_else(|| Misfit::missing(&inside))?;
    let (mut messages, mut message) = read_blocks::<D>(blocks, &inside, role)?;
    message.extra = turn;
    let says_nothing = matches!(&message.content, Content::Parts(parts) if parts.is_empty());
    if says_nothing {
        message.content = if message.tool_calls.is_empty() { Content::Absent } else { Content::Null };
    }
    if !says_nothing || !message.tool_calls.is_empty() || messages.is_empty() {
        messages.push(message);
    }
    Ok(messages)
}

/// The results among a turn's blocks, and the rest as one message.
fn read_blocks<D: Dialect>(
    blocks: Value,
    field: &str,
    role: Role,
) -> Result<(Vec<Message>, Message), Misfit> {
    let blocks = match blocks {
        Value::Array(blocks) => blocks,
        text @ (Value::String(_) | Value::Object(_)) => vec![text],
        other => return Err(Misfit::wrong_type(field, &other, "a list of blocks")),
    };
    let mut results = Vec::new();
    let mut message = Message::new(role, "");
    let mut parts = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.into_iter().enumerate() {
        let block = match block {
            Value::String(text) => Block::Text(text),
            Value::Object(block) => D::read(block)
                .map_err(|(inner, reason)| Misfit::new(format!("{field}[{index}]{inner}"), reason))?,
            other => return Err(Misfit::wrong_type(format!("{field}[{index}]"), &other, "a block")),
        };
        match block {
            Block::Text(text) => parts.push(json!({"type": "text", "text": text})),
            Block::Thought(text) => parts.push(json!({"type": "thinking", "thinking": text})),
            Block::Other(value) => parts.push(value),
            Block::Call(call) => message.tool_calls.push(call),
            Block::Result(result) => results.push(result),
        }
    }
    message.content = match parts.as_slice() {
        [only] => part_text(only).map(|text| Content::Text(text.to_owned())).unwrap_or(Content::Parts(parts)),
        _ => Content::Parts(parts),
    };
    Ok((results, message))
}

/// The text of the system turn at the beginning, if there is one, and the turns after it.
pub(super) fn part_system<'a>(
    messages: &'a [Message],
    left_out: &mut LeftOut,
) -> Result<(Option<String>, &'a [Message]), Unwritable> {
    match messages {
        [first, rest @ ..] if first.role == Role::System => {
            left_out.beside_text(first);
            Ok((Some(plain(first)?.into_owned()), rest))
        }
        all => Ok((None, all)),
    }
}

/// Turns in that dialect, the results of one turn's calls in one turn.
pub(super) fn write_turns<'a, D: Dialect>(
    messages: impl IntoIterator<Item = &'a Message>,
    ids: &mut CallIds,
    left_out: &mut LeftOut,
) -> Result<Vec<Value>, Unwritable> {
    let messages: Vec<&Message> = messages.into_iter().collect();
    let are_results = |one: &&Message, other: &&Message| one.role == Role::Tool && other.role == Role::Tool;
    messages.chunk_by(are_results).map(|turn| write_turn::<D>(turn, ids, left_out)).collect()
}

fn write_turn<D: Dialect>(
    turn: &[&Message],
    ids: &mut CallIds,
    left_out: &mut LeftOut,
) -> Result<Value, Unwritable> {
    let mut role = "user";
    let mut blocks = Vec::new();
    let mut results: Vec<(Answered, Value)> = Vec::new();
    for message in turn {
        ids.turn(message.role);
        match message.role {
            Role::System => return Err(Unwritable("a system turn that is not the first")),
            Role::Assistant => role = D::MODEL,
            Role::User | Role::Tool => {}
        }
        if extra(message).next().is_some() {
            left_out.note("extra fields");
        }
        if message.weight.is_some() {
            left_out.note("weights");
        }
        if message.role == Role::Tool {
            let answered = ids.result(message.tool_call_id.as_deref(), message.name.as_deref())?;
            // the name of the tool is all that a result may be called
            if message.name.as_ref().is_some_and(|name| D::HAS_IDS || *name != answered.tool) {
                left_out.note("names");
            }
            results.push((answered.clone(), D::result(answered, &plain(message)?)));
            continue;
        }
        if message.name.is_some() {
            left_out.note("names");
        }
        blocks.extend(content::<D>(message)?);
        for call in &message.tool_calls {
            let id = ids.call(call.id.as_deref(), &call.name);
            blocks.push(D::call(id, &call.name, object(&call.arguments)?));
        }
    }
    if !D::HAS_IDS {
        put_in_order(&mut results);
    }
    blocks.extend(results.into_iter().map(|(_, result)| result));
    let mut map = Map::new();
    map.insert("role".to_owned(), json!(role));
    map.insert(D::BLOCKS.to_owned(), Value::Array(blocks));
    Ok(Value::Object(map))
}

/// Puts the results of one tool into the order of its calls, and leaves those of others where they are.
fn put_in_order(results: &mut [(Answered, Value)]) {
    for later in 1..results.len() {
        for earlier in 0..later {
            let is_late = |one: &(Answered, Value), other: &(Answered, Value)| {
                one.0.tool == other.0.tool && one.0.at > other.0.at
            };
            if results.get(earlier).zip(results.get(later)).is_some_and(|(one, other)| is_late(one, other)) {
                results.swap(earlier, later);
            }
        }
    }
}

fn content<D: Dialect>(message: &Message) -> Result<Vec<Value>, Unwritable> {
    let write = |part: &Value| match part_text(part) {
        Some(text) => Ok(D::text(text)),
        None => D::media(part).ok_or_else(|| not_text(part)),
    };
    match &message.content {
        Content::Parts(parts) => parts.iter().map(write).collect(),
        // blanks beside a call say nothing, and are refused
        _ if !message.tool_calls.is_empty() && message.text().trim().is_empty() => Ok(Vec::new()),
        _ => Ok(vec![D::text(&message.text())]),
    }
}

/// The functions that an example's tools define; `None` for a tool that is none.
pub(super) fn functions(example: &Example) -> impl Iterator<Item = Option<&Map<String, Value>>> {
    example.prompt.tools.iter().map(|tool| {
        let function = tool.get("function").unwrap_or(tool).as_object()?;
        function.get("name")?.is_string().then_some(function)
    })
}

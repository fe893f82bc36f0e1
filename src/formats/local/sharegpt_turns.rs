//! The turns of a `ShareGPT` conversation: `{"from", "value"}`, with tool calls as turns of their own.

use serde_json::{Map, Value, json};

use crate::example::{Arguments, Content, Message, Role, ToolCall};
use crate::formats::chat::object;
use crate::formats::extra::write_in_message;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::{Roles, VALUE_HINT, read_calls};
use crate::formats::plain::plain;
use crate::formats::{Misfit, Unwritable};

/// The words for who speaks, in the many dialects of this form.
pub(super) const ROLES: Roles = Roles(&[
    ("human", Role::User),
    ("gpt", Role::Assistant),
    ("system", Role::System),
    ("observation", Role::Tool),
    ("function_call", Role::Assistant),
    ("user", Role::User),
    ("assistant", Role::Assistant),
    ("tool", Role::Tool),
    ("chatgpt", Role::Assistant),
    ("bard", Role::Assistant),
    ("bing", Role::Assistant),
    ("model", Role::Assistant),
    ("function_response", Role::Tool),
    ("User", Role::User),
    ("Assistant", Role::Assistant),
    ("System", Role::System),
]);

/// A turn of this kind calls tools: its value is the JSON text of one call or of a list of them.
const CALL: &str = "function_call";

/// What a dialect of this form calls its fields and its speakers.
pub(super) struct Words {
    /// The field that says who speaks.
    pub from: &'static str,
    /// The field that holds what is said.
    pub value: &'static str,
    /// The system.
    pub system: &'static str,
    /// The person.
    pub user: &'static str,
    /// The model.
    pub model: &'static str,
    /// What a tool gave back.
    pub tool: &'static str,
}

impl Words {
    /// The words of `ShareGPT` and of LLaMA-Factory.
    pub const SHAREGPT: Self = Self {
        from: "from",
        value: "value",
        system: "system",
        user: "human",
        model: "gpt",
        tool: "observation",
    };
    /// The words of `OpenAI`'s messages.
    pub const MESSAGES: Self = Self {
        from: "role",
        value: "content",
        system: "system",
        user: "user",
        model: "assistant",
        tool: "tool",
    };
    /// `OpenAI`'s speakers under `ShareGPT`'s fields.
    pub const QWEN: Self = Self { from: "from", value: "value", ..Self::MESSAGES };
    /// The same with capitals.
    pub const NEMO: Self = Self { system: "System", user: "User", model: "Assistant", ..Self::QWEN };

    /// The word for who says a message, which may be a call.
    fn speaker(&self, message: &Message) -> &'static str {
        match message.role {
            Role::Assistant if !message.tool_calls.is_empty() => CALL,
            Role::Assistant => self.model,
            Role::System => self.system,
            Role::User => self.user,
            Role::Tool => self.tool,
        }
    }

    /// Whether a turn's word is one that this dialect uses, so that there is nothing to remember of it.
    pub fn has(&self, word: &str) -> bool {
        [CALL, self.system, self.user, self.model, self.tool].contains(&word)
    }
}

/// Reads a list of turns; `field` is its name in the record.
pub(super) fn read_turns(value: Value, field: &str) -> Result<Vec<Message>, Misfit> {
    match value {
        Value::Array(turns) => turns
            .into_iter()
            .enumerate()
            .map(|(index, turn)| {
                read_turn(turn, field).map_err(|misfit| {
                    Misfit::new(misfit.field.replacen(field, &format!("{field}[{index}]"), 1), misfit.reason)
                })
            })
            .collect(),
        other => Err(Misfit::wrong_type(field, &other, "a list of turns")),
    }
}

/// Reads one turn; `from` and `value` may also be called `role` and `content`.
pub(super) fn read_turn(turn: Value, field: &str) -> Result<Message, Misfit> {
    let path = |inner: &str| format!("{field}{inner}");
    let Value::Object(mut map) = turn else {
        return Err(Misfit::wrong_type(field, &turn, "a turn with from and value"));
    };
    let word = match map.shift_remove("from").or_else(|| map.shift_remove("role")) {
        Some(Value::String(word)) => word,
        Some(other) => return Err(Misfit::wrong_type(path(".from"), &other, "text")),
        None => return Err(Misfit::new(path(".from"), "is missing")),
    };
    let calls = word == CALL;
    let (role, extra) = ROLES.read(word, || path(".from"))?;
    let mut message = Message { content: Content::Absent, extra, ..Message::new(role, "") };
    match map.shift_remove("value").or_else(|| map.shift_remove("content")) {
        Some(Value::String(text)) if calls => read_call_text(text, &mut message),
        Some(Value::String(text)) => message.content = Content::Text(text),
        Some(Value::Array(parts)) => message.content = Content::Parts(parts),
        Some(Value::Null) => message.content = Content::Null,
        Some(other) => return Err(Misfit::wrong_type(path(".value"), &other, "text")),
        None => return Err(Misfit::new(path(".value"), "is missing")),
    }
    if let Some(Value::Number(_)) = map.get("weight")
        && let Some(Value::Number(weight)) = map.shift_remove("weight")
    {
        message.weight = Some(weight);
    }
    message.extra.extend(map);
    Ok(message)
}

/// The calls that the text stands for; text that stands for none is kept as what was said.
fn read_call_text(text: String, message: &mut Message) {
    let calls = match serde_json::from_str(&text) {
        Ok(Value::Array(calls)) if !calls.is_empty() => calls,
        Ok(call @ Value::Object(_)) => vec![call],
        _ => Vec::new(),
    };
    let before = message.extra.clone();
    let read = !calls.is_empty() && read_calls(calls, message, |_, _| String::new()).is_ok();
    if read {
        message.extra = before;
        message.extra.insert(VALUE_HINT.to_owned(), Value::String(text));
    } else {
        message.tool_calls.clear();
        message.extra = before;
        message.content = Content::Text(text);
    }
}

/// A conversation that is being written, for trainers that take the sides by the places of the
/// turns: after the system a person (or a tool's result), then the model, and so on.
#[derive(Clone)]
pub(super) struct Turns {
    words: &'static Words,
    turns: Vec<Turn>,
}

#[derive(Clone)]
struct Turn {
    from: &'static str,
    /// Which side speaks: `None` is the system.
    is_model: Option<bool>,
    fields: Map<String, Value>,
}

impl Turns {
    /// No turns yet.
    pub const fn new(words: &'static Words) -> Self {
        Self { words, turns: Vec::new() }
    }

    /// Adds a message. Two turns of one speaker in a row become one.
    pub fn push(
        &mut self,
        message: &Message,
        extra_fields: bool,
        left_out: &mut LeftOut,
    ) -> Result<(), Unwritable> {
        let said = plain(message)?;
        let from = self.words.speaker(message);
        let value = if message.tool_calls.is_empty() {
            said.into_owned()
        } else if said.trim().is_empty() {
            call_text(message)?
        } else {
            return Err(Unwritable("text beside a tool call"));
        };
        note_ids(message, left_out);
        if message.weight.is_some() {
            left_out.note("weights");
        }
        let is_model = (message.role != Role::System).then_some(message.role == Role::Assistant);
        match self.turns.last_mut() {
            None if is_model == Some(true) => {
                return Err(Unwritable("the conversation begins with the assistant"));
            }
            Some(last) if last.is_model.is_none() && is_model == Some(true) => {
                return Err(Unwritable("the conversation begins with the assistant"));
            }
            Some(_) if is_model.is_none() => {
                return Err(Unwritable("a system turn that is not the first"));
            }
            Some(last) if last.is_model == is_model => {
                if last.from != from || from == CALL {
                    return Err(Unwritable("two turns of one side in a row that can't be joined"));
                }
                left_out.note("where turns end");
                if let Some(Value::String(text)) = last.fields.get_mut(self.words.value) {
                    text.push_str("\n\n");
                    text.push_str(&value);
                }
                write_in_message(&mut last.fields, message, extra_fields, &[], left_out);
                return Ok(());
            }
            _ => {}
        }
        let mut turn = Turn { from, is_model, fields: Map::new() };
        turn.fields.insert(self.words.from.to_owned(), json!(from));
        turn.fields.insert(self.words.value.to_owned(), json!(value));
        write_in_message(&mut turn.fields, message, extra_fields, &[], left_out);
        self.turns.push(turn);
        Ok(())
    }

    /// The turns of a conversation that ends with the model.
    pub fn answered(self) -> Result<Value, Unwritable> {
        if self.ends_with_model() == Some(true) {
            Ok(self.into_json())
        } else {
            Err(Unwritable("the response doesn't end with the assistant"))
        }
    }

    /// The turns of a conversation that waits for the model.
    pub fn asked(self) -> Result<Value, Unwritable> {
        if self.ends_with_model() == Some(false) {
            Ok(self.into_json())
        } else {
            Err(Unwritable("the prompt doesn't end with a user turn"))
        }
    }

    /// The one turn by which this conversation is longer than `prompt`.
    pub fn beyond(mut self, prompt: &Self) -> Result<Value, Unwritable> {
        match self.turns.pop() {
            Some(answer) if self.turns.len() == prompt.turns.len() && answer.is_model == Some(true) => {
                Ok(Value::Object(answer.fields))
            }
            _ => Err(Unwritable("the response is more than one turn (tool calls)")),
        }
    }

    fn ends_with_model(&self) -> Option<bool> {
        self.turns.last()?.is_model
    }

    fn into_json(self) -> Value {
        self.turns.into_iter().map(|turn| Value::Object(turn.fields)).collect()
    }
}

fn note_ids(message: &Message, left_out: &mut LeftOut) {
    if message.name.is_some() {
        left_out.note("names");
    }
    if message.tool_call_id.is_some() || message.tool_calls.iter().any(|call| call.id.is_some()) {
        left_out.note("ids of tool calls");
    }
}

/// The JSON text of a message's calls: that which they were read from, if they are still the same.
fn call_text(message: &Message) -> Result<String, Unwritable> {
    let calls = message
        .tool_calls
        .iter()
        .map(|call| Ok(json!({"name": call.name, "arguments": object(&call.arguments)?})))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(Value::String(text)) = message.extra.get(VALUE_HINT) {
        let mut again = Message::new(Role::Assistant, "");
        read_call_text(text.clone(), &mut again);
        let unquoted = |call: &ToolCall| matches!(call.arguments, Arguments::Json(_));
        if again.tool_calls == message.tool_calls && again.tool_calls.iter().all(unquoted) {
            return Ok(text.clone());
        }
    }
    match <[Value; 1]>::try_from(calls) {
        Ok([only]) => Ok(only.to_string()),
        Err(several) => Ok(Value::Array(several).to_string()),
    }
}

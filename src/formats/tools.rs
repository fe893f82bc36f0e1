//! Tool definitions: a list, or the JSON text of one.

use serde_json::{Value, json};

use super::fields::{Fields, Hints, hint};
use super::{Misfit, Unwritable};
use crate::example::Example;

/// Takes the field `tools`, and notes how it came where that is not a plain list.
pub(super) fn read(fields: &mut Fields, hints: &mut Hints) -> Result<Vec<Value>, Misfit> {
    let Some(came) = fields.take("tools") else { return Ok(read_legacy(fields)) };
    let Some(tools) = parse(&came) else {
        return Err(match came {
            Value::String(_) => Misfit::new("tools", "is text that is not a JSON list of tools"),
            other => Misfit::wrong_type("tools", &other, "a list of tools"),
        });
    };
    if came.is_string() || tools.is_empty() {
        hints.note("tools", came);
    }
    Ok(tools)
}

/// The tools of 2023, `functions`: bare definitions.
fn read_legacy(fields: &mut Fields) -> Vec<Value> {
    match fields.take("functions") {
        Some(Value::Array(functions)) => functions,
        Some(other) => {
            fields.0.insert("functions".to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn parse(came: &Value) -> Option<Vec<Value>> {
    match came {
        Value::Array(tools) => Some(tools.clone()),
        Value::String(text) if text.trim().is_empty() => Some(Vec::new()),
        Value::String(text) => match serde_json::from_str(text) {
            Ok(Value::Array(tools)) => Some(tools),
            Ok(tool @ Value::Object(_)) => Some(vec![tool]),
            _ => None,
        },
        _ => None,
    }
}

/// The field `tools` as a list of definitions in the chat form, if there are any.
pub(super) fn list(example: &Example) -> Result<Option<Value>, Unwritable> {
    let tools: Vec<Value> = example.prompt.tools.iter().map(chat_form).collect::<Result<_, _>>()?;
    Ok((!tools.is_empty()).then_some(Value::Array(tools)))
}

/// The same as JSON text, for readers that would give all rows the fields of every tool.
pub(super) fn text(example: &Example) -> Result<Option<Value>, Unwritable> {
    Ok(list(example)?.map(|list| Value::String(list.to_string())))
}

/// `{"type": "function", "function": {name, description, parameters}}`; the inner object may come alone.
fn chat_form(tool: &Value) -> Result<Value, Unwritable> {
    let Value::Object(map) = tool else { return Err(Unwritable("a tool definition is not an object")) };
    Ok(if map.get("function").is_some_and(Value::is_object) {
        let mut map = map.clone();
        if !map.contains_key("type") {
            map.shift_insert(0, "type".to_owned(), Value::from("function"));
        }
        Value::Object(map)
    } else if map.contains_key("name") {
        let mut function = map.clone();
        if function.get("type").is_some_and(|kind| kind == "function") {
            function.shift_remove("type");
        }
        json!({"type": "function", "function": function})
    } else {
        tool.clone()
    })
}

/// The field `tools` as `ShareGPT` has it, JSON text: as it came, if it is still the same.
pub(super) fn as_it_came(example: &Example, format: &str) -> Option<Value> {
    let tools = &example.prompt.tools;
    if let Some(came) = hint(&example.metadata, format, "tools")
        && came.as_str().is_some_and(|text| !text.trim().is_empty())
        && parse(came).as_ref() == Some(tools)
    {
        return Some(came.clone());
    }
    (!tools.is_empty()).then(|| Value::String(Value::Array(tools.clone()).to_string()))
}

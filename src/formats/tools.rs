//! Tool definitions: a list, or the JSON text of one.

use serde_json::Value;

use super::Misfit;
use super::fields::{Fields, Hints, hint};
use crate::example::Example;

/// Takes the field `tools`, and notes how it came where that is not a plain list.
pub(super) fn read(fields: &mut Fields, hints: &mut Hints) -> Result<Vec<Value>, Misfit> {
    let Some(came) = fields.take("tools") else { return Ok(Vec::new()) };
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

/// The field `tools`: as it came, if it came in this format and is still the same.
pub(super) fn write(example: &Example, format: &str, as_text: bool) -> Option<Value> {
    let tools = &example.prompt.tools;
    if let Some(came) = hint(&example.metadata, format, "tools")
        && parse(came).as_ref() == Some(tools)
    {
        return Some(came.clone());
    }
    if tools.is_empty() {
        return None;
    }
    let list = Value::Array(tools.clone());
    Some(if as_text { Value::String(list.to_string()) } else { list })
}

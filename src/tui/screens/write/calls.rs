//! Tool definitions and tool calls as JSON that people type, and back.

use serde_json::{Map, Value};

use crate::example::{Arguments, ToolCall};

/// Why typed JSON is not what is wanted: said after the name of the field.
pub type Broken = String;

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

/// Tool definitions as the text that is typed; empty where there are none.
pub fn tools_text(tools: &[Value]) -> String {
    if tools.is_empty() { String::new() } else { pretty(&Value::Array(tools.to_vec())) }
}

/// Tool definitions as they were typed: a list of objects.
pub fn tools_of(text: &str) -> Result<Vec<Value>, Broken> {
    list(text, "tools")
}

/// Tool calls as the text that is typed: `[{"id"?, "name", "arguments"}]`; empty where there are none.
pub fn calls_text(calls: &[ToolCall]) -> String {
    if calls.is_empty() {
        return String::new();
    }
    let call = |call: &ToolCall| {
        let mut map = Map::new();
        if let Some(id) = &call.id {
            map.insert("id".to_owned(), Value::String(id.clone()));
        }
        map.insert("name".to_owned(), Value::String(call.name.clone()));
        let arguments = call.arguments.to_json().map_or_else(
            // What is no JSON is shown as the text that it is.
            || Value::String(call.arguments.to_text().into_owned()),
            std::borrow::Cow::into_owned,
        );
        map.insert("arguments".to_owned(), arguments);
        Value::Object(map)
    };
    pretty(&Value::Array(calls.iter().map(call).collect()))
}

/// Tool calls as they were typed. Arguments that say the same as before stay as they were written;
/// new ones are text or JSON, as those before them.
pub fn calls_of(text: &str, before: &[ToolCall]) -> Result<Vec<ToolCall>, Broken> {
    let as_text = before.iter().any(|call| matches!(call.arguments, Arguments::Text(_)));
    let typed = list(text, "tool calls")?;
    let calls = typed.iter().enumerate().map(|(at, value)| {
        let mut call = ToolCall::from_json(value).map_err(|error| format!("number {}: {error}", at + 1))?;
        let same = before.iter().find(|old| old.name == call.name && says_the_same(old, &call));
        if let Some(same) = same {
            call.arguments.clone_from(&same.arguments);
        } else if as_text && let Arguments::Json(json) = &call.arguments {
            call.arguments = Arguments::Text(json.to_string());
        }
        Ok(call)
    });
    calls.collect()
}

fn says_the_same(one: &ToolCall, other: &ToolCall) -> bool {
    one.arguments == other.arguments
        || matches!((one.arguments.to_json(), other.arguments.to_json()), (Some(a), Some(b)) if a == b)
}

fn list(text: &str, what: &str) -> Result<Vec<Value>, Broken> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        format!("line {}, column {}: this is no JSON ({error})", error.line(), error.column())
    })?;
    match value {
        Value::Array(list) if list.iter().all(Value::is_object) => Ok(list),
        // One alone needs no brackets.
        Value::Object(_) => Ok(vec![value]),
        _ => Err(format!("{what} are a list of objects: [{{…}}]")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(arguments: Arguments) -> ToolCall {
        ToolCall { id: Some("c1".to_owned()), name: "tide".to_owned(), arguments }
    }

    #[test]
    fn calls_come_back_as_they_were() {
        for arguments in [
            Arguments::Text("{\"h\":  1}".to_owned()),
            Arguments::Json(json!({"h": 1})),
            Arguments::Text("{broken".to_owned()),
        ] {
            let calls = vec![call(arguments)];
            assert_eq!(calls_of(&calls_text(&calls), &calls).unwrap(), calls);
        }
        assert_eq!(calls_of(" \n", &[]).unwrap(), []);
    }

    #[test]
    fn new_arguments_are_of_the_kind_that_was_there() {
        let typed = "{\"name\": \"tide\", \"arguments\": {\"h\": 2}}";
        let text = calls_of(typed, &[call(Arguments::Text("{}".to_owned()))]).unwrap();
        assert_eq!(text[0].arguments, Arguments::Text("{\"h\":2}".to_owned()));
        let json = calls_of(typed, &[call(Arguments::Json(json!({})))]).unwrap();
        assert_eq!(json[0].arguments, Arguments::Json(json!({"h": 2})));
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        assert!(calls_of("[\n{\"name\":}]", &[]).unwrap_err().starts_with("line 2, column 9"));
        assert!(calls_of("[{}]", &[]).unwrap_err().starts_with("number 1: "));
        assert!(tools_of("[1]").unwrap_err().contains("list of objects"));
        assert_eq!(tools_of("[{\"name\": \"x\"}]").unwrap(), [json!({"name": "x"})]);
    }
}

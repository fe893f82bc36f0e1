//! Tool calls held against the tools of the prompt: the name, and the arguments by their JSON Schema.

use serde_json::Value;

use crate::curation::contract::Judge;
use crate::example::{Contract, Message};
use crate::tui::beside::Remark;

/// What is wrong with the calls of a turn; `field` is what their typing is called.
pub fn remarks(field: &str, message: &Message, tools: &[Value], remarks: &mut Vec<Remark>) {
    let mut remark = |sentence: String| {
        let field = field.to_owned();
        remarks.push(Remark { field, sentence, range: None, place: None, is_wrong: true });
    };
    for call in &message.tool_calls {
        let name = &call.name;
        let Some(arguments) = call.arguments.to_json() else {
            remark(format!("{name}: the arguments are no JSON"));
            continue;
        };
        let functions = || tools.iter().map(|tool| tool.get("function").unwrap_or(tool));
        let of_that_name = |function: &&Value| function.get("name").and_then(Value::as_str) == Some(name);
        match functions().find(of_that_name) {
            Some(function) => {
                // Anthropic and others call it so.
                let schema = function.get("parameters").or_else(|| function.get("input_schema"));
                for sentence in broken(schema, &arguments) {
                    remark(format!("{name}: {sentence}"));
                }
            }
            None if tools.is_empty() => {}
            None => remark(format!("no tool is called “{name}”")),
        }
    }
}

/// In what arguments break a schema; nothing where the schema itself can't be understood.
fn broken(schema: Option<&Value>, arguments: &Value) -> Vec<String> {
    let Some(schema) = schema.filter(|schema| schema.is_object()) else { return Vec::new() };
    let contract = Contract { schema: Some(schema.clone()), ..Contract::default() };
    let Ok(judge) = Judge::new(&contract) else { return Vec::new() };
    judge.judge(&arguments.to_string(), None).into_iter().map(|violation| violation.sentence).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(calls: &Value, tools: &[Value]) -> Vec<String> {
        let message =
            Message::from_json(&json!({"role": "assistant", "content": null, "tool_calls": calls})).unwrap();
        let mut found = Vec::new();
        remarks("response/x/0/calls", &message, tools, &mut found);
        found.into_iter().map(|remark| remark.sentence).collect()
    }

    #[test]
    fn arguments_are_held_against_the_tool_of_that_name() {
        let parameters =
            json!({"type": "object", "required": ["order"], "properties": {"order": {"type": "string"}}});
        let tools = [json!({"type": "function", "function": {"name": "look_up", "parameters": parameters}})];
        let call =
            |name: &str, arguments: Value| json!([{"function": {"name": name, "arguments": arguments}}]);
        assert!(told(&call("look_up", json!({"order": "88"})), &tools).is_empty());
        assert!(told(&call("look_up", json!("{\"order\": \"88\"}")), &tools).is_empty());
        assert!(told(&call("look_up", json!({"order": 88})), &tools)[0].starts_with("look_up: order"));
        assert!(told(&call("look_up", json!({})), &tools)[0].contains("order"));
        assert_eq!(told(&call("look_up", json!("{")), &tools), ["look_up: the arguments are no JSON"]);
        assert_eq!(told(&call("find", json!({})), &tools), ["no tool is called “find”"]);
        assert!(told(&call("find", json!({})), &[]).is_empty(), "no tools are known");
        let odd = [json!({"name": "find", "parameters": {"type": 7}})];
        assert!(told(&call("find", json!({})), &odd).is_empty(), "a schema that is none judges nothing");
    }
}

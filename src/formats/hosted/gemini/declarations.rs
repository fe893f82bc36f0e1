//! Gemini's tools: lists of function declarations.

use serde_json::{Map, Value, json};

use crate::example::Example;
use crate::formats::fields::Fields;
use crate::formats::hosted::blocks::functions;
use crate::formats::left_out::LeftOut;

/// What a declaration may have beside its name, as it is.
const KNOWN: &[&str] = &["description", "parametersJsonSchema", "response", "responseJsonSchema", "behavior"];

/// Takes the field `tools`: its functions in the chat form, what else there is as it came.
pub(super) fn take(fields: &mut Fields) -> Vec<Value> {
    let tools = match fields.take("tools") {
        Some(Value::Array(tools)) => tools,
        Some(tool) => vec![tool],
        None => Vec::new(),
    };
    let mut read = Vec::with_capacity(tools.len());
    for mut tool in tools {
        let names = ["functionDeclarations", "function_declarations"];
        let declared = names.iter().find_map(|name| tool.as_object_mut()?.shift_remove(*name));
        match declared {
            Some(Value::Array(declared)) => read.extend(
                declared
                    .into_iter()
                    .map(|function| json!({"type": "function", "function": read_declaration(function)})),
            ),
            Some(other) => read.push(other),
            None => read.push(tool),
        }
    }
    read
}

/// A declaration as all others have it: a JSON Schema has the name that schemas have anywhere.
fn read_declaration(mut function: Value) -> Value {
    if let Some(map) = function.as_object_mut()
        && !map.contains_key("parameters")
        && let Some(schema) = map.shift_remove("parametersJsonSchema")
    {
        map.insert("parameters".to_owned(), schema);
    }
    function
}

/// The field `tools`, if there are any.
pub(super) fn put(record: &mut Map<String, Value>, example: &Example, left_out: &mut LeftOut) {
    let mut declared = Vec::new();
    let mut tools = Vec::new();
    for (tool, function) in example.prompt.tools.iter().zip(functions(example)) {
        match function {
            Some(function) => declared.push(declaration(function, left_out)),
            None => tools.push(tool.clone()),
        }
    }
    if !declared.is_empty() {
        tools.insert(0, json!({"functionDeclarations": declared}));
    }
    if !tools.is_empty() {
        record.insert("tools".to_owned(), Value::Array(tools));
    }
}

fn declaration(function: &Map<String, Value>, left_out: &mut LeftOut) -> Value {
    let mut declaration = Map::new();
    for (key, value) in function {
        match key.as_str() {
            "name" => {
                declaration.insert(key.clone(), value.clone());
            }
            "parameters" if is_schema(value) => {
                declaration.insert(key.clone(), value.clone());
            }
            "parameters" if !value.is_null() => {
                declaration.insert("parametersJsonSchema".to_owned(), value.clone());
            }
            known if KNOWN.contains(&known) => {
                declaration.insert(key.clone(), value.clone());
            }
            "type" | "parameters" => {}
            _ => left_out.note("extra fields"),
        }
    }
    Value::Object(declaration)
}

/// Whether a schema is one of Gemini's own, which are a part of `OpenAPI`'s: any other is a JSON Schema.
fn is_schema(schema: &Value) -> bool {
    let Value::Object(map) = schema else { return false };
    map.iter().all(|(key, value)| match key.as_str() {
        "items" | "additionalProperties" => value.is_boolean() && key != "items" || is_schema(value),
        "properties" => value.as_object().is_some_and(|fields| fields.values().all(is_schema)),
        "anyOf" => value.as_array().is_some_and(|any| any.iter().all(is_schema)),
        "enum" | "required" | "propertyOrdering" => {
            value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
        }
        "type" | "description" | "title" | "format" | "pattern" => value.is_string(),
        "nullable" => value.is_boolean(),
        "maximum" | "minimum" => value.is_number(),
        "maxItems" | "minItems" | "maxLength" | "minLength" | "maxProperties" | "minProperties" => {
            value.is_u64()
        }
        "default" | "example" => true,
        _ => false,
    })
}

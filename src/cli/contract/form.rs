//! The files that a contract can stand in: JSON or TOML of its parts, or a JSON Schema by itself.

use std::path::Path;

use serde_json::{Map, Value};

use crate::cli::failure::{Failure, Result};
use crate::cli::input;
use crate::example::Contract;
use crate::text::json::syntax;
use crate::text::place::position;
use crate::text::toml_error::TomlError;

/// Keywords by one of which a JSON Schema is known.
const KEYWORDS: [&str; 16] = [
    "$schema",
    "$id",
    "$ref",
    "$defs",
    "definitions",
    "type",
    "properties",
    "required",
    "items",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "allOf",
    "not",
    "additionalProperties",
];

/// A result, or a sentence that names the file and the place.
type Parsed<T> = std::result::Result<T, String>;

/// The contract of a file.
pub(super) fn contract(path: &Path) -> Result<Contract> {
    let (name, text) = input::text(path)?;
    parse(&name, &text).map_err(Failure::Said)
}

/// The JSON Schema of a file.
pub(super) fn schema(path: &Path) -> Result<Value> {
    let (name, text) = input::text(path)?;
    object(&name, &text).map(Value::Object).map_err(Failure::Said)
}

fn parse(name: &str, text: &str) -> Parsed<Contract> {
    let parts = object(name, text)?;
    let known = |names: &[&str]| parts.keys().any(|key| names.contains(&key.as_str()));
    if known(&KEYWORDS) && !known(&Contract::PARTS) {
        return Ok(Contract { schema: Some(Value::Object(parts)), ..Contract::default() });
    }
    let all = Contract::PARTS.join(", ");
    if let Some(key) = parts.keys().find(|key| !Contract::PARTS.contains(&key.as_str())) {
        return Err(format!(
            "{name}: “{key}” is no part of a contract; there are: {all}. A JSON Schema stands under schema, or by itself"
        ));
    }
    if parts.is_empty() {
        return Err(format!("{name}: nothing is asked for in it; the parts of a contract are: {all}"));
    }
    // One by one, so that the one can be named that is wrong.
    for (part, value) in &parts {
        let alone = Map::from_iter([(part.clone(), value.clone())]);
        serde_json::from_value::<Contract>(alone.into())
            .map_err(|error| format!("{name}: {part}: {error}"))?;
    }
    serde_json::from_value(parts.into()).map_err(|error| format!("{name}: {error}"))
}

fn object(name: &str, text: &str) -> Parsed<Map<String, Value>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wrong = |at: usize, reason: &str| {
        let place = position(text, at);
        format!("{name}, line {}, column {}: {reason}", place.line, place.column)
    };
    if text.trim().is_empty() {
        return Err(format!("{name}: it is empty, so the contract stays as it is"));
    }
    let value = if text.trim_start().starts_with(['{', '[']) && !is_toml_table(text) {
        serde_json::from_str(text).map_err(|error| match syntax::check(text) {
            Err(fault) => wrong(fault.range.start, &fault.reason),
            Ok(()) => format!("{name}: {error}"),
        })?
    } else {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            wrong(error.span().map_or(0, |span| span.start), &TomlError::of(text, &error).reason)
        })?
    };
    match value {
        Value::Object(parts) => Ok(parts),
        _ => Err(format!("{name}: a contract is an object of parts, and not a list")),
    }
}

/// Whether what begins with a bracket is the `[table]` of a TOML file.
fn is_toml_table(text: &str) -> bool {
    let inside = text.trim_start().strip_prefix('[').unwrap_or_default().trim_start_matches('[');
    inside.split_once(']').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '.' | '-'))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_toml_and_a_bare_schema_are_read() {
        let whole = json!({"schema": {"type": "object"}, "must_match": ["a"], "tokens": {"max": 9}});
        let read = parse("f", &whole.to_string()).unwrap();
        let toml = "must_match = [\"a\"]\n[schema]\ntype = \"object\"\n[tokens]\nmax = 9\n";
        assert_eq!(parse("f", toml).unwrap(), read);
        assert_eq!(parse("f", "[tokens]\nmax = 9\n").unwrap().tokens.max, Some(9));
        assert_eq!(parse("f", "\u{feff}[[must_match]]\npattern = \"x\"\n").unwrap().must_match.len(), 1);
        for schema in [json!({"type": "string"}), json!({"$ref": "#/$defs/a"}), json!({"properties": {}})] {
            assert_eq!(parse("f", &schema.to_string()).unwrap().schema, Some(schema));
        }
        assert_eq!(parse("f", "type = \"string\"").unwrap().schema, Some(json!({"type": "string"})));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, sentence) in [
            ("{\"schema\": {},}", "f, line 1, column 14: there is nothing between"),
            ("{\n \"a\" 1}", "f, line 2, column 6: a colon is expected"),
            ("a = 1\nb = [", "f, line 2"),
            ("{\"typo\": 1}", "f: “typo” is no part of a contract; there are: only, schema,"),
            ("{\"schema\": {}, \"type\": 1}", "f: “type” is no part"),
            ("{\"tokens\": {\"max\": -1}}", "f: tokens: invalid number"),
            ("{\"must_match\": [3]}", "f: must_match: a pattern is text, or has"),
            ("{}", "f: nothing is asked for"),
            ("[1]", "f: a contract is an object"),
            (" \n", "f: it is empty, so the contract stays as it is"),
            ("just words", "f, line 1"),
        ] {
            let error = parse("f", text).unwrap_err();
            assert!(error.starts_with(sentence), "{text}: {error}");
        }
    }
}

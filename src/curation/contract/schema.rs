//! The JSON Schema of a contract, compiled by the crate `jsonschema`.
//!
//! The draft is the one that `$schema` names, or 2020-12; `format` is asserted. Nothing is ever
//! fetched: what `$ref` means must stand in the schema itself.

use std::error::Error;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, ReferencingError, Retrieve, Uri, Validator};
use serde_json::Value;

use super::violation::{MOST_VIOLATIONS, Place, Rule, Violation};
use super::{ContractError, explain, path};
use crate::text::json::{locate, syntax};

/// Limits of the expressions in `pattern`: the engine takes look-around too, and gives up where
/// that takes too many steps.
const BACKTRACK_LIMIT: usize = 100_000;
const SIZE_LIMIT: usize = 1 << 20;

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Schema(Validator);

/// Refuses to fetch.
struct Nothing;

impl Retrieve for Nothing {
    fn retrieve(&self, _: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        Err("nothing is fetched".into())
    }
}

impl Schema {
    pub(super) fn new(schema: &Value) -> Result<Self, ContractError> {
        if !schema.is_object() && !schema.is_boolean() {
            return Err(ContractError::new("schema", "a JSON Schema is an object, or true or false"));
        }
        let patterns = PatternOptions::fancy_regex()
            .backtrack_limit(BACKTRACK_LIMIT)
            .size_limit(SIZE_LIMIT)
            .dfa_size_limit(SIZE_LIMIT);
        let options = jsonschema::options()
            .with_retriever(Nothing)
            .with_pattern_options(patterns)
            .should_validate_formats(true);
        if Draft::Draft202012.detect(schema) == Draft::Unknown {
            let named = super::show::value(schema.get("$schema").unwrap_or(&Value::Null));
            let reason = format!(
                "{named} is no draft that is known here; the newest is https://json-schema.org/draft/2020-12/schema"
            );
            return Err(ContractError::new("schema.$schema", reason));
        }
        options.build(schema).map(Self).map_err(|error| {
            let reason = match error.kind() {
                ValidationErrorKind::Referencing(ReferencingError::Unretrievable { uri, .. }) => format!(
                    "$ref means {uri}, which stands elsewhere, and a contract fetches nothing; put what it \
                     means under $defs and refer to it by #/$defs/NAME"
                ),
                ValidationErrorKind::Referencing(ReferencingError::PointerToNowhere { pointer }) => {
                    format!("$ref means #{pointer}, and nothing stands there")
                }
                ValidationErrorKind::Referencing(other) => other.to_string(),
                _ => {
                    let fault = explain::faults(&error).into_iter().next();
                    return fault.map_or_else(
                        || ContractError::new("schema", explain::bare(&error)),
                        |fault| ContractError::new(place(schema, &fault.pointer), fault.reason),
                    );
                }
            };
            ContractError::new(place(schema, error.instance_path().as_str()), reason)
        })
    }

    /// Says what breaks the schema; that the text is no JSON is one violation.
    pub(super) fn judge(&self, text: &str, found: &mut Vec<Violation>) {
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return found.push(not_json(text, &error)),
        };
        if self.0.is_valid(&value) {
            return;
        }
        for error in self.0.iter_errors(&value) {
            for fault in explain::faults(&error) {
                if found.len() == MOST_VIOLATIONS {
                    return;
                }
                let place = locate::locate(text, &fault.pointer).map(|span| {
                    let range = if fault.on_key { span.key.unwrap_or(span.value) } else { span.value };
                    Place::of(text, range)
                });
                let (path, sentence) = fault.told(&value);
                let violation = Violation { rule: Rule::Schema, sentence, path, place };
                // What several branches of `allOf` ask for is told once.
                if !found.contains(&violation) {
                    found.push(violation);
                }
            }
        }
    }
}

/// The way to a part of the schema.
fn place(schema: &Value, pointer: &str) -> String {
    match path::human(schema, pointer).as_str() {
        "" => "schema".to_owned(),
        way if way.starts_with('[') => format!("schema{way}"),
        way => format!("schema.{way}"),
    }
}

fn not_json(text: &str, error: &serde_json::Error) -> Violation {
    let start = text.len() - text.trim_start().len();
    if let Some(fence) = text.trim_start().lines().next().filter(|line| line.starts_with("```")) {
        let sentence = "not JSON: it stands in a code fence (```), and is wanted without one".to_owned();
        return Violation::at(Rule::Schema, sentence, text, start..start + fence.trim_end().len());
    }
    match syntax::check(text) {
        Err(fault) => Violation::at(Rule::Schema, format!("not JSON: {}", fault.reason), text, fault.range),
        // They agree on what JSON is; should they ever not, the reader has the last word.
        Ok(()) => Violation::of_text(Rule::Schema, format!("not JSON: {error}")),
    }
}

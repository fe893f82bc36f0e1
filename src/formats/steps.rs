//! Responses whose steps were judged one by one, which trainers of process reward models learn from.
//!
//! Such a response is one text, its steps joined by line breaks. Its metadata keeps them under `steps`: a
//! list of `{text, label}`, where the label is what the file said: true or false, or a number of which only
//! 1 is right (1, 0 and -1 in PRM800K). What else a file knows of a step stands beside the two.

use serde_json::{Map, Value, json};

use super::{Misfit, Unwritable};
use crate::example::Response;

const FIELD: &str = "steps";
/// What stands between two steps in the text of the response.
const BETWEEN: &str = "\n";

/// One step of a response.
pub(super) struct Step {
    /// What it says.
    pub text: String,
    /// What it was judged to be.
    pub label: Value,
    /// What else is known of it.
    pub rest: Map<String, Value>,
}

impl Step {
    /// A step of which nothing is known but its label.
    pub fn new(text: impl Into<String>, label: Value) -> Self {
        Self { text: text.into(), label, rest: Map::new() }
    }
}

/// Whether a value can be a label.
pub(super) fn is_label(value: &Value) -> bool {
    value.is_boolean() || value.as_i64().is_some_and(|number| (-1..=1).contains(&number))
}

/// The response that these steps are; `field` is where they stand in the record.
pub(super) fn response(steps: Vec<Step>, field: &str) -> Result<Response, Misfit> {
    if steps.is_empty() {
        return Err(Misfit::new(field, "has no steps: it should be a list with one for each"));
    }
    let text = steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join(BETWEEN);
    let mut response = Response::new(None, text);
    let kept = steps.into_iter().map(|step| {
        let mut kept = Map::new();
        kept.insert("text".to_owned(), json!(step.text));
        kept.insert("label".to_owned(), step.label);
        kept.extend(step.rest);
        Value::Object(kept)
    });
    response.metadata.insert(FIELD, kept.collect());
    Ok(response)
}

/// The steps of a response, each with whether it is right.
pub(super) fn of(response: &Response) -> Result<Vec<(String, bool)>, Unwritable> {
    let none = Unwritable("has no steps with labels");
    let kept = response.metadata.get(FIELD).and_then(Value::as_array).filter(|kept| !kept.is_empty());
    let step = |kept: &Value| {
        let text = kept.get("text").and_then(Value::as_str).ok_or(none.clone())?;
        let right = match kept.get("label") {
            Some(Value::Bool(right)) => *right,
            Some(label) if is_label(label) => label.as_i64() == Some(1),
            _ => return Err(Unwritable("has a step without a label")),
        };
        Ok((text.to_owned(), right))
    };
    let steps = kept.ok_or(none.clone())?.iter().map(step).collect::<Result<Vec<_>, _>>()?;
    let joined = steps.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(BETWEEN);
    if joined != response.text() {
        return Err(Unwritable("was changed since its steps were judged"));
    }
    Ok(steps)
}

/// Whether a response carries nothing along but its steps.
pub(super) fn is_all(response: &Response) -> bool {
    response.metadata.0.keys().all(|name| name == FIELD)
}

//! The answer that graders compare with: the response of an example, under a name that each service or grader
//! has its own of.

use serde_json::{Map, Value, json};

use crate::example::{Example, Metadata, Response, Role};
use crate::formats::Unwritable;
use crate::formats::choice::Choice;
use crate::formats::fields::{HINTS, Hints, hint};
use crate::formats::left_out::LeftOut;
use crate::formats::plain::plain;
use crate::formats::rules::GRADED;

/// The usual name.
pub(super) const ANSWER: &str = "reference_answer";
/// The names by which files have it, the likeliest first.
const NAMES: &[&str] = &[ANSWER, "ground_truth", "reference"];

/// Takes the answer from among fields, and notes which of the others are a grader's. A single field of a map
/// that is for nothing but references is the answer, whatever it is called (`only`).
pub(super) fn take(fields: &mut Map<String, Value>, own: &str, only: bool) -> (Option<Response>, Hints) {
    let mut hints = Hints::new(GRADED);
    let name = std::iter::once(own).chain(NAMES.iter().copied()).find(|name| fields.contains_key(*name));
    let name = name
        .map(str::to_owned)
        .or_else(|| fields.keys().next().filter(|_| only && fields.len() == 1).cloned());
    let answer = name.and_then(|name| Some((fields.shift_remove(&name)?, name)));
    let response = answer.map(|(value, name)| {
        if name != own {
            hints.note("answer", json!(name));
        }
        match value {
            Value::String(text) => Response::new(None, text),
            other => {
                let text = other.to_string();
                hints.note("value", other);
                Response::new(None, text)
            }
        }
    });
    if !fields.is_empty() {
        hints.note("keys", fields.keys().cloned().collect());
    }
    (response, hints)
}

/// The answer of an example as a field, if there is one.
pub(super) fn answer<'a>(
    example: &'a Example,
    choice: &Choice,
    own: &str,
) -> Result<Option<(String, Value, &'a Response)>, Unwritable> {
    if example.responses.iter().all(Response::is_blank) {
        return Ok(None);
    }
    let best = choice.best_unmasked(example)?;
    let last = best.messages.last().filter(|last| last.role == Role::Assistant && last.tool_calls.is_empty());
    let Some(last) = last else {
        return Err(Unwritable("the response doesn't end with a text of the assistant"));
    };
    let text = plain(last)?;
    let name = hint(&example.metadata, GRADED, "answer").and_then(Value::as_str).unwrap_or(own);
    let came = hint(&example.metadata, GRADED, "value").filter(|value| value.to_string() == text);
    Ok(Some((name.to_owned(), came.cloned().unwrap_or_else(|| json!(text)), best)))
}

/// What a record leaves out beside that answer.
pub(super) fn beside(example: &Example, answer: Option<&Response>) -> LeftOut {
    match answer {
        Some(best) => {
            let mut left_out = LeftOut::beside(example, best);
            best.messages.iter().for_each(|message| left_out.beside_text(message));
            if best.messages.len() > 1 {
                left_out.note("what the response does before its last turn");
            }
            left_out
        }
        None => LeftOut::beside_all(example),
    }
}

/// The fields of an example that a grader reads: those that came as such, and where they are wanted all.
pub(super) fn fields<'a>(
    example: &'a Example,
    wanted: bool,
    left_out: &mut LeftOut,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let Metadata(metadata) = &example.metadata;
    let keys = hint(&example.metadata, GRADED, "keys").and_then(Value::as_array);
    let is_graded = move |key: &str| keys.is_some_and(|keys| keys.iter().any(|known| known == key));
    let all = metadata.iter().filter(|(key, _)| *key != HINTS);
    if all.clone().any(|(key, value)| !wanted && !is_graded(key) && !value.is_null()) {
        left_out.note("extra fields");
    }
    all.filter(move |(key, _)| wanted || is_graded(key))
}

//! `prm800k`: solutions of problems, each step of which people rated.

use serde_json::{Map, Value, json};

use super::source::{Reading, Source};
use super::turns::{inside, needed_list, take_list};
use crate::example::{Example, Metadata, Prompt};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::steps::{self, Step, is_label};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const PRM800K: Source = Source {
    id: "prm800k",
    title: "PRM800K",
    about: "{question: {problem}, label: {steps: [{completions: [{text, rating}], human_completion, chosen_completion}]}}, \
            the rating 1, 0 or -1: the response is the steps that were chosen, and where none was the first one, with \
            which it ends. Its metadata keeps the steps with their ratings and what stood beside them, as trl-stepwise \
            wants them. Read only. Source: openai/prm800k.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

const STEPS: &str = "label.steps";

fn fit(record: &Value) -> Fit {
    let is_asked = record.get("question").is_some_and(|question| has_text(question, "problem"));
    let is_rated = record.get("label").and_then(|label| label.get("steps")).is_some_and(Value::is_array);
    if is_asked && is_rated { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let (question, asked) = take_object(&mut fields, "question", |question| question.text("problem"))?;
    let (label, listed) = take_object(&mut fields, "label", |label| needed_list(label, "steps"))?;
    let mut read = Vec::with_capacity(listed.len());
    for (index, step) in listed.into_iter().enumerate() {
        let at = format!("{STEPS}[{index}]");
        let taken = take_step(step).map_err(|misfit| inside(&at, misfit))?;
        let Some((step, is_last)) = taken else { break };
        read.push(step);
        if is_last {
            break;
        }
    }
    let response = steps::response(read, STEPS)?;
    let mut metadata = fields.rest();
    keep(&mut metadata, "question", question);
    keep(&mut metadata, "label", label);
    Ok(vec![sft(Prompt::user(asked), Some(response), metadata)])
}

/// What is left of an object when something was taken out of it, and that.
fn take_object<T>(
    fields: &mut Fields,
    name: &str,
    take: impl FnOnce(&mut Fields) -> Result<T, Misfit>,
) -> Result<(Map<String, Value>, T), Misfit> {
    let mut object = match fields.take(name) {
        Some(Value::Object(object)) => Fields(object),
        Some(other) => return Err(Misfit::wrong_type(name, &other, "an object")),
        None => return Err(Misfit::missing(name)),
    };
    let taken = take(&mut object).map_err(|misfit| inside(name, misfit))?;
    Ok((object.0, taken))
}

fn keep(metadata: &mut Metadata, name: &str, object: Map<String, Value>) {
    if !object.is_empty() {
        metadata.insert(name, Value::Object(object));
    }
}

/// The step with which the solution went on, and whether it ended there; none where nothing was written.
fn take_step(step: Value) -> Result<Option<(Step, bool)>, Misfit> {
    let mut fields = Fields::of(step)?;
    let mut rated = Vec::new();
    for (index, one) in take_list(&mut fields, "completions")?.unwrap_or_default().into_iter().enumerate() {
        rated.push(completion(one).map_err(|misfit| inside(&format!("completions[{index}]"), misfit))?);
    }
    let chosen = match fields.take("chosen_completion") {
        None => None,
        Some(number) => {
            let at = number.as_u64().and_then(|at| usize::try_from(at).ok()).filter(|at| *at < rated.len());
            let wrong = || Misfit::new("chosen_completion", format!("is {number}, which no completion has"));
            Some(at.ok_or_else(wrong)?)
        }
    };
    let written = fields.take("human_completion").map(human).transpose()?;
    let is_last = chosen.is_none() && written.is_none();
    let mut step = match (chosen, written) {
        (None, Some(written)) => written,
        (None, None) if rated.is_empty() => return Ok(None),
        (chosen, _) => rated.remove(chosen.unwrap_or(0)),
    };
    if !rated.is_empty() {
        let other = |other: Step| {
            let mut kept = other.rest;
            kept.insert("text".to_owned(), json!(other.text));
            kept.insert("label".to_owned(), other.label);
            Value::Object(kept)
        };
        step.rest.insert("others".to_owned(), rated.into_iter().map(other).collect());
    }
    Ok(Some((step, is_last)))
}

fn completion(value: Value) -> Result<Step, Misfit> {
    let mut fields = Fields::of(value)?;
    let text = fields.text("text")?;
    let rating = fields.take("rating").unwrap_or_default();
    if !rating.is_null() && !is_label(&rating) {
        return Err(Misfit::new("rating", format!("is {rating}; it should be 1, 0 or -1")));
    }
    // what says nothing is not kept with every step
    let rest = fields.0.into_iter().filter(|(_, value)| !value.is_null() && *value != json!(false));
    Ok(Step { text, label: rating, rest: rest.collect() })
}

/// A step that a person wrote, as text or as a completion: it is right.
fn human(value: Value) -> Result<Step, Misfit> {
    let mut step = match value {
        Value::String(text) => Step::new(text, Value::Null),
        other => completion(other).map_err(|misfit| inside("human_completion", misfit))?,
    };
    if step.label.is_null() {
        step.label = json!(1);
    }
    step.rest.insert("by".to_owned(), json!("person"));
    Ok(step)
}

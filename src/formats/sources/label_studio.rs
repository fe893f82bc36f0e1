//! `label-studio`: tasks of Label Studio with their annotations, whole or flattened.

use serde_json::{Map, Value};

use super::judged::{moment, name};
use super::source::{Reading, Source};
use super::task::{Opinion, Task};
use super::turns::{inside, take_list};
use crate::example::{Example, Metadata, Standing, Status};
use crate::formats::fields::Fields;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const JSON: Source = Source {
    id: "label-studio",
    title: "Label Studio",
    about: "{id, data, annotations: [{completed_by, result: [{from_name, to_name, type, value}], was_cancelled, \
            ground_truth, lead_time}], predictions}: choices, texts, ratings, pairwise and ranker results become what \
            each annotator said; ground truth is the gold ranking, cancelled work is set aside, marks in texts and \
            predictions stay fields. Read only. Source: labelstud.io, task format.",
    container: container::Kind::JsonArray,
    carries: Carries::Everything,
    fit: |record| {
        let data = record.get("data").is_some_and(Value::is_object);
        let annotated = WORK.iter().any(|name| record.get(name).is_some_and(Value::is_array));
        if data && annotated { Fit::Certain } else { Fit::No }
    },
    reading: Reading::Each(read_task),
};

pub(super) const MIN: Source = Source {
    id: "label-studio-min",
    title: "Label Studio, JSON_MIN",
    about: "The fields of a task with {annotator, annotation_id, created_at, lead_time} and an answer for each control, \
            one record for each annotation. Read only. Source: label_studio_sdk 2.1, converter.",
    container: container::Kind::JsonArray,
    carries: Carries::Everything,
    fit: |record| {
        let has = |name: &str| record.get(name).is_some();
        if has("annotation_id") && has("annotator") && has("lead_time") { Fit::Certain } else { Fit::No }
    },
    reading: Reading::Each(read_flat),
};

/// Where the annotations stand; older versions called them completions.
const WORK: [&str; 2] = ["annotations", "completions"];

fn read_task(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let data = match fields.take("data") {
        Some(Value::Object(data)) => data,
        Some(other) => return Err(Misfit::wrong_type("data", &other, "an object of texts")),
        None => return Err(Misfit::missing("data")),
    };
    let mut task = Task::of(data).map_err(|misfit| inside("data", misfit))?;
    let mut kept = Vec::new();
    for field in WORK {
        for (index, annotation) in take_list(&mut fields, field)?.into_iter().flatten().enumerate() {
            let left = annotated(&mut task, annotation);
            kept.extend(left.map_err(|misfit| inside(&format!("{field}[{index}]"), misfit))?);
        }
    }
    if !kept.is_empty() {
        fields.0.insert("annotations".to_owned(), Value::Array(kept));
    }
    fields.0.retain(|_, value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty));
    Ok(vec![task.example(fields.rest())])
}

/// Takes an annotation; what the task has no place for comes back.
fn annotated(task: &mut Task, annotation: Value) -> Result<Option<Value>, Misfit> {
    let mut fields = Fields::of(annotation)?;
    if fields.0.get("was_cancelled") == Some(&Value::Bool(true)) {
        task.left(Status::Discarded);
        return Ok(Some(Value::Object(fields.0)));
    }
    let results = take_list(&mut fields, "result")?.unwrap_or_default();
    let mut by = Opinion::of(
        fields.0.get("completed_by").and_then(person).unwrap_or_else(|| "label-studio".to_owned()),
    );
    if fields.0.get("ground_truth") == Some(&Value::Bool(true)) {
        by.standing = Standing::Gold;
    }
    by.millis = fields.0.get("lead_time").and_then(millis);
    by.at = fields.0.get("created_at").and_then(moment);
    let mut left = Vec::new();
    let answered = !results.is_empty();
    for (index, result) in results.into_iter().enumerate() {
        let told = result_of(task, &mut by, result);
        left.extend(told.map_err(|misfit| inside(&format!("result[{index}]"), misfit))?);
    }
    if answered {
        task.judged(by, Status::Submitted);
    } else {
        task.left(Status::Pending);
    }
    if left.is_empty() {
        return Ok(None);
    }
    task.remark("Some results of Label Studio are kept as a field: annotations");
    fields.0.insert("result".to_owned(), Value::Array(left));
    Ok(Some(Value::Object(fields.0)))
}

/// A person by their address or, where files have only that, by number.
fn person(value: &Value) -> Option<String> {
    ["email", "username", "id"]
        .iter()
        .find_map(|field| value.get(field).and_then(name))
        .or_else(|| name(value))
}

fn millis(seconds: &Value) -> Option<u32> {
    let millis = seconds.as_f64()? * 1_000.0;
    // a whole number below the bound has no sign and no decimals to lose
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..f64::from(u32::MAX)).contains(&millis).then_some(millis.round() as u32)
}

/// Takes one result; one that has no place comes back.
fn result_of(task: &mut Task, by: &mut Opinion, result: Value) -> Result<Option<Value>, Misfit> {
    let whole = result.clone();
    let mut fields = Fields::of(result)?;
    let kind = fields.text("type")?;
    let question = fields.optional_text("from_name")?.unwrap_or_else(|| kind.clone());
    let about = fields.optional_text("to_name")?.and_then(|name| task.response(&name));
    let Some(Value::Object(mut value)) = fields.take("value") else { return Err(Misfit::missing("value")) };
    let left = match kind.as_str() {
        "choices" | "rating" | "number" => {
            let answer = value.shift_remove(&kind);
            answer.map_or(Some(Value::Null), |answer| task.answer(by, &question, about, answer))
        }
        "textarea" => {
            let texts = match value.shift_remove("text") {
                Some(Value::Array(list)) => list,
                Some(text) => vec![text],
                None => Vec::new(),
            };
            let texts: Option<Vec<String>> =
                texts.iter().map(|text| text.as_str().map(str::to_owned)).collect();
            match texts {
                Some(texts) => {
                    task.typed(by, &question, about, texts);
                    None
                }
                None => Some(Value::Null),
            }
        }
        "taxonomy" => {
            let paths = value.get("taxonomy").and_then(Value::as_array).into_iter().flatten();
            for path in paths.filter_map(Value::as_array) {
                let words: Vec<&str> = path.iter().filter_map(Value::as_str).collect();
                task.categorise(&question, words.join("/"));
            }
            None
        }
        "pairwise" => pairwise(task, by, &value)?,
        "ranker" => ranked(task, by, &value),
        _ => Some(Value::Null),
    };
    Ok(left.map(|_| whole))
}

/// The one on the left is the first of the two that were shown.
fn pairwise(task: &Task, by: &mut Opinion, value: &Map<String, Value>) -> Result<Option<Value>, Misfit> {
    let ids = task.ids();
    let [left, right] = ids.as_slice() else { return Ok(Some(Value::Null)) };
    by.tiers = match value.get("selected").and_then(Value::as_str) {
        Some("left") => vec![vec![*left], vec![*right]],
        Some("right") => vec![vec![*right], vec![*left]],
        _ => {
            let there = value.get("selected").map_or_else(|| "missing".to_owned(), Value::to_string);
            return Err(Misfit::new("value.selected", format!("is {there}; it should be left or right")));
        }
    };
    Ok(None)
}

/// An order of items by their ids: a list, or the one bucket that they were put into. Several buckets are no
/// order.
fn ranked(task: &Task, by: &mut Opinion, value: &Map<String, Value>) -> Option<Value> {
    let order = match value.get("ranker") {
        Some(Value::Array(order)) => order,
        Some(Value::Object(buckets)) => {
            let mut filled =
                buckets.iter().filter(|(name, _)| *name != "_").filter_map(|(_, items)| items.as_array());
            match (filled.next(), filled.next()) {
                (Some(one), None) => one,
                (None, _) => buckets.get("_").and_then(Value::as_array)?,
                _ => return Some(Value::Null),
            }
        }
        _ => return Some(Value::Null),
    };
    let placed: Option<Vec<_>> =
        order.iter().map(|id| task.response(&name(id)?).map(|id| vec![id])).collect();
    match placed.filter(|placed| !placed.is_empty()) {
        Some(placed) => {
            by.tiers = placed;
            None
        }
        None => Some(Value::Null),
    }
}

/// What the tool itself says of a flattened annotation.
const OWN: [&str; 6] = ["id", "annotation_id", "created_at", "updated_at", "lead_time", "ground_truth"];

fn read_flat(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let mut by = Opinion::of(
        fields.take("annotator").as_ref().and_then(person).unwrap_or_else(|| "label-studio".to_owned()),
    );
    by.millis = fields.0.get("lead_time").and_then(millis);
    by.at = fields.0.get("created_at").and_then(moment);
    let (mut kept, shown): (Map<String, Value>, Map<String, Value>) =
        fields.0.into_iter().partition(|(key, _)| OWN.contains(&key.as_str()));
    if kept.get("ground_truth") == Some(&Value::Bool(true)) {
        by.standing = Standing::Gold;
    }
    let mut task = Task::of(shown)?;
    for (field, value) in task.take_rest() {
        // a single choice stands there without its list, several as {choices: […]}
        let said = match value {
            Value::Object(mut several) if several.contains_key("choices") => {
                several.shift_remove("choices").unwrap_or_default()
            }
            Value::Array(list) => rated(&list).unwrap_or(Value::Array(list)),
            other => other,
        };
        // controls and the rest of the data look alike: only words and numbers are taken for answers
        let is_answer = match &said {
            Value::String(text) => super::judged::is_category(text),
            other => other.is_number() || other.is_array(),
        };
        if !is_answer {
            kept.insert(field, said);
        } else if let Some(left) = task.answer(&mut by, &field, None, said) {
            kept.insert(field, left);
        }
    }
    task.judged(by, Status::Submitted);
    Ok(vec![task.example(Metadata(kept))])
}

/// The number of `[{"rating": 4}]`.
fn rated(list: &[Value]) -> Option<Value> {
    match list {
        [only] => only.get("rating").or_else(|| only.get("number")).cloned(),
        _ => None,
    }
}

//! `doccano`: texts with the labels that people gave them.

use serde_json::Value;

use super::judged::{is_category, note, tag};
use super::source::{Reading, Source};
use super::turns::take_list;
use crate::example::{Example, Prompt, Response, Status};
use crate::formats::build::{preference, sft};
use crate::formats::fields::{Fields, has_text, type_of};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const DOCCANO: Source = Source {
    id: "doccano",
    title: "doccano",
    about: "{text, label: […], Comments?} (labels in older versions): words are categories, which become tags and \
            together the response; longer texts are a response each. Spans ([start, end, name], entities, relations) \
            stay fields, with a note of it. Read only. Source: doccano 1.8, data_export.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

/// What the labels are called, by the version.
const LABELS: [&str; 2] = ["label", "labels"];
/// What only doccano writes beside them.
const OWN: [&str; 4] = ["Comments", "entities", "relations", "annotation_approver"];

fn fit(record: &Value) -> Fit {
    let list = |name: &&str| record.get(*name).is_some_and(Value::is_array);
    if !has_text(record, "text") {
        Fit::No
    } else if OWN.iter().any(|name| record.get(name).is_some()) {
        Fit::Certain
    } else if LABELS.iter().any(list) {
        Fit::Likely
    } else {
        Fit::No
    }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let prompt = Prompt::user(fields.text("text")?);
    let mut said: Vec<String> = Vec::new();
    let mut spans = false;
    for field in LABELS {
        let labels = take_list(&mut fields, field)?.unwrap_or_default();
        if labels.iter().any(|label| label.is_array() || label.is_object()) {
            spans = true;
            fields.0.insert(field.to_owned(), Value::Array(labels));
            continue;
        }
        for (index, label) in labels.into_iter().enumerate() {
            match label {
                Value::String(label) => said.push(label),
                Value::Number(label) => said.push(label.to_string()),
                other => {
                    let reason = format!("is {}, not text or a span", type_of(&other));
                    return Err(Misfit::new(format!("{field}[{index}]"), reason));
                }
            }
        }
    }
    let listed =
        |name: &str| fields.0.get(name).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    spans |= listed("entities") || listed("relations");
    let comments = take_list(&mut fields, "Comments")?.unwrap_or_default();
    // a name where somebody approved of it
    let approved =
        fields.0.get("annotation_approver").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
    let rest = fields.rest();
    let categories = said.iter().all(|label| is_category(label));
    let mut example = if categories {
        let answer = (!said.is_empty()).then(|| Response::new(None, said.join(", ")));
        let mut example = sft(prompt, answer, rest);
        for label in &said {
            tag(&mut example, "label", label);
        }
        example
    } else if said.len() == 1 {
        sft(prompt, said.pop().map(|text| Response::new(None, text)), rest)
    } else {
        preference(prompt, said.into_iter().map(|text| Response::new(None, text)).collect(), None, rest)
    };
    if approved && example.status == Status::Submitted {
        example.status = Status::Approved;
    }
    for comment in comments {
        note(&mut example, comment.as_str().or_else(|| comment.get("text")?.as_str()).unwrap_or_default());
    }
    if spans {
        note(&mut example, "Spans of doccano are kept as a field");
    }
    Ok(vec![example])
}

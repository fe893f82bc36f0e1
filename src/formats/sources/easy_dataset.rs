//! `easy-dataset`: questions and answers of easy-dataset, with what was confirmed of them.

use serde_json::Value;

use super::judged::{number, rating, tag};
use super::source::{Reading, Source};
use crate::example::{Author, Example, Message, Prompt, Ranking, Response, Role, Status};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const EASY_DATASET: Source = Source {
    id: "easy-dataset",
    title: "easy-dataset",
    about: "{question, answer, cot, questionLabel, confirmed, score, tags, note, model}: the chain of thought is kept as \
            the answer's reasoning, the label and the tags are tags, a score is a rating; what is not confirmed is a \
            draft. Read only. Source: ConardLi/easy-dataset, table Datasets.",
    container: container::Kind::JsonArray,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let texts = has_text(record, "question") && has_text(record, "answer");
    let own = ["questionLabel", "confirmed", "chunkName", "cot", "aiEvaluation"];
    let own = own.iter().filter(|name| record.get(**name).is_some()).count();
    match own {
        _ if !texts => Fit::No,
        0 => Fit::No,
        1 => Fit::Likely,
        _ => Fit::Certain,
    }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let prompt = Prompt::user(fields.text("question")?);
    let mut answer = Message::new(Role::Assistant, fields.text("answer")?);
    if let Some(reasoning) = fields.optional_text("cot")?.filter(|cot| !cot.trim().is_empty()) {
        answer.extra.insert("reasoning_content".to_owned(), Value::String(reasoning));
    }
    let author = fields.optional_text("model")?.filter(|model| !model.is_empty()).map(Author::model);
    let response = Response::of(author, vec![answer]);
    let id = response.id;
    let label = fields.optional_text("questionLabel")?;
    let tags = fields.take("tags").map(words).unwrap_or_default();
    let note = fields.optional_text("note")?;
    let confirmed = match fields.take("confirmed") {
        None => None,
        Some(Value::Bool(confirmed)) => Some(confirmed),
        Some(other) => Some(
            number(&other).ok_or_else(|| Misfit::wrong_type("confirmed", &other, "true or false"))? > 0.0,
        ),
    };
    // no score is written as 0
    let score = fields.0.get("score").and_then(number).and_then(|score| rating(id, "score", score));
    let mut example = sft(prompt, Some(response), fields.rest());
    if let Some(score) = score {
        let mut ranking = Ranking::new("easy-dataset", vec![vec![id]]);
        ranking.details.ratings.push(score);
        example.rankings.push(ranking);
    }
    if confirmed == Some(false) && example.status == Status::Submitted {
        example.status = Status::Draft;
    }
    example.note = note.unwrap_or_default();
    tag(&mut example, "label", &label.unwrap_or_default());
    for value in tags {
        tag(&mut example, "tag", &value);
    }
    Ok(vec![example])
}

/// Words of a list, which may be written as JSON text or with commas between.
fn words(value: Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(list @ Value::Array(_)) => words(list),
            _ => text.split(',').map(str::to_owned).collect(),
        },
        _ => Vec::new(),
    }
}

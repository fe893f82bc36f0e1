//! `argilla`: records of Argilla, with the responses of its annotators to the questions of a dataset.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::judged::name;
use super::source::{Reading, Source};
use super::task::{Opinion, Task};
use super::turns::inside;
use crate::example::{Author, Example, Metadata, Response, Status};
use crate::formats::fields::Fields;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const RECORDS: Source = Source {
    id: "argilla",
    title: "Argilla records",
    about: "{id, fields, metadata, suggestions, responses: {question: [{value, user_id}]}, status}, as Argilla 2 writes \
            with to_json; and Argilla 1's feedback records {fields, responses: [{user_id, values, status}]}. A choice of \
            a field, an order of fields and ratings become each annotator's ranking, words tags, texts responses; \
            suggestions stay a field. Read only. Source: argilla 2.8, records/_io.",
    container: container::Kind::JsonArray,
    carries: Carries::Everything,
    fit: fit_record,
    reading: Reading::Each(read_record),
};

pub(super) const FLAT: Source = Source {
    id: "argilla-dataset",
    title: "Argilla dataset",
    about: "An Argilla dataset as a table for the Hub: the fields, and for each question columns Q.responses, \
            Q.responses.users, Q.responses.status and Q.suggestion. Read as Argilla records are. Read only. Source: \
            argilla 2.8, records/_io.",
    container: container::Kind::JsonLines,
    carries: Carries::Everything,
    fit: fit_flat,
    reading: Reading::Each(read_flat),
};

/// A response to one question.
struct Answer {
    question: String,
    user: String,
    status: Status,
    value: Value,
}

fn fit_record(record: &Value) -> Fit {
    let object = |name: &str| record.get(name).is_some_and(Value::is_object);
    let list = |name: &str| record.get(name).is_some_and(Value::is_array);
    let second = object("responses") && (object("suggestions") || record.get("status").is_some());
    let first = list("responses") && (list("suggestions") || record.get("external_id").is_some());
    if object("fields") && (second || first) { Fit::Certain } else { Fit::No }
}

fn fit_flat(record: &Value) -> Fit {
    let Some(object) = record.as_object() else { return Fit::No };
    let answered = |key: &String| key.strip_suffix(USERS).is_some_and(|question| !question.is_empty());
    if object.keys().any(answered) { Fit::Certain } else { Fit::No }
}

fn status_of(word: Option<&Value>) -> Status {
    match word.and_then(Value::as_str) {
        Some("draft") => Status::Draft,
        Some("discarded") => Status::Discarded,
        Some("pending") => Status::Pending,
        _ => Status::Submitted,
    }
}

fn read_record(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let shown = match fields.take("fields") {
        Some(Value::Object(shown)) => shown,
        Some(other) => return Err(Misfit::wrong_type("fields", &other, "an object of texts")),
        None => return Err(Misfit::missing("fields")),
    };
    let task = Task::of(shown).map_err(|misfit| inside("fields", misfit))?;
    let answers = match fields.take("responses") {
        None => Vec::new(),
        Some(Value::Object(questions)) => by_question(questions)?,
        Some(Value::Array(list)) => by_person(list)?,
        Some(other) => return Err(Misfit::wrong_type("responses", &other, "the answers to each question")),
    };
    fields.0.retain(|_, value| !is_nothing(value));
    let mut rest = Map::new();
    if let Some(Value::Object(metadata)) = fields.take("metadata") {
        rest.extend(metadata);
    }
    rest.extend(fields.0);
    Ok(vec![judged(task, answers, rest)])
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || *value == json!({}) || *value == json!([])
}

fn by_question(questions: Map<String, Value>) -> Result<Vec<Answer>, Misfit> {
    let mut answers = Vec::new();
    for (question, list) in questions {
        let path = format!("responses.{question}");
        let Value::Array(list) = list else {
            return Err(Misfit::wrong_type(path, &list, "a list of answers"));
        };
        for (index, answer) in list.into_iter().enumerate() {
            let mut answer =
                Fields::of(answer).map_err(|misfit| inside(&format!("{path}[{index}]"), misfit))?;
            let user = answer.take("user_id").as_ref().and_then(name).unwrap_or_else(|| "argilla".to_owned());
            let status = status_of(answer.0.get("status"));
            let value = answer.take("value").unwrap_or_default();
            answers.push(Answer { question: question.clone(), user, status, value });
        }
    }
    Ok(answers)
}

fn by_person(list: Vec<Value>) -> Result<Vec<Answer>, Misfit> {
    let mut answers = Vec::new();
    for (index, response) in list.into_iter().enumerate() {
        let mut response =
            Fields::of(response).map_err(|misfit| inside(&format!("responses[{index}]"), misfit))?;
        let user = response.take("user_id").as_ref().and_then(name).unwrap_or_else(|| "argilla".to_owned());
        let status = status_of(response.0.get("status"));
        let values = match response.take("values") {
            Some(Value::Object(values)) => values,
            None => Map::new(),
            Some(other) => {
                let path = format!("responses[{index}].values");
                return Err(Misfit::wrong_type(path, &other, "an answer to each question"));
            }
        };
        if values.is_empty() {
            // set aside without a word
            answers.push(Answer { question: String::new(), user: user.clone(), status, value: Value::Null });
        }
        for (question, value) in values {
            let value = value.get("value").cloned().unwrap_or(value);
            answers.push(Answer { question, user: user.clone(), status, value });
        }
    }
    Ok(answers)
}

const RESPONSES: &str = ".responses";
const USERS: &str = ".responses.users";
const STATUSES: &str = ".responses.status";

fn read_flat(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let questions: Vec<String> =
        fields.0.keys().filter_map(|key| key.strip_suffix(RESPONSES)).map(str::to_owned).collect();
    let mut answers = Vec::new();
    for question in questions {
        let mut list = |ending: &str| {
            let column = format!("{question}{ending}");
            match fields.take(&column) {
                None => Ok(Vec::new()),
                Some(Value::Array(list)) => Ok(list),
                Some(other) => {
                    Err(Misfit::wrong_type(column, &other, "a list with an entry for each annotator"))
                }
            }
        };
        let (values, users, statuses) = (list(RESPONSES)?, list(USERS)?, list(STATUSES)?);
        for (index, value) in values.into_iter().enumerate() {
            let user = users.get(index).and_then(name).unwrap_or_else(|| format!("annotator {}", index + 1));
            let status = status_of(statuses.get(index));
            answers.push(Answer { question: question.clone(), user, status, value });
        }
    }
    let (kept, shown): (Map<String, Value>, Map<String, Value>) =
        fields.0.into_iter().partition(|(key, _)| {
            key.contains('.')
                || ["id", "status", "_server_id", "external_id", "metadata", "vectors"]
                    .contains(&key.as_str())
        });
    let kept = kept.into_iter().filter(|(_, value)| !is_nothing(value)).collect();
    Ok(vec![judged(Task::of(shown)?, answers, kept)])
}

/// The example that a task is with what its annotators answered.
fn judged(mut task: Task, answers: Vec<Answer>, mut rest: Map<String, Value>) -> Example {
    let mut people: Vec<(Opinion, Status)> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut kept = Map::new();
    for Answer { question, user, status, value } in answers {
        let at = *by_name.entry(user.clone()).or_insert_with(|| {
            people.push((Opinion::of(user.clone()), status));
            people.len() - 1
        });
        let Some((opinion, _)) = people.get_mut(at) else { continue };
        // what was set aside, or never sent, was not said
        let left = if status == Status::Submitted {
            task.answer(opinion, &question, None, value)
        } else {
            Some(value)
        };
        if let Some(value) = left.filter(|value| !is_nothing(value)) {
            let entry = kept.entry(question).or_insert_with(|| json!([]));
            if let Some(list) = entry.as_array_mut() {
                list.push(json!({"user_id": user, "status": status.as_str(), "value": value}));
            }
        }
    }
    if !kept.is_empty() {
        rest.insert("responses".to_owned(), Value::Object(kept));
    }
    for (opinion, status) in people {
        if status == Status::Submitted {
            task.judged(opinion, status);
        } else {
            task.left(status);
        }
    }
    suggested(&mut task, rest.get("suggestions"));
    task.example(Metadata(rest))
}

/// A text that a model suggested is a response, where there is none yet; it waits for somebody to agree.
fn suggested(task: &mut Task, suggestions: Option<&Value>) {
    if !task.is_unanswered() {
        return;
    }
    for (question, suggestion) in suggestions.and_then(Value::as_object).into_iter().flatten() {
        let agent = suggestion.get("agent").and_then(Value::as_str).unwrap_or("suggestion");
        if let Some(text) = suggestion.get("value").and_then(Value::as_str)
            && !super::judged::is_category(text)
        {
            task.offered(question.clone(), Response::new(Some(Author::model(agent)), text));
        }
    }
}

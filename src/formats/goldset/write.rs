//! An example as a record of a Goldset file.

use serde_json::{Map, Value, json};

use crate::example::{
    Details, Example, Flag, Message, Metadata, Ranking, Rating, Response, Review, SentBack, Standing, Uuid,
};

pub(super) fn example(example: &Example) -> Value {
    let mut prompt = Map::new();
    prompt.insert("messages".to_owned(), messages(&example.prompt.messages));
    if !example.prompt.tools.is_empty() {
        prompt.insert("tools".to_owned(), Value::Array(example.prompt.tools.clone()));
    }
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", id(example.id));
    put("kind", json!(example.kind.as_str()));
    put("status", json!(example.status.as_str()));
    if let Some(split) = example.split {
        put("split", json!(split.as_str()));
    }
    if !example.note.is_empty() {
        put("note", json!(example.note));
    }
    put("prompt", Value::Object(prompt));
    put("responses", example.responses.iter().map(response).collect());
    put("rankings", example.rankings.iter().map(ranking).collect());
    if !example.repeats.is_empty() {
        put("repeats", example.repeats.iter().map(ranking).collect());
    }
    if !example.reviews.is_empty() {
        put("reviews", example.reviews.iter().map(review).collect());
    }
    put("tags", tags(example));
    put("flags", example.flags.iter().map(flag).collect());
    if let Some(metadata) = metadata(&example.metadata) {
        put("metadata", metadata);
    }
    put("created_at", json!(example.created_at.to_string()));
    if let Some(origin) = example.origin {
        put("origin", json!(origin.to_string()));
    }
    Value::Object(map)
}

fn id(id: Uuid) -> Value {
    Value::String(id.to_string())
}

fn ids(list: &[Uuid]) -> Value {
    list.iter().map(|&one| id(one)).collect()
}

fn messages(list: &[Message]) -> Value {
    list.iter().map(Message::to_json).collect()
}

fn metadata(metadata: &Metadata) -> Option<Value> {
    (!metadata.is_empty()).then(|| Value::Object(metadata.0.clone()))
}

fn response(response: &Response) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", id(response.id));
    if let Some(author) = &response.author {
        put("author", json!({"name": author.name, "kind": author.kind.as_str()}));
    }
    put("messages", messages(&response.messages));
    if let Some(origin) = response.origin {
        put("origin", id(origin));
    }
    if let Some(metadata) = metadata(&response.metadata) {
        put("metadata", metadata);
    }
    put("created_at", json!(response.created_at.to_string()));
    Value::Object(map)
}

fn ranking(ranking: &Ranking) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", id(ranking.id));
    put("annotator", json!(ranking.annotator));
    put("tiers", ranking.tiers.iter().map(|tier| ids(tier)).collect());
    if !ranking.bad.is_empty() {
        put("bad", ids(&ranking.bad));
    }
    if !ranking.presented.is_empty() {
        put("presented", ids(&ranking.presented));
    }
    put("at", json!(ranking.at.to_string()));
    details(&ranking.details, &mut map);
    Value::Object(map)
}

/// Puts what was said beside an order, where it was.
fn details(details: &Details, map: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    if details.standing != Standing::Own {
        put("standing", json!(details.standing.as_str()));
    }
    if let Some(cannot) = &details.cannot {
        put("cannot", json!(cannot));
    }
    if let Some(strength) = details.strength {
        put("strength", json!(strength));
    }
    if let Some(certainty) = details.certainty {
        put("certainty", json!(certainty));
    }
    if !details.reasons.is_empty() {
        put("reasons", json!(details.reasons));
    }
    if !details.ratings.is_empty() {
        let rating = |rating: &Rating| json!({"response": id(rating.response), "criterion": rating.criterion, "value": rating.value});
        put("ratings", details.ratings.iter().map(rating).collect());
    }
    if let Some(millis) = details.millis {
        put("millis", json!(millis));
    }
}

fn review(review: &Review) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", id(review.id));
    put("reviewer", json!(review.reviewer));
    put("verdict", json!(review.verdict.as_str()));
    if !review.reason.is_empty() {
        put("reason", json!(review.reason));
    }
    if !review.note.is_empty() {
        put("note", json!(review.note));
    }
    if !review.to.is_empty() {
        let sent = |sent: &SentBack| json!({"annotator": sent.annotator, "done": sent.done});
        put("to", review.to.iter().map(sent).collect());
    }
    put("at", json!(review.at.to_string()));
    Value::Object(map)
}

fn tags(example: &Example) -> Value {
    let mut tags = Map::new();
    for tag in &example.tags {
        let values = tags.entry(tag.facet.as_str()).or_insert_with(|| json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(json!(tag.value));
        }
    }
    Value::Object(tags)
}

fn flag(flag: &Flag) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("id", id(flag.id));
    put("kind", json!(flag.kind));
    put("note", json!(flag.note));
    if let Some(response) = flag.response {
        put("response", id(response));
    }
    if let Some(by) = &flag.by {
        put("by", json!(by));
    }
    put("resolved", json!(flag.resolved));
    put("at", json!(flag.at.to_string()));
    Value::Object(map)
}

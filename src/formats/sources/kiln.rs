//! `kiln`: runs of a task in Kiln, with ratings and repairs.

use serde_json::Value;

use super::judged::{moment, rating, tag};
use super::source::{Reading, Source};
use super::turns::{inside, take_list};
use crate::example::{Author, Example, Kind, Prompt, Ranking, Response};
use crate::formats::build::settle;
use crate::formats::fields::Fields;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const KILN: Source = Source {
    id: "kiln",
    title: "Kiln task runs",
    about: "{input, output: {output, source, rating}, repaired_output?, repair_instructions?, tags}, a file or a line a \
            run: the output with its stars, and the repaired one, which is the better of the two. Read only. Source: \
            Kiln-AI/Kiln, task_run.",
    container: container::Kind::JsonLines,
    carries: Carries::Everything,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let output = record.get("output").and_then(|output| output.get("output")).is_some_and(Value::is_string);
    if output && record.get("input").is_some_and(Value::is_string) { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let prompt = Prompt::user(fields.text("input")?);
    let judge = fields.0.get("created_by").and_then(Value::as_str).unwrap_or("kiln").to_owned();
    let first = fields.take("output").ok_or_else(|| Misfit::missing("output"))?;
    let first = output(first).map_err(|misfit| inside("output", misfit))?;
    let repaired = fields.take("repaired_output").map(output).transpose();
    let repaired = repaired.map_err(|misfit| inside("repaired_output", misfit))?;
    let tags = take_list(&mut fields, "tags")?.unwrap_or_default();
    let at = fields.0.get("created_at").and_then(moment);
    let instructions = fields.optional_text("repair_instructions")?;

    let mut example = Example { metadata: fields.rest(), ..Example::new(Kind::Sft, prompt) };
    let mut tiers = vec![vec![first.id]];
    let mut responses = vec![first];
    if let (Some(mut repaired), Some(first)) = (repaired, responses.first()) {
        repaired.origin = Some(first.id);
        example.kind = Kind::Preference;
        tiers.insert(0, vec![repaired.id]);
        responses.push(repaired);
    }
    let ratings: Vec<_> = responses
        .iter()
        .flat_map(|response| {
            stars(&response.metadata)
                .into_iter()
                .filter_map(|(name, value)| rating(response.id, &name, value))
        })
        .collect();
    if responses.len() > 1 || !ratings.is_empty() {
        let mut ranking = Ranking::new(judge, tiers);
        ranking.details.ratings = ratings;
        ranking.at = at.unwrap_or(ranking.at);
        example.rankings.push(ranking);
    }
    example.responses = responses;
    example.note = instructions.unwrap_or_default();
    example.created_at = at.unwrap_or(example.created_at);
    for value in tags.iter().filter_map(Value::as_str) {
        tag(&mut example, "tag", value);
    }
    settle(&mut example);
    Ok(vec![example])
}

/// An output with who made it; its rating and the rest stay with it.
fn output(value: Value) -> Result<Response, Misfit> {
    let mut fields = Fields::of(value)?;
    let text = fields.text("output")?;
    let source = fields.0.get("source");
    let said = |name: &str| source.and_then(|source| source.get("properties")?.get(name)?.as_str());
    let author = said("model_name").map(Author::model).or_else(|| said("created_by").map(Author::person));
    let mut response = Response::new(author, text);
    response.metadata = fields.rest();
    Ok(response)
}

/// What was rated with stars: the whole, and each requirement. Passed or failed is no scale; it stays a field.
fn stars(metadata: &crate::example::Metadata) -> Vec<(String, f64)> {
    let Some(said) = metadata.get("rating") else { return Vec::new() };
    let value = |rating: &Value| {
        let starred = rating.get("type").is_none_or(|kind| kind == "five_star");
        starred.then(|| rating.get("value").and_then(Value::as_f64)).flatten()
    };
    let requirements = said.get("requirement_ratings").and_then(Value::as_object).into_iter().flatten();
    let requirements = requirements.filter_map(|(name, rating)| Some((name.clone(), value(rating)?)));
    value(said).map(|stars| ("overall".to_owned(), stars)).into_iter().chain(requirements).collect()
}

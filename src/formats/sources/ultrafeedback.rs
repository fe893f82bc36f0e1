//! `ultrafeedback`: several models' answers, rated by four criteria.

use serde_json::Value;

use super::judged::{Best, number, rating, tiers};
use super::source::{Reading, Source};
use super::turns::{inside, needed_list};
use crate::example::{Author, Example, Prompt, Ranking, Rating, Response};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const ULTRAFEEDBACK: Source = Source {
    id: "ultrafeedback",
    title: "UltraFeedback",
    about: "{instruction, completions: [{model, response, annotations: {criterion: {Rating}}, overall_score}]}: rated by \
            each criterion, and ordered by the mean of the ratings (for files before 2023-12 have an overall_score of \
            10 where 1 was meant), or by overall_score where there are none. Read only. Source: openbmb/UltraFeedback.",
    container: container::Kind::JsonLines,
    carries: Carries::Order,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let completed = has_list_of(record, "completions", "response");
    if has_text(record, "instruction") && completed { Fit::Certain } else { Fit::No }
}

/// A completion as it was judged.
struct Judged {
    response: Response,
    ratings: Vec<Rating>,
    /// The mean of what it was rated by each criterion.
    mean: Option<f64>,
    overall: Option<f64>,
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let instruction = fields.text("instruction")?;
    let mut judged = Vec::new();
    for (index, completion) in needed_list(&mut fields, "completions")?.into_iter().enumerate() {
        judged
            .push(completed(completion).map_err(|misfit| inside(&format!("completions[{index}]"), misfit))?);
    }
    // one measure for all of them, or they can't be compared
    let by = |measure: fn(&Judged) -> Option<f64>| -> Option<Vec<_>> {
        judged.iter().map(|one| Some((one.response.id, measure(one)?))).collect()
    };
    let scores = by(|one| one.mean).or_else(|| by(|one| one.overall)).filter(|scores| !scores.is_empty());
    let ratings: Vec<Rating> = judged.iter().flat_map(|one| one.ratings.clone()).collect();
    let ranking = scores.map(|scores| {
        let mut ranking = Ranking::new("ultrafeedback", tiers(scores, Best::Highest));
        ranking.details.ratings = ratings;
        ranking
    });
    let responses = judged.into_iter().map(|one| one.response).collect();
    Ok(vec![preference(Prompt::user(instruction), responses, ranking, fields.rest())])
}

fn completed(completion: Value) -> Result<Judged, Misfit> {
    let mut fields = Fields::of(completion)?;
    let text = fields.text("response")?;
    let mut response = Response::new(fields.optional_text("model")?.map(Author::model), text);
    let mut values = Vec::new();
    let mut ratings = Vec::new();
    if let Some(annotations) = fields.0.get("annotations").and_then(Value::as_object) {
        for (criterion, said) in annotations {
            let said = said.as_array().and_then(|list| list.first()).unwrap_or(said);
            if let Some(value) = said.get("Rating").and_then(number) {
                values.push(value);
                ratings.extend(rating(response.id, criterion, value));
            }
        }
    }
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
    let mean = (count > 0).then(|| values.iter().sum::<f64>() / f64::from(count));
    let mean = fields.0.get("fine-grained_score").and_then(number).or(mean);
    let overall = fields.0.get("overall_score").and_then(number);
    // what was said of it beside the ratings stays with it
    response.metadata = fields.rest();
    Ok(Judged { response, ratings, mean, overall })
}

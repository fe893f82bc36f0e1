//! `shp`: two comments on a post, and which of them people voted for.

use serde_json::Value;

use super::judged::{Preferred, number};
use super::source::{Reading, Source};
use crate::example::{Example, Prompt, Response};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const SHP: Source = Source {
    id: "shp",
    title: "Stanford Human Preferences",
    about: "{history, human_ref_A, human_ref_B, labels, score_A, score_B}: labels is 1 where A is the better, 0 where B \
            is. Read only. Source: stanfordnlp/SHP.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let all = ["history", "human_ref_A", "human_ref_B"].iter().all(|name| has_text(record, name));
    if all { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let prompt = Prompt::user(fields.text("history")?);
    let first = comment(&mut fields, "A")?;
    let second = comment(&mut fields, "B")?;
    let preferred = match fields.take("labels") {
        None => None,
        Some(label) => Some(match number(&label) {
            Some(1.0) => Preferred::First,
            Some(0.0) => Preferred::Second,
            _ => {
                return Err(Misfit::new(
                    "labels",
                    format!("is {label}; it should be 1 (A is better) or 0 (B is)"),
                ));
            }
        }),
    };
    let ranking = preferred.map(|preferred| preferred.ranking("reddit", first.id, second.id));
    Ok(vec![preference(prompt, vec![first, second], ranking, fields.rest())])
}

/// A comment, with what is said of it in fields whose names end with its letter.
fn comment(fields: &mut Fields, letter: &str) -> Result<Response, Misfit> {
    let mut response = Response::new(None, fields.text(&format!("human_ref_{letter}"))?);
    for name in ["score", "c_root_id", "created_at_utc"] {
        if let Some(value) = fields.take(&format!("{name}_{letter}")) {
            response.metadata.insert(name, value);
        }
    }
    Ok(response)
}

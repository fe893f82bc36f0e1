//! `scored-pair`: two conversations with the score of each, of which one was chosen.

use serde_json::Value;

use super::judged::{number, rating};
use super::source::{Reading, Source};
use super::turns::part;
use crate::example::{Author, Example, Message, Prompt, Role};
use crate::formats::build::pair;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::messages::read_messages;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const SCORED_PAIR: Source = Source {
    id: "scored-pair",
    title: "Scored pair",
    about: "{prompt, chosen: [messages], rejected: [messages], score_chosen, score_rejected} or rating_chosen and \
            rating_rejected, chosen_score and rejected_score. UltraFeedback binarized, distilabel's capybara-dpo. Read \
            only. Source: HuggingFaceH4/ultrafeedback_binarized.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

/// What the scores of the two are called.
const SCORES: [[&str; 2]; 5] = [
    ["score_chosen", "score_rejected"],
    ["rating_chosen", "rating_rejected"],
    ["chosen_score", "rejected_score"],
    ["chosen_rating", "rejected_rating"],
    ["chosen-rating", "rejected-rating"],
];
/// What their models are called.
const MODELS: [[&str; 2]; 2] = [["chosen_model", "rejected_model"], ["chosen-model", "rejected-model"]];

fn fit(record: &Value) -> Fit {
    let scored = SCORES.iter().any(|names| names.iter().all(|name| record.get(name).is_some()));
    let lists = has_list_of(record, "chosen", "role") && has_list_of(record, "rejected", "role");
    if scored && lists { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let whole = fields.0.get("chosen").cloned();
    let chosen = turns(&mut fields, "chosen")?;
    let rejected = turns(&mut fields, "rejected")?;
    if fields.0.get("messages") == whole.as_ref() {
        // the chosen conversation once more
        fields.take("messages");
    }
    let (prompt, chosen, rejected) = match part(chosen.clone(), rejected.clone()) {
        Some(parted) => {
            if fields.0.get("prompt").and_then(Value::as_str) == question(&parted.prompt).as_deref() {
                fields.take("prompt");
            }
            (parted.prompt, parted.first, parted.second)
        }
        None => (vec![Message::new(Role::User, fields.text("prompt")?)], chosen, rejected),
    };
    // the scores stay among the other fields too, with the decimals that a rating has not
    let rest = fields.rest();
    let scores = SCORES
        .iter()
        .find_map(|[one, other]| Some([(one, number(rest.get(one)?)?), (other, number(rest.get(other)?)?)]));
    let models =
        MODELS.iter().find_map(|[one, other]| Some([rest.get(one)?.as_str()?, rest.get(other)?.as_str()?]));
    let models = models.map(|models| models.map(Author::model));
    let mut example = pair(Prompt { messages: prompt, tools: Vec::new() }, chosen, rejected, rest);
    for (response, author) in example.responses.iter_mut().zip(models.into_iter().flatten()) {
        response.author = Some(author);
    }
    if let (Some(ranking), Some(scores)) = (example.rankings.first_mut(), scores) {
        let rated = example.responses.iter().zip(scores);
        ranking.details.ratings =
            rated.filter_map(|(response, (_, score))| rating(response.id, "score", score)).collect();
    }
    Ok(vec![example])
}

fn turns(fields: &mut Fields, name: &str) -> Result<Vec<Message>, Misfit> {
    let list = fields.take(name).ok_or_else(|| Misfit::missing(name))?;
    let messages = read_messages(list, name)?;
    if messages.is_empty() { Err(Misfit::new(name, "is an empty list")) } else { Ok(messages) }
}

/// What the user asks first.
fn question(prompt: &[Message]) -> Option<String> {
    let asked = prompt.iter().find(|message| message.role == Role::User)?;
    Some(asked.text().into_owned())
}

//! `nectar`: several models' answers to a transcript, each with its rank.

use serde_json::Value;

use super::judged::{Best, number, tiers};
use super::source::{Reading, Source};
use super::turns::{inside, needed_list, of_transcript};
use crate::example::{Author, Example, Message, Prompt, Ranking, Response, Role};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const NECTAR: Source = Source {
    id: "nectar",
    title: "Nectar",
    about: "{prompt: transcript, answers: [{answer, model, rank}]}: rank 1 is the best. Read only. Source: \
            berkeley-nest/Nectar.",
    container: container::Kind::JsonLines,
    carries: Carries::Order,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let ranked = has_list_of(record, "answers", "answer") && has_list_of(record, "answers", "rank");
    if has_text(record, "prompt") && ranked { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let prompt = fields.text("prompt")?;
    let mut messages = of_transcript(&prompt);
    messages.pop_if(|last| last.role == Role::Assistant && last.is_blank());
    if messages.is_empty() {
        messages.push(Message::new(Role::User, prompt));
    }
    let mut responses = Vec::new();
    let mut ranks = Vec::new();
    for (index, answer) in needed_list(&mut fields, "answers")?.into_iter().enumerate() {
        let at = |misfit| inside(&format!("answers[{index}]"), misfit);
        let mut answer = Fields::of(answer).map_err(at)?;
        let text = answer.text("answer").map_err(at)?;
        let model = answer.optional_text("model").map_err(at)?;
        let mut response = Response::new(model.map(Author::model), text.trim_start());
        let rank = answer.take("rank").map(|rank| {
            number(&rank).ok_or_else(|| at(Misfit::wrong_type("rank", &rank, "a number from 1")))
        });
        if let Some(rank) = rank.transpose()? {
            ranks.push((response.id, rank));
        }
        response.metadata = answer.rest();
        responses.push(response);
    }
    let ranking = (ranks.len() > 1).then(|| Ranking::new("nectar", tiers(ranks, Best::Lowest)));
    let prompt = Prompt { messages, tools: Vec::new() };
    Ok(vec![preference(prompt, responses, ranking, fields.rest())])
}

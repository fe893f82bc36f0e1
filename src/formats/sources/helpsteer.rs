//! `helpsteer`: responses rated by five criteria, the two of a prompt in rows that follow each other.

use serde_json::Value;

use super::judged::{Best, rating, tiers};
use super::source::{Introduced, Reading, Source};
use crate::example::{Example, Message, Metadata, Prompt, Ranking, Rating, Response, Role};
use crate::formats::build::{preference, sft};
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Finished, Fit, Item, Misfit, Reader, container};

pub(super) const HELPSTEER: Source = Source {
    id: "helpsteer",
    title: "HelpSteer",
    about: "{prompt, response, helpfulness, correctness, coherence, complexity, verbosity}, each 0 to 4: rows that \
            follow each other with the same prompt are one example, ordered by helpfulness. The ratings are kept one \
            higher, from 1 to 5. Read only. Source: nvidia/HelpSteer2.",
    container: container::Kind::JsonLines,
    carries: Carries::Order,
    fit,
    reading: Reading::By(|| Box::<Rows>::default()),
};

/// What is rated.
const CRITERIA: [&str; 5] = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"];
/// Who rated: the dataset doesn't name its annotators.
const ANNOTATOR: &str = "helpsteer";

fn fit(record: &Value) -> Fit {
    let rated = CRITERIA.iter().filter(|name| record.get(**name).is_some()).count() > 2;
    let texts = has_text(record, "prompt") && has_text(record, "response");
    if texts && rated { Fit::Certain } else { Fit::No }
}

/// The responses of one prompt, as long as rows of it come.
#[derive(Default)]
struct Rows {
    prompt: Option<String>,
    rated: Vec<Rated>,
    rest: Metadata,
    introduced: Introduced,
}

struct Rated {
    response: Response,
    ratings: Vec<Rating>,
    helpfulness: Option<f64>,
}

impl Reader for Rows {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let prompt = fields.text("prompt")?;
        let mut response = Response::new(None, fields.text("response")?);
        let mut ratings = Vec::new();
        let mut helpfulness = None;
        for criterion in CRITERIA {
            let Some(value) = fields.take(criterion) else { continue };
            let Some(points) = value.as_f64().filter(|points| (0.0..=4.0).contains(points)) else {
                return Err(Misfit::new(criterion, format!("is {value}; it should be a number from 0 to 4")));
            };
            if criterion == "helpfulness" {
                helpfulness = Some(points);
            }
            // a scale begins at 1
            ratings.extend(rating(response.id, criterion, points + 1.0));
            response.metadata.insert(criterion, value);
        }
        let mut done = Vec::new();
        if self.prompt.as_ref() != Some(&prompt) {
            done = self.example();
            self.prompt = Some(prompt);
            self.rest = fields.rest();
        }
        self.rated.push(Rated { response, ratings, helpfulness });
        Ok(self.introduced.items(done))
    }

    fn finish(&mut self) -> Finished {
        let last = self.example();
        Finished { items: self.introduced.items(last), misfits: Vec::new() }
    }
}

impl Rows {
    /// What the rows so far are.
    fn example(&mut self) -> Vec<Example> {
        let Some(prompt) = self.prompt.take() else { return Vec::new() };
        let rated = std::mem::take(&mut self.rated);
        let scores: Option<Vec<_>> =
            rated.iter().map(|one| Some((one.response.id, one.helpfulness?))).collect();
        let ratings = rated.iter().flat_map(|one| one.ratings.clone()).collect();
        let ranking = scores.map(|scores| {
            let mut ranking = Ranking::new(ANNOTATOR, tiers(scores, Best::Highest));
            ranking.details.ratings = ratings;
            ranking
        });
        let prompt = Prompt { messages: turns(&prompt), tools: Vec::new() };
        let rest = std::mem::take(&mut self.rest);
        let mut responses: Vec<Response> = rated.into_iter().map(|one| one.response).collect();
        if responses.len() > 1 {
            return vec![preference(prompt, responses, ranking, rest)];
        }
        let mut example = sft(prompt, responses.pop(), rest);
        example.rankings.extend(ranking);
        vec![example]
    }
}

/// What stands between the turns of a longer prompt, before the name of who speaks.
const TURN: &str = "<extra_id_1>";

/// The turns of a prompt.
pub(super) fn turns(prompt: &str) -> Vec<Message> {
    let mut parts = prompt.split(TURN);
    let first = parts.next().unwrap_or_default();
    let mut messages =
        vec![Message::new(Role::User, if prompt.contains(TURN) { first.trim_end() } else { first })];
    for part in parts {
        let (speaker, said) = part.split_once('\n').unwrap_or((part, ""));
        let role = match speaker.trim() {
            "Assistant" => Role::Assistant,
            "User" => Role::User,
            "System" => Role::System,
            // the mark is part of what somebody says
            _ => return vec![Message::new(Role::User, prompt)],
        };
        messages.push(Message::new(role, said.trim_end()));
    }
    messages
}

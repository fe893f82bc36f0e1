//! Examples with their rows made ready: what can be done on another thread than the writing one.

use super::super::outcomes::Outcome;
use super::super::write::{messages_json, metadata_json, tokens_of, tools_json};
use crate::example::{Example, Message, Ranking, Uuid};

/// An example with its rows made ready.
#[derive(Debug)]
pub struct Prepared {
    /// The example.
    pub example: Example,
    pub(super) prompt: Text,
    pub(super) tools: Option<String>,
    pub(super) metadata: Option<String>,
    pub(super) responses: Vec<(Text, Option<String>)>,
    pub(super) outcome: Option<Outcome>,
}

#[derive(Debug)]
pub(super) struct Text {
    pub json: String,
    pub tokens: i64,
}

impl Text {
    fn of(messages: &[Message]) -> Self {
        Self { json: messages_json(messages), tokens: tokens_of(messages) }
    }
}

impl Prepared {
    /// Makes the rows of an example ready.
    pub fn of(example: Example) -> Self {
        Self {
            prompt: Text::of(&example.prompt.messages),
            tools: tools_json(&example.prompt),
            metadata: metadata_json(&example.metadata),
            responses: example
                .responses
                .iter()
                .map(|response| (Text::of(&response.messages), metadata_json(&response.metadata)))
                .collect(),
            outcome: outcome_of(&example),
            example,
        }
    }
}

/// What comes of the rankings, which know a response by its place: as they will when they are read
/// from their rows.
fn outcome_of(example: &Example) -> Option<Outcome> {
    let place = |id: &Uuid| {
        let at = example.responses.iter().position(|response| response.id == *id);
        Uuid::from_u128(at.map_or(u128::MAX, |at| at as u128))
    };
    let places = |ids: &Vec<Uuid>| {
        let mut places: Vec<Uuid> = ids.iter().map(place).collect();
        places.sort_unstable();
        places
    };
    let rankings = example.rankings.iter().map(|ranking| Ranking {
        tiers: ranking.tiers.iter().map(places).collect(),
        bad: places(&ranking.bad),
        ..ranking.clone()
    });
    Outcome::of(&rankings.collect::<Vec<_>>())
}

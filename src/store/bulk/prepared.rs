//! Examples with their rows made ready: what can be done on another thread than the writing one.

use super::super::outcomes::Outcome;
use super::super::write::{messages_json, metadata_json, tokens_of, tools_json};
use crate::example::{Consensus, Example, Message, Ranking, Traits, Uuid};

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
    pub(super) traits: Traits,
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
        let prompt = Text::of(&example.prompt.messages);
        let responses: Vec<_> = example
            .responses
            .iter()
            .map(|response| (Text::of(&response.messages), metadata_json(&response.metadata)))
            .collect();
        let consensus = consensus_of(&example);
        Self {
            tools: tools_json(&example.prompt),
            metadata: metadata_json(&example.metadata),
            outcome: consensus.as_ref().map(Outcome::from),
            traits: traits_of(&example, &prompt, &responses, consensus.and_then(|consensus| consensus.best)),
            prompt,
            responses,
            example,
        }
    }
}

/// How a response is called in [`consensus_of`]: by its place.
fn name_of_place(place: usize) -> Uuid {
    Uuid::from_u128(place as u128)
}

/// What comes of the rankings, which know a response by its place: as they will when they are read
/// from their rows. `None` where there are none.
fn consensus_of(example: &Example) -> Option<Consensus> {
    if example.rankings.is_empty() {
        return None;
    }
    let place = |id: &Uuid| {
        let at = example.responses.iter().position(|response| response.id == *id);
        at.map_or(Uuid::max(), name_of_place)
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
    Some(Consensus::of(&rankings.collect::<Vec<_>>()))
}

/// What is read off it: of the response that rankings put first, else of the first that says something, as
/// [`settle_traits`](super::super::settle_traits) reads it off the rows.
fn traits_of(
    example: &Example,
    prompt: &Text,
    responses: &[(Text, Option<String>)],
    best: Option<Uuid>,
) -> Traits {
    let said = example.responses.iter().zip(responses).enumerate();
    let mut said = said.filter(|(_, (_, (text, _)))| text.tokens > 0).peekable();
    let first = said.peek().copied();
    let told = said.find(|(place, _)| Some(name_of_place(*place)) == best).or(first);
    let tokens = |text: &Text| u32::try_from(text.tokens).unwrap_or(u32::MAX);
    let told = told.map(|(_, (response, (text, _)))| (response.messages.as_slice(), tokens(text)));
    Traits::of(&example.prompt, tokens(prompt), told)
}

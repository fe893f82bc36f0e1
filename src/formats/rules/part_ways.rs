//! For consumers that find the prompt by looking how far two conversations are alike.

use super::{Offence, Rule};
use crate::example::{Message, Response};
use crate::formats::Outgoing;

/// The responses part at their first turn.
pub struct PartWays;

impl Rule for PartWays {
    fn id(&self) -> &'static str {
        "part-ways"
    }

    fn demand(&self) -> &'static str {
        "responses that differ in their first turn: what they have in common is taken for the prompt"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let responses = &outgoing.responses;
        responses.iter().enumerate().find_map(|(index, one)| {
            let alike = responses
                .iter()
                .take(index)
                .any(|other| first(one).zip(first(other)).is_some_and(|(one, other)| is_alike(one, other)));
            let at = outgoing.example.responses.iter().position(|other| other.id == one.id).unwrap_or(index);
            alike.then(|| {
                Offence::new(
                    format!("response {}[0]", at + 1),
                    "is the same turn as another response begins with",
                )
            })
        })
    }

    fn advice(&self) -> &'static str {
        "choose a format that has a field for the prompt"
    }
}

fn first(response: &Response) -> Option<&Message> {
    response.messages.first()
}

fn is_alike(one: &Message, other: &Message) -> bool {
    one.text() == other.text() && one.tool_calls == other.tool_calls
}

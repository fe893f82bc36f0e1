//! What must be known of a response beside what it says.

use super::{Offence, Rule};
use crate::example::{Example, Response};
use crate::formats::{Outgoing, Unwritable, attributes, steps};

/// Something that is known of a response.
pub struct SaidOf {
    /// The word for the rule.
    pub id: &'static str,
    /// What is demanded, as a sentence.
    pub demand: &'static str,
    /// What a person can do.
    pub advice: &'static str,
    /// Whether it is there.
    pub check: fn(&Example, &Response) -> Result<(), Unwritable>,
}

impl SaidOf {
    /// Its steps, each with a label.
    pub const STEPS: Self = Self {
        id: "steps",
        demand: "a response keeps its steps, each with a label",
        advice: "import steps with labels (trl-stepwise, prm800k, math-shepherd), or leave such out by --skip-invalid",
        check: |_, response| steps::of(response).map(drop),
    };
    /// Ratings that can be attributes.
    pub const ATTRIBUTES: Self = Self {
        id: "attributes",
        demand: "a response is rated by criteria, from 1 to 5",
        advice: "rate the response, or leave such out by --skip-invalid",
        check: |example, response| attributes::write(example, response.id).map(drop),
    };
}

impl Rule for SaidOf {
    fn id(&self) -> &'static str {
        self.id
    }

    fn demand(&self) -> &'static str {
        self.demand
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let wrong = (self.check)(outgoing.example, conversation.response?).err()?;
            Some(Offence::new(format!("response {}", conversation.number.unwrap_or(1)), wrong.0))
        })
    }

    fn advice(&self) -> &'static str {
        self.advice
    }
}

//! What consumers demand of an example, as rules that are asked before anything is written.
//!
//! A rule looks at what goes out ([`Outgoing`]), not at what is written: so it can name the turn, and
//! what would mend it. Each format lists the rules of its consumer ([`super::Format::rules`]); a rule is a
//! constant here, in the file of its subject.

use super::Outgoing;
use super::mends::Mend;

mod alternation;
mod content;
mod ends;
mod findable;
mod part_ways;
mod reference;
mod reserved;
mod roles;
mod running;
mod said_of;
mod shape;
mod system;
mod tools;
mod weights;

pub(super) use alternation::Alternation;
pub(super) use content::{NoEmptyTurns, Parts, Size, TextOnly};
pub(super) use ends::{Ends, UserLast};
pub(super) use findable::Findable;
pub(super) use part_ways::PartWays;
pub(super) use reference::{GRADED, Referenced};
pub(super) use reserved::Reserved;
pub(super) use roles::Roles;
pub(super) use running::RunningText;
pub(super) use said_of::SaidOf;
pub(super) use shape::{OneQuestion, OneText, OneTurn};
pub(super) use system::{OneSystem, System};
pub(super) use tools::{CallsAlone, CallsAnswered, CallsDefined, NoTools, ToolDefinitions, ToolNames};
pub(super) use weights::Weights;

/// One demand of a consumer.
pub trait Rule: Sync {
    /// The word for it in reports and on the command line: `alternate`.
    fn id(&self) -> &'static str;
    /// What is demanded, as a sentence.
    fn demand(&self) -> &'static str;
    /// The first place where an example does not meet it.
    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence>;
    /// What would mend it by itself, in the order in which it is done.
    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[]
    }
    /// What a person can do where nothing mends it by itself.
    fn advice(&self) -> &'static str {
        "edit the example"
    }
}

/// Where an example does not meet a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// The turn: `prompt[2]`, `response 1[0]`; empty where it is the example as a whole.
    pub place: String,
    /// What is wrong there, as the rest of a sentence that begins with the place.
    pub reason: String,
}

impl Offence {
    fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}

impl std::fmt::Display for Offence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place.as_str() {
            "" => write!(f, "the example {}", self.reason),
            place => write!(f, "{place} {}", self.reason),
        }
    }
}

/// How many examples, tokens and bytes a consumer takes. Of a number that is not known, or that is
/// another for every plan or model, nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The fewest records of a file.
    pub min_records: Option<u64>,
    /// The most records of a file.
    pub max_records: Option<u64>,
    /// The most tokens of a record.
    pub max_tokens: Option<u64>,
    /// The most bytes of a file.
    pub max_bytes: Option<u64>,
}

impl Limits {
    /// No limit is known.
    pub const NONE: Self = Self { min_records: None, max_records: None, max_tokens: None, max_bytes: None };
}

#[cfg(test)]
mod tests;

//! A contract proposed from the responses that are there.
//!
//! What a few bad rows do must not loosen it: a key is required where 99 % of its objects have it,
//! and a kind of value counts where more than 1 % of the values are of it (of fewer than
//! 20: all of them). Choices are listed where at most 12 short texts were seen in at least 50 places.

mod shape;
mod texts;

use serde_json::{Map, Value, json};

use crate::example::Contract;

use shape::Shape;
use texts::Texts;

/// Where there are fewer, every single one counts.
const FEW: u64 = 20;
/// Of that many one can say that what was not seen is not wanted.
const MANY: u64 = 50;
/// Choices that a list of them has at most, and characters that each of them has.
const MOST_CHOICES: usize = 12;
const LONGEST_CHOICE: usize = 40;

/// Whether what was seen `n` times of `all` is the rule.
const fn is_rule(n: u64, all: u64) -> bool {
    if all < FEW { n == all } else { n * 100 >= all * 99 }
}

/// Whether what was seen `n` times of `all` is more than a slip.
const fn is_usual(n: u64, all: u64) -> bool {
    if all < FEW { n > 0 } else { n * 100 > all }
}

/// Gathers what responses are like. What it keeps is bounded, however many there are, save for a
/// number a response.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    shape: Shape,
    json: u64,
    texts: Texts,
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Responses.
    pub responses: u64,
    /// Responses that are JSON objects or arrays.
    pub json: u64,
    /// Characters of nearly all responses: the first and the last percentile.
    pub characters: Option<(u64, u64)>,
}

impl Proposal {
    /// Takes a response into account.
    pub fn add_text(&mut self, text: &str) {
        self.texts.add(text);
        let begins = text.trim_start().starts_with(['{', '[']);
        if let Some(value) = serde_json::from_str(text).ok().filter(|_: &Value| begins) {
            self.add(&value);
        }
    }

    /// Takes a value into account that a response is.
    pub fn add(&mut self, value: &Value) {
        self.json += 1;
        self.shape.add(value, 0);
    }

    /// What was seen so far.
    pub fn seen(&self) -> Seen {
        Seen {
            responses: self.texts.count().max(self.json),
            json: self.json,
            characters: self.texts.characters(),
        }
    }

    /// A JSON Schema (draft 2020-12) that the values keep to as a rule; `closed`: with no other keys
    /// than those seen. `None` where none was added.
    pub fn finish(&self, closed: bool) -> Option<Value> {
        if self.json == 0 {
            return None;
        }
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.extend(self.shape.schema(closed));
        Some(Value::Object(schema))
    }

    /// A contract: a schema where 90 % of the responses are JSON, or else the answers that are
    /// given where they are few and short, or else how long they are. `None` where the responses
    /// show no such thing.
    pub fn contract(&self, closed: bool) -> Option<Contract> {
        let seen = self.seen();
        let mut contract = Contract::default();
        if seen.json > 0 && seen.json * 10 >= seen.responses * 9 {
            contract.schema = self.finish(closed);
        } else if let Some(allowed) = self.texts.choices() {
            contract.allowed = allowed;
        } else if let Some((least, most)) = seen.characters.filter(|_| seen.responses >= FEW) {
            contract.characters.min = Some(least);
            contract.characters.max = Some(most);
        }
        Some(contract).filter(|contract| !contract.is_empty())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

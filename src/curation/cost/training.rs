//! Tokens times epochs times price.

use serde::{Deserialize, Serialize};

use crate::curation::numbers::float;

/// What training on a million tokens costs at the least and at the most, where no price is known.
const USUAL: [f64; 2] = [2.0, 20.0];

/// What a provider takes for training a model, and when that was noted: prices change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Who.
    pub provider: String,
    /// Which model.
    pub model: String,
    /// For a million tokens, in dollars.
    pub per_million: f64,
    /// The day on which it was noted, such as `2026-01-31`.
    pub noted: String,
}

/// The epochs that OpenAI's own guide takes: 3, more where there are few examples so that 100 are seen, up
/// to 25, and fewer where more than 25,000 would be. 0 of nothing.
pub fn openai_epochs(examples: u64) -> u64 {
    match examples.saturating_mul(3) {
        0 => 0,
        seen if seen < 100 => (100 / examples).min(25),
        seen if seen > 25_000 => (25_000 / examples).max(1),
        _ => 3,
    }
}

/// How often all examples are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epochs {
    /// So often.
    Fixed(u64),
    /// As often as by [`openai_epochs`].
    OpenAi,
}

/// What is trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Training {
    /// How many examples.
    pub examples: u64,
    /// Their tokens, none counted beyond the longest that is taken.
    pub tokens: u64,
    /// Tokens of the validation set, and how often it is gone through where that costs.
    pub validation: (u64, u64),
    /// How often examples are seen.
    pub epochs: Epochs,
}

impl Training {
    /// Of examples of so many tokens each, of which what is beyond the longest that is taken does not count.
    pub fn of(lengths: &[u64], longest: u64, epochs: Epochs) -> Self {
        let tokens = lengths.iter().map(|&tokens| tokens.min(longest)).fold(0, u64::saturating_add);
        Self { examples: lengths.len() as u64, tokens, validation: (0, 0), epochs }
    }

    /// Where each example is filled up to the longest, as those do that do not pack.
    pub fn unpacked(examples: u64, longest: u64, epochs: Epochs) -> Self {
        Self { examples, tokens: examples.saturating_mul(longest), validation: (0, 0), epochs }
    }

    /// How often all examples are seen.
    pub fn epochs(&self) -> u64 {
        match self.epochs {
            Epochs::Fixed(epochs) => epochs,
            Epochs::OpenAi => openai_epochs(self.examples),
        }
    }

    /// The tokens that are paid for: those of all epochs, and those of validation.
    pub fn billed(&self) -> u64 {
        let (tokens, times) = self.validation;
        self.tokens.saturating_mul(self.epochs()).saturating_add(tokens.saturating_mul(times))
    }

    /// What it costs; `None` where the price is none.
    pub fn cost(&self, price: &Price) -> Option<Cost> {
        let is_price = price.per_million.is_finite() && price.per_million >= 0.0;
        let (tokens, epochs) = (self.billed(), self.epochs());
        is_price.then(|| Cost { tokens, epochs, money: float(tokens) / 1e6 * price.per_million })
    }
}

/// What training costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// The tokens that are paid for.
    pub tokens: u64,
    /// How often all examples are seen.
    pub epochs: u64,
    /// In dollars.
    pub money: f64,
}

impl Cost {
    /// What it says, with the day of the price.
    pub fn told(&self, price: &Price) -> String {
        let Price { provider, model, per_million, noted } = price;
        let (money, epochs, millions) = (self.money, self.epochs, float(self.tokens) / 1e6);
        format!(
            "about ${money:.2}: {millions:.2} million tokens in {epochs} epochs at ${per_million:.2} a million ({provider} {model}, noted {noted})"
        )
    }
}

/// Between what training on so many tokens usually costs, where no price is known.
pub fn usual_range(tokens: u64) -> [f64; 2] {
    USUAL.map(|per_million| float(tokens) / 1e6 * per_million)
}

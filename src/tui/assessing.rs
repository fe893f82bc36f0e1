//! What the dataset is ready for, as Home and the screen of readiness show it; and few examples for a prompt.

use std::path::PathBuf;

use crate::curation::cost::{Cost, Price, Prices};
use crate::dataset::{Assessment, Findings, Pick, Trained};
use crate::text::count::{plural, thousands};

/// How much is to be measured for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All of it, however long that takes.
    All,
    /// What is known, and what a small dataset needs: nobody waits for it.
    AtHand,
    /// What is known, whether or not the dataset is still so; it calls off nothing.
    Known,
}

/// What the dataset is ready for, with what is behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// The verdict, the gauges, the work that is left.
    pub page: Assessment,
    /// The examples behind it.
    pub findings: Findings,
    /// What is trained on.
    pub trained: Trained,
    /// What that costs, by each price.
    pub costs: Vec<(Price, Cost)>,
    /// Where the prices are from, or why the person's own can't be read.
    pub prices: PricesFrom,
    /// Whether the dataset is still as it was measured.
    pub is_current: bool,
}

/// Where prices are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PricesFrom {
    /// They are built in, and nobody checked them.
    BuiltIn,
    /// The person's own file.
    File(PathBuf),
    /// That can't be read: those built in are taken.
    Unreadable(String),
}

impl PricesFrom {
    /// Reads the prices.
    pub fn read(path: Option<&std::path::Path>) -> (Prices, Self) {
        match Prices::read(path) {
            Ok(prices) => {
                let from = prices.file.clone().map_or(Self::BuiltIn, Self::File);
                (prices, from)
            }
            Err(error) => (Prices::built_in(), Self::Unreadable(error.to_string())),
        }
    }
}

/// Few examples that stand for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Few {
    /// As the text of a prompt.
    pub text: String,
    /// How many they are, what they take, and of how many they are, in a sentence.
    pub said: String,
}

impl Few {
    /// What was picked.
    pub fn of(pick: &Pick) -> Self {
        let examples = plural(pick.picked.chosen.len() as u64, "example");
        let (tokens, among) = (thousands(pick.picked.tokens), thousands(pick.choices.len() as u64));
        Self {
            text: pick.text(),
            said: format!("{examples} of {among}, {tokens} tokens; the most typical stands last"),
        }
    }
}

//! An example to write, and why.

use super::gap::Gap;
use crate::curation::tway::{At, NONE, Names};
use crate::text::count::thousands;

/// So many reasons are told at most.
const REASONS: usize = 3;

/// Examples to write next: a value for each facet in which it fills something, how many, and what that fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The value of each facet; `None` where any will do.
    pub values: Vec<Option<u16>>,
    /// How many more such examples fill something with every single one.
    pub more: u32,
    /// What the first of them is worth.
    pub gain: f64,
    /// The places that it fills, the one that lacks most first.
    pub fills: Vec<Gap>,
}

impl Card {
    pub(super) fn new(row: &[u16], mut fills: Vec<Gap>) -> Self {
        fills.retain(|gap| gap.weight > 0.0);
        fills.sort_by(Gap::order);
        Self {
            values: row.iter().map(|&value| (value != NONE).then_some(value)).collect(),
            more: fills.iter().map(Gap::missing).min().unwrap_or(1).max(1),
            gain: fills.iter().map(|gap| gap.weight).sum(),
            fills,
        }
    }

    /// The values of the facets that have one.
    pub fn chosen(&self) -> Vec<At> {
        let values = self.values.iter().enumerate();
        values.filter_map(|(facet, value)| Some(At::new(facet, (*value)?))).collect()
    }

    /// What to write, such as `12 more with intent: refund, language: tr`.
    pub fn told(&self, names: &Names) -> String {
        let values: Vec<String> = self.chosen().into_iter().map(|at| names.told(at)).collect();
        format!("{} more with {}", thousands(self.more.into()), values.join(", "))
    }

    /// Why, such as `refund has 9 of 150; refund × tr has 0 of 3; and 4 others`.
    pub fn reason(&self, names: &Names) -> String {
        let mut told: Vec<String> = self.fills.iter().take(REASONS).map(|gap| gap.told(names)).collect();
        match self.fills.len().saturating_sub(REASONS) {
            0 => {}
            1 => told.push("and 1 other lacks some".to_owned()),
            others => told.push(format!("and {others} others lack some")),
        }
        told.join("; ")
    }
}

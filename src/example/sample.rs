//! Plans of samples for review: how many are drawn, and when they are enough. Data only.

use serde::{Deserialize, Serialize};

/// How many submitted examples are reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Plan {
    /// A share of them.
    Share {
        /// From 0 to 1.
        share: f64,
    },
    /// As many as say, where none is wrong, that no more than this share is.
    Bound {
        /// The share that are wrong at most, from 0 to 1.
        at_most: f64,
        /// How sure one wants to be, from 0 to 1.
        confidence: f64,
    },
    /// One after the other, until it is decided (Wald's sequential test).
    Sequential {
        /// A share of wrong ones that is good enough.
        good: f64,
        /// A share of wrong ones that is not.
        bad: f64,
        /// How often good work may be refused.
        alpha: f64,
        /// How often bad work may be accepted.
        beta: f64,
    },
}

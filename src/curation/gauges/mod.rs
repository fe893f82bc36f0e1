//! The four gauges, one for each word that good data stands on: coverage, balance, consistency, quality.
//!
//! Each is a number of its own, with how many it is of; nothing is blended into one score, because a high one
//! never makes up for a low one. Three of them look at counts and at form. Only quality, which is what people
//! found in a blind random sample, says anything of whether the answers are right.

mod gauge;
mod measures;

pub use gauge::{Gauge, Reading, Value, Word};
pub use measures::{balance, consistency, coverage, quality};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! Splits: which examples are for training, which for validation and which for the test, and how these
//! compare.
//!
//! The place of an example, or of a group of examples with like prompts, is a hash of a key and an id, so
//! that other examples have no say in it ([`place`]). Either the place alone decides, or groups are dealt
//! such that every stratum comes near to the shares ([`deal`]). Whoever deals keeps what came of it: a
//! side, once given, stays.

pub mod compare;
pub mod deal;
pub mod place;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod deal_tests;

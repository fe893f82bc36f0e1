//! What a dataset is ready for: a prompt with a few examples, retrieval, fine-tuning, or more work first.
//!
//! Nothing is blended into one score: each gate has a line with its number, of how many, its threshold and
//! its verdict, and where something is missing, the work that it takes. Those who set the thresholds may
//! move them ([`Thresholds`]).

mod advice;
mod answers;
mod inputs;
mod line;
mod lines;
mod preference;

pub use crate::example::{ThresholdError, Thresholds};
pub use advice::{Advice, Next, Readiness, readiness};
pub use answers::{Answers, NoMoney, Question};
pub use inputs::{Counted, Inputs, Pace, Pairs, Required, RequiredFacet};
pub use line::{About, Line, Measure, Outcome, Work, WorkKind};
pub use preference::{PairAdvice, PairReadiness, pair_readiness};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

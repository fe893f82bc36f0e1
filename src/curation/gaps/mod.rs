//! What to write next: which values and pairs of values lack examples, and which examples fill most of that.
//!
//! An example is worth what it fills (weighted deficits, as greedy builders of test suites count them: Cohen
//! et al. 1997):
//! `Σ w₁ · max(0, t − n) / t` over its values with a target t, and
//! `Σ w₂ · max(0, m − n) / m · traffic · (1 + λ · lift)` over its pairs of values, each of which wants m,
//! or what is wanted of it in particular.
//! Begun from the place that lacks most, the other facets are chosen one at a time, each for what it adds
//! to the others, until no single change is better; of several beginnings the best is kept, taken as
//! written, and the search goes on. What can't be is never proposed.

mod at_hand;
mod card;
mod gap;
mod needs;
mod search;
mod terms;
mod wanted;
mod worth;

pub use at_hand::{Largest, Step, Surveyed, at_hand, nothing_waits};
pub use card::Card;
pub use gap::{Gap, Place, open_gaps};
pub use needs::{Need, lacking, needs};
pub use search::{Cards, cards};
pub use wanted::{GapError, PairWeight, Wanted, Weights, default_target};
pub use worth::Worths;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! Coverage: how far the usable examples reach the targets, those of values and those of cells.
//!
//! For a value with n usable examples and target t, what is missing is max(0, t − n), and so it is where values
//! of two facets meet and a number is wanted. The coverage is Σ min(n, t) / Σ t over all that have a target, so
//! that plenty of one kind never hides the lack of another.

mod facet;
mod fewest;
mod whole;

pub use facet::{FacetCoverage, Reach, ValueCoverage};
pub use whole::{Coverage, SHARES_OF_NOTHING};

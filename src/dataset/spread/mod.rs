//! How a dataset is spread: lengths, who worked on what and where it came from, and how the splits compare.
//!
//! Of a million examples each takes seconds: what reads it hears of the progress, and can stop it. Live counts
//! (`Counts`) tell of values and people without any of this.

mod lengths;
mod people;
mod rows;
mod splits;

pub use lengths::Lengths;
pub use people::{Linked, People, SourceCount};
pub use splits::{FacetSplits, HeldOut, Splits, Untrained};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

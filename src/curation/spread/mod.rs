//! How numbers and kinds are spread: lengths in buckets with their quantiles, whether two samples of lengths
//! are alike, whether who worked and what they worked on hang together, and what a model could learn of pairs
//! without reading them.

mod association;
mod histogram;
mod look;
mod rules;
mod two_samples;

pub use association::{Association, Tie, association, strongest};
pub use histogram::{Bucket, Histogram, Quantiles};
pub use look::Look;
pub use rules::{Rule, Slot};
pub use two_samples::{TwoSamples, kolmogorov_smirnov};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

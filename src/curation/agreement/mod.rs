//! How far annotators agree: coefficients, what they are counted on, how sure they are.
//!
//! The coefficients ([`percent`], [`cohen`], [`fleiss`], [`krippendorff`], [`gwet`]) are functions of a
//! [`Tally`], a few small tables that add up over units; [`kendall`]'s are of single examples. [`units`]
//! makes units of rankings, [`report`] measures a dataset, [`interval`] says how sure it is.

pub mod cohen;
pub mod fleiss;
pub mod gwet;
pub mod kendall;
pub mod krippendorff;
pub mod percent;
mod tally;
mod undefined;

#[cfg(test)]
mod vectors_tests;

pub use tally::Tally;
pub use undefined::Undefined;

/// Counts of people and things are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn float(n: usize) -> f64 {
    n as f64
}

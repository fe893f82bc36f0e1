//! How far annotators agree: coefficients, what they are counted on, how sure they are.
//!
//! The coefficients ([`percent`], [`cohen`], [`fleiss`], [`krippendorff`], [`gwet`]) are functions of a
//! [`Tally`], a few small tables that add up over units; [`kendall`]'s are of single examples. [`units`]
//! makes units of rankings, [`report`] measures a dataset and says how sure it is.

pub mod cohen;
pub mod fleiss;
pub mod gwet;
mod interval;
pub mod kendall;
pub mod krippendorff;
pub mod percent;
pub mod report;
mod sums;
mod tally;
mod undefined;
pub mod units;

#[cfg(test)]
mod report_tests;
#[cfg(test)]
mod vectors_tests;

pub use report::{
    Agreement, Band, Coefficient, MEASURES, Measure, Measured, Pair, Remark, agreement, intervals,
};
pub use tally::Tally;
pub use undefined::Undefined;
pub use units::{Unit, Value, units};

/// Counts of people and things are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn float(n: usize) -> f64 {
    n as f64
}

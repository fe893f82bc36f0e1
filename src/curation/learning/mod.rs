//! How the error falls as examples are added, and how many more would make it small enough.
//!
//! err(n) = a + b · n⁻ᶜ (Figueroa et al. 2012; Hestness et al. 2017): a is what no number of examples
//! mends, c how fast the rest falls. For each c of a grid a and b have a closed form, so that the fit is the
//! same on every machine. Nothing is told beyond four times the largest number that was tried.

mod curve;
mod fit;
mod forecast;

pub use curve::Curve;
pub use fit::{CurveError, Point, curves_of_few, fit};
pub use forecast::{Forecast, Refusal};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

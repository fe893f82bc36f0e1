//! Fleiss' kappa (Fleiss 1971): the agreement of any number of raters, who need not be the same ones.
//!
//! κ = (pₐ − pₑ) / (1 − pₑ), pₑ = Σₖ πₖ²: chance is that everybody answers by chance with the shares of all
//! answers. Where units have unequally many answers, πₖ is the mean of the units' shares (Gwet 2014).

use super::percent::{beyond_chance, percent};
use super::{Tally, Undefined};

/// Kappa of many raters.
pub fn kappa<const Q: usize>(tally: &Tally<Q>) -> Result<f64, Undefined> {
    let seen = percent(tally)?;
    let expected = tally.shares.iter().map(|share| (share / tally.judged).powi(2)).sum();
    beyond_chance(seen, expected)
}

//! Gwet's AC1 (Gwet 2008): agreement beyond chance that doesn't break down where one answer is frequent.
//!
//! AC1 = (pₐ − pₑ) / (1 − pₑ), pₑ = Σₖ πₖ(1 − πₖ) / (q − 1): chance is that of answers on which raters have to
//! guess. q counts the declared categories, those that nobody used included.

use super::percent::{beyond_chance, percent};
use super::{Tally, Undefined};

/// AC1 over the tally's `Q` declared categories.
pub fn ac1<const Q: usize>(tally: &Tally<Q>) -> Result<f64, Undefined> {
    let seen = percent(tally)?;
    let others = u32::try_from(Q).map_or(f64::MAX, |q| f64::from(q) - 1.0);
    if others < 0.5 {
        return Err(Undefined::NoVariation);
    }
    let open: f64 = tally.shares.iter().map(|share| share / tally.judged).map(|pi| pi * (1.0 - pi)).sum();
    beyond_chance(seen, open / others)
}

//! Percent agreement: how often two of those who judged a unit say the same.
//!
//! The mean over units with mᵤ ≥ 2 answers of Σₖ nᵤₖ(nᵤₖ − 1) / mᵤ(mᵤ − 1). It takes no account of
//! chance: where nine of ten answers are one, two who guess agree on 82 %.

use super::{Tally, Undefined};

/// The share of agreeing pairs of answers, from 0 to 1.
pub fn percent<const Q: usize>(tally: &Tally<Q>) -> Result<f64, Undefined> {
    if tally.shared < 0.5 { Err(Undefined::NoOverlap) } else { Ok(tally.agreed / tally.shared) }
}

/// Agreement beyond what is expected by chance, as a share of what is possible beyond it.
pub(super) fn beyond_chance(seen: f64, expected: f64) -> Result<f64, Undefined> {
    let possible = 1.0 - expected;
    if possible < 1e-12 { Err(Undefined::NoVariation) } else { Ok((seen - expected) / possible) }
}

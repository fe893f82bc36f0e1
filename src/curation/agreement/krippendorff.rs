//! Krippendorff's alpha (Krippendorff 2011): for any number of raters, with answers missing.
//!
//! α = 1 − Dₒ/Dₑ with Dₒ = Σ oₖₗ δ²ₖₗ / n and Dₑ = Σ nₖ nₗ δ²ₖₗ / n(n − 1), where o are the coincidences, nₖ their
//! sums and n the sum of all. δ² says how far two answers are apart: by the kind of the answers. Where
//! Dₑ = 0 it is undefined, never 1: of raters who always say the same nobody knows whether they look.

use super::{Tally, Undefined};

/// How far two answers are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Different is different: δ² = 1.
    Nominal,
    /// Ordered: δ² = (Σ n from k to l − (nₖ + nₗ)/2)², by how many answers lie between.
    Ordinal,
    /// In equal steps: δ² = (k − l)².
    Interval,
}

/// Alpha at a level; categories are ordered by their numbers.
pub fn alpha<const Q: usize>(tally: &Tally<Q>, level: Level) -> Result<f64, Undefined> {
    let mut sums = [0.0; Q];
    for (sum, row) in sums.iter_mut().zip(&tally.coincidences) {
        *sum = row.iter().sum();
    }
    let all: f64 = sums.iter().sum();
    if all < 1.5 {
        return Err(Undefined::NoOverlap);
    }
    let (mut seen, mut expected) = (0.0, 0.0);
    for (k, (row, mine)) in tally.coincidences.iter().zip(sums).enumerate() {
        // How far the categories from `k` on are, each in turn: all before `l`, and half of `l`.
        let mut between = mine / 2.0;
        let mut steps = 0.0;
        for (cell, theirs) in row.iter().zip(sums).skip(k + 1) {
            steps += 1.0;
            let apart: f64 = match level {
                Level::Nominal => 1.0,
                Level::Ordinal => between + theirs / 2.0,
                Level::Interval => steps,
            };
            between += theirs;
            seen += cell * apart * apart;
            expected += mine * theirs * apart * apart;
        }
    }
    if expected < 1e-12 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - (all - 1.0) * seen / expected)
}

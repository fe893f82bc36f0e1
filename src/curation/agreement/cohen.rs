//! Cohen's kappa (Cohen 1960): the agreement of two raters beyond that of their own habits.
//!
//! κ = (pₒ − pₑ) / (1 − pₑ), pₑ = Σₖ p₁ₖ·p₂ₖ: chance is that each rater answers by chance with the shares
//! of their own answers.

use super::percent::beyond_chance;
use super::{Tally, Undefined};

/// Kappa of the two raters whose answers are in the tally's table.
pub fn kappa<const Q: usize>(tally: &Tally<Q>) -> Result<f64, Undefined> {
    let all: f64 = tally.table.iter().flatten().sum();
    if all < 0.5 {
        return Err(Undefined::NoOverlap);
    }
    let mut columns = [0.0; Q];
    for row in &tally.table {
        columns.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
    }
    let (mut seen, mut expected) = (0.0, 0.0);
    for (k, (row, column)) in tally.table.iter().zip(columns).enumerate() {
        seen += row.iter().skip(k).take(1).sum::<f64>() / all;
        expected += row.iter().sum::<f64>() / all * (column / all);
    }
    beyond_chance(seen, expected)
}

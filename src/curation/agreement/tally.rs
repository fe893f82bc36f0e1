//! What nominal coefficients are made of: small tables that add up over units.
//!
//! All of them (percent, Cohen, Fleiss, Krippendorff, Gwet) are functions of these sums alone, so a
//! resample of examples is an addition of tables and no walk over answers.

use std::ops::{AddAssign, SubAssign};

/// Sums over units, each of which some raters put into one of `Q` declared categories.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally<const Q: usize> {
    /// Krippendorff's coincidences: pairs of answers within a unit, each unit weighing as many as it has answers.
    pub coincidences: [[f64; Q]; Q],
    /// What the first of two raters said (rows) and the second (columns), of units that both judged.
    pub table: [[f64; Q]; Q],
    /// The shares of the categories, summed over the units with an answer.
    pub shares: [f64; Q],
    /// How many units have an answer.
    pub judged: f64,
    /// The shares of agreeing pairs, summed over the units with two answers or more.
    pub agreed: f64,
    /// How many units have two answers or more.
    pub shared: f64,
}

impl<const Q: usize> Default for Tally<Q> {
    fn default() -> Self {
        let zero = [[0.0; Q]; Q];
        Self { coincidences: zero, table: zero, shares: [0.0; Q], judged: 0.0, agreed: 0.0, shared: 0.0 }
    }
}

impl<const Q: usize> Tally<Q> {
    /// The sums over a plain table: a row a unit, a column a rater, `None` where there is no answer.
    pub fn of<R: AsRef<[Option<usize>]>>(units: &[R]) -> Self {
        let mut tally = Self::default();
        units.iter().for_each(|unit| tally.add(unit.as_ref()));
        tally
    }

    /// Adds a unit. An answer outside of the declared categories counts as missing.
    pub fn add(&mut self, answers: &[Option<usize>]) {
        let mut counts = [0.0; Q];
        for &answer in answers.iter().flatten() {
            if let Some(count) = counts.get_mut(answer) {
                *count += 1.0;
            }
        }
        if let [Some(a), Some(b)] = *answers
            && let Some(cell) = self.table.get_mut(a).and_then(|row| row.get_mut(b))
        {
            *cell += 1.0;
        }
        self.add_counts(&counts);
    }

    /// Adds a unit by how many chose each category.
    pub fn add_counts(&mut self, counts: &[f64; Q]) {
        let all: f64 = counts.iter().sum();
        if all < 1.0 {
            return;
        }
        self.judged += 1.0;
        for (share, count) in self.shares.iter_mut().zip(counts) {
            *share += count / all;
        }
        if all < 2.0 {
            return;
        }
        self.shared += 1.0;
        for (c, (row, mine)) in self.coincidences.iter_mut().zip(counts).enumerate() {
            for (k, (cell, theirs)) in row.iter_mut().zip(counts).enumerate() {
                let pairs = if c == k { mine * (mine - 1.0) } else { mine * theirs };
                *cell += pairs / (all - 1.0);
                if c == k {
                    self.agreed += pairs / (all * (all - 1.0));
                }
            }
        }
    }

    fn cells(&mut self) -> impl Iterator<Item = &mut f64> {
        let tables = self.coincidences.iter_mut().chain(&mut self.table).flatten();
        tables.chain(&mut self.shares).chain([&mut self.judged, &mut self.agreed, &mut self.shared])
    }
}

impl<const Q: usize> AddAssign<&Self> for Tally<Q> {
    fn add_assign(&mut self, other: &Self) {
        let mut other = *other;
        self.cells().zip(other.cells()).for_each(|(mine, theirs)| *mine += *theirs);
    }
}

impl<const Q: usize> SubAssign<&Self> for Tally<Q> {
    fn sub_assign(&mut self, other: &Self) {
        let mut other = *other;
        self.cells().zip(other.cells()).for_each(|(mine, theirs)| *mine -= *theirs);
    }
}

//! Coefficients over categories: all of them follow from a few sums over units, which add up.

use super::Undefined;

/// The sums over units from which the coefficients follow. Categories are numbered from 0; those that
/// nobody used count too, where they were offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    categories: usize,
    /// Units with two values or more.
    pub pairable: f64,
    /// Over those, the share of pairs of annotators that say the same.
    agree: f64,
    /// Units with a value, and of each category the sum over them of its share in the unit.
    rated: f64,
    shares: Vec<f64>,
    /// Krippendorff's coincidences, row by row.
    coincidences: Vec<f64>,
}

impl Sums {
    /// Nothing yet, for so many categories.
    pub fn new(categories: usize) -> Self {
        Self {
            categories,
            pairable: 0.0,
            agree: 0.0,
            rated: 0.0,
            shares: vec![0.0; categories],
            coincidences: vec![0.0; categories * categories],
        }
    }

    /// Adds a unit: how many annotators chose each category.
    pub fn add(&mut self, counts: &[f64]) {
        let m: f64 = counts.iter().sum();
        if m < 1.0 {
            return;
        }
        self.rated += 1.0;
        for (share, n) in self.shares.iter_mut().zip(counts) {
            *share += n / m;
        }
        if m < 2.0 {
            return;
        }
        self.pairable += 1.0;
        self.agree += counts.iter().map(|n| n * (n - 1.0)).sum::<f64>() / (m * (m - 1.0));
        let cells = self.coincidences.chunks_exact_mut(self.categories.max(1));
        for ((c, row), &n) in cells.enumerate().zip(counts) {
            for (k, (cell, &other)) in row.iter_mut().zip(counts).enumerate() {
                let pairs = if c == k { n * (n - 1.0) } else { n * other };
                *cell += pairs / (m - 1.0);
            }
        }
    }

    /// Adds other sums `times` times.
    pub fn add_sums(&mut self, other: &Self, times: f64) {
        self.pairable += times * other.pairable;
        self.agree += times * other.agree;
        self.rated += times * other.rated;
        for (sum, more) in self.shares.iter_mut().zip(&other.shares) {
            *sum += times * more;
        }
        for (sum, more) in self.coincidences.iter_mut().zip(&other.coincidences) {
            *sum += times * more;
        }
    }

    /// The observed agreement: the mean over units of the share of pairs of annotators that say the same.
    pub fn percent(&self) -> Result<f64, Undefined> {
        if self.pairable > 0.0 { Ok(self.agree / self.pairable) } else { Err(Undefined::NothingShared) }
    }

    fn beyond(&self, by_chance: f64) -> Result<f64, Undefined> {
        let observed = self.percent()?;
        let room = 1.0 - by_chance;
        if room.abs() < 1e-12 { Err(Undefined::NoVariation) } else { Ok((observed - by_chance) / room) }
    }

    fn shares(&self) -> impl Iterator<Item = f64> {
        self.shares.iter().map(|share| share / self.rated)
    }

    /// Fleiss' kappa (Fleiss 1971): chance agreement is `Σ π²`, with `π` the mean share of a category;
    /// with units of different numbers of annotators as in Gwet's handbook (2014).
    pub fn fleiss(&self) -> Result<f64, Undefined> {
        self.percent()?;
        self.beyond(self.shares().map(|share| share * share).sum())
    }

    /// Gwet's AC1 (Gwet 2008): chance agreement is `Σ π(1−π) / (q−1)`, over all `q` categories offered.
    pub fn ac1(&self) -> Result<f64, Undefined> {
        self.percent()?;
        #[allow(clippy::cast_precision_loss)] // a handful
        let others = self.categories.saturating_sub(1) as f64;
        if others < 1.0 {
            return Err(Undefined::NoVariation);
        }
        self.beyond(self.shares().map(|share| share * (1.0 - share)).sum::<f64>() / others)
    }

    /// Krippendorff's alpha (Krippendorff 2011): `1 − D_o / D_e`, with the distance of two categories
    /// given by `distance(c, k, totals)`.
    fn alpha_by(&self, distance: impl Fn(usize, usize, &[f64]) -> f64) -> Result<f64, Undefined> {
        self.percent()?;
        let totals: Vec<f64> =
            self.coincidences.chunks_exact(self.categories).map(|row| row.iter().sum()).collect();
        let n: f64 = totals.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (c, row) in self.coincidences.chunks_exact(self.categories).enumerate() {
            for (k, cell) in row.iter().enumerate() {
                let far = distance(c, k, &totals);
                observed += cell * far;
                expected += totals.get(c).zip(totals.get(k)).map_or(0.0, |(a, b)| a * b) * far;
            }
        }
        let expected = expected / (n - 1.0);
        if expected.abs() < 1e-12 { Err(Undefined::NoVariation) } else { Ok(1.0 - observed / expected) }
    }

    /// Alpha where every disagreement counts the same.
    pub fn alpha(&self) -> Result<f64, Undefined> {
        self.alpha_by(|c, k, _| if c == k { 0.0 } else { 1.0 })
    }

    /// Alpha where categories are in an order: the distance is the square of how many values lie
    /// between two of them, half of each end.
    pub fn alpha_ordinal(&self) -> Result<f64, Undefined> {
        self.alpha_by(|c, k, totals| {
            let (low, high) = (c.min(k), c.max(k));
            let between: f64 = totals.get(low..=high).unwrap_or_default().iter().sum();
            let ends = totals.get(low).zip(totals.get(high)).map_or(0.0, |(a, b)| (a + b) / 2.0);
            if low == high { 0.0 } else { (between - ends).powi(2) }
        })
    }
}

/// Cohen's kappa (Cohen 1960) of a table: what the one says by row, what the other says by column.
/// Chance agreement is `Σ` row share · column share.
pub fn cohen(table: &[Vec<f64>]) -> Result<f64, Undefined> {
    let n: f64 = table.iter().flatten().sum();
    if n < 1.0 {
        return Err(Undefined::NothingShared);
    }
    let diagonal: f64 = table.iter().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let by_chance: f64 = table
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let column: f64 = table.iter().filter_map(|other| other.get(at)).sum();
            row.iter().sum::<f64>() * column
        })
        .sum::<f64>()
        / (n * n);
    let room = 1.0 - by_chance;
    if room.abs() < 1e-12 { Err(Undefined::NoVariation) } else { Ok((diagonal / n - by_chance) / room) }
}

//! Two runs of the same tests.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::super::numbers::float;
use super::super::proportion::binomial_test;
use super::super::tway::{At, Names, PairCounts};
use super::evidence::benjamini_hochberg;
use super::slices::SliceError;

/// From so many tests on that came out differently the exact test is left for McNemar's own.
const MANY: u64 = 25;

/// How the same tests came out in two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Runs {
    /// Passed in both.
    pub both: u64,
    /// Passed before and failed after.
    pub broke: u64,
    /// Failed before and passed after.
    pub mended: u64,
    /// Failed in both.
    pub neither: u64,
}

impl Runs {
    /// Of tests that passed, or did not, before and after.
    pub fn of(tests: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut runs = Self::default();
        for test in tests {
            match test {
                (true, true) => runs.both += 1,
                (true, false) => runs.broke += 1,
                (false, true) => runs.mended += 1,
                (false, false) => runs.neither += 1,
            }
        }
        runs
    }

    /// How likely a difference so large is by mere chance: the exact test of those that came out differently
    /// where they are few, else McNemar's (1947) with Edwards's correction (1948).
    pub fn p(self) -> f64 {
        if self.broke + self.mended < MANY { self.exact() } else { self.corrected().1 }
    }

    /// The exact test.
    pub fn exact(self) -> f64 {
        binomial_test(self.broke, self.broke + self.mended)
    }

    /// McNemar's statistic (|b − c| − 1)² / (b + c) and its chance.
    pub fn corrected(self) -> (f64, f64) {
        let differently = self.broke + self.mended;
        if differently == 0 {
            return (0.0, 1.0);
        }
        let statistic = (float(self.broke.abs_diff(self.mended)) - 1.0).max(0.0).powi(2) / float(differently);
        (statistic, ChiSquared::new(1.0).map_or(f64::NAN, |of| of.sf(statistic)))
    }

    /// What it says, with the slice that is worst now where one is worse than before.
    pub fn told(self, worse: &[Worse], names: &Names) -> String {
        let (broke, mended) = (self.broke, self.mended);
        let overall = match broke.cmp(&mended) {
            _ if self.p() > 0.05 => "no different overall",
            std::cmp::Ordering::Less => "better overall",
            _ => "worse overall",
        };
        let on = worse.first().map_or_else(String::new, |worst| {
            let (broke, mended) = (worst.broke, worst.mended);
            format!(", worse on {} ({broke} broke, {mended} mended)", names.together(&worst.values))
        });
        format!("{overall} ({broke} broke, {mended} mended){on}")
    }
}

/// A slice in which more broke than was mended.
#[derive(Debug, Clone, PartialEq)]
pub struct Worse {
    /// The values.
    pub values: Vec<At>,
    /// Passed before and failed after.
    pub broke: u64,
    /// Failed before and passed after.
    pub mended: u64,
    /// How likely a difference so large is by mere chance.
    pub p: f64,
    /// The same for as many slices as were looked at.
    pub q: f64,
}

/// Slices of one value and of two in which more broke than was mended, and hardly by chance: the surest
/// first.
///
/// # Errors
/// Where both were counted over different facets.
pub fn worse_slices(
    broke: &PairCounts,
    mended: &PairCounts,
    false_share: f64,
) -> Result<Vec<Worse>, SliceError> {
    if broke.grid() != mended.grid() {
        return Err(SliceError::Facets);
    }
    let grid = broke.grid();
    let kinds = grid.kinds().iter().enumerate();
    let values = kinds.flat_map(|(facet, &kinds)| (0..kinds).map(move |value| At::new(facet, value)));
    let singles = values.map(|at| (vec![at], broke.single(at), mended.single(at)));
    let counted = broke.cells().iter().zip(mended.cells());
    let pairs = grid.all().zip(counted).map(|(cell, (&b, &m))| (vec![cell.first, cell.second], b, m));
    let to_slice = |(values, broke, mended): (Vec<At>, u32, u32)| {
        let p = binomial_test(broke.into(), u64::from(broke) + u64::from(mended));
        Worse { values, broke: broke.into(), mended: mended.into(), p, q: 1.0 }
    };
    let mut slices: Vec<Worse> = singles.chain(pairs).filter(|(_, b, m)| b + m > 0).map(to_slice).collect();
    let chances: Vec<f64> = slices.iter().map(|slice| slice.p).collect();
    for (slice, q) in slices.iter_mut().zip(benjamini_hochberg(&chances)) {
        slice.q = q;
    }
    slices.retain(|slice| slice.broke > slice.mended && slice.q <= false_share);
    slices.sort_by(|one, other| one.p.total_cmp(&other.p).then(one.values.cmp(&other.values)));
    Ok(slices)
}

//! How many kinds there are at the least: Chao's estimates, each with the interval that belongs to it.

use super::Richness;
use crate::curation::numbers::float;
use crate::curation::proportion::{Interval, two_sided_z};

/// Which estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Chao 1984, as iNEXT and `SpadeR` have it.
    Classic,
    /// Chao 2005, as scikit-bio has it.
    BiasCorrected,
}

/// How many kinds there are at the least. With S kinds seen in n observations, f₁ of them once and f₂ twice, and
/// A = (n − 1)/n:
///
/// - The classic one is S + A f₁² / 2f₂, or S + A f₁(f₁ − 1)/2 where no kind was seen twice.
/// - The bias-corrected one is S + f₁(f₁ − 1) / 2(f₂ + 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    pub(super) of: Richness,
    pub(super) form: Form,
}

impl Estimate {
    /// How many kinds there are, those seen among them.
    pub fn kinds(self) -> f64 {
        float(self.of.seen) + self.unseen()
    }

    /// How many of them were never seen.
    pub fn unseen(self) -> f64 {
        let (once, twice) = (float(self.of.once), float(self.of.twice));
        let pairs = once * (once - 1.0).max(0.0);
        match self.form {
            Form::Classic if self.of.twice > 0 => self.of.but_one() * once * once / (2.0 * twice),
            Form::Classic => self.of.but_one() * pairs / 2.0,
            Form::BiasCorrected => pairs / (2.0 * (twice + 1.0)),
        }
    }

    /// Its log-normal interval (Chao 1987): it holds the estimate and begins at what was seen at the lowest. Where
    /// no kind was seen once, what was seen is the estimate, and the upper end is that of Poisson's distribution
    /// (Colwell's `EstimateS`). `None` of nothing.
    pub fn interval(self, confidence: f64) -> Option<Interval> {
        if self.of.observed == 0 {
            return None;
        }
        let (seen, z) = (float(self.of.seen), two_sided_z(confidence));
        if self.of.once == 0 {
            let none = (-float(self.of.observed) / seen).exp();
            let high = seen / (1.0 - none) + z * (seen * none / (1.0 - none)).sqrt();
            return Some(Interval { low: seen, high });
        }
        let unseen = self.unseen();
        if unseen <= 0.0 {
            return Some(Interval { low: seen, high: seen });
        }
        let ratio = (z * (1.0 + self.variance() / (unseen * unseen)).ln().sqrt()).exp();
        Some(Interval { low: seen + unseen / ratio, high: seen + unseen * ratio })
    }

    /// Its variance, where some kind was seen once.
    fn variance(self) -> f64 {
        let (once, twice) = (float(self.of.once), float(self.of.twice));
        let pairs = once * (once - 1.0);
        let uneven = once * (2.0 * once - 1.0).powi(2) / 4.0;
        // A counts twice where both forms are the same but for it.
        let part = match self.form {
            Form::Classic => self.of.but_one(),
            Form::BiasCorrected => 1.0,
        };
        if self.of.twice == 0 {
            let less = part * part * once.powi(4) / (4.0 * self.kinds());
            return part * pairs / 2.0 + part * part * uneven - less;
        }
        match self.form {
            Form::Classic => {
                let ratio = once / twice;
                let square = part * part;
                twice * (part / 2.0 * ratio.powi(2) + square * ratio.powi(3) + square / 4.0 * ratio.powi(4))
            }
            Form::BiasCorrected => {
                let more = twice + 1.0;
                pairs / (2.0 * more) + uneven / (more * more) + twice * pairs * pairs / (4.0 * more.powi(4))
            }
        }
    }
}

impl Richness {
    /// A: the share of the observations without one of them.
    fn but_one(self) -> f64 {
        let n = float(self.observed.max(1));
        (n - 1.0) / n
    }
}

//! How many kinds there still are that nobody has seen, of open lists: tags, errors, intents of users.
//!
//! What was seen once and twice tells of what was seen never (Good 1953, Chao 1984). All of it holds for
//! examples that came (nearly) by chance, such as a sample of a log; of a set that somebody composed it is
//! an indication at most.

mod counts;
mod growth;

pub use counts::{CountOfCounts, NoSuchCount};
pub use growth::{Heaps, heaps};

use super::numbers::float;
use super::proportion::{Interval, two_sided_z};

/// Enough is seen where the next example is of a known kind so surely ...
const COVERED: f64 = 0.95;
/// ... and less than one new kind is expected in the next so many.
const NEXT: u64 = 50;

/// What the counts of kinds say of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Richness {
    /// How many kinds were seen.
    pub seen: u64,
    /// How many observations there are.
    pub observed: u64,
    /// How many kinds were seen once.
    pub once: u64,
    /// How many kinds were seen twice.
    pub twice: u64,
}

impl Richness {
    /// Of so many observations of each kind; those of which there are none don't matter.
    pub fn of(counts: &[u64]) -> Self {
        let having = |sought: u64| counts.iter().filter(|&&n| n == sought).count() as u64;
        Self {
            seen: counts.iter().filter(|&&n| n > 0).count() as u64,
            observed: counts.iter().sum(),
            once: having(1),
            twice: having(2),
        }
    }

    /// At least how many kinds there are (Chao 1984): S + (n − 1)/n · f₁² / 2f₂, or
    /// S + (n − 1)/n · f₁(f₁ − 1)/2 where no kind was seen twice.
    pub fn chao1(self) -> f64 {
        float(self.seen) + self.unseen()
    }

    /// The same with less bias where few kinds were seen twice (Chao 2005): S + f₁(f₁ − 1) / 2(f₂ + 1).
    pub fn chao1_bias_corrected(self) -> f64 {
        let (once, twice) = (float(self.once), float(self.twice));
        float(self.seen) + once * (once - 1.0).max(0.0) / (2.0 * (twice + 1.0))
    }

    /// At least how many kinds were never seen: the estimate of [`Self::chao1`] without those seen.
    pub fn unseen(self) -> f64 {
        if self.observed == 0 {
            return 0.0;
        }
        let (once, twice, n) = (float(self.once), float(self.twice), float(self.observed));
        let square = if self.twice > 0 { once * once / twice } else { once * (once - 1.0).max(0.0) };
        (n - 1.0) / n * square / 2.0
    }

    /// The log-normal interval of [`Self::chao1_bias_corrected`] (Chao 1987): never below what was seen.
    /// Where no kind was seen once it is that of Poisson's distribution (Colwell's `EstimateS`). `None` of
    /// nothing.
    pub fn interval(self, confidence: f64) -> Option<Interval> {
        if self.observed == 0 {
            return None;
        }
        let (seen, z) = (float(self.seen), two_sided_z(confidence));
        if self.once == 0 {
            let none = (-float(self.observed) / seen).exp();
            let (middle, half) = (seen / (1.0 - none), z * (seen * none / (1.0 - none)).sqrt());
            return Some(Interval { low: (middle - half).max(seen), high: middle + half });
        }
        let unseen = self.chao1_bias_corrected() - seen;
        if unseen <= 0.0 {
            return Some(Interval { low: seen, high: seen });
        }
        let ratio = (z * (1.0 + self.variance() / (unseen * unseen)).ln().sqrt()).exp();
        Some(Interval { low: seen + unseen / ratio, high: seen + unseen * ratio })
    }

    /// The variance of [`Self::chao1_bias_corrected`].
    fn variance(self) -> f64 {
        let (once, twice) = (float(self.once), float(self.twice));
        let pairs = once * (once - 1.0);
        let uneven = once * (2.0 * once - 1.0).powi(2) / 4.0;
        if self.twice == 0 {
            return pairs / 2.0 + uneven - once.powi(4) / (4.0 * self.chao1_bias_corrected());
        }
        let more = twice + 1.0;
        pairs / (2.0 * more) + uneven / (more * more) + twice * pairs * pairs / (4.0 * more.powi(4))
    }

    /// How likely the next observation is of a kind that was seen already: the coverage of the sample,
    /// 1 − f₁/n · (n − 1)f₁ / ((n − 1)f₁ + 2f₂) (Chao & Jost 2012). `None` of fewer than two.
    pub fn coverage(self) -> Option<f64> {
        if self.observed < 2 {
            return None;
        }
        let (once, twice, n) = (float(self.once), float(self.twice), float(self.observed));
        let share = match (self.once, self.twice) {
            (0, _) => 0.0,
            // As if one kind less were seen once and one was seen twice.
            (_, 0) => (n - 1.0) * (once - 1.0) / ((n - 1.0) * (once - 1.0) + 2.0),
            _ => (n - 1.0) * once / ((n - 1.0) * once + 2.0 * twice),
        };
        Some(1.0 - once / n * share)
    }

    /// How many new kinds the next `more` observations are expected to show:
    /// f₀ (1 − (1 − f₁ / (n f₀ + f₁))ᵐ) (Shen, Chao & Lin 2003).
    pub fn new_kinds(self, more: u64) -> f64 {
        let (unseen, once, n) = (self.unseen(), float(self.once), float(self.observed));
        if unseen <= 0.0 {
            return 0.0;
        }
        unseen * (1.0 - (1.0 - once / (n * unseen + once)).powf(float(more)))
    }

    /// Whether looking on is hardly worth it; `false` of fewer than two observations.
    pub fn is_enough(self) -> bool {
        self.coverage().is_some_and(|covered| covered >= COVERED) && self.new_kinds(NEXT) < 1.0
    }

    /// What it says in sentences.
    pub fn told(self) -> Vec<String> {
        let Some(covered) = self.coverage() else {
            return vec![format!("{} observed: too few to tell what is unseen", self.observed)];
        };
        let mut told = vec![format!("kinds seen: {}, in {} observations", self.seen, self.observed)];
        let unseen = self.unseen();
        told.push(if unseen < 0.5 {
            "hardly a kind is unseen".to_owned()
        } else {
            format!("kinds unseen: at least {unseen:.0}")
        });
        told.push(format!("the next one is of a new kind {:.1} % of the time", (1.0 - covered) * 100.0));
        told.push(format!("{NEXT} more show about {:.1} new kinds", self.new_kinds(NEXT)));
        if self.is_enough() {
            told.push("enough is seen".to_owned());
        }
        told
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! How many kinds there still are that nobody has seen, of open lists: tags, errors, intents of users.
//!
//! What was seen once and twice tells of what was seen never (Good 1953, Chao 1984). All of it holds for
//! examples that came (nearly) by chance, such as a sample of a log; of a set that somebody composed it is
//! an indication at most.

mod chao;
mod counts;
mod growth;

pub use chao::Estimate;
pub use counts::{CountOfCounts, NoSuchCount};
pub use growth::{Heaps, heaps};

use super::numbers::float;
use super::proportion::Interval;
use crate::text::percent;
use chao::Form;

/// How sure the interval is that is told.
const CONFIDENCE: f64 = 0.95;

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

    /// At least how many kinds there are: the estimate that is told, with the unseen ones of [`Self::unseen`].
    pub fn chao1(self) -> Estimate {
        Estimate { of: self, form: Form::Classic }
    }

    /// The same with less bias where few kinds were seen twice.
    pub fn chao1_bias_corrected(self) -> Estimate {
        Estimate { of: self, form: Form::BiasCorrected }
    }

    /// At least how many kinds were never seen, by [`Self::chao1`].
    pub fn unseen(self) -> f64 {
        self.chao1().unseen()
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
        told.push(match self.chao1().interval(CONFIDENCE) {
            Some(Interval { low, high }) if unseen >= 0.5 => {
                let seen = float(self.seen);
                format!(
                    "kinds unseen: at least {unseen:.0}, {:.0} to {:.0} with chance (Chao1, 95 % sure)",
                    low - seen,
                    high - seen
                )
            }
            _ => "hardly a kind is unseen".to_owned(),
        });
        told.push(format!(
            "the next one is of a new kind {} of the time",
            percent::near_to_tenths(1.0 - covered)
        ));
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

//! Shares and how sure they are: intervals, one-sided bounds, the exact binomial test.

use statrs::distribution::{Beta, ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, ln_beta};

/// From where to where a number lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a number lies in it.
    pub fn contains(self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// How many: halves and other parts count as such.
    pub x: f64,
    /// Of how many.
    pub n: f64,
}

impl Share {
    /// Counts one more.
    pub fn add(&mut self, x: f64) {
        self.x += x;
        self.n += 1.0;
    }

    /// The share, from 0 to 1; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.n > 0.0).then(|| self.x / self.n)
    }

    /// Adds another share's counts.
    pub fn merge(&mut self, other: Self) {
        self.x += other.x;
        self.n += other.n;
    }

    /// How likely a share so far from a half, or farther, is by mere chance (the exact binomial test);
    /// `None` of nothing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts are far below 2^52
    pub fn by_chance(self) -> Option<f64> {
        (self.n > 0.0).then(|| binomial_test(self.x.round() as u64, self.n.round() as u64))
    }

    /// Its 95 % interval (Wilson); `None` of nothing.
    pub fn interval(self) -> Option<Interval> {
        (self.n > 0.0).then(|| wilson(self.x, self.n, 0.95))
    }
}

/// The quantile of the standard normal distribution that leaves half of what `confidence` lacks above it.
pub fn two_sided_z(confidence: f64) -> f64 {
    Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence))
}

/// Wilson's score interval of a share (Wilson 1927): `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
pub fn wilson(x: f64, n: f64, confidence: f64) -> Interval {
    let z = two_sided_z(confidence);
    let p = x / n;
    let z2 = z * z / n;
    let middle = (p + z2 / 2.0) / (1.0 + z2);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt() / (1.0 + z2);
    Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

/// The quantile of a beta distribution; both shapes are above 0 here.
fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    Beta::new(a, b).map_or(f64::NAN, |beta| beta.inverse_cdf(p))
}

#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
fn float(n: u64) -> f64 {
    n as f64
}

/// The exact interval of a share (Clopper & Pearson 1934).
pub fn clopper_pearson(x: u64, n: u64, confidence: f64) -> Interval {
    let tail = (1.0 - confidence) / 2.0;
    let (hits, misses) = (float(x), float(n.saturating_sub(x)));
    Interval {
        low: if x == 0 { 0.0 } else { beta_quantile(tail, hits, misses + 1.0) },
        high: if x >= n { 1.0 } else { beta_quantile(1.0 - tail, hits + 1.0, misses) },
    }
}

/// The exact one-sided upper bound of a share: the share of which seeing so few would be less likely
/// than what `confidence` lacks. 1 where nothing was seen.
pub fn upper_bound(x: u64, n: u64, confidence: f64) -> f64 {
    if x >= n { 1.0 } else { beta_quantile(confidence, float(x) + 1.0, float(n - x)) }
}

/// An upper bound that holds however often one looks, and whenever one stops: the largest share `p`
/// that a mixture over all smaller shares doesn't refute (Robbins 1970; the mixing distribution is
/// uniform on `[0, p]`, so that the ratio is a supermartingale for every true share from `p` on and
/// Ville's inequality bounds its maximum).
pub fn upper_bound_at_any_time(x: u64, n: u64, confidence: f64) -> f64 {
    if n == 0 {
        return 1.0;
    }
    let (hits, misses) = (float(x), float(n - x.min(n)));
    let limit = -(1.0 - confidence).ln();
    let ln_evidence = |p: f64| {
        let mixed = ln_beta(hits + 1.0, misses + 1.0) + beta_reg(hits + 1.0, misses + 1.0, p).ln() - p.ln();
        mixed - hits * p.ln() - misses * (1.0 - p).ln()
    };
    let (mut low, mut high) = ((hits / float(n)).max(1e-12), 1.0 - 1e-12);
    if ln_evidence(high) < limit {
        return 1.0;
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if ln_evidence(middle) < limit {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The chance of at most `x` hits in `n` tries at chance `p`.
pub fn binomial_at_most(x: u64, n: u64, p: f64) -> f64 {
    if x >= n { 1.0 } else { beta_reg(float(n - x), float(x) + 1.0, 1.0 - p) }
}

/// The exact two-sided test of `x` hits in `n` against an even chance: the chance of what is as
/// unlikely or more so.
pub fn binomial_test(x: u64, n: u64) -> f64 {
    let less = x.min(n - x.min(n));
    if 2 * less == n { 1.0 } else { (2.0 * binomial_at_most(less, n, 0.5)).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    // Values of statsmodels 0.15.0 (`proportion_confint`) and scipy 1.17.1.
    #[test]
    fn intervals_are_those_of_other_software() {
        for (x, n, wilson_ends, exact_ends) in [
            (0_u32, 10_u32, [0.0, 0.277_532_799_862_889_26], [0.0, 0.308_497_107_818_760_83]),
            (
                3,
                30,
                [0.034_599_888_747_334_16, 0.256_210_825_791_840_85],
                [0.021_117_137_029_722_57, 0.265_288_450_474_208_1],
            ),
            (
                298,
                300,
                [0.976_022_416_749_692_8, 0.998_169_851_642_088],
                [0.976_126_502_427_826_4, 0.999_191_613_587_200_2],
            ),
            (10, 10, [0.722_467_200_137_110_6, 1.0], [0.691_502_892_181_239_2, 1.0]),
        ] {
            let is = wilson(f64::from(x), f64::from(n), 0.95);
            close(is.low, wilson_ends[0]);
            close(is.high, wilson_ends[1]);
            let is = clopper_pearson(u64::from(x), u64::from(n), 0.95);
            close(is.low, exact_ends[0]);
            close(is.high, exact_ends[1]);
        }
        for (x, n, bound) in [
            (0, 59, 0.049_507_609_888_226_93),
            (2, 100, 0.061_619_201_396_040_69),
            (5, 200, 0.051_843_339_120_290_53),
        ] {
            close(upper_bound(x, n, 0.95), bound);
        }
    }

    #[test]
    fn the_exact_test_is_that_of_other_software() {
        for (x, n, p) in [
            (63, 100, 0.012_032_975_725_363_479),
            (55, 100, 0.368_201_617_326_696_25),
            (520, 1_000, 0.217_448_293_204_141_5),
            (12, 20, 0.503_444_671_630_859_4),
            (7, 10, 0.343_75),
        ] {
            close(binomial_test(x, n), p);
        }
        close(binomial_test(5, 10), 1.0);
    }

    #[test]
    fn the_bound_at_any_time_is_wider_and_holds_at_every_look() {
        for (x, n) in [(0, 59), (0, 149), (2, 100), (5, 200)] {
            let (fixed, any) = (upper_bound(x, n, 0.95), upper_bound_at_any_time(x, n, 0.95));
            assert!(fixed < any && any < 3.0 * fixed, "{fixed} {any}");
        }
        close(upper_bound_at_any_time(0, 0, 0.95), 1.0);
        close(upper_bound_at_any_time(5, 5, 0.95), 1.0);
        // 5 % are wrong; of 400 runs that are looked at after each of 300 reviews at most about 5 % may
        // ever be told less.
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31)
        };
        let mut missed = 0;
        for _ in 0..400 {
            let mut wrong = 0;
            missed += u32::from((1..=300).any(|n| {
                wrong += u64::from(next() < 0.05);
                n % 5 == 0 && upper_bound_at_any_time(wrong, n, 0.95) < 0.05
            }));
        }
        assert!(missed <= 30, "{missed}");
    }
}

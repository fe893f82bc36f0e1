//! How many have to be reviewed to know how many are wrong: fixed plans and Wald's sequential test.

use super::proportion::{binomial_at_most, upper_bound, upper_bound_at_any_time};
use crate::example::Plan;
use crate::text::percent;

/// How often as many as a fixed plan needs a sequential one goes on at most.
const LONGEST_SEQUENCE: u64 = 3;

#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
fn float(n: u64) -> f64 {
    n as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // shares of counts, never negative
fn whole(n: f64) -> u64 {
    n as u64
}

/// The fewest reviews with `defects` wrong ones that say that less than `share` are wrong, in an
/// endless population: the least `n` for which seeing so few has at most the chance that `confidence` lacks.
pub fn reviews_needed(defects: u64, share: f64, confidence: f64) -> u64 {
    let is_enough = |n: u64| binomial_at_most(defects, n, share) <= 1.0 - confidence + 1e-12;
    first(defects + 1, is_enough)
}

/// The least number from `low` on for which something holds that holds from some number on.
fn first(low: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (low, low.max(1));
    while !holds(high) && high < 1 << 40 {
        (low, high) = (high + 1, high * 2);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The same for a population of that size, of which `⌈population · share⌉` are wrong (hypergeometric).
pub fn reviews_needed_of(population: u64, defects: u64, share: f64, confidence: f64) -> u64 {
    // A little less, so that 2 % of 100 are 2 however the product is rounded.
    let wrong = whole((share * float(population) - 1e-9).ceil()).clamp(1, population.max(1));
    let is_enough = |n: u64| {
        n >= population || hypergeometric_at_most(defects, population, wrong, n) <= 1.0 - confidence + 1e-12
    };
    first(defects + 1, is_enough).min(population)
}

/// The chance of at most `x` wrong ones in a draw of `n` from `population`, of which `wrong` are.
fn hypergeometric_at_most(x: u64, population: u64, wrong: u64, n: u64) -> f64 {
    let ln_choose = |n: u64, k: u64| statrs::function::factorial::ln_binomial(n, k);
    let all = ln_choose(population, n);
    (0..=x.min(wrong).min(n))
        .filter(|&hits| n - hits <= population - wrong)
        .map(|hits| (ln_choose(wrong, hits) + ln_choose(population - wrong, n - hits) - all).exp())
        .sum()
}

/// Review `n`, accept with at most `accept` wrong ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoPoint {
    /// How many to review.
    pub n: u64,
    /// The most wrong ones with which all is accepted.
    pub accept: u64,
}

/// The smallest plan that refuses good work (a share `good` wrong) at most `alpha` of the time, and
/// accepts bad work at most `beta` of the time.
pub fn two_point(good: f64, bad: f64, alpha: f64, beta: f64) -> TwoPoint {
    let mut accept = 0;
    loop {
        let n = reviews_needed(accept, bad, 1.0 - beta);
        if binomial_at_most(accept, n, good) >= 1.0 - alpha || accept > 1_000 {
            return TwoPoint { n, accept };
        }
        accept += 1;
    }
}

/// What a sequential test says so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Good enough.
    Accept,
    /// Not good enough.
    Refuse,
    /// Not decided yet.
    GoOn,
}

/// Wald's sequential test of two shares (Wald 1947): it goes on while the wrong ones of `n` lie
/// between the lines `slope·n − accept` and `slope·n + refuse`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequential {
    /// How steep both lines are.
    pub slope: f64,
    /// How far the line of acceptance lies below.
    pub accept: f64,
    /// How far the line of refusal lies above.
    pub refuse: f64,
}

impl Sequential {
    /// The test of `good` against `bad` with those errors.
    pub fn new(good: f64, bad: f64, alpha: f64, beta: f64) -> Self {
        let per_defect = (bad * (1.0 - good) / (good * (1.0 - bad))).ln();
        Self {
            slope: ((1.0 - good) / (1.0 - bad)).ln() / per_defect,
            accept: ((1.0 - alpha) / beta).ln() / per_defect,
            refuse: ((1.0 - beta) / alpha).ln() / per_defect,
        }
    }

    /// What it says of so many wrong ones in so many.
    pub fn decide(self, n: u64, defects: u64) -> Decision {
        let (line, defects) = (self.slope * float(n), float(defects));
        if defects <= line - self.accept {
            Decision::Accept
        } else if defects >= line + self.refuse {
            Decision::Refuse
        } else {
            Decision::GoOn
        }
    }

    /// How many in all are accepted with so many wrong ones.
    pub fn accepts_at(self, defects: u64) -> u64 {
        whole(((float(defects) + self.accept) / self.slope).ceil())
    }
}

/// How many are drawn of so many.
pub fn drawn(plan: Plan, population: u64) -> u64 {
    match plan {
        Plan::Share { share } => whole((share * float(population) - 1e-9).ceil()).min(population),
        Plan::Bound { at_most, confidence } => reviews_needed_of(population, 0, at_most, confidence),
        Plan::Sequential { good, bad, alpha, beta } => {
            (LONGEST_SEQUENCE * two_point(good, bad, alpha, beta).n).min(population)
        }
    }
}

/// What a sample says so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// No more than this share are wrong, as sure as the plan wants it (95 % where it doesn't say).
    /// Of a sequence it holds whenever one looks.
    pub at_most: f64,
    /// Whether it is decided, and how.
    pub decision: Decision,
    /// What to do, or what came of it, in a sentence.
    pub sentence: String,
}

/// How far a sequence went until it was decided: how many of those reviewed one after the other count, and
/// how many of them were wrong. `wrong` has one entry for each drawn, in their order; `None`: not reviewed
/// yet. What is reviewed out of turn counts when its turn comes, and nothing after the decision does.
pub fn in_turn(plan: Plan, wrong: impl IntoIterator<Item = Option<bool>>) -> (u64, u64) {
    let (mut reviewed, mut defects) = (0, 0);
    for wrong in wrong {
        let is_decided = match plan {
            Plan::Sequential { good, bad, alpha, beta } => {
                Sequential::new(good, bad, alpha, beta).decide(reviewed, defects) != Decision::GoOn
            }
            _ => false,
        };
        let Some(wrong) = wrong.filter(|_| !is_decided) else { break };
        reviewed += 1;
        defects += u64::from(wrong);
    }
    (reviewed, defects)
}

/// What a sample of `drawn` says after so many reviews with so many defects.
pub fn verdict(plan: Plan, drawn: u64, reviewed: u64, defects: u64) -> Verdict {
    let left = drawn.saturating_sub(reviewed);
    let seen = format!("{defects} wrong of {reviewed}");
    match plan {
        Plan::Share { .. } | Plan::Bound { .. } => {
            let (confidence, wanted) = match plan {
                Plan::Bound { at_most, confidence } => (confidence, Some(at_most)),
                _ => (0.95, None),
            };
            // With nothing wrong in as many as were wanted, the plan's own (finite) bound holds.
            let bound = upper_bound(defects, reviewed, confidence);
            let at_most = match wanted {
                Some(wanted) if left == 0 && defects == 0 => bound.min(wanted),
                _ => bound,
            };
            let told = format!(
                "at most {} wrong, {} sure",
                percent::up_to_tenths(at_most),
                percent::given(confidence)
            );
            let (decision, sentence) = match wanted {
                _ if reviewed == 0 => (Decision::GoOn, format!("{left} to review")),
                Some(wanted) if left == 0 && at_most <= wanted => {
                    (Decision::Accept, format!("{told}: enough"))
                }
                Some(_) if left == 0 => (Decision::Refuse, format!("{seen}, so {told}: not what was wanted")),
                Some(_) if defects > 0 => (Decision::GoOn, format!("{seen}: it will not do; {left} to go")),
                None if left == 0 => (Decision::Accept, format!("{seen}: {told}")),
                _ => (Decision::GoOn, format!("{seen}, {told} so far; {left} to go")),
            };
            Verdict { at_most, decision, sentence }
        }
        Plan::Sequential { good, bad, alpha, beta } => {
            let test = Sequential::new(good, bad, alpha, beta);
            let at_most = upper_bound_at_any_time(defects, reviewed, 0.95);
            let decision = match test.decide(reviewed, defects) {
                // As far as it goes: the side that is nearer to what was seen.
                Decision::GoOn if left == 0 && reviewed > 0 => {
                    let share = float(defects) / float(reviewed);
                    if share <= test.slope { Decision::Accept } else { Decision::Refuse }
                }
                decision => decision,
            };
            let sentence = match decision {
                Decision::Accept => {
                    format!("accepted: {seen}, at most {} wrong", percent::up_to_tenths(at_most))
                }
                Decision::Refuse => format!("refused: {seen}"),
                Decision::GoOn => {
                    let more = test.accepts_at(defects).saturating_sub(reviewed).min(left);
                    format!("{seen}; {more} more without one are enough")
                }
            };
            Verdict { at_most, decision, sentence }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values of scipy 1.17.1 (`binom.cdf`, `hypergeom.cdf`), and of Wald's formulas.
    #[test]
    fn the_numbers_needed_are_those_of_other_software() {
        let shares = [0.01, 0.02, 0.05, 0.1];
        for (defects, needed) in [
            (0, [299, 149, 59, 29]),
            (1, [473, 236, 93, 46]),
            (2, [628, 313, 124, 61]),
            (5, [1_049, 523, 208, 103]),
        ] {
            assert_eq!(shares.map(|share| reviews_needed(defects, share, 0.95)), needed);
        }
        let populations = [100, 500, 1_000, 10_000];
        assert_eq!(populations.map(|n| reviews_needed_of(n, 0, 0.02, 0.95)), [78, 129, 138, 148]);
        assert_eq!(populations.map(|n| reviews_needed_of(n, 1, 0.02, 0.95)), [98, 196, 215, 234]);
    }

    #[test]
    fn plans_of_two_points_are_the_smallest() {
        for ((good, bad, alpha, beta), (n, accept)) in [
            ((0.01, 0.05, 0.05, 0.1), (132, 3)),
            ((0.02, 0.08, 0.05, 0.1), (98, 4)),
            ((0.01, 0.1, 0.05, 0.05), (61, 2)),
            ((0.05, 0.15, 0.05, 0.1), (77, 7)),
            ((0.005, 0.03, 0.05, 0.05), (257, 3)),
        ] {
            assert_eq!(two_point(good, bad, alpha, beta), TwoPoint { n, accept });
        }
    }

    #[test]
    fn the_chance_of_acceptance_is_that_of_other_software() {
        for (n, accept, p, chance) in [
            (32, 0, 0.005, 0.851_801_859_600_347),
            (80, 2, 0.02, 0.784_418_886_975_356),
            (200, 5, 0.04, 0.185_649_694_836_592_77),
            (315, 7, 0.08, 1.119_556_625_767_175_6e-5),
        ] {
            assert!((binomial_at_most(accept, n, p) - chance).abs() < 1e-9);
        }
    }

    #[test]
    fn the_sequential_test_has_wald_s_lines() {
        let test = Sequential::new(0.01, 0.05, 0.05, 0.1);
        assert!((test.slope - 0.024_985_422_233_589_946).abs() < 1e-9);
        assert!((test.accept - 1.363_856_477_773_367_5).abs() < 1e-9);
        assert!((test.refuse - 1.751_017_903_418_798).abs() < 1e-9);
        assert_eq!([0, 1, 2].map(|defects| test.accepts_at(defects)), [55, 95, 135]);
        for (n, refused) in [(10, 3), (50, 4), (100, 5)] {
            assert_eq!(test.decide(n, refused), Decision::Refuse);
            assert_ne!(test.decide(n, refused - 1), Decision::Refuse);
        }
        assert_eq!((test.decide(54, 0), test.decide(55, 0)), (Decision::GoOn, Decision::Accept));
    }

    #[test]
    fn a_sequence_counts_in_its_turn_and_stays_decided() {
        let plan = Plan::Sequential { good: 0.05, bad: 0.3, alpha: 0.05, beta: 0.1 };
        let right = |n: usize| std::iter::repeat_n(Some(false), n);
        assert_eq!(in_turn(plan, right(3).chain([None]).chain(right(5))), (3, 0));
        let (decided, _) = in_turn(plan, right(50));
        assert!(decided < 20, "{decided}");
        // What is found wrong after that changes nothing.
        let later = right(usize::try_from(decided).unwrap()).chain([Some(true); 9]);
        assert_eq!(in_turn(plan, later), (decided, 0));
    }

    #[test]
    fn a_sample_says_what_it_shows_and_no_more() {
        let plan = Plan::Bound { at_most: 0.02, confidence: 0.95 };
        let said = |reviewed, defects| verdict(plan, 149, reviewed, defects);
        assert_eq!(said(0, 0).sentence, "149 to review");
        assert_eq!(said(149, 0).decision, Decision::Accept);
        assert_eq!(said(149, 0).sentence, "at most 2.0 % wrong, 95 % sure: enough");
        assert_eq!(said(149, 1).decision, Decision::Refuse);
        assert_eq!(said(20, 1).sentence, "1 wrong of 20: it will not do; 129 to go");
        let sequence = Plan::Sequential { good: 0.01, bad: 0.05, alpha: 0.05, beta: 0.1 };
        assert_eq!(verdict(sequence, 396, 32, 0).sentence, "0 wrong of 32; 23 more without one are enough");
        assert_eq!(verdict(sequence, 396, 10, 3).sentence, "refused: 3 wrong of 10");
        assert_eq!(verdict(sequence, 396, 55, 0).decision, Decision::Accept);
    }

    #[test]
    fn a_share_is_rounded_up_and_never_more_than_all() {
        let of = |share, population| drawn(Plan::Share { share }, population);
        assert_eq!((of(0.1, 30), of(0.1, 31), of(1.0, 7), of(0.01, 5), of(0.5, 0)), (3, 4, 7, 1, 0));
    }
}

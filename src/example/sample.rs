//! Plans of samples for review: how many are drawn, and when they are enough.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many submitted examples are reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Plan {
    /// A share of them.
    Share {
        /// From 0 to 1.
        share: f64,
    },
    /// As many as say, where none is wrong, that no more than this share is.
    Bound {
        /// The share that are wrong at most, from 0 to 1.
        at_most: f64,
        /// How sure one wants to be, from 0 to 1.
        confidence: f64,
    },
    /// One after the other, until it is decided (Wald's sequential test).
    Sequential {
        /// A share of wrong ones that is good enough.
        good: f64,
        /// A share of wrong ones that is not.
        bad: f64,
        /// How often good work may be refused.
        alpha: f64,
        /// How often bad work may be accepted.
        beta: f64,
    },
}

/// How sure one wants to be where the plan doesn't say.
const CONFIDENCE: f64 = 0.95;
/// How often a sequence may refuse good work, and accept bad work, where the plan doesn't say.
const ERRORS: (f64, f64) = (0.05, 0.10);

/// What is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no plan; it is a share (10%), a bound (<=2% or <=2%@95%: at most 2 % wrong, 95 % sure), or a \
     sequence (seq:1%..5%: 1 % wrong is good enough, 5 % is not)"
)]
pub struct PlanError(String);

impl FromStr for Plan {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        parse(text.trim()).ok_or_else(|| PlanError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Plan> {
    let bound = ["<=", "≤", "at most "].iter().find_map(|sign| text.strip_prefix(sign));
    if let Some(bound) = bound {
        let (at_most, confidence) = match bound.split_once('@') {
            Some((at_most, confidence)) => (at_most, share(confidence)?),
            None => (bound, CONFIDENCE),
        };
        return Some(Plan::Bound { at_most: share(at_most)?, confidence });
    }
    if let Some(sequence) = text.strip_prefix("seq:") {
        let (good, bad) = sequence.split_once("..")?;
        let (good, bad, (alpha, beta)) = (share(good)?, share(bad)?, ERRORS);
        return (good < bad).then_some(Plan::Sequential { good, bad, alpha, beta });
    }
    Some(Plan::Share { share: share(text)? })
}

/// `10%`, `10 %` or `0.1`: above 0, and 1 at most.
fn share(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (text, 1.0),
    };
    let share = number.parse::<f64>().ok()? / unit;
    (share > 0.0 && share <= 1.0).then_some(share)
}

/// A share as people write it: `2 %`, `0.5 %`.
struct Percent(f64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded to thousandths of a percent: 0.07 is 7 %, not 7.000000000000001 %.
        write!(f, "{} %", (self.0 * 100_000.0).round() / 1_000.0)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Share { share } => write!(f, "{} of them", Percent(share)),
            Self::Bound { at_most, confidence } => {
                write!(f, "at most {} wrong, {} sure", Percent(at_most), Percent(confidence))
            }
            Self::Sequential { good, bad, .. } => {
                write!(
                    f,
                    "one by one, until it is {} wrong or less, or {} or more",
                    Percent(good),
                    Percent(bad)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_read_as_people_write_them() {
        let plan = |text: &str| text.parse::<Plan>();
        assert_eq!(plan("10%"), Ok(Plan::Share { share: 0.1 }));
        assert_eq!(plan("0.25"), Ok(Plan::Share { share: 0.25 }));
        assert_eq!(plan("<=2%@95%"), Ok(Plan::Bound { at_most: 0.02, confidence: 0.95 }));
        assert_eq!(plan("at most 2 %"), plan("<= 0.02"));
        let sequence = Plan::Sequential { good: 0.01, bad: 0.05, alpha: 0.05, beta: 0.1 };
        assert_eq!(plan("seq:1%..5%"), Ok(sequence));
        for wrong in ["", "0%", "101%", "NaN", "<=", "seq:5%..1%", "seq:1%", "many", "-3%", "inf"] {
            assert!(plan(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_plan_is_a_sentence() {
        let said = |text: &str| text.parse::<Plan>().unwrap().to_string();
        assert_eq!(said("7%"), "7 % of them");
        assert_eq!(said("<=2%"), "at most 2 % wrong, 95 % sure");
        assert_eq!(said("seq:0.5%..3%"), "one by one, until it is 0.5 % wrong or less, or 3 % or more");
    }
}

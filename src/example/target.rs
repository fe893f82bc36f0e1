//! Targets: how many usable examples are wanted of a value, as a count or as a share of them all.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A share of a whole in millionths, from none of it to all of it: exact, so that shares can add up to
/// a whole and are the same wherever they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Share(u32);

/// Millionths in a hundredth.
const PERCENT: u32 = 10_000;

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self(1_000_000);
    /// None of it.
    pub const NONE: Self = Self(0);

    /// So many millionths; `None` of more than there are.
    pub const fn from_millionths(millionths: u32) -> Option<Self> {
        if millionths <= Self::WHOLE.0 { Some(Self(millionths)) } else { None }
    }

    /// In millionths, from 0 to 1,000,000.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// Both together, at most the whole.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).min(Self::WHOLE.0))
    }

    /// From 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE.0)
    }

    /// So much of that many, rounded up: a share of little is wanted too.
    fn of(self, whole: u64) -> u64 {
        let parts = u128::from(self.0) * u128::from(whole);
        u64::try_from(parts.div_ceil(u128::from(Self::WHOLE.0))).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / PERCENT, self.0 % PERCENT);
        let rest = format!("{rest:04}");
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() { write!(f, "{whole}%") } else { write!(f, "{whole}.{rest}%") }
    }
}

/// Why a text is no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Neither a count nor a share.
    #[error("“{0}” should be a number of examples, such as 150, or a share of them, such as 12.5%")]
    Neither(String),
    /// No share.
    #[error(
        "“{0}” should be a share from 0% to 100%, such as 12.5%, with at most four digits after the point"
    )]
    Share(String),
}

impl FromStr for Share {
    type Err = TargetError;

    /// Reads `12.5%`; the sign is asked for, so that a share is never taken for a count.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let wrong = || TargetError::Share(text.to_owned());
        let number = text.trim().strip_suffix('%').ok_or_else(wrong)?.trim_end();
        let (whole, rest) = number.split_once('.').unwrap_or((number, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(rest) || rest.len() > 4 {
            return Err(wrong());
        }
        let whole = whole.parse::<u32>().ok().and_then(|whole| whole.checked_mul(PERCENT));
        let rest = format!("{rest:0<4}").parse::<u32>().ok();
        let millionths = whole.zip(rest).and_then(|(whole, rest)| whole.checked_add(rest));
        millionths.and_then(Self::from_millionths).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Share {
    type Error = TargetError;

    fn try_from(text: String) -> Result<Self, TargetError> {
        text.parse()
    }
}

impl From<Share> for String {
    fn from(share: Share) -> Self {
        share.to_string()
    }
}

/// How many usable examples are wanted altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Goal(pub NonZeroU32);

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What shares are taken of: the goal, or the usable examples where there are more than that, or no goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis(u64);

impl Basis {
    /// The basis of a dataset with that goal and so many usable examples.
    pub fn new(goal: Option<Goal>, usable: u64) -> Self {
        Self(usable.max(goal.map_or(0, |goal| u64::from(goal.0.get()))))
    }
}

/// What is wanted of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// So many usable examples.
    Count(u32),
    /// Such a share of the usable examples.
    Share(Share),
}

impl Target {
    /// How many usable examples that is. Everything that compares with a target goes by this number.
    pub fn wanted(self, of: Basis) -> u32 {
        match self {
            Self::Count(count) => count,
            Self::Share(share) => u32::try_from(share.of(of.0)).unwrap_or(u32::MAX),
        }
    }

    /// The count, where it is one.
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Count(count) => Some(count),
            Self::Share(_) => None,
        }
    }

    /// The share, where it is one.
    pub const fn share(self) -> Option<Share> {
        match self {
            Self::Count(_) => None,
            Self::Share(share) => Some(share),
        }
    }

    /// Whether it asks for anything.
    pub const fn is_something(self) -> bool {
        match self {
            Self::Count(count) => count > 0,
            Self::Share(share) => share.0 > 0,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Share(share) => share.fmt(f),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    /// Reads `150` or `12.5%`.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        if text.ends_with('%') {
            return text.parse().map(Self::Share);
        }
        text.parse().map(Self::Count).map_err(|_| TargetError::Neither(text.to_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn goal(n: u32) -> Option<Goal> {
        NonZeroU32::new(n).map(Goal)
    }

    #[test]
    fn a_share_is_taken_of_the_goal_or_of_more_usable_examples_and_rounded_up() {
        let target: Target = "12.5%".parse().unwrap();
        assert_eq!(target.wanted(Basis::new(goal(1_200), 40)), 150);
        assert_eq!(target.wanted(Basis::new(goal(1_200), 2_001)), 251);
        assert_eq!(target.wanted(Basis::new(None, 9)), 2);
        assert_eq!(target.wanted(Basis::new(None, 0)), 0);
        assert_eq!(Target::Count(7).wanted(Basis::new(goal(1_200), 40)), 7);
        assert_eq!("0.0001%".parse::<Target>().unwrap().wanted(Basis::new(None, 5)), 1);
    }

    #[test]
    fn what_is_no_target_is_refused_by_what_it_should_be() {
        for wrong in ["", "many", "-3", "1.5", "4294967296"] {
            let error = wrong.parse::<Target>().unwrap_err().to_string();
            assert!(error.contains("should be a number of examples"), "{error}");
        }
        for wrong in ["%", "101%", "-1%", "1.23456%", "1.%", ".5%", "x%", "99999999999%", "100.0001%"] {
            let error = wrong.parse::<Target>().unwrap_err().to_string();
            assert!(error.contains("should be a share from 0% to 100%"), "{error}");
        }
        assert_eq!(" 12.50 %".parse::<Target>().unwrap().to_string(), "12.5%");
        assert_eq!("100%".parse(), Ok(Share::WHOLE));
    }

    proptest! {
        #[test]
        fn every_target_reads_back_as_it_is_written(n in any::<u32>(), millionths in 0..=1_000_000_u32) {
            let share = Target::Share(Share::from_millionths(millionths).unwrap());
            for target in [Target::Count(n), share] {
                prop_assert_eq!(target.to_string().parse(), Ok(target));
            }
        }

        #[test]
        fn shares_of_a_whole_want_all_of_it_and_at_most_one_more_each(
            parts in prop::collection::vec(1..1_000_u32, 1..20), of in 0..1_000_000_u64,
        ) {
            let sum: u32 = parts.iter().sum();
            let shares: Vec<u32> = parts.iter().map(|part| part * (1_000_000 / sum)).collect();
            let rest = 1_000_000 - shares.iter().sum::<u32>();
            let wanted = |share| u64::from(Target::Share(Share(share)).wanted(Basis::new(None, of)));
            let all: u64 = shares.iter().map(|share| wanted(*share)).sum::<u64>() + wanted(rest);
            prop_assert!(all >= of && all <= of + parts.len() as u64 + 1);
        }
    }
}

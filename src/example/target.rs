//! Targets: how many usable examples are wanted of a value, as a count or as a share of them all.
//!
//! The shares of a facet are made counts together, by the largest remainders: shares that add up to a whole want
//! exactly as many examples as there are, so that a dataset with just that mix lacks nothing.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::apportion;

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

    /// Whether there is nothing that a share could be taken of: no usable example, and no goal.
    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// How many usable examples are wanted of each value of a facet, by their names and targets; everything that
    /// compares with a target goes by this number. Of shares each is within one of what it is exactly, and all
    /// together are what they are together, rounded to the nearest.
    pub fn wanted<'a>(self, values: impl IntoIterator<Item = (&'a str, Option<Target>)>) -> Vec<Option<u32>> {
        let values: Vec<(&str, Option<Target>)> = values.into_iter().collect();
        let shares = values.iter().filter_map(|(name, target)| Some((*name, target.as_ref()?.share()?)));
        let shares: Vec<(&str, u128)> = shares.map(|(name, share)| (name, share.0.into())).collect();
        let mut parts = apportion(&shares, Share::WHOLE.0.into(), self.0.into()).into_iter();
        let wanted = |(_, target): (&str, Option<Target>)| match target? {
            Target::Count(count) => Some(count),
            Target::Share(_) => parts.next().map(|part| u32::try_from(part).unwrap_or(u32::MAX)),
        };
        values.into_iter().map(wanted).collect()
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
    /// How many usable examples that is by itself: of a share what it is, rounded to the nearest. Beside other
    /// values it may be one more or less ([`Basis::wanted`]).
    pub fn by_itself(self, of: Basis) -> u32 {
        of.wanted([("", Some(self))]).into_iter().flatten().next().unwrap_or(0)
    }

    /// Whether none is wanted at all.
    pub fn is_nothing(self) -> bool {
        matches!(self, Self::Count(0)) || self.share() == Some(Share::NONE)
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
    fn a_share_is_taken_of_the_goal_or_of_more_usable_examples() {
        let target: Target = "12.5%".parse().unwrap();
        let of = |goal, usable| target.by_itself(Basis::new(goal, usable));
        assert_eq!([of(goal(1_200), 40), of(goal(1_200), 2_001)], [150, 250]);
        assert_eq!([of(None, 4), of(None, 9), of(None, 0)], [1, 1, 0]);
        assert_eq!(Target::Count(7).by_itself(Basis::new(goal(1_200), 40)), 7);
    }

    #[test]
    fn shares_are_made_counts_together_and_counts_stay_what_they_are() {
        let basis = Basis::new(None, 10);
        let read = |text: &str| Some(text.parse::<Target>().unwrap());
        let values = [("a", read("33.3333%")), ("b", None), ("c", read("4")), ("d", read("33.3333%"))];
        assert_eq!(basis.wanted(values), [Some(4), None, Some(4), Some(3)], "two thirds of ten are seven");
        assert_eq!(basis.wanted([]), []);
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
        fn shares_want_what_they_are_together_and_each_is_within_one_of_its_own(
            parts in prop::collection::vec(0..1_000_u32, 1..20), rest in 0..2_000_u32, of in 0..1_000_000_u64,
        ) {
            let names: Vec<String> = (0..parts.len()).map(|at| format!("v{at}")).collect();
            let unit = 1_000_000 / (parts.iter().sum::<u32>() + rest).max(1);
            let shares: Vec<u32> = parts.iter().map(|part| part * unit).collect();
            let named = || names.iter().map(String::as_str).zip(shares.iter().map(|share| Some(Target::Share(Share(*share)))));
            let wanted: Vec<u64> = Basis::new(None, of).wanted(named()).into_iter().map(|n| n.unwrap().into()).collect();
            let millionths = |share: u32| u64::from(share) * of;
            prop_assert_eq!(wanted.iter().sum::<u64>(), (millionths(shares.iter().sum()) + 500_000) / 1_000_000);
            for (wanted, share) in wanted.iter().zip(&shares) {
                prop_assert!((wanted * 1_000_000).abs_diff(millionths(*share)) < 1_000_000);
            }
            let mut turned = Basis::new(None, of).wanted(named().rev());
            turned.reverse();
            prop_assert_eq!(turned, Basis::new(None, of).wanted(named()));
        }

        #[test]
        fn a_dataset_that_has_exactly_the_mix_lacks_nothing(
            usable in prop::collection::vec(0..20_000_u32, 1..20),
        ) {
            let all: u64 = usable.iter().map(|n| u64::from(*n)).sum();
            let names: Vec<String> = (0..usable.len()).map(|at| format!("v{at}")).collect();
            let named = |at: usize, n: u32| (names[at].as_str(), u128::from(n));
            let counts: Vec<(&str, u128)> = usable.iter().enumerate().map(|(at, n)| named(at, *n)).collect();
            let shares = apportion(&counts, all.into(), 1_000_000);
            let target = |share: u128| Some(Target::Share(Share(u32::try_from(share).unwrap())));
            let values = names.iter().map(String::as_str).zip(shares.into_iter().map(target));
            let wanted = Basis::new(None, all).wanted(values);
            prop_assert_eq!(wanted, usable.into_iter().map(Some).collect::<Vec<_>>());
        }
    }
}

//! How large train, validation and test are to be: shares of the whole, or counts of examples.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Split;

/// How large the splits are to be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shares(Parts);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Parts {
    /// In the order of [`Split::ALL`]; they add up to 1.
    Of([f64; 3]),
    /// Examples of validation and test; train takes the rest.
    Counts { validation: u64, test: u64 },
}

/// Sums are as they should be when they differ by less.
const ROUNDING: f64 = 1e-6;

impl Default for Shares {
    /// 80 % train, 10 % validation, 10 % test.
    fn default() -> Self {
        Self(Parts::Of([0.8, 0.1, 0.1]))
    }
}

impl Shares {
    /// The share of each split, in the order of [`Split::ALL`]; `None` where they are counts.
    pub const fn shares(&self) -> Option<[f64; 3]> {
        match self.0 {
            Parts::Of(shares) => Some(shares),
            Parts::Counts { .. } => None,
        }
    }

    /// How many of so many examples are wanted in each split, in the order of [`Split::ALL`]. Shares need
    /// not be whole numbers.
    pub fn wanted(&self, of: u64) -> Result<[f64; 3], SharesError> {
        match self.0 {
            Parts::Of(shares) => Ok(shares.map(|share| share * float(of))),
            Parts::Counts { validation, test } => {
                let named = validation.saturating_add(test);
                let rest = of.checked_sub(named).ok_or(SharesError::TooMany { named, of })?;
                Ok([rest, validation, test].map(float))
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
fn float(n: u64) -> f64 {
    n as f64
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |f: &mut fmt::Formatter<'_>, parts: [Option<String>; 3]| {
            let parts = Split::ALL.iter().zip(parts);
            let said: Vec<String> =
                parts.filter_map(|(split, part)| Some(format!("{split}={}", part?))).collect();
            f.write_str(&said.join(","))
        };
        match self.0 {
            Parts::Of(shares) => {
                let in_percent = shares.iter().all(|share| percent(*share).is_some());
                // Rust prints as many digits as are needed to read the same number.
                let said =
                    |share: f64| percent(share).filter(|_| in_percent).unwrap_or_else(|| share.to_string());
                named(f, shares.map(|share| (share > 0.0).then(|| said(share))))
            }
            Parts::Counts { validation, test } => {
                named(f, [None, Some(validation.to_string()), Some(test.to_string())])
            }
        }
    }
}

impl From<Shares> for String {
    fn from(shares: Shares) -> Self {
        shares.to_string()
    }
}

impl TryFrom<String> for Shares {
    type Error = SharesError;

    fn try_from(text: String) -> Result<Self, SharesError> {
        text.parse()
    }
}

/// A share in percent, where that reads back as the same number.
fn percent(share: f64) -> Option<String> {
    let rounded = (share * 1e8).round() / 1e6;
    #[allow(clippy::float_cmp)] // that is the question
    let is_same = rounded / 100.0 == share;
    is_same.then(|| format!("{rounded}%"))
}

/// What can't be understood as shares.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    /// Nothing that is one of the forms.
    #[error(
        "“{0}” says no shares; write 80/10/10, 0.8,0.1,0.1, 8:1:1, train=80%,test=20%, or counts such as test=200"
    )]
    Unreadable(String),
    /// A part that is no number.
    #[error("“{0}” is no share and no count: it is a number of 0 or more, with a % or without")]
    NoNumber(String),
    /// Fewer or more numbers than splits.
    #[error(
        "{0} numbers don't say which splits they are for; give three, for train, validation and test, or name \
         them: train=80%,test=20%"
    )]
    NotThree(usize),
    /// A split that there is not.
    #[error("“{0}” is no split; there are train, validation and test")]
    NoSplit(String),
    /// A split twice.
    #[error("{0} is named twice")]
    Twice(Split),
    /// Shares and counts together.
    #[error(
        "these are shares (80% or 0.8) and counts (200) together; write all of them as shares, or only counts of \
         validation and test, and train takes the rest"
    )]
    Mixed,
    /// They don't add up.
    #[error("these add up to {0}, not to 100% or 1; for parts of any sum write colons, as in 8:1:1")]
    Sum(String),
    /// Nothing goes anywhere.
    #[error("no split gets anything")]
    Nothing,
    /// Train counted.
    #[error(
        "train={0} is a count of examples, and train takes what the counts of the others leave; leave it out, or \
         write shares: train=80%,test=20%"
    )]
    TrainCounted(u64),
    /// More than there are.
    #[error("{named} examples are wanted for validation and test, and there are only {of}")]
    TooMany {
        /// How many are named.
        named: u64,
        /// How many there are.
        of: u64,
    },
}

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Percent(f64),
    Fraction(f64),
    Whole(u64),
}

impl Number {
    fn read(text: &str) -> Result<Self, SharesError> {
        let none = || SharesError::NoNumber(text.trim().to_owned());
        let (digits, is_percent) = match text.trim().strip_suffix('%') {
            Some(digits) => (digits.trim_end(), true),
            None => (text.trim(), false),
        };
        // `inf`, `nan`, `1e9` and signs are numbers to Rust, and nothing that one means here.
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(none());
        }
        if !is_percent && let Ok(whole) = digits.parse() {
            return Ok(Self::Whole(whole));
        }
        let number: f64 = digits.parse().map_err(|_| none())?;
        Ok(if is_percent { Self::Percent(number) } else { Self::Fraction(number) })
    }

    fn value(self) -> f64 {
        match self {
            Self::Percent(number) | Self::Fraction(number) => number,
            Self::Whole(number) => float(number),
        }
    }
}

impl FromStr for Shares {
    type Err = SharesError;

    fn from_str(text: &str) -> Result<Self, SharesError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SharesError::Unreadable(text.to_owned()));
        }
        let parts = if text.contains('=') || text.chars().any(char::is_alphabetic) {
            by_name(text)?
        } else {
            in_order(text)?
        };
        Ok(Self(parts))
    }
}

/// `80/10/10`, `0.8,0.1,0.1`, `8:1:1`.
fn in_order(text: &str) -> Result<Parts, SharesError> {
    let is_ratio = text.contains(':');
    let pieces: Vec<&str> = if text.contains(['/', ',', ':']) {
        text.split(['/', ',', ':']).collect()
    } else {
        text.split_whitespace().collect()
    };
    let numbers = pieces.iter().map(|piece| Number::read(piece)).collect::<Result<Vec<_>, _>>()?;
    let three: [Number; 3] =
        numbers.as_slice().try_into().map_err(|_| SharesError::NotThree(numbers.len()))?;
    let values = three.map(Number::value);
    if is_ratio { ratio(values) } else { whole(values) }
}

/// `train=80%,test=20%`, `test=10%`, `validation=100,test=200`.
fn by_name(text: &str) -> Result<Parts, SharesError> {
    let mut named: [Option<Number>; 3] = [None; 3];
    for piece in text.split([',', ';', '/']) {
        let (name, number) =
            piece.split_once(['=', ':']).ok_or_else(|| SharesError::Unreadable(text.to_owned()))?;
        let split = split_of(name)?;
        let place = named.iter_mut().zip(Split::ALL).find(|(_, of)| **of == split);
        if let Some((place, _)) = place
            && place.replace(Number::read(number)?).is_some()
        {
            return Err(SharesError::Twice(split));
        }
    }
    let given = || named.iter().flatten();
    let whole_is = if given().any(|number| matches!(number, Number::Percent(_))) {
        100.0
    } else if given().any(|number| matches!(number, Number::Fraction(_))) {
        1.0
    } else {
        return counts(named);
    };
    // Among percentages 0 is as good as 0%, among fractions also 1.
    let is_alike = |number: &Number| match number {
        Number::Percent(_) => whole_is > 1.0,
        Number::Fraction(_) => whole_is <= 1.0,
        Number::Whole(n) => *n == 0 || (*n == 1 && whole_is <= 1.0),
    };
    if !given().all(is_alike) {
        return Err(SharesError::Mixed);
    }
    let mut values = named.map(|number| number.map_or(0.0, Number::value));
    let sum: f64 = values.iter().sum();
    if named[0].is_none() {
        values[0] = (whole_is - sum).max(0.0);
    }
    let sum: f64 = values.iter().sum();
    if (sum - whole_is).abs() > ROUNDING * whole_is {
        return Err(SharesError::Sum(shown(sum, whole_is > 1.0)));
    }
    Ok(Parts::Of(values.map(|value| value / whole_is)))
}

/// Whole numbers, which are counts.
fn counts([train, validation, test]: [Option<Number>; 3]) -> Result<Parts, SharesError> {
    let count = |number: Option<Number>| match number {
        Some(Number::Whole(n)) => n,
        _ => 0,
    };
    match train {
        Some(_) => Err(SharesError::TrainCounted(count(train))),
        None => Ok(Parts::Counts { validation: count(validation), test: count(test) }),
    }
}

fn split_of(name: &str) -> Result<Split, SharesError> {
    match name.trim().to_lowercase().as_str() {
        "train" | "training" => Ok(Split::Train),
        "validation" | "valid" | "val" | "dev" => Ok(Split::Validation),
        "test" => Ok(Split::Test),
        _ => Err(SharesError::NoSplit(name.trim().to_owned())),
    }
}

fn ratio(values: [f64; 3]) -> Result<Parts, SharesError> {
    let sum: f64 = values.iter().sum();
    if sum > 0.0 { Ok(Parts::Of(values.map(|value| value / sum))) } else { Err(SharesError::Nothing) }
}

/// Numbers that add up to 100 or to 1.
fn whole(values: [f64; 3]) -> Result<Parts, SharesError> {
    let sum: f64 = values.iter().sum();
    if (sum - 100.0).abs() < ROUNDING * 100.0 {
        Ok(Parts::Of(values.map(|value| value / 100.0)))
    } else if (sum - 1.0).abs() < ROUNDING {
        Ok(Parts::Of(values))
    } else if sum <= 0.0 {
        Err(SharesError::Nothing)
    } else {
        Err(SharesError::Sum(shown(sum, values.iter().any(|value| *value > 1.0))))
    }
}

fn shown(sum: f64, is_percent: bool) -> String {
    let rounded = (sum * 1e6).round() / 1e6;
    if is_percent { format!("{rounded}%") } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Shares {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn wrong(text: &str) -> String {
        text.parse::<Shares>().unwrap_err().to_string()
    }

    #[test]
    fn every_spelling_says_the_same() {
        let eighty = [
            "80/10/10",
            " 80 / 10 / 10 ",
            "80,10,10",
            "80 10 10",
            "80%/10%/10%",
            "0.8,0.1,0.1",
            "0.8/0.1/0.1",
            "8:1:1",
            "80:10:10",
            "train=80%,validation=10%,test=10%",
            "test=10%, train=80%, val=10%",
            "train=0.8,valid=0.1,test=0.1",
            "train:80%,dev:10%,test:10%",
            "validation=10%,test=10%",
        ];
        for text in eighty {
            let shares = read(text).shares().unwrap();
            for (share, expected) in shares.iter().zip([0.8, 0.1, 0.1]) {
                assert!((share - expected).abs() < 1e-9, "{text}: {shares:?}");
            }
        }
        assert_eq!(read("train=80%,test=20%").shares(), Some([0.8, 0.0, 0.2]));
        assert_eq!(read("train=1.0,test=0").shares(), Some([1.0, 0.0, 0.0]));
        assert_eq!(read("100/0/0").shares(), Some([1.0, 0.0, 0.0]));
        assert!((read("33.3/33.3/33.4").shares().unwrap()[2] - 0.334).abs() < 1e-9);
    }

    #[test]
    fn counts_leave_the_rest_to_train() {
        assert_eq!(read("test=200").wanted(1_000), Ok([800.0, 0.0, 200.0]));
        assert_eq!(read("validation=100,test=200").wanted(300), Ok([0.0, 100.0, 200.0]));
        let error = read("validation=100,test=200").wanted(299).unwrap_err().to_string();
        assert_eq!(error, "300 examples are wanted for validation and test, and there are only 299");
        assert_eq!(read("8:1:1").wanted(50), Ok([40.0, 5.0, 5.0]));
    }

    #[test]
    fn what_is_wrong_is_told_with_the_way_out() {
        assert!(wrong("").contains("says no shares"));
        assert!(wrong("most").contains("80/10/10"));
        assert!(wrong("80/20").starts_with("2 numbers don't say which"));
        assert!(wrong("70/10/10").starts_with("these add up to 90%"));
        assert!(wrong("0.8,0.1,0.2").starts_with("these add up to 1.1"));
        assert!(wrong("train=80%").starts_with("these add up to 80%"));
        assert!(wrong("test=120%").starts_with("these add up to 120%"));
        assert!(wrong("0:0:0").contains("no split gets anything"));
        assert!(wrong("80/-10/30").contains("“-10” is no share"));
        assert!(wrong("inf:1:1").contains("“inf” is no split"));
        assert!(wrong("train=nan,test=1").contains("“nan” is no share"));
        assert!(wrong("train=80%,tset=20%").contains("“tset” is no split"));
        assert!(wrong("test=10%,test=20%").contains("test is named twice"));
        assert!(wrong("train=80%,test=200").contains("together"));
        assert!(wrong("train=800,test=200").contains("train=800 is a count"));
        assert!(wrong("test=0.1,validation=100").contains("together"));
    }

    #[test]
    fn they_read_back_as_the_same() {
        for text in [
            "80/10/10",
            "1:1:1",
            "2:1:4",
            "test=200",
            "validation=1,test=0",
            "train=66.7%,test=33.3%",
            "0.07/0.03/0.9",
        ] {
            let shares = read(text);
            assert_eq!(read(&shares.to_string()), shares, "{text}");
        }
        assert_eq!(read("8:1:1").to_string(), "train=80%,validation=10%,test=10%");
        assert_eq!(read("test=5").to_string(), "validation=0,test=5");
    }
}

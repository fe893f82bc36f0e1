//! What work costs: so much an hour, or so much for each example.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The largest amount that one could mean.
const MOST: f64 = 1e9;

/// An amount of money: a number from 0 on, in whatever currency the person counts.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Money(f64);

impl Money {
    /// As a number.
    pub const fn amount(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Money {
    type Error = &'static str;

    fn try_from(amount: f64) -> Result<Self, Self::Error> {
        if (0.0..=MOST).contains(&amount) {
            Ok(Self(amount))
        } else {
            Err("an amount of money is a number from 0 to a billion, such as 40 or 2.50")
        }
    }
}

impl From<Money> for f64 {
    fn from(money: Money) -> Self {
        money.0
    }
}

impl std::str::FromStr for Money {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Who writes 2,50 means two and a half.
        let number = text.trim().replace(',', ".").parse().unwrap_or(f64::NAN);
        Self::try_from(number)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// What people are paid by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wage {
    /// So much for an hour at work.
    PerHour(Money),
    /// So much for each example that is finished.
    PerExample(Money),
}

impl Wage {
    /// What somebody typed: `40 an hour`, `40/h`, `2.50 each`, `2.50 an example`.
    ///
    /// # Errors
    /// A sentence, where it is none of these.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let typed = typed.trim().to_lowercase();
        let end = typed.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(typed.len());
        let (number, unit) = typed.split_at(end);
        let money: Money = number.parse().map_err(|why| format!("“{typed}”: {why}"))?;
        let unit = unit.trim().trim_start_matches('/').trim();
        let unit = ["an ", "a ", "per "].iter().find_map(|word| unit.strip_prefix(word)).unwrap_or(unit);
        match unit {
            "h" | "hour" | "hr" => Ok(Self::PerHour(money)),
            "each" | "example" | "one" => Ok(Self::PerExample(money)),
            _ => Err(format!("“{typed}”: say of what, as in “40 an hour” or “2.50 each”")),
        }
    }
}

impl fmt::Display for Wage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PerHour(money) => write!(f, "{money} an hour"),
            Self::PerExample(money) => write!(f, "{money} each"),
        }
    }
}

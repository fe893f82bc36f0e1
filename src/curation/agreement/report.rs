//! The agreement of a dataset's annotators: over all of them, and of each two.

use std::collections::BTreeMap;
use std::fmt;

use super::sums::{Sums, each};
use super::{Undefined, interval};
use crate::curation::judged::Judgements;
use crate::curation::proportion::Interval;

/// Below so many units a coefficient says little.
pub const FEW: u64 = 30;

/// A coefficient of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The share of agreeing answers.
    Percent,
    /// Cohen's kappa, of two annotators.
    Cohen,
    /// Fleiss' kappa.
    Fleiss,
    /// Krippendorff's alpha, every difference counting the same.
    Alpha,
    /// Krippendorff's alpha, better < same < worse.
    AlphaOrdinal,
    /// Gwet's AC1.
    Gwet,
    /// Kendall's tau-b of two annotators' rankings, the mean over examples.
    Tau,
    /// Kendall's W of three annotators or more, the mean over examples.
    W,
}

/// All coefficients, in the order in which they are told.
pub const MEASURES: [Measure; 8] = [
    Measure::Alpha,
    Measure::AlphaOrdinal,
    Measure::Gwet,
    Measure::Fleiss,
    Measure::Cohen,
    Measure::Percent,
    Measure::Tau,
    Measure::W,
];

impl Measure {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent agreement",
            Self::Cohen => "Cohen's kappa",
            Self::Fleiss => "Fleiss' kappa",
            Self::Alpha => "Krippendorff's alpha",
            Self::AlphaOrdinal => "alpha, ordered",
            Self::Gwet => "Gwet's AC1",
            Self::Tau => "Kendall's tau-b",
            Self::W => "Kendall's W",
        }
    }

    /// Its name in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Cohen => "cohen_kappa",
            Self::Fleiss => "fleiss_kappa",
            Self::Alpha => "alpha",
            Self::AlphaOrdinal => "alpha_ordinal",
            Self::Gwet => "ac1",
            Self::Tau => "tau_b",
            Self::W => "w",
        }
    }
}

/// A coefficient of some annotators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Which.
    pub measure: Measure,
    /// What it is, or why it is nothing.
    pub value: Result<f64, Undefined>,
    /// Its 95 % interval; `None` until [`intervals`] counted it, and where it can't be told.
    pub interval: Option<Interval>,
}

/// How far some annotators agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// How many examples two of them or more compared responses of.
    pub examples: u64,
    /// How many pairs of responses two of them or more compared.
    pub units: u64,
    /// In the order of [`MEASURES`].
    pub coefficients: Vec<Coefficient>,
}

/// What to make of alpha (Krippendorff 2004).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// .80 or more.
    Reliable,
    /// .667 to .80.
    Tentative,
    /// Less.
    Unreliable,
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reliable => "reliable: people agree well enough to build on",
            Self::Tentative => "tentative: good for cautious conclusions only",
            Self::Unreliable => "not reliable: people agree too little; look at what they differ in",
        })
    }
}

/// What one should know beside the coefficients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Remark {
    /// So few units that the coefficients say little.
    Few(u64),
    /// One answer is so frequent that alpha is low though people agree: this share of answers does.
    Skewed(f64),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Few(units) => {
                write!(
                    f,
                    "few: {units} pairs were compared by two or more; below {FEW} these numbers say little"
                )
            }
            Self::Skewed(raw) => {
                write!(
                    f,
                    "skewed: one answer is so frequent that alpha is low; {:.0} % of answers agree",
                    raw * 100.0
                )
            }
        }
    }
}

impl Measured {
    pub(super) fn of(sums: &Sums, two: bool) -> Self {
        let coefficient = |(measure, value)| Coefficient { measure, value, interval: None };
        Self {
            examples: count(sums.examples),
            units: count(sums.tally.shared),
            coefficients: MEASURES.into_iter().zip(sums.coefficients(two)).map(coefficient).collect(),
        }
    }

    /// One coefficient.
    pub fn get(&self, measure: Measure) -> Option<&Coefficient> {
        self.coefficients.iter().find(|coefficient| coefficient.measure == measure)
    }

    /// The value of one coefficient, where it has one.
    pub fn value(&self, measure: Measure) -> Option<f64> {
        self.get(measure)?.value.ok()
    }

    /// What to make of alpha; `None` where there is none.
    pub fn band(&self) -> Option<Band> {
        let alpha = self.value(Measure::Alpha)?;
        Some(match alpha {
            _ if alpha >= 0.80 => Band::Reliable,
            _ if alpha >= 0.667 => Band::Tentative,
            _ => Band::Unreliable,
        })
    }

    /// What one should know beside it.
    pub fn remarks(&self) -> Vec<Remark> {
        let few = (self.units < FEW).then_some(Remark::Few(self.units));
        let apart = self.value(Measure::Gwet).zip(self.value(Measure::Alpha)).map(|(ac1, alpha)| ac1 - alpha);
        let skewed = apart.filter(|apart| *apart > 0.3).and(self.value(Measure::Percent)).map(Remark::Skewed);
        few.into_iter().chain(skewed).collect()
    }
}

/// How far two annotators agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one with the smaller number: an index into [`Judgements::annotators`].
    pub first: usize,
    /// The other.
    pub second: usize,
    /// How far.
    pub measured: Measured,
}

/// How far the annotators of a dataset agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// All of them.
    pub all: Measured,
    /// Each two who compared the same, by their numbers.
    pub pairs: Vec<Pair>,
}

/// Measures agreement, without intervals.
pub fn agreement(judgements: &Judgements) -> Agreement {
    let mut all = Sums::default();
    let mut pairs: BTreeMap<(usize, usize), Sums> = BTreeMap::new();
    each(judgements, |who, sums| match who {
        None => all += sums,
        Some(two) => *pairs.entry(two).or_default() += sums,
    });
    let pair = |(&(first, second), sums): (&(usize, usize), &Sums)| {
        let measured = Measured::of(sums, true);
        Pair { first, second, measured }
    };
    Agreement { all: Measured::of(&all, pairs.len() == 1), pairs: pairs.iter().map(pair).collect() }
}

/// Counts the 95 % intervals of all coefficients. Heavier than [`agreement`]: not for a screen's thread.
pub fn intervals(judgements: &Judgements, agreement: &mut Agreement) {
    let mut all = Vec::new();
    let mut pairs: BTreeMap<(usize, usize), Vec<Sums>> = BTreeMap::new();
    each(judgements, |who, sums| match who {
        None => all.push(*sums),
        Some(two) => pairs.entry(two).or_default().push(*sums),
    });
    set(&mut agreement.all, &all, pairs.len() == 1);
    for pair in &mut agreement.pairs {
        if let Some(examples) = pairs.get(&(pair.first, pair.second)) {
            set(&mut pair.measured, examples, true);
        }
    }
}

fn set(measured: &mut Measured, examples: &[Sums], two: bool) {
    for (coefficient, interval) in measured.coefficients.iter_mut().zip(interval::of(examples, two)) {
        coefficient.interval = interval.filter(|_| coefficient.value.is_ok());
    }
}

/// Sums of ones are whole and far below 2^52.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn count(sum: f64) -> u64 {
    sum.round() as u64
}

//! Agreement over all annotators, and of each two of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Measure, Sums, Undefined, Unit, Value, cohen, tau_b, units, w};
use crate::curation::judged::{JudgedExample, Judgement, Judgements};
use crate::curation::proportion::Interval;
use crate::curation::resample;

/// Below so many pairs that two people judged nothing is said of reliability.
const FEW: f64 = 30.0;
/// From where on data are called reliable, and tentatively so (Krippendorff 2004).
const RELIABLE: f64 = 0.8;
const TENTATIVE: f64 = 0.667;
/// AC1 above alpha by so much tells that nearly all say the same thing.
const SKEWED: f64 = 0.3;

/// A coefficient with its interval, or why it is not defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The coefficient.
    pub value: Result<f64, Undefined>,
    /// Its 95 % interval, by drawing examples again; `None` before [`intervals`], or with too few.
    pub interval: Option<Interval>,
}

/// What is to be said of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Too few pairs to say anything.
    Few,
    /// Alpha is 0.8 or more.
    Reliable,
    /// Alpha is 0.667 or more.
    Tentative,
    /// Alpha is less.
    Unreliable,
    /// Nearly all say the same, which alpha can't tell from chance.
    Skewed,
}

impl Remark {
    /// A few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Few => "too few",
            Self::Reliable => "reliable",
            Self::Tentative => "tentative",
            Self::Unreliable => "not reliable",
            Self::Skewed => "skewed",
        }
    }

    /// What it means.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Few => "fewer than 30 pairs were judged by two people: the figures may be chance",
            Self::Reliable => "alpha is 0.8 or more: people judge alike",
            Self::Tentative => "alpha is from 0.667 to 0.8: conclusions are tentative",
            Self::Unreliable => "alpha is below 0.667: look at what is not agreed, and at the guideline",
            Self::Skewed => "nearly all say the same, so alpha is low where people agree: look at AC1",
        }
    }
}

/// How far some annotators agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Which two (indices); all where `None`.
    pub of: Option<(usize, usize)>,
    /// Examples that two of them judged.
    pub examples: usize,
    /// Pairs of responses that two of them judged.
    pub pairs: usize,
    /// The coefficients.
    pub measured: Vec<(Measure, Measured)>,
    /// What is to be said of them.
    pub remarks: Vec<Remark>,
}

impl Agreement {
    /// A coefficient, where it belongs here.
    pub fn get(&self, measure: Measure) -> Option<&Measured> {
        self.measured.iter().find(|(there, _)| *there == measure).map(|(_, measured)| measured)
    }
}

/// Agreement over all, and of each two annotators who share an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Over all annotators.
    pub all: Agreement,
    /// Of each two, by their indices.
    pub pairs: Vec<Agreement>,
}

/// What one example contributes; contributions add up.
#[derive(Debug, Clone)]
struct Part {
    sums: Sums,
    table: Vec<Vec<f64>>,
    tau: (f64, f64),
    w: (f64, f64),
}

impl Part {
    fn new() -> Self {
        Self { sums: Sums::new(3), table: vec![vec![0.0; 3]; 3], tau: (0.0, 0.0), w: (0.0, 0.0) }
    }

    fn add(&mut self, other: &Self, times: f64) {
        self.sums.add_sums(&other.sums, times);
        for (row, more) in self.table.iter_mut().zip(&other.table) {
            for (cell, n) in row.iter_mut().zip(more) {
                *cell += times * n;
            }
        }
        self.tau = (self.tau.0 + times * other.tau.0, self.tau.1 + times * other.tau.1);
        self.w = (self.w.0 + times * other.w.0, self.w.1 + times * other.w.1);
    }

    fn measure(&self, of_two: bool) -> Vec<(Measure, Result<f64, Undefined>)> {
        let mean = |(sum, n): (f64, f64), why| if n > 0.0 { Ok(sum / n) } else { Err(why) };
        let mut all = vec![
            (Measure::Percent, self.sums.percent()),
            (Measure::AlphaOrdinal, self.sums.alpha_ordinal()),
            (Measure::Alpha, self.sums.alpha()),
            (Measure::Ac1, self.sums.ac1()),
            (Measure::Fleiss, self.sums.fleiss()),
        ];
        if of_two {
            all.pop();
            all.push((Measure::Cohen, cohen(&self.table)));
        }
        all.push((Measure::Tau, mean(self.tau, Undefined::NothingOrdered)));
        if !of_two {
            all.push((Measure::W, mean(self.w, Undefined::NotThree)));
        }
        all
    }
}

/// The place of each of these responses; `None` where one is not placed.
fn scores(judgement: &Judgement, responses: &[usize]) -> Option<Vec<f64>> {
    responses.iter().map(|&at| judgement.places.get(at).copied().flatten().map(f64::from)).collect()
}

/// Tau-b over the responses that both placed.
fn tau_of(one: &Judgement, other: &Judgement, n: usize) -> Option<f64> {
    let placed = |judgement: &Judgement, at: usize| judgement.places.get(at).copied().flatten().is_some();
    let both: Vec<usize> = (0..n).filter(|&at| placed(one, at) && placed(other, at)).collect();
    tau_b(&scores(one, &both)?, &scores(other, &both)?)
}

/// What an example contributes for those annotators (all where `None`), where two of them judged it.
fn part(example: &JudgedExample, units: &[Unit], of: Option<(usize, usize)>) -> Option<Part> {
    let is_meant = |annotator: usize| of.is_none_or(|(a, b)| annotator == a || annotator == b);
    let mut part = Part::new();
    for unit in units {
        let said =
            |value: Value| unit.values.iter().filter(move |(who, what)| is_meant(*who) && *what == value);
        #[allow(clippy::cast_precision_loss)] // a handful of annotators
        let counts = Value::ALL.map(|value| said(value).count() as f64);
        part.sums.add(&counts);
        if let Some((a, b)) = of {
            let by = |who: usize| {
                unit.values.iter().find(|(there, _)| *there == who).map(|(_, what)| *what as usize)
            };
            if let (Some(a), Some(b)) = (by(a), by(b))
                && let Some(cell) = part.table.get_mut(a).and_then(|row| row.get_mut(b))
            {
                *cell += 1.0;
            }
        }
    }
    let meant: Vec<&Judgement> =
        example.independent().filter(|judgement| is_meant(judgement.annotator)).collect();
    let n = example.responses();
    for (at, one) in meant.iter().enumerate() {
        for other in meant.iter().skip(at + 1) {
            if let Some(tau) = tau_of(one, other, n) {
                part.tau = (part.tau.0 + tau, part.tau.1 + 1.0);
            }
        }
    }
    let all: Vec<usize> = (0..n).collect();
    let whole: Vec<Vec<f64>> = meant.iter().filter_map(|judgement| scores(judgement, &all)).collect();
    if whole.len() >= 3
        && let Some(w) = w(&whole)
    {
        part.w = (w, 1.0);
    }
    (part.sums.pairable > 0.0 || part.tau.1 > 0.0).then_some(part)
}

fn remarks(part: &Part) -> Vec<Remark> {
    if part.sums.pairable < FEW {
        return vec![Remark::Few];
    }
    let Ok(alpha) = part.sums.alpha_ordinal() else { return Vec::new() };
    let band = match alpha {
        alpha if alpha >= RELIABLE => Remark::Reliable,
        alpha if alpha >= TENTATIVE => Remark::Tentative,
        _ => Remark::Unreliable,
    };
    // Only where people do agree: opposite answers are no skew.
    let agree = part.sums.percent().is_ok_and(|percent| percent > 0.5);
    let skewed = agree && part.sums.ac1().is_ok_and(|ac1| ac1 - alpha > SKEWED);
    std::iter::once(band).chain(skewed.then_some(Remark::Skewed)).collect()
}

fn agreement(parts: &[Part], of: Option<(usize, usize)>) -> Agreement {
    let mut all = Part::new();
    for part in parts {
        all.add(part, 1.0);
    }
    let measured = all.measure(of.is_some()).into_iter();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count
    let pairs = all.sums.pairable as usize;
    Agreement {
        of,
        examples: parts.len(),
        pairs,
        measured: measured.map(|(measure, value)| (measure, Measured { value, interval: None })).collect(),
        remarks: remarks(&all),
    }
}

/// The parts of all, and of each two annotators.
type Parts = (Vec<Part>, BTreeMap<(usize, usize), Vec<Part>>);

fn parts(judgements: &Judgements) -> Parts {
    let (mut all, mut of_two) = (Vec::new(), BTreeMap::<(usize, usize), Vec<Part>>::new());
    for example in &judgements.examples {
        let people: BTreeSet<usize> = example.independent().map(|judgement| judgement.annotator).collect();
        if people.len() < 2 {
            continue;
        }
        let units = units(example);
        all.extend(part(example, &units, None));
        for &a in &people {
            for &b in people.range(a + 1..) {
                if let Some(part) = part(example, &units, Some((a, b))) {
                    of_two.entry((a, b)).or_default().push(part);
                }
            }
        }
    }
    (all, of_two)
}

/// The figures, without intervals: quick enough to follow every change.
pub fn report(judgements: &Judgements) -> Report {
    let (all, of_two) = parts(judgements);
    Report {
        all: agreement(&all, None),
        pairs: of_two.iter().map(|(who, parts)| agreement(parts, Some(*who))).collect(),
    }
}

/// The figures with their intervals: a thousand times the work.
pub fn intervals(judgements: &Judgements) -> Report {
    let (all, of_two) = parts(judgements);
    let with = |parts: &[Part], of: Option<(usize, usize)>| {
        let mut agreement = agreement(parts, of);
        let measure = |sum: &Part| {
            sum.measure(of.is_some()).into_iter().map(|(_, value)| value.ok()).collect::<Vec<_>>()
        };
        let intervals = resample::intervals(parts, Part::new, Part::add, measure);
        for ((_, measured), interval) in agreement.measured.iter_mut().zip(intervals) {
            measured.interval = interval.filter(|_| measured.value.is_ok());
        }
        agreement
    };
    Report {
        all: with(&all, None),
        pairs: of_two.iter().map(|(who, parts)| with(parts, Some(*who))).collect(),
    }
}

//! What one example adds to the agreement of all annotators and of each two of them.
//!
//! Only examples that two annotators or more judged independently add anything.

use std::ops::{AddAssign, SubAssign};

use super::report::{MEASURES, Measure};
use super::units::{VALUES, judges, pairs, unit};
use super::{Tally, Undefined, cohen, fleiss, gwet, kendall, krippendorff, percent};
use crate::curation::judged::{JudgedExample, Judgement, Judgements};
use krippendorff::Level;

/// The sums over examples that all coefficients are counted from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Over the pairs of responses.
    pub tally: Tally<VALUES>,
    /// Tau-b: the sum and how many.
    tau: (f64, f64),
    /// W: the sum and how many.
    w: (f64, f64),
    /// How many examples have a unit with two answers or more.
    pub examples: f64,
}

impl AddAssign<&Self> for Sums {
    fn add_assign(&mut self, other: &Self) {
        self.tally += &other.tally;
        self.tau = (self.tau.0 + other.tau.0, self.tau.1 + other.tau.1);
        self.w = (self.w.0 + other.w.0, self.w.1 + other.w.1);
        self.examples += other.examples;
    }
}

impl SubAssign<&Self> for Sums {
    fn sub_assign(&mut self, other: &Self) {
        self.tally -= &other.tally;
        self.tau = (self.tau.0 - other.tau.0, self.tau.1 - other.tau.1);
        self.w = (self.w.0 - other.w.0, self.w.1 - other.w.1);
        self.examples -= other.examples;
    }
}

impl Sums {
    /// What the coefficients are, in the order of [`MEASURES`]. `two`: the answers are those of the same two throughout.
    pub fn coefficients(&self, two: bool) -> [Result<f64, Undefined>; MEASURES.len()] {
        MEASURES.map(|measure| match measure {
            Measure::Percent => percent::percent(&self.tally),
            Measure::Cohen if two => cohen::kappa(&self.tally),
            Measure::Cohen => Err(Undefined::NotTwo),
            Measure::Fleiss => fleiss::kappa(&self.tally),
            Measure::Alpha => krippendorff::alpha(&self.tally, Level::Nominal),
            Measure::AlphaOrdinal => krippendorff::alpha(&self.tally, Level::Ordinal),
            Measure::Gwet => gwet::ac1(&self.tally),
            Measure::Tau => mean(self.tau, self.unordered()),
            Measure::W => mean(self.w, Undefined::NoThree),
        })
    }

    fn unordered(&self) -> Undefined {
        if self.examples < 0.5 { Undefined::NoOverlap } else { Undefined::NoOrder }
    }
}

fn mean((sum, n): (f64, f64), otherwise: Undefined) -> Result<f64, Undefined> {
    if n < 0.5 { Err(otherwise) } else { Ok(sum / n) }
}

/// Tells what each example adds: to the agreement of all (`None`) and of each two annotators.
pub(super) fn each(judgements: &Judgements, mut tell: impl FnMut(Option<(usize, usize)>, &Sums)) {
    for example in &judgements.examples {
        let judges = judges(example);
        if judges.len() < 2 {
            continue;
        }
        let units: Vec<_> =
            pairs(example.responses()).filter_map(|(a, b)| unit(example.id, a, b, &judges)).collect();
        let mut all = Sums::default();
        let mut answers = Vec::with_capacity(judges.len());
        for unit in &units {
            answers.clear();
            answers.extend(unit.values.iter().map(|(_, value)| Some(value.category())));
            all.tally.add(&answers);
        }
        for (at, one) in judges.iter().enumerate() {
            for other in judges.iter().skip(at + 1) {
                let mut two = Sums::default();
                for unit in &units {
                    let said = |who: usize| {
                        unit.values.iter().find(|(annotator, _)| *annotator == who).map(|(_, v)| v.category())
                    };
                    two.tally.add(&[said(one.annotator), said(other.annotator)]);
                }
                two.tau = tau(one, other);
                all.tau = (all.tau.0 + two.tau.0, all.tau.1 + two.tau.1);
                if two.tally.shared > 0.5 {
                    two.examples = 1.0;
                    tell(Some((one.annotator, other.annotator)), &two);
                }
            }
        }
        all.w = concordance(example, &judges);
        if all.tally.shared > 0.5 {
            all.examples = 1.0;
            tell(None, &all);
        }
    }
}

/// Tau-b over what both placed, where both tell responses apart.
fn tau(one: &Judgement, other: &Judgement) -> (f64, f64) {
    let both = one.places.iter().zip(&other.places).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let (first, second): (Vec<_>, Vec<_>) = both.unzip();
    kendall::tau_b(&first, &second).map_or((0.0, 0.0), |tau| (tau, 1.0))
}

/// W of the annotators who placed all responses, where these are three or more.
fn concordance(example: &JudgedExample, judges: &[&Judgement]) -> (f64, f64) {
    let whole = |judge: &&Judgement| {
        let places = judge.places.iter().copied().collect::<Option<Vec<_>>>()?;
        (places.len() == example.responses()).then_some(places)
    };
    let rankings: Vec<_> = judges.iter().filter_map(whole).collect();
    if rankings.len() < 3 {
        return (0.0, 0.0);
    }
    kendall::w(&rankings).map_or((0.0, 0.0), |w| (w, 1.0))
}

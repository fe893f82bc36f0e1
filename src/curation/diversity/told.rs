//! Each measure of balance in a sentence.

use super::balance::{Balance, Member};
use super::divergence::Fit;
use crate::text::count::thousands;
use crate::text::percent;

/// A measure of balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Hill's number of order 0.
    Seen,
    /// Hill's number of order 1.
    Effective,
    /// Hill's number of order 2.
    Dominant,
    /// Shannon's entropy.
    Entropy,
    /// Pielou's evenness.
    Evenness,
    /// The largest share.
    Largest,
    /// The smallest share.
    Smallest,
    /// The largest by the smallest.
    Imbalance,
    /// Gini's coefficient.
    Gini,
    /// Total variation to the target.
    TotalVariation,
    /// Kullback and Leibler's divergence.
    Kl,
    /// Jensen and Shannon's divergence.
    Js,
    /// The population stability index.
    Psi,
    /// Pearson's χ² against the target.
    ChiSquare,
    /// The likelihood ratio against the target.
    G,
    /// What is missing to the target.
    Missing,
}

/// A measure with its number and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Which.
    pub measure: Measure,
    /// The number.
    pub value: f64,
    /// What it says.
    pub sentence: String,
}

/// Below this chance counts are told to differ from their target.
const CHANCE: f64 = 0.05;
/// From these values of the population stability index on one should look, and act: a rule of thumb of
/// those who watch credit scores.
const PSI: [f64; 2] = [0.1, 0.25];

impl Balance {
    /// Each measure that is defined, with what it says. `names` are those of the kinds; one that has none
    /// is told by its number.
    pub fn told(&self, names: &[&str]) -> Vec<Told> {
        if self.counted == 0 {
            return Vec::new();
        }
        let mut told = self.of_themselves(names);
        told.extend(self.against_target());
        told
    }

    fn of_themselves(&self, names: &[&str]) -> Vec<Told> {
        let name =
            |at: usize| names.get(at).map_or_else(|| format!("kind {}", at + 1), |&name| name.to_owned());
        let (kinds, [seen, effective, dominant]) = (self.kinds, self.hill);
        let mut told = vec![
            tell(Measure::Seen, seen, format!("{seen} of {kinds} kinds are there")),
            tell(Measure::Effective, effective, format!("{effective:.1} of {kinds} kinds carry the weight")),
            tell(
                Measure::Dominant,
                dominant,
                format!("{dominant:.1} of {kinds} kinds if only the frequent ones count"),
            ),
            tell(
                Measure::Entropy,
                self.entropy,
                format!("one needs {:.2} nats to tell which kind an example is", self.entropy),
            ),
            tell(
                Measure::Evenness,
                self.evenness,
                format!("{:.2} of the evenness of kinds that all have the same", self.evenness),
            ),
        ];
        let share = |measure, member: Option<Member>, is: &str| {
            member.map(|it| {
                tell(measure, it.share, format!("{} {is}: {}", name(it.at), percent::near(it.share)))
            })
        };
        told.extend(share(Measure::Largest, self.largest, "has the most"));
        told.extend(share(Measure::Smallest, self.smallest, "has the least"));
        told.extend(self.imbalance.map(|ratio| {
            let sentence = if ratio.is_infinite() {
                "a kind has nothing while another has something".to_owned()
            } else {
                format!("the largest kind has {ratio:.1} times what the smallest has")
            };
            tell(Measure::Imbalance, ratio, sentence)
        }));
        let gini = format!("inequality is {:.2}: 0 is all the same, 1 is one has all", self.gini);
        told.push(tell(Measure::Gini, self.gini, gini));
        told
    }

    fn against_target(&self) -> Vec<Told> {
        let Some(far) = &self.divergence else { return Vec::new() };
        let misplaced =
            format!("{} of the examples are of a kind that has too many", percent::up(far.total_variation));
        let kl = if far.kl.is_infinite() {
            "there are examples of a kind that is not wanted".to_owned()
        } else {
            format!("{:.2} nats are lost by taking the target for what is there", far.kl)
        };
        let psi = match far.psi {
            psi if psi.is_infinite() => "a kind is wanted and not there, or there and not wanted",
            psi if psi > PSI[1] => "far enough from the target to act",
            psi if psi > PSI[0] => "far enough from the target to look",
            _ => "near to the target",
        };
        let js = format!("{:.2} of the way from the same as the target to nothing in common", far.js);
        let mut told = vec![
            tell(Measure::TotalVariation, far.total_variation, misplaced),
            tell(Measure::Kl, far.kl, kl),
            tell(Measure::Js, far.js, js),
            tell(Measure::Psi, far.psi, psi.to_owned()),
        ];
        let test = |measure, fit: Fit| {
            let p = fit.p?;
            let sentence = if p < CHANCE {
                format!("by chance one would be so far from the target {} of the time", percent::chance(p))
            } else {
                format!("too few examples ({}) to tell this from the target", self.counted)
            };
            Some(tell(measure, p, sentence))
        };
        told.extend(test(Measure::ChiSquare, far.chi_square));
        told.extend(test(Measure::G, far.g));
        let missing: u64 = self.missing.iter().sum();
        let sentence = match missing {
            0 => "nothing is missing to the target".to_owned(),
            // no number of others puts right what is of a kind that is not wanted
            _ if far.kl.is_infinite() => {
                format!(
                    "the kinds that are wanted take {} more; those that are not stay too many",
                    thousands(missing)
                )
            }
            _ => format!("the target takes {} more, with nothing taken away", thousands(missing)),
        };
        told.push(tell(Measure::Missing, super::float(missing), sentence));
        told
    }
}

fn tell(measure: Measure, value: f64, sentence: String) -> Told {
    Told { measure, value, sentence }
}

//! Bias and care: what annotators prefer besides the better response, how alike they judge twice, how
//! often they are right where that is known, and what time they take.
//!
//! A share of wins near a half means no bias; [`Share::interval`] says how sure that is and
//! [`Share::by_chance`] how likely the share is by mere chance. Length is not always a bias: longer
//! responses may be the better ones. It's to be looked at where annotators differ in it.

mod habits;
mod lengths;
#[cfg(test)]
mod tests;

use super::judged::{JudgedExample, Judgements};
use super::proportion::Share;
use habits::Habits;
pub use lengths::PairLengths;

/// A judgement made in less than so many milliseconds is hasty.
pub const HASTY_MILLIS: u32 = 2_000;

/// How an annotator judges, or all of them do. Only independent rankings are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotatorReport {
    /// Who: an index into [`Judgements::annotators`]; `None`: over all.
    pub annotator: Option<usize>,
    /// How many examples they judged, abstentions included.
    pub judgements: u64,
    /// How often they said that it can't be judged.
    pub abstentions: u64,
    /// The median time spent on a ranking in milliseconds, of those whose time is known.
    pub median_millis: Option<u32>,
    /// How many rankings took less than [`HASTY_MILLIS`], of those whose time is known.
    pub hasty: Share,
    /// Position: how often the response shown earlier wins, of decided pairs where that is known.
    pub first_wins: Share,
    /// Position: how often the sole best is the one shown first, of rankings where it's the one shown first or last.
    pub first_best: Share,
    /// Length: how often the longer one wins, of decided pairs of unequal lengths.
    pub longer_wins: Share,
    /// Length: the mean of ln(the winner's length / the loser's), over decided pairs of lengths above 0.
    pub log_ratio: Option<f64>,
    /// Form: how often the one with more Markdown wins, of decided pairs that differ in it.
    pub more_markdown_wins: Share,
    /// Refusals: how often the one that doesn't refuse wins, of decided pairs of which one does.
    pub fewer_refusals_win: Share,
    /// How many pairs are tied, of those compared.
    pub ties: Share,
    /// How many pairs they judge the same when they judge them again; `None` without hidden repeats.
    pub own: Option<Share>,
    /// How many of the gold ranking's decided pairs they judge as it does; `None` without gold examples.
    pub gold: Option<Share>,
}

/// A report of each annotator who judged anything independently, by their numbers.
pub fn reports(judgements: &Judgements) -> Vec<AnnotatorReport> {
    let judged =
        habits(judgements, |_| true).into_iter().enumerate().filter(|(_, habits)| habits.judgements > 0);
    judged.map(|(annotator, habits)| habits.report(Some(annotator))).collect()
}

/// One report over all annotators.
pub fn over_all(judgements: &Judgements) -> AnnotatorReport {
    together(habits(judgements, |_| true))
}

/// One report over all annotators, of the usable examples only: what a model would learn of their habits.
pub fn over_usable(judgements: &Judgements) -> AnnotatorReport {
    together(habits(judgements, |example| example.is_usable))
}

fn together(each: Vec<Habits>) -> AnnotatorReport {
    let mut all = Habits::default();
    for habits in each {
        all.merge(habits);
    }
    all.report(None)
}

/// The habits of each annotator, by their numbers, in those examples.
fn habits(judgements: &Judgements, is_meant: impl Fn(&JudgedExample) -> bool) -> Vec<Habits> {
    let mut all = vec![Habits::default(); judgements.annotators.len()];
    for example in judgements.examples.iter().filter(|example| is_meant(example)) {
        for judgement in example.independent() {
            if let Some(habits) = all.get_mut(judgement.annotator) {
                habits.add(example, judgement);
            }
        }
    }
    all
}

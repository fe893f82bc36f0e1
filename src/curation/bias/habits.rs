//! What is counted of an annotator's rankings.

use std::cmp::Ordering;

use super::{AnnotatorReport, HASTY_MILLIS};
use crate::curation::judged::{JudgedExample, Judgement};
use crate::curation::proportion::Share;

/// Counts over rankings; they add up over annotators.
#[derive(Debug, Clone, Default)]
pub(super) struct Habits {
    pub judgements: u64,
    abstentions: u64,
    millis: Vec<u32>,
    hasty: Share,
    first_wins: Share,
    first_best: Share,
    longer_wins: Share,
    /// A sum of logarithms, and of how many.
    log_ratio: Share,
    more_markdown_wins: Share,
    fewer_refusals_win: Share,
    ties: Share,
    own: Share,
    gold: Share,
}

impl Habits {
    /// Counts a ranking of an example.
    pub fn add(&mut self, example: &JudgedExample, judgement: &Judgement) {
        self.judgements += 1;
        if judgement.is_abstention() {
            self.abstentions += 1;
            return;
        }
        if let Some(millis) = judgement.millis {
            self.millis.push(millis);
            self.hasty.add(one(millis < HASTY_MILLIS));
        }
        let gold = example.gold();
        let repeats = || example.repeats.iter().filter(|repeat| repeat.annotator == judgement.annotator);
        for (a, b) in pairs(example.responses()) {
            let Some(relation) = judgement.relation(a, b) else { continue };
            self.ties.add(one(relation == Ordering::Equal));
            match relation {
                Ordering::Greater => self.decided(example, judgement, a, b),
                Ordering::Less => self.decided(example, judgement, b, a),
                Ordering::Equal => {}
            }
            for again in repeats().filter_map(|repeat| repeat.relation(a, b)) {
                self.own.add(one(again == relation));
            }
            let right = gold.and_then(|gold| gold.relation(a, b)).filter(|right| right.is_ne());
            if let Some(right) = right {
                self.gold.add(one(right == relation));
            }
        }
        if let Some(first) = first_is_best(judgement) {
            self.first_best.add(one(first));
        }
    }

    /// Counts a pair of which one won.
    fn decided(&mut self, example: &JudgedExample, judgement: &Judgement, winner: usize, loser: usize) {
        let shown = |at: usize| judgement.shown.get(at).copied().flatten();
        if let (Some(won), Some(lost)) = (shown(winner), shown(loser))
            && won != lost
        {
            self.first_wins.add(one(won < lost));
        }
        if let (Some(&won), Some(&lost)) = (example.lengths.get(winner), example.lengths.get(loser)) {
            if won != lost {
                self.longer_wins.add(one(won > lost));
            }
            if won > 0 && lost > 0 {
                self.log_ratio.add((f64::from(won) / f64::from(lost)).ln());
            }
        }
        if let (Some(won), Some(lost)) = (example.looks.get(winner), example.looks.get(loser)) {
            if won.marks != lost.marks {
                self.more_markdown_wins.add(one(won.marks > lost.marks));
            }
            if won.refuses != lost.refuses {
                self.fewer_refusals_win.add(one(lost.refuses));
            }
        }
    }

    /// Adds another annotator's counts.
    pub fn merge(&mut self, other: Self) {
        self.judgements += other.judgements;
        self.abstentions += other.abstentions;
        self.millis.extend(other.millis);
        for (mine, theirs) in [
            (&mut self.hasty, other.hasty),
            (&mut self.first_wins, other.first_wins),
            (&mut self.first_best, other.first_best),
            (&mut self.longer_wins, other.longer_wins),
            (&mut self.log_ratio, other.log_ratio),
            (&mut self.more_markdown_wins, other.more_markdown_wins),
            (&mut self.fewer_refusals_win, other.fewer_refusals_win),
            (&mut self.ties, other.ties),
            (&mut self.own, other.own),
            (&mut self.gold, other.gold),
        ] {
            mine.merge(theirs);
        }
    }

    /// What they come to.
    pub fn report(mut self, annotator: Option<usize>) -> AnnotatorReport {
        let some = |share: Share| (share.n > 0.0).then_some(share);
        AnnotatorReport {
            annotator,
            judgements: self.judgements,
            abstentions: self.abstentions,
            median_millis: median(&mut self.millis),
            hasty: self.hasty,
            first_wins: self.first_wins,
            first_best: self.first_best,
            longer_wins: self.longer_wins,
            log_ratio: self.log_ratio.share(),
            more_markdown_wins: self.more_markdown_wins,
            fewer_refusals_win: self.fewer_refusals_win,
            ties: self.ties,
            own: some(self.own),
            gold: some(self.gold),
        }
    }
}

/// All unordered pairs of so many.
fn pairs(responses: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..responses).flat_map(move |a| (a + 1..responses).map(move |b| (a, b)))
}

fn one(yes: bool) -> f64 {
    if yes { 1.0 } else { 0.0 }
}

/// Whether the sole best is the response shown first (`true`) or last; `None` where it's neither, where
/// there is more than one best, and where not all are placed or it isn't known how they were shown.
fn first_is_best(judgement: &Judgement) -> Option<bool> {
    let places = judgement.places.iter().copied().collect::<Option<Vec<_>>>()?;
    let shown = judgement.shown.iter().copied().collect::<Option<Vec<_>>>()?;
    let best = places.iter().min()?;
    let mut bests = places.iter().zip(&shown).filter(|(place, _)| *place == best).map(|(_, shown)| shown);
    let (at, None) = (bests.next()?, bests.next()) else { return None };
    let (first, last) = (shown.iter().min()?, shown.iter().max()?);
    (first != last && (at == first || at == last)).then_some(at == first)
}

/// The median; of an even number the mean of the two in the middle.
fn median(numbers: &mut [u32]) -> Option<u32> {
    numbers.sort_unstable();
    let above = *numbers.get(numbers.len() / 2)?;
    let below = *numbers.get((numbers.len() - 1) / 2)?;
    Some(u32::midpoint(below, above))
}

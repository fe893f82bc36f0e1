//! How often the responses of one author are preferred to those of another.
//!
//! A ranking that decides an example (a final or a gold one) counts alone; otherwise each annotator's
//! own ranking does. Every two responses that it places are one comparison: 1 for the better, ½ each
//! for a tie, and what the judge's certainty says where a model judged.

use std::collections::BTreeMap;

use super::judged::{JudgedExample, Judgement, Judgements};
use super::proportion::{Interval, Share, two_sided_z};
use crate::example::Standing;

/// Comparisons added up from one side.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wins {
    /// How many.
    pub share: Share,
    squares: f64,
    /// Whether one of them was not a choice.
    weighed: bool,
}

impl Wins {
    /// Counts one comparison: 1 is won, 0 lost, ½ a tie.
    pub fn add(&mut self, won: f64) {
        self.share.add(won);
        self.squares += won * won;
        // Halves and whole ones are exact.
        self.weighed |= ![0.0, 0.5, 1.0].contains(&won);
    }

    /// The share of comparisons won; `None` of none.
    pub fn rate(&self) -> Option<f64> {
        self.share.share()
    }

    /// The standard error of the rate, from the spread of the comparisons; `None` with fewer than two.
    pub fn standard_error(&self) -> Option<f64> {
        let (Share { x, n }, mean) = (self.share, self.rate()?);
        (n > 1.0).then(|| ((self.squares - x * mean).max(0.0) / (n - 1.0) / n).sqrt())
    }

    /// The 95 % interval of the rate: Wilson's for choices, by the standard error where certainties
    /// were weighed. `None` of nothing.
    pub fn interval(&self) -> Option<Interval> {
        match (self.weighed, self.rate(), self.standard_error()) {
            (true, Some(rate), Some(error)) => {
                let half = two_sided_z(0.95) * error;
                Some(Interval { low: (rate - half).max(0.0), high: (rate + half).min(1.0) })
            }
            _ => self.share.interval(),
        }
    }
}

/// Who wins how often against whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    cells: BTreeMap<(usize, usize), Wins>,
}

impl Table {
    /// Counts all comparisons.
    pub fn of(judgements: &Judgements) -> Self {
        let mut table = Self::default();
        for example in &judgements.examples {
            for judgement in counted(example) {
                table.add(example, judgement);
            }
        }
        table
    }

    fn add(&mut self, example: &JudgedExample, judgement: &Judgement) {
        for (a, author) in example.authors.iter().enumerate() {
            for (b, other) in example.authors.iter().enumerate() {
                let (Some(author), Some(other)) = (author, other) else { continue };
                if let Some(won) = judgement.win(a, b).filter(|_| author != other) {
                    self.cells.entry((*author, *other)).or_default().add(won);
                }
            }
        }
    }

    /// How an author fares against another; `None` where they never met.
    pub fn between(&self, author: usize, other: usize) -> Option<&Wins> {
        self.cells.get(&(author, other))
    }

    /// How an author fares against all others together.
    pub fn of_author(&self, author: usize) -> Wins {
        let mut all = Wins::default();
        for (_, wins) in self.cells.range((author, 0)..=(author, usize::MAX)) {
            all.share.x += wins.share.x;
            all.share.n += wins.share.n;
            all.squares += wins.squares;
            all.weighed |= wins.weighed;
        }
        all
    }

    /// How many comparisons there are of two authors.
    pub fn comparisons(&self) -> f64 {
        self.cells.values().map(|wins| wins.share.n).sum::<f64>() / 2.0
    }
}

/// How many pairs of responses of an example are decided for one of the two, over the judgements that count.
pub fn decided_pairs(example: &JudgedExample) -> u64 {
    let mut decided = 0;
    for a in 0..example.responses() {
        for b in a + 1..example.responses() {
            let mut wins = Wins::default();
            counted(example).filter_map(|judgement| judgement.win(a, b)).for_each(|won| wins.add(won));
            // Halves add up exactly, so that who is even is told from who is not.
            decided += u64::from(wins.rate().is_some_and(|rate| (rate - 0.5).abs() > 1e-9));
        }
    }
    decided
}

/// The judgements that count: the one that decides, or else everybody's own.
pub(super) fn counted(example: &JudgedExample) -> impl Iterator<Item = &Judgement> {
    let decided = example.judgements.iter().any(|judgement| judgement.standing != Standing::Own);
    example.judgements.iter().filter(move |judgement| (judgement.standing != Standing::Own) == decided)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(places: &[u8], standing: Standing, certainty: Option<f64>) -> Judgement {
        Judgement {
            annotator: 0,
            places: places.iter().map(|&place| Some(place)).collect(),
            bad: vec![false; places.len()],
            shown: vec![None; places.len()],
            strength: None,
            certainty,
            millis: None,
            standing,
        }
    }

    fn table(judgements: Vec<Judgement>) -> Table {
        let example = JudgedExample {
            id: 1,
            authors: vec![Some(0), Some(1)],
            lengths: vec![1, 1],
            judgements,
            ..JudgedExample::default()
        };
        Table::of(&Judgements { examples: vec![example], ..Judgements::default() })
    }

    #[test]
    fn ties_are_half_a_win_and_what_decides_counts_alone() {
        let own = |places| judgement(places, Standing::Own, None);
        let open = table(vec![own(&[1, 2]), own(&[1, 1])]);
        assert_eq!(open.between(0, 1).and_then(Wins::rate), Some(0.75));
        assert_eq!(open.between(1, 0).and_then(Wins::rate), Some(0.25));
        assert!((open.of_author(0).share.n - 2.0).abs() < 1e-9);
        let decided = table(vec![own(&[1, 2]), judgement(&[2, 1], Standing::Final, None)]);
        assert_eq!(decided.between(0, 1).and_then(Wins::rate), Some(0.0));
    }

    #[test]
    fn pairs_are_decided_by_more_than_half_and_ties_are_none() {
        let example = |judgements| JudgedExample {
            id: 1,
            authors: vec![None, None, None],
            lengths: vec![1, 1, 1],
            judgements,
            ..JudgedExample::default()
        };
        let own = |places| judgement(places, Standing::Own, None);
        assert_eq!(decided_pairs(&example(vec![own(&[1, 2, 3])])), 3);
        assert_eq!(decided_pairs(&example(vec![own(&[1, 1, 2])])), 2);
        // One says the first, the other the second: of the three pairs two are left.
        assert_eq!(decided_pairs(&example(vec![own(&[1, 2, 3]), own(&[2, 1, 3])])), 2);
        let decided = judgement(&[2, 1, 3], Standing::Final, None);
        assert_eq!(decided_pairs(&example(vec![own(&[1, 2, 3]), decided])), 3);
        assert_eq!(decided_pairs(&example(Vec::new())), 0);
    }

    #[test]
    fn certainties_are_weighed_and_spread_gives_the_error() {
        let sure = |certainty| judgement(&[1, 2], Standing::Own, Some(certainty));
        let weighed = table(vec![sure(0.6), sure(0.9)]);
        let wins = weighed.between(0, 1).copied().unwrap_or_default();
        assert!((wins.rate().unwrap_or(0.0) - 0.75).abs() < 1e-12);
        // The spread of 0.6 and 0.9 is 0.2121; over the root of two of them, 0.15.
        assert!((wins.standard_error().unwrap_or(0.0) - 0.15).abs() < 1e-12);
        let interval = wins.interval().unwrap();
        assert!((interval.low - 0.456).abs() < 1e-3 && (interval.high - 1.0).abs() < 1e-12);
    }
}

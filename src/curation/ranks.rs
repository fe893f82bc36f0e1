//! Whose responses are preferred: win rates, strengths and circles of the authors whose responses were ranked.

use super::judged::{JudgedExample, Judgements};
use super::proportion::Interval;
use super::resample;
use super::strengths::{self, Tournament, cycles, davidson, fit_bradley_terry, fit_plackett_luce, groups};
use super::wins::{Table, Wins, counted};

/// Circles of authors that are listed.
const CIRCLES: usize = 20;
/// Of more authors than this neither intervals nor circles are looked for: both would take minutes.
const MANY: usize = 50;
/// What holds those finite who won or lost all: as if their strength were drawn from a normal
/// distribution of variance 10.
const PRIOR: f64 = 0.1;

/// How strengths are fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// Bradley and Terry's, of comparisons of two; a tie is half a win of both.
    #[default]
    BradleyTerry,
    /// Davidson's, where ties have a chance of their own.
    Davidson,
    /// Plackett and Luce's, of whole rankings; those with ties are left out.
    PlackettLuce,
}

/// An author and how they fare.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorRank {
    /// Who: an index into [`Judgements::authors`].
    pub author: usize,
    /// Comparisons with the others, or with one of them.
    pub wins: Wins,
    /// The strength on the scale of log odds, around a mean of 0; `None` where it is not defined.
    pub strength: Option<f64>,
    /// Its 95 % interval, by drawing the examples again.
    pub interval: Option<Interval>,
    /// Those of one group are joined by comparisons; strengths of different groups mean nothing to each
    /// other.
    pub group: usize,
}

/// Authors, the one who wins most first, and what stands in the way of an order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranks {
    /// The authors that met others.
    pub authors: Vec<AuthorRank>,
    /// Authors of whom each wins more often than not against the next, and the last against the first;
    /// the shortest circles first.
    pub circles: Vec<Vec<usize>>,
    /// How near to an order they are: 1 where no three make a circle, 0 where as many do as can. `None` of
    /// fewer than three, and of many.
    pub consistency: Option<f64>,
    /// How much is tied, by Davidson's model: 0 where nothing is, 2 where equals tie half of the time.
    pub ties: Option<f64>,
    /// Rankings that the model could not take, for their ties.
    pub left_out: usize,
}

/// What one example adds.
#[derive(Debug, Default)]
struct Part {
    /// The author of the first, of the second, and what the first wins.
    comparisons: Vec<(usize, usize, f64)>,
    /// Authors from best to worst.
    orders: Vec<Vec<usize>>,
    /// Rankings with ties.
    tied: usize,
}

impl Part {
    fn of(example: &JudgedExample, model: Model) -> Self {
        let mut part = Self::default();
        let authors: Vec<(usize, usize)> =
            example.authors.iter().enumerate().filter_map(|(at, author)| Some((at, (*author)?))).collect();
        for judgement in counted(example) {
            for (index, &(a, author)) in authors.iter().enumerate() {
                for &(b, other) in authors.iter().skip(index + 1) {
                    if let Some(won) = judgement.win(a, b).filter(|_| author != other) {
                        part.comparisons.push((author, other, won));
                    }
                }
            }
            if model == Model::PlackettLuce {
                let placed = authors
                    .iter()
                    .filter_map(|&(at, author)| Some((judgement.places.get(at).copied()??, author)));
                let mut placed: Vec<(u8, usize)> = placed.collect();
                placed.sort_unstable();
                let mut seen = std::collections::HashSet::new();
                let is_tied = placed.windows(2).any(|two| matches!(two, [(a, _), (b, _)] if a == b));
                if is_tied {
                    part.tied += 1;
                } else if placed.len() > 1 {
                    // Of somebody with several responses the best one counts.
                    let order = placed.into_iter().map(|(_, author)| author);
                    part.orders.push(order.filter(|author| seen.insert(*author)).collect());
                }
            }
        }
        part
    }
}

/// What the parts add up to.
#[derive(Debug, Clone)]
struct Sum {
    model: Model,
    wins: strengths::Wins,
    ties: strengths::Wins,
    orders: Vec<Vec<usize>>,
}

impl Sum {
    fn new(authors: usize, model: Model) -> Self {
        let none = || vec![vec![0.0; authors]; authors];
        Self { model, wins: none(), ties: none(), orders: Vec::new() }
    }

    fn add(&mut self, part: &Part, times: f64) {
        fn add(table: &mut strengths::Wins, a: usize, b: usize, n: f64) {
            if let Some(cell) = table.get_mut(a).and_then(|row| row.get_mut(b)) {
                *cell += n;
            }
        }
        for &(a, b, won) in &part.comparisons {
            let is_tie = (won - 0.5).abs() < 1e-12;
            if self.model == Model::Davidson && is_tie {
                add(&mut self.ties, a, b, times);
                add(&mut self.ties, b, a, times);
            } else {
                add(&mut self.wins, a, b, times * won);
                add(&mut self.wins, b, a, times * (1.0 - won));
            }
        }
        self.orders.extend(part.orders.iter().cloned());
    }

    /// Who was put before whom leads from everybody to everybody, in what the model takes: only then is
    /// the likelihood greatest at finite strengths.
    fn is_bound(&self) -> bool {
        let n = self.wins.len();
        let mut before = vec![vec![false; n]; n];
        let mut put = |a: usize, b: usize| {
            if let Some(cell) = before.get_mut(a).and_then(|row| row.get_mut(b)) {
                *cell = true;
            }
        };
        if self.model == Model::PlackettLuce {
            for (a, b) in self.orders.iter().flat_map(|order| order.iter().zip(order.iter().skip(1))) {
                put(*a, *b);
            }
        } else {
            for table in [&self.wins, &self.ties] {
                for (a, row) in table.iter().enumerate() {
                    row.iter().enumerate().filter(|(_, n)| **n > 0.0).for_each(|(b, _)| put(a, b));
                }
            }
        }
        let beats = |a: usize, b: usize| before.get(a).and_then(|row| row.get(b)).copied().unwrap_or(false);
        let reached = |leads: &dyn Fn(usize, usize) -> bool| {
            let (mut seen, mut open) = (vec![false; n], vec![0]);
            while let Some(at) = open.pop() {
                match seen.get_mut(at) {
                    Some(seen) if !*seen => *seen = true,
                    _ => continue,
                }
                open.extend((0..n).filter(|&next| leads(at, next)));
            }
            seen.into_iter().all(|seen| seen)
        };
        reached(&beats) && reached(&|a, b| beats(b, a))
    }

    /// The strengths, and how much is tied.
    fn fit(&self) -> (Option<Vec<f64>>, Option<f64>) {
        let prior = if self.is_bound() { 0.0 } else { PRIOR };
        match self.model {
            Model::BradleyTerry => (fit_bradley_terry(&self.wins, prior), None),
            Model::PlackettLuce => (fit_plackett_luce(self.wins.len(), &self.orders, prior), None),
            // It has no prior: where somebody won or lost all there is no answer.
            Model::Davidson if prior > 0.0 => (None, None),
            Model::Davidson => match davidson(&self.wins, &self.ties) {
                Some(fit) => (Some(fit.strengths), Some(fit.ties)),
                None => (None, None),
            },
        }
    }
}

/// Who is preferred, with the strengths by that model; win rates against all others, or against one.
/// The intervals of the strengths are a thousand times the work: `with_intervals` asks for them.
pub fn ranks(judgements: &Judgements, against: Option<usize>, model: Model, with_intervals: bool) -> Ranks {
    let table = Table::of(judgements);
    // Numbered anew, so that those who met nobody take no part.
    let met: Vec<usize> =
        (0..judgements.authors.len()).filter(|&author| table.of_author(author).share.n > 0.0).collect();
    if met.is_empty() {
        return Ranks::default();
    }
    let number: Vec<Option<usize>> =
        (0..judgements.authors.len()).map(|author| met.iter().position(|other| *other == author)).collect();
    let parts: Vec<Part> = judgements
        .examples
        .iter()
        .map(|example| {
            let of = |author: &Option<usize>| author.and_then(|author| number.get(author).copied().flatten());
            let authors = example.authors.iter().map(of).collect();
            Part::of(&JudgedExample { authors, ..example.clone() }, model)
        })
        .filter(|part| !part.comparisons.is_empty())
        .collect();
    let mut sum = Sum::new(met.len(), model);
    for part in &parts {
        sum.add(part, 1.0);
    }
    let (strengths, ties) = sum.fit();
    let intervals = if with_intervals && strengths.is_some() && met.len() <= MANY {
        let measure = |sum: &Sum| match sum.fit().0 {
            Some(strengths) => strengths.into_iter().map(Some).collect(),
            None => vec![None; met.len()],
        };
        let draws = if model == Model::BradleyTerry { resample::RESAMPLES } else { resample::FEW };
        resample::intervals_by(draws, &parts, || Sum::new(met.len(), model), Sum::add, measure)
    } else {
        Vec::new()
    };
    let mut all = Sum::new(met.len(), Model::BradleyTerry);
    for part in &parts {
        all.add(part, 1.0);
    }
    let tournament = Tournament::of(&all.wins);
    let group = groups(&all.wins);
    let mut authors: Vec<AuthorRank> = (0..)
        .zip(&met)
        .map(|(at, &author)| AuthorRank {
            author,
            wins: match against {
                Some(other) => table.between(author, other).copied().unwrap_or_default(),
                None => table.of_author(author),
            },
            strength: strengths.as_ref().and_then(|strengths| strengths.get(at).copied()),
            interval: intervals.get(at).copied().flatten(),
            group: group.get(at).copied().unwrap_or_default(),
        })
        .filter(|rank| rank.wins.share.n > 0.0)
        .collect();
    let name = |rank: &AuthorRank| judgements.authors.get(rank.author);
    let rate = |rank: &AuthorRank| rank.wins.rate().unwrap_or(0.0);
    authors.sort_by(|a, b| rate(b).total_cmp(&rate(a)).then_with(|| name(a).cmp(&name(b))));
    let named = |circle: Vec<usize>| circle.into_iter().filter_map(|at| met.get(at).copied()).collect();
    Ranks {
        authors,
        circles: if met.len() > MANY {
            Vec::new()
        } else {
            cycles(&tournament, CIRCLES).into_iter().map(named).collect()
        },
        consistency: (3..=MANY).contains(&met.len()).then(|| tournament.triads().consistency),
        ties,
        left_out: parts.iter().map(|part| part.tied).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curation::judged::Judgement;
    use crate::example::Standing;

    fn example(id: i64, authors: &[usize], places: &[u8]) -> JudgedExample {
        let judgement = Judgement {
            annotator: 0,
            places: places.iter().map(|&place| Some(place)).collect(),
            bad: vec![false; places.len()],
            shown: vec![None; places.len()],
            strength: None,
            certainty: None,
            millis: None,
            standing: Standing::Own,
        };
        JudgedExample {
            id,
            authors: authors.iter().map(|&author| Some(author)).collect(),
            lengths: vec![1; authors.len()],
            judgements: vec![judgement],
            ..JudgedExample::default()
        }
    }

    fn dataset(examples: Vec<JudgedExample>) -> Judgements {
        let authors = ["a", "b", "c", "idle"].map(str::to_owned).to_vec();
        Judgements { annotators: vec!["ana".to_owned()], authors, examples }
    }

    /// `a` wins 3 of 4 against `b`, `b` 3 of 4 against `c`, `a` 3 of 4 against `c`.
    fn transitive() -> Judgements {
        let pairs = [(0, 1), (1, 2), (0, 2)];
        let all =
            pairs.iter().flat_map(|&(a, b)| [[1, 2], [1, 2], [1, 2], [2, 1]].map(|places| (a, b, places)));
        dataset((1..).zip(all).map(|(id, (a, b, places))| example(id, &[a, b], &places)).collect())
    }

    #[test]
    fn who_is_stronger_comes_first_with_an_interval_and_who_met_nobody_not_at_all() {
        let is = ranks(&transitive(), None, Model::BradleyTerry, true);
        assert_eq!(is.authors.iter().map(|rank| rank.author).collect::<Vec<_>>(), [0, 1, 2]);
        let strengths: Vec<f64> = is.authors.iter().map(|rank| rank.strength.unwrap()).collect();
        assert!(strengths.is_sorted_by(|a, b| a > b) && strengths.iter().sum::<f64>().abs() < 1e-9);
        for rank in &is.authors {
            let (strength, interval) = (rank.strength.unwrap(), rank.interval.unwrap());
            assert!(interval.low <= strength && strength <= interval.high, "{rank:?}");
        }
        assert!(is.circles.is_empty());
        assert_eq!(is.consistency, Some(1.0));
        // The same each time.
        assert_eq!(is, ranks(&transitive(), None, Model::BradleyTerry, true));
    }

    #[test]
    fn the_three_models_say_the_same_of_plain_pairs() {
        let strengths = |model| -> Vec<f64> {
            let is = ranks(&transitive(), None, model, false);
            is.authors.iter().map(|rank| rank.strength.unwrap()).collect()
        };
        let (pairs, orders) = (strengths(Model::BradleyTerry), strengths(Model::PlackettLuce));
        let with_ties = strengths(Model::Davidson);
        for ((a, b), c) in pairs.iter().zip(&orders).zip(&with_ties) {
            assert!((a - b).abs() < 1e-6 && (a - c).abs() < 1e-6, "{pairs:?} {orders:?} {with_ties:?}");
        }
    }

    #[test]
    fn a_circle_is_told_and_those_apart_are_in_groups_of_their_own() {
        let circle = dataset(vec![
            example(1, &[0, 1], &[1, 2]),
            example(2, &[1, 2], &[1, 2]),
            example(3, &[2, 0], &[1, 2]),
        ]);
        let is = ranks(&circle, None, Model::BradleyTerry, false);
        assert_eq!((is.circles, is.consistency), (vec![vec![0, 1, 2]], Some(0.0)));
        let apart = dataset(vec![example(1, &[0, 1], &[1, 2]), example(2, &[2, 3], &[2, 1])]);
        let is = ranks(&apart, None, Model::BradleyTerry, false);
        let group = |author| is.authors.iter().find(|rank| rank.author == author).unwrap().group;
        assert!(group(0) == group(1) && group(2) == group(3) && group(0) != group(2));
        assert!(is.authors.iter().all(|rank| rank.strength.unwrap().is_finite()), "nobody lost and won");
    }

    #[test]
    fn ties_are_left_out_of_whole_rankings_and_have_a_measure_by_davidson() {
        let mut examples: Vec<JudgedExample> = (0..9).flat_map(|_| transitive().examples).collect();
        examples.push(example(999, &[0, 1, 2], &[1, 1, 2]));
        let all = dataset(examples);
        assert_eq!(ranks(&all, None, Model::PlackettLuce, false).left_out, 1);
        let davidson = ranks(&all, None, Model::Davidson, true);
        assert!(davidson.ties.unwrap() > 0.0 && davidson.authors[0].interval.is_some());
        // Where somebody won all there is no answer by that model.
        let won = dataset(vec![example(1, &[0, 1], &[1, 2])]);
        assert_eq!(ranks(&won, None, Model::Davidson, true).authors[0].strength, None);
    }

    #[test]
    fn who_is_only_in_tied_rankings_has_a_strength_all_the_same() {
        let mut examples = transitive().examples;
        examples.push(example(99, &[2, 3], &[1, 1]));
        let is = ranks(&dataset(examples), None, Model::PlackettLuce, true);
        assert!(is.authors.iter().all(|rank| rank.strength.unwrap().is_finite()), "{is:?}");
    }

    #[test]
    fn against_one_only_those_who_met_them_are_there() {
        let all = dataset(vec![example(1, &[0, 1], &[1, 2]), example(2, &[1, 2], &[2, 1])]);
        let is = ranks(&all, Some(1), Model::BradleyTerry, false);
        assert_eq!(is.authors.iter().map(|rank| rank.author).collect::<Vec<_>>(), [0, 2]);
        assert!(ranks(&dataset(Vec::new()), None, Model::BradleyTerry, true).authors.is_empty());
    }
}

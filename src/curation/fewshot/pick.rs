//! The choice of few that stand for all.

use super::alike::Similarity;
use crate::curation::numbers::float;
use crate::curation::tway::At;

/// What may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidate {
    /// How many tokens it takes.
    pub tokens: u64,
    /// The values of its facets.
    pub values: Vec<At>,
}

/// What is wished of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// How many tokens all of it may take.
    pub budget: u64,
    /// How many at most.
    pub at_most: usize,
    /// Values of which each has to be there once before anything else is chosen.
    pub required: Vec<At>,
}

/// One that was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// Which candidate.
    pub candidate: usize,
    /// What it added.
    pub gain: f64,
    /// How many tokens it takes.
    pub tokens: u64,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picked {
    /// Those chosen, in the order in which they were.
    pub chosen: Vec<Chosen>,
    /// F(S), in all.
    pub value: f64,
    /// How many tokens in all.
    pub tokens: u64,
    /// Required values that none of them has, as the budget or the candidates did not allow it.
    pub lacking: Vec<At>,
    /// The candidates in the order in which they best stand in a prompt: the most typical one last, as a
    /// model heeds most what it read last.
    pub order: Vec<usize>,
}

/// Chooses those that stand for all: always the same of the same. Candidates that are not among what is
/// compared can't be chosen.
pub fn pick(alike: &impl Similarity, candidates: &[Candidate], wish: &Wish) -> Picked {
    let candidates = &candidates[..candidates.len().min(alike.len())];
    let alone = alone(alike, candidates.len());
    let by_gain = Greedy::new(alike, candidates, wish, &alone, false).run();
    let by_token = Greedy::new(alike, candidates, wish, &alone, true).run();
    // More of what is required comes before what stands better for all.
    let is_better = by_token.lacking.len() < by_gain.lacking.len()
        || (by_token.lacking.len() == by_gain.lacking.len() && by_token.value > by_gain.value);
    let mut picked = if is_better { by_token } else { by_gain };
    picked.order = in_order(alike, &picked.chosen);
    picked
}

/// What each of the first so many would add were it chosen first.
fn alone(alike: &impl Similarity, first: usize) -> Vec<f64> {
    let mut row = vec![0.0; alike.len()];
    let of = |at: usize| {
        alike.row(at, &mut row);
        row.iter().map(|like| like.max(0.0)).sum()
    };
    (0..first).map(of).collect()
}

/// The most typical last: the one that is most like all.
fn in_order(alike: &impl Similarity, chosen: &[Chosen]) -> Vec<usize> {
    let mut row = vec![0.0; alike.len()];
    let mut typical: Vec<(f64, usize)> = Vec::new();
    for one in chosen {
        alike.row(one.candidate, &mut row);
        typical.push((row.iter().sum(), one.candidate));
    }
    typical.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    typical.into_iter().map(|(_, candidate)| candidate).collect()
}

struct Greedy<'a, Alike> {
    alike: &'a Alike,
    candidates: &'a [Candidate],
    wish: &'a Wish,
    a_token: bool,
    /// How like each is to the nearest one chosen.
    nearest: Vec<f64>,
    /// What each adds at most: what it added when that was last looked at.
    at_most: Vec<f64>,
    is_chosen: Vec<bool>,
    row: Vec<f64>,
    picked: Picked,
}

impl<'a, Alike: Similarity> Greedy<'a, Alike> {
    fn new(
        alike: &'a Alike,
        candidates: &'a [Candidate],
        wish: &'a Wish,
        alone: &[f64],
        a_token: bool,
    ) -> Self {
        let all = alike.len();
        let mut lacking = wish.required.clone();
        lacking.sort_unstable();
        lacking.dedup();
        Self {
            alike,
            candidates,
            wish,
            a_token,
            nearest: vec![0.0; all],
            at_most: alone.to_vec(),
            is_chosen: vec![false; candidates.len()],
            row: vec![0.0; all],
            picked: Picked { lacking, ..Picked::default() },
        }
    }

    fn run(mut self) -> Picked {
        while self.picked.chosen.len() < self.wish.at_most {
            let affordable: Vec<usize> =
                (0..self.candidates.len()).filter(|&at| self.is_affordable(at)).collect();
            let needed: Vec<usize> = affordable.iter().copied().filter(|&at| self.fills(at)).collect();
            let is_needed = !needed.is_empty();
            let Some((best, gain)) = self.best(if is_needed { &needed } else { &affordable }) else { break };
            if gain <= 0.0 && !is_needed {
                break;
            }
            self.choose(best, gain);
        }
        self.picked
    }

    fn is_affordable(&self, at: usize) -> bool {
        let left = self.wish.budget.saturating_sub(self.picked.tokens);
        !self.is_chosen[at] && self.candidates[at].tokens <= left
    }

    /// Whether it has a required value that none has so far.
    fn fills(&self, at: usize) -> bool {
        self.candidates[at].values.iter().any(|value| self.picked.lacking.contains(value))
    }

    /// The one that adds most, of equals the first. What one adds only falls as others are chosen, so that
    /// those need not be looked at again that added less before than the best one adds now.
    fn best(&mut self, among: &[usize]) -> Option<(usize, f64)> {
        let mut is_fresh = vec![false; self.candidates.len()];
        loop {
            let worth = |at: usize| self.at_most[at] / self.weight(at);
            let best =
                among.iter().copied().rev().max_by(|&one, &other| worth(one).total_cmp(&worth(other)))?;
            if is_fresh[best] {
                return Some((best, self.at_most[best]));
            }
            self.at_most[best] = self.gain(best);
            is_fresh[best] = true;
        }
    }

    fn weight(&self, at: usize) -> f64 {
        if self.a_token { float(self.candidates[at].tokens.max(1)) } else { 1.0 }
    }

    fn gain(&mut self, at: usize) -> f64 {
        self.alike.row(at, &mut self.row);
        self.row.iter().zip(&self.nearest).map(|(like, nearest)| (like - nearest).max(0.0)).sum()
    }

    fn choose(&mut self, at: usize, gain: f64) {
        self.alike.row(at, &mut self.row);
        for (nearest, like) in self.nearest.iter_mut().zip(&self.row) {
            *nearest = nearest.max(*like);
        }
        let candidate = &self.candidates[at];
        self.is_chosen[at] = true;
        self.picked.lacking.retain(|value| !candidate.values.contains(value));
        self.picked.chosen.push(Chosen { candidate: at, gain, tokens: candidate.tokens });
        self.picked.tokens += candidate.tokens;
        self.picked.value += gain;
    }
}

//! What comes of many rankings of one example: which pairs are decided, and how far people agree.
//!
//! A ranking that review decided, or that is known to be right, counts alone. Otherwise each
//! annotator who placed two responses has one vote on the pair: the first is better, the second is,
//! or they are the same. More than half of the votes decide. Ties and partial orders are taken for
//! what they are: a tie is a vote for "the same", a response that was not placed gives no vote.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Agreed, Pair, Ranking, Standing};

/// A pair that is decided for one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decided {
    /// The better and the worse one.
    pub pair: Pair,
    /// The share of the votes that say so, above ½.
    pub share: f64,
}

/// What comes of many rankings.
#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// How far people agree.
    pub state: Agreed,
    /// Over the pairs of annotators, the mean share of pairs of responses of which both say the same
    /// (who can't judge agrees with nobody). `None` with fewer than two judgements.
    pub agreement: Option<f64>,
    /// Over the decided pairs, the mean of the votes for the winner less those for the loser, as a
    /// share of the votes: 1 where all agree, 0 where nothing is decided.
    pub strength: f64,
    /// The decided pairs, those of the better ones first: never a tie, never a response that was not placed.
    pub pairs: Vec<Decided>,
    /// Whether the decided pairs lead round in a circle: a better than b, b than c, c than a.
    pub is_circular: bool,
    /// The one response that is decided to be better than every other that was placed, where there is
    /// one that is not bad. The rest may be undecided among themselves.
    pub best: Option<Uuid>,
    /// From best to worst, where the decided pairs make an order of tiers; else empty.
    pub tiers: Vec<Vec<Uuid>>,
    /// What most of those who judged it call bad.
    pub bad: Vec<Uuid>,
    /// How many people judged it, those who can't judge included.
    pub judgements: usize,
    /// How many of them said that they can't.
    pub abstentions: usize,
}

/// The votes on a pair of responses.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    first: u32,
    second: u32,
    same: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vote {
    First,
    Second,
    Same,
}

impl Votes {
    fn add(&mut self, vote: Vote) {
        match vote {
            Vote::First => self.first += 1,
            Vote::Second => self.second += 1,
            Vote::Same => self.same += 1,
        }
    }

    fn all(self) -> u32 {
        self.first + self.second + self.same
    }

    /// What more than half say.
    fn decided(self) -> Option<Vote> {
        let most = |n: u32| 2 * n > self.all();
        [(self.first, Vote::First), (self.second, Vote::Second), (self.same, Vote::Same)]
            .into_iter()
            .find_map(|(n, vote)| most(n).then_some(vote))
    }
}

/// The place of each response that a ranking places: tiers from 0, bad ones after the last.
fn places(ranking: &Ranking) -> HashMap<Uuid, usize> {
    let tiers = ranking.tiers.iter().enumerate();
    let placed = tiers.flat_map(|(place, tier)| tier.iter().map(move |&id| (id, place)));
    placed.chain(ranking.bad.iter().map(|&id| (id, ranking.tiers.len()))).collect()
}

fn vote(places: &HashMap<Uuid, usize>, (a, b): (Uuid, Uuid)) -> Option<Vote> {
    let (first, second) = (places.get(&a)?, places.get(&b)?);
    Some(match first.cmp(second) {
        std::cmp::Ordering::Less => Vote::First,
        std::cmp::Ordering::Greater => Vote::Second,
        std::cmp::Ordering::Equal => Vote::Same,
    })
}

impl Consensus {
    /// What comes of these rankings of one example, at most one of each annotator.
    pub fn of(rankings: &[Ranking]) -> Self {
        let deciding = rankings.iter().find(|ranking| ranking.details.standing != Standing::Own);
        let own: Vec<&Ranking> =
            rankings.iter().filter(|ranking| ranking.details.standing == Standing::Own).collect();
        let counted = deciding.map_or_else(|| own.clone(), |one| vec![one]);
        let abstentions = own.iter().filter(|ranking| ranking.is_abstention()).count();
        let votes: Vec<HashMap<Uuid, usize>> = counted
            .iter()
            .filter(|ranking| !ranking.is_abstention())
            .map(|ranking| places(ranking))
            .collect();
        let responses = in_order(&counted);
        let tally = tally(&responses, &votes);
        let pairs = decided_pairs(&responses, &tally);
        let is_circular = !is_acyclic(&tally);
        let tiers = tiers(&responses, &tally);
        let state = if deciding.is_some() {
            Agreed::Adjudicated
        } else {
            state(own.len(), abstentions, &tally, is_circular)
        };
        let strength = if pairs.is_empty() { 0.0 } else { mean(pairs.iter().map(|(_, margin)| *margin)) };
        let is_bad = |id: &Uuid| {
            let said: Vec<bool> = counted
                .iter()
                .filter(|ranking| places(ranking).contains_key(id))
                .map(|ranking| ranking.bad.contains(id))
                .collect();
            2 * said.iter().filter(|bad| **bad).count() > said.len()
        };
        let bad: Vec<Uuid> = responses.iter().filter(|id| is_bad(id)).copied().collect();
        let pairs: Vec<Decided> = pairs.into_iter().map(|(decided, _)| decided).collect();
        Self {
            state,
            agreement: agreement(&own),
            strength,
            best: best(&responses, &pairs).filter(|id| !bad.contains(id)),
            pairs,
            is_circular,
            tiers,
            bad,
            judgements: own.len(),
            abstentions,
        }
    }
}

/// The response that wins against every other.
fn best(responses: &[Uuid], pairs: &[Decided]) -> Option<Uuid> {
    let wins = |id: &Uuid| pairs.iter().filter(|decided| decided.pair.chosen == *id).count();
    responses.iter().copied().find(|id| wins(id) + 1 == responses.len())
}

/// Every response that is placed, in the order in which the first ranking that names it does.
fn in_order(rankings: &[&Ranking]) -> Vec<Uuid> {
    let mut seen = HashSet::new();
    let named = rankings.iter().flat_map(|ranking| ranking.tiers.iter().flatten().chain(&ranking.bad));
    let mut responses: Vec<Uuid> = named.copied().filter(|id| seen.insert(*id)).collect();
    // By id, so that the order of the rankings changes nothing.
    responses.sort_unstable();
    responses
}

type Tally = Vec<((Uuid, Uuid), Votes)>;

fn tally(responses: &[Uuid], votes: &[HashMap<Uuid, usize>]) -> Tally {
    let mut tally = Vec::new();
    for (at, &a) in responses.iter().enumerate() {
        for &b in responses.iter().skip(at + 1) {
            let mut all = Votes::default();
            votes.iter().filter_map(|places| vote(places, (a, b))).for_each(|vote| all.add(vote));
            if all.all() > 0 {
                tally.push(((a, b), all));
            }
        }
    }
    tally
}

/// The pairs that are decided for a side, with the margin of each; those of the ones that win most first.
fn decided_pairs(responses: &[Uuid], tally: &Tally) -> Vec<(Decided, f64)> {
    let decided = tally.iter().filter_map(|&((a, b), votes)| {
        let (chosen, rejected, won, lost) = match votes.decided()? {
            Vote::First => (a, b, votes.first, votes.second),
            Vote::Second => (b, a, votes.second, votes.first),
            Vote::Same => return None,
        };
        let all = f64::from(votes.all());
        let decided = Decided { pair: Pair { chosen, rejected }, share: f64::from(won) / all };
        Some((decided, f64::from(won - lost) / all))
    });
    let mut decided: Vec<(Decided, f64)> = decided.collect();
    let mut wins: HashMap<Uuid, usize> = responses.iter().map(|&id| (id, 0)).collect();
    for (Decided { pair, .. }, _) in &decided {
        *wins.entry(pair.chosen).or_default() += 1;
    }
    let place = |id: Uuid| (Reverse(wins.get(&id).copied().unwrap_or_default()), id);
    decided.sort_by_key(|(Decided { pair, .. }, _)| (place(pair.chosen), place(pair.rejected)));
    decided
}

/// The tiers that the decided pairs make: empty where a pair is undecided or the pairs make none.
fn tiers(responses: &[Uuid], tally: &Tally) -> Vec<Vec<Uuid>> {
    let mut wins: HashMap<Uuid, usize> = responses.iter().map(|&id| (id, 0)).collect();
    let mut win = |id: Uuid| *wins.entry(id).or_default() += 2;
    let mut same = Vec::new();
    for &((a, b), votes) in tally {
        match votes.decided() {
            Some(Vote::First) => win(a),
            Some(Vote::Second) => win(b),
            Some(Vote::Same) => same.push((a, b)),
            None => return Vec::new(),
        }
    }
    for (a, b) in same {
        for id in [a, b] {
            *wins.entry(id).or_default() += 1;
        }
    }
    let mut order: Vec<Uuid> = responses.to_vec();
    order.sort_by_key(|id| (Reverse(wins.get(id).copied().unwrap_or(0)), *id));
    let tiers: Vec<Vec<Uuid>> =
        order.chunk_by(|a, b| wins.get(a) == wins.get(b)).map(<[Uuid]>::to_vec).collect();
    // The order by wins is the one that is meant only where it says the same as every pair.
    let place: HashMap<Uuid, usize> =
        tiers.iter().enumerate().flat_map(|(at, tier)| tier.iter().map(move |&id| (id, at))).collect();
    let holds = tally.iter().all(|&(pair, votes)| votes.decided() == vote(&place, pair));
    if holds { tiers } else { Vec::new() }
}

fn state(judgements: usize, abstentions: usize, tally: &Tally, is_circular: bool) -> Agreed {
    if judgements == 0 {
        return Agreed::Unranked;
    }
    if 2 * abstentions >= judgements {
        return Agreed::Unresolved;
    }
    if judgements == 1 {
        return Agreed::Single;
    }
    if is_circular {
        return Agreed::Unresolved;
    }
    let is_one = |votes: &Votes| [votes.first, votes.second, votes.same].contains(&votes.all());
    if !tally.iter().any(|(_, votes)| votes.all() > 1) {
        // Nobody judged what another did.
        return Agreed::Unresolved;
    }
    if abstentions == 0 && tally.iter().all(|(_, votes)| is_one(votes)) {
        return Agreed::Unanimous;
    }
    let is_decided = tally.iter().all(|(_, votes)| votes.decided().is_some());
    if is_decided { Agreed::Majority } else { Agreed::Unresolved }
}

/// Whether the decided preferences lead nowhere in a circle. Responses that are decided to be the same
/// stand at one place: a better than b, b the same as c, c better than a is a circle too.
fn is_acyclic(tally: &Tally) -> bool {
    let place = same_places(tally);
    let at = |id: Uuid| place.get(&id).copied().unwrap_or(id);
    let mut worse: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let mut open: HashMap<Uuid, usize> = HashMap::new();
    for &((a, b), votes) in tally {
        let (winner, loser) = match votes.decided() {
            Some(Vote::First) => (at(a), at(b)),
            Some(Vote::Second) => (at(b), at(a)),
            _ => continue,
        };
        worse.entry(winner).or_default().push(loser);
        open.entry(winner).or_default();
        *open.entry(loser).or_default() += 1;
    }
    // What nothing beats any more is taken away, again and again; a circle never is.
    let mut free: Vec<Uuid> = open.iter().filter(|(_, n)| **n == 0).map(|(id, _)| *id).collect();
    let mut taken = 0;
    while let Some(id) = free.pop() {
        taken += 1;
        for loser in worse.remove(&id).unwrap_or_default() {
            if let Some(n) = open.get_mut(&loser) {
                *n -= 1;
                if *n == 0 {
                    free.push(loser);
                }
            }
        }
    }
    taken == open.len()
}

/// For each response that a decided tie names, the one that stands for all that are the same by ties.
fn same_places(tally: &Tally) -> HashMap<Uuid, Uuid> {
    let mut place: HashMap<Uuid, Uuid> = HashMap::new();
    for &((a, b), _) in tally.iter().filter(|(_, votes)| votes.decided() == Some(Vote::Same)) {
        let into = *place.entry(a).or_insert(a);
        let from = *place.entry(b).or_insert(b);
        place.values_mut().filter(|there| **there == from).for_each(|there| *there = into);
    }
    place
}

fn agreement(rankings: &[&Ranking]) -> Option<f64> {
    let all: Vec<(HashMap<Uuid, usize>, bool)> =
        rankings.iter().map(|ranking| (places(ranking), ranking.is_abstention())).collect();
    let mut shares = Vec::new();
    for (at, (one, abstains)) in all.iter().enumerate() {
        for (other, other_abstains) in all.iter().skip(at + 1) {
            if *abstains || *other_abstains {
                shares.push(0.0);
                continue;
            }
            let mut both: Vec<Uuid> = one.keys().filter(|id| other.contains_key(*id)).copied().collect();
            both.sort_unstable();
            let (mut same, mut pairs) = (0_u32, 0_u32);
            for (index, &a) in both.iter().enumerate() {
                for &b in both.iter().skip(index + 1) {
                    pairs += 1;
                    same += u32::from(vote(one, (a, b)) == vote(other, (a, b)));
                }
            }
            if pairs > 0 {
                shares.push(f64::from(same) / f64::from(pairs));
            }
        }
    }
    // Added up in one order, whoever came first.
    shares.sort_by(f64::total_cmp);
    if shares.is_empty() { None } else { Some(mean(shares.into_iter())) }
}

/// The mean of some numbers, of which there is at least one.
fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = numbers.fold((0.0, 0.0), |(sum, n), number| (sum + number, n + 1.0));
    sum / n
}

#[cfg(test)]
#[path = "consensus_tests.rs"]
mod tests;

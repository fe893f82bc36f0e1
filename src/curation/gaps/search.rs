//! The search for the examples that fill most.

use super::card::Card;
use super::gap::Place;
use super::terms::{Terms, places};
use super::wanted::{GapError, Wanted};
use crate::curation::dice::Dice;
use crate::curation::tway::{At, NONE, PairCounts};

/// How often a card is begun anew.
const RESTARTS: usize = 20;
/// After so many values tried a beginning is given up; only many constraints come to that.
const PATIENCE: usize = 10_000;
/// How often all facets are gone through to better a row; it ends long before.
const SWEEPS: usize = 50;

/// What to write next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cards {
    /// The cards, in the order in which they are best written.
    pub cards: Vec<Card>,
    /// Places that lack examples and that no example was found for that keeps to what can't be.
    pub unreachable: Vec<Place>,
}

/// The examples that fill most, at most so many cards: the same for the same seed.
///
/// # Errors
/// Where what is wanted does not fit to what was counted.
pub fn cards(
    wanted: &Wanted,
    have: &PairCounts,
    queued: Option<&PairCounts>,
    at_most: usize,
    seed: u64,
) -> Result<Cards, GapError> {
    let terms = Terms::new(wanted, have, queued)?;
    let mut search = Search { terms, dice: Dice::new(seed), unreachable: Vec::new() };
    let mut cards = Vec::new();
    while cards.len() < at_most {
        let worst = search.worst();
        if worst.is_empty() {
            break;
        }
        // Without a row all that was tried was given up, so that the next round tries other places.
        let Some(row) = search.best_row(&worst) else { continue };
        let fills = places(&row).into_iter().map(|place| search.terms.gap(place)).collect();
        let card = Card::new(&row, fills);
        search.terms.propose(&row, card.more);
        cards.push(card);
    }
    Ok(Cards { cards, unreachable: search.unreachable })
}

struct Search<'a> {
    terms: Terms<'a>,
    dice: Dice,
    unreachable: Vec<Place>,
}

impl Search<'_> {
    /// The places that lack most: those that count equally, and of which equally many are missing.
    fn worst(&self) -> Vec<Place> {
        let (mut worst, mut most, mut missing) = (Vec::new(), 0.0, 0);
        for (place, term) in self.terms.open() {
            if term < most {
                continue;
            }
            let lacks = self.terms.gap(place).missing();
            if term > most || lacks > missing {
                worst.clear();
                (most, missing) = (term, lacks);
            }
            if lacks == missing {
                worst.push(place);
            }
        }
        worst
    }

    /// The best of several rows that begin at one of the worst places.
    fn best_row(&mut self, worst: &[Place]) -> Option<Vec<u16>> {
        let mut best: Option<(f64, Vec<u16>)> = None;
        for _ in 0..RESTARTS {
            let start = worst[self.dice.below(worst.len())];
            if self.unreachable.contains(&start) {
                continue;
            }
            let Some(row) = self.begin(start) else {
                self.terms.give_up(start);
                self.unreachable.push(start);
                continue;
            };
            let row = self.ascend(start, row);
            let row = self.leave_open(start, row);
            let gain = self.gain(&row);
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, row));
            }
        }
        best.map(|(_, row)| row)
    }

    fn gain(&self, row: &[u16]) -> f64 {
        let chosen = |end: usize| (0..end).filter(|facet| row[*facet] != NONE);
        chosen(row.len()).map(|facet| self.terms.adds(At::new(facet, row[facet]), &row[..facet])).sum()
    }

    /// A whole row with those values, the other facets in an order of chance.
    fn begin(&mut self, start: Place) -> Option<Vec<u16>> {
        let mut row = vec![NONE; self.terms.grid().facets()];
        for at in values(start) {
            row[at.facet] = at.value;
        }
        let open = |&facet: &usize| row[facet] == NONE && self.terms.grid().kinds()[facet] > 0;
        let mut order: Vec<usize> = (0..row.len()).filter(open).collect();
        self.dice.shuffle(&mut order);
        let mut patience = PATIENCE;
        self.fill(&mut row, &order, &mut patience).then_some(row)
    }

    /// Chooses the rest of a row, the value that adds most first; goes back where nothing is allowed.
    fn fill(&mut self, row: &mut [u16], rest: &[usize], patience: &mut usize) -> bool {
        let Some((&facet, rest)) = rest.split_first() else { return true };
        for value in self.ranked(facet, row) {
            if *patience == 0 {
                break;
            }
            *patience -= 1;
            row[facet] = value;
            if self.fill(row, rest, patience) {
                return true;
            }
        }
        row[facet] = NONE;
        false
    }

    /// The values that a facet may have beside what was chosen, the one that adds most first, equals by chance.
    fn ranked(&mut self, facet: usize, row: &[u16]) -> Vec<u16> {
        let adds = |value: u16| (self.terms.adds(At::new(facet, value), row), value);
        let mut allowed: Vec<(f64, u16)> = (0..self.terms.grid().kinds()[facet])
            .filter(|&value| self.is_allowed(facet, value, row))
            .map(adds)
            .collect();
        self.dice.shuffle(&mut allowed);
        allowed.sort_by(|one, other| other.0.total_cmp(&one.0));
        allowed.into_iter().map(|(_, value)| value).collect()
    }

    fn is_allowed(&self, facet: usize, value: u16, row: &[u16]) -> bool {
        let at = At::new(facet, value);
        let others = (0..).zip(row).filter(|(other, value)| *other != facet && **value != NONE);
        !others.into_iter().any(|(other, &value)| self.terms.is_forbidden(at, At::new(other, value)))
    }

    /// Leaves those facets open whose values add nothing: whoever writes is free there, and no value that has
    /// enough is proposed for the sake of another.
    fn leave_open(&self, start: Place, mut row: Vec<u16>) -> Vec<u16> {
        let fixed: Vec<usize> = values(start).map(|at| at.facet).collect();
        for facet in (0..row.len()).filter(|facet| !fixed.contains(facet)) {
            if row[facet] != NONE && self.terms.adds(At::new(facet, row[facet]), &row) <= 0.0 {
                row[facet] = NONE;
            }
        }
        row
    }

    /// Changes one facet after the other as long as that is better; the start stays.
    fn ascend(&self, start: Place, mut row: Vec<u16>) -> Vec<u16> {
        let fixed: Vec<usize> = values(start).map(|at| at.facet).collect();
        for _ in 0..SWEEPS {
            let mut is_better = false;
            for facet in (0..row.len()).filter(|facet| !fixed.contains(facet)) {
                if row[facet] == NONE {
                    continue;
                }
                let mut most = self.terms.adds(At::new(facet, row[facet]), &row) + 1e-12;
                for value in 0..self.terms.grid().kinds()[facet] {
                    let adds = self.terms.adds(At::new(facet, value), &row);
                    if adds > most && self.is_allowed(facet, value, &row) {
                        (most, row[facet], is_better) = (adds, value, true);
                    }
                }
            }
            if !is_better {
                break;
            }
        }
        row
    }
}

/// The values of a place.
fn values(place: Place) -> impl Iterator<Item = At> {
    let (first, second) = match place {
        Place::Value(at) => (at, None),
        Place::Pair(cell) => (cell.first, Some(cell.second)),
    };
    std::iter::once(first).chain(second)
}

//! What each value and each pair adds to the worth of an example, kept up while examples are proposed.

use std::collections::HashMap;

use super::gap::{Gap, Place};
use super::wanted::{GapError, Wanted};
use crate::curation::tway::{At, Cell, Grid, NONE, PairCounts};

/// Terms of the worth of an example.
pub(super) struct Terms<'a> {
    wanted: &'a Wanted,
    have: &'a PairCounts,
    queued: Option<&'a PairCounts>,
    /// What was proposed so far, by value and by cell.
    proposed: Vec<Vec<u32>>,
    proposed_cells: Vec<u32>,
    /// The terms.
    values: Vec<Vec<f64>>,
    cells: Vec<f64>,
    /// What a cell's deficit counts: 0 where it can't be or doesn't matter.
    weights: Vec<f64>,
    /// What cells want of which another number than of the others is wanted, by their place.
    own: HashMap<usize, u32>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(
        wanted: &'a Wanted,
        have: &'a PairCounts,
        queued: Option<&'a PairCounts>,
    ) -> Result<Self, GapError> {
        wanted.check(have, queued)?;
        let grid = have.grid();
        let mut terms = Self {
            wanted,
            have,
            queued,
            proposed: wanted.targets.iter().map(|targets| vec![0; targets.len()]).collect(),
            proposed_cells: vec![0; grid.cells()],
            values: wanted.targets.iter().map(|targets| vec![0.0; targets.len()]).collect(),
            cells: vec![0.0; grid.cells()],
            weights: weights(wanted, grid),
            own: own(wanted, grid),
        };
        for facet in 0..grid.facets() {
            (0..grid.kinds()[facet]).for_each(|value| terms.renew_value(At::new(facet, value)));
        }
        for (index, cell) in grid.all().enumerate() {
            terms.cells[index] = terms.cell_term(cell, index);
        }
        Ok(terms)
    }

    pub(super) fn grid(&self) -> &'a Grid {
        self.have.grid()
    }

    pub(super) fn is_forbidden(&self, one: At, other: At) -> bool {
        self.wanted.forbidden.forbids(one, other)
    }

    fn queued(&self, n: impl Fn(&PairCounts) -> u32) -> u32 {
        self.queued.map_or(0, n)
    }

    /// What a place has, lacks and counts.
    pub(super) fn gap(&self, place: Place) -> Gap {
        let (have, queued, proposed, wanted, weight) = match place {
            Place::Value(at) => (
                self.have.single(at),
                self.queued(|queued| queued.single(at)),
                self.proposed[at.facet][usize::from(at.value)],
                self.wanted.targets[at.facet][usize::from(at.value)],
                self.values[at.facet][usize::from(at.value)],
            ),
            Place::Pair(cell) => {
                let index = self.grid().place(cell.first, cell.second);
                (
                    self.have.pair(cell),
                    self.queued(|queued| queued.pair(cell)),
                    self.proposed_cells[index],
                    self.own.get(&index).copied().unwrap_or(self.wanted.per_pair),
                    self.cells[index],
                )
            }
        };
        Gap { place, have, queued, proposed, wanted, weight }
    }

    /// All places that lack something, with what they count.
    pub(super) fn open(&self) -> impl Iterator<Item = (Place, f64)> + '_ {
        let values = self.values.iter().enumerate().flat_map(|(facet, values)| {
            (0..).zip(values).map(move |(value, term)| (Place::Value(At::new(facet, value)), *term))
        });
        let cells = self.grid().all().zip(&self.cells).map(|(cell, term)| (Place::Pair(cell), *term));
        values.chain(cells).filter(|(_, term)| *term > 0.0)
    }

    /// What a value adds to those that were chosen, a value a facet.
    pub(super) fn adds(&self, at: At, chosen: &[u16]) -> f64 {
        let others = chosen.iter().enumerate().filter(|(facet, value)| *facet != at.facet && **value != NONE);
        let pairs = others.map(|(facet, &value)| self.cells[self.grid().place(at, At::new(facet, value))]);
        self.values[at.facet][usize::from(at.value)] + pairs.sum::<f64>()
    }

    /// Takes so many examples as written.
    pub(super) fn propose(&mut self, row: &[u16], more: u32) {
        for place in places(row) {
            match place {
                Place::Value(at) => {
                    let proposed = &mut self.proposed[at.facet][usize::from(at.value)];
                    *proposed = proposed.saturating_add(more);
                    self.renew_value(at);
                }
                Place::Pair(cell) => {
                    let index = self.grid().place(cell.first, cell.second);
                    self.proposed_cells[index] = self.proposed_cells[index].saturating_add(more);
                    if self.cells[index] > 0.0 {
                        self.cells[index] = self.cell_term(cell, index);
                    }
                }
            }
        }
    }

    /// Gives a place up that no example can fill.
    pub(super) fn give_up(&mut self, place: Place) {
        match place {
            Place::Value(at) => self.values[at.facet][usize::from(at.value)] = 0.0,
            Place::Pair(cell) => {
                let index = self.grid().place(cell.first, cell.second);
                self.cells[index] = 0.0;
            }
        }
    }

    fn renew_value(&mut self, at: At) {
        let lacks = self.gap(Place::Value(at)).lacking();
        self.values[at.facet][usize::from(at.value)] = self.wanted.weights.single * lacks;
    }

    fn cell_term(&self, cell: Cell, index: usize) -> f64 {
        let weight = self.weights[index];
        if weight > 0.0 { weight * self.gap(Place::Pair(cell)).lacking() } else { 0.0 }
    }
}

/// All places that an example fills.
pub(super) fn places(row: &[u16]) -> Vec<Place> {
    let values: Vec<At> = (0..)
        .zip(row)
        .filter(|(_, value)| **value != NONE)
        .map(|(facet, &value)| At::new(facet, value))
        .collect();
    let pairs = values.iter().enumerate().flat_map(|(at, first)| {
        values[at + 1..].iter().map(|second| Place::Pair(Cell { first: *first, second: *second }))
    });
    values.iter().map(|&at| Place::Value(at)).chain(pairs).collect()
}

/// What cells want of which a number of their own is wanted.
fn own(wanted: &Wanted, grid: &Grid) -> HashMap<usize, u32> {
    wanted.cells.iter().filter_map(|(cell, n)| Some((grid.index(*cell)?, *n))).collect()
}

/// What the deficit of each cell counts.
fn weights(wanted: &Wanted, grid: &Grid) -> Vec<f64> {
    let mut weights = vec![0.0; grid.cells()];
    let is_paired = |facet: usize| wanted.per_pair > 0 && wanted.paired.contains(&facet);
    for (index, cell) in grid.all().enumerate() {
        if is_paired(cell.first.facet) && is_paired(cell.second.facet) {
            weights[index] = wanted.weights.pair;
        }
    }
    for index in own(wanted, grid).into_keys() {
        weights[index] = wanted.weights.pair;
    }
    for known in &wanted.known {
        if let Some(index) = grid.index(known.cell) {
            weights[index] *= known.traffic * (1.0 + wanted.weights.lift * known.lift);
        }
    }
    if !wanted.forbidden.is_empty() {
        let forbidden =
            grid.all().enumerate().filter(|(_, cell)| wanted.forbidden.forbids(cell.first, cell.second));
        forbidden.for_each(|(index, _)| weights[index] = 0.0);
    }
    weights
}

//! Combinations that can't be.

use std::collections::HashSet;

use super::grid::{Cell, CellError, Grid};
use super::{At, NONE};

/// Pairs of values that no example can have, such as Turkish on an American telephone line, or that nobody wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forbidden {
    grid: Grid,
    /// Empty where nothing is forbidden.
    cells: Vec<bool>,
}

impl Forbidden {
    /// Those pairs of values.
    ///
    /// # Errors
    /// Where a value is not there.
    pub fn new(grid: &Grid, pairs: &[Cell]) -> Result<Self, CellError> {
        if pairs.is_empty() {
            return Ok(Self::default());
        }
        let mut cells = vec![false; grid.cells()];
        for &pair in pairs {
            let unknown = || {
                let at = if grid.has(pair.first) { pair.second } else { pair.first };
                CellError::Unknown { facet: at.facet + 1, value: usize::from(at.value) + 1 }
            };
            let index = grid.index(pair).ok_or_else(unknown)?;
            cells[index] = true;
        }
        Ok(Self { grid: grid.clone(), cells })
    }

    /// And every pair with one of these values, as nobody wants them at all.
    #[must_use]
    pub fn without(mut self, grid: &Grid, unwanted: &HashSet<At>) -> Self {
        if unwanted.is_empty() {
            return self;
        }
        if self.is_empty() {
            self = Self { grid: grid.clone(), cells: vec![false; grid.cells()] };
        }
        for (cell, is_forbidden) in grid.all().zip(&mut self.cells) {
            *is_forbidden |= unwanted.contains(&cell.first) || unwanted.contains(&cell.second);
        }
        self
    }

    /// Whether nothing is forbidden.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether both values can't be together; `false` of values of one facet, and of those not there.
    pub fn forbids(&self, one: At, other: At) -> bool {
        let cell = || Cell::new(one, other).ok().and_then(|cell| self.grid.index(cell));
        !self.is_empty() && cell().is_some_and(|at| self.cells[at])
    }

    /// Whether two of these values can't be together, a value a facet, [`NONE`] where it has none.
    pub fn forbids_row(&self, row: &[u16]) -> bool {
        let there = || row.iter().enumerate().filter(|(_, value)| **value != NONE);
        let is_with = |one: At| there().any(|(facet, &value)| self.forbids(one, At::new(facet, value)));
        !self.is_empty() && there().any(|(facet, &value)| is_with(At::new(facet, value)))
    }
}

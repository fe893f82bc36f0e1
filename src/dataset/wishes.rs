//! What is wanted of a dataset beside the targets of its values: how many examples altogether, and how many
//! where two values meet.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::{Coded, Error, Result};
use crate::curation::tway::{At, Cell, Forbidden, Grid, NONE};
use crate::example::{CellTarget, CellWish, Facet, FacetValue, Goal, Target};
use crate::store;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wishes {
    /// How many examples altogether.
    pub goal: Option<Goal>,
    /// What is wanted where values meet, by their names.
    named: Vec<CellTarget>,
    /// The same by their places.
    pub cells: HashMap<Cell, CellWish>,
    /// Which values can't meet, or are not wanted at all.
    pub forbidden: Forbidden,
}

impl Wishes {
    /// Those of a dataset with these facets.
    pub fn read(connection: &Connection, facets: &[Facet]) -> Result<Self> {
        Self::new(store::setting(connection)?, store::cells(connection)?, facets)
    }

    /// Those that are about some of the facets.
    pub fn only(&self, facets: &[Facet]) -> Result<Self> {
        Self::new(self.goal, self.named.clone(), facets)
    }

    fn new(goal: Option<Goal>, named: Vec<CellTarget>, facets: &[Facet]) -> Result<Self> {
        let unwanted = unwanted(facets);
        if named.is_empty() && unwanted.is_empty() {
            return Ok(Self { goal, ..Self::default() });
        }
        let coded = Coded::new(facets.to_vec());
        let mut cells = HashMap::new();
        for cell in &named {
            if let [one, other] = coded.values(cell.of()).as_slice()
                && let Ok(place) = Cell::new(*one, *other)
            {
                cells.insert(place, cell.wish);
            }
        }
        let uncountable = |error: String| Error::Uncountable(error);
        let never = cells.iter().filter(|(_, wish)| **wish == CellWish::Never).map(|(cell, _)| *cell);
        let kinds = facets.iter().map(|facet| u16::try_from(facet.values.len()).unwrap_or(NONE)).collect();
        let grid = Grid::new(kinds).map_err(|error| uncountable(error.to_string()))?;
        let forbidden = Forbidden::new(&grid, &never.collect::<Vec<_>>());
        let forbidden = forbidden.map_err(|error| uncountable(error.to_string()))?.without(&grid, &unwanted);
        Ok(Self { goal, named, cells, forbidden })
    }

    /// How many are wanted where values meet, cell by cell.
    pub fn numbers(&self) -> Vec<(Cell, u32)> {
        let mut cells: Vec<(Cell, u32)> =
            self.cells.iter().map(|(cell, wish)| (*cell, wish.number())).filter(|(_, n)| *n > 0).collect();
        cells.sort_unstable();
        cells
    }
}

/// The values of which none is wanted, in facets of which something is.
fn unwanted(facets: &[Facet]) -> HashSet<At> {
    let is_unwanted = |value: &FacetValue| value.target.is_some_and(Target::is_nothing);
    let asked_for = facets.iter().enumerate().filter(|(_, facet)| !facet.values.iter().all(is_unwanted));
    let of =
        asked_for.flat_map(|(at, facet)| (0..).zip(&facet.values).map(move |(value, it)| (at, value, it)));
    of.filter(|(.., value)| is_unwanted(value)).map(|(facet, value, _)| At::new(facet, value)).collect()
}

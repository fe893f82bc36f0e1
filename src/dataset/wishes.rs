//! What is wanted of a dataset beside the targets of its values: how many examples altogether, and how many
//! where two values meet.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{Coded, Error, Result};
use crate::curation::tway::{Cell, Forbidden, Grid, NONE};
use crate::example::{CellTarget, CellWish, Facet, Goal};
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
    /// Which values can't meet.
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
        if named.is_empty() {
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
        Ok(Self { goal, named, cells, forbidden: forbidden.map_err(|error| uncountable(error.to_string()))? })
    }

    /// How many are wanted where values meet, cell by cell.
    pub fn numbers(&self) -> Vec<(Cell, u32)> {
        let mut cells: Vec<(Cell, u32)> =
            self.cells.iter().map(|(cell, wish)| (*cell, wish.number())).filter(|(_, n)| *n > 0).collect();
        cells.sort_unstable();
        cells
    }
}

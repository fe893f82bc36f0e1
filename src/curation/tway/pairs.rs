//! How many examples have each value, and each pair of values.

use thiserror::Error;

use super::columns::{Column, Columns, distinct};
use super::grid::{At, Cell, Grid, TooLarge};

/// Why an example can't be counted, or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CountError {
    /// Not a list of values for each facet.
    #[error("values for {given} of {facets} facets: read the facets anew")]
    Facets {
        /// Facets it has.
        given: usize,
        /// Facets there are.
        facets: usize,
    },
    /// A value that isn't there.
    #[error("there is no value {value} of facet {facet} (counted from 1): read the facets anew")]
    Unknown {
        /// The facet, counted from 1.
        facet: usize,
        /// The value, counted from 1.
        value: usize,
    },
    /// Nothing like it was counted.
    #[error("no such example was counted that could be taken away: count anew")]
    NotThere,
}

/// Counts of values and of pairs of values. Of several million examples all pairs of ten facets are counted
/// within a second; a changed example touches only its own cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairCounts {
    grid: Grid,
    examples: u64,
    singles: Vec<Vec<u32>>,
    cells: Vec<u32>,
}

impl PairCounts {
    /// No examples of facets with so many values each.
    ///
    /// # Errors
    /// Where there would be too many pairs to count.
    pub fn empty(kinds: Vec<u16>) -> Result<Self, TooLarge> {
        let singles = kinds.iter().map(|&kinds| vec![0; usize::from(kinds)]).collect();
        let grid = Grid::new(kinds)?;
        let cells = vec![0; grid.cells()];
        Ok(Self { grid, examples: 0, singles, cells })
    }

    /// Counts all examples.
    ///
    /// # Errors
    /// Where there would be too many pairs to count.
    pub fn of(columns: &Columns) -> Result<Self, TooLarge> {
        let mut counts = Self::empty(columns.kinds())?;
        counts.examples = columns.rows() as u64;
        let all = columns.as_slice();
        for (column, counted) in all.iter().zip(&mut counts.singles) {
            (0..column.rows())
                .flat_map(|row| column.row(row))
                .for_each(|&code| counted[usize::from(code)] += 1);
        }
        for (a, b) in counts.grid.pairs() {
            count_pair(&all[a], &all[b], &mut counts.cells[counts.grid.of_pair(a, b)]);
        }
        Ok(counts)
    }

    /// Counts those examples only of which `is` says so.
    ///
    /// # Errors
    /// Where there would be too many pairs to count.
    pub fn of_those(columns: &Columns, is: impl Fn(usize) -> bool) -> Result<Self, TooLarge> {
        let mut counts = Self::empty(columns.kinds())?;
        for row in (0..columns.rows()).filter(|&row| is(row)) {
            // What columns hold is known to fit.
            if let Ok(touched) = counts.touched(&columns.row(row)) {
                counts.apply(&touched, |n| *n += 1);
                counts.examples += 1;
            }
        }
        Ok(counts)
    }

    /// Where the cells lie.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// How many examples were counted.
    pub fn examples(&self) -> u64 {
        self.examples
    }

    /// How many examples have a value; 0 of one that isn't there.
    pub fn single(&self, at: At) -> u32 {
        let counted = self.singles.get(at.facet).and_then(|counts| counts.get(usize::from(at.value)));
        counted.copied().unwrap_or(0)
    }

    /// How many examples have both values; 0 of those that aren't there.
    pub fn pair(&self, cell: Cell) -> u32 {
        self.grid.index(cell).map_or(0, |at| self.cells[at])
    }

    /// The counts of all cells in the order of the grid.
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// Counts one more example: its values, facet by facet.
    ///
    /// # Errors
    /// Where it has other facets or values than there are; nothing is counted then.
    pub fn add(&mut self, example: &[&[u16]]) -> Result<(), CountError> {
        let touched = self.touched(example)?;
        self.apply(&touched, |n| *n += 1);
        self.examples += 1;
        Ok(())
    }

    /// Takes an example away that was counted.
    ///
    /// # Errors
    /// Where nothing like it was counted; nothing changes then.
    pub fn remove(&mut self, example: &[&[u16]]) -> Result<(), CountError> {
        let touched = self.touched(example)?;
        let is_there = touched.values.iter().all(|&at| self.single(at) > 0)
            && touched.cells.iter().all(|&at| self.cells[at] > 0)
            && self.examples > 0;
        if !is_there {
            return Err(CountError::NotThere);
        }
        self.apply(&touched, |n| *n -= 1);
        self.examples -= 1;
        Ok(())
    }

    /// Adds what was counted elsewhere, such as what is queued or claimed. Both are of the same facets.
    ///
    /// # Errors
    /// Where the other has other facets; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountError> {
        if self.grid != other.grid {
            return Err(CountError::Facets { given: other.grid.facets(), facets: self.grid.facets() });
        }
        self.examples += other.examples;
        let singles = self.singles.iter_mut().flatten().zip(other.singles.iter().flatten());
        singles
            .chain(self.cells.iter_mut().zip(&other.cells))
            .for_each(|(n, more)| *n = n.saturating_add(*more));
        Ok(())
    }

    /// What is left where what was counted elsewhere, of the same facets, is taken away.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = self.clone();
        let singles = left.singles.iter_mut().flatten().zip(other.singles.iter().flatten());
        singles
            .chain(left.cells.iter_mut().zip(&other.cells))
            .for_each(|(n, less)| *n = n.saturating_sub(*less));
        left.examples = left.examples.saturating_sub(other.examples);
        left
    }

    fn touched(&self, example: &[&[u16]]) -> Result<Touched, CountError> {
        let facets = self.grid.facets();
        if example.len() != facets {
            return Err(CountError::Facets { given: example.len(), facets });
        }
        let of = |(facet, codes): (usize, &&[u16])| {
            distinct(codes).into_iter().map(move |value| At { facet, value }).collect::<Vec<_>>()
        };
        let values: Vec<At> = example.iter().enumerate().flat_map(of).collect();
        if let Some(at) = values.iter().find(|&&at| !self.grid.has(at)) {
            return Err(CountError::Unknown { facet: at.facet + 1, value: usize::from(at.value) + 1 });
        }
        let cells = values.iter().enumerate().flat_map(|(at, one)| {
            let others = values[at + 1..].iter().filter(|other| other.facet != one.facet);
            others.map(|other| self.grid.place(*one, *other))
        });
        let cells = cells.collect();
        Ok(Touched { values, cells })
    }

    fn apply(&mut self, touched: &Touched, change: fn(&mut u32)) {
        touched.values.iter().for_each(|at| change(&mut self.singles[at.facet][usize::from(at.value)]));
        touched.cells.iter().for_each(|&at| change(&mut self.cells[at]));
    }
}

/// What an example counts for.
struct Touched {
    values: Vec<At>,
    cells: Vec<usize>,
}

/// Counts the pairs of two facets.
fn count_pair(first: &Column, second: &Column, cells: &mut [u32]) {
    let (high, wide) = (usize::from(first.kinds()), usize::from(second.kinds()));
    if let (Some(xs), Some(ys)) = (first.singles(), second.singles()) {
        // A row and a column more take what has no value, so that nothing has to be asked.
        let mut table = vec![0_u32; (high + 1) * (wide + 1)];
        for (&x, &y) in xs.iter().zip(ys) {
            table[usize::from(x).min(high) * (wide + 1) + usize::from(y).min(wide)] += 1;
        }
        for (row, counted) in cells.chunks_mut(wide.max(1)).zip(table.chunks(wide + 1)) {
            row.copy_from_slice(&counted[..row.len()]);
        }
        return;
    }
    for row in 0..first.rows() {
        for &x in first.row(row) {
            second.row(row).iter().for_each(|&y| cells[usize::from(x) * wide + usize::from(y)] += 1);
        }
    }
}

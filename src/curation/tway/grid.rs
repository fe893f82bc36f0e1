//! The cells of all pairs of facets, one after the other.

use thiserror::Error;

/// More cells than these are not counted: four bytes each, they would take memory that others need.
const MOST: usize = 1 << 24;

/// Facets have too many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "these facets have {cells} combinations, more than {MOST} are not counted: leave out the facets with the most values"
)]
pub struct TooLarge {
    /// How many there would be.
    pub cells: usize,
}

impl TooLarge {
    /// Whether so many can be counted.
    pub(super) fn check(cells: usize) -> Result<usize, Self> {
        if cells > MOST { Err(Self { cells }) } else { Ok(cells) }
    }
}

/// Why two values are no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CellError {
    /// Both are of one facet.
    #[error("both values are of facet {0}: a pair needs two facets")]
    OneFacet(usize),
    /// There is no such facet, or it has no such value.
    #[error("there is no value {value} of facet {facet} (counted from 1): read the facets anew")]
    Unknown {
        /// The facet, counted from 1.
        facet: usize,
        /// The value, counted from 1.
        value: usize,
    },
}

/// A value of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which facet.
    pub facet: usize,
    /// Which of its values.
    pub value: u16,
}

impl At {
    /// That value of that facet.
    pub fn new(facet: usize, value: u16) -> Self {
        Self { facet, value }
    }
}

/// Values of two facets, the one with the lower number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// That of the facet with the lower number.
    pub first: At,
    /// The other.
    pub second: At,
}

impl Cell {
    /// Both values together, in whichever order they come.
    ///
    /// # Errors
    /// Where both are of one facet.
    pub fn new(one: At, other: At) -> Result<Self, CellError> {
        match one.facet.cmp(&other.facet) {
            std::cmp::Ordering::Less => Ok(Self { first: one, second: other }),
            std::cmp::Ordering::Greater => Ok(Self { first: other, second: one }),
            std::cmp::Ordering::Equal => Err(CellError::OneFacet(one.facet + 1)),
        }
    }
}

/// Where the cells of each pair of facets lie in one row of them all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    kinds: Vec<u16>,
    /// Where the cells of facets a and b begin: at `a · facets + b`, the same for b and a.
    starts: Vec<usize>,
    cells: usize,
}

impl Grid {
    /// The grid of facets with so many values each.
    ///
    /// # Errors
    /// Where there would be too many cells to count.
    pub fn new(kinds: Vec<u16>) -> Result<Self, TooLarge> {
        let facets = kinds.len();
        let mut starts = vec![0; facets * facets];
        let mut cells = 0_usize;
        for a in 0..facets {
            for b in a + 1..facets {
                starts[a * facets + b] = cells;
                starts[b * facets + a] = cells;
                cells = cells.saturating_add(usize::from(kinds[a]) * usize::from(kinds[b]));
            }
        }
        TooLarge::check(cells)?;
        Ok(Self { kinds, starts, cells })
    }

    /// How many values each facet has.
    pub fn kinds(&self) -> &[u16] {
        &self.kinds
    }

    /// How many facets there are.
    pub fn facets(&self) -> usize {
        self.kinds.len()
    }

    /// How many cells there are in all.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Whether there is such a value.
    pub fn has(&self, at: At) -> bool {
        self.kinds.get(at.facet).is_some_and(|&kinds| at.value < kinds)
    }

    /// Where a cell lies; `None` of one that isn't there.
    pub fn index(&self, cell: Cell) -> Option<usize> {
        (self.has(cell.first) && self.has(cell.second)).then(|| self.place(cell.first, cell.second))
    }

    /// Where the cell of two values of different facets lies that are there.
    pub(in crate::curation) fn place(&self, one: At, other: At) -> usize {
        let (first, second) = if one.facet < other.facet { (one, other) } else { (other, one) };
        self.starts[first.facet * self.kinds.len() + second.facet]
            + usize::from(first.value) * usize::from(self.kinds[second.facet])
            + usize::from(second.value)
    }

    /// The cells of two facets, `a` below `b`: from where to where.
    pub(super) fn of_pair(&self, a: usize, b: usize) -> std::ops::Range<usize> {
        let start = self.starts[a * self.kinds.len() + b];
        start..start + usize::from(self.kinds[a]) * usize::from(self.kinds[b])
    }

    /// All pairs of facets.
    pub(in crate::curation) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let facets = self.kinds.len();
        (0..facets).flat_map(move |a| (a + 1..facets).map(move |b| (a, b)))
    }

    /// All cells, in the order in which they lie.
    pub fn all(&self) -> impl Iterator<Item = Cell> + '_ {
        self.pairs().flat_map(move |(a, b)| {
            let (first, second) = (self.kinds[a], self.kinds[b]);
            (0..first).flat_map(move |x| {
                (0..second).map(move |y| Cell { first: At::new(a, x), second: At::new(b, y) })
            })
        })
    }
}

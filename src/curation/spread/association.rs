//! Whether two ways to sort the same examples hang together: who worked on them, and which kind they are.
//!
//! Where one person writes one kind, a model learns the person with the kind, and no measure of the kind tells
//! both apart.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::curation::numbers::{float, length};

/// How strongly rows and columns of a table of counts hang together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// How many were counted.
    pub counted: u64,
    /// Cramér's V (1946): √(χ² / (N · (min(rows, columns) − 1))), from 0 (not at all) to 1 (one tells the other).
    pub v: f64,
    /// Pearson's χ² over the rows and columns that have something.
    pub chi_square: f64,
    /// How likely one so large is by mere chance.
    pub p: f64,
}

impl Association {
    /// From this V on, two things hang together so much that one stands for the other.
    pub const STRONG: f64 = 0.3;
    /// Below this chance it is told.
    const CHANCE: f64 = 0.05;

    /// Whether it is one to look at: strong, and not by chance.
    pub fn is_strong(self) -> bool {
        self.v > Self::STRONG && self.p < Self::CHANCE
    }
}

/// Rows and columns that have anything, by their sums.
fn sums(table: &[Vec<u64>]) -> (Vec<u64>, Vec<u64>) {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let of_rows = table.iter().map(|row| row.iter().sum()).collect();
    let of = |at: usize| table.iter().filter_map(|row| row.get(at)).sum();
    (of_rows, (0..columns).map(of).collect())
}

/// The association of a table of counts, row by row; `None` where fewer than two rows or columns have
/// something: then nothing can hang together.
pub fn association(table: &[Vec<u64>]) -> Option<Association> {
    let (of_rows, of_columns) = sums(table);
    let counted: u64 = of_rows.iter().sum();
    let used = |sums: &[u64]| sums.iter().filter(|&&sum| sum > 0).count();
    let (rows, columns) = (used(&of_rows), used(&of_columns));
    if rows < 2 || columns < 2 {
        return None;
    }
    let mut chi_square = 0.0;
    for (row, &of_row) in table.iter().zip(&of_rows).filter(|(_, sum)| **sum > 0) {
        for (at, &of_column) in of_columns.iter().enumerate().filter(|(_, sum)| **sum > 0) {
            let expected = float(of_row) * float(of_column) / float(counted);
            let there = float(row.get(at).copied().unwrap_or(0));
            chi_square += (there - expected).powi(2) / expected;
        }
    }
    let least = length(rows.min(columns) - 1);
    let freedom = length((rows - 1) * (columns - 1));
    let p = ChiSquared::new(freedom).map_or(1.0, |of| of.sf(chi_square));
    Some(Association { counted, v: (chi_square / (float(counted) * least)).sqrt().min(1.0), chi_square, p })
}

/// A row and a column that come together more often than they would by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// How often they come together.
    pub n: u64,
    /// The share of the row in the column.
    pub of_column: f64,
    /// The share of the row in everything.
    pub of_all: f64,
}

/// The row and column that are furthest above what chance would give, by Pearson's residual; of equals the
/// first.
pub fn strongest(table: &[Vec<u64>]) -> Option<Tie> {
    let (of_rows, of_columns) = sums(table);
    let counted = float(of_rows.iter().sum());
    let mut best: Option<(f64, Tie)> = None;
    for (row, (counts, &of_row)) in table.iter().zip(&of_rows).enumerate() {
        for (column, (&n, &of_column)) in counts.iter().zip(&of_columns).enumerate() {
            if n == 0 {
                continue;
            }
            let expected = float(of_row) * float(of_column) / counted;
            let residual = (float(n) - expected) / expected.sqrt();
            if best.is_none_or(|(most, _)| residual > most) {
                let tie = Tie {
                    row,
                    column,
                    n,
                    of_column: float(n) / float(of_column),
                    of_all: float(of_row) / counted,
                };
                best = Some((residual, tie));
            }
        }
    }
    best.map(|(_, tie)| tie)
}

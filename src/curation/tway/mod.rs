//! Which combinations of values there are examples of, of those that there could be.
//!
//! Combinatorial coverage (Kuhn, Mendoza, Kacker & Lei 2013): of all tuples of values of t facets, how many
//! occur. Here a tuple is satisfied where at least m examples have it (m = 1 is the measure of the paper),
//! and what can't be is not counted as missing.

mod columns;
mod coverage;
mod forbidden;
mod grid;
mod names;
mod pairs;
mod unseen;

pub use columns::{Column, ColumnError, Columns, NONE};
pub use coverage::{Of, Subset, Tuple, TupleCoverage, TupleError, TupleWish, pair_coverage, tuple_coverage};
pub use forbidden::Forbidden;
pub use grid::{At, Cell, CellError, Grid, TooLarge};
pub use names::Names;
pub use pairs::{CountError, PairCounts};
pub use unseen::{Unseen, unseen_pairs, untrained_pairs};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

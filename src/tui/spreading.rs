//! What the screen of balance asks for that takes reading, and what comes back.

use crate::dataset::{Lengths, People, Splits};

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// How long examples are.
    Lengths,
    /// Who worked on what, and where it came from.
    People,
    /// How the splits compare.
    Splits,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// How long examples are.
    Lengths(Lengths),
    /// Who worked on what, and where it came from.
    People(People),
    /// How the splits compare.
    Splits(Splits),
}

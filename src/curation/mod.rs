//! Measures over examples and counts, and mends of texts: what is covered, what is in balance, what a
//! text would better be. Pure functions; nothing here reads a file.

pub mod balance;
pub mod coverage;
pub mod mend;

//! Measures over examples and counts, and mends of texts: what is covered, what is in balance, what a
//! Measures over examples and counts: what is covered, what is in balance, what keeps to the
//! contract. Pure functions; nothing here reads a file.
//! text would better be. Pure functions; nothing here reads a file.

pub mod balance;
pub mod contract;
pub mod coverage;
pub mod mend;

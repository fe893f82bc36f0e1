//! Measures over examples and counts: what is covered, what is in balance. Pure functions; nothing
//! here reads a file.

pub mod balance;
pub mod coverage;

//! Measures over examples and counts: what is covered, what is in balance, what keeps to the
//! contract. Pure functions; nothing here reads a file.

pub mod balance;
pub mod contract;
pub mod coverage;

//! Measures over examples and counts, and mends of texts: what is covered, what is in balance, what
//! keeps to the contract, how many tokens it has. Pure functions; nothing here reads the dataset.

pub mod balance;
pub mod contract;
pub mod coverage;
pub mod mend;
pub mod suggest;
pub mod tokens;

//! Measures over examples and counts: what is covered, what is in balance, how long it is. Pure
//! functions; nothing here reads a file of data.

pub mod balance;
pub mod coverage;
pub mod tokens;

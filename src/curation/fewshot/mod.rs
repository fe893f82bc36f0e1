//! Which examples to put into a prompt: few that stand for all, within so many tokens.
//!
//! Facility location F(S) = Σᵢ max over j in S of sim(i, j) is large where every example has one like it
//! among those chosen. Taking the best one at a time comes to at least 1 − 1/e of the best choice of so
//! many (Nemhauser, Wolsey & Fisher 1978); under a budget both what adds most and what adds most a token
//! are tried, and the better choice is kept (Leskovec et al. 2007).

mod alike;
mod pick;
mod vector;

pub use alike::{Pool, Similarity};
pub use pick::{Candidate, Chosen, Picked, Wish, pick};
pub use vector::{Sparse, TfIdf};

#[cfg(test)]
mod table;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

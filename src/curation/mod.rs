//! Measures over examples and counts, and mends of texts: what is covered, what is in balance, what
//! keeps to the contract, how many tokens it has, what is like it, what contradicts it, which tags its
//! words suggest and which rules propose, how far annotators agree and whom they prefer; which kinds are unseen, what to write next,
//! what it is ready for, which facts its answers bring, what it costs, how fast it grows, where a model
//! fails; and the four gauges of it. Pure functions; nothing here reads the dataset.

pub mod agreement;
pub mod balance;
pub mod bias;
pub mod contract;
pub mod contradiction;
pub mod cost;
pub mod coverage;
mod dice;
pub mod diversity;
mod expression;
pub mod failures;
pub mod fewshot;
pub mod gaps;
pub mod gauges;
pub mod groups;
pub mod judged;
pub mod learning;
pub mod mend;
pub mod nearest;
pub mod new_facts;
mod numbers;
pub mod pace;
pub mod proportion;
pub mod ranks;
pub mod readiness;
pub mod rebalance;
mod resample;
pub mod richness;
pub mod rules;
pub mod sampling;
pub mod splits;
pub mod spread;
pub mod strengths;
pub mod suggest;
pub mod tokens;
pub mod tway;
pub mod wins;

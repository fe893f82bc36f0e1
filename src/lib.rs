//! Goldset: a terminal workbench in which experts make the data that language models are
//! fine-tuned on.
//!
//! Each floor uses only those below it: `tui` and `cli` (the two faces), `dataset` (what one can
//! do), `curation` (measures), `formats`, `query`, `store`, `example`, `text`.

pub mod cli;
pub mod curation;
pub mod dataset;
pub mod example;
pub mod formats;
pub mod query;
pub mod store;
pub mod text;
pub mod tui;

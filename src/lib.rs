//! Goldset: a terminal workbench in which experts make the data that language models are
//! fine-tuned on.
//!
//! Each floor uses only those below it: `tui` and `cli` (the two faces), `dataset` (what one can
//! do), `curation` (measures), `formats`, `query`, `store`, `example`, `text`. Beside them, and used by
//! both faces, stands `external`: the annotator's own editor.

pub mod cli;
pub mod curation;
pub mod dataset;
pub mod example;
pub mod external;
pub mod formats;
pub mod query;
pub mod store;
pub mod text;
pub mod tui;

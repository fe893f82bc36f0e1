//! The command line as a person or a script meets it: outputs, exit codes, files.

#![allow(clippy::unwrap_used, missing_docs)]

mod bringing_in;
mod demo;
mod history;
mod looking;
mod support;
mod taking_out;
mod together;
mod usage;

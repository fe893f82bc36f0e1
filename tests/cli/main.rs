//! The command line as a person or a script meets it: outputs, exit codes, files.

#![allow(clippy::unwrap_used, missing_docs)]

// Its editors are scripts with GNU's sed.
#[cfg(target_os = "linux")]
mod adding;
mod bringing_in;
mod changing;
mod contract;
mod cost;
mod demo;
mod derived;
mod facets;
mod failures;
#[cfg(unix)]
mod going_on;
mod history;
mod hostile;
mod judging;
#[cfg(unix)]
mod killed;
mod looking;
mod near;
mod pace;
mod pick;
#[cfg(unix)]
mod protected;
mod protocol;
mod ready;
mod report;
mod reviewing;
mod rules;
mod splitting;
mod suggesting;
mod support;
mod taking_out;
mod thinned;
mod together;
mod tokens;
mod unseen;
mod usage;

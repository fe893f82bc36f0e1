//! The terminal interface: one loop of model, message, update and view.
//!
//! `update` is a plain function from a model and a message to the changed model and effects;
//! effects are data that the loop ([`run`]) carries out on other threads; the view only reads.
//! The screen's thread runs no SQL, opens no file and waits for nothing but messages.

pub mod assessing;
pub mod beside;
pub mod board;
pub mod commands;
pub mod effect;
pub mod exporting;
mod failing;
pub mod ground;
mod holding;
pub mod importing;
pub mod keymap;
pub mod line;
pub mod message;
pub mod paint;
pub mod palette;
pub mod person;
pub mod run;
pub mod screen;
pub mod screens;
pub mod shell;
pub mod spreading;
mod steady;
pub mod surveying;
pub mod terminal;
pub mod theme;
pub mod values;
mod waiting;
pub mod widgets;
pub mod workers;

mod listen;

#[cfg(test)]
mod everyday_tests;
#[cfg(test)]
pub mod harness;

pub use run::{Outcome, RunError, RunOptions, home_as_text, run};

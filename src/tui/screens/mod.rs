//! The screens, each a folder with its model, update and view.

pub mod rank;
pub mod write;

#[cfg(test)]
mod fixtures;

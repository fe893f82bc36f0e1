//! JSON as text: where its parts stand, and what is wrong with it.

pub mod locate;
pub mod syntax;

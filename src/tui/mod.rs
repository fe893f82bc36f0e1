//! The terminal face.

pub mod commands;
pub mod keymap;
pub mod palette;

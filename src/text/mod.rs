//! Text.
pub mod search_form;
pub mod tokens;

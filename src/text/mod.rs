//! Text as people see it: made harmless, measured, wrapped, counted.

pub mod count;
pub mod harmless;
mod invisible;
pub mod search_form;
pub mod tokens;
pub mod width;
pub mod wrap;

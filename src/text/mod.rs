//! What one does with text: show it without obeying it, measure it, wrap it, make it searchable.
//! No input, no output.

pub mod count;
pub mod difference;
pub mod harmless;
pub(crate) mod invisible;
pub mod json;
pub mod language;
pub mod percent;
pub mod place;
pub mod refusal;
pub mod search_form;
pub mod shingles;
pub mod sketch;
pub mod spoken;
pub mod tokens;
pub mod toml_error;
pub mod utf8;
pub mod width;
pub mod words;
pub mod wrap;

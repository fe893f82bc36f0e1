//! Stub.
/// Stub.
pub fn search_form(text: &str) -> String { text.to_owned() }

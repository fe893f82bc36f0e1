//! The keys of YAML, TOML and style sheets: what a line begins with.

use super::syntax::Keys;
use super::{Class, Pieces};

/// Styles the key with which a line begins, where it does; answers from where on it is like any other.
pub(super) fn keys(keys: Keys, pieces: &mut Pieces<'_>) -> usize {
    match keys {
        Keys::None | Keys::Quoted => 0,
        Keys::Colon => colon(pieces),
        Keys::Equals => equals(pieces),
    }
}

/// Whether a character can stand in a key that is written without quotes.
fn is_of_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '$' | '@')
}

fn colon(pieces: &mut Pieces<'_>) -> usize {
    let text = pieces.text;
    let mut start = text.len() - text.trim_start().len();
    // Items of lists, and lists in lists.
    while let Some(rest) = pieces.from(start).strip_prefix("- ") {
        start = text.len() - rest.trim_start().len();
    }
    let Some(len) = pieces.from(start).find(|c: char| !is_of_key(c)) else { return start };
    let after = pieces.from(start + len);
    let is_key = len > 0
        && after.starts_with(':')
        && after.get(1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    if !is_key {
        return start;
    }
    pieces.push(start..start + len, Class::Name);
    start + len + 1
}

fn equals(pieces: &mut Pieces<'_>) -> usize {
    let text = pieces.text;
    let start = text.len() - text.trim_start().len();
    if text.trim_start().starts_with('[') {
        let end = text.find(" #").unwrap_or(text.len());
        let table = text.get(start..end).unwrap_or_default().trim_end();
        // A list that goes over lines has commas.
        if table.ends_with(']') && !table.contains([',', '"', '=']) {
            pieces.push(start..start + table.len(), Class::Name);
            return start + table.len();
        }
        return start;
    }
    let Some(len) = pieces.from(start).find(|c: char| !is_of_key(c)) else { return start };
    if !pieces.from(start + len).starts_with('=') {
        return start;
    }
    let key = pieces.text.get(start..start + len).unwrap_or_default().trim_end().len();
    pieces.push(start..start + key, Class::Name);
    start + len + 1
}

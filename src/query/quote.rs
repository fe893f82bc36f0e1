//! What may stand bare in a filter, and how the rest is quoted: `"…"`, with `""` for a quote.

use super::field::Field;

/// The word that stands for "any of them".
pub(super) const ANY: &str = "*";
/// The word that stands for "there is none".
pub(super) const NONE: &str = "none";

/// Whether a bare word ends before this character.
pub(super) fn ends_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')' | '"')
}

/// Whether a bare value ends before this character.
pub(super) fn ends_value(character: char) -> bool {
    ends_word(character) || character == ','
}

/// Whether the character may end the name of a field.
pub(super) fn is_operator(character: char) -> bool {
    matches!(character, ':' | '<' | '>' | '=')
}

/// Whether the word joins conditions rather than being one.
pub(super) fn is_keyword(word: &str) -> bool {
    word.eq_ignore_ascii_case("or") || word.eq_ignore_ascii_case("and")
}

/// Whether the word is `#` and a number, or several.
pub(super) fn is_numbered(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    })
}

/// The text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A word as one may type it: bare where it reads back so, quoted with a star where not.
pub(super) fn word(text: &str) -> String {
    let bare = !text.is_empty()
        && !text.contains(ends_word)
        && !text.starts_with(['-', '~'])
        && !text.ends_with(ANY)
        && !is_keyword(text)
        && !is_numbered(text)
        // It might be a field, today or after somebody makes a facet of that name.
        && !text.chars().skip(1).any(is_operator);
    if bare { text.to_owned() } else { format!("{}*", quoted(text)) }
}

/// Any part of a text, as one may type it after `~`.
pub(super) fn part(text: &str) -> String {
    let bare = !text.is_empty() && !text.contains(ends_word);
    if bare { text.to_owned() } else { quoted(text) }
}

/// A facet's name, as one may type it before the colon.
pub(super) fn facet(name: &str) -> String {
    let bare = !name.is_empty()
        && !name.contains(|c| ends_word(c) || is_operator(c))
        && !name.starts_with(['-', '~'])
        && Field::find(name).is_none();
    if bare { name.to_owned() } else { quoted(name) }
}

/// A value, as one may type it after the colon.
pub(super) fn value(name: &str) -> String {
    let bare = !name.is_empty()
        && !name.contains(ends_value)
        && !name.starts_with(is_operator)
        && name != ANY
        && !name.eq_ignore_ascii_case(NONE);
    if bare { name.to_owned() } else { quoted(name) }
}

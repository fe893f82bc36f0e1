//! Values, kinds of values and lists of choices in sentences.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

/// Characters of a text that are shown.
const SHOWN: usize = 40;
/// Choices that are shown, and characters that they take together.
const CHOICES: usize = 12;
const CHOICES_LONG: usize = 160;

/// A text, or its beginning.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A value: text in quotes, numbers and words as they are, what has parts by its kind.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => format!("“{}”", short(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        plain => short(&plain.to_string()),
    }
}

/// A value that is of a kind that is not wanted.
pub(super) fn with_kind(wrong: &Value) -> String {
    match wrong {
        Value::String(_) => format!("text ({})", value(wrong)),
        other => value(other),
    }
}

/// A kind of value, by its name in JSON Schema.
pub(super) fn kind(name: &str) -> &str {
    match name {
        "string" => "text",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "object" => "an object",
        "array" => "a list",
        other => other,
    }
}

/// `refund, cancel, 3` or, where there are many, the first of them and how many more.
pub(super) fn choices<'a>(all: impl ExactSizeIterator<Item = &'a Value>) -> String {
    let (count, mut shown, mut listed) = (all.len(), 0, String::new());
    for choice in all.take(CHOICES) {
        let word = match choice {
            Value::String(text) if !text.is_empty() && !text.contains([',', ' ']) => short(text),
            other => value(other),
        };
        if shown > 0 && listed.len() + word.len() > CHOICES_LONG {
            break;
        }
        if shown > 0 {
            listed.push_str(", ");
        }
        listed.push_str(&word);
        shown += 1;
    }
    match count - shown {
        0 => listed,
        more => format!("{listed} … and {more} more"),
    }
}

/// The choice that was probably meant.
pub(super) fn nearest<'a>(word: &str, choices: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const MOST: usize = 500;
    const LONGEST: usize = 64;
    let choices: Vec<&str> = choices.take(MOST).filter(|choice| choice.len() <= LONGEST).collect();
    let bare = word.trim().to_lowercase();
    let same = choices.iter().find(|choice| choice.trim().to_lowercase() == bare).copied();
    if same.is_some() || bare.is_empty() || bare.len() > LONGEST {
        return same;
    }
    similar::get_close_matches(bare.as_str(), &choices, 1, 0.7).into_iter().next()
}

/// How many characters (grapheme clusters) a text has.
pub(super) fn characters(text: &str) -> usize {
    // In ASCII only a carriage return with its line feed is one of two bytes.
    if text.is_ascii() && !text.contains('\r') { text.len() } else { text.graphemes(true).count() }
}

/// `1 character`, `3 characters`.
pub(super) fn count(n: u64, noun: &str) -> String {
    crate::text::count::plural(n, noun)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn many_choices_are_cut() {
        let few = [json!("refund"), json!(3), json!("a b"), json!(null)];
        assert_eq!(choices(few.iter()), "refund, 3, “a b”, null");
        let many: Vec<Value> = (0..100_000).map(Value::from).collect();
        assert_eq!(choices(many.iter()), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … and 99988 more");
        assert_eq!(choices([json!("x".repeat(1_000)), json!("y".repeat(1_000))].iter()).chars().count(), 84);
    }

    #[test]
    fn what_was_meant_is_the_same_but_for_case_or_close() {
        let choices = ["refund", "cancel", "change-address"];
        let near = |word| nearest(word, choices.into_iter());
        assert_eq!(near(" Refund"), Some("refund"));
        assert_eq!(near("cancle"), Some("cancel"));
        assert_eq!(near("change_adress"), Some("change-address"));
        assert_eq!(near("warranty"), None);
        assert_eq!(near(""), None);
    }
}

//! The words of a heading: bare where they can be, in quotes like JSON's where they must.

use std::fmt::Write as _;

use crate::text::harmless::{harmless_json, visible};

/// A word of a heading, or `key=word`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What stands before the `=`.
    pub key: Option<String>,
    /// The word.
    pub text: String,
    /// Whether it stood in quotes, so that it is a name and never a word of our own.
    pub quoted: bool,
}

impl Word {
    /// Whether this is one of our own words.
    pub fn is(&self, word: &str) -> bool {
        self.key.is_none() && !self.quoted && self.text == word
    }
}

/// The name as a word.
pub(super) fn word(name: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "_-.:/@+#".contains(c);
    if !name.is_empty() && name.chars().all(bare) && is_visible(name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// ` key=name`, where there is a name.
pub(super) fn pair(heading: &mut String, key: &str, name: Option<&str>) {
    if let Some(name) = name {
        // Writing to a string can't fail.
        let _ = write!(heading, " {key}={}", word(name));
    }
}

/// The text in quotes, as JSON has them.
pub(super) fn quoted(text: &str) -> String {
    harmless_json(&serde_json::Value::from(text).to_string())
}

/// Whether every character of it can be seen.
pub(super) fn is_visible(text: &str) -> bool {
    visible(text).all(|run| !run.is_mark)
}

/// The text in quotes that this begins with, and the rest.
pub(super) fn take_quoted(text: &str) -> Result<(String, &str), String> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    match values.next() {
        Some(Ok(value)) => Ok((value, text.get(values.byte_offset()..).unwrap_or_default())),
        _ => Err("a quotation mark is not closed, or there is something odd between the two".to_owned()),
    }
}

/// The words of a line.
pub(super) fn words(line: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let mut key = None;
        if !rest.starts_with('"')
            && let Some(end) = rest.find(|c: char| c == '=' || c == '"' || c.is_whitespace())
            && let (before, Some(after)) =
                (rest.get(..end), rest.get(end..).and_then(|rest| rest.strip_prefix('=')))
        {
            key = before.map(str::to_owned);
            rest = after;
        }
        let (text, quoted, after) = if rest.starts_with('"') {
            let (text, after) = take_quoted(rest)?;
            (text, true, after)
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            (text.to_owned(), false, after)
        };
        words.push(Word { key, text, quoted });
        rest = after.trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bare_where_they_can_be() {
        for (name, shown) in [
            ("gpt-4.1", "gpt-4.1"),
            ("Ana Müller", "\"Ana Müller\""),
            ("", "\"\""),
            ("a\u{202e}b\"", "\"a\\u202eb\\\"\""),
            ("x=y", "\"x=y\""),
        ] {
            assert_eq!(word(name), shown);
            let read = words(&format!(" {shown}  key={shown} ")).unwrap();
            assert_eq!(read.len(), 2);
            assert!(read.iter().all(|word| word.text == name), "{read:?}");
            assert_eq!((read[0].key.as_deref(), read[1].key.as_deref()), (None, Some("key")));
        }
    }

    #[test]
    fn what_is_not_closed_is_told() {
        words("user name=\"a").unwrap_err();
        assert_eq!(words("").unwrap(), []);
    }
}

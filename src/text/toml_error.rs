//! What is wrong with a file of TOML, in sentences that say what to write. Those of the reader are made for
//! programmers: they speak of types and variants.

use super::place::position;

/// What is wrong with a file of TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, and what would be right.
    pub reason: String,
}

impl TomlError {
    /// What an error of reading this text says.
    pub fn of(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().trim_end().replace('\n', ", ");
        let reason = if toml::from_str::<toml::Table>(text).is_err() {
            format!("it is no TOML from here on: {message}")
        } else {
            sentence(&message, key_before(text, at)).unwrap_or(message)
        };
        Self { line: position(text, at).line, reason }
    }
}

/// The sentence in words of this program; `None` where it is one already.
fn sentence(message: &str, key: Option<&str>) -> Option<String> {
    let names = ticked(message);
    let of_it = |what: &str| key.map_or_else(|| what.to_owned(), |key| format!("{key} is {what}"));
    if message.starts_with("missing field ") {
        let name = names.first()?;
        return Some(format!("{name} is missing: give it too, as in {name} = …"));
    }
    if message.starts_with("duplicate field ") {
        let name = names.first()?;
        return Some(format!("{name} is given twice: leave one out"));
    }
    if message.starts_with("unknown field ") {
        let (name, known) = names.split_first()?;
        return Some(match known {
            [] => format!("“{name}” is nothing that can stand here: take it out"),
            known => format!("“{name}” is nothing that can stand here; there are: {}", known.join(", ")),
        });
    }
    if message.starts_with("unknown variant ") {
        let (value, known) = names.split_first()?;
        return Some(format!("{}; it can be {}", of_it(&format!("“{value}”")), either(known)));
    }
    let (given, wanted) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?
        .rsplit_once(", expected ")?;
    Some(format!("{}, and should be {}", of_it(&given_in_words(given)), wanted_in_words(wanted)))
}

/// What stands between ticks.
fn ticked(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// `a, b or c`.
fn either(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// `“3”, a text` of `string "3"`.
fn given_in_words(given: &str) -> String {
    let (kind, value) = given.split_once(' ').unwrap_or((given, ""));
    let value = value.trim_start_matches("point ").trim_matches('`');
    match kind {
        "string" => format!("“{}”, a text", value.trim_matches('"')),
        "integer" | "floating" => format!("the number {value}"),
        "boolean" => value.to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        _ => given.to_owned(),
    }
}

/// `a whole number from 0 on` of `u32`.
fn wanted_in_words(wanted: &str) -> String {
    match wanted {
        "a boolean" => "true or false",
        "a string" | "string" => "a text in quotes",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "a sequence" => "a list in brackets",
        "a map" => "a table",
        other if other.starts_with("a nonzero ") => "a whole number from 1 on",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
    .to_owned()
}

/// The key whose value stands at a place.
fn key_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let before = before.get(..before.rfind('=')?)?.trim_end();
    let is_of_key = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let begins = before.rfind(|c: char| !is_of_key(c)).map_or(0, |end| end + 1);
    before.get(begins..).filter(|key| !key.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    #[allow(dead_code)]
    enum Colour {
        Red,
        Green,
        Blue,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Form {
        name: String,
        #[serde(default)]
        few: Option<u8>,
        #[serde(default)]
        is: bool,
        #[serde(default)]
        share: f64,
        #[serde(default)]
        colour: Option<Colour>,
        #[serde(default)]
        list: Vec<String>,
        #[serde(default)]
        least: Option<std::num::NonZeroU32>,
    }

    fn told(text: &str) -> (usize, String) {
        let TomlError { line, reason } = TomlError::of(text, &toml::from_str::<Form>(text).unwrap_err());
        (line, reason)
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_field_and_what_would_be_right() {
        for (text, line, reason) in [
            ("is = true\n", 1, "name is missing: give it too, as in name = …"),
            ("name = 3\n", 1, "name is the number 3, and should be a text in quotes"),
            ("name = \"a\"\nis = \"yes\"\n", 2, "is is “yes”, a text, and should be true or false"),
            ("name = \"a\"\nfew = -1\n", 2, "few is the number -1, and should be a whole number from 0 on"),
            (
                "name = \"a\"\nshare = \"x, expected y\"\n",
                2,
                "share is “x, expected y”, a text, and should be a number",
            ),
            ("name = \"a\"\nlist = true\n", 2, "list is true, and should be a list in brackets"),
            (
                "name = \"a\"\nlist = [\"x\",\n  2]\n",
                3,
                "list is the number 2, and should be a text in quotes",
            ),
            ("name = \"a\"\nleast = 0\n", 2, "least is the number 0, and should be a whole number from 1 on"),
            ("name = \"a\"\ncolour = \"pink\"\n", 2, "colour is “pink”; it can be red, green or blue"),
            (
                "name = \"a\"\n\nnmae = \"b\"\n",
                3,
                "“nmae” is nothing that can stand here; there are: name, few, is, share, colour, list, least",
            ),
        ] {
            assert_eq!(told(text), (line, reason.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_told_as_that() {
        for text in ["name = \n", "name = \"a\"\nname = \"b\"\n", "name = [1", "name"] {
            assert!(told(text).1.starts_with("it is no TOML from here on: "), "{text}");
        }
    }
}

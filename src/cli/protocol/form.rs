//! The file that a protocol can stand in: TOML of its parts.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;

use crate::cli::failure::{Failure, Result};
use crate::cli::input;
use crate::example::Protocol;
use crate::text::place::position;
use crate::text::toml_error::TomlError;

/// The parts of a protocol, as they are called in files.
const PARTS: [&str; 11] = [
    "rankings", "blind", "own_work", "strength", "criteria", "scale", "reasons", "cannot", "returns",
    "repeats", "gold",
];

/// The protocol of a file.
pub(super) fn protocol(path: &Path) -> Result<Protocol> {
    let (name, text) = input::text(path)?;
    parse(&name, text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(Failure::Said)
}

/// A protocol, or a sentence that names the file, the line and the part.
fn parse(name: &str, text: &str) -> std::result::Result<Protocol, String> {
    let place = |at: usize| format!("{name}, line {}", position(text, at).line);
    let told = |error: &toml::de::Error| {
        let TomlError { line, reason } = TomlError::of(text, error);
        format!("{name}, line {line}: {reason}")
    };
    let parts: BTreeMap<Spanned<String>, Spanned<toml::Value>> =
        toml::from_str(text).map_err(|error| told(&error))?;
    if parts.is_empty() {
        return Err(format!("{name}: it says nothing, so the protocol stays as it is"));
    }
    if let Some(key) = parts.keys().find(|key| !PARTS.contains(&key.get_ref().as_str())) {
        let all = PARTS.join(", ");
        return Err(format!(
            "{}: “{}” is no part of a protocol; there are: {all}",
            place(key.span().start),
            key.get_ref()
        ));
    }
    let protocol: Protocol = toml::from_str(text).map_err(|error| told(&error))?;
    protocol.check().map_err(|error| {
        let key = parts.keys().find(|key| key.get_ref() == error.field);
        format!("{}: {error}", key.map_or_else(|| name.to_owned(), |key| place(key.span().start)))
    })?;
    Ok(protocol)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_leaves_out_is_as_without_a_protocol() {
        let text = "rankings = 3\ncriteria = [\"helpful\", { name = \"kind\", about = \"is it?\" }]\n";
        let read = parse("f", text).unwrap();
        assert_eq!((read.rankings, read.criteria.len(), read.scale), (3, 2, 5));
        assert_eq!(read.returns, Protocol::default().returns);
    }

    #[test]
    fn every_part_can_stand_in_a_file() {
        let all = toml::Value::try_from(Protocol::default()).unwrap();
        let names: Vec<&str> = all.as_table().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, PARTS);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_its_part() {
        for (text, sentence) in [
            (
                "rankings = 2\nblnd = true\n",
                "f, line 2: “blnd” is no part of a protocol; there are: rankings,",
            ),
            (
                "# two\nrankings = \"two\"\n",
                "f, line 2: rankings is “two”, a text, and should be a whole number",
            ),
            ("blind = true\n\nscale = 12\n", "f, line 3: scale: is 12; it should be from 2 to 9"),
            ("reasons = [\n \"a\",\n \"a\"]\n", "f, line 1: reasons: has “a” twice"),
            ("rankings = 2\nblind = [", "f, line 2: "),
            ("# nothing\n", "f: it says nothing"),
        ] {
            let said = parse("f", text).unwrap_err();
            assert!(said.starts_with(sentence), "{said}");
        }
    }
}

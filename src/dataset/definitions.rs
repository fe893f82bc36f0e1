//! The facets file: facets, values, targets and kinds of flags in TOML.
//!
//! ```toml
//! [[facet]]
//! name = "intent"
//! several = false    # may one example carry several values?
//! open = false       # may new values be made while working?
//! required = true    # should every example carry one?
//! values = ["pause", { name = "refund", target = 150 }]
//!
//! [[flag]]
//! kind = "wrong"
//! about = "something in it is not true"
//! ```

use std::collections::HashSet;

use serde::Deserialize;

use crate::example::{Facet, FacetValue, FlagKind, new_id};
use crate::formats::Definitions;

/// Words that a filter knows already, so that no facet can have them.
const RESERVED: &[&str] = &[
    "outcome",
    "agreement",
    "rankings",
    "returned",
    "reviewed",
    "status",
    "kind",
    "flag",
    "by",
    "split",
    "tokens",
    "responses",
    "id",
    "note",
    "is",
    "or",
    "and",
    "not",
];

/// What is wrong with a facets file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}{}: {reason}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct FacetsFileError {
    /// The file.
    pub name: String,
    /// The line, counted from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    facet: Vec<FacetEntry>,
    #[serde(default)]
    flag: Vec<FlagEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetEntry {
    name: toml::Spanned<String>,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    values: Vec<toml::Spanned<ValueEntry>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ValueEntry {
    Name(String),
    Full(FullValue),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullValue {
    name: String,
    target: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlagEntry {
    kind: toml::Spanned<String>,
    #[serde(default)]
    about: String,
}

/// Says why a word can't be the name of a facet.
pub(super) fn check_facet_name(name: &str) -> Result<(), String> {
    let strange = |c: char| c.is_whitespace() || ":()\"<>=,~".contains(c);
    if name.is_empty() || name.contains(strange) || name.starts_with('-') {
        return Err(format!(
            "“{name}” can't be the name of a facet: it is the word before the colon in a filter, so it has no \
             blanks, colons, quotes or parentheses"
        ));
    }
    if RESERVED.contains(&name) {
        return Err(format!("“{name}” has a meaning of its own in filters; call the facet something else"));
    }
    Ok(())
}

/// Reads a facets file; `name` is what errors call it.
pub fn parse_facets_file(name: &str, text: &str) -> Result<Definitions, FacetsFileError> {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count();
    let wrong = |at: Option<usize>, reason: String| FacetsFileError {
        name: name.to_owned(),
        line: at.map(line_of),
        reason,
    };
    let file: File = toml::from_str(text)
        .map_err(|error| wrong(error.span().map(|span| span.start), error.message().to_owned()))?;
    let mut definitions = Definitions::default();
    let mut facets = HashSet::new();
    for entry in file.facet {
        let at = Some(entry.name.span().start);
        let facet = entry.name.into_inner();
        check_facet_name(&facet).map_err(|reason| wrong(at, reason))?;
        if !facets.insert(facet.clone()) {
            return Err(wrong(at, format!("there is a facet “{facet}” already")));
        }
        let mut names = HashSet::new();
        let mut values = Vec::new();
        for value in entry.values {
            let at = Some(value.span().start);
            let (name, target) = match value.into_inner() {
                ValueEntry::Name(name) => (name, None),
                ValueEntry::Full(full) => (full.name, full.target),
            };
            if name.trim().is_empty() {
                return Err(wrong(at, format!("a value of {facet} has no name")));
            }
            if !names.insert(name.clone()) {
                return Err(wrong(at, format!("{facet} has the value “{name}” already")));
            }
            values.push(FacetValue { id: new_id(), name, target });
        }
        definitions.facets.push(Facet {
            id: new_id(),
            name: facet,
            several: entry.several,
            open: entry.open,
            required: entry.required,
            values,
        });
    }
    let mut kinds = HashSet::new();
    for entry in file.flag {
        let at = Some(entry.kind.span().start);
        let kind = entry.kind.into_inner();
        if kind.is_empty() || kind.contains(char::is_whitespace) || kind == "none" || kind == "*" {
            return Err(wrong(at, format!("“{kind}” can't be a kind of flag: it is one word")));
        }
        if !kinds.insert(kind.clone()) {
            return Err(wrong(at, format!("there is a kind of flag “{kind}” already")));
        }
        definitions.flag_kinds.push(FlagKind { name: kind, about: entry.about });
    }
    Ok(definitions)
}

/// The facets file of these definitions: what [`parse_facets_file`] reads back as the same.
pub fn facets_file(definitions: &Definitions) -> String {
    let value = |value: &FacetValue| match value.target {
        None => toml::Value::String(value.name.clone()),
        Some(target) => {
            let fields = [("name", value.name.clone().into()), ("target", i64::from(target).into())];
            toml::Value::Table(table(fields))
        }
    };
    let facet = |facet: &Facet| {
        let mut fields = table([("name", facet.name.clone().into())]);
        for (name, is_so) in [("several", facet.several), ("open", facet.open), ("required", facet.required)]
        {
            if is_so {
                fields.insert(name.to_owned(), true.into());
            }
        }
        fields.insert("values".to_owned(), toml::Value::Array(facet.values.iter().map(value).collect()));
        toml::Value::Table(fields)
    };
    let flag = |kind: &FlagKind| {
        toml::Value::Table(table([("kind", kind.name.clone().into()), ("about", kind.about.clone().into())]))
    };
    let mut file = toml::Table::new();
    for (name, entries) in [
        ("facet", definitions.facets.iter().map(facet).collect::<Vec<_>>()),
        ("flag", definitions.flag_kinds.iter().map(flag).collect()),
    ] {
        if !entries.is_empty() {
            file.insert(name.to_owned(), toml::Value::Array(entries));
        }
    }
    // a table of strings, numbers and truth values can always be written
    toml::to_string(&file).unwrap_or_default()
}

fn table<const N: usize>(fields: [(&str, toml::Value); N]) -> toml::Table {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_facets_file_reads_back_as_it_was_written() {
        let text = include_str!("../../sample-data/facets.toml");
        let first = parse_facets_file("facets.toml", text).unwrap();
        let again = parse_facets_file("again.toml", &facets_file(&first)).unwrap();
        let said = |definitions: &Definitions| {
            let value = |value: &FacetValue| (value.name.clone(), value.target);
            let facet = |facet: &Facet| {
                let values: Vec<_> = facet.values.iter().map(value).collect();
                (facet.name.clone(), facet.several, facet.open, facet.required, values)
            };
            (definitions.facets.iter().map(facet).collect::<Vec<_>>(), definitions.flag_kinds.clone())
        };
        assert_eq!(said(&first), said(&again));
    }

    #[test]
    fn the_sample_file_can_be_read() {
        let text = include_str!("../../sample-data/facets.toml");
        let definitions = parse_facets_file("facets.toml", text).unwrap();
        assert!(definitions.facets.iter().any(|facet| facet.name == "intent" && !facet.several));
        assert!(definitions.flag_kinds.iter().any(|kind| kind.name == "wrong"));
    }

    #[test]
    fn errors_name_file_line_and_reason() {
        let error = |text| parse_facets_file("f.toml", text).unwrap_err().to_string();
        assert!(error("[[facet]]\nname = \"a b\"\n").starts_with("f.toml, line 2: “a b” can't be"));
        assert!(
            error("[[facet]]\nname = \"a\"\nvalues = [\"x\",\n \"x\"]\n")
                .starts_with("f.toml, line 4: a has the value")
        );
        assert!(error("[[facet]]\nname = \"a\"\nseveral = 3\n").starts_with("f.toml, line 3: "));
        assert!(error("[[facet]]\nname = \"a\"\ntypo = 3\n").starts_with("f.toml, line "));
        assert!(error("[[facet]]\nname = \"status\"\n").contains("meaning of its own"));
    }
}

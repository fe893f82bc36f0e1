//! The facets file: facets, values, targets and kinds of flags in TOML.
//!
//! ```toml
//! goal = 1200        # how many usable examples are wanted altogether: what shares are taken of
//!
//! [[facet]]
//! name = "intent"
//! several = false    # may one example carry several values?
//! open = false       # may new values be made while working?
//! required = true    # should every example carry one?
//! values = ["pause", { name = "refund", target = 150 }, { name = "cancel", share = "12.5%" }]
//!
//! [[cell]]           # what is wanted where values of two facets meet
//! of = { intent = "refund", language = "tr" }
//! target = 40        # or never = true
//!
//! [[flag]]
//! kind = "wrong"
//! about = "something in it is not true"
//! ```

use std::collections::HashSet;

use serde::Deserialize;

use super::cell_entries::{self, CellEntry};
use crate::example::{CellTarget, Facet, FacetValue, FlagKind, Goal, Target, new_id};
use crate::formats::Definitions;
use crate::text::toml_error::TomlError;

/// Words that a filter knows already, so that no facet can have them.
const RESERVED: &[&str] = &[
    "outcome",
    "agreement",
    "rankings",
    "returned",
    "reviewed",
    "proposed",
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
    goal: Option<Goal>,
    #[serde(default)]
    facet: Vec<FacetEntry>,
    #[serde(default)]
    cell: Vec<CellEntry>,
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
#[serde(
    untagged,
    expecting = "a value should be its name in quotes, or { name = \"…\", target = N } or { name = \"…\", share = \"12.5%\" }"
)]
enum ValueEntry {
    Name(String),
    Full(FullValue),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullValue {
    name: String,
    target: Option<u32>,
    share: Option<String>,
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
    let file: File = toml::from_str(text).map_err(|error| {
        let TomlError { line, reason } = TomlError::of(text, &error);
        FacetsFileError { name: name.to_owned(), line: Some(line), reason }
    })?;
    let mut definitions = Definitions { goal: file.goal, ..Definitions::default() };
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
                ValueEntry::Full(full) => {
                    let target = target(&full).map_err(|reason| wrong(at, reason))?;
                    (full.name, target)
                }
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
    for entry in file.cell {
        let at = Some(entry.of.span().start);
        let cell = entry.read().map_err(|reason| wrong(at, reason))?;
        let [one, other] = cell.of();
        if definitions.cells.iter().any(|there: &CellTarget| there.is_of(one, other)) {
            return Err(wrong(at, format!("{} has a target already", cell.name())));
        }
        definitions.cells.push(cell);
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

/// What is wanted of a value.
fn target(value: &FullValue) -> Result<Option<Target>, String> {
    match (value.target, &value.share) {
        (Some(_), Some(_)) => Err(format!("“{}” has a target and a share: give one of them", value.name)),
        (Some(count), None) => Ok(Some(Target::Count(count))),
        (None, Some(share)) => {
            share.parse().map(|share| Some(Target::Share(share))).map_err(|error| error.to_string())
        }
        (None, None) => Ok(None),
    }
}

/// The facets file of these definitions: what [`parse_facets_file`] reads back as the same.
pub fn facets_file(definitions: &Definitions) -> String {
    let value = |value: &FacetValue| {
        let wanted = match value.target {
            None => return toml::Value::String(value.name.clone()),
            Some(Target::Count(count)) => ("target", i64::from(count).into()),
            Some(Target::Share(share)) => ("share", share.to_string().into()),
        };
        toml::Value::Table(table([("name", value.name.clone().into()), wanted]))
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
    if let Some(goal) = definitions.goal {
        file.insert("goal".to_owned(), i64::from(goal.0.get()).into());
    }
    for (name, entries) in [
        ("facet", definitions.facets.iter().map(facet).collect::<Vec<_>>()),
        ("cell", definitions.cells.iter().map(cell_entries::written).collect()),
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
    use proptest::prelude::*;

    use super::*;
    use crate::example::{CellWish, Share, Tag, Uuid};

    #[test]
    fn a_facets_file_reads_back_as_it_was_written() {
        let text = include_str!("../../sample-data/facets.toml");
        let first = parse_facets_file("facets.toml", text).unwrap();
        let again = parse_facets_file("again.toml", &facets_file(&first)).unwrap();
        assert_eq!(said(&first), said(&again));
    }

    /// What a file says of facets, values, cells, the goal and kinds of flags: ids are made anew.
    fn said(definitions: &Definitions) -> Definitions {
        let mut said = definitions.clone();
        for facet in &mut said.facets {
            facet.id = Uuid::nil();
            facet.values.iter_mut().for_each(|value| value.id = Uuid::nil());
        }
        said
    }

    fn target() -> impl Strategy<Value = Option<Target>> {
        prop::option::of(prop_oneof![
            any::<u32>().prop_map(Target::Count),
            (0..=1_000_000_u32).prop_map(|n| Target::Share(Share::from_millionths(n).unwrap())),
        ])
    }

    fn facet(name: &'static str) -> impl Strategy<Value = Facet> {
        let values = prop::collection::vec(("[a-z=,\"\\. é]{0,6}", target()), 1..5);
        (any::<[bool; 3]>(), values).prop_map(move |([several, open, required], values)| Facet {
            id: Uuid::nil(),
            name: name.to_owned(),
            several,
            open,
            required,
            values: (0..)
                .zip(values)
                .map(|(at, (value, target))| FacetValue {
                    id: Uuid::nil(),
                    name: format!("{value}{at}"),
                    target,
                })
                .collect(),
        })
    }

    proptest! {
        #[test]
        fn targets_shares_cells_and_the_goal_read_back_as_they_were_written(
            facets in (facet("intent"), facet("language")),
            goal in prop::option::of(1..u32::MAX),
            wishes in prop::collection::vec(0..50_u32, 0..4),
        ) {
            let facets = vec![facets.0, facets.1];
            let values = |at: usize| facets[at].values.iter().map(|value| value.name.clone());
            let cells = values(0).zip(values(1)).zip(wishes).map(|((one, other), wish)| {
                let (one, other) = (Tag::new("intent", one), Tag::new("language", other));
                CellTarget::new(one, other, CellWish::from_number(wish)).unwrap()
            });
            let cells = cells.collect();
            let goal = goal.and_then(std::num::NonZeroU32::new).map(Goal);
            let written = Definitions { facets, cells, goal, ..Definitions::default() };
            let file = facets_file(&written);
            let read = parse_facets_file("f.toml", &file).unwrap_or_else(|error| panic!("{error}\n{file}"));
            prop_assert_eq!(said(&read), written);
        }
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
        let error = |text: &str| parse_facets_file("f.toml", text).unwrap_err().to_string();
        assert!(error("[[facet]]\nname = \"a b\"\n").starts_with("f.toml, line 2: “a b” can't be"));
        assert!(
            error("[[facet]]\nname = \"a\"\nvalues = [\"x\",\n \"x\"]\n")
                .starts_with("f.toml, line 4: a has the value")
        );
        assert_eq!(
            error("[[facet]]\nname = \"a\"\nseveral = 3\n"),
            "f.toml, line 3: several is the number 3, and should be true or false"
        );
        let typo = error("[[facet]]\nname = \"a\"\ntypo = 3\n");
        assert!(
            typo.starts_with("f.toml, line 3: “typo” is nothing that can stand here; there are: name,"),
            "{typo}"
        );
        let unnamed = error("[[facet]]\nopen = true\n");
        assert_eq!(unnamed, "f.toml, line 1: name is missing: give it too, as in name = …");
        assert!(error("[[facet]]\nname = \"status\"\n").contains("meaning of its own"));
        let value = |value: &str| error(&format!("[[facet]]\nname = \"a\"\nvalues = [\n{value}]\n"));
        assert!(
            value("{ name = \"x\", target = 1, share = \"2%\" }").contains("line 4: “x” has a target and")
        );
        assert!(value("{ name = \"x\", share = 12 }").contains("a value should be its name in quotes, or {"));
        assert!(value("{ name = \"x\", share = \"two\" }").contains("line 4: “two” should be a share"));
        assert!(error("goal = 0\n").starts_with("f.toml, line 1: "));
        let cell = |cell: &str| error(&format!("[[cell]]\n{cell}\n"));
        assert!(
            cell("of = { a = \"x\" }\ntarget = 4").starts_with("f.toml, line 2: a cell is of two facets")
        );
        assert!(cell("of = { a = \"x\", b = \"y\" }").contains("line 2: a cell needs target = N"));
        assert!(cell("of = { a = \"x\", b = \"y\" }\ntarget = 1\nnever = true").contains("give one"));
        let twice = "of = { a = \"x\", b = \"y\" }\nnever = true\n[[cell]]\nof = { b = \"y\", a = \"x\" }\ntarget = 1";
        assert!(cell(twice).contains("line 5: a:x × b:y has a target already"), "{}", cell(twice));
    }
}

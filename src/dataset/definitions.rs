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
use crate::example::{CellTarget, Facet, FacetValue, FlagKind, Goal, Share, Tag, Target, new_id};
use crate::formats::Definitions;
use crate::text::count::thousands;
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
    target: Option<i64>,
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
    let strange = |c: char| is_unseen(c) || c.is_whitespace() || ":()\"<>=,~#".contains(c);
    if name.is_empty() || name.contains(strange) || name.starts_with('-') {
        return Err(format!(
            "“{name}” can't be the name of a facet: it is the word before the colon in a filter, so it has no \
             blanks, colons, quotes, parentheses, # or control characters"
        ));
    }
    if RESERVED.contains(&name) {
        return Err(format!("“{name}” has a meaning of its own in filters; call the facet something else"));
    }
    Ok(())
}

/// Whether a character is one that nobody can see or type: a control character, or a break of lines.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Says why a text can't be a value of that facet.
pub(super) fn check_value_name(facet: &str, value: &str) -> Result<(), String> {
    if value.trim().is_empty() || value.trim() != value || value.contains(is_unseen) {
        return Err(format!(
            "“{value}” can't be a value of {facet}: it needs a name on one line, without blanks around it or \
             control characters"
        ));
    }
    Ok(())
}

/// Says why the shares of a facet can't be had: an example is of one value where the facet takes one.
fn check_shares(facet: &Facet) -> Result<(), String> {
    let shares = facet.values.iter().filter_map(|value| value.target?.share());
    let sum: u64 = shares.map(|share| u64::from(share.millionths())).sum();
    if facet.several || sum <= u64::from(Share::WHOLE.millionths()) {
        return Ok(());
    }
    Err(format!(
        "the shares of {} add up to {}, and an example has one value of it: all together may be 100% at the most",
        facet.name,
        percent(sum)
    ))
}

/// So many millionths, which may be more than a whole, in hundredths: `130%`, `100.5%`.
pub(super) fn percent(millionths: u64) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000);
    let rest = format!("{rest:04}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole}%") } else { format!("{whole}.{rest}%") }
}

/// Reads a facets file; `name` is what errors call it.
pub fn parse_facets_file(name: &str, text: &str) -> Result<Definitions, FacetsFileError> {
    parse_facets_file_onto(name, text, &[])
}

/// Reads a facets file that comes to facets that are there already: its cells may be of their values too.
pub fn parse_facets_file_onto(
    name: &str,
    text: &str,
    there: &[Facet],
) -> Result<Definitions, FacetsFileError> {
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
            check_value_name(&facet, &name).map_err(|reason| wrong(at, reason))?;
            if !names.insert(name.clone()) {
                return Err(wrong(at, format!("{facet} has the value “{name}” already")));
            }
            values.push(FacetValue { id: new_id(), name, target });
        }
        let facet = Facet {
            id: new_id(),
            name: facet,
            several: entry.several,
            open: entry.open,
            required: entry.required,
            values,
        };
        check_shares(&facet).map_err(|reason| wrong(at, reason))?;
        definitions.facets.push(facet);
    }
    for entry in file.cell {
        let at = Some(entry.of.span().start);
        let cell = entry.read().map_err(|reason| wrong(at, reason))?;
        let [one, other] = cell.of();
        let is_known = |tag: &&Tag| {
            let mut facets = definitions.facets.iter().chain(there).filter(|facet| facet.name == tag.facet);
            facets.any(|facet| facet.values.iter().any(|value| value.name == tag.value))
        };
        if let Some(tag) = [one, other].into_iter().find(|tag| !is_known(tag)) {
            return Err(wrong(at, unknown_in_cell(&cell.name(), tag)));
        }
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

/// Why a cell can't be had.
pub(super) fn unknown_in_cell(cell: &str, tag: &Tag) -> String {
    let Tag { facet, value } = tag;
    format!("{cell} has a target, and there is no value {facet}:{value}: add it to its facet first")
}

/// What is wanted of a value.
fn target(value: &FullValue) -> Result<Option<Target>, String> {
    match (value.target, &value.share) {
        (Some(_), Some(_)) => Err(format!("“{}” has a target and a share: give one of them", value.name)),
        (Some(count), None) => match u32::try_from(count) {
            Ok(count) => Ok(Some(Target::Count(count))),
            Err(_) => Err(format!(
                "“{}” has the target {count}: a target is a whole number from 0 to {}",
                value.name,
                thousands(u32::MAX.into())
            )),
        },
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
    use crate::example::{CellWish, Uuid};

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
            (0..=250_000_u32).prop_map(|n| Target::Share(Share::from_millionths(n).unwrap())),
        ])
    }

    fn facet(name: &'static str) -> impl Strategy<Value = Facet> {
        let values = prop::collection::vec(("v[a-z=,\"\\. é]{0,6}", target()), 1..5);
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
        for absurd in ["-3", "9223372036854775807"] {
            let said = value(&format!("{{ name = \"x\", target = {absurd} }}"));
            assert!(
                said.contains(&format!("“x” has the target {absurd}: a target is a whole number")),
                "{said}"
            );
        }
        assert!(value("{ name = \"x\", share = 12 }").contains("a value should be its name in quotes, or {"));
        assert!(value("{ name = \"x\", share = \"two\" }").contains("line 4: “two” should be a share"));
        assert!(error("goal = 0\n").starts_with("f.toml, line 1: "));
        let cell = |cell: &str| error(&format!("[[cell]]\n{cell}\n"));
        assert!(
            cell("of = { a = \"x\" }\ntarget = 4").starts_with("f.toml, line 2: a cell is of two facets")
        );
        let values = "[[facet]]\nname = \"a\"\nvalues = [\"x\"]\n[[facet]]\nname = \"b\"\nvalues = [\"y\"]\n";
        assert!(cell("of = { a = \"x\", b = \"y\" }").contains("line 2: a cell needs target = N"));
        assert!(cell("of = { a = \"x\", b = \"y\" }\ntarget = 1\nnever = true").contains("give one"));
        let twice = "of = { a = \"x\", b = \"y\" }\nnever = true\n[[cell]]\nof = { b = \"y\", a = \"x\" }\ntarget = 1";
        let twice = error(&format!("{values}[[cell]]\n{twice}\n"));
        assert!(twice.contains("line 11: a:x × b:y has a target already"), "{twice}");
        let unknown = error(&format!("{values}[[cell]]\nof = {{ a = \"x\", b = \"z\" }}\ntarget = 1\n"));
        assert!(unknown.starts_with("f.toml, line 8: ") && unknown.contains("no value b:z"), "{unknown}");
    }

    #[test]
    fn names_that_nobody_can_see_or_type_are_refused_with_their_line() {
        let error = |text: &str| parse_facets_file("f.toml", text).unwrap_err().to_string();
        for name in ["a\\u001b[2J", "a\\u0000", "a\\nb", "a#b", "a\\u2028b"] {
            let said = error(&format!("[[facet]]\nname = \"{name}\"\n"));
            assert!(said.starts_with("f.toml, line 2: ") && said.contains("the name of a facet"), "{said}");
        }
        for value in ["a\\u001b[2J", "a\\u0000", "a\\nb", " a", "a ", "", "a\\u2028b"] {
            let said = error(&format!("[[facet]]\nname = \"x\"\nvalues = [\n\"{value}\"]\n"));
            assert!(said.starts_with("f.toml, line 4: ") && said.contains("a value of x"), "{said}");
        }
        let named = "[[facet]]\nname = \"language\"\nvalues = [\"C#\", \"C++\"]\n";
        assert!(parse_facets_file("f.toml", named).is_ok(), "what people call things stays");
    }

    #[test]
    fn shares_of_more_than_all_are_refused_but_where_an_example_has_several_values() {
        let file = |several: bool| {
            format!(
                "[[facet]]\nname = \"a\"\nseveral = {several}\nvalues = [{{ name = \"x\", share = \"70%\" }}, {{ name = \"y\", share = \"30.5%\" }}]\n"
            )
        };
        let said = parse_facets_file("f.toml", &file(false)).unwrap_err().to_string();
        assert!(said.starts_with("f.toml, line 2: the shares of a add up to 100.5%"), "{said}");
        assert!(parse_facets_file("f.toml", &file(true)).is_ok());
    }
}

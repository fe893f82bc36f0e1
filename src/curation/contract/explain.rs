//! What a fault that the schema finds is called, and which value it is about.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::{path, show};
use crate::text::json::locate::escape;

/// A fault: the value that it is about, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The value, as a JSON pointer.
    pub pointer: String,
    /// The key of that value, where it is the key that is wrong; then the sentence is about what
    /// holds the key.
    pub key: Option<String>,
    /// Whether the place is that of the key.
    pub on_key: bool,
    /// What is wrong.
    pub reason: String,
}

impl Fault {
    fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), key: None, on_key: false, reason: reason.into() }
    }

    fn of_key(object: &str, key: &str, reason: impl Into<String>) -> Self {
        let pointer = format!("{object}/{}", escape(key));
        Self { pointer, key: Some(key.to_owned()), on_key: true, reason: reason.into() }
    }

    /// The way to the value, and the sentence, which begins with the way to what it is about.
    pub(super) fn told(&self, root: &Value) -> (String, String) {
        let path = path::human(root, &self.pointer);
        let object = self.key.as_ref().and(self.pointer.rsplit_once('/')).map(|(object, _)| object);
        let way = object.map_or_else(|| path.clone(), |object| path::human(root, object));
        let sentence = if way.is_empty() { self.reason.clone() } else { format!("{way}: {}", self.reason) };
        (path, sentence)
    }
}

/// The faults that an error stands for; one at least.
pub(super) fn faults(error: &ValidationError<'_>) -> Vec<Fault> {
    let here = error.instance_path().as_str();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected }
            if !unexpected.is_empty() =>
        {
            let unwanted = |key: &String| format!("“{}” is a key that is not wanted", show::short(key));
            unexpected.iter().map(|key| Fault::of_key(here, key, unwanted(key))).collect()
        }
        Kind::PropertyNames { error: of_name } => match of_name.instance().as_ref() {
            Value::String(key) => {
                let reason = format!("the key “{}”: {}", show::short(key), bare(of_name));
                vec![Fault::of_key(here, key, reason)]
            }
            _ => vec![Fault::new(here, bare(of_name))],
        },
        Kind::UniqueItems => {
            let (reason, at) = twice(error.instance());
            vec![Fault::new(at.map_or_else(|| here.to_owned(), |at| format!("{here}/{at}")), reason)]
        }
        Kind::AdditionalItems { limit } => {
            let allowed = show::count(*limit as u64, "item");
            vec![Fault::new(format!("{here}/{limit}"), format!("{allowed} and no more are allowed"))]
        }
        Kind::FalseSchema => vec![Fault { on_key: true, ..Fault::new(here, bare(error)) }],
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => of_branches(error, context),
        _ => vec![Fault::new(here, bare(error))],
    }
}

/// Of several forms none fits: what the nearest one finds wrong.
fn of_branches(error: &ValidationError<'_>, branches: &[Vec<ValidationError<'_>>]) -> Vec<Fault> {
    let here = error.instance_path().as_str();
    let simple = only_kinds(branches, here).is_some() || only_values(branches, here).is_some();
    let distances =
        branches.iter().filter(|branch| !branch.is_empty()).map(|branch| (distance(branch, here), branch));
    let Some((least, nearest)) = distances.min_by_key(|(distance, _)| *distance).filter(|_| !simple) else {
        return vec![Fault::new(here, bare(error))];
    };
    let mut found: Vec<Fault> = nearest.iter().flat_map(faults).collect();
    // Forms of another kind of value are not what was meant, and need not be told of.
    let alike = branches.iter().filter(|branch| distance(branch, here).0 == least.0).count();
    if alike > 1 {
        for fault in &mut found {
            fault.reason = format!("{} (the nearest of {alike} forms)", fault.reason);
        }
    }
    found
}

/// How far a form is from fitting: a value of another kind is farthest, then another choice in the
/// value or right below it (what tells forms apart is mostly such a choice), then the number of faults.
fn distance(branch: &[ValidationError<'_>], here: &str) -> (bool, bool, usize) {
    let below = |error: &ValidationError<'_>| {
        let way = error.instance_path().as_str();
        way.strip_prefix(here).map_or(usize::MAX, |rest| rest.matches('/').count())
    };
    let other_kind =
        branch.iter().any(|error| below(error) == 0 && matches!(error.kind(), Kind::Type { .. }));
    let other_choice = branch
        .iter()
        .any(|error| below(error) <= 1 && matches!(error.kind(), Kind::Constant { .. } | Kind::Enum { .. }));
    (other_kind, other_choice, branch.len())
}

/// The kinds that are wanted, where every form only asks for a kind.
fn only_kinds<'a>(branches: &'a [Vec<ValidationError<'_>>], here: &str) -> Option<Vec<&'a str>> {
    let mut kinds = Vec::new();
    for branch in branches {
        match branch.as_slice() {
            [error] if error.instance_path().as_str() == here => match error.kind() {
                Kind::Type { kind } => kinds.extend(kinds_of(kind)),
                _ => return None,
            },
            _ => return None,
        }
    }
    Some(kinds).filter(|kinds| !kinds.is_empty())
}

/// The values that are wanted, where every form only asks for a value.
fn only_values<'a>(branches: &'a [Vec<ValidationError<'_>>], here: &str) -> Option<Vec<&'a Value>> {
    let mut values = Vec::new();
    for branch in branches {
        match branch.as_slice() {
            [error] if error.instance_path().as_str() == here => match error.kind() {
                Kind::Constant { expected_value } => values.push(expected_value.as_ref()),
                Kind::Enum { options } => values.extend(options.as_array().into_iter().flatten()),
                _ => return None,
            },
            _ => return None,
        }
    }
    Some(values).filter(|values| !values.is_empty())
}

fn kinds_of(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(several) => several.iter().map(JsonType::as_str).collect(),
    }
}

fn not_of_kinds(kinds: &[&str], value: &Value) -> String {
    let mut wanted = String::new();
    for (at, kind) in kinds.iter().enumerate() {
        if at > 0 {
            wanted.push_str(if at + 1 == kinds.len() { " or " } else { ", " });
        }
        wanted.push_str(show::kind(kind));
    }
    format!("{wanted} is wanted, not {}", show::with_kind(value))
}

fn not_among(value: &Value, options: &[&Value]) -> String {
    let choices = show::choices(options.iter().copied());
    let words = options.iter().filter_map(|option| option.as_str());
    let meant = value.as_str().and_then(|word| show::nearest(word, words));
    let meant = meant.map(|meant| format!("; did you mean “{meant}”?")).unwrap_or_default();
    if options.len() == 1 {
        return format!("only {choices} is allowed, not {}", show::value(value));
    }
    format!("{} is not one of {choices}{meant}", show::value(value))
}

/// What is wrong, without the way to the value.
pub(super) fn bare(error: &ValidationError<'_>) -> String {
    let value = error.instance().as_ref();
    let shown = show::value(value);
    let items = || value.as_array().map_or(0, Vec::len) as u64;
    let keys = || value.as_object().map_or(0, serde_json::Map::len) as u64;
    let characters = || value.as_str().map_or(0, |text| text.chars().count()) as u64;
    let too_few =
        |n: u64, noun: &str, limit: u64| format!("{}, and at least {limit} wanted", show::count(n, noun));
    let too_many =
        |n: u64, noun: &str, limit: u64| format!("{}, and at most {limit} allowed", show::count(n, noun));
    match error.kind() {
        Kind::Type { kind } => not_of_kinds(&kinds_of(kind), value),
        Kind::Required { property } => format!("{} is missing", show::value(property)),
        Kind::Enum { options } => {
            let options: Vec<&Value> = options.as_array().into_iter().flatten().collect();
            not_among(value, &options)
        }
        Kind::Constant { expected_value } => not_among(value, &[expected_value]),
        Kind::Minimum { limit } => format!("{shown} is less than {}", show::value(limit)),
        Kind::Maximum { limit } => format!("{shown} is more than {}", show::value(limit)),
        Kind::ExclusiveMinimum { limit } => format!("{shown} is not more than {}", show::value(limit)),
        Kind::ExclusiveMaximum { limit } => format!("{shown} is not less than {}", show::value(limit)),
        Kind::MultipleOf { multiple_of } => {
            format!("{shown} is not a multiple of {}", show::value(multiple_of))
        }
        Kind::MinLength { limit } => too_few(characters(), "character", *limit),
        Kind::MaxLength { limit } => too_many(characters(), "character", *limit),
        Kind::MinItems { limit } => too_few(items(), "item", *limit),
        Kind::MaxItems { limit } => too_many(items(), "item", *limit),
        Kind::MinProperties { limit } => too_few(keys(), "key", *limit),
        Kind::MaxProperties { limit } => too_many(keys(), "key", *limit),
        Kind::Pattern { pattern } => format!("{shown} doesn't match {}", show::short(pattern)),
        Kind::Format { format } => format!("{shown} is not {}", form(format)),
        Kind::UniqueItems => twice(value).0,
        Kind::Contains => "none of its items is as wanted, or too many are".to_owned(),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let keys: Vec<Value> = unexpected.iter().map(|key| Value::from(key.as_str())).collect();
            format!("keys that are not wanted: {}", show::choices(keys.iter()))
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            let here = error.instance_path().as_str();
            let kinds = only_kinds(context, here).map(|kinds| not_of_kinds(&kinds, value));
            let values = || only_values(context, here).map(|values| not_among(value, &values));
            let none = || format!("{shown} fits none of the forms that are allowed");
            kinds.or_else(values).unwrap_or_else(none)
        }
        Kind::OneOfMultipleValid { .. } => {
            format!("{shown} fits more than one of the forms of which it is to fit one")
        }
        Kind::Not { .. } => format!("{shown} is just what is not allowed here"),
        Kind::FalseSchema => "this is not wanted here".to_owned(),
        Kind::BacktrackLimitExceeded { .. } => "a pattern of the schema takes too long on this".to_owned(),
        _ => show_rest(&error.to_string()),
    }
}

/// What the crate says itself, at a length that can be read.
fn show_rest(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Which item was there before, and where the second one stands.
fn twice(list: &Value) -> (String, Option<usize>) {
    let mut seen = std::collections::HashMap::new();
    for (at, item) in list.as_array().into_iter().flatten().enumerate() {
        if let Some(first) = seen.insert(item.to_string(), at) {
            let reason = format!("{} is there already, as item {}", show::value(item), first + 1);
            return (reason, Some(at));
        }
    }
    // Equal in value, but not in writing, as 1 and 1.0 are.
    ("two of its items are the same".to_owned(), None)
}

/// What a text of that `format` is.
fn form(name: &str) -> String {
    let known = match name {
        "date" => "a date (2026-01-31)",
        "date-time" => "a date and time (2026-01-31T09:30:00Z)",
        "time" => "a time (09:30:00Z)",
        "duration" => "a duration (P3D)",
        "email" | "idn-email" => "an e-mail address",
        "hostname" | "idn-hostname" => "the name of a host",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uri" | "iri" => "an address (URI)",
        "uri-reference" | "iri-reference" => "an address or the end of one (URI reference)",
        "uuid" => "a UUID",
        "regex" => "a regular expression",
        "json-pointer" | "relative-json-pointer" => "a JSON pointer",
        other => return format!("of the form “{}”", show::short(other)),
    };
    known.to_owned()
}

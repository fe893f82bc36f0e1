//! The contract: what every response of the dataset must satisfy. Data only; it is judged in
//! `curation::contract`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Tag;

/// What every response must satisfy. What is not given is not asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contract {
    /// Only examples that carry one of these values of each of these facets are meant. Empty: all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, Vec<String>>,
    /// A JSON Schema: the response is JSON, and satisfies it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Value>,
    /// Patterns each of which is found in the response.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub must_match: Vec<Pattern>,
    /// Patterns none of which is found in the response.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub must_not_match: Vec<Pattern>,
    /// The only texts that a response may be (blanks around it don't count). Empty: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// How many characters (grapheme clusters) it has.
    #[serde(skip_serializing_if = "Bounds::is_open")]
    pub characters: Bounds,
    /// How many tokens of the dataset's model it has.
    #[serde(skip_serializing_if = "Bounds::is_open")]
    pub tokens: Bounds,
}

impl Contract {
    /// The names of its parts, as files have them.
    pub const PARTS: [&'static str; 7] =
        ["only", "schema", "must_match", "must_not_match", "allowed", "characters", "tokens"];

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        Self { only: BTreeMap::new(), ..self.clone() } == Self::default()
    }

    /// Whether the responses of an example with these tags are meant.
    pub fn is_for(&self, tags: &[Tag]) -> bool {
        let carried = |facet: &str, values: &[String]| {
            tags.iter().any(|tag| tag.facet == facet && values.contains(&tag.value))
        };
        self.only.iter().all(|(facet, values)| carried(facet, values))
    }
}

/// A regular expression, in the syntax of the crate `regex`, and what it is for. In a file the
/// expression alone will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PatternForm")]
pub struct Pattern {
    /// The expression.
    pub pattern: String,
    /// What it is for, said when a response breaks it. May be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
}

impl Pattern {
    /// A pattern that speaks for itself.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), about: String::new() }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a pattern is text, or has the fields `pattern` and `about`")]
enum PatternForm {
    Alone(String),
    Explained(Explained),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    pattern: String,
    #[serde(default)]
    about: String,
}

impl From<PatternForm> for Pattern {
    fn from(form: PatternForm) -> Self {
        match form {
            PatternForm::Alone(pattern) => Self::new(pattern),
            PatternForm::Explained(Explained { pattern, about }) => Self { pattern, about },
        }
    }
}

/// The least and the most of something, both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bounds {
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// The most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
}

impl Bounds {
    /// Whether everything is within them.
    pub const fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_contract_is_read_as_it_was_written_and_a_pattern_may_stand_alone() {
        let form = json!({
            "only": {"task": ["sql"]}, "schema": {"type": "object"},
            "must_match": [{"pattern": ";$", "about": "ends in a semicolon"}, {"pattern": "x"}],
            "allowed": ["a"], "characters": {"max": 5}, "tokens": {"min": 1, "max": 2},
        });
        let contract: Contract = serde_json::from_value(form.clone()).unwrap();
        assert_eq!(json!(contract), form);
        let alone: Contract = serde_json::from_value(json!({"must_match": ["x"]})).unwrap();
        assert_eq!(alone.must_match, [Pattern::new("x")]);
        for wrong in [json!({"typo": 1}), json!({"must_match": [1]}), json!({"tokens": {"most": 1}})] {
            assert!(serde_json::from_value::<Contract>(wrong.clone()).is_err(), "{wrong}");
        }
        assert!(form.as_object().unwrap().keys().all(|part| Contract::PARTS.contains(&part.as_str())));
    }

    #[test]
    fn it_may_be_for_some_examples_only() {
        let contract = |only| Contract { only: serde_json::from_value(only).unwrap(), ..Contract::default() };
        let tags = [Tag::new("task", "sql"), Tag::new("language", "en")];
        assert!(contract(json!({})).is_for(&tags));
        assert!(contract(json!({"task": ["legal", "sql"]})).is_for(&tags));
        assert!(!contract(json!({"task": ["legal"]})).is_for(&tags));
        assert!(!contract(json!({"task": ["sql"], "language": ["de"]})).is_for(&tags));
        assert!(!contract(json!({"task": ["sql"]})).is_for(&[]));
        assert!(contract(json!({"task": ["sql"]})).is_empty(), "whom it is for asks for nothing");
    }
}

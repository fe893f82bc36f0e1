//! The contract: what every response of the dataset must satisfy. Data only; it is judged in
//! `curation::contract`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What every response must satisfy. What is not given is not asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contract {
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

/// A regular expression, in the syntax of the crate `regex`, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// The expression.
    pub pattern: String,
    /// What it is for, said when a response breaks it. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
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

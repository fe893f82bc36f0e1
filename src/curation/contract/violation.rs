//! Violations: what in a response breaks the contract, and where.

use std::fmt;
use std::ops::Range;

use crate::text::place::position;

/// No more are told of one response.
pub const MOST_VIOLATIONS: usize = 50;

/// The part of a contract that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The JSON Schema, or that the response is JSON at all.
    Schema,
    /// A pattern that is to be found.
    MustMatch,
    /// A pattern that is not to be found.
    MustNotMatch,
    /// The texts that a response may be.
    Allowed,
    /// The number of characters.
    Characters,
    /// The number of tokens.
    Tokens,
}

impl Rule {
    /// The word for it, as the contract has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::MustMatch => "must_match",
            Self::MustNotMatch => "must_not_match",
            Self::Allowed => "allowed",
            Self::Characters => "characters",
            Self::Tokens => "tokens",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where in a text something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In bytes of the text, on borders of characters; empty where something is missing.
    pub range: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in grapheme clusters.
    pub column: usize,
}

impl Place {
    pub(super) fn of(text: &str, range: Range<usize>) -> Self {
        let at = position(text, range.start);
        Self { range, line: at.line, column: at.column }
    }
}

/// What in a response breaks the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The part of the contract.
    pub rule: Rule,
    /// What is wrong, for people: `confidence: 1.2 is more than 1`.
    pub sentence: String,
    /// The JSON value that it is about: `entities[0].type`. Empty for the whole response.
    pub path: String,
    /// Where it stands; `None` for what is said of the whole text.
    pub place: Option<Place>,
}

impl Violation {
    pub(super) fn of_text(rule: Rule, sentence: String) -> Self {
        Self { rule, sentence, path: String::new(), place: None }
    }

    pub(super) fn at(rule: Rule, sentence: String, text: &str, range: Range<usize>) -> Self {
        Self { place: Some(Place::of(text, range)), ..Self::of_text(rule, sentence) }
    }
}

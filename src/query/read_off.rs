//! What is read off examples and is so or not, by the names that counts give it: `tools:yes`, `refusal:no`.

use super::quote;
use super::tree::{Expr, Has, Interval, Is, Measure, Term};

/// What is so.
pub const YES: &str = "yes";
/// What is not.
pub const NO: &str = "no";
/// The source of what came from no file.
pub const WRITTEN_HERE: &str = "written here";

/// What is so of an example or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YesNo {
    /// Tools are defined.
    Tools,
    /// The best or first response declines.
    Refusal,
    /// The best or first response is JSON.
    Json,
}

impl YesNo {
    /// All of it.
    const ALL: &'static [Self] = &[Self::Tools, Self::Refusal, Self::Json];

    /// The word before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Refusal => "refusal",
            Self::Json => "json",
        }
    }

    /// The one of that name, whatever the case of its letters.
    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    /// The examples of which it is so, or is not. Nothing is said of a response that isn't there.
    pub fn is(self, yes: bool) -> Expr {
        let term = match self {
            Self::Tools => Term::Has(vec![Has::Tools]),
            Self::Refusal => Term::Is(vec![Is::Refusal]),
            Self::Json => Term::Is(vec![Is::Json]),
        };
        let tree = if yes { Expr::Term(term) } else { Expr::Not(Box::new(Expr::Term(term))) };
        if self == Self::Tools {
            return tree;
        }
        let answered = Term::Number { measure: Measure::ResponseTokens, ranges: vec![Interval::at_least(0)] };
        Expr::And(vec![tree, Expr::Term(answered)])
    }
}

/// A value of a field as one may type it: `turns:3`, `source:"a b.jsonl"`.
pub fn typed(field: &str, value: &str) -> String {
    format!("{field}:{}", quote::value(value))
}

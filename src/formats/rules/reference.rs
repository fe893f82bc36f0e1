//! What a grader compares with.

use super::{Offence, Rule};
use crate::example::Response;
use crate::formats::Outgoing;
use crate::formats::fields::hint;

/// The name under which readers note the fields of a file that are a grader's.
pub const GRADED: &str = "graded";

/// A question comes with something to compare an answer with.
pub enum Referenced {
    /// With an answer of its own.
    ByAnswer,
    /// With an answer, or with any field that its file had for a grader.
    ByAny,
}

impl Rule for Referenced {
    fn id(&self) -> &'static str {
        "reference"
    }

    fn demand(&self) -> &'static str {
        match self {
            Self::ByAnswer => "every question has a reference answer",
            Self::ByAny => "every question has a reference answer, or a field that a grader reads",
        }
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let example = outgoing.example;
        let is_answered = !example.responses.iter().all(Response::is_blank);
        let fields = hint(&example.metadata, GRADED, "keys").and_then(serde_json::Value::as_array);
        let is_graded = matches!(self, Self::ByAny) && fields.is_some_and(|fields| !fields.is_empty());
        (!is_answered && !is_graded).then(|| Offence::new("", "has nothing that an answer is compared with"))
    }

    fn advice(&self) -> &'static str {
        "write the answer that is right"
    }
}

//! What is to be known beside an example that is being written: the question, and the answers in the
//! order in which they come.

use std::ops::Range;

use crate::curation::contract::Violation;
use crate::curation::tokens::{Counted, Standing};
use crate::example::{Contract, Example, Model};

/// An example as it is at this moment, with all that is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Its number; none where it is not made yet.
    pub id: Option<i64>,
    /// The example; its responses are those that are there and those that are being typed.
    pub example: Example,
    /// What the typing of each response is called (`response/UUID`, `new`), in their order.
    pub names: Vec<String>,
    /// What is typed as JSON and is none yet, with what its typing is called.
    pub json: Vec<(String, String)>,
    /// What every response must satisfy.
    pub contract: Option<Box<Contract>>,
    /// The model that the dataset is for.
    pub model: Option<Model>,
}

/// A part of what is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// What is to be mended: of all fields that have something.
    Remarks(Vec<Remark>),
    /// How long it is.
    Counted(Length),
    /// Nothing more will come.
    All,
}

/// Something that is to be mended or looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What the typing of the field is called.
    pub field: String,
    /// What is wrong.
    pub sentence: String,
    /// The bytes of the text that it is about; none where it is about the whole.
    pub range: Option<Range<usize>>,
    /// The line and the column, from 1.
    pub place: Option<(usize, usize)>,
    /// Whether it is wrong, or only to be looked at.
    pub is_wrong: bool,
}

impl Remark {
    /// What breaks the contract.
    pub fn of(field: String, violation: Violation) -> Self {
        let (range, place) = match violation.place {
            Some(place) => (Some(place.range), Some((place.line, place.column))),
            None => (None, None),
        };
        Self { field, sentence: violation.sentence, range, place, is_wrong: true }
    }
}

/// How long an example is, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// Of its parts.
    pub counted: Counted,
    /// The most that the trainer takes.
    pub limit: Option<u64>,
    /// How it stands to that.
    pub standing: Standing,
    /// Where the counts come from.
    pub source: String,
    /// Why the model's own vocabulary is not used, where it could not be loaded.
    pub problem: Option<String>,
}

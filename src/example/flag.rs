//! Flags: remarks on an example or on one of its responses.

use uuid::Uuid;

use super::Timestamp;

/// The kinds of flag that every dataset begins with, each with what it is for.
pub const STANDARD_FLAGS: &[(&str, &str)] = &[
    ("wrong", "something in it is not true"),
    ("unsafe", "it could do harm"),
    ("private", "it names a person, an account or a secret"),
    ("duplicate", "the same is already there"),
    ("unclear", "one can't tell what is meant"),
    ("format", "the form is not what was agreed"),
    ("other", "see the note"),
];

/// A kind of flag that the dataset knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagKind {
    /// One word.
    pub name: String,
    /// When to use it, in one sentence.
    pub about: String,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// One of the dataset's kinds.
    pub kind: String,
    /// What is meant.
    pub note: String,
    /// The response that it is on; the whole example where none.
    pub response: Option<Uuid>,
    /// Who raised it.
    pub by: Option<String>,
    /// Whether it has been dealt with.
    pub resolved: bool,
    /// When it was raised.
    pub at: Timestamp,
}

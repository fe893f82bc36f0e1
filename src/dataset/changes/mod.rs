//! Changes of many texts at once: what a mend would make of them is proposed first, and what is
//! taken of that is done as one action ([`super::Verb::ReplaceTexts`]).

mod propose;
mod texts;

use std::fmt;

use crate::example::{Role, Uuid};

pub use propose::Proposing;
pub(super) use texts::text_mut;

/// A text of an example, and what it is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// The example's number.
    pub example: i64,
    /// Which of its texts.
    pub field: TextField,
    /// What stands there. Where that is no longer so, the change is not made.
    pub before: String,
    /// What is to stand there.
    pub after: String,
}

/// A text of an example. Of content that is made of parts each text part is one; arguments of tool
/// calls are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// A turn of the prompt.
    Prompt {
        /// Which turn, from 0.
        turn: usize,
        /// Which part of its content, from 0; `None`: the content is text.
        part: Option<usize>,
        /// Who says it.
        role: Role,
    },
    /// A turn of a response.
    Response {
        /// The response.
        id: Uuid,
        /// Its place among the responses, from 1: for people.
        number: usize,
        /// Which turn, from 0.
        turn: usize,
        /// Which part of its content.
        part: Option<usize>,
    },
    /// The note.
    Note,
}

impl fmt::Display for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prompt { turn: 0, role, .. } => f.write_str(role.as_str()),
            Self::Prompt { turn, role, .. } => write!(f, "{}, turn {}", role.as_str(), turn + 1),
            Self::Response { number, turn: 0, .. } => write!(f, "response {number}"),
            Self::Response { number, turn, .. } => write!(f, "response {number}, turn {}", turn + 1),
            Self::Note => f.write_str("note"),
        }
    }
}

/// Which texts of examples are meant.
// Four questions, each answered by itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    /// The turns of prompts, those of the system excepted.
    pub prompts: bool,
    /// The system's turns of prompts.
    pub system: bool,
    /// The turns of responses.
    pub responses: bool,
    /// The notes.
    pub notes: bool,
}

impl Texts {
    /// All that is learned from: prompts with their system turns, and responses.
    pub const LEARNED: Self = Self { prompts: true, system: true, responses: true, notes: false };
    /// Every text.
    pub const ALL: Self = Self { notes: true, ..Self::LEARNED };
    /// None.
    pub const NONE: Self = Self { prompts: false, system: false, responses: false, notes: false };
}

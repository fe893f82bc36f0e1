//! The page: the readable form of one example, to be read and changed in any editor.
//!
//! ```text
//! # Lines with # up here are not read.
//! example: 412, state 5c1f09aa
//! kind: sft
//! status: draft
//! tags: intent:cancel, topic:late fees
//! note: ask legal
//!
//! === system
//! Answer with one JSON object.
//!
//! === user name=anna weight=0
//! hi, please stop my subscription
//!
//! === response 1 by ana (person)
//! One moment.
//!
//! === call look_up id=call_1
//! {"order": "88-1204"}
//!
//! === tool name=look_up for=call_1
//! {"status": "paused"}
//!
//! === assistant
//! It is paused already.
//!
//! === tools
//! [{"type": "function", …}]
//! ```
//!
//! Above the first heading stand `name: value` lines; one that is left out leaves things as they
//! are. A heading is a line that begins with `=== ` and a word: a role, `call` (of the turn above it),
//! `response`, or `tools`. What follows a response's heading is its first turn; further turns follow
//! under headings of their own. Texts stand as they are; a line that begins like a heading gets a
//! backslash. `parts` in a heading says that the text is a JSON list of parts (images, reasoning …),
//! `escaped` that it has escapes.
//!
//! A page is read onto the example that it shows: what it doesn't show stays. Responses are known by
//! their numbers; one without a number is new. Line ends may be of any kind.

mod carry;
mod head;
mod heading;
mod read;
mod sections;
mod sheet;
mod texts;
mod turn;
mod words;
mod write;

use crate::example::{Example, Facet};

pub use read::{read_new, read_onto, read_template};
pub use sections::{line_to_mend, with_errors};
pub use write::{blank, write, write_of, write_template};

/// What is wrong at a line of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct PageError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it, and what would be right.
    pub reason: String,
}

/// What a page is read with.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The facets that tags may be of.
    pub facets: &'a [Facet],
    /// Whose new responses are that don't say who wrote them.
    pub annotator: &'a str,
    /// What is filled in for placeholders, by name. `None`: the page is no template, and braces in it
    /// are text.
    pub values: Option<&'a [(String, String)]>,
}

/// What a page says.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The example as the page has it.
    pub example: Example,
    /// What was not taken over, in sentences for whoever wrote the page.
    pub remarks: Vec<String>,
    /// The placeholders that were left, in their order; their example is not done.
    pub unfilled: Vec<String>,
}

#[cfg(test)]
mod tests;

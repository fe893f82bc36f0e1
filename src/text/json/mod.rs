//! JSON as text that people write: checked with the place of what is wrong, laid out, made short.
//!
//! Nothing of it is lost on the way: keys stay in their order, numbers and strings as they were written.

mod format;
pub mod locate;
mod scan;
pub mod syntax;

#[cfg(test)]
mod tests;

pub use format::{compact, format};

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct JsonError {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// Where that is in the text, in bytes.
    pub at: usize,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl JsonError {
    fn at(text: &str, at: usize, reason: impl Into<String>) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: 1 + before.matches('\n').count(),
            column: 1 + line.chars().count(),
            at,
            reason: reason.into(),
        }
    }
}

//! Reviews: what somebody else says of submitted work.

use uuid::Uuid;

use super::{Timestamp, Verdict};

/// What one reviewer said of an example at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// Who reviewed.
    pub reviewer: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why it was sent back or overruled, by a word of the dataset's list; may be empty.
    pub reason: String,
    /// What is meant; may be empty.
    pub note: String,
    /// To whom it was sent back.
    pub to: Vec<SentBack>,
    /// When.
    pub at: Timestamp,
}

/// Work that came back to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// Whose work it is.
    pub annotator: String,
    /// Whether they have looked after it since.
    pub done: bool,
}

impl Review {
    /// Whether this annotator still has to look after what was sent back.
    pub fn waits_for(&self, annotator: &str) -> bool {
        self.to.iter().any(|sent| !sent.done && sent.annotator == annotator)
    }
}

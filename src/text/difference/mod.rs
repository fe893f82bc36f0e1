//! In which words two texts differ: what stayed, what went, what came, in the order of reading.
//!
//! Short texts are compared word by word; of long ones the lines first, and then the words of the
//! lines that changed. What one would read as one change is told as one.

mod shown;
mod tidy;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

pub use shown::{Row, Shown, folded};
pub use words::split;

/// How long a comparison may take where nobody says otherwise: it is made off the screen's thread.
const WITHIN: Duration = Duration::from_millis(200);
/// Longer texts, in bytes, are compared by lines first.
const LONG: usize = 20_000;

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It stayed.
    Same,
    /// It was there before.
    Removed,
    /// It is there now.
    Added,
}

/// A part of either text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What became of it.
    pub change: Change,
    /// What it says.
    pub text: String,
}

/// How one text became another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    parts: Vec<Part>,
}

impl Difference {
    /// How `before` became `after`. Takes a fifth of a second at most, after which the rest counts as
    /// changed.
    pub fn of(before: &str, after: &str) -> Self {
        Self::until(before, after, Instant::now() + WITHIN)
    }

    /// The same with a deadline of the caller's.
    pub fn until(before: &str, after: &str, deadline: Instant) -> Self {
        let mut parts = Vec::new();
        let mut push = |change, text: Option<&str>| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                parts.push(Part { change, text: text.to_owned() });
            }
        };
        for run in runs(before, after, deadline) {
            if run.is_same {
                push(Change::Same, after.get(run.after));
            } else {
                push(Change::Removed, before.get(run.before));
                push(Change::Added, after.get(run.after));
            }
        }
        Self { parts }
    }

    /// What stayed, went and came, in the order of reading.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether the two are the same.
    pub fn is_none(&self) -> bool {
        self.parts.iter().all(|part| part.change == Change::Same)
    }
}

/// A part of both texts: the same in both, or another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    is_same: bool,
    before: Range<usize>,
    after: Range<usize>,
}

fn runs(before: &str, after: &str, deadline: Instant) -> Vec<Run> {
    if before == after {
        return vec![Run { is_same: true, before: 0..before.len(), after: 0..after.len() }];
    }
    if before.len().max(after.len()) <= LONG {
        return of_words(before, after, deadline);
    }
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let mut found = Vec::new();
    for run in compared(&lines(before), &lines(after), deadline) {
        let (old, new) = (before.get(run.before.clone()), after.get(run.after.clone()));
        match (old, new) {
            (Some(old), Some(new)) if !run.is_same && !old.is_empty() && !new.is_empty() => {
                let moved = of_words(old, new, deadline).into_iter().map(|inner| Run {
                    before: inner.before.start + run.before.start..inner.before.end + run.before.start,
                    after: inner.after.start + run.after.start..inner.after.end + run.after.start,
                    ..inner
                });
                found.extend(moved);
            }
            _ => found.push(run),
        }
    }
    found
}

fn of_words(before: &str, after: &str, deadline: Instant) -> Vec<Run> {
    let runs = compared(&split(before), &split(after), deadline);
    tidy::tidied(before, after, runs)
}

/// The runs of two texts that are cut into pieces without a gap.
fn compared(before: &[&str], after: &[&str], deadline: Instant) -> Vec<Run> {
    let ends = |pieces: &[&str]| {
        let mut ends = vec![0];
        ends.extend(pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        }));
        ends
    };
    let (before_ends, after_ends) = (ends(before), ends(after));
    let bytes = |ends: &[usize], pieces: Range<usize>| {
        let at = |piece: usize| ends.get(piece).or(ends.last()).copied().unwrap_or(0);
        at(pieces.start)..at(pieces.end)
    };
    let changes = capture_diff_slices_deadline(Algorithm::Myers, before, after, Some(deadline));
    changes
        .into_iter()
        .map(|change| Run {
            is_same: change.tag() == DiffTag::Equal,
            before: bytes(&before_ends, change.old_range()),
            after: bytes(&after_ends, change.new_range()),
        })
        .collect()
}

//! A gauge: its number, of how many, and what to make of it.

use crate::curation::balance::Verdict;
use crate::text::percent;

/// One of the four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// There are examples of every case that one cares about.
    Coverage,
    /// No kind of example drowns the others.
    Balance,
    /// Like prompts get like answers, in like form.
    Consistency,
    /// Every example teaches something.
    Quality,
}

impl Word {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Coverage, Self::Balance, Self::Consistency, Self::Quality];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Balance => "balance",
            Self::Consistency => "consistency",
            Self::Quality => "quality",
        }
    }
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A share, from 0 to 1.
    Share(f64),
    /// How many kinds carry the weight, of how many there are.
    Kinds {
        /// Hill's number of order 1.
        effective: f64,
        /// How many values the facet has.
        of: usize,
    },
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The number.
    pub value: Value,
    /// What to make of it.
    pub verdict: Verdict,
}

/// A gauge.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    /// Which.
    pub word: Word,
    /// What was measured; `None` where nothing was yet.
    pub reading: Option<Reading>,
    /// Of how many.
    pub n: u64,
    /// What these are, with their number, in few words: `of 15 wanted`.
    pub of: String,
    /// All that in a sentence.
    pub sentence: String,
}

impl Gauge {
    /// The number in few cells: `26 %`, `1.8 of 4`, `not measured`.
    pub fn shown(&self) -> String {
        match self.reading.map(|reading| reading.value) {
            None => "not measured".to_owned(),
            Some(Value::Share(share)) => percent::down(share),
            Some(Value::Kinds { effective, of }) => format!("{effective:.1} of {of}"),
        }
    }

    /// The word for what to make of it; empty where nothing was measured.
    pub fn verdict(&self) -> &'static str {
        match self.reading.map(|reading| reading.verdict) {
            None => "",
            Some(Verdict::Good) => "good",
            Some(Verdict::Look) => "look",
            Some(Verdict::Bad) => "bad",
        }
    }
}

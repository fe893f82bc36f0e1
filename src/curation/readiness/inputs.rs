//! What is known of a dataset.

use serde::Serialize;

use super::answers::Answers;
use crate::curation::coverage::Coverage;
use crate::curation::numbers::float;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// How many.
    pub x: u64,
    /// Of how many.
    pub n: u64,
}

impl Counted {
    /// So many of so many.
    pub fn new(x: u64, n: u64) -> Self {
        Self { x, n }
    }

    /// The share; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.n > 0).then(|| float(self.x) / float(self.n))
    }
}

/// A facet of which every example should carry a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredFacet {
    /// What it is called.
    pub name: String,
    /// Whether an example may carry several of its values.
    pub several: bool,
    /// Its values, which every dataset for this task needs.
    pub values: Vec<Required>,
}

/// A value that every dataset for this task needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// What it is called.
    pub name: String,
    /// How many examples have it.
    pub n: u64,
    /// How many are wanted; `None` where nobody said.
    pub target: Option<u64>,
}

/// What is known of a dataset's examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// Usable examples, of near-duplicates each.
    pub usable: u64,
    /// Those of them that have an answer, of near-duplicates one.
    pub trainable: u64,
    /// How many more have one and were left out because they are nearly the same as one of those.
    pub duplicates: u64,
    /// How many usable ones have none.
    pub unanswered: u64,
    /// Examples with a flag that nobody has dealt with.
    pub flags: u64,
    /// Questions that are answered in contradictory ways.
    pub contradictions: u64,
    /// How far all targets are reached.
    pub coverage: Coverage,
    /// The facets whose values every dataset for this task needs.
    pub required: Vec<RequiredFacet>,
    /// How many keep to the contract, of how many; of 0 where there is no contract.
    pub contract: Counted,
    /// How many were found wrong in the blind sample, of how many reviewed.
    pub defects: Counted,
    /// What the worst of the facets that are weighed (`curation::diversity::weighed`) shares with its targets, or how
    /// even it is, by its name.
    pub balance: Option<(String, f64)>,
    /// How far annotators agree: Krippendorff's alpha, and of how many pairs; `None` where nobody knows.
    pub agreement: Option<(f64, u64)>,
    /// Usable examples that are kept from training, for validation and test.
    pub held_out: u64,
    /// Groups of like prompts that stand in several splits; `None` where nothing is split.
    pub leaks: Option<u64>,
    /// How many outputs name facts that their prompts don't, of how many looked at.
    pub new_facts: Counted,
    /// What whoever makes it says.
    pub answers: Answers,
}

/// What is known of pairs of a better and a worse response, of usable examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pairs {
    /// How many there are.
    pub pairs: u64,
    /// Contradictions among them that nobody has dealt with.
    pub contradictions: u64,
    /// How often the same person judged the same pair the same, of how often twice.
    pub same_again: Counted,
    /// How often the longer one is the better one, of those that differ in length.
    pub longer_wins: Counted,
    /// Whether a model was fine-tuned on examples already.
    pub is_tuned: bool,
}

/// How long the work takes, and what an hour costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pace {
    /// Minutes to write an example.
    pub write: f64,
    /// Minutes to mend one.
    pub mend: f64,
    /// Minutes to review one.
    pub review: f64,
    /// What an hour costs.
    pub per_hour: f64,
}

impl Default for Pace {
    /// A guess, for as long as nobody has worked long enough to know better; work costs nothing.
    fn default() -> Self {
        Self { write: 10.0, mend: 4.0, review: 2.0, per_hour: 0.0 }
    }
}

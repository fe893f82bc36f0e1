//! What is known of a dataset.

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

/// What whoever makes the dataset answers; `None` where they were not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// Whether the answers hang on facts that change.
    pub facts_change: Option<bool>,
    /// Whether the answers have to name their sources.
    pub must_cite: Option<bool>,
    /// Whether long prompts are too slow or too dear.
    pub long_prompts_hurt: Option<bool>,
}

/// What is known of a dataset's examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// Usable examples, of near-duplicates one.
    pub usable: u64,
    /// Errors found by rules that nobody has dealt with.
    pub errors: u64,
    /// Contradictions that nobody has dealt with.
    pub contradictions: u64,
    /// Σ min(n, t) of Σ t over all values with a target; of 0 where none has one.
    pub coverage: Counted,
    /// The values that every dataset for this task needs, with how many examples they have.
    pub required: Vec<(String, u64)>,
    /// How many keep to the contract, of how many; of 0 where there is no contract.
    pub contract: Counted,
    /// How many were found wrong in the blind sample, of how many reviewed.
    pub defects: Counted,
    /// The evenness of the worst facet, or what it shares with its target.
    pub balance: Option<f64>,
    /// How many outputs name facts that their prompts don't, of how many looked at.
    pub new_facts: Counted,
    /// What whoever makes it says.
    pub answers: Answers,
}

/// What is known of pairs of a better and a worse response.
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
#[derive(Debug, Clone, Copy, PartialEq)]
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

//! One gate: its number, its threshold, its verdict, and the work it takes.

use serde::Serialize;

use super::inputs::Pace;
use crate::curation::numbers::{at_least, float};
use crate::text::count::thousands;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Flags that nobody has dealt with.
    Flags,
    /// Contradictions.
    Contradictions,
    /// Usable examples that have an answer.
    Trainable,
    /// How far targets are reached.
    Coverage,
    /// The scarcest value that is required.
    Required,
    /// The share that keeps to the contract.
    Contract,
    /// The bound of the share of wrong examples.
    Defects,
    /// Balance.
    Balance,
    /// How far annotators agree.
    Agreement,
    /// Examples kept from training.
    HeldOut,
    /// Like prompts on both sides of the split.
    Leaks,
    /// Outputs with facts that their prompts don't have.
    NewFacts,
    /// Pairs of a better and a worse response.
    Pairs,
    /// How often the same person judges the same.
    SameAgain,
    /// How often the longer one wins.
    LongerWins,
}

impl Measure {
    /// The word for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Flags => "flags",
            Self::Contradictions => "contradictions",
            Self::Trainable => "examples",
            Self::Coverage => "coverage",
            Self::Required => "required values",
            Self::Contract => "contract",
            Self::Defects => "quality",
            Self::Balance => "balance",
            Self::Agreement => "agreement",
            Self::HeldOut => "held out",
            Self::Leaks => "leaks",
            Self::NewFacts => "new facts",
            Self::Pairs => "pairs",
            Self::SameAgain => "same again",
            Self::LongerWins => "longer wins",
        }
    }

    /// What new examples are for that its gate asks for: gates ask each for themselves, and one example may
    /// count for several of them.
    pub const fn written_for(self) -> Option<&'static str> {
        match self {
            Self::Trainable => Some("until there are enough to fine-tune on"),
            Self::Coverage => Some("until enough of all targets is reached"),
            Self::Required => Some("until every required value has enough"),
            Self::Pairs => Some("until there are enough pairs"),
            _ => None,
        }
    }

    /// The name of its threshold; `None` where there must be none of it.
    pub const fn threshold(self) -> Option<&'static str> {
        Some(match self {
            Self::Flags | Self::Contradictions | Self::Leaks => return None,
            Self::Trainable => "fine_tune",
            Self::Coverage => "coverage",
            Self::Required => "per_required",
            Self::Contract => "contract",
            Self::Defects => "defects",
            Self::Balance => "balance",
            Self::Agreement => "agreement",
            Self::HeldOut => "held_out",
            Self::NewFacts => "new_facts",
            Self::Pairs => "pairs",
            Self::SameAgain => "same_again",
            Self::LongerWins => "longer_wins",
        })
    }
}

/// How a number stands to its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is reached.
    Met,
    /// It is not.
    Short,
    /// Nobody knows yet.
    NotMeasured,
}

impl Outcome {
    /// A sign and words for it.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Met => "✓ met",
            Self::Short => "✗ not met",
            Self::NotMeasured => "? not measured",
        }
    }
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Write examples.
    Write,
    /// Mend some.
    Mend,
    /// Review some.
    Review,
    /// Put some of those that are there into validation or test.
    HoldOut,
}

/// The work that a gate takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Work {
    /// What.
    pub kind: WorkKind,
    /// How many.
    pub count: u64,
}

impl WorkKind {
    /// The word for doing it.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Mend => "mend",
            Self::Review => "review",
            Self::HoldOut => "hold out",
        }
    }
}

impl Work {
    /// `write 120: about 20.0 hours, 900.00`.
    pub fn told(self, pace: &Pace) -> String {
        let count = thousands(self.count);
        if self.kind == WorkKind::HoldOut {
            return format!("{} {count} (`goldset split`): no writing", self.kind.verb());
        }
        let hours = self.hours(pace);
        let money =
            if pace.per_hour > 0.0 { format!(", {:.2}", hours * pace.per_hour) } else { String::new() };
        format!("{} {count}: about {hours:.1} hours{money}", self.kind.verb())
    }

    /// How many hours it takes.
    pub fn hours(self, pace: &Pace) -> f64 {
        let minutes = match self.kind {
            WorkKind::Write => pace.write,
            WorkKind::Mend => pace.mend,
            WorkKind::Review => pace.review,
            // a program deals them
            WorkKind::HoldOut => 0.0,
        };
        float(self.count) * minutes / 60.0
    }
}

/// A measure with what it has to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Which.
    pub measure: Measure,
    /// Its number; `None` where nobody knows yet.
    pub value: Option<f64>,
    /// Of how many examples.
    pub n: u64,
    /// What it has to be.
    pub threshold: f64,
    /// How it stands.
    pub outcome: Outcome,
    /// Whether it must be met; others are advice.
    pub is_gate: bool,
    /// What is to be done, where something is and more work helps.
    pub work: Option<Work>,
    /// All that in a sentence.
    pub sentence: String,
    /// The one thing that it speaks of, where it speaks of one.
    pub about: Option<About>,
}

/// A facet or a value that a line speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// The facet.
    pub facet: String,
    /// The value; `None` where it is about all of them.
    pub value: Option<String>,
}

impl Line {
    /// The work that it takes, and what that is for.
    pub fn work_told(&self, work: Work, pace: &Pace) -> String {
        let told = work.told(pace);
        match (work.kind, self.measure.written_for()) {
            (WorkKind::Write, Some(what_for)) => format!("{told}, {what_for}"),
            (WorkKind::HoldOut, _) => match self.lacking().saturating_sub(work.count) {
                0 => told,
                more => format!("{told}; {} more once they are usable", thousands(more)),
            },
            _ => told,
        }
    }

    /// How many it takes until the threshold of a number is reached.
    fn lacking(&self) -> u64 {
        at_least(self.threshold - self.value.unwrap_or(0.0))
    }

    /// Whether it stands in the way.
    pub fn stops(&self) -> bool {
        self.is_gate && self.outcome != Outcome::Met
    }
}

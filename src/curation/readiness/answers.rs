//! What only whoever makes the dataset can say.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::curation::pace::Money;

/// What whoever makes the dataset answers; `None` where they were not asked.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Whether the answers hang on facts that change.
    pub facts_change: Option<bool>,
    /// Whether the answers have to name their sources.
    pub must_cite: Option<bool>,
    /// Whether long prompts are too slow or too dear.
    pub long_prompts_hurt: Option<bool>,
    /// Whether a model was fine-tuned on examples already: preferences build on that.
    pub is_tuned: Option<bool>,
    /// What an hour of work costs.
    pub wage: Option<f64>,
}

/// A question with yes or no for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// [`Answers::facts_change`].
    FactsChange,
    /// [`Answers::must_cite`].
    MustCite,
    /// [`Answers::long_prompts_hurt`].
    LongPromptsHurt,
    /// [`Answers::is_tuned`].
    IsTuned,
}

impl Question {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::FactsChange, Self::MustCite, Self::LongPromptsHurt, Self::IsTuned];

    /// Its name in few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::FactsChange => "facts change",
            Self::MustCite => "must cite",
            Self::LongPromptsHurt => "long prompts hurt",
            Self::IsTuned => "tuned already",
        }
    }

    /// The question.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::FactsChange => "do the answers hang on facts that change?",
            Self::MustCite => "do the answers have to name their sources?",
            Self::LongPromptsHurt => "are long prompts too slow or too dear?",
            Self::IsTuned => "was a model fine-tuned on examples already?",
        }
    }
}

/// An amount that is no money.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("an hour can't cost {0}: give an amount from 0 to a billion")]
pub struct NoMoney(pub f64);

impl Answers {
    /// What was answered.
    pub const fn get(&self, question: Question) -> Option<bool> {
        match question {
            Question::FactsChange => self.facts_change,
            Question::MustCite => self.must_cite,
            Question::LongPromptsHurt => self.long_prompts_hurt,
            Question::IsTuned => self.is_tuned,
        }
    }

    /// The same with another answer.
    #[must_use]
    pub const fn with(mut self, question: Question, answer: Option<bool>) -> Self {
        match question {
            Question::FactsChange => self.facts_change = answer,
            Question::MustCite => self.must_cite = answer,
            Question::LongPromptsHurt => self.long_prompts_hurt = answer,
            Question::IsTuned => self.is_tuned = answer,
        }
        self
    }

    /// These, and where one of them is not given, what was answered before.
    #[must_use]
    pub fn over(self, before: Self) -> Self {
        Self {
            facts_change: self.facts_change.or(before.facts_change),
            must_cite: self.must_cite.or(before.must_cite),
            long_prompts_hurt: self.long_prompts_hurt.or(before.long_prompts_hurt),
            is_tuned: self.is_tuned.or(before.is_tuned),
            wage: self.wage.or(before.wage),
        }
    }

    /// Whether they can be used.
    ///
    /// # Errors
    /// Where what an hour costs is no amount.
    pub fn check(&self) -> Result<(), NoMoney> {
        match self.wage {
            Some(wage) if Money::try_from(wage).is_err() => Err(NoMoney(wage)),
            _ => Ok(()),
        }
    }
}

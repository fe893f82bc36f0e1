//! Rounds: what an evaluation of a model gave, test by test.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Author, Tag, Timestamp};

/// The results of one evaluation, kept under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whose answers were tested, where that is known.
    pub model: Option<String>,
    /// The file that they came from, as it was named.
    pub source: String,
    /// When it was kept.
    pub at: Timestamp,
    /// In the order of the file.
    pub results: Vec<TestResult>,
}

impl Round {
    /// The author of its answers: the model, or where nobody said which, one of the round's name.
    pub fn author(&self) -> Author {
        Author::model(self.model.as_deref().unwrap_or(&self.name))
    }
}

/// How one test came out.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Its line in the file, from 1.
    pub place: u32,
    /// What was asked.
    pub about: Tested,
    /// Whether the model passed.
    pub passed: bool,
    /// The score, where there was one.
    pub score: Option<f64>,
    /// What the model answered, where that was kept.
    pub answer: Option<String>,
    /// What the test carries besides the tags of its example: said in the file, or suggested by its words.
    pub tags: Vec<TestTag>,
}

/// What a test asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tested {
    /// The prompt of an example, by its number.
    Example(i64),
    /// A prompt that no example has.
    Prompt(String),
}

/// A facet value that a test carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestTag {
    /// The facet's name.
    pub facet: String,
    /// The value's name.
    pub value: String,
    /// How probable it is, from 0 to 1, where it was only suggested by the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicted: Option<f32>,
}

impl TestTag {
    /// The tag that it is.
    pub fn tag(&self) -> Tag {
        Tag::new(self.facet.as_str(), self.value.as_str())
    }
}

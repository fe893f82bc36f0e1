//! What is to be known beside an example that is being written: the question, and the answers in the
//! order in which they come.

use std::ops::Range;
use std::time::{Duration, Instant};

use crate::curation::contract::Violation;
use crate::curation::contradiction::Relation;
use crate::curation::tokens::{Counted, Standing};
use crate::dataset::{Near, Proposal};
use crate::example::{Contract, Example, Model, Status, Tag, TagRule};
use crate::text::difference::Difference;

/// The characters of two texts that are compared, and how long that may take.
const COMPARED: usize = 4_000;
const MOMENT: Duration = Duration::from_millis(5);

/// An example as it is at this moment, with all that is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Its number; none where it is not made yet.
    pub id: Option<i64>,
    /// The example; its responses are those that are there and those that are being typed.
    pub example: Example,
    /// What the typing of each response is called (`response/UUID`, `new`), in their order.
    pub names: Vec<String>,
    /// A response that is being rewritten: as it is, and as it is typed.
    pub rewriting: Option<(String, String)>,
    /// What is typed as JSON and is none yet, with what its typing is called.
    pub json: Vec<(String, String)>,
    /// What every response must satisfy.
    pub contract: Option<Box<Contract>>,
    /// The model that the dataset is for.
    pub model: Option<Model>,
    /// What proposes tags.
    pub rules: Vec<TagRule>,
}

/// A part of what is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// What is to be mended: of all fields that have something.
    Remarks(Vec<Remark>),
    /// How long it is.
    Counted(Length),
    /// In what the rewriting differs from what it is to beat.
    Differs(Difference),
    /// The tags that rules propose.
    Proposed(Vec<Proposal>),
    /// The tags that the words suggest.
    Suggested(Vec<Suggested>),
    /// The nearest examples that are there already.
    Near(Nearest),
    /// Nothing more will come.
    All,
}

/// A tag that the words suggest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The tag.
    pub tag: Tag,
    /// How sure that is, in percent.
    pub percent: u8,
    /// The words that speak for it most.
    pub because: Vec<String>,
}

/// The nearest examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The nearest first.
    pub near: Vec<Neighbour>,
    /// How many examples could be compared, and how many there are.
    pub sketched: u64,
    /// How many there are.
    pub of: u64,
}

/// An example that is like this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// Its number.
    pub id: i64,
    /// How alike the prompts are, in percent.
    pub percent: u8,
    /// What it asks.
    pub question: String,
    /// What is answered; empty where nothing is.
    pub answer: String,
    /// Its status.
    pub status: Status,
    /// Its tags, `facet:value`.
    pub tags: Vec<String>,
    /// How its answer stands to the one that is written here, and whether that is a contradiction.
    pub relation: Option<(String, bool)>,
    /// In what the prompt here differs from its own.
    pub question_differs: Difference,
    /// In what the answer here differs from its own, where there are both.
    pub answer_differs: Option<Difference>,
}

impl Neighbour {
    /// A neighbour of a prompt that asks `question`, to which `answer` is being written.
    pub fn of(near: Near, question: &str, answer: &str) -> Self {
        let relation = near.relation.map(|relation| match relation {
            Relation::SameAnswer => ("the same answer".to_owned(), false),
            Relation::LikeAnswer => ("about the same answer".to_owned(), false),
            Relation::OtherAnswer => ("quite another answer".to_owned(), false),
            Relation::DifferentAnswer(how) => (how.to_string(), true),
        });
        let has_both = !near.answer.is_empty() && !answer.trim().is_empty();
        Self {
            id: near.id,
            percent: percent(near.similarity),
            status: near.status,
            tags: near.tags,
            relation,
            question_differs: differs(&near.question, question),
            answer_differs: has_both.then(|| differs(&near.answer, answer)),
            question: near.question,
            answer: near.answer,
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 100
fn percent(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// Of long texts the beginning is compared, and that for a moment only: it is a hint beside the text.
fn differs(theirs: &str, mine: &str) -> Difference {
    let beginning = |text: &str| text.chars().take(COMPARED).collect::<String>();
    Difference::until(&beginning(theirs), &beginning(mine), Instant::now() + MOMENT)
}

/// Something that is to be mended or looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What the typing of the field is called.
    pub field: String,
    /// What is wrong.
    pub sentence: String,
    /// The bytes of the text that it is about; none where it is about the whole.
    pub range: Option<Range<usize>>,
    /// The line and the column, from 1.
    pub place: Option<(usize, usize)>,
    /// Whether it is wrong, or only to be looked at.
    pub is_wrong: bool,
}

impl Remark {
    /// What breaks the contract.
    pub fn of(field: String, violation: Violation) -> Self {
        let (range, place) = match violation.place {
            Some(place) => (Some(place.range), Some((place.line, place.column))),
            None => (None, None),
        };
        Self { field, sentence: violation.sentence, range, place, is_wrong: true }
    }
}

/// How long an example is, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// Of its parts.
    pub counted: Counted,
    /// The most that the trainer takes.
    pub limit: Option<u64>,
    /// How it stands to that.
    pub standing: Standing,
    /// Where the counts come from.
    pub source: String,
    /// Why the model's own vocabulary is not used, where it could not be loaded.
    pub problem: Option<String>,
}

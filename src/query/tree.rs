//! The tree that a filter is, whatever text it came from.

use crate::example::{Agreed, Kind, Split, Status, Verdict};

/// What an example must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Anything.
    Everything,
    /// All of these.
    And(Vec<Expr>),
    /// One of these at least.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// One condition.
    Term(Term),
}

/// One condition. Where it lists values, one of them is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word of the text that begins so.
    Word(String),
    /// Words of the text that stand beside each other, each of them whole.
    Phrase(String),
    /// Any part of the text, letter for letter.
    Part(String),
    /// How far the work has come.
    Status(Vec<Status>),
    /// What is wanted of it.
    Kind(Vec<Kind>),
    /// The part of the dataset it is used for.
    Split(Vec<Pick<Split>>),
    /// The kinds of its open flags.
    Flag(Vec<Pick<String>>),
    /// Who wrote a response or made a ranking.
    By(Vec<Pick<String>>),
    /// What its note contains.
    Note(Vec<Pick<String>>),
    /// What came of its rankings.
    Outcome(Vec<Agreed>),
    /// Whom it was sent back to, who have not looked after it since.
    Returned(Vec<Pick<String>>),
    /// What reviewers decided.
    Reviewed(Vec<Pick<Verdict>>),
    /// States that are yes or no.
    Is(Vec<Is>),
    /// What rules propose for it: by a facet, a value, `facet:value`, or the name of a rule.
    Proposed(Vec<Pick<String>>),
    /// What belongs to it.
    Has(Vec<Has>),
    /// The language of the conversation; without one where it is too short to tell.
    Language(Vec<Pick<String>>),
    /// The file that it came from; without one where it was written here.
    Source(Vec<Pick<String>>),
    /// Who wrote a response.
    Author(Vec<Pick<String>>),
    /// Who ranked it.
    Annotator(Vec<Pick<String>>),
    /// Its tags of one facet.
    Tag {
        /// The facet's name.
        facet: String,
        /// The values' names.
        values: Vec<Pick<String>>,
    },
    /// A number that lies in one of the ranges.
    Number {
        /// Which number.
        measure: Measure,
        /// The ranges.
        ranges: Vec<Interval>,
    },
}

/// A value that may be there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick<T> {
    /// It is there, whatever it is: `*`.
    Any,
    /// There is none: `none`.
    Without,
    /// It is this one.
    Value(T),
}

/// A state that is yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// No response says anything yet.
    Blank,
    /// Somebody has ranked its responses.
    Ranked,
    /// The right ranking is known.
    Gold,
    /// Somebody said that it can't be judged.
    Unsure,
    /// What most say of its responses leads round in a circle.
    Circular,
    /// The best or first response declines what was asked.
    Refusal,
    /// The best or first response is one JSON object or array.
    Json,
}

impl Is {
    /// Every state, in the order in which completion proposes them.
    pub const ALL: &'static [Self] =
        &[Self::Blank, Self::Ranked, Self::Gold, Self::Unsure, Self::Circular, Self::Refusal, Self::Json];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Ranked => "ranked",
            Self::Gold => "gold",
            Self::Unsure => "unsure",
            Self::Circular => "circular",
            Self::Refusal => "refusal",
            Self::Json => "json",
        }
    }
}

/// What may belong to an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Has {
    /// Tool definitions.
    Tools,
}

impl Has {
    /// All of it, in the order in which completion proposes it.
    pub const ALL: &'static [Self] = &[Self::Tools];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tools => "tools",
        }
    }
}

/// A number of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The estimated tokens of prompt and responses together.
    Tokens,
    /// How many responses say something.
    Responses,
    /// The example's number in this file.
    Id,
    /// How far its rankings agree, in whole percent; of two people or more.
    Agreement,
    /// How many people ranked it on their own, or said that they can't.
    Rankings,
    /// How many user turns the prompt has.
    Turns,
    /// The estimated tokens of the prompt.
    PromptTokens,
    /// The estimated tokens of the best or first response; no number where nothing is answered.
    ResponseTokens,
}

impl Measure {
    /// The field that stands for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Responses => "responses",
            Self::Id => "id",
            Self::Agreement => "agreement",
            Self::Rankings => "rankings",
            Self::Turns => "turns",
            Self::PromptTokens => "prompt_tokens",
            Self::ResponseTokens => "response_tokens",
        }
    }
}

/// Whole numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    from: i64,
    to: Option<i64>,
}

impl Interval {
    /// That number only. Numbers below 0 are taken for 0.
    pub fn exactly(number: i64) -> Self {
        Self::between(number, number)
    }

    /// That number and all above it.
    pub fn at_least(number: i64) -> Self {
        Self { from: number.max(0), to: None }
    }

    /// That number and all below it.
    pub fn at_most(number: i64) -> Self {
        Self::between(0, number)
    }

    /// From one to the other, in whichever order they are given.
    pub fn between(one: i64, other: i64) -> Self {
        let (one, other) = (one.max(0), other.max(0));
        Self { from: one.min(other), to: Some(one.max(other)) }
    }

    /// The lowest number of it.
    pub fn from(self) -> i64 {
        self.from
    }

    /// The highest number of it, where there is one.
    pub fn to(self) -> Option<i64> {
        self.to
    }

    /// The only number in it, where it is only one.
    pub fn single(self) -> Option<i64> {
        self.to.filter(|to| *to == self.from)
    }
}

impl Expr {
    /// The same with each condition changed so.
    pub(super) fn mapped(self, change: &dyn Fn(Term) -> Term) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(|part| part.mapped(change)).collect();
        match self {
            Self::Everything => Self::Everything,
            Self::And(parts) => Self::And(each(parts)),
            Self::Or(parts) => Self::Or(each(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.mapped(change))),
            Self::Term(term) => Self::Term(change(term)),
        }
    }

    /// The simplest tree that means the same: the form which text gives and every [`super::Filter`] has.
    pub(super) fn simplest(self) -> Self {
        match self {
            Self::Everything => Self::Everything,
            Self::And(parts) => simplest_and(parts),
            Self::Or(parts) => simplest_or(parts),
            Self::Not(inner) => match inner.simplest() {
                Self::Not(twice) => *twice,
                inner => Self::Not(Box::new(inner)),
            },
            Self::Term(term) => simplest_term(term),
        }
    }

    /// What no example is.
    fn nothing() -> Self {
        Self::Not(Box::new(Self::Everything))
    }
}

fn simplest_and(parts: Vec<Expr>) -> Expr {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part.simplest() {
            Expr::Everything => {}
            Expr::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Expr::And(flat) } else { flat.pop().unwrap_or(Expr::Everything) }
}

fn simplest_or(parts: Vec<Expr>) -> Expr {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part.simplest() {
            Expr::Everything => return Expr::Everything,
            Expr::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Expr::Or(flat) } else { flat.pop().unwrap_or_else(Expr::nothing) }
}

/// Empty texts are in every text; no value at all is one of an empty list; no name is empty.
fn simplest_term(mut term: Term) -> Expr {
    let possible = match &mut term {
        Term::Word(text) | Term::Phrase(text) | Term::Part(text) if text.is_empty() => {
            return Expr::Everything;
        }
        Term::Word(_) | Term::Phrase(_) | Term::Part(_) => true,
        Term::Status(list) => !list.is_empty(),
        Term::Kind(list) => !list.is_empty(),
        Term::Is(list) => !list.is_empty(),
        Term::Has(list) => !list.is_empty(),
        Term::Outcome(list) => !list.is_empty(),
        Term::Reviewed(list) => !list.is_empty(),
        Term::Split(list) => !list.is_empty(),
        Term::Number { ranges, .. } => !ranges.is_empty(),
        Term::Flag(list)
        | Term::By(list)
        | Term::Note(list)
        | Term::Returned(list)
        | Term::Language(list)
        | Term::Source(list)
        | Term::Author(list)
        | Term::Annotator(list)
        | Term::Proposed(list) => keep_named(list),
        Term::Tag { facet, values } => !facet.is_empty() && keep_named(values),
    };
    if possible { Expr::Term(term) } else { Expr::nothing() }
}

fn keep_named(list: &mut Vec<Pick<String>>) -> bool {
    list.retain(|pick| !matches!(pick, Pick::Value(name) if name.is_empty()));
    !list.is_empty()
}

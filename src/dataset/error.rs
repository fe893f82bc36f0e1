//! What can go wrong when something is done to a dataset, as sentences.

use super::ExportReport;
use crate::curation::contract::ContractError;
use crate::example::{ProtocolError, RankingError, Status};
use crate::query::QueryError;
use crate::store;

/// A result of a verb or of reading.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something could not be done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store says so.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A filter can't be understood.
    #[error("the filter can't be understood: {0}")]
    Query(#[from] QueryError),
    /// A ranking can't be kept.
    #[error("the ranking can't be kept: {0}")]
    Ranking(#[from] RankingError),
    /// A contract can't be judged by.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// A rule can't be used.
    #[error("the rule “{name}” can't be used: {reason}")]
    Rule {
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Not a rules file.
    #[error(transparent)]
    Rules(#[from] super::RulesFileError),
    /// A protocol can't be kept.
    #[error("the protocol can't be kept: {0}")]
    Protocol(#[from] ProtocolError),
    /// Somebody wants to review their own work.
    #[error(
        "#{example} is {name}'s own work, and the dataset leaves review to others; `goldset protocol` can allow it"
    )]
    OwnWork {
        /// The example.
        example: i64,
        /// Who.
        name: String,
    },
    /// Only submitted work is reviewed.
    #[error("#{example} is {status}: only what is submitted is reviewed")]
    NotSubmitted {
        /// The example.
        example: i64,
        /// What it is.
        status: Status,
    },
    /// There is nobody to send it back to.
    #[error("#{0} was made by nobody who could get it back; name somebody")]
    NobodyMadeIt(i64),
    /// Nobody of that name has done anything here.
    #[error("nobody called “{name}” has worked on this dataset, so nothing goes back to them; {known}")]
    NoAnnotator {
        /// Who was named.
        name: String,
        /// A few who have, as the end of the sentence.
        known: String,
    },
    /// A gold example is not overruled.
    #[error(
        "#{example} is a gold example: {name}'s ranking is the known right one, so it can't be overruled; \
         approve it, send it back, or first call that ranking a judgement like any other"
    )]
    GoldExample {
        /// The example.
        example: i64,
        /// Whose ranking is gold.
        name: String,
    },
    /// What decides says how.
    #[error(
        "{name}'s ranking of #{example} is what counts, so it has to be an order: somebody else's has to count \
         before {name} can say that it can't be judged"
    )]
    DecidesAndCannot {
        /// The example.
        example: i64,
        /// Who.
        name: String,
    },
    /// There is no such ranking.
    #[error("{name} has not ranked #{example}")]
    NoRanking {
        /// The example.
        example: i64,
        /// Who.
        name: String,
    },
    /// There is a sample of that name.
    #[error("there is a sample “{0}” already; give the new one another name")]
    SampleThere(String),
    /// A plan or a name by which nothing can be drawn.
    #[error("the sample can't be drawn: {0}")]
    Plan(String),
    /// Nothing is there to draw from.
    #[error(
        "there is nothing to draw from: no submitted example is meant that is not your own work; \
         `goldset list DATASET --where status:submitted` lists those that there are"
    )]
    NothingToSample,
    /// The splits can't be had.
    #[error("the examples can't be split: {0}")]
    Splits(String),
    /// There is no such sample.
    #[error("there is no sample “{0}”; `goldset review` lists those that there are")]
    NoSample(String),
    /// There is a round of that name.
    #[error("there is a round “{0}” already; give the new one another name, or take that one away first")]
    RoundThere(String),
    /// A round that can't be kept.
    #[error("the round can't be kept: {0}")]
    Round(String),
    /// There is no such round.
    #[error("there is no round “{0}”; `goldset failures DATASET` lists those that there are")]
    NoRound(String),
    /// There is no such example.
    #[error("there is no example {0}")]
    NoExample(String),
    /// There is no such facet.
    #[error(
        "there is no facet “{0}”; `goldset facets DATASET --add {0}` makes it, or a facets file, with --file or `goldset new --facets`"
    )]
    NoFacet(String),
    /// An example was not there after the action that its texts were to be restored to.
    #[error(
        "#{example} was not there after action {action}; `goldset log --example {example}` lists what one can go \
         back to"
    )]
    NotThereYet {
        /// The example.
        example: i64,
        /// The action.
        action: i64,
    },
    /// The facet takes only its own values.
    #[error("“{value}” is not a value of {facet}, which is closed; its values are: {known}")]
    ClosedFacet {
        /// The facet.
        facet: String,
        /// What was asked for.
        value: String,
        /// What there is.
        known: String,
    },
    /// Two values for a facet that takes one.
    #[error("{0} takes one value, and this gives it several")]
    OneValue(String),
    /// Nothing to undo.
    #[error("there is nothing of {0}'s to undo")]
    NothingToUndo(String),
    /// Nothing to redo.
    #[error("there is nothing of {0}'s to redo")]
    NothingToRedo(String),
    /// There is too much to count together.
    #[error("{0}")]
    Uncountable(String),
    /// Thresholds that can't be used.
    #[error(transparent)]
    Thresholds(#[from] crate::curation::readiness::ThresholdError),
    /// An answer that can't be kept.
    #[error(transparent)]
    Answers(#[from] crate::curation::readiness::NoMoney),
    /// The facets can't be changed so.
    #[error("{0}")]
    FacetChange(String),
    /// Not a facets file.
    #[error(transparent)]
    Facets(#[from] super::FacetsFileError),
    /// Not a file of frequencies.
    #[error(transparent)]
    Production(#[from] super::ProductionError),
    /// A file can't be read or written.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// Why not.
        source: std::io::Error,
    },
    /// What was given can't be imported at all.
    #[error("{0}")]
    Import(String),
    /// What was asked for can't be exported at all.
    #[error("{0}")]
    Export(String),
    /// An export of which nothing would be left; the report says why.
    #[error("{}", .0.nothing())]
    NothingToExport(Box<ExportReport>),
    /// Somebody stopped it.
    #[error("stopped; nothing was changed")]
    Stopped,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

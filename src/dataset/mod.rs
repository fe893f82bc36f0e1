//! What one can do to a dataset, as verbs; and what one can read of it.
//!
//! Both faces, the terminal and the command line, call these and nothing below. [`Dataset`] is the
//! one writer of a process, [`Reader`] a connection that only reads.

mod assessing;
mod by_gap;
mod by_worth;
mod cache_file;
mod candidates;
mod cell_entries;
mod changes;
mod coded;
mod column_files;
mod definitions;
mod derived;
mod derived_counts;
mod done;
mod duplicates;
mod error;
mod export;
mod facet_change;
mod fact_finding;
mod failing;
mod gauging;
mod handing;
mod import;
mod judgements;
mod judging;
mod kinds_seen;
mod left;
mod lengths;
mod lexical;
mod neighbours;
mod own;
mod pacing;
mod picking;
mod predicting;
mod process;
mod production;
mod queue;
mod read_off;
mod reader;
mod readying;
mod rehearsed;
mod reviewing;
mod round;
mod rounds;
mod rules;
mod samples;
mod selection;
mod sets;
mod splitting;
mod spread;
mod straight;
mod suggesting;
mod survey;
mod tag_columns;
mod tag_file;
mod tag_following;
mod tagged;
mod told;
mod took;
mod transact;
mod unknown_tags;
mod verb;
mod verbs;
mod whole_file;
mod wishes;

pub use assessing::{Assessment, Ground, Trained};
pub use candidates::Candidates;
pub use changes::{Proposing, TextChange, TextField, Texts};
pub use coded::Coded;
pub use column_files::ColumnFiles;
pub use definitions::{FacetsFileError, facets_file, parse_facets_file, parse_facets_file_onto};
pub use derived::{Carried, Derived, Side, Table};
pub use done::{Done, count_examples};
pub use duplicates::Likeness;
pub use error::{Error, Result};
pub use export::{
    Balance, BalanceError, Balanced, ChangedExample, ChangedSince, ExportReport, Failure, How, Kept,
    KeptCounts, Plan, Target, What, WrittenFile, export,
};
pub use facet_change::{FacetChange, Part};
pub use failing::{Compared, Failing, FailingSlice, Siblings};
pub use gauging::gauges;
pub use handing::{Handed, LEASE, Seek};
pub use import::{ImportOptions, ImportReport, Reject, RejectsFile, Source};
pub use judgements::Judged;
pub use judging::{Broken, JudgeReport, Proposed};
pub use left::Left;
pub use neighbours::{Found, Near, Nearness, Neighbours};
pub use own::Own;
pub use pacing::{PaceLog, Paced, money};
pub use picking::{Choice, Pick};
pub use production::{ProductionError, as_in_production};
pub use queue::Queue;
pub use read_off::DerivedFacet;
pub use reader::{ANSWERS_FIELD, ListRow, ORDER_FIELD, Reader};
pub use readying::{Findings, Measured, pace};
pub use reviewing::{Returned, ReviewQueue, Scope, Since};
pub use rules::{
    Proposal, ReadyRules, RuleCounts, RulesFileError, Standings, Tried, parse_rules_file, rules_file,
};
pub use samples::SampleProgress;
pub use selection::Selection;
pub use splitting::{Dealing, Dealt, Leak, ProposedSplits, SmallStratum, SplitReport, Splitting};
pub use spread::{FacetSplits, HeldOut, Lengths, Linked, People, SourceCount, Splits, Untrained};
pub use survey::Survey;
pub use tagged::Tagged;
pub use told::{Became, ToldChange, ToldText};
pub use took::Took;
pub use transact::Dataset;
pub use unknown_tags::UnknownTag;
pub use verb::{Decision, ResponseText, Verb};
pub use whole_file::WholeFile;

pub use crate::store::Error as StoreError;
pub use crate::store::{
    ActionRow, AuthorCount, CellCount, ChangeRow, Counts, Difference, ExampleCount, FacetCount, FlagCount,
    KeptRound, Mode, Outcome, OutcomeCount, ValueCount, View,
};

/// How far a long piece of work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: &'static str,
    /// Units done.
    pub done: u64,
    /// Units in all, where that is known.
    pub total: Option<u64>,
}

/// Hears of progress; answers `false` to stop the work, which then leaves nothing behind.
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> bool;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

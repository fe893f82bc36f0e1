//! How a subcommand ends: done, done with findings, or not done, with a sentence that says why.

use std::io;

use crate::dataset;
use crate::query::QueryError;
use crate::text::width::shown_width;

/// How a subcommand ended that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// All is well.
    Done,
    /// There are rejects, findings or differences: exit code 1.
    Findings,
}

impl Ending {
    /// `Findings` where there are any.
    pub fn with_findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Done }
    }
}

/// Why a subcommand did not do what it was asked: exit code 2.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A verb or a reader says so.
    #[error(transparent)]
    Dataset(#[from] dataset::Error),
    /// A filter can't be understood; shown with a mark under the place.
    #[error("the filter can't be understood: {error}\n{place}")]
    Filter {
        /// What is wrong.
        error: QueryError,
        /// The filter, and below it the mark.
        place: String,
    },
    /// A sentence.
    #[error("{0}")]
    Said(String),
    /// The saved mappings say so.
    #[error(transparent)]
    Mappings(#[from] crate::formats::SavedMappingsError),
    /// A file can't be read or written.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// What is printed can't be written.
    #[error("the standard output can't be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// Puts a mark under the place in a filter that the error is about.
    pub fn filter(text: &str, error: QueryError) -> Self {
        let before = text.get(..error.span.start).unwrap_or(text);
        let wrong = text.get(error.span.clone()).unwrap_or_default();
        let (indent, marks) = (shown_width(before), shown_width(wrong).max(1));
        let shown = crate::text::harmless::harmless(text);
        let place = format!("  {shown}\n  {}{}", " ".repeat(indent), "^".repeat(marks));
        Self::Filter { error, place }
    }

    /// Whether whoever read our output has gone: then there is nobody to tell.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Output(source) | Self::Dataset(dataset::Error::File { source, .. }) => {
                source.kind() == io::ErrorKind::BrokenPipe
            }
            _ => false,
        }
    }
}

/// A result of a subcommand.
pub(super) type Result<T> = std::result::Result<T, Failure>;

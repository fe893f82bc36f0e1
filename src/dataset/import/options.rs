//! How to import, and what.

use std::path::PathBuf;

use crate::example::{Kind, Status, Tag};
use crate::formats::{Format, Mapping};

/// How to import.
#[derive(Default, Clone)]
pub struct ImportOptions {
    /// The format; recognised where none.
    pub format: Option<&'static dyn Format>,
    /// Which field goes where; the format is then `columns`.
    pub mapping: Option<Mapping>,
    /// Say what would be done, and leave everything as it is.
    pub dry_run: bool,
    /// Tags for every example; of a facet that takes one value they take the place of the record's.
    pub tags: Vec<Tag>,
    /// The status of every example, in place of what the file says.
    pub status: Option<Status>,
    /// The kind of every example, in place of what the file says.
    pub kind: Option<Kind>,
}

/// A file to import; `-` is the standard input.
pub type Source = PathBuf;

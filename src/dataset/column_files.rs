//! Where the columns of a dataset are kept from one time to the next: what reading them would take seconds for.

use std::path::Path;

use super::derived::DerivedFile;
use super::tag_file::TagFile;
use super::{Derived, Reader, Result, Tagged};

/// The files of the person's cache with the columns of a dataset: those of the facets that people set, and those
/// of the derived ones. They can be lost at any time.
#[derive(Debug, Clone)]
pub struct ColumnFiles {
    tags: TagFile,
    derived: DerivedFile,
}

impl ColumnFiles {
    /// Those of that dataset, in that folder; neither need be there.
    pub fn of(folder: &Path, dataset: &Path) -> Self {
        Self { tags: TagFile::of(folder, dataset), derived: DerivedFile::of(folder, dataset) }
    }

    /// The tags as they are now: those that were kept with what changed since, or else all of them read from the
    /// dataset, which are then kept.
    pub fn tagged(&self, reader: &Reader) -> Result<Tagged> {
        self.tags.tagged(reader)
    }

    /// The derived facets as they are now, in the same way.
    pub fn derived(&self, reader: &Reader) -> Result<Derived> {
        self.derived.derived(reader)
    }

    /// Keeps the tags, where that is worth while and the file is not nearly as new. Where it can't be written
    /// nothing is lost but time.
    pub fn keep_tags(&self, reader: &Reader, tagged: &Tagged) {
        self.tags.keep(reader, tagged);
    }

    /// Keeps the derived facets, in the same way.
    pub fn keep_derived(&self, reader: &Reader, derived: &Derived) {
        self.derived.keep(reader, derived);
    }
}

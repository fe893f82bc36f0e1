//! Facets: the dimensions that a dataset must cover.

use uuid::Uuid;

use super::Target;

/// One dimension, with its values in the order in which people see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// The name, also the word before the colon in a filter.
    pub name: String,
    /// Whether an example may carry several of its values.
    pub several: bool,
    /// Whether new values may be made while working.
    pub open: bool,
    /// Whether every example should carry one.
    pub required: bool,
    /// The values.
    pub values: Vec<FacetValue>,
}

impl Facet {
    /// Whether so many, or such a share, of one of its values is wanted.
    pub fn has_targets(&self) -> bool {
        self.values.iter().any(|value| value.target.is_some_and(Target::is_something))
    }

    /// Whether anything is asked of it: then what is to be written next says which value.
    pub fn is_asked_for(&self) -> bool {
        self.required || self.has_targets()
    }
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// The name, also the word after the colon in a filter.
    pub name: String,
    /// What is wanted of it, where that was said.
    pub target: Option<Target>,
}

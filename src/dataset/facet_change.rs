//! What can be done to facets and their values. Examples follow: each is one action and one undo, however
//! many examples carry what is changed.

use super::Selection;
use crate::example::{CellWish, Goal, Share, Tag, Target};

/// Some of the examples that carry a value, and the value that they get in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The value; it is made where it is new.
    pub to: String,
    /// Which examples; those of them that carry another value stay as they are.
    pub on: Selection,
}

/// A change of the facets.
#[derive(Debug, Clone, PartialEq)]
pub enum FacetChange {
    /// Makes a facet without values.
    Add {
        /// Its name.
        facet: String,
        /// Whether an example may carry several of its values.
        several: bool,
        /// Whether new values may be made while working.
        open: bool,
        /// Whether every example should carry one.
        required: bool,
    },
    /// Takes a facet away, with its values and all its tags.
    Remove(String),
    /// Gives it another name.
    Rename {
        /// The facet.
        facet: String,
        /// Its new name.
        to: String,
    },
    /// Changes what the facet is; what is `None` stays.
    Set {
        /// The facet.
        facet: String,
        /// Whether an example may carry several of its values. It can't be taken back as long as one does.
        several: Option<bool>,
        /// Whether new values may be made while working.
        open: Option<bool>,
        /// Whether every example should carry one.
        required: Option<bool>,
    },
    /// Adds a value.
    AddValue {
        /// The facet and the value.
        value: Tag,
        /// What is wanted of it.
        target: Option<Target>,
    },
    /// Gives a value another name; the values below it (`billing/refund` of `billing`) come along.
    RenameValue {
        /// The facet and the value.
        value: Tag,
        /// Its new name.
        to: String,
    },
    /// Makes one value of several: whoever carries one of them carries that one then. Targets are added up
    /// where the one that they go into is new or has none.
    MergeValues {
        /// The facet.
        facet: String,
        /// The values, which go.
        values: Vec<String>,
        /// The one that they become; a new one, one of them, or another.
        into: String,
    },
    /// Takes a value away, with its tags.
    RemoveValue(Tag),
    /// Parts a value: some of the examples that carry it get another value of the same facet instead. An example
    /// goes to the first part that it is selected for.
    Part {
        /// The value that they carry.
        value: Tag,
        /// Which of them get which value.
        parts: Vec<Part>,
        /// The value of all others, and then the parted one is no more; where there is none they stay.
        rest: Option<String>,
    },
    /// Sets what is wanted of a value, or takes it away.
    Target {
        /// The facet and the value.
        value: Tag,
        /// How many usable examples, or which share of them.
        target: Option<Target>,
    },
    /// Sets what is wanted where values of two facets meet, or takes it away.
    Cell {
        /// A value of one facet.
        one: Tag,
        /// A value of another.
        other: Tag,
        /// What is wanted.
        wish: Option<CellWish>,
    },
    /// Makes the shares of all values of a facet those of real use: what is not named is wanted not at all, and
    /// what the facet doesn't have is made.
    AsInProduction {
        /// The facet.
        facet: String,
        /// Its values in real use, with their shares.
        shares: Vec<(String, Share)>,
        /// Of how many records of a file that is; 0 where the file counts values itself.
        records: u64,
        /// How many of them say nothing of the facet.
        silent: u64,
    },
    /// Sets how many usable examples are wanted altogether, or takes that away.
    Goal(Option<Goal>),
}

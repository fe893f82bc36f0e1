//! Training formats: reading what others made, writing what trainers accept.
//!
//! A format says how one record (a JSON object, or a row of a table as one) becomes an example
//! and back. What surrounds the records (lines, an array, a table, compression) is the business
//! of [`container`]. Each format is one file that implements [`Format`], and one line in the registry of its
//! folder; [`FAMILIES`] has them all.
//!
//! What all readers do alike: the response is what follows the last user turn; fields that the
//! format doesn't know are kept as metadata; an answer of no text is a blank response.
//! What a writer of the same format needs to give a record back as it came is kept in metadata
//! under the one name `_goldset` (in messages: `_role`, `_calls`, `_value`), which no format but
//! Goldset's own ever writes.

use serde_json::Value;

use crate::example::{
    CellTarget, Contract, Example, Facet, FlagKind, Goal, Model, Protocol, Split, TagRule, Template,
    Thresholds,
};
use rules::{Limits, Rule};

pub mod container;
pub mod mends;
pub mod page;
pub mod rules;

mod attributes;
mod build;
mod calls;
mod chat;
mod checked;
mod choice;
mod columns;
mod extra;
mod fields;
mod goldset;
mod hosted;
mod judgement;
mod left_out;
mod local;
mod mapped;
mod mapping;
mod messages;
mod outgoing;
mod outputs;
mod plain;
mod recognise;
mod sample;
mod saved_mappings;
mod sources;
mod steps;
mod strings;
mod tools;

pub use checked::{CHECKED, Checked, checked};
pub use choice::{Choice, PairMode};
pub use mapping::{Mapping, MappingError, Target};
pub use outgoing::{Carries, Conversation, Outgoing};
pub use recognise::{Certainty, Recognised, Sure, Unrecognised, recognise};
pub use sample::{Field, Sample};
pub use saved_mappings::{SavedMappings, SavedMappingsError};

/// A few formats that are made by like hands.
pub struct Family {
    /// What they have in common, for people.
    pub title: &'static str,
    /// The formats. Where two fit a file equally well, recognition takes the first.
    pub formats: &'static [&'static dyn Format],
}

/// Every format, in the order in which `goldset formats` lists them.
pub const FAMILIES: &[Family] = &[
    Family { title: "Goldset", formats: &[&goldset::Goldset] },
    Family { title: "Services that train models", formats: hosted::FORMATS },
    Family { title: "Trainers on your own machines", formats: local::FORMATS },
    Family { title: "Tables and lists", formats: &[&columns::Columns, &outputs::Outputs, &strings::Strings] },
    Family { title: "Public datasets and labelling tools", formats: sources::FORMATS },
];

/// Every format, in the order in which recognition tries them.
pub fn all() -> impl Iterator<Item = &'static dyn Format> {
    FAMILIES.iter().flat_map(|family| family.formats.iter().copied())
}

/// The format of that id.
pub fn by_id(id: &str) -> Option<&'static dyn Format> {
    all().find(|format| format.id() == id)
}

/// One training format.
pub trait Format: Sync {
    /// The name on the command line: `openai-chat`.
    fn id(&self) -> &'static str;
    /// The name for people.
    fn title(&self) -> &'static str;
    /// Its fields and who takes it, in a sentence or two, with the source.
    fn about(&self) -> &'static str;
    /// The container that files of this format usually have.
    fn container(&self) -> container::Kind;
    /// What a record of it is made of.
    fn carries(&self) -> Carries;
    /// What its consumers demand of every example.
    fn rules(&self) -> &'static [&'static dyn Rule] {
        &[]
    }
    /// How many records, tokens and bytes its consumers take.
    fn limits(&self) -> Limits {
        Limits::NONE
    }
    /// What its consumers call the file of a split, without the ending: MLX wants `valid`.
    fn split_name(&self, split: Split) -> &'static str {
        split.as_str()
    }
    /// Files that its consumers want beside a file of that name (a description of the columns, settings of
    /// the trainer). `files` are the names that an export gave its files, without folders.
    fn side_files(&self, _files: &[String]) -> Vec<SideFile> {
        Vec::new()
    }
    /// Whether its records bring ids of their own, so that the same example may come twice.
    fn brings_ids(&self) -> bool {
        false
    }
    /// Whether records of several files belong together, as the answers of several models do that stand in a
    /// file each: then one reader reads all files of an import.
    fn joins_files(&self) -> bool {
        false
    }
    /// How well a record looks like this format.
    fn fit(&self, record: &Value) -> Fit;
    /// Begins reading; `None` where the format is only written.
    fn reader(&self, options: &ReadOptions) -> Option<Box<dyn Reader>>;
    /// Begins writing; `None` where the format is only read.
    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>>;
}

/// A file that goes with an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFile {
    /// Its name, without a folder.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// Whether it is a JSON object whose entries are added to those of a file that is there already.
    pub joins: bool,
}

/// How sure a format is that a record is of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It can't be.
    No,
    /// It could be read so, but other formats might say more of it.
    Possible,
    /// Its fields are this format's.
    Likely,
    /// Nothing else looks like this.
    Certain,
}

/// What a person may say about how to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Which field goes where, for tables and objects whose fields don't name themselves. Only
    /// the format `columns` asks for it.
    pub mapping: Option<Mapping>,
}

/// What a person may say about how to write.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// Whether fields that came along from elsewhere are written too. `None`: only by formats that
    /// are not for training (`goldset`, `columns`, `outputs`). Fields whose names mean something to
    /// trainers are written by no other in any case.
    pub extra_fields: Option<bool>,
    /// Whether what people said (outcome, rankings, reviews, authors) is written into a field `judgement`,
    /// by formats that have room for one. `None`: only by `outputs`.
    pub judgements: Option<bool>,
    /// Which responses go out.
    pub choice: Choice,
}

impl WriteOptions {
    /// Whether a format for training writes fields that came along.
    fn extra(&self) -> bool {
        self.extra_fields.unwrap_or(false)
    }

    /// Whether a format for training writes what people said.
    fn judged(&self) -> bool {
        self.judgements.unwrap_or(false)
    }
}

/// What a reader makes of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// An example.
    Example(Box<Example>),
    /// Facets and kinds of flags (only Goldset's own files carry them).
    Definitions(Box<Definitions>),
}

/// The parts of a dataset that are not examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Definitions {
    /// The facets with their values and targets.
    pub facets: Vec<Facet>,
    /// What is wanted where values of two of them meet.
    pub cells: Vec<CellTarget>,
    /// The kinds of flags.
    pub flag_kinds: Vec<FlagKind>,
    /// What every response must satisfy.
    pub contract: Option<Box<Contract>>,
    /// The model that the dataset is for.
    pub model: Option<Model>,
    /// How it is ranked and reviewed.
    pub protocol: Option<Protocol>,
    /// How many usable examples are wanted altogether.
    pub goal: Option<Goal>,
    /// From where on it is ready.
    pub thresholds: Option<Box<Thresholds>>,
    /// What new examples are begun from.
    pub templates: Vec<Template>,
    /// What proposes tags.
    pub rules: Vec<TagRule>,
}

/// Turns records into examples, one after the other.
pub trait Reader: Send {
    /// Reads one record. An empty list means that it will be part of a later item (message trees).
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit>;
    /// Whether [`Reader::finish`] may refuse records that were read: then they are kept until then, to be shown.
    fn refuses_late(&self) -> bool {
        false
    }
    /// What was waiting for the end of the file.
    fn finish(&mut self) -> Finished {
        Finished::default()
    }
}

/// What a reader held back until the end of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finished {
    /// The items.
    pub items: Vec<Item>,
    /// The records that turned out to have no place, each by its number in the order of the calls
    /// of [`Reader::read`], from 0.
    pub misfits: Vec<(usize, Misfit)>,
}

/// Why a record can't be read as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The field that is wrong, as a path: `messages[2].role`. The empty path is the whole record.
    pub field: String,
    /// What is wrong with it, and what would be right.
    pub reason: String,
}

impl std::error::Error for Misfit {}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field.as_str() {
            "" => write!(f, "the record {}", self.reason),
            field => write!(f, "{field} {}", self.reason),
        }
    }
}

/// Turns examples into records.
pub trait Writer: Send {
    /// The records that stand before all others (Goldset's own files begin with the definitions).
    fn begin(&mut self, _definitions: &Definitions) -> Vec<Value> {
        Vec::new()
    }
    /// The records of one example: none is an error that says why.
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable>;
}

/// The records that one example became.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// One, or one for each pair.
    pub records: Vec<Value>,
    /// What the format could not carry, each in a few words that are the same for every example
    /// (`"flags"`, `"rankings"`, `"response authors"`): the report counts them.
    pub left_out: Vec<&'static str>,
}

/// Why an example has no place in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unwritable(
    /// In words that are the same for like examples: the report counts them.
    pub &'static str,
);

#[cfg(test)]
mod tests;

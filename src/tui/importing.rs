//! What the screen for bringing in files asks, and what it hears.

use std::path::PathBuf;

use crate::dataset::{ImportOptions, ImportReport};
use crate::example::{Kind, Status};
use crate::formats::{self, Certainty, Field, Mapping};
use crate::text::count::plural;
use crate::tui::effect::Tone;

/// How the records of a file are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum How {
    /// As what they look like.
    #[default]
    AsItLooks,
    /// In the format of that id.
    Format(&'static str),
    /// Field by field, as the names of the fields of each record suggest: this is what those of the first are
    /// taken for.
    Guessed(Mapping),
    /// Field by field, as somebody said.
    Mapping(Mapping),
}

impl How {
    /// What becomes of the fields, where they are what it is about.
    pub fn mapping(&self) -> Option<&Mapping> {
        match self {
            Self::Guessed(mapping) | Self::Mapping(mapping) => Some(mapping),
            Self::AsItLooks | Self::Format(_) => None,
        }
    }
}

/// The format whose fields a mapping names.
pub const COLUMNS: &str = "columns";

/// What is to be brought in, and how.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bringing {
    /// The file.
    pub path: PathBuf,
    /// How its records are read.
    pub how: How,
    /// The status of every example, in place of what the file says.
    pub status: Option<Status>,
    /// The kind of every example, in place of what the file says.
    pub kind: Option<Kind>,
    /// The file that gets what is rejected, as it was typed.
    pub rejects: Option<String>,
    /// Only tell what would come in.
    pub is_trial: bool,
}

impl Bringing {
    /// The same, as the dataset takes it.
    pub fn options(&self) -> ImportOptions {
        ImportOptions {
            format: match self.how {
                How::Format(id) => formats::by_id(id),
                How::Guessed(_) => formats::by_id(COLUMNS),
                How::AsItLooks | How::Mapping(_) => None,
            },
            mapping: match &self.how {
                How::Mapping(mapping) => Some(mapping.clone()),
                How::AsItLooks | How::Format(_) | How::Guessed(_) => None,
            },
            dry_run: self.is_trial,
            tags: Vec::new(),
            status: self.status,
            kind: self.kind,
        }
    }
}

/// A file as its first records show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// The file.
    pub path: PathBuf,
    /// What surrounds the records: `jsonl`, `csv`.
    pub container: &'static str,
    /// The format that it looks like and how sure that is; or why none fits.
    pub found: Result<(&'static str, Certainty), String>,
    /// How the records were read.
    pub how: How,
    /// Why they can't be read so at all, where nothing is asked of a single record.
    pub trouble: Option<String>,
    /// The fields that they have.
    pub fields: Vec<Field>,
    /// The first of them.
    pub shown: Vec<Shown>,
    /// How many of them were looked at.
    pub looked_at: usize,
    /// How many of them don't become part of an example.
    pub misfits: usize,
    /// How many places in the file hold no record.
    pub broken: usize,
    /// Whether the file has no others.
    pub is_all: bool,
}

/// A record, and what it becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The record, laid out.
    pub record: String,
    /// The pages of the examples that come of it, or why none does.
    pub made: Result<Vec<String>, String>,
}

/// A file that could be brought in, or a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name, with a slash where it is a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
}

/// How bringing in ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Brought {
    /// All of it is in the dataset.
    In(Box<ImportReport>),
    /// It was only tried.
    Tried(Box<ImportReport>),
    /// Somebody stopped it: the dataset is as it was.
    Stopped,
    /// It failed, and the dataset is as it was; the sentence says why.
    Failed(String),
}

impl Brought {
    /// How it is told.
    pub fn told(&self) -> (Tone, String) {
        match self {
            Self::In(report) if report.action.is_none() => {
                (Tone::Look, "nothing was brought in: no record could be read".to_owned())
            }
            Self::In(report) => (tone(report), format!("brought in {}", said(report))),
            Self::Tried(report) => (tone(report), format!("would bring in {}", said(report))),
            Self::Stopped => (Tone::Look, "stopped; the dataset is as it was".to_owned()),
            Self::Failed(sentence) => (Tone::Bad, format!("nothing was brought in: {sentence}")),
        }
    }
}

fn tone(report: &ImportReport) -> Tone {
    if report.rejected > 0 { Tone::Look } else { Tone::Good }
}

/// `12 examples from 12 records; 3 records are rejected`.
pub fn said(report: &ImportReport) -> String {
    let mut said = plural(report.examples, "example");
    if report.definitions > 0 {
        said = format!("{said} and {}", plural(report.definitions, "definition"));
    }
    said = format!("{said} from {}", plural(report.imported, "record"));
    match report.rejected {
        0 => said,
        1 => format!("{said}; 1 record is rejected"),
        n => format!("{said}; {} are rejected", plural(n, "record")),
    }
}

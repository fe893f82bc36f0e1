//! What surrounds records in a file: lines, an array, a table, Parquet; and compression.
//!
//! Reading is [`open`] and [`open_path`], which give [`Records`]; writing is [`Sink`]. Neither
//! keeps more than one record in memory, however long the file is.

mod detect;
mod document;
mod escape;
mod lines;
mod parquet;
mod position;
mod records;
mod sink;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use records::{BadRecord, ReadError, Record, Records};
pub use sink::Sink;
pub use source::{open, open_path};

/// How the records of a file follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One JSON value a line.
    JsonLines,
    /// One JSON array.
    JsonArray,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// Plain lines of text, each a record that is a string.
    Lines,
    /// Parquet, each row an object.
    Parquet,
}

impl Kind {
    /// The kind that files of that name usually have; `None` where the name doesn't say.
    pub fn of_name(name: &str) -> Option<Self> {
        match ending(Compression::strip(name)).as_str() {
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "json" => Some(Self::JsonArray),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "txt" => Some(Self::Lines),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// The usual ending of such a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::JsonArray => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Lines => "txt",
            Self::Parquet => "parquet",
        }
    }
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, `.gz`.
    Gzip,
    /// Zstandard, `.zst`.
    Zstd,
}

impl Compression {
    /// What the ending of a file's name asks for.
    pub fn of_name(name: &str) -> Self {
        match ending(name).as_str() {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            _ => Self::None,
        }
    }

    /// What the first bytes of a file say.
    fn of_bytes(head: &[u8]) -> Self {
        if head.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Self::Zstd
        } else {
            Self::None
        }
    }

    /// The name without the ending that says how it is compressed.
    fn strip(name: &str) -> &str {
        match (Self::of_name(name), name.rsplit_once('.')) {
            (Self::Gzip | Self::Zstd, Some((stem, _))) => stem,
            _ => name,
        }
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

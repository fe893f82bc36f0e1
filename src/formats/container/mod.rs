//! What surrounds records in a file: lines, an array, a table; and compression.

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
}

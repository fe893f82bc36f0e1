//! Parquet: tables with nested columns, each row an object.
//!
//! A column that holds JSON as text, because its values have no one shape, is named under [`JSON_COLUMNS`]
//! in the file, so that reading gives the values back; for every other reader it is text.

mod kinds;
mod levels;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod write;

use std::io;

use ::parquet::errors::ParquetError;

pub(super) use read::Rows;
pub(super) use write::Table;

/// What a Parquet file begins and ends with.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Under this name a file's metadata lists the paths of the columns whose text is JSON.
const JSON_COLUMNS: &str = "goldset.json_columns";

/// Deeper than this no file is nested that was meant.
const DEEPEST: usize = 127;

fn wrong(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => wrong(format!("it is not a whole Parquet file: {error}")),
        },
        ParquetError::General(what) | ParquetError::NYI(what) | ParquetError::EOF(what) => {
            wrong(format!("it is not a whole Parquet file: {what}"))
        }
        other => wrong(format!("it is not a whole Parquet file: {other}")),
    }
}

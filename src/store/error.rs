//! What can go wrong with a dataset file, as sentences.

use std::path::PathBuf;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("{0}: there is no such file; `goldset new {0}` makes one")]
    Missing(PathBuf),
    /// There is one already.
    #[error("{0}: the file is there already, so no new dataset was made")]
    Exists(PathBuf),
    /// It is not a dataset.
    #[error("{path}: this is not a Goldset dataset ({reason}); the file was not changed")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How it could be seen.
        reason: String,
    },
    /// The file has an older schema and can't be brought up to date here.
    #[error(
        "{path} was written by an older Goldset; open it once where it can be written, and it is brought up to date"
    )]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// A later version made it.
    #[error(
        "{path}: a newer Goldset wrote this dataset (schema {found}, this program knows {known}); the file was not changed"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// It is damaged.
    #[error("{path}: the dataset is damaged ({reason}); the file was not changed. Restore it from a backup")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was seen.
        reason: String,
    },
    /// It can be read, but not written.
    #[error(
        "{0}: the dataset can't be written here, because the file or its folder is protected; \
         copy it to where you may write"
    )]
    Unwritable(PathBuf),
    /// It can't be read before something is written.
    #[error(
        "{path}: an interrupted import has to be turned back before this dataset can be read, and it can't be \
         written here; copy it with {} to where you may write, and open it there", .journal.display()
    )]
    Interrupted {
        /// The file.
        path: PathBuf,
        /// What the import left beside it.
        journal: PathBuf,
    },
    /// The file can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// What is kept for the whole dataset can't be read.
    #[error("the {name} of the dataset can't be read: {reason}; set it anew")]
    Setting {
        /// Which.
        name: &'static str,
        /// Why not.
        reason: String,
    },
    /// Something that a row refers to is not there.
    #[error("there is no {what} “{name}”")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// What the journal says can't be undone as things are.
    #[error("{0}")]
    Conflict(String),
    /// A row's JSON is not what this program writes.
    #[error("example #{example}: its {column} can't be read ({reason})")]
    Unreadable {
        /// The example's number.
        example: i64,
        /// The column.
        column: &'static str,
        /// Why not.
        reason: String,
    },
    /// The disk, or SQLite.
    #[error("{}", describe(.0))]
    Database(#[from] rusqlite::Error),
}

fn describe(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full; nothing of this was saved".to_owned(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process holds the dataset; nothing of this was saved, try again".to_owned()
        }
        Some(ErrorCode::ReadOnly) => {
            "the dataset can't be written here; nothing of this was saved".to_owned()
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            format!("the dataset is damaged ({error}); restore it from a backup")
        }
        _ => format!("the database says: {error}"),
    }
}

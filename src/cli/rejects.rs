//! What an import rejected: into a file that appears whole or not at all, or told on the standard error.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::failure::{Failure, Result};
use crate::dataset::{Reject, WholeFile};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

/// Rejects that are told one by one where there is no file for them.
const TOLD: u64 = 10;

/// Where rejects go.
pub(super) enum Rejects {
    /// Into a file.
    File {
        /// What it will be called.
        path: PathBuf,
        /// What it is until all is written.
        file: BufWriter<WholeFile>,
    },
    /// To the person.
    Told(u64),
}

impl Rejects {
    /// Opens the file now, so that an import does not begin where it can't be written.
    pub fn begin(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Told(0)) };
        if path == Path::new("-") {
            return Err(Failure::Said(
                "--rejects needs the name of a file; without it the first rejects are told on the standard error"
                    .to_owned(),
            ));
        }
        let file = WholeFile::begin(path).map_err(|error| failed(path, error))?;
        Ok(Self::File { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Takes one reject.
    pub fn take(&mut self, reject: &Reject) -> io::Result<()> {
        match self {
            Self::File { file, .. } => {
                serde_json::to_writer(&mut *file, &as_json(reject))?;
                file.write_all(b"\n")
            }
            Self::Told(n) => {
                *n += 1;
                if *n <= TOLD {
                    // Whoever closed the standard error does not want to hear it.
                    let _ = writeln!(io::stderr(), "goldset: {}", harmless(&reject.to_string()));
                }
                Ok(())
            }
        }
    }

    /// All have come: the file appears, or the rest is counted.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::File { path, file } => {
                let file = file.into_inner().map_err(|error| failed(&path, error.into_error()))?;
                file.finish().map_err(|error| failed(&path, error))?;
            }
            Self::Told(n) if n > TOLD => {
                let _ = writeln!(
                    io::stderr(),
                    "goldset: … and {} more (use --rejects FILE to have them all)",
                    thousands(n - TOLD)
                );
            }
            Self::Told(_) => {}
        }
        Ok(())
    }
}

fn failed(path: &Path, source: io::Error) -> Failure {
    Failure::File { name: format!("the file of rejects, {}", path.display()), source }
}

fn as_json(reject: &Reject) -> Value {
    let mut map = Map::new();
    map.insert("file".to_owned(), json!(reject.file));
    map.insert("line".to_owned(), json!(reject.line));
    if let Some(column) = reject.column {
        map.insert("column".to_owned(), json!(column));
    }
    if !reject.field.is_empty() {
        map.insert("field".to_owned(), json!(reject.field));
    }
    map.insert("reason".to_owned(), json!(reject.reason));
    map.insert("record".to_owned(), json!(String::from_utf8_lossy(&reject.raw)));
    Value::Object(map)
}

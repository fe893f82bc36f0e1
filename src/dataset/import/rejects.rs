//! The file of what an import rejected.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::report::Reject;
use crate::dataset::{Error, Result, WholeFile};

/// Bytes of the first line that are looked at.
const MOST: u64 = 64 * 1024;

/// A file of rejects, one JSON object a line, which appears whole or not at all.
pub struct RejectsFile {
    /// What it will be called.
    path: PathBuf,
    /// What it is until all is written.
    file: BufWriter<WholeFile>,
}

impl RejectsFile {
    /// Opens the file now, so that an import does not begin where it can't be written. A file that is no earlier
    /// one of its kind is not written over.
    pub fn begin(path: &Path) -> Result<Self> {
        if is_somebody_elses(path).map_err(|error| failed(path, error))? {
            let sentence =
                "it is there already and holds something else; choose another name, or take it away";
            return Err(failed(path, io::Error::new(io::ErrorKind::AlreadyExists, sentence)));
        }
        let file = WholeFile::begin(path).map_err(|error| failed(path, error))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Takes one reject.
    pub fn take(&mut self, reject: &Reject) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, &as_json(reject))?;
        self.file.write_all(b"\n")
    }

    /// All have come: the file appears.
    pub fn finish(self) -> Result<()> {
        let Self { path, file } = self;
        let file = file.into_inner().map_err(|error| failed(&path, error.into_error()))?;
        file.finish().map_err(|error| failed(&path, error))
    }
}

/// Whether there is a file that is neither empty nor one of rejects.
fn is_somebody_elses(path: &Path) -> io::Result<bool> {
    if !path.metadata().is_ok_and(|about| about.is_file() && about.len() > 0) {
        return Ok(false);
    }
    let mut line = Vec::new();
    BufReader::new(File::open(path)?).take(MOST).read_until(b'\n', &mut line)?;
    let is_reject = |text: &[u8]| {
        let begins = br#"{"file":""#;
        let text = String::from_utf8_lossy(text);
        text.as_bytes().starts_with(begins) && text.contains("\"reason\":")
    };
    Ok(!is_reject(&line))
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::File { name: format!("the file of rejects, {}", path.display()), source }
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

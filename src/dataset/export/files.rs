//! The files of an export on their way: hashed and counted as they are written, and in their places only
//! when all is well.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::straight::open_straight;
use super::super::{Error, Result, WholeFile};
use super::report::{Failure, WrittenFile};
use crate::example::Split;
use crate::formats::Format;
use crate::formats::container::{Kind, Sink};

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: only to see what would become of it.
    Nowhere,
    /// To the standard output.
    Standard,
    /// Into one file.
    File(PathBuf),
    /// Into a folder, a file for each split; what has none goes with what is for training.
    Folder(PathBuf),
}

/// The files of an export.
pub(super) struct Files<'a> {
    target: &'a Target,
    format: &'static dyn Format,
    bom: bool,
    open: Vec<(Option<Split>, Open)>,
}

struct Open {
    name: String,
    sink: Sink<Hashed>,
}

impl<'a> Files<'a> {
    pub fn new(target: &'a Target, format: &'static dyn Format, bom: bool) -> Self {
        Self { target, format, bom, open: Vec::new() }
    }

    /// The file for the examples of a split, which is begun at the first call.
    pub fn sink(&mut self, split: Option<Split>) -> Result<(&mut Sink<Hashed>, &str)> {
        let split = self.split_of(split);
        let at = self.open.iter().position(|(there, _)| *there == split);
        let at = if let Some(at) = at {
            at
        } else {
            let opened = self.begin(split)?;
            self.open.push((split, opened));
            self.open.len() - 1
        };
        match self.open.get_mut(at) {
            Some((_, open)) => Ok((&mut open.sink, &open.name)),
            None => Err(Error::Export("a file that was begun is gone".to_owned())),
        }
    }

    /// The name of the file that the examples of a split go into.
    pub fn name_of(&self, split: Option<Split>) -> String {
        match self.target {
            Target::Nowhere | Target::Standard => "-".to_owned(),
            Target::File(path) => path.display().to_string(),
            Target::Folder(_) => name_of(self.format, self.split_of(split).unwrap_or(Split::Train)),
        }
    }

    /// Whether no file was begun.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The split that has a file of its own; none where all go into one.
    fn split_of(&self, split: Option<Split>) -> Option<Split> {
        matches!(self.target, Target::Folder(_)).then_some(split.unwrap_or(Split::Train))
    }

    fn begin(&self, split: Option<Split>) -> Result<Open> {
        let by_format = self.format.container();
        let name = self.name_of(split);
        let (kind, way) = match self.target {
            Target::Nowhere => (by_format, Way::Nowhere),
            Target::Standard => (by_format, Way::Waiting(spool("standard output")?, None)),
            Target::File(path) => {
                let kind = Kind::of_name(&name).unwrap_or(by_format);
                let is_stream = path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir());
                let way = if is_stream {
                    Way::Waiting(spool(&name)?, Some(path.clone()))
                } else {
                    Way::File(WholeFile::begin(path).map_err(failed(&name))?)
                };
                (kind, way)
            }
            Target::Folder(folder) => {
                let path = folder.join(&name);
                let shown = path.display().to_string();
                std::fs::create_dir_all(folder).map_err(failed(&shown))?;
                (by_format, Way::File(WholeFile::begin(&path).map_err(failed(&shown))?))
            }
        };
        let mut hashed = Hashed { way, hash: Sha256::new(), bytes: 0 };
        if self.bom {
            hashed.write_all("\u{feff}".as_bytes()).map_err(failed(&name))?;
        }
        let sink = Sink::new(hashed, kind, &name).map_err(failed(&name))?;
        Ok(Open { name, sink })
    }

    /// Whether the folder holds no file of a split that this export does not write: whoever reads the folder
    /// would take it for a part of it, and what was a test before may be trained on now.
    fn is_alone(&self) -> Result<()> {
        let Target::Folder(folder) = self.target else { return Ok(()) };
        for &split in Split::ALL {
            let name = name_of(self.format, split);
            let is_ours = self.open.iter().any(|(there, _)| *there == Some(split));
            if !is_ours && folder.join(&name).exists() {
                return Err(Error::Export(format!(
                    "{} holds {name} of another export, which would not fit the files of this one: take it away, or \
                     choose another folder",
                    folder.display()
                )));
            }
        }
        Ok(())
    }

    /// Ends all files, and only then puts them in their places, unless one of them is wrong.
    pub fn finish(
        self,
        wrong: impl Fn(&str, u64) -> Option<Failure>,
    ) -> Result<std::result::Result<Vec<WrittenFile>, Failure>> {
        self.is_alone()?;
        let mut ended = Vec::new();
        for (_, Open { name, sink }) in self.open {
            let records = sink.count();
            let hashed = sink.finish().map_err(failed(&name))?;
            if let Some(failure) = wrong(&name, hashed.bytes) {
                return Ok(Err(failure));
            }
            ended.push((name, records, hashed));
        }
        let mut files = Vec::with_capacity(ended.len());
        for (name, records, hashed) in ended {
            let file = WrittenFile {
                sha256: hex(&hashed.hash.finalize()),
                bytes: hashed.bytes,
                records: Some(records),
                name,
            };
            hashed.way.finish().map_err(failed(&file.name))?;
            files.push(file);
        }
        Ok(Ok(files))
    }
}

/// The name of the file of a split, in a folder.
fn name_of(format: &dyn Format, split: Split) -> String {
    format!("{}.{}", format.split_name(split), format.container().ending())
}

/// The names that files in a folder can have.
pub(super) fn names(format: &'static dyn Format) -> impl Iterator<Item = String> {
    Split::ALL.iter().map(move |&split| name_of(format, split))
}

/// Writes a small file that goes with an export; whole or not at all.
pub(super) fn write_beside(path: &Path, name: &str, bytes: &[u8]) -> Result<WrittenFile> {
    let shown = path.display().to_string();
    let mut file = WholeFile::begin(path).map_err(failed(&shown))?;
    file.write_all(bytes).map_err(failed(&shown))?;
    file.finish().map_err(failed(&shown))?;
    Ok(WrittenFile {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
        records: None,
    })
}

pub(super) fn failed(name: &str) -> impl Fn(io::Error) -> Error + '_ {
    |source| Error::File { name: name.to_owned(), source }
}

/// What can't appear at once waits in a file of its own until all is judged.
fn spool(name: &str) -> Result<File> {
    tempfile::tempfile().map_err(failed(name))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // writing to a string can't fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Hashes what goes through.
pub(super) struct Hashed {
    way: Way,
    hash: Sha256,
    bytes: u64,
}

enum Way {
    Nowhere,
    File(WholeFile),
    /// Copied at the end into what is no ordinary file; `None`: to the standard output.
    Waiting(File, Option<PathBuf>),
}

impl Way {
    fn finish(self) -> io::Result<()> {
        match self {
            Self::Nowhere => Ok(()),
            Self::File(file) => file.finish(),
            Self::Waiting(mut file, to) => {
                file.seek(SeekFrom::Start(0))?;
                match to {
                    Some(path) => copy(&mut file, &mut open_straight(&path)?),
                    None => copy(&mut file, &mut io::stdout().lock()),
                }
            }
        }
    }
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    io::copy(from, to)?;
    to.flush()
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = match &mut self.way {
            Way::Nowhere => bytes.len(),
            Way::File(file) => file.write(bytes)?,
            Way::Waiting(file, _) => file.write(bytes)?,
        };
        self.hash.update(bytes.get(..n).unwrap_or_default());
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Nowhere => Ok(()),
            Way::File(file) => file.flush(),
            Way::Waiting(file, _) => file.flush(),
        }
    }
}

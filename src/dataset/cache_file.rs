//! A file of the person's cache with what reading a dataset would take seconds for. It can be lost at any time,
//! and is used only where the journal still goes on from where it ends.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::{Reader, Result, WholeFile};
use crate::store;

/// So many bytes say whether it is of use.
const HEAD: usize = 8 + 8 + 16 + 8;
/// Below so many examples reading the dataset is as quick.
const WORTH_WHILE: usize = 20_000;
/// So many lines of the journal may come before the file is written again.
const STALE: i64 = 2_000;

/// Where something of a dataset is kept.
#[derive(Debug, Clone)]
pub(super) struct CacheFile {
    path: PathBuf,
    /// What the file begins with; another way of writing it has another number at its end.
    magic: [u8; 8],
}

/// What says whether a file is of use.
struct Head {
    /// The last line of the journal that is in it.
    seen: i64,
    /// The action which that line belongs to: a copy that went another way has another one there.
    action: [u8; 16],
    /// What the codes in it stand for.
    shape: u64,
}

/// What was kept.
pub(super) struct Kept {
    /// The last line of the journal that is in it.
    pub seen: i64,
    bytes: Vec<u8>,
}

impl Kept {
    /// What was written after the head.
    pub fn body(&self) -> Bytes<'_> {
        // it was as long as the head and the sum when it was read
        Bytes(self.bytes.get(HEAD..self.bytes.len().saturating_sub(8)).unwrap_or_default())
    }
}

impl CacheFile {
    /// The one of that dataset and of that ending, in that folder; neither need be there.
    pub fn of(folder: &Path, dataset: &Path, ending: &str, magic: [u8; 8]) -> Self {
        let dataset = dataset.canonicalize().unwrap_or_else(|_| dataset.to_owned());
        let name = xxh3_64(dataset.as_os_str().as_encoded_bytes());
        Self { path: folder.join(format!("{name:016x}.{ending}")), magic }
    }

    /// Whether reading so many examples anew takes long enough to keep them.
    pub const fn is_worth_while(examples: usize) -> bool {
        examples >= WORTH_WHILE
    }

    /// Whether the file has nearly all of what was done up to that line of the journal, in that shape.
    pub fn is_nearly_as_new(&self, seen: i64, shape: u64) -> bool {
        let is_new = |head: Head| (0..STALE).contains(&(seen - head.seen)) && head.shape == shape;
        self.head().is_some_and(is_new)
    }

    /// Writes it whole: the last line of the journal that is in it with the action of that line, what its codes
    /// stand for, and what `put` appends. Not before there is a journal to go on from.
    pub fn write(
        &self,
        (seen, shape): (i64, u64),
        action: Option<[u8; 16]>,
        put: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        let Some(action) = action else { return Ok(()) };
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut bytes = Vec::new();
        bytes.extend(self.magic);
        bytes.extend(seen.to_le_bytes());
        bytes.extend(action);
        bytes.extend(shape.to_le_bytes());
        put(&mut bytes);
        let mut file = WholeFile::begin(&self.path)?;
        file.write_all(&bytes)?;
        file.write_all(&xxh3_64(&bytes).to_le_bytes())?;
        file.finish()
    }

    /// What was kept; `None` where nothing was, where it was damaged, is not of this dataset, or its codes stand
    /// for something else.
    pub fn read(&self, reader: &Reader, shape: u64) -> Result<Option<Kept>> {
        let Ok(bytes) = std::fs::read(&self.path) else { return Ok(None) };
        let Some((body, sum)) = bytes.split_last_chunk::<8>() else { return Ok(None) };
        if xxh3_64(body) != u64::from_le_bytes(*sum) {
            return Ok(None);
        }
        let Some(Head { seen, action, shape: kept }) = self.head_of(&mut Bytes(body)) else {
            return Ok(None);
        };
        let is_ours = kept == shape && store::action_of_change(&reader.connection, seen)? == Some(action);
        Ok(is_ours.then_some(Kept { seen, bytes }))
    }

    /// How the file begins.
    fn head(&self) -> Option<Head> {
        let mut head = [0; HEAD];
        File::open(&self.path).and_then(|mut file| file.read_exact(&mut head)).ok()?;
        self.head_of(&mut Bytes(&head))
    }

    fn head_of(&self, bytes: &mut Bytes<'_>) -> Option<Head> {
        if bytes.take::<8>()? != self.magic {
            return None;
        }
        Some(Head {
            seen: i64::from_le_bytes(bytes.take()?),
            action: bytes.take()?,
            shape: u64::from_le_bytes(bytes.take()?),
        })
    }

    /// The file itself.
    #[cfg(test)]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Appends how many of something follow.
pub(super) fn put_length(bytes: &mut Vec<u8>, n: usize) {
    bytes.extend(u64::try_from(n).unwrap_or(u64::MAX).to_le_bytes());
}

/// What is still to be read.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// The next `N` bytes.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    /// The next `n` bytes.
    pub fn slice(&mut self, n: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(first)
    }

    /// What [`put_length`] wrote.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(self.take()?)).ok()
    }

    /// The next `n` of `N` bytes each.
    pub fn many<const N: usize, T>(&mut self, n: usize, of: impl Fn([u8; N]) -> T) -> Option<Vec<T>> {
        let (chunks, _) = self.slice(n.checked_mul(N)?)?.as_chunks::<N>();
        Some(chunks.iter().map(|chunk| of(*chunk)).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;

    /// Whatever is cut off or changed of a file that was written, it is not used.
    pub fn is_used_whole_or_not_at_all(file: &CacheFile, is_used: impl Fn() -> bool) {
        assert!(is_used(), "as it was written");
        let whole = std::fs::read(file.path()).unwrap();
        for end in 0..whole.len() {
            std::fs::write(file.path(), whole.get(..end).unwrap()).unwrap();
            assert!(!is_used(), "cut after {end} bytes");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 1;
            }
            std::fs::write(file.path(), damaged).unwrap();
            assert!(!is_used(), "byte {at} damaged");
        }
    }
}

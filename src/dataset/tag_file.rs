//! The tags of all examples in a file of the person's cache: what reading them from the dataset would take
//! seconds for. It can be lost at any time, and is used only where the journal still goes on from where it ends.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use uuid::Uuid;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::tagged::{Rows, Tagged, usable};
use super::wishes::Wishes;
use super::{Reader, Result, WholeFile};
use crate::curation::tway::{Column, Columns};
use crate::example::{Facet, Status};
use crate::store;

/// What the file begins with; another way of writing it has another number.
const MAGIC: &[u8; 8] = b"GStags\0\x01";
/// So many bytes say whether it is of use.
const HEAD: usize = 8 + 8 + 16 + 8;
/// Below so many examples reading the dataset is as quick.
const WORTH_WHILE: usize = 20_000;
/// So many lines of the journal may come before the file is written again.
const STALE: i64 = 2_000;

/// Where the tags of a dataset are kept.
#[derive(Debug, Clone)]
pub struct TagFile(PathBuf);

impl TagFile {
    /// The one of that dataset, in that folder; neither need be there.
    pub fn of(folder: &Path, dataset: &Path) -> Self {
        let dataset = dataset.canonicalize().unwrap_or_else(|_| dataset.to_owned());
        let name = xxh3_64(dataset.as_os_str().as_encoded_bytes());
        Self(folder.join(format!("{name:016x}.tags")))
    }

    /// The tags as they are now: those that were kept with what changed since, or else all of them read from the
    /// dataset, which are then kept.
    pub fn tagged(&self, reader: &Reader) -> Result<Tagged> {
        if let Some(mut tagged) = self.load(reader)? {
            tagged.follow(reader, |_| {})?;
            return Ok(tagged);
        }
        let tagged = reader.tagged()?;
        self.keep(reader, &tagged);
        Ok(tagged)
    }

    /// Keeps the tags, where that is worth while and the file is not nearly as new. Where it can't be written
    /// nothing is lost but time.
    pub fn keep(&self, reader: &Reader, tagged: &Tagged) {
        let is_new = self.head().is_some_and(|head| {
            let since = tagged.seen - head.seen;
            (0..STALE).contains(&since) && head.facets == fingerprint(&tagged.facets)
        });
        if tagged.statuses.len() < WORTH_WHILE || is_new {
            return;
        }
        if let Ok(Some(action)) = store::action_of_change(&reader.connection, tagged.seen) {
            let _ = self.write(tagged, action);
        }
    }

    fn write(&self, tagged: &Tagged, action: [u8; 16]) -> io::Result<()> {
        if let Some(folder) = self.0.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = WholeFile::begin(&self.0)?;
        let head = Head { seen: tagged.seen, action, facets: fingerprint(&tagged.facets) };
        let bytes = written(&head, tagged);
        file.write_all(&bytes)?;
        file.write_all(&xxh3_64(&bytes).to_le_bytes())?;
        file.finish()
    }

    /// How the file begins.
    fn head(&self) -> Option<Head> {
        let mut head = [0; HEAD];
        File::open(&self.0).and_then(|mut file| file.read_exact(&mut head)).ok()?;
        Head::read(&mut Bytes(&head))
    }

    /// The tags as they were kept; `None` where nothing was kept, or it is not of this dataset.
    fn load(&self, reader: &Reader) -> Result<Option<Tagged>> {
        let Ok(bytes) = std::fs::read(&self.0) else { return Ok(None) };
        let Some((body, sum)) = bytes.split_last_chunk::<8>() else { return Ok(None) };
        if xxh3_64(body) != u64::from_le_bytes(*sum) {
            return Ok(None);
        }
        let mut bytes = Bytes(body);
        let Some(head) = Head::read(&mut bytes) else { return Ok(None) };
        let facets = store::definitions(&reader.connection)?.0;
        let is_ours = store::action_of_change(&reader.connection, head.seen)? == Some(head.action)
            && fingerprint(&facets) == head.facets;
        let wishes = Wishes::read(&reader.connection, &facets)?;
        Ok(is_ours.then(|| bytes.tagged(facets, head.seen, wishes)).flatten())
    }
}

/// What says whether a file is of use.
struct Head {
    /// The last line of the journal that is in it.
    seen: i64,
    /// The action which that line belongs to: a copy that went another way has another one there.
    action: [u8; 16],
    /// The facets and values whose codes are in it.
    facets: u64,
}

impl Head {
    fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        if bytes.take::<8>()? != *MAGIC {
            return None;
        }
        Some(Self {
            seen: i64::from_le_bytes(bytes.take()?),
            action: bytes.take()?,
            facets: u64::from_le_bytes(bytes.take()?),
        })
    }
}

/// The same for the same facets with the same values in the same order.
fn fingerprint(facets: &[Facet]) -> u64 {
    let mut hasher = Xxh3::new();
    let mut put = |id: &Uuid, kind: u8| {
        hasher.update(id.as_bytes());
        hasher.update(&[kind]);
    };
    for facet in facets {
        put(&facet.id, 1 + u8::from(facet.several));
        facet.values.iter().for_each(|value| put(&value.id, 0));
    }
    hasher.digest()
}

fn written(head: &Head, tagged: &Tagged) -> Vec<u8> {
    let rows = tagged.statuses.len();
    let mut bytes = Vec::with_capacity(HEAD + 64 + rows * (5 + 2 * tagged.facets.len()));
    bytes.extend(MAGIC);
    bytes.extend(head.seen.to_le_bytes());
    bytes.extend(head.action);
    bytes.extend(head.facets.to_le_bytes());
    let length = |n: usize| u64::try_from(n).unwrap_or(u64::MAX).to_le_bytes();
    bytes.extend(length(rows));
    bytes.extend(tagged.statuses.iter().map(|status| code_of(*status)));
    bytes.extend(tagged.rows.first.to_le_bytes());
    bytes.extend(length(tagged.rows.rows.len()));
    bytes.extend(tagged.rows.rows.iter().flat_map(|row| row.to_le_bytes()));
    for column in tagged.columns.as_slice() {
        match column.ends() {
            None => bytes.push(0),
            Some(ends) => {
                bytes.push(1);
                bytes.extend(ends.iter().flat_map(|end| length(*end)));
            }
        }
        bytes.extend(length(column.codes().len()));
        bytes.extend(column.codes().iter().flat_map(|code| code.to_le_bytes()));
    }
    bytes
}

/// A status as a byte: its place among all, from 1; 0 of an example that is gone.
fn code_of(status: Option<Status>) -> u8 {
    let place = status.and_then(|status| Status::ALL.iter().position(|there| *there == status));
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn slice(&mut self, n: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(first)
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(self.take()?)).ok()
    }

    fn many<const N: usize, T>(&mut self, n: usize, of: impl Fn([u8; N]) -> T) -> Option<Vec<T>> {
        let (chunks, _) = self.slice(n.checked_mul(N)?)?.as_chunks::<N>();
        Some(chunks.iter().map(|chunk| of(*chunk)).collect())
    }

    fn tagged(mut self, facets: Vec<Facet>, seen: i64, wishes: Wishes) -> Option<Tagged> {
        let n = self.length()?;
        let status = |code: &u8| Status::ALL.get(usize::from(*code).wrapping_sub(1)).copied();
        let statuses: Vec<_> = self.slice(n)?.iter().map(status).collect();
        let first = i64::from_le_bytes(self.take()?);
        let known = self.length()?;
        let rows = Rows { first, rows: self.many(known, u32::from_le_bytes)? };
        let mut columns = Vec::with_capacity(facets.len());
        for facet in &facets {
            columns.push(self.column(u16::try_from(facet.values.len()).ok()?, n)?);
        }
        let columns = Columns::new(columns).ok()?;
        Some(Tagged { usable: usable(&statuses), facets, columns, statuses, rows, seen, wishes })
    }

    fn column(&mut self, kinds: u16, rows: usize) -> Option<Column> {
        let ends = match self.take::<1>()? {
            [0] => None,
            _ => Some(self.many(rows, |end| usize::try_from(u64::from_le_bytes(end)).unwrap_or(usize::MAX))?),
        };
        let n = self.length()?;
        let codes = self.many(n, u16::from_le_bytes)?;
        match ends {
            None => Column::one(kinds, codes).ok(),
            Some(ends) => Column::parted(kinds, ends, codes).ok(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::steps::{dataset, example};
    use super::super::{FacetChange, Selection, Verb};
    use super::*;
    use crate::example::Tag;

    fn same(one: &Tagged, other: &Tagged) {
        assert_eq!(one.columns, other.columns);
        assert_eq!((&one.statuses, &one.rows, one.seen), (&other.statuses, &other.rows, other.seen));
        assert_eq!(one.facets, other.facets);
    }

    #[test]
    fn what_was_kept_is_what_was_read_and_goes_on_with_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        for n in 1..=3 {
            dataset.perform(&Verb::Create(Box::new(example(n)))).unwrap();
        }
        let tag = |value: &str| Verb::AddTag { on: Selection::One(2), tag: Tag::new("intent", value) };
        dataset.perform(&tag("refund")).unwrap();
        let reader = dataset.reader().unwrap();
        let file = TagFile::of(folder.path(), reader.path());
        let kept = reader.tagged().unwrap();
        let action = store::action_of_change(&reader.connection, kept.seen).unwrap().unwrap();
        file.write(&kept, action).unwrap();
        same(&file.load(&reader).unwrap().unwrap(), &kept);
        dataset.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Approved }).unwrap();
        same(&file.tagged(&reader).unwrap(), &reader.tagged().unwrap());
        // other values: the codes in the file mean nothing any more
        let value = FacetChange::AddValue { value: Tag::new("intent", "another"), target: None };
        dataset.perform(&Verb::ChangeFacets(value)).unwrap();
        assert!(file.load(&reader).unwrap().is_none());
        same(&file.tagged(&reader).unwrap(), &reader.tagged().unwrap());
    }

    #[test]
    fn a_file_that_was_cut_damaged_or_of_another_dataset_is_not_used() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut one = dataset(folder.path());
        let mut other = dataset(elsewhere.path());
        for dataset in [&mut one, &mut other] {
            dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        }
        let reader = one.reader().unwrap();
        let file = TagFile::of(folder.path(), reader.path());
        let tagged = reader.tagged().unwrap();
        let action = store::action_of_change(&reader.connection, tagged.seen).unwrap().unwrap();
        file.write(&tagged, action).unwrap();
        assert!(file.load(&other.reader().unwrap()).unwrap().is_none());
        let whole = std::fs::read(&file.0).unwrap();
        for end in 0..whole.len() {
            std::fs::write(&file.0, whole.get(..end).unwrap()).unwrap();
            assert!(file.load(&reader).unwrap().is_none(), "cut after {end} bytes");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 1;
            }
            std::fs::write(&file.0, damaged).unwrap();
            assert!(file.load(&reader).unwrap().is_none(), "byte {at} damaged");
        }
    }
}

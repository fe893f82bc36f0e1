//! The tags of all examples in a file of the person's cache.

use std::io;
use std::path::Path;

use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use super::cache_file::{Bytes, CacheFile, put_length};
use super::tagged::{Rows, Tagged, usable};
use super::wishes::Wishes;
use super::{Reader, Result};
use crate::curation::tway::{Column, Columns};
use crate::example::{Facet, Status};
use crate::store;

/// Where the tags of a dataset are kept.
#[derive(Debug, Clone)]
pub(super) struct TagFile(CacheFile);

impl TagFile {
    /// The one of that dataset, in that folder; neither need be there.
    pub fn of(folder: &Path, dataset: &Path) -> Self {
        Self(CacheFile::of(folder, dataset, "tags", *b"GStags\0\x01"))
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
        let shape = fingerprint(&tagged.facets);
        if CacheFile::is_worth_while(tagged.statuses.len()) && !self.0.is_nearly_as_new(tagged.seen, shape) {
            let _ = self.write(reader, tagged);
        }
    }

    fn write(&self, reader: &Reader, tagged: &Tagged) -> io::Result<()> {
        let action = store::action_of_change(&reader.connection, tagged.seen).ok().flatten();
        self.0.write((tagged.seen, fingerprint(&tagged.facets)), action, |bytes| put(bytes, tagged))
    }

    /// The tags as they were kept; `None` where nothing was kept, or it is not of this dataset.
    fn load(&self, reader: &Reader) -> Result<Option<Tagged>> {
        let facets = store::definitions(&reader.connection)?.0;
        let Some(kept) = self.0.read(reader, fingerprint(&facets))? else { return Ok(None) };
        let wishes = Wishes::read(&reader.connection, &facets)?;
        Ok(tagged(kept.body(), facets, kept.seen, wishes))
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

fn put(bytes: &mut Vec<u8>, tagged: &Tagged) {
    let rows = tagged.statuses.len();
    bytes.reserve(64 + rows * (5 + 2 * tagged.facets.len()));
    put_length(bytes, rows);
    bytes.extend(tagged.statuses.iter().map(|status| code_of(*status)));
    bytes.extend(tagged.rows.first.to_le_bytes());
    put_length(bytes, tagged.rows.rows.len());
    bytes.extend(tagged.rows.rows.iter().flat_map(|row| row.to_le_bytes()));
    for column in tagged.columns.as_slice() {
        match column.ends() {
            None => bytes.push(0),
            Some(ends) => {
                bytes.push(1);
                for end in ends {
                    put_length(bytes, *end);
                }
            }
        }
        put_length(bytes, column.codes().len());
        bytes.extend(column.codes().iter().flat_map(|code| code.to_le_bytes()));
    }
}

/// A status as a byte: its place among all, from 1; 0 of an example that is gone.
fn code_of(status: Option<Status>) -> u8 {
    let place = status.and_then(|status| Status::ALL.iter().position(|there| *there == status));
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
}

fn tagged(mut bytes: Bytes<'_>, facets: Vec<Facet>, seen: i64, wishes: Wishes) -> Option<Tagged> {
    let n = bytes.length()?;
    let status = |code: &u8| Status::ALL.get(usize::from(*code).wrapping_sub(1)).copied();
    let statuses: Vec<_> = bytes.slice(n)?.iter().map(status).collect();
    let first = i64::from_le_bytes(bytes.take()?);
    let known = bytes.length()?;
    let rows = Rows { first, rows: bytes.many(known, u32::from_le_bytes)? };
    let mut columns = Vec::with_capacity(facets.len());
    for facet in &facets {
        columns.push(column(&mut bytes, u16::try_from(facet.values.len()).ok()?, n)?);
    }
    let columns = Columns::new(columns).ok()?;
    Some(Tagged { usable: usable(&statuses), facets, columns, statuses, rows, seen, wishes })
}

fn column(bytes: &mut Bytes<'_>, kinds: u16, rows: usize) -> Option<Column> {
    let ends = match bytes.take::<1>()? {
        [0] => None,
        _ => Some(bytes.many(rows, |end| usize::try_from(u64::from_le_bytes(end)).unwrap_or(usize::MAX))?),
    };
    let n = bytes.length()?;
    let codes = bytes.many(n, u16::from_le_bytes)?;
    match ends {
        None => Column::one(kinds, codes).ok(),
        Some(ends) => Column::parted(kinds, ends, codes).ok(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::cache_file::tests::is_used_whole_or_not_at_all;
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
        file.write(&reader, &kept).unwrap();
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
        file.write(&reader, &tagged).unwrap();
        assert!(file.load(&other.reader().unwrap()).unwrap().is_none());
        is_used_whole_or_not_at_all(&file.0, || file.load(&reader).unwrap().is_some());
    }
}

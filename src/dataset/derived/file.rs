//! The derived facets of all examples in a file of the person's cache.

use std::io;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::super::cache_file::{Bytes, CacheFile, put_length};
use super::super::{DerivedFacet, Reader, Result};
use super::{Column, Derived};
use crate::store;

/// Where the derived facets of a dataset are kept.
#[derive(Debug, Clone)]
pub(in super::super) struct DerivedFile(CacheFile);

impl DerivedFile {
    /// The one of that dataset, in that folder; neither need be there.
    pub fn of(folder: &Path, dataset: &Path) -> Self {
        Self(CacheFile::of(folder, dataset, "derived", *b"GSderiv\x01"))
    }

    /// The derived facets as they are now: those that were kept with what changed since, or else all of them
    /// read from the dataset, which are then kept.
    pub fn derived(&self, reader: &Reader) -> Result<Derived> {
        if let Some(mut derived) = self.load(reader)?
            && derived.follow(&reader.connection)?.is_some()
        {
            return Ok(derived);
        }
        let derived = reader.derived()?;
        // however new a file is that there is, it is of no use
        self.put(reader, &derived);
        Ok(derived)
    }

    /// Keeps them, where that is worth while and the file is not nearly as new. Where it can't be written
    /// nothing is lost but time.
    pub fn keep(&self, reader: &Reader, derived: &Derived) {
        if !self.0.is_nearly_as_new(derived.seen, shape()) {
            self.put(reader, derived);
        }
    }

    /// What still waits to be read off would come without a line of the journal: nothing is kept before that.
    fn put(&self, reader: &Reader, derived: &Derived) {
        let rows = derived.columns.iter().map(|column| column.rows.len()).max().unwrap_or(0);
        if CacheFile::is_worth_while(rows) && reader.trait_pending().is_ok_and(|waiting| waiting == 0) {
            let _ = self.write(reader, derived);
        }
    }

    fn write(&self, reader: &Reader, derived: &Derived) -> io::Result<()> {
        let action = store::action_of_change(&reader.connection, derived.seen).ok().flatten();
        self.0.write((derived.seen, shape()), action, |bytes| put_columns(bytes, derived))
    }

    /// The derived facets as they were kept; `None` where nothing was kept, or it is not of this dataset.
    fn load(&self, reader: &Reader) -> Result<Option<Derived>> {
        let Some(kept) = self.0.read(reader, shape())? else { return Ok(None) };
        Ok(derived(kept.body(), kept.seen))
    }
}

/// The same for the same derived facets with the same values to begin with.
fn shape() -> u64 {
    let mut hasher = Xxh3::new();
    for column in Derived::none().columns {
        for word in std::iter::once(column.name()).chain(column.values.iter().map(String::as_str)) {
            hasher.update(word.as_bytes());
            hasher.update(b"\0");
        }
        hasher.update(b"\0");
    }
    hasher.digest()
}

fn put_columns(bytes: &mut Vec<u8>, derived: &Derived) {
    bytes.extend(derived.seq.to_le_bytes());
    for column in &derived.columns {
        put_length(bytes, column.values.len());
        for value in &column.values {
            put_length(bytes, value.len());
            bytes.extend(value.as_bytes());
        }
        put_length(bytes, column.lists.len());
        for list in &column.lists {
            put_length(bytes, list.len());
            bytes.extend(list.iter().flat_map(|code| code.to_le_bytes()));
        }
        put_length(bytes, column.rows.len());
        match column.lists.len() {
            // a byte is enough for most
            0..=0x100 => bytes.extend(column.rows.iter().map(|list| list.to_le_bytes()[0])),
            _ => bytes.extend(column.rows.iter().flat_map(|list| list.to_le_bytes())),
        }
    }
}

fn derived(mut bytes: Bytes<'_>, seen: i64) -> Option<Derived> {
    let seq = i64::from_le_bytes(bytes.take()?);
    let mut columns = Vec::with_capacity(DerivedFacet::ALL.len());
    for facet in DerivedFacet::ALL {
        let mut values = Vec::new();
        for _ in 0..bytes.length()? {
            let n = bytes.length()?;
            values.push(std::str::from_utf8(bytes.slice(n)?).ok()?.to_owned());
        }
        let mut lists = Vec::new();
        for _ in 0..bytes.length()? {
            let n = bytes.length()?;
            lists.push(bytes.many(n, u16::from_le_bytes)?);
        }
        let n = bytes.length()?;
        let rows = match lists.len() {
            0..=0x100 => bytes.slice(n)?.iter().map(|list| u32::from(*list)).collect(),
            _ => bytes.many(n, u32::from_le_bytes)?,
        };
        columns.push(Column::with(facet.name(), values, lists, rows)?);
    }
    Some(Derived { columns, seq, seen })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::cache_file::tests::is_used_whole_or_not_at_all;
    use super::super::super::tests::steps::{dataset, example, step, verb_of};
    use super::super::super::{Dataset, Verb};
    use super::*;
    use crate::example::{Author, Response};

    /// What every number up to the last example has, facet by facet: also of those that are gone.
    fn all(derived: &Derived, dataset: &Dataset) -> Vec<Vec<String>> {
        let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'example'";
        let last: i64 = dataset.connection.query_row(sql, [], |row| row.get(0)).unwrap();
        let of = |example: i64, facet: DerivedFacet| {
            let mut values: Vec<String> = derived.of(facet, example).into_iter().map(str::to_owned).collect();
            values.sort();
            values
        };
        (0..=last).flat_map(|id| DerivedFacet::ALL.iter().map(move |facet| of(id, *facet))).collect()
    }

    fn same(one: &Derived, dataset: &Dataset) {
        let anew = dataset.reader().unwrap().derived().unwrap();
        assert_eq!(all(one, dataset), all(&anew, dataset));
        assert_eq!(one.seen, anew.seen);
    }

    #[test]
    fn what_was_kept_is_what_was_read_and_goes_on_with_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        for n in 1..=3 {
            dataset.perform(&Verb::Create(Box::new(example(n)))).unwrap();
        }
        let reader = dataset.reader().unwrap();
        let file = DerivedFile::of(folder.path(), reader.path());
        file.write(&reader, &reader.derived().unwrap()).unwrap();
        same(&file.load(&reader).unwrap().unwrap(), &dataset);
        let response = Box::new(Response::new(Some(Author::model("m")), "Two."));
        dataset.perform(&Verb::AddResponse { example: 2, response }).unwrap();
        let followed = file.load(&reader).unwrap().unwrap().follow(&reader.connection).unwrap();
        assert_eq!(followed, Some(1), "one example was read again");
        same(&file.derived(&reader).unwrap(), &dataset);
    }

    #[test]
    fn what_was_read_off_without_a_line_of_the_journal_is_followed_too() {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        let reader = dataset.reader().unwrap();
        let file = DerivedFile::of(folder.path(), reader.path());
        // as an older program had read it off
        dataset.connection.execute("UPDATE trait SET language = 'xx'", []).unwrap();
        file.write(&reader, &reader.derived().unwrap()).unwrap();
        dataset.connection.execute("INSERT INTO trait_pending VALUES (1)", []).unwrap();
        dataset.settle_traits_some().unwrap();
        same(&file.derived(&reader).unwrap(), &dataset);
        assert_ne!(file.derived(&reader).unwrap().of(DerivedFacet::Language, 1), ["xx"]);
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
        let file = DerivedFile::of(folder.path(), reader.path());
        file.write(&reader, &reader.derived().unwrap()).unwrap();
        assert!(file.load(&other.reader().unwrap()).unwrap().is_none());
        is_used_whole_or_not_at_all(&file.0, || file.load(&reader).unwrap().is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

        #[test]
        fn what_is_taken_from_the_file_equals_what_is_read_anew(steps in prop::collection::vec(step(), 2..25)) {
            let folder = tempfile::tempdir().unwrap();
            let mut dataset = dataset(folder.path());
            let reader = dataset.reader().unwrap();
            let file = DerivedFile::of(folder.path(), reader.path());
            for (at, step) in steps.iter().enumerate() {
                if let Some(verb) = verb_of(step, &dataset) {
                    // a refused verb changes nothing, which is right too
                    let _ = dataset.perform(&verb);
                }
                // what is in the file is one, two or three steps behind
                same(&file.derived(&reader).unwrap(), &dataset);
                if at % 3 == 0 {
                    file.write(&reader, &file.derived(&reader).unwrap()).unwrap();
                }
            }
        }
    }
}

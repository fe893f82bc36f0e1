//! Reading the derived facets of all examples, or of those that changed.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::super::{DerivedFacet, Error, Reader, Result};
use super::{Column, Derived};
use crate::curation::tway::NONE;
use crate::query::WRITTEN_HERE;
use crate::store;

/// So many changed examples are looked at one by one; where there are more, all is read anew.
const ONE_BY_ONE: usize = 20_000;

/// Who wrote responses, and who ranked: all of them, or those of an example. Both in the order of an index, in
/// which each name stands together.
const AUTHORS: &str = "SELECT example_id, author FROM response WHERE author IS NOT NULL ORDER BY author";
const AUTHORS_OF: &str =
    "SELECT example_id, author FROM response WHERE author IS NOT NULL AND example_id = ?1";
const ANNOTATORS: &str =
    "SELECT k.example_id, a.name FROM annotator a JOIN ranking k ON k.annotator_id = a.id
                          ORDER BY a.id";
const ANNOTATORS_OF: &str =
    "SELECT k.example_id, a.name FROM ranking k JOIN annotator a ON a.id = k.annotator_id
                             WHERE k.example_id = ?1";

impl Reader {
    /// Reads the derived facets of all examples, which takes the longer the more there are.
    pub fn derived(&self) -> Result<Derived> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut derived = Derived::none();
        derived.seen = store::last_change(&snapshot)?;
        store::each_trait(&snapshot, |row| {
            derived.seq = derived.seq.max(row.seq);
            derived.take(row)
        })?;
        put_sources(&snapshot, derived.column(DerivedFacet::Source))?;
        for (facet, sql) in [(DerivedFacet::Author, AUTHORS), (DerivedFacet::Annotator, ANNOTATORS)] {
            let column = derived.column(facet);
            let coded = people(&snapshot, sql, None, column)?;
            column.put_all(coded);
        }
        Ok(derived)
    }

    /// How many examples wait for what is read off them.
    pub fn trait_pending(&self) -> Result<u64> {
        Ok(store::waiting_for_traits(&self.connection)?)
    }
}

impl Derived {
    /// Takes in what was changed since; answers whether that was anything. At the price of what changed; of a
    /// great many changes, at that of reading everything.
    pub fn refresh(&mut self, reader: &Reader) -> Result<bool> {
        let Some(changed) = self.follow(&reader.connection)? else {
            *self = reader.derived()?;
            return Ok(true);
        };
        Ok(changed > 0)
    }

    /// The same where few enough changed to look at them one by one: how many that were.
    ///
    /// An example is read again where the journal says that its texts or rankings changed, and where something
    /// was read off it since: what an import or a great change left to be read comes later than their lines of
    /// the journal.
    pub(super) fn follow(&mut self, connection: &Connection) -> Result<Option<usize>> {
        let snapshot = connection.unchecked_transaction()?;
        let seen = store::last_change(&snapshot)?;
        let Some(written) = store::texts_changed_since(&snapshot, self.seen, ONE_BY_ONE)? else {
            return Ok(None);
        };
        let read_off = store::traits_since(&snapshot, self.seq, ONE_BY_ONE + 1)?;
        let changed: BTreeSet<i64> =
            written.into_iter().chain(read_off.iter().map(|(_, example)| *example)).collect();
        if changed.len() > ONE_BY_ONE {
            return Ok(None);
        }
        for example in &changed {
            self.read(&snapshot, *example)?;
        }
        self.seen = seen;
        self.seq = read_off.last().map_or(self.seq, |(seq, _)| *seq);
        Ok(Some(changed.len()))
    }

    /// Reads one example again.
    fn read(&mut self, connection: &Connection, example: i64) -> Result<()> {
        match store::trait_of(connection, example)? {
            Some(row) => self.take(&row)?,
            None => self.columns.iter_mut().for_each(|column| column.put_code(example, NONE)),
        }
        if let Some(source) = source_of(connection, example)? {
            self.column(DerivedFacet::Source).put_one(example, &source)?;
        }
        for (facet, sql) in [(DerivedFacet::Author, AUTHORS_OF), (DerivedFacet::Annotator, ANNOTATORS_OF)] {
            let column = self.column(facet);
            let coded = people(connection, sql, Some(example), column)?;
            column.put(example, coded.into_iter().map(|(_, code)| code).collect());
        }
        Ok(())
    }
}

fn put_sources(connection: &Connection, column: &mut Column) -> Result<()> {
    let mut imports: HashMap<i64, u16> = HashMap::new();
    let mut statement = connection.prepare_cached("SELECT id, source FROM import")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let source: String = row.get(1)?;
        imports.insert(row.get(0)?, column.code(store::file_name(&source))?);
    }
    let mut here = None;
    let mut statement = connection.prepare_cached("SELECT id, import_id FROM example")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let known = row.get::<_, Option<i64>>(1)?.and_then(|import| imports.get(&import).copied());
        let code = match known.or(here) {
            Some(code) => code,
            // a value only where there is an example of it
            None => *here.insert(column.code(WRITTEN_HERE)?),
        };
        column.put_code(row.get(0)?, code);
    }
    Ok(())
}

/// The file that an example came from; `None` where there is no such example.
fn source_of(connection: &Connection, example: i64) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT i.source FROM example e LEFT JOIN import i ON i.id = e.import_id WHERE e.id = ?1",
    )?;
    let mut rows = statement.query([example])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let source: Option<String> = row.get(0)?;
    Ok(Some(source.as_deref().map_or(WRITTEN_HERE, store::file_name).to_owned()))
}

/// Examples with the codes of those people.
fn people(
    connection: &Connection,
    sql: &str,
    example: Option<i64>,
    column: &mut Column,
) -> Result<Vec<(i64, u16)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = match example {
        Some(example) => statement.query([example])?,
        None => statement.query([])?,
    };
    let mut coded = Vec::new();
    // the one before, who is mostly the same
    let mut last: Option<(String, u16)> = None;
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str().map_err(|error| Error::from(rusqlite::Error::from(error)))?;
        let code = match &last {
            Some((there, code)) if there == name => *code,
            _ => {
                let code = column.code(name)?;
                last = Some((name.to_owned(), code));
                code
            }
        };
        coded.push((row.get(0)?, code));
    }
    Ok(coded)
}

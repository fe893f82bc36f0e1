//! Reading the tags of all examples into columns, or those of the newest only.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::tagged::{Rows, Tagged, usable};
use super::wishes::Wishes;
use super::{Error, Reader, Result};
use crate::curation::tway::{Column, ColumnError, Columns, NONE};
use crate::example::{Facet, Status};
use crate::store;

impl Reader {
    /// Reads the tags of all examples: of a million with ten facets 10 million, which takes seconds.
    pub fn tagged(&self) -> Result<Tagged> {
        let snapshot = self.connection.unchecked_transaction()?;
        let seen = store::last_change(&snapshot)?;
        let (facets, _) = store::definitions(&snapshot)?;
        let mut rows = Rows::default();
        let mut statuses = Vec::new();
        each_status(&snapshot, 0, |id, status| {
            rows.push(id, statuses.len());
            statuses.push(Some(status));
        })?;
        let mut tags = facets
            .iter()
            .map(|facet| Ok((kinds_of(facet)?, Tags::new(facet.several, statuses.len()))))
            .collect::<Result<Vec<_>>>()?;
        let codes = Codes::read(&snapshot, &facets)?;
        each_tag(&snapshot, 0, |id, value| {
            let Some((facet, code)) = codes.of(value) else { return };
            if let (Some(row), Some((_, tags))) = (rows.of(id), tags.get_mut(facet)) {
                tags.put(row, code);
            }
        })?;
        let columns = tags
            .into_iter()
            .map(|(kinds, tags)| tags.column(kinds))
            .collect::<std::result::Result<_, _>>()
            .and_then(Columns::new)
            .map_err(|error| Error::Uncountable(error.to_string()))?;
        let wishes = Wishes::read(&snapshot, &facets)?;
        Ok(Tagged { usable: usable(&statuses), facets, columns, statuses, rows, seen, wishes })
    }

    /// The examples that came after that one: their number, status and codes, facet by facet.
    pub(super) fn tagged_after(
        &self,
        tagged: &Tagged,
        after: i64,
    ) -> Result<Vec<(i64, super::tagged::Carried)>> {
        let snapshot = self.connection.unchecked_transaction()?;
        let codes = Codes::read(&snapshot, &tagged.facets)?;
        let mut found: Vec<(i64, super::tagged::Carried)> = Vec::new();
        each_status(&snapshot, after, |id, status| {
            found.push((id, (Some(status), vec![Vec::new(); tagged.facets.len()])));
        })?;
        let mut at = 0;
        each_tag(&snapshot, after, |id, value| {
            // both come in the order of the examples
            while found.get(at).is_some_and(|(there, _)| *there < id) {
                at += 1;
            }
            let example = found.get_mut(at).filter(|(there, _)| *there == id);
            if let (Some((_, (_, values))), Some((facet, code))) = (example, codes.of(value))
                && let Some(values) = values.get_mut(facet)
            {
                values.push(code);
            }
        })?;
        Ok(found)
    }
}

/// How many values a facet has.
pub(super) fn kinds_of(facet: &Facet) -> Result<u16> {
    u16::try_from(facet.values.len()).ok().filter(|kinds| *kinds < NONE).ok_or_else(|| {
        let (name, n) = (&facet.name, facet.values.len());
        Error::Uncountable(format!(
            "{name} has {n} values, more than can be counted together; merge some of them"
        ))
    })
}

/// Which facet and which code a value has that the table of tags names by its local number.
struct Codes {
    /// By local number; those of no value are [`NONE`].
    codes: Vec<(u16, u16)>,
}

impl Codes {
    fn read(connection: &Connection, facets: &[Facet]) -> Result<Self> {
        let mut known: HashMap<Uuid, (u16, u16)> = HashMap::new();
        for (at, facet) in (0..NONE).zip(facets) {
            known.extend((0..NONE).zip(&facet.values).map(|(code, value)| (value.id, (at, code))));
        }
        let mut codes = Vec::new();
        let mut statement = connection.prepare_cached("SELECT id, uuid FROM facet_value")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let (id, uuid): (i64, [u8; 16]) = (row.get(0)?, row.get(1)?);
            let (Ok(id), Some(code)) = (usize::try_from(id), known.get(&Uuid::from_bytes(uuid))) else {
                continue;
            };
            if codes.len() <= id {
                codes.resize(id + 1, (NONE, NONE));
            }
            if let Some(there) = codes.get_mut(id) {
                *there = *code;
            }
        }
        Ok(Self { codes })
    }

    fn of(&self, value: i64) -> Option<(usize, u16)> {
        let (facet, code) = *self.codes.get(usize::try_from(value).ok()?)?;
        (code != NONE).then_some((usize::from(facet), code))
    }
}

fn each_status(connection: &Connection, after: i64, mut hear: impl FnMut(i64, Status)) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT id, status FROM example WHERE id > ?1 ORDER BY id")?;
    let mut found = statement.query([after])?;
    while let Some(row) = found.next()? {
        let word = row.get_ref(1)?;
        let status = word.as_str().ok().and_then(|word| word.parse().ok()).unwrap_or(Status::Pending);
        hear(row.get(0)?, status);
    }
    Ok(())
}

/// Tags in the order of the table's key, example by example: one way through the file.
fn each_tag(connection: &Connection, after: i64, mut hear: impl FnMut(i64, i64)) -> Result<()> {
    let mut statement = connection
        .prepare_cached("SELECT example_id, value_id FROM tag WHERE example_id > ?1 ORDER BY example_id")?;
    let mut found = statement.query([after])?;
    while let Some(row) = found.next()? {
        hear(row.get(0)?, row.get(1)?);
    }
    Ok(())
}

/// The codes of a column on their way.
enum Tags {
    One(Vec<u16>),
    Several(Vec<Vec<u16>>),
}

impl Tags {
    fn new(several: bool, examples: usize) -> Self {
        if several { Self::Several(vec![Vec::new(); examples]) } else { Self::One(vec![NONE; examples]) }
    }

    fn put(&mut self, row: usize, code: u16) {
        match self {
            Self::One(codes) => {
                if let Some(there) = codes.get_mut(row) {
                    *there = code;
                }
            }
            Self::Several(rows) => {
                if let Some(codes) = rows.get_mut(row) {
                    codes.push(code);
                }
            }
        }
    }

    fn column(self, kinds: u16) -> std::result::Result<Column, ColumnError> {
        match self {
            Self::One(codes) => Column::one(kinds, codes),
            Self::Several(rows) => Column::several(kinds, rows),
        }
    }
}

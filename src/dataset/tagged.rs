//! The tags of all examples in memory, a column a facet: what coverage of crossed facets is counted on.

use rusqlite::Connection;

use super::{Error, Reader, Result};
use crate::curation::gaps::Wanted;
use crate::curation::tway::{Column, Columns, NONE, Names, PairCounts};
use crate::example::{Facet, Status};
use crate::store;

/// The tags of all examples, and their statuses.
#[derive(Debug, Clone)]
pub struct Tagged {
    /// The facets; a column each, in this order, and a code for each value, in its order.
    pub facets: Vec<Facet>,
    columns: Columns,
    statuses: Vec<Status>,
    rows: Rows,
}

impl Tagged {
    /// How the facets and their values are called.
    pub fn names(&self) -> Names {
        names_of(&self.facets)
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// How many examples of those statuses carry each value and each pair of values.
    pub fn counts(&self, is: impl Fn(Status) -> bool) -> Result<PairCounts> {
        PairCounts::of(&self.those(is)).map_err(|error| Error::Uncountable(error.to_string()))
    }

    /// The columns of the examples of those statuses only.
    pub fn those(&self, is: impl Fn(Status) -> bool) -> Columns {
        let rows = self.statuses.iter().enumerate().filter(|(_, status)| is(**status)).map(|(row, _)| row);
        self.columns.of_rows(&rows.collect::<Vec<_>>())
    }

    /// What is wanted: of values their targets, and of each pair of values of facets that something is asked
    /// of so many.
    pub fn wanted(&self, per_pair: u32) -> Wanted {
        let targets = |facet: &Facet| facet.values.iter().map(|value| value.target.unwrap_or(0)).collect();
        let facets = self.facets.iter().enumerate();
        Wanted {
            targets: self.facets.iter().map(targets).collect(),
            per_pair,
            paired: facets.filter(|(_, facet)| facet.is_asked_for()).map(|(at, _)| at).collect(),
            ..Wanted::default()
        }
    }

    /// The place of a facet.
    pub fn facet(&self, name: &str) -> Option<usize> {
        self.facets.iter().position(|facet| facet.name == name)
    }
}

/// How facets and their values are called.
pub(super) fn names_of(facets: &[Facet]) -> Names {
    let values = |facet: &Facet| facet.values.iter().map(|value| value.name.clone()).collect();
    Names::new(facets.iter().map(|facet| (facet.name.clone(), values(facet))).collect())
}

/// The status of an example, and the codes of its values, facet by facet.
pub(super) type Carried = (Status, Vec<Vec<u16>>);

impl Tagged {
    /// What is known of an example.
    pub(super) fn coded(&self, example: i64) -> Option<(Status, Vec<&[u16]>)> {
        let row = self.rows.of(example)?;
        Some((*self.statuses.get(row)?, self.columns.row(row)))
    }

    /// Another status and other values of an example, or the first ones of a new one. `false` where it is
    /// neither: everything has to be read anew.
    pub(super) fn put(&mut self, example: i64, (status, codes): &Carried) -> bool {
        let row = match self.rows.of(example) {
            Some(row) => row,
            None if self.rows.push(example, self.statuses.len()) => self.statuses.len(),
            None => return false,
        };
        match self.statuses.get_mut(row) {
            Some(there) => *there = *status,
            None => self.statuses.push(*status),
        }
        self.columns.put(row, codes);
        true
    }

    /// An example as it is now; `None` where it is gone or carries what these facets don't have.
    pub(super) fn read(&self, reader: &Reader, example: i64) -> Result<Option<Carried>> {
        let now = store::status_and_tags(&reader.connection, example)?;
        let Some((status, tags)) = now else { return Ok(None) };
        let mut codes = vec![Vec::new(); self.facets.len()];
        for tag in tags {
            let Some(at) = self.facet(&tag.facet) else { return Ok(None) };
            let values = self.facets.get(at).map(|facet| &facet.values);
            let code = values.and_then(|values| values.iter().position(|there| there.name == tag.value));
            let (Some(code), Some(codes)) =
                (code.and_then(|code| u16::try_from(code).ok()), codes.get_mut(at))
            else {
                return Ok(None);
            };
            codes.push(code);
        }
        Ok(Some((status, codes)))
    }
}

impl Reader {
    /// Reads the tags of all examples: of a million with ten facets 10 million, which takes seconds.
    pub fn tagged(&self) -> Result<Tagged> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (facets, _) = store::definitions(&snapshot)?;
        let (rows, statuses) = statuses(&snapshot)?;
        let mut columns = Vec::with_capacity(facets.len());
        for facet in &facets {
            columns.push(column(&snapshot, facet, &rows, statuses.len())?);
        }
        let columns = Columns::new(columns).map_err(|error| Error::Uncountable(error.to_string()))?;
        Ok(Tagged { facets, columns, statuses, rows })
    }
}

/// Which row an example has.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// The lowest number of an example.
    first: i64,
    /// By number from the lowest; numbers that no example has lead to [`u32::MAX`].
    rows: Vec<u32>,
}

impl Rows {
    /// The next row, of an example whose number is above all others.
    fn push(&mut self, example: i64, row: usize) -> bool {
        if self.rows.is_empty() {
            self.first = example;
        }
        let Some(at) = example.checked_sub(self.first).and_then(|at| usize::try_from(at).ok()) else {
            return false;
        };
        if at < self.rows.len() {
            return false;
        }
        self.rows.resize(at, u32::MAX);
        self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        true
    }

    fn of(&self, example: i64) -> Option<usize> {
        let at = usize::try_from(example.checked_sub(self.first)?).ok()?;
        self.rows.get(at).filter(|row| **row != u32::MAX).map(|row| *row as usize)
    }
}

fn statuses(connection: &Connection) -> Result<(Rows, Vec<Status>)> {
    let mut rows = Rows { first: 0, rows: Vec::new() };
    let mut statuses = Vec::new();
    let mut statement = connection.prepare("SELECT id, status FROM example ORDER BY id")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let id: i64 = row.get(0)?;
        let word = row.get_ref(1)?;
        let status = word.as_str().ok().and_then(|word| word.parse().ok()).unwrap_or(Status::Pending);
        rows.push(id, statuses.len());
        statuses.push(status);
    }
    Ok((rows, statuses))
}

fn column(connection: &Connection, facet: &Facet, rows: &Rows, examples: usize) -> Result<Column> {
    let too_many = || {
        let (name, n) = (&facet.name, facet.values.len());
        Error::Uncountable(format!(
            "{name} has {n} values, more than can be counted together; merge some of them"
        ))
    };
    let kinds = u16::try_from(facet.values.len()).ok().filter(|kinds| *kinds < NONE).ok_or_else(too_many)?;
    let mut tags = Tags::new(facet.several, examples);
    let mut statement = connection.prepare_cached(
        "SELECT t.example_id FROM facet_value v JOIN tag t ON t.value_id = v.id WHERE v.uuid = ?1",
    )?;
    for (code, value) in (0..kinds).zip(&facet.values) {
        let mut found = statement.query([value.id.as_bytes()])?;
        while let Some(row) = found.next()? {
            if let Some(at) = rows.of(row.get(0)?) {
                tags.put(at, code);
            }
        }
    }
    tags.column(kinds).map_err(|error| Error::Uncountable(error.to_string()))
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

    fn column(self, kinds: u16) -> std::result::Result<Column, crate::curation::tway::ColumnError> {
        match self {
            Self::One(codes) => Column::one(kinds, codes),
            Self::Several(rows) => Column::several(kinds, rows),
        }
    }
}

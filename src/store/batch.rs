//! Rows that go into a table together.
//!
//! For each statement, SQLite looks up and writes what AUTOINCREMENT counts, and opens every index
//! anew: for many rows at a time that costs next to nothing.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::Result;
use crate::example::Uuid;

/// Rows that go in together.
const ROWS: usize = 32;

/// The number that the next row of a table gets; the number of one that is gone is not given again.
pub(super) fn next_row(connection: &Connection, table: &str) -> Result<i64> {
    let sql = format!(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0),
                    coalesce((SELECT max(id) FROM {table}), 0)) + 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// A value of a row on its way.
#[derive(Debug)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Word(&'static str),
    Text(String),
    Id(Uuid),
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl From<&'static str> for Cell {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Word(word) => ValueRef::Text(word.as_bytes()),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

/// Rows of one table, with `N` columns, that wait to go in.
#[derive(Debug)]
pub(super) struct Batch<const N: usize> {
    into: String,
    /// The statements for one row and for as many as go in together, made when they are needed.
    one: Option<String>,
    many: Option<String>,
    waiting: Vec<[Cell; N]>,
}

impl<const N: usize> Batch<N> {
    pub fn into(table: &str, columns: [&str; N]) -> Self {
        let into = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
        Self { into, one: None, many: None, waiting: Vec::new() }
    }

    /// Takes a row, which goes in at once or with later ones.
    pub fn push(&mut self, connection: &Connection, row: [Cell; N]) -> Result<()> {
        self.waiting.push(row);
        if self.waiting.len() == ROWS {
            let sql = self.many.get_or_insert_with(|| self.into.clone() + &places::<N>(ROWS));
            connection.prepare_cached(sql)?.execute(params_from_iter(self.waiting.iter().flatten()))?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Writes the rows that wait.
    pub fn flush(&mut self, connection: &Connection) -> Result<()> {
        for row in self.waiting.drain(..) {
            let sql = self.one.get_or_insert_with(|| self.into.clone() + &places::<N>(1));
            connection.prepare_cached(sql)?.execute(params_from_iter(row))?;
        }
        Ok(())
    }
}

fn places<const N: usize>(rows: usize) -> String {
    let row = format!("({})", ["?"; N].join(", "));
    vec![row; rows].join(", ")
}

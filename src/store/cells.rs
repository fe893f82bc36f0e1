//! What is wanted where values of two facets meet. A value is called otherwise, and its cells follow: they
//! know it by its number.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use crate::example::{CellTarget, CellWish, Tag, new_id};

/// A cell with what there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCount {
    /// What is wanted.
    pub cell: CellTarget,
    /// Submitted and approved examples that carry both values.
    pub usable: u64,
}

impl CellCount {
    /// How many are wanted; 0 of values that can't be together.
    pub fn wanted(&self) -> u64 {
        self.cell.wish.number().into()
    }

    /// How many more are wanted.
    pub fn missing(&self) -> u64 {
        self.wanted().saturating_sub(self.usable)
    }
}

/// All cells of which something is wanted, in the order in which that was said.
pub fn cells(connection: &Connection) -> Result<Vec<CellTarget>> {
    Ok(cell_counts(connection)?.into_iter().map(|there| there.cell).collect())
}

/// The same with the usable examples that carry both values, by the live counts.
pub(super) fn cell_counts(connection: &Connection) -> Result<Vec<CellCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.name, v.name, b.name, w.name, c.target, coalesce((SELECT sum(n) FROM cell_count
           WHERE cell_id = c.id AND status IN ('submitted', 'approved')), 0)
         FROM cell c JOIN facet_value v ON v.id = c.value_id JOIN facet a ON a.id = v.facet_id
           JOIN facet_value w ON w.id = c.other_id JOIN facet b ON b.id = w.facet_id
         ORDER BY c.id",
    )?;
    let mut rows = statement.query([])?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        let one = Tag::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
        let other = Tag::new(row.get::<_, String>(2)?, row.get::<_, String>(3)?);
        let cell = CellTarget::new(one, other, CellWish::from_number(row.get(4)?));
        let usable = row.get(5)?;
        cells.extend(cell.map(|cell| CellCount { cell, usable }));
    }
    Ok(cells)
}

/// The numbers of all cells, by those of their values, the lower one first.
pub(super) fn cell_ids(connection: &Connection) -> Result<HashMap<(i64, i64), i64>> {
    let mut statement = connection.prepare_cached("SELECT value_id, other_id, id FROM cell")?;
    let ids = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

/// How many examples carry both values.
pub fn carrying_both(connection: &Connection, one: i64, other: i64) -> Result<u64> {
    let sql = "SELECT count(*) FROM tag a JOIN tag b ON b.example_id = a.example_id AND b.value_id = ?2
               WHERE a.value_id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([one, other], |row| row.get(0))?)
}

/// What is wanted where these values meet.
pub fn cell_wish(connection: &Connection, one: i64, other: i64) -> Result<Option<CellWish>> {
    let sql = "SELECT target FROM cell WHERE value_id = ?1 AND other_id = ?2";
    let ids = [one.min(other), one.max(other)];
    let number = connection.prepare_cached(sql)?.query_row(ids, |row| row.get(0)).optional()?;
    Ok(number.map(CellWish::from_number))
}

/// Sets what is wanted where these values meet, or takes it away; returns whether that is anything new.
pub fn put_cell(connection: &Connection, one: i64, other: i64, wish: Option<CellWish>) -> Result<bool> {
    let (first, second) = (one.min(other), one.max(other));
    let changed = match wish {
        None => {
            connection.execute("DELETE FROM cell WHERE value_id = ?1 AND other_id = ?2", [first, second])?
        }
        Some(wish) => connection.execute(
            "INSERT INTO cell (uuid, value_id, other_id, target) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (value_id, other_id) DO UPDATE SET target = excluded.target
               WHERE target <> excluded.target",
            params![new_id().as_bytes(), first, second, wish.number()],
        )?,
    };
    Ok(changed > 0)
}

/// The values that a value meets where something is wanted, with what that is.
pub fn cells_of_value(connection: &Connection, value: i64) -> Result<Vec<(i64, CellWish)>> {
    let mut statement = connection.prepare_cached(
        "SELECT CASE value_id WHEN ?1 THEN other_id ELSE value_id END, target FROM cell
         WHERE value_id = ?1 OR other_id = ?1 ORDER BY id",
    )?;
    let cells = statement.query_map([value], |row| Ok((row.get(0)?, CellWish::from_number(row.get(1)?))))?;
    Ok(cells.collect::<std::result::Result<_, _>>()?)
}

/// Takes away what is wanted where this value meets others.
pub fn remove_cells_of_value(connection: &Connection, value: i64) -> Result<()> {
    connection.execute("DELETE FROM cell WHERE value_id = ?1 OR other_id = ?1", [value])?;
    Ok(())
}

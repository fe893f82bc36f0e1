//! Raising flags and resolving them.

use rusqlite::Connection;

use super::super::{Done, Result, Selection};
use super::{fill, tell};
use crate::example::{Flag, new_id};
use crate::store;

pub(super) fn raise(connection: &Connection, on: &Selection, flag: &Flag) -> Result<Done> {
    let n = fill(connection, on)?;
    if let Some(example) = on.single() {
        store::insert_flag(connection, example, flag)?;
        return Ok(tell(on, n, &format!("flagged {{}} {}", flag.kind)));
    }
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM temp.selected ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for id in ids {
        store::insert_flag(connection, id, &Flag { id: new_id(), response: None, ..flag.clone() })?;
    }
    Ok(tell(on, n, &format!("flagged {{}} {}", flag.kind)))
}

pub(super) fn resolve(connection: &Connection, on: &Selection, kind: Option<&str>) -> Result<Done> {
    fill(connection, on)?;
    let kind_id = kind.map(|name| store::flag_kind_id(connection, name)).transpose()?;
    let examples: u64 = connection
        .prepare_cached(
            "SELECT count(DISTINCT example_id) FROM flag WHERE resolved = 0 AND (?1 IS NULL OR kind_id = ?1)
               AND example_id IN (SELECT id FROM temp.selected)",
        )?
        .query_row([kind_id], |row| row.get(0))?;
    let n = connection
        .prepare_cached(
            "UPDATE flag SET resolved = 1 WHERE resolved = 0 AND (?1 IS NULL OR kind_id = ?1)
               AND example_id IN (SELECT id FROM temp.selected)",
        )?
        .execute([kind_id])?;
    let flags = if n == 1 { "1 flag".to_owned() } else { format!("{n} flags") };
    Ok(tell(on, examples, &format!("resolved {flags} on {{}}")))
}

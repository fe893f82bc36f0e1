//! Putting tags on examples and taking them off.

use rusqlite::{Connection, params};

use super::super::{Done, Error, Result, Selection};
use super::definitions::insert_value;
use super::{fill, tell};
use crate::example::{Tag, new_id};
use crate::store;

/// Finds facet and value; an open facet gets the value where it is new.
pub(in crate::dataset) fn resolve_tag(connection: &Connection, tag: &Tag) -> Result<(i64, bool, i64)> {
    let (facet, several) =
        store::facet_id(connection, &tag.facet)?.ok_or_else(|| Error::NoFacet(tag.facet.clone()))?;
    if let Some(value) = store::value_id(connection, facet, &tag.value)? {
        return Ok((facet, several, value));
    }
    let open: bool =
        connection.query_row("SELECT open FROM facet WHERE id = ?1", [facet], |row| row.get(0))?;
    if !open || tag.value.trim().is_empty() {
        let known: Vec<String> = connection
            .prepare("SELECT name FROM facet_value WHERE facet_id = ?1 ORDER BY position, id")?
            .query_map([facet], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        return Err(Error::ClosedFacet {
            facet: tag.facet.clone(),
            value: tag.value.clone(),
            known: known.join(", "),
        });
    }
    let value = insert_value(connection, facet, &tag.value, new_id(), None)?;
    Ok((facet, several, value))
}

pub(super) fn add(connection: &Connection, on: &Selection, tag: &Tag) -> Result<Done> {
    if fill(connection, on)? == 0 {
        // No new value for nothing.
        return Ok(tell(on, 0, "tagged {}"));
    }
    let (facet, several, value) = resolve_tag(connection, tag)?;
    if !several {
        connection
            .prepare_cached(
                "DELETE FROM tag WHERE facet_id = ?1 AND value_id <> ?2
                   AND example_id IN (SELECT id FROM temp.selected)",
            )?
            .execute([facet, value])?;
    }
    let n = connection
        .prepare_cached(
            "INSERT INTO tag (example_id, facet_id, value_id, several)
             SELECT id, ?1, ?2, ?3 FROM temp.selected WHERE true ON CONFLICT DO NOTHING",
        )?
        .execute(params![facet, value, several])?;
    Ok(tell(on, n as u64, &format!("tagged {{}} {}:{}", tag.facet, tag.value)))
}

pub(super) fn remove(connection: &Connection, on: &Selection, tag: &Tag) -> Result<Done> {
    fill(connection, on)?;
    let (facet, _) =
        store::facet_id(connection, &tag.facet)?.ok_or_else(|| Error::NoFacet(tag.facet.clone()))?;
    let Some(value) = store::value_id(connection, facet, &tag.value)? else {
        return Err(store::Error::NotFound { what: "facet value", name: tag.value.clone() }.into());
    };
    let n = connection
        .prepare_cached(
            "DELETE FROM tag WHERE value_id = ?1 AND example_id IN (SELECT id FROM temp.selected)",
        )?
        .execute([value])?;
    Ok(tell(on, n as u64, &format!("took {}:{} off {{}}", tag.facet, tag.value)))
}

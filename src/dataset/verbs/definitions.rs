//! Making facets, their values and kinds of flags.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::definitions::check_facet_name;
use super::super::{Error, Result};
use super::cells;
use crate::curation::contract::Judge;
use crate::example::{Share, Target, Uuid, new_id};
use crate::formats::Definitions;
use crate::store;

/// Adds what is missing (the contract, the model and the thresholds where none are set); sets targets, the goal, and what kinds
/// of flags are for, where they are given. Returns how many facets, values, targets and kinds of flags that were.
pub(in crate::dataset) fn define(connection: &Connection, definitions: &Definitions) -> Result<u64> {
    let mut changed = 0;
    for facet in &definitions.facets {
        let row = if let Some((row, _)) = store::facet_id(connection, &facet.name)? {
            row
        } else {
            changed += 1;
            insert_facet(connection, &facet.name, facet.id, facet.several, facet.open, facet.required)?
        };
        for value in &facet.values {
            match store::value_id(connection, row, &value.name)? {
                None => {
                    changed += 1;
                    insert_value(connection, row, &value.name, value.id, value.target)?;
                }
                Some(there) if value.target.is_some() => {
                    changed += set_target(connection, there, value.target)?;
                }
                Some(_) => {}
            }
        }
    }
    changed += cells::define(connection, &definitions.cells)?;
    for kind in &definitions.flag_kinds {
        let there: Option<i64> = connection
            .query_row("SELECT id FROM flag_kind WHERE name = ?1", [&kind.name], |row| row.get(0))
            .optional()?;
        if let Some(there) = there {
            changed += connection.execute(
                "UPDATE flag_kind SET about = ?2 WHERE id = ?1 AND about <> ?2 AND ?2 <> ''",
                params![there, kind.about],
            )? as u64;
        } else {
            changed += 1;
            connection.execute(
                "INSERT INTO flag_kind (uuid, name, about, position)
                 VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM flag_kind))",
                params![new_id().as_bytes(), kind.name, kind.about],
            )?;
        }
    }
    if let Some(contract) = &definitions.contract {
        Judge::new(contract)?;
        changed += set_where_none_is(connection, contract.as_ref())?;
    }
    if let Some(model) = &definitions.model {
        changed += set_where_none_is(connection, model)?;
    }
    if let Some(protocol) = &definitions.protocol {
        protocol.check()?;
        changed += set_where_none_is(connection, protocol)?;
    }
    if let Some(thresholds) = &definitions.thresholds {
        thresholds.check()?;
        changed += set_where_none_is(connection, thresholds.as_ref())?;
    }
    if let Some(goal) = &definitions.goal
        && store::setting(connection)? != Some(*goal)
    {
        store::put_setting(connection, Some(goal))?;
        changed += 1;
    }
    let known = store::templates(connection)?;
    for template in &definitions.templates {
        if !known.iter().any(|there| there.name == template.name) {
            changed += 1;
            store::put_template(connection, template)?;
        }
    }
    for rule in &definitions.rules {
        if store::rule_id(connection, &rule.name)?.is_none() {
            changed += 1;
            super::rules::put(connection, None, rule)?;
        }
    }
    Ok(changed)
}

/// What people have set stays.
fn set_where_none_is<T: store::Setting>(connection: &Connection, value: &T) -> Result<u64> {
    if store::setting::<T>(connection)?.is_some() {
        return Ok(0);
    }
    store::put_setting(connection, Some(value))?;
    Ok(1)
}

pub(super) fn insert_value(
    connection: &Connection,
    facet: i64,
    name: &str,
    id: Uuid,
    target: Option<Target>,
) -> Result<i64> {
    // The newest value of a facet is its last. It is found from the end: through all values of the facet, as
    // any of its indexes would have it, many new ones would take a time that grows with their square.
    connection
        .prepare_cached(
            "INSERT INTO facet_value (uuid, facet_id, name, target, share, position)
             VALUES (?1, ?2, ?3, ?4, ?5, 1 + coalesce((
               SELECT position FROM facet_value NOT INDEXED WHERE facet_id = ?2 ORDER BY id DESC LIMIT 1), 0))",
        )?
        .execute(params![id.as_bytes(), facet, name, count_of(target), share_of(target)])?;
    Ok(connection.last_insert_rowid())
}

/// Sets what is wanted of a value, or takes it away; returns how many values that changed, 0 or 1.
pub(super) fn set_target(connection: &Connection, value: i64, target: Option<Target>) -> Result<u64> {
    let changed = connection
        .prepare_cached(
            "UPDATE facet_value SET target = ?2, share = ?3
             WHERE id = ?1 AND (target IS NOT ?2 OR share IS NOT ?3)",
        )?
        .execute(params![value, count_of(target), share_of(target)])?;
    Ok(changed as u64)
}

fn count_of(target: Option<Target>) -> Option<u32> {
    target.and_then(Target::count)
}

/// In millionths, as it is kept.
fn share_of(target: Option<Target>) -> Option<u32> {
    target.and_then(Target::share).map(Share::millionths)
}

/// Makes a single-valued, open facet where there is none of that name.
pub(in crate::dataset) fn ensure_facet(connection: &Connection, name: &str) -> Result<()> {
    if store::facet_id(connection, name)?.is_none() {
        check_facet_name(name).map_err(Error::Import)?;
        insert_facet(connection, name, new_id(), false, true, false)?;
    }
    Ok(())
}

pub(super) fn insert_facet(
    connection: &Connection,
    name: &str,
    id: Uuid,
    several: bool,
    open: bool,
    required: bool,
) -> Result<i64> {
    connection.execute(
        "INSERT INTO facet (uuid, name, several, open, required, position)
         VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(position), 0) + 1 FROM facet))",
        params![id.as_bytes(), name, several, open, required],
    )?;
    Ok(connection.last_insert_rowid())
}

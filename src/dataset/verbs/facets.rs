//! Changing facets and their values; the tags of all examples follow.

use rusqlite::{Connection, params};

use super::super::definitions::{check_facet_name, check_value_name};
use super::super::{Done, Error, FacetChange, Result, count_examples};
use super::definitions::{insert_facet, insert_value, set_target};
use super::targets::{self, basis, both, target_of};
use super::{cells, facet_names, parting, rules};
use crate::example::{Tag, Target, new_id};
use crate::store;

/// What parts the levels of a value's name: `billing/refund`.
const BELOW: char = '/';

/// Does it, inside the open transaction.
pub(super) fn change(connection: &Connection, change: &FacetChange) -> Result<Done> {
    let (sentence, examples) = match change {
        FacetChange::Add { facet, several, open, required } => {
            new_name(connection, facet)?;
            insert_facet(connection, facet, new_id(), *several, *open, *required)?;
            (format!("made the facet {facet}"), 0)
        }
        FacetChange::Remove(facet) => remove(connection, facet)?,
        FacetChange::Rename { facet, to } => {
            let id = find(connection, facet)?;
            new_name(connection, to)?;
            connection.execute("UPDATE facet SET name = ?2 WHERE id = ?1", params![id, to])?;
            facet_names::rename_facet(connection, facet, to)?;
            (format!("renamed the facet {facet} to {to}"), 0)
        }
        FacetChange::Set { facet, several, open, required } => {
            set(connection, facet, *several, *open, *required)?
        }
        FacetChange::AddValue { value, target } => {
            let id = find(connection, &value.facet)?;
            new_value(connection, id, value)?;
            insert_value(connection, id, &value.value, new_id(), *target)?;
            let over = targets::more_than_all(connection, &value.facet)?;
            (format!("made the value {}:{}{over}", value.facet, value.value), 0)
        }
        FacetChange::RenameValue { value, to } => rename_value(connection, value, to)?,
        FacetChange::MergeValues { facet, values, into } => merge(connection, facet, values, into)?,
        FacetChange::RemoveValue(value) => remove_value(connection, value)?,
        FacetChange::Part { value, parts, rest } => parting::part(connection, value, parts, rest.as_deref())?,
        FacetChange::Target { value, target } => {
            let (_, id) = find_value(connection, value)?;
            set_target(connection, id, *target)?;
            let wanted = target.map_or_else(|| "no target".to_owned(), |target| format!("target {target}"));
            let over = targets::more_than_all(connection, &value.facet)?;
            (format!("{}:{} has {wanted} now{over}", value.facet, value.value), 0)
        }
        FacetChange::Cell { one, other, wish } => cells::set(connection, one, other, *wish)?,
        FacetChange::AsInProduction { facet, shares, records, silent } => {
            targets::as_in_production(connection, facet, shares, (*silent, *records))?
        }
        FacetChange::Goal(goal) => {
            store::put_setting(connection, goal.as_ref())?;
            let said = match goal {
                Some(goal) => format!("{goal} usable examples are wanted altogether now"),
                None => "there is no goal now".to_owned(),
            };
            (said, 0)
        }
    };
    Ok(Done { action: None, sentence, examples, example: None })
}

pub(super) fn find(connection: &Connection, facet: &str) -> Result<i64> {
    let found = store::facet_id(connection, facet)?;
    found.map(|(id, _)| id).ok_or_else(|| Error::NoFacet(facet.to_owned()))
}

pub(super) fn find_value(connection: &Connection, tag: &Tag) -> Result<(i64, i64)> {
    let facet = find(connection, &tag.facet)?;
    let value = store::value_id(connection, facet, &tag.value)?;
    let missing =
        || store::Error::NotFound { what: "facet value", name: format!("{}:{}", tag.facet, tag.value) };
    Ok((facet, value.ok_or_else(missing)?))
}

/// That a facet can be called so.
fn new_name(connection: &Connection, name: &str) -> Result<()> {
    check_facet_name(name).map_err(Error::FacetChange)?;
    if store::facet_id(connection, name)?.is_some() {
        return Err(Error::FacetChange(format!("there is a facet “{name}” already")));
    }
    Ok(())
}

/// That a value can be called so.
pub(super) fn new_value(connection: &Connection, facet: i64, tag: &Tag) -> Result<()> {
    let Tag { facet: name, value } = tag;
    check_value_name(name, value).map_err(Error::FacetChange)?;
    if store::value_id(connection, facet, value)?.is_some() {
        return Err(Error::FacetChange(format!(
            "{name} has the value “{value}” already; merging makes one value of two"
        )));
    }
    Ok(())
}

/// How many examples carry a value of the facet.
fn tagged(connection: &Connection, facet: i64) -> Result<u64> {
    let sql = "SELECT count(DISTINCT t.example_id) FROM facet_value v JOIN tag t ON t.value_id = v.id
               WHERE v.facet_id = ?1";
    Ok(connection.query_row(sql, [facet], |row| row.get(0))?)
}

fn remove(connection: &Connection, facet: &str) -> Result<(String, u64)> {
    let id = find(connection, facet)?;
    facet_names::check_unused(connection, facet, None)?;
    let n = tagged(connection, id)?;
    let values = "SELECT id FROM facet_value WHERE facet_id = ?1";
    connection.execute(&format!("DELETE FROM tag WHERE value_id IN ({values})"), [id])?;
    let of_them = format!("value_id IN ({values}) OR other_id IN ({values})");
    connection.execute(&format!("DELETE FROM cell WHERE {of_them}"), [id])?;
    let along = rules::forget_values(connection, values, id)?;
    connection.execute("DELETE FROM facet_value WHERE facet_id = ?1", [id])?;
    connection.execute("DELETE FROM facet WHERE id = ?1", [id])?;
    facet_names::forget_facet(connection, facet)?;
    Ok((format!("removed the facet {facet}, which {} carried{along}", count_examples(n)), n))
}

fn set(
    connection: &Connection,
    facet: &str,
    several: Option<bool>,
    open: Option<bool>,
    required: Option<bool>,
) -> Result<(String, u64)> {
    let (id, is_several) =
        store::facet_id(connection, facet)?.ok_or_else(|| Error::NoFacet(facet.to_owned()))?;
    let mut said = Vec::new();
    if let Some(several) = several.filter(|several| *several != is_several) {
        set_several(connection, facet, id, several)?;
        said.push(if several { "takes several values" } else { "takes one value" });
    }
    for (column, now, yes, no) in
        [("open", open, "is open", "is closed"), ("required", required, "is required", "is not required")]
    {
        let Some(now) = now else { continue };
        let sql = format!("UPDATE facet SET {column} = ?2 WHERE id = ?1 AND {column} <> ?2");
        if connection.execute(&sql, params![id, now])? > 0 {
            said.push(if now { yes } else { no });
        }
    }
    if said.is_empty() {
        said.push("is as it was");
    }
    Ok((format!("the facet {facet} {}", said.join(", ")), 0))
}

/// The tags of a facet say whether it takes several, so that the file itself holds to it: both change, and
/// fit each other again at the end of the transaction.
fn set_several(connection: &Connection, facet: &str, id: i64, several: bool) -> Result<()> {
    let sql =
        "SELECT example_id FROM tag WHERE facet_id = ?1 GROUP BY example_id HAVING count(*) > 1 LIMIT 1";
    let mut statement = connection.prepare(sql)?;
    let twice: Option<i64> = statement.query_map([id], |row| row.get(0))?.next().transpose()?;
    if let Some(example) = twice.filter(|_| !several) {
        return Err(Error::FacetChange(format!(
            "#{example} carries several values of {facet}, and perhaps others do: take them away first, or merge \
             the values"
        )));
    }
    connection.pragma_update(None, "defer_foreign_keys", true)?;
    connection.execute("UPDATE facet SET several = ?2 WHERE id = ?1", params![id, several])?;
    connection.execute("UPDATE tag SET several = ?2 WHERE facet_id = ?1", params![id, several])?;
    Ok(())
}

fn rename_value(connection: &Connection, value: &Tag, to: &str) -> Result<(String, u64)> {
    let (facet, id) = find_value(connection, value)?;
    // Before the value itself is called otherwise: its new name may look like one below its old one.
    let below = format!("{}{BELOW}", value.value);
    let children: Vec<(i64, String)> = connection
        .prepare("SELECT id, name FROM facet_value WHERE facet_id = ?1 AND substr(name, 1, length(?2)) = ?2")?
        .query_map(params![facet, below], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut renamed = vec![(value.value.clone(), to.to_owned())];
    let name_of = |name: &str| format!("{to}{BELOW}{}", name.strip_prefix(&below).unwrap_or(name));
    renamed.extend(children.iter().map(|(_, name)| (name.clone(), name_of(name))));
    let ids = std::iter::once(id).chain(children.iter().map(|(id, _)| *id));
    for (id, (_, name)) in ids.zip(&renamed) {
        new_value(connection, facet, &Tag::new(&value.facet, name))?;
        connection.execute("UPDATE facet_value SET name = ?2 WHERE id = ?1", params![id, name])?;
    }
    facet_names::rename_values(connection, &value.facet, &renamed)?;
    let along = match children.len() {
        0 => String::new(),
        1 => ", with the value below it".to_owned(),
        n => format!(", with {n} values below it"),
    };
    Ok((format!("renamed {}:{} to {to}{along}", value.facet, value.value), 0))
}

pub(super) fn merge(
    connection: &Connection,
    facet: &str,
    values: &[String],
    into: &str,
) -> Result<(String, u64)> {
    let id = find(connection, facet)?;
    let (mut names, mut going) = (Vec::new(), Vec::new());
    for name in values.iter().filter(|value| *value != into) {
        if !names.contains(&name.as_str()) {
            names.push(name);
            going.push(find_value(connection, &Tag::new(facet, name))?.1);
        }
    }
    if going.is_empty() {
        return Err(Error::FacetChange(format!("there is nothing to merge into {facet}:{into}")));
    }
    let basis = basis(connection)?;
    let mut wanted: Option<Target> = None;
    for value in &going {
        wanted = both(wanted, target_of(connection, *value)?, basis);
    }
    let is_one_of_them = values.iter().any(|value| value == into);
    let there = store::value_id(connection, id, into)?;
    let own = there.map(|there| target_of(connection, there)).transpose()?.flatten();
    let sum = if is_one_of_them { both(own, wanted, basis) } else { own.or(wanted) };
    let stays = if let Some(there) = there {
        set_target(connection, there, sum)?;
        there
    } else {
        new_value(connection, id, &Tag::new(facet, into))?;
        insert_value(connection, id, into, new_id(), wanted)?
    };
    let one = cells::Stays { value: stays, is_new: there.is_none(), keeps_its_own: !is_one_of_them };
    cells::merge(connection, &going, one)?;
    let mut moved = 0;
    for value in going {
        moved += move_tags(connection, id, value, stays, "SELECT example_id FROM tag WHERE value_id = ?1")?;
        rules::merge_value(connection, value, stays)?;
        connection.execute("DELETE FROM facet_value WHERE id = ?1", [value])?;
    }
    let renamed: Vec<_> = names.iter().map(|name| ((*name).to_owned(), into.to_owned())).collect();
    facet_names::rename_values(connection, facet, &renamed)?;
    let wanted = match (wanted, sum) {
        (Some(_), Some(sum)) if own == Some(sum) => format!("; its target stays {sum}"),
        (Some(_), Some(sum)) => format!("; its target is {sum} now"),
        _ => String::new(),
    };
    let names = names.join(", ");
    Ok((format!("merged {facet}:{names} into {into}, on {}{wanted}", count_examples(moved)), moved))
}

/// Whoever carries one value, of those that the query finds, carries the other instead.
pub(super) fn move_tags(connection: &Connection, facet: i64, from: i64, to: i64, which: &str) -> Result<u64> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS moved (id INTEGER PRIMARY KEY); DELETE FROM temp.moved",
    )?;
    let n = connection.execute(&format!("INSERT INTO temp.moved {which}"), [from])?;
    // first off, then on: a facet may take only one
    connection.execute(
        "DELETE FROM tag WHERE value_id = ?1 AND example_id IN (SELECT id FROM temp.moved)",
        [from],
    )?;
    connection.execute(
        "INSERT INTO tag (example_id, facet_id, value_id, several)
         SELECT m.id, ?1, ?2, (SELECT several FROM facet WHERE id = ?1) FROM temp.moved m
         WHERE true ON CONFLICT DO NOTHING",
        params![facet, to],
    )?;
    Ok(n as u64)
}

fn remove_value(connection: &Connection, value: &Tag) -> Result<(String, u64)> {
    let (_, id) = find_value(connection, value)?;
    facet_names::check_unused(connection, &value.facet, Some(&value.value))?;
    let n = connection.execute("DELETE FROM tag WHERE value_id = ?1", [id])? as u64;
    store::remove_cells_of_value(connection, id)?;
    let along = rules::forget_values(connection, "?1", id)?;
    connection.execute("DELETE FROM facet_value WHERE id = ?1", [id])?;
    Ok((format!("removed {}:{}, which {} carried{along}", value.facet, value.value, count_examples(n)), n))
}

//! What is wanted of values: as in production, and of values that become one.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::super::Result;
use super::super::definitions::percent;
use super::definitions::{insert_value, set_target};
use super::facets::{find, new_value};
use crate::example::{Basis, Goal, Share, Status, Tag, Target, new_id};
use crate::store;
use crate::text::count::{plural, thousands};

/// So many values are told by name.
const NAMED: usize = 10;

/// Makes the shares of all values of a facet those of real use.
pub(super) fn as_in_production(
    connection: &Connection,
    facet: &str,
    shares: &[(String, Share)],
    (silent, records): (u64, u64),
) -> Result<(String, u64)> {
    let id = find(connection, facet)?;
    let there: Vec<(i64, String)> = connection
        .prepare("SELECT id, name FROM facet_value WHERE facet_id = ?1 ORDER BY position, id")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let real: HashMap<&str, Share> = shares.iter().map(|(name, share)| (name.as_str(), *share)).collect();
    let known: HashSet<&str> = there.iter().map(|(_, name)| name.as_str()).collect();
    let mut never = Vec::new();
    for (value, name) in &there {
        let share = real.get(name.as_str()).copied();
        if share.is_none_or(|share| share == Share::NONE) {
            never.push(name.as_str());
        }
        set_target(connection, *value, Some(Target::Share(share.unwrap_or(Share::NONE))))?;
    }
    let mut made = Vec::new();
    for (name, share) in shares.iter().filter(|(name, _)| !known.contains(name.as_str())) {
        new_value(connection, id, &Tag::new(facet, name))?;
        insert_value(connection, id, name, new_id(), Some(Target::Share(*share)))?;
        made.push(name.as_str());
    }
    let n = plural(shares.len() as u64, "value");
    let mut sentence = format!("set {facet} as in production: {n} with their shares");
    for (says, names) in [("; made new: ", made), ("; never there, so wanted not at all: ", never)] {
        if !names.is_empty() {
            sentence = format!("{sentence}{says}{}", first_of(&names));
        }
    }
    if silent > 0 {
        let records = plural(records, "record");
        sentence = format!("{sentence}; {} of {records} said nothing of it", thousands(silent));
    }
    Ok((sentence, 0))
}

/// What is said where the shares of a facet are more than all: while they are set one by one they may be for a while.
pub(super) fn more_than_all(connection: &Connection, facet: &str) -> Result<String> {
    let sum: u64 = connection.query_row(
        "SELECT coalesce(sum(v.share), 0) FROM facet f JOIN facet_value v ON v.facet_id = f.id
         WHERE f.name = ?1 AND NOT f.several",
        [facet],
        |row| row.get(0),
    )?;
    if sum <= u64::from(Share::WHOLE.millionths()) {
        return Ok(String::new());
    }
    Ok(format!("; the shares of {facet} add up to {} now, which can't be met", percent(sum)))
}

/// The first names of many, and how many more there are.
fn first_of(names: &[&str]) -> String {
    let mut told = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if let Some(more) = names.len().checked_sub(NAMED).filter(|more| *more > 0) {
        told = format!("{told} and {} more", thousands(more as u64));
    }
    told
}

pub(super) fn target_of(connection: &Connection, value: i64) -> Result<Option<Target>> {
    Ok(store::target_of(connection, value)?)
}

/// What shares are taken of.
pub(in crate::dataset) fn basis(connection: &Connection) -> Result<Basis> {
    let goal: Option<Goal> = store::setting(connection)?;
    let usable = connection.query_row(
        "SELECT coalesce(sum(n), 0) FROM example_count WHERE status IN (?1, ?2)",
        [Status::Submitted.as_str(), Status::Approved.as_str()],
        |row| row.get(0),
    )?;
    Ok(Basis::new(goal, usable))
}

/// What is wanted of two values that become one: shares add up to a share, and what is a count on one side
/// becomes one on both.
pub(super) fn both(one: Option<Target>, other: Option<Target>, basis: Basis) -> Option<Target> {
    match (one, other) {
        (Some(Target::Share(one)), Some(Target::Share(other))) => Some(Target::Share(one.plus(other))),
        (Some(one), Some(other)) => {
            Some(Target::Count(one.by_itself(basis).saturating_add(other.by_itself(basis))))
        }
        (one, other) => one.or(other),
    }
}

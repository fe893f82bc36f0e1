//! How what rules propose catches up with what is written.

use std::collections::HashSet;

use rusqlite::Connection;

use super::super::{Difference, Result};
use super::ready::Ready;
use crate::store;

/// Of the examples about so many are looked at again by `goldset verify`.
const LOOKED_AT_AGAIN: i64 = 500;

/// Brings what rules propose up to date for at most `limit` examples, inside the open transaction: first
/// those that were changed, then those that a new rule has not looked at. Answers how many it took.
///
/// A filter may ask for words: then what is not in the search index yet waits for that. The rules are made
/// ready once, and kept for the next portion of the same transaction.
pub(in crate::dataset) fn catch_up(
    connection: &Connection,
    limit: usize,
    kept: &mut Option<Ready>,
) -> Result<usize> {
    let changed = store::changed_for_rules(connection, limit)?;
    let behind = if changed.len() < limit { store::rules_behind(connection)? } else { None };
    if changed.is_empty() && behind.is_none() {
        return Ok(0);
    }
    let ready = match kept {
        Some(ready) => ready,
        None => kept.insert(Ready::of(connection)?),
    };
    let is_indexed = store::pending(connection)? == 0;
    if !is_indexed && ready.has_filters(None) {
        return Ok(0);
    }
    for id in &changed {
        store::forget_proposals(connection, *id)?;
    }
    put(connection, &ready.hold(connection, &changed, None)?)?;
    let mut taken = changed.len();
    if let Some((after, rules)) = behind {
        let room = limit - taken;
        let ids = store::examples_after(connection, after, room)?;
        put(connection, &ready.hold(connection, &ids, Some(&rules))?)?;
        store::rules_came_to(connection, &rules, ids.last().copied().filter(|_| ids.len() == room))?;
        // Where nothing was left to look at, the rule itself was taken.
        taken += ids.len().max(1);
    }
    Ok(taken)
}

fn put(connection: &Connection, found: &[(i64, i64)]) -> Result<()> {
    for (rule, example) in found {
        store::put_proposal(connection, *rule, *example)?;
    }
    Ok(())
}

/// What is wrong with what rules propose: of about 500 examples, those where a look gives something
/// else than what is kept.
pub(in crate::dataset) fn wrong_proposals(connection: &Connection) -> Result<Vec<Difference>> {
    let snapshot = connection.unchecked_transaction()?;
    let kept_of_gone: u64 = snapshot.query_row(
        "SELECT count(*) FROM proposal WHERE example_id NOT IN (SELECT id FROM example)
            OR rule_id NOT IN (SELECT id FROM rule)",
        [],
        |row| row.get(0),
    )?;
    let mut wrong = Vec::new();
    if kept_of_gone > 0 {
        wrong.push(format!("{kept_of_gone} are of examples or rules that are gone"));
    }
    let every: i64 =
        snapshot
            .query_row("SELECT max(1, count(*) / ?1) FROM example", [LOOKED_AT_AGAIN], |row| row.get(0))?;
    let ids: Vec<i64> = snapshot
        .prepare(
            "SELECT id FROM example WHERE id % ?1 = 0 AND id NOT IN (SELECT example_id FROM proposal_pending)
               AND id NOT IN (SELECT example_id FROM search_pending)
               AND id NOT IN (SELECT example_id FROM outcome_pending)",
        )?
        .query_map([every], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let behind: HashSet<i64> = snapshot
        .prepare("SELECT rule_id FROM rule_pending")?
        .query_map([], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let mut of_example = snapshot.prepare("SELECT rule_id FROM proposal WHERE example_id = ?1")?;
    let ready = Ready::of(&snapshot)?;
    let mut other = 0_u64;
    for portion in ids.chunks(100) {
        let again = ready.all(&snapshot, portion)?;
        for id in portion {
            let kept: HashSet<i64> =
                of_example.query_map([*id], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
            let now: HashSet<i64> =
                again.iter().filter(|(_, example)| example == id).map(|(rule, _)| *rule).collect();
            other += u64::from(kept.symmetric_difference(&now).any(|rule| !behind.contains(rule)));
        }
    }
    if other > 0 {
        wrong
            .push(format!("of {} examples that were looked at again, {other} came out otherwise", ids.len()));
    }
    Ok(wrong.into_iter().map(|what| Difference { check: "rules", what }).collect())
}

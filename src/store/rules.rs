//! The rules that propose tags: how they are kept, and where their conditions hold.
//!
//! What a condition means is not known here: triggers put what changed into `proposal_pending` and
//! `rule_pending`, and who knows takes it out again, a portion in a transaction.

use rusqlite::{Connection, OptionalExtension, params};

use super::read::messages_of;
use super::{Error, Result};
use crate::example::{Condition, Message, Tag, TagRule, new_id};

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Its number in this file.
    pub id: i64,
    /// The rule.
    pub rule: TagRule,
}

/// The rules, in the order in which they were made.
pub fn rules(connection: &Connection) -> Result<Vec<RuleRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.id, r.name, f.name, v.name, r.condition FROM rule r
           JOIN facet_value v ON v.id = r.value_id JOIN facet f ON f.id = v.facet_id
         ORDER BY r.position, r.id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let condition = condition_of(row.get_ref(4)?.as_str().unwrap_or_default())?;
        let tag = Tag { facet: row.get(2)?, value: row.get(3)? };
        found.push(RuleRow { id: row.get(0)?, rule: TagRule { name: row.get(1)?, tag, condition } });
    }
    Ok(found)
}

fn condition_of(json: &str) -> Result<Condition> {
    serde_json::from_str(json).map_err(|error| Error::Setting { name: "rules", reason: error.to_string() })
}

fn json_of(condition: &Condition) -> Result<String> {
    serde_json::to_string(condition)
        .map_err(|error| Error::Setting { name: "rules", reason: error.to_string() })
}

/// The number of the rule of that name.
pub fn rule_id(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM rule WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Makes a rule that proposes that value.
pub fn insert_rule(connection: &Connection, name: &str, value: i64, condition: &Condition) -> Result<()> {
    connection.execute(
        "INSERT INTO rule (uuid, name, value_id, condition, position)
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(position), 0) + 1 FROM rule))",
        params![new_id().as_bytes(), name, value, json_of(condition)?],
    )?;
    Ok(())
}

/// Changes a rule.
pub fn update_rule(
    connection: &Connection,
    id: i64,
    name: &str,
    value: i64,
    condition: &Condition,
) -> Result<()> {
    connection.execute(
        "UPDATE rule SET name = ?2, value_id = ?3, condition = ?4 WHERE id = ?1",
        params![id, name, value, json_of(condition)?],
    )?;
    Ok(())
}

/// Changes the condition of a rule.
pub fn set_condition(connection: &Connection, id: i64, condition: &Condition) -> Result<()> {
    connection.execute("UPDATE rule SET condition = ?2 WHERE id = ?1", params![id, json_of(condition)?])?;
    Ok(())
}

/// Takes a rule away.
pub fn delete_rule(connection: &Connection, id: i64) -> Result<()> {
    connection.execute("DELETE FROM rule WHERE id = ?1", [id])?;
    Ok(())
}

/// How many examples wait to be looked at by rules; one that waits for several is counted for each.
pub fn waiting_for_rules(connection: &Connection) -> Result<u64> {
    let sql = "SELECT (SELECT count(*) FROM proposal_pending) + coalesce((
                 SELECT sum(max(1, (SELECT coalesce(max(id), 0) FROM example) - after)) FROM rule_pending), 0)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Examples that are out of date, at most `limit`.
pub fn changed_for_rules(connection: &Connection, limit: usize) -> Result<Vec<i64>> {
    let sql = "SELECT example_id FROM proposal_pending ORDER BY example_id LIMIT ?1";
    numbers(connection, sql, [as_limit(limit)])
}

/// The rules that are furthest behind, with the last example that they have looked at; none where all
/// rules have looked at all.
pub fn rules_behind(connection: &Connection) -> Result<Option<(i64, Vec<i64>)>> {
    let after: Option<i64> =
        connection.prepare_cached("SELECT min(after) FROM rule_pending")?.query_row([], |row| row.get(0))?;
    let Some(after) = after else { return Ok(None) };
    let rules = numbers(connection, "SELECT rule_id FROM rule_pending WHERE after = ?1 ORDER BY 1", [after])?;
    Ok(Some((after, rules)))
}

/// The examples after that one, in their order, at most `limit`.
pub fn examples_after(connection: &Connection, after: i64, limit: usize) -> Result<Vec<i64>> {
    numbers(
        connection,
        "SELECT id FROM example WHERE id > ?1 ORDER BY id LIMIT ?2",
        params![after, as_limit(limit)],
    )
}

fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn numbers(connection: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map(params, |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
}

/// The rules have looked at every example up to that one, or at all.
pub fn rules_came_to(connection: &Connection, rules: &[i64], last: Option<i64>) -> Result<()> {
    for rule in rules {
        match last {
            Some(last) => connection
                .prepare_cached("UPDATE rule_pending SET after = ?2 WHERE rule_id = ?1")?
                .execute([*rule, last])?,
            None => {
                connection.prepare_cached("DELETE FROM rule_pending WHERE rule_id = ?1")?.execute([*rule])?
            }
        };
    }
    Ok(())
}

/// An example is as the rules have it: what is kept of it is taken away, to be put there anew.
pub fn forget_proposals(connection: &Connection, example: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM proposal WHERE example_id = ?1")?.execute([example])?;
    connection.prepare_cached("DELETE FROM proposal_pending WHERE example_id = ?1")?.execute([example])?;
    Ok(())
}

/// The condition of a rule holds of an example.
pub fn put_proposal(connection: &Connection, rule: i64, example: i64) -> Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO proposal VALUES (?1, ?2)")?.execute([rule, example])?;
    Ok(())
}

/// What is said in an example: the turns of its prompt, and those of its responses. What can't be read
/// says nothing; `goldset verify` tells of it.
pub fn turns_of(connection: &Connection, example: i64) -> Result<(Vec<Message>, Vec<Message>)> {
    let read = |sql: &str| -> Result<Vec<Message>> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([example])?;
        let mut turns = Vec::new();
        while let Some(row) = rows.next()? {
            turns.extend(
                row.get_ref(0)?.as_str().ok().and_then(|json| messages_of(json).ok()).unwrap_or_default(),
            );
        }
        Ok(turns)
    };
    Ok((
        read("SELECT messages FROM prompt WHERE example_id = ?1")?,
        read("SELECT messages FROM response WHERE example_id = ?1 ORDER BY position, id")?,
    ))
}

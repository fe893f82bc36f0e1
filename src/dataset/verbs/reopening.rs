//! What is submitted has as many rankings as the protocol wants, whatever was taken back since.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::Result;
use super::protocol;
use crate::store::{Mode, STANDS};

/// Whether a verb may take away what made an example a submitted one.
pub(in crate::dataset) const fn may_reopen(verb: &super::Verb) -> bool {
    use super::Verb::{Edit, Rank, RemoveResponse, Review, Rewrite, SetStanding, Several, WithdrawRanking};
    matches!(
        verb,
        Rank { .. }
            | Rewrite { .. }
            | WithdrawRanking { .. }
            | RemoveResponse { .. }
            | Edit { .. }
            | SetStanding { .. }
            | Review { .. }
            | Several(_)
    )
}

/// Opens examples again, as part of the action at hand: those whose rankings or reviews it changed or that
/// it made submitted, that are submitted because of their rankings, and that now have too few of them or wait
/// for somebody to whom they were sent back. What somebody called submitted by hand stays so.
pub(in crate::dataset) fn reopen(connection: &Connection, action: i64, mode: Mode) -> Result<()> {
    let wanted = protocol::current(connection)?.rankings;
    let lacking: Vec<i64> = connection
        .prepare_cached(
            "SELECT e.id FROM example e
             WHERE e.status = 'submitted' AND e.id IN (
                 SELECT c.example FROM change c WHERE c.action_id = ?1 AND (
                   c.tbl IN ('ranking', 'sent_back', 'review')
                   OR c.tbl = 'example' AND json_extract(c.after, '$.status') = 'submitted'
                     AND json_extract(c.before, '$.status') IS NOT 'submitted'))
               AND (EXISTS (SELECT 1 FROM sent_back s WHERE s.example_id = e.id AND s.done = 0)
                 OR (NOT EXISTS (SELECT 1 FROM ranking r WHERE r.example_id = e.id AND r.standing NOT NULL)
                   AND (SELECT count(*) FROM ranking r WHERE r.example_id = e.id) < ?2))",
        )?
        .query_map(params![action, wanted], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for example in lacking {
        if is_submitted_by_rankings(connection, example, action, mode)? {
            connection
                .prepare_cached("UPDATE example SET status = 'draft' WHERE id = ?1")?
                .execute([example])?;
        }
    }
    Ok(())
}

/// Whether it is for its rankings that an example is submitted: with the last of them, or when the
/// protocol changed.
fn is_submitted_by_rankings(connection: &Connection, example: i64, action: i64, mode: Mode) -> Result<bool> {
    // The last time that somebody submitted it, where that still holds.
    let sql = format!(
        "SELECT c.op = 'update' AND (a.verb = 'protocol' OR EXISTS (
             SELECT 1 FROM change r WHERE r.example = c.example AND +r.action_id = a.id
               AND r.tbl = 'ranking' AND r.op = 'insert'))
         FROM change c JOIN action a ON a.id = c.action_id
         WHERE c.example = ?1 AND c.tbl = 'example' AND a.mode = 'do' AND {STANDS}
           AND json_extract(c.after, '$.status') = 'submitted'
           AND json_extract(c.before, '$.status') IS NOT 'submitted'
         ORDER BY c.id DESC LIMIT 1"
    );
    let last: Option<bool> =
        connection.prepare_cached(&sql)?.query_row([example], |row| row.get(0)).optional()?;
    if let Some(by_rankings) = last {
        return Ok(by_rankings);
    }
    // Nobody did, as it stands. Either it came so with an import,
    let came_submitted: Option<bool> = connection
        .prepare_cached(
            "SELECT json_extract(before, '$.status') IS 'submitted' FROM change
             WHERE example = ?1 AND tbl = 'example' ORDER BY id LIMIT 1",
        )?
        .query_row([example], |row| row.get(0))
        .optional()?;
    if came_submitted == Some(false) {
        // or what did was turned back out of turn.
        return Ok(true);
    }
    if mode != Mode::Do {
        return Ok(false);
    }
    // It came with rankings, and one of those goes now.
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM change d
               WHERE d.example = ?1 AND +d.action_id = ?2 AND d.tbl = 'ranking' AND d.op = 'delete'
                 AND NOT EXISTS (SELECT 1 FROM change i
                   WHERE i.example = ?1 AND i.tbl = 'ranking' AND i.op = 'insert' AND i.row = d.row))",
        )?
        .query_row([example, action], |row| row.get(0))?)
}

/// After a redo of `target`: what it had submitted with a ranking, and what was opened again when
/// somebody else took theirs back, is submitted where there are enough by now.
pub(in crate::dataset) fn submit_again(connection: &Connection, target: i64) -> Result<()> {
    let examples: Vec<i64> = connection
        .prepare_cached(
            "SELECT c.example FROM change c JOIN example e ON e.id = c.example
             WHERE c.action_id = ?1 AND c.tbl = 'example' AND e.status IN ('pending', 'draft')
               AND json_extract(c.after, '$.status') = 'submitted'
               AND NOT EXISTS (SELECT 1 FROM change l WHERE l.example = c.example AND +l.action_id = ?1
                 AND l.tbl = 'example' AND l.id > c.id)
               AND EXISTS (SELECT 1 FROM change r WHERE r.example = c.example AND +r.action_id = ?1
                 AND r.tbl = 'ranking' AND r.op = 'insert')",
        )?
        .query_map([target], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for example in examples {
        super::ranking::submit_where_enough(connection, example)?;
    }
    Ok(())
}

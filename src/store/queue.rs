//! The queues of examples whose derived rows are out of date, as triggers fill them.

use std::collections::HashSet;

use rusqlite::Connection;

use super::Result;

/// A queue: the table that keeps it, and the domain tables whose changes bring an example into it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Queue {
    /// The table of waiting examples.
    pub table: &'static str,
    /// Domain tables, each in SQL quotes, by commas.
    pub filled_by: &'static str,
}

impl Queue {
    /// How many examples wait.
    pub fn waiting(self, connection: &Connection) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM {}", self.table);
        Ok(connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
    }

    /// At most `limit` of them; those that the action at hand changed come first, whatever else waits.
    pub fn first(self, connection: &Connection, limit: usize) -> Result<Vec<i64>> {
        let Self { table, filled_by } = self;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let any = format!("SELECT example_id FROM {table} ORDER BY example_id LIMIT ?1");
        let mut ids = listed(connection, &any, limit.saturating_add(1))?;
        if i64::try_from(ids.len()).is_ok_and(|n| n > limit) {
            let of_action = format!(
                "SELECT DISTINCT c.example FROM change c JOIN {table} p ON p.example_id = c.example
                 WHERE c.action_id = (SELECT action_id FROM writing) AND c.tbl IN ({filled_by})
                 ORDER BY 1 LIMIT ?1"
            );
            ids = listed(connection, &of_action, limit)?;
            let own: HashSet<i64> = ids.iter().copied().collect();
            let others = listed(connection, &any, limit)?;
            ids.extend(others.into_iter().filter(|id| !own.contains(id)));
            ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(ids)
    }

    /// Takes an example out.
    pub fn remove(self, connection: &Connection, example: i64) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE example_id = ?1", self.table);
        connection.prepare_cached(&sql)?.execute([example])?;
        Ok(())
    }
}

fn listed(connection: &Connection, sql: &str, limit: i64) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([limit], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?)
}

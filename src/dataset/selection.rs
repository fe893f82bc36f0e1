//! Which examples a verb is for.

use rusqlite::{Connection, params_from_iter};

use super::Result;
use crate::query::Filter;

/// One example, some, or all that a filter finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// One, by its number.
    One(i64),
    /// Those marked.
    These(Vec<i64>),
    /// The whole filter.
    Matching(Filter),
}

impl Selection {
    /// Puts the ids of the selected examples into the temporary table `selected`, which the
    /// statements of a verb then join. Returns how many there are.
    pub(super) fn fill(&self, connection: &Connection) -> Result<u64> {
        connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS selected (id INTEGER PRIMARY KEY); DELETE FROM temp.selected;",
        )?;
        let n = match self {
            Self::One(id) => {
                connection.execute("INSERT INTO temp.selected SELECT id FROM example WHERE id = ?1", [id])?
            }
            Self::These(ids) => {
                let mut insert = connection
                    .prepare_cached("INSERT OR IGNORE INTO temp.selected SELECT id FROM example WHERE id = ?1")?;
                let mut n = 0;
                for id in ids {
                    n += insert.execute([id])?;
                }
                n
            }
            Self::Matching(filter) => {
                let sql = filter.to_sql();
                connection.execute(
                    &format!("INSERT INTO temp.selected SELECT e.id FROM example e WHERE {}", sql.clause),
                    params_from_iter(sql.params),
                )?
            }
        };
        Ok(n as u64)
    }

    /// The one example that is meant, where it is one.
    pub fn single(&self) -> Option<i64> {
        match self {
            Self::One(id) => Some(*id),
            Self::These(ids) if ids.len() == 1 => ids.first().copied(),
            _ => None,
        }
    }
}

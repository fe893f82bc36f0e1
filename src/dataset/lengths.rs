//! How long examples are, by the estimate of tokens that is kept with each.

use rusqlite::params_from_iter;

use super::{Reader, Result};
use crate::query::Filter;

impl Reader {
    /// The estimated tokens, of prompt and responses, of the examples that a filter finds, in their order.
    pub fn tokens_of(&self, filter: &Filter) -> Result<Vec<u64>> {
        let sql = filter.to_sql();
        let query = format!("SELECT e.tokens FROM example e WHERE {} ORDER BY e.id", sql.clause);
        let mut statement = self.connection.prepare(&query)?;
        let lengths = statement.query_map(params_from_iter(sql.params), |row| row.get(0))?;
        Ok(lengths.collect::<std::result::Result<_, _>>()?)
    }
}

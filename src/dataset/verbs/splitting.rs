//! Dealing examples to splits, and keeping how it is done.

use rusqlite::{Connection, params};

use super::super::{Dealt, Done, Result, count_examples};
use crate::example::{Split, SplitPlan};
use crate::store;
use crate::text::count::thousands;

/// Puts each example where it was dealt, unless somebody put it elsewhere since.
pub(super) fn deal(connection: &Connection, plan: &SplitPlan, dealt: &[Dealt]) -> Result<Done> {
    store::put_setting(connection, Some(plan))?;
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS dealt (id INTEGER PRIMARY KEY, after TEXT NOT NULL);
         DELETE FROM temp.dealt;",
    )?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO temp.dealt SELECT id, ?2 FROM example WHERE id = ?1 AND split IS ?3",
    )?;
    for Dealt { example, before, after } in dealt {
        insert.execute(params![example, after.as_str(), before.map(Split::as_str)])?;
    }
    connection.execute(
        "UPDATE example SET split = (SELECT after FROM temp.dealt d WHERE d.id = example.id)
         WHERE id IN (SELECT id FROM temp.dealt)",
        [],
    )?;
    let mut counts = Vec::new();
    let mut statement = connection.prepare_cached("SELECT count(*) FROM temp.dealt WHERE after = ?1")?;
    for &split in Split::ALL {
        let n: u64 = statement.query_row([split.as_str()], |row| row.get(0))?;
        counts.push((split, n));
    }
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(split, n)| format!("{} into {split}", thousands(*n)))
        .collect();
    let sentence = if all == 0 {
        "set how examples are split".to_owned()
    } else {
        format!("split {}: {}", count_examples(all), parts.join(", "))
    };
    Ok(Done { action: None, sentence, examples: all, example: None })
}

//! Bringing the schema of a file up to date, in one transaction, after a backup.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::open::with_suffix;
use super::{Result, outcomes, triggers};

/// Migration `n` brings schema `n - 1` to `n`. Never change one that was released: add the next.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_dataset.sql"),
    include_str!("migrations/0002_writing.sql"),
    include_str!("migrations/0003_judging.sql"),
    include_str!("migrations/0004_exports.sql"),
    include_str!("migrations/0005_traits.sql"),
    include_str!("migrations/0006_targets.sql"),
    include_str!("migrations/0007_rounds.sql"),
    include_str!("migrations/0008_rules.sql"),
    include_str!("migrations/0009_cell_counts.sql"),
    include_str!("migrations/0010_languages.sql"),
];

/// The schema that this program writes.
#[allow(clippy::cast_possible_truncation)] // there are a handful
pub const LATEST_VERSION: u32 = MIGRATIONS.len() as u32;

/// Applies what is missing. A file that had a schema before is first copied to `PATH.vN.bak`.
pub fn run(connection: &mut Connection, path: &Path) -> Result<()> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > 0 && found < LATEST_VERSION {
        let backup = with_suffix(path, &format!(".v{found}.bak"));
        if !backup.exists() {
            connection.execute("VACUUM INTO ?1", [backup.to_string_lossy()])?;
        }
    }
    if found >= LATEST_VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let now: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (_, sql) in (1_u32..).zip(MIGRATIONS).filter(|(version, _)| *version > now) {
        transaction.execute_batch(sql)?;
    }
    if now < LATEST_VERSION {
        triggers::replace_all(&transaction)?;
        transaction.pragma_update(None, "user_version", LATEST_VERSION)?;
    }
    transaction.commit()?;
    // What filters find and counts tell is right from the start, whoever reads next.
    outcomes::settle_all(connection)
}

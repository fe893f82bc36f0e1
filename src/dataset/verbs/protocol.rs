//! Setting the protocol, and what follows for the examples that are ranked.

use rusqlite::Connection;

use super::super::{Done, Result};
use crate::example::Protocol;
use crate::store;

/// The dataset's protocol; the one that holds without any, where there is none.
pub(in crate::dataset) fn current(connection: &Connection) -> Result<Protocol> {
    Ok(store::setting(connection)?.unwrap_or_default())
}

pub(super) fn set(connection: &Connection, protocol: Option<&Protocol>) -> Result<Done> {
    if let Some(protocol) = protocol {
        protocol.check()?;
    }
    let before = current(connection)?.rankings;
    store::put_setting(connection, protocol)?;
    let wanted = protocol.map_or(1, |protocol| protocol.rankings);
    let said = if protocol.is_some() { "set the protocol" } else { "took the protocol away" };
    // Only where the number is another one: what somebody called submitted by hand stays so.
    let (sentence, examples) = if wanted == before {
        (said.to_owned(), 0)
    } else {
        let (reopened, submitted) = follow(connection, wanted)?;
        let mut parts = vec![said.to_owned()];
        parts.extend((reopened > 0).then(|| format!("{reopened} wait for more rankings")));
        parts.extend((submitted > 0).then(|| format!("{submitted} have enough rankings")));
        (parts.join(": "), reopened + submitted)
    };
    Ok(Done { action: None, sentence, examples, example: None })
}

/// Opens what has too few rankings now, and submits what has enough.
fn follow(connection: &Connection, wanted: u32) -> Result<(u64, u64)> {
    let judged = "(SELECT count(*) FROM ranking r WHERE r.example_id = example.id AND r.standing IS NULL)";
    let decided = "EXISTS (SELECT 1 FROM ranking r WHERE r.example_id = example.id AND r.standing NOT NULL)";
    let ranked = "id IN (SELECT example_id FROM ranking)";
    let reopened = connection.execute(
        &format!(
            "UPDATE example SET status = 'draft'
             WHERE status = 'submitted' AND {ranked} AND {judged} < ?1 AND NOT {decided}"
        ),
        [wanted],
    )?;
    let submitted = connection.execute(
        &format!(
            "UPDATE example SET status = 'submitted'
             WHERE status IN ('pending', 'draft') AND answered >= 2 AND {ranked} AND {judged} >= ?1
               AND NOT EXISTS (SELECT 1 FROM sent_back s WHERE s.example_id = example.id AND s.done = 0)"
        ),
        [wanted],
    )?;
    Ok((reopened as u64, submitted as u64))
}

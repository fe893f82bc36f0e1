//! What waits for one annotator, or is theirs: the counts that differ from person to person.

use super::{Counts, Reader, Result};
use crate::example::{Protocol, Status};
use crate::store;

/// Counts of one annotator. They cost as much as that person has done, not as much as there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// Open examples with two or more responses that they have ranked already.
    pub ranked_open: u64,
    /// Examples that were sent back to them, and that they have not looked after since.
    pub returned: u64,
    /// Submitted examples that they had a part in.
    pub submitted: u64,
}

impl Own {
    /// Submitted examples that they may review.
    pub fn to_review(&self, counts: &Counts, protocol: Option<&Protocol>) -> u64 {
        let submitted = counts.count(|count| count.status == Status::Submitted);
        let own_work = protocol.is_some_and(|protocol| protocol.own_work);
        if own_work { submitted } else { submitted.saturating_sub(self.submitted) }
    }
}

impl Reader {
    /// How many submitted examples this annotator may review.
    pub fn to_review(&self, annotator: &str) -> Result<u64> {
        Ok(self.own(annotator)?.to_review(&self.counts()?, self.protocol()?.as_ref()))
    }

    /// The protocol, where one is set; [`Protocol::default`] holds without one.
    pub fn protocol(&self) -> Result<Option<Protocol>> {
        Ok(store::setting(&self.connection)?)
    }

    /// The counts of that annotator.
    pub fn own(&self, annotator: &str) -> Result<Own> {
        let Some(person) = store::find_annotator(&self.connection, annotator)? else {
            return Ok(Own { submitted: self.own_submitted(0, annotator)?, ..Own::default() });
        };
        let count = |sql: &str| -> Result<u64> {
            Ok(self.connection.prepare_cached(sql)?.query_row([person], |row| row.get(0))?)
        };
        Ok(Own {
            ranked_open: count(
                "SELECT count(*) FROM ranking r JOIN example e ON e.id = r.example_id
                 WHERE r.annotator_id = ?1 AND e.answered >= 2 AND e.status IN ('pending', 'draft')",
            )?,
            returned: count(
                "SELECT count(DISTINCT s.example_id) FROM sent_back s JOIN example e ON e.id = s.example_id
                 WHERE s.annotator_id = ?1 AND s.done = 0 AND e.status <> 'discarded'",
            )?,
            submitted: self.own_submitted(person, annotator)?,
        })
    }

    fn own_submitted(&self, person: i64, annotator: &str) -> Result<u64> {
        let sql = "SELECT count(*) FROM example e WHERE e.status = 'submitted' AND e.id IN (
               SELECT example_id FROM ranking WHERE annotator_id = ?1 AND standing IS NULL
               UNION SELECT example_id FROM response WHERE author = ?2 AND author_kind = 'person')";
        let count = self
            .connection
            .prepare_cached(sql)?
            .query_row(rusqlite::params![person, annotator], |row| row.get(0))?;
        Ok(count)
    }
}

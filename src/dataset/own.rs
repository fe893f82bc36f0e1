//! What waits for one annotator, or is theirs: the counts that differ from person to person.

use super::{Counts, Queue, Reader, Result};
use crate::example::{Protocol, QueueOrder, Status};
use crate::store;

/// Counts of one annotator. They cost as much as that person has done, not as much as there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// Open examples with two or more responses that they have ranked already.
    pub ranked_open: u64,
    /// Other open examples with two or more responses that wait for somebody else, who was sent them back.
    pub others_rank: u64,
    /// Open examples with fewer that wait for somebody else for that reason.
    pub others_write: u64,
    /// Open examples that were sent back to them, and that they have not looked after since.
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

    /// In which order the queues hand out what waits.
    pub fn queue_order(&self) -> Result<QueueOrder> {
        Ok(store::setting(&self.connection)?.unwrap_or_default())
    }

    /// The counts of that annotator.
    pub fn own(&self, annotator: &str) -> Result<Own> {
        let found = store::find_annotator(&self.connection, annotator)?;
        // Nobody has the number 0.
        let person = found.unwrap_or(0);
        let count = |sql: &str| -> Result<u64> {
            Ok(self.connection.prepare_cached(sql)?.query_row([person, i64::MAX], |row| row.get(0))?)
        };
        Ok(Own {
            ranked_open: count(Queue::RANKED)?,
            others_rank: count(Queue::Rank.others())?,
            others_write: count(Queue::Write.others())?,
            returned: count(
                "SELECT count(DISTINCT s.example_id) FROM sent_back s JOIN example e ON e.id = s.example_id
                 WHERE s.annotator_id = ?1 AND s.done = 0 AND s.example_id <= ?2
                   AND e.status IN ('pending', 'draft')",
            )?,
            submitted: self.own_submitted(person, annotator)?,
        })
    }

    /// At the price of what they have done or of what is submitted, whichever is less.
    fn own_submitted(&self, person: i64, annotator: &str) -> Result<u64> {
        let done = "SELECT coalesce(sum(n), 0) FROM author_count WHERE author = ?1 AND what IN ('ranking', 'person')";
        let done: u64 = self.connection.prepare_cached(done)?.query_row([annotator], |row| row.get(0))?;
        let sql = if self.submitted()? < done {
            "SELECT count(*) FROM example e INDEXED BY example_submitted WHERE e.status = 'submitted' AND (
               EXISTS (SELECT 1 FROM ranking r
                 WHERE r.example_id = e.id AND r.annotator_id = ?1 AND r.standing IS NOT 'final')
               OR EXISTS (SELECT 1 FROM response s
                 WHERE s.example_id = e.id AND s.author = ?2 AND s.author_kind = 'person'))"
        } else {
            "SELECT count(*) FROM example e WHERE e.status = 'submitted' AND e.id IN (
               SELECT example_id FROM ranking WHERE annotator_id = ?1 AND standing IS NOT 'final'
               UNION SELECT example_id FROM response WHERE author = ?2 AND author_kind = 'person')"
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(rusqlite::params![person, annotator], |row| row.get(0))?)
    }
}

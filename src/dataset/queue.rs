//! The queues: what waits for a person, in the order in which it came.

use rusqlite::Connection;

use super::{Counts, Own, Result};
use crate::example::Status;

/// A kind of work that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Open examples that want a response, or whose one response is not submitted.
    Write,
    /// Open examples with two or more responses that the annotator has not ranked.
    Rank,
    /// What a reviewer sent back to the annotator.
    Returned,
}

impl Queue {
    /// All, in the order in which Home shows them.
    pub const ALL: &'static [Self] = &[Self::Returned, Self::Write, Self::Rank];

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Write => "Write",
            Self::Rank => "Rank",
            Self::Returned => "Sent back",
        }
    }

    /// How many examples wait for the annotator whose own counts these are.
    pub fn len(self, counts: &Counts, own: &Own) -> u64 {
        let open = |rank: bool| counts.count(|count| count.status.is_open() && (count.answered >= 2) == rank);
        match self {
            Self::Write => open(false).saturating_sub(own.others_write),
            Self::Rank => open(true).saturating_sub(own.ranked_open + own.others_rank),
            Self::Returned => own.returned,
        }
    }

    /// The filter that lists what waits for everybody.
    pub const fn filter(self) -> &'static str {
        match self {
            Self::Write => "status:pending,draft responses<2",
            Self::Rank => "status:pending,draft responses>=2",
            Self::Returned => "returned:*",
        }
    }

    /// The condition over table `example` for the annotator `?1`, in the very words of its index
    /// `example_open` where that serves. What somebody else has to look after, because it was sent back
    /// to them, waits for nobody but them.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Write => {
                "(answered >= 2) = 0 AND status IN ('pending', 'draft')
                 AND NOT EXISTS (SELECT 1 FROM sent_back b
                   WHERE b.example_id = example.id AND b.done = 0 AND b.annotator_id <> ?1)"
            }
            Self::Rank => {
                "(answered >= 2) = 1 AND status IN ('pending', 'draft')
                 AND NOT EXISTS (SELECT 1 FROM ranking r WHERE r.annotator_id = ?1 AND r.example_id = example.id)
                 AND NOT EXISTS (SELECT 1 FROM sent_back b
                   WHERE b.example_id = example.id AND b.done = 0 AND b.annotator_id <> ?1)"
            }
            Self::Returned => {
                "id IN (SELECT example_id FROM sent_back WHERE annotator_id = ?1 AND done = 0)
                 AND status IN ('pending', 'draft')"
            }
        }
    }

    /// Counts what of the open examples up to number `?2` is not in this queue of the annotator `?1`,
    /// because they ranked it. At the price of what they ranked.
    pub(super) const RANKED: &'static str = "SELECT count(*) FROM ranking r JOIN example e ON e.id = r.example_id
         WHERE r.annotator_id = ?1 AND r.example_id <= ?2 AND e.answered >= 2 AND e.status IN ('pending', 'draft')";

    /// The same, because somebody else has to look after it. At the price of what is out.
    pub(super) const fn others(self) -> &'static str {
        match self {
            Self::Write => {
                "SELECT count(DISTINCT b.example_id) FROM sent_back b JOIN example e ON e.id = b.example_id
                 WHERE b.done = 0 AND b.annotator_id <> ?1 AND b.example_id <= ?2
                   AND e.answered < 2 AND e.status IN ('pending', 'draft')"
            }
            Self::Rank => {
                "SELECT count(DISTINCT b.example_id) FROM sent_back b JOIN example e ON e.id = b.example_id
                 WHERE b.done = 0 AND b.annotator_id <> ?1 AND b.example_id <= ?2
                   AND e.answered >= 2 AND e.status IN ('pending', 'draft')
                   AND NOT EXISTS (SELECT 1 FROM ranking r WHERE r.annotator_id = ?1 AND r.example_id = b.example_id)"
            }
            Self::Returned => "SELECT 0 WHERE ?1 = ?1 AND ?2 = ?2",
        }
    }

    /// Where an example stands in the queue of this person, counted from 1. At the price of a count
    /// over the index, less what is not theirs before it.
    pub(super) fn place(self, connection: &Connection, person: i64, example: i64) -> Result<u64> {
        let count = |sql: &str| -> Result<u64> {
            Ok(connection.prepare_cached(sql)?.query_row([person, example], |row| row.get(0))?)
        };
        let open = |rank: u8| {
            count(&format!(
                "SELECT count(*) FROM example
                 WHERE (answered >= 2) = {rank} AND status IN ('pending', 'draft') AND id <= ?2 AND ?1 = ?1"
            ))
        };
        Ok(match self {
            Self::Rank => open(1)?.saturating_sub(count(Self::RANKED)? + count(self.others())?).max(1),
            Self::Write => open(0)?.saturating_sub(count(self.others())?).max(1),
            Self::Returned => {
                count(&format!("SELECT count(*) FROM example WHERE {} AND id <= ?2", self.sql()))?
            }
        })
    }
}

const _: () =
    assert!(Status::Pending.is_open() && Status::Draft.is_open(), "Queue::sql says which statuses are open");

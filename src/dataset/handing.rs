//! Handing out examples: each to one person at a time.
//!
//! Who is handed an example holds a lease on it. As long as that lasts nobody else is handed the
//! example; it ends when its holder goes on, leaves or ends the program, and by itself where none of
//! that comes (a crash, a cut line). Two processes of one person are two holders.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use xxhash_rust::xxh3::xxh3_64;

use super::by_gap::FREE;
use super::process;
use super::round::Round;
use super::verbs::protocol_of;
use super::{Dataset, Queue, Result};
use crate::example::{QueueOrder, Timestamp};
use crate::store;

/// How long a lease lasts after its holder last did something, in milliseconds.
pub const LEASE: i64 = 10 * 60 * 1_000;
/// How old one's own ranking is at least when it comes again, hidden, in milliseconds.
const REPEAT_AFTER: i64 = 30 * 60 * 1_000;

/// Where in a queue to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seek {
    /// After this example (from the first where none), beginning again at the end.
    After(Option<i64>),
    /// This one, where it waits; else the one after it.
    At(i64),
    /// Before this one, ending again at the last.
    Before(i64),
}

/// An example that was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handed {
    /// Its number.
    pub example: i64,
    /// Its place in the queue, counted from 1.
    pub place: u64,
    /// The example of the queue in whose place it comes, where that is another one: a hidden repeat, or a
    /// gold one. From there the queue goes on.
    pub stands_for: Option<i64>,
    /// Whether it is a hidden repeat: the annotator ranked it before, and what they say now is kept
    /// as [`super::Verb::Repeat`]. Nothing on the screen tells.
    pub again: bool,
}

impl Dataset {
    /// Hands out the next example of a queue: one that waits for this annotator and that nobody else
    /// holds. What was held before is given back. `None` where nothing waits. Where the queues follow the
    /// gaps it is the one that helps them most (`by_gap.rs`), and "next" and "previous" follow what was handed
    /// out (`round.rs`).
    pub fn hand(&mut self, queue: Queue, seek: Seek) -> Result<Option<Handed>> {
        let mut round = self.rounds.remove(&queue).unwrap_or_default();
        let handed = self.hand_in(&mut round, queue, seek);
        self.rounds.insert(queue, round);
        handed
    }

    fn hand_in(&mut self, round: &mut Round, queue: Queue, seek: Seek) -> Result<Option<Handed>> {
        let (annotator, holder) = (self.annotator().to_owned(), self.holder);
        let now = Timestamp::now();
        let transaction = self.begin()?;
        let left: Option<i64> = transaction
            .prepare_cached("SELECT example_id FROM lease WHERE holder = ?1")?
            .query_row([holder.as_bytes()], |row| row.get(0))
            .optional()?;
        transaction
            .prepare_cached("DELETE FROM lease WHERE holder = ?1 OR until <= ?2")?
            .execute(params![holder.as_bytes(), now.0])?;
        free_of_the_gone(&transaction)?;
        let person = store::find_annotator(&transaction, &annotator)?.unwrap_or(0);
        let forward = !matches!(seek, Seek::Before(_));
        // What came back waits in its own order.
        let by_gap =
            queue != Queue::Returned && store::setting(&transaction)? == Some(QueueOrder::LargestGap);
        let next = if by_gap {
            round.next(&transaction, queue, person, seek)?
        } else {
            waiting(&transaction, queue, person, seek)?
        };
        // Nothing comes hidden where nothing waits: who has done all is done.
        let Some(next) = next else {
            transaction.commit()?;
            return Ok(None);
        };
        let hidden = match queue {
            Queue::Rank if forward => hidden(&transaction, person, &annotator, next, now)?,
            _ => None,
        };
        // Who skips a hidden one is not handed it again at once.
        let hidden = hidden.filter(|(example, _)| Some(*example) != left);
        let (example, again) = hidden.unwrap_or((next, false));
        transaction
            .prepare_cached(
                "INSERT INTO lease (example_id, holder, annotator, process, until) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![example, holder.as_bytes(), annotator, process::this(), now.0 + LEASE])?;
        if by_gap && example == next {
            round.handed(next);
        }
        // A hidden one stands where the next would have stood.
        let place = if by_gap {
            round.place_of(&transaction, queue, person, next)?
        } else {
            queue.place(&transaction, person, next)?
        };
        transaction.commit()?;
        let stands_for = Some(next).filter(|next| *next != example);
        Ok(Some(Handed { example, place, stands_for, again }))
    }

    /// Takes or prolongs the lease on an example that was opened on purpose; answers who else holds it.
    pub fn hold(&mut self, example: i64) -> Result<Option<String>> {
        let (annotator, holder) = (self.annotator().to_owned(), self.holder);
        let now = Timestamp::now();
        let transaction = self.begin()?;
        transaction
            .prepare_cached(
                "DELETE FROM lease WHERE holder = ?1 AND example_id <> ?2 OR until <= ?3 AND holder <> ?1",
            )?
            .execute(params![holder.as_bytes(), example, now.0])?;
        free_of_the_gone(&transaction)?;
        let other: Option<String> = transaction
            .prepare_cached("SELECT annotator FROM lease WHERE example_id = ?1 AND holder <> ?2")?
            .query_row(params![example, holder.as_bytes()], |row| row.get(0))
            .optional()?;
        if other.is_none() {
            transaction
                .prepare_cached(
                    "INSERT INTO lease (example_id, holder, annotator, process, until) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET until = excluded.until",
                )?
                .execute(params![example, holder.as_bytes(), annotator, process::this(), now.0 + LEASE])?;
        }
        transaction.commit()?;
        Ok(other)
    }

    /// Gives back whatever this process holds.
    pub fn release(&mut self) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM lease WHERE holder = ?1")?
            .execute([self.holder.as_bytes()])?;
        Ok(())
    }
}

/// Ends the leases of processes that are gone.
fn free_of_the_gone(transaction: &Transaction<'_>) -> Result<()> {
    let mut statement = transaction.prepare_cached("SELECT DISTINCT process FROM lease")?;
    let processes: Vec<String> =
        statement.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    for gone in processes.iter().filter(|process| process::is_gone(process)) {
        transaction.prepare_cached("DELETE FROM lease WHERE process = ?1")?.execute([gone])?;
    }
    Ok(())
}

/// The next example that waits for this person and that nobody holds, in the order in which they came.
pub(super) fn waiting(connection: &Connection, queue: Queue, person: i64, seek: Seek) -> Result<Option<i64>> {
    let condition = queue.sql();
    let (parts, bound, order) = match seek {
        Seek::At(at) => ([">=", "<"], at, "ASC"),
        Seek::After(after) => ([">", "<="], after.unwrap_or(0), "ASC"),
        Seek::Before(before) => (["<", ">="], before, "DESC"),
    };
    for comparison in parts {
        let sql = format!(
            "SELECT id FROM example WHERE {condition} AND {FREE} AND id {comparison} ?2 ORDER BY id {order} LIMIT 1"
        );
        let found =
            connection.prepare_cached(&sql)?.query_row([person, bound], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Now and then, as often as the protocol says: a gold example that this person has not ranked, or
/// one that they ranked a while ago (`true`).
fn hidden(
    transaction: &Transaction<'_>,
    person: i64,
    name: &str,
    next: i64,
    now: Timestamp,
) -> Result<Option<(i64, bool)>> {
    let protocol = protocol_of(transaction)?;
    if protocol.gold == 0 && protocol.repeats == 0 {
        return Ok(None);
    }
    let done: i64 = transaction
        .prepare_cached(
            "SELECT (SELECT count(*) FROM ranking WHERE annotator_id = ?1)
               + (SELECT count(*) FROM repeat WHERE annotator_id = ?1)",
        )?
        .query_row([person], |row| row.get(0))?;
    // By a hash of who, how many, and what would come: nobody can tell when one comes, and it is the same
    // each time.
    let dice = xxh3_64(format!("{name}/{done}/{next}").as_bytes());
    let roll = dice % 100;
    let (gold, repeats) = (u64::from(protocol.gold), u64::from(protocol.repeats));
    let free = "NOT EXISTS (SELECT 1 FROM lease l WHERE l.example_id = r.example_id)";
    let pick = |sql: &str, bounds: &[i64]| -> Result<Option<i64>> {
        let n: u64 = transaction
            .prepare_cached(&format!("SELECT count(*) {sql}"))?
            .query_row(rusqlite::params_from_iter(bounds), |row| row.get(0))?;
        if n == 0 {
            return Ok(None);
        }
        let skip = (dice >> 32) % n;
        let one = format!("SELECT r.example_id {sql} ORDER BY r.example_id LIMIT 1 OFFSET {skip}");
        Ok(Some(
            transaction
                .prepare_cached(&one)?
                .query_row(rusqlite::params_from_iter(bounds), |row| row.get(0))?,
        ))
    };
    if roll < gold {
        let sql = format!(
            "FROM ranking r JOIN example e ON e.id = r.example_id
             WHERE r.standing = 'gold' AND e.status <> 'discarded' AND {free}
               AND NOT EXISTS (SELECT 1 FROM ranking o WHERE o.example_id = r.example_id AND o.annotator_id = ?1)"
        );
        return Ok(pick(&sql, &[person])?.map(|example| (example, false)));
    }
    if roll < gold + repeats {
        let sql = format!(
            "FROM ranking r JOIN example e ON e.id = r.example_id
             WHERE r.annotator_id = ?1 AND r.standing IS NULL AND r.at <= ?2 AND e.status <> 'discarded' AND {free}
               AND NOT EXISTS (SELECT 1 FROM repeat o WHERE o.example_id = r.example_id AND o.annotator_id = ?1)"
        );
        return Ok(pick(&sql, &[person, now.0 - REPEAT_AFTER])?.map(|example| (example, true)));
    }
    Ok(None)
}

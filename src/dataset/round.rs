//! A round through a queue that follows the gaps: what was handed out in it, so that what was left as it was
//! does not come again at once, and one can go back to it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::by_gap::{self, FREE};
use super::handing::waiting;
use super::{Queue, Result, Seek};

/// The rounds of a process, a queue each.
pub(super) type Rounds = HashMap<Queue, Round>;

/// What was handed out, in that order.
#[derive(Debug, Default)]
pub(super) struct Round(Vec<i64>);

impl Round {
    /// The next example: further on in the round, or the one that helps the gaps most of those that were not
    /// handed out in it; where none of them helps, the first of them. Where all were, it begins anew.
    pub(super) fn next(
        &mut self,
        connection: &Connection,
        queue: Queue,
        person: i64,
        seek: Seek,
    ) -> Result<Option<i64>> {
        let waits = |id: i64| waits(connection, queue, person, id);
        let left = match seek {
            Seek::At(there) if waits(there)? => return Ok(Some(there)),
            Seek::After(left) => left,
            Seek::At(left) => Some(left),
            Seek::Before(left) => {
                for &id in self.0.iter().take(self.place(left)).rev() {
                    if waits(id)? {
                        return Ok(Some(id));
                    }
                }
                return waiting(connection, queue, person, seek);
            }
        };
        let Some(left) = left else {
            self.0.clear();
            return self.another(connection, queue, person);
        };
        for &id in self.0.iter().skip(self.place(left) + 1) {
            if waits(id)? {
                return Ok(Some(id));
            }
        }
        self.handed(left);
        if let Some(found) = self.another(connection, queue, person)? {
            return Ok(Some(found));
        }
        self.0 = vec![left];
        if let Some(found) = self.another(connection, queue, person)? {
            return Ok(Some(found));
        }
        self.0.clear();
        self.another(connection, queue, person)
    }

    /// It is handed out.
    pub(super) fn handed(&mut self, example: i64) {
        if !self.0.contains(&example) {
            self.0.push(example);
        }
    }

    /// Where an example stands, counted from 1: behind those of the round that still wait before it.
    pub(super) fn place_of(
        &self,
        connection: &Connection,
        queue: Queue,
        person: i64,
        example: i64,
    ) -> Result<u64> {
        let mut place = 1;
        for &id in self.0.iter().take(self.place(example)) {
            place += u64::from(waits(connection, queue, person, id)?);
        }
        Ok(place)
    }

    /// Its place in the round; that of the next where it is not in it.
    fn place(&self, example: i64) -> usize {
        self.0.iter().position(|id| *id == example).unwrap_or(self.0.len())
    }

    /// One that was not handed out in the round.
    fn another(&self, connection: &Connection, queue: Queue, person: i64) -> Result<Option<i64>> {
        let passed: HashSet<i64> = self.0.iter().copied().collect();
        if let Some(best) = by_gap::best(connection, queue, person, &passed)? {
            return Ok(Some(best));
        }
        let sql = format!(
            "SELECT id FROM example WHERE {} AND {FREE} AND id > ?2 ORDER BY id LIMIT 1",
            queue.sql()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut from = 0;
        loop {
            let found: Option<i64> = statement.query_row([person, from], |row| row.get(0)).optional()?;
            match found {
                Some(id) if passed.contains(&id) => from = id,
                other => return Ok(other),
            }
        }
    }
}

/// Whether an example waits in the queue, and nobody is at it.
fn waits(connection: &Connection, queue: Queue, person: i64, example: i64) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM example WHERE id = ?2 AND {} AND {FREE})", queue.sql());
    Ok(connection.prepare_cached(&sql)?.query_row([person, example], |row| row.get(0))?)
}

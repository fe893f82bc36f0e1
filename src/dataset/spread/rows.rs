//! The lengths of examples, one after the other.

use super::super::{Error, OnProgress, Progress, Reader, Result};
use crate::example::{Split, Status};

/// Where the lengths of an example stand: its number, status and split; the estimated tokens of all of it, of
/// its prompt and of the response that is told of; the turns of its prompt that are the user's. All are in narrow
/// rows. What waits for being read is left out.
const LENGTHS: &str = "SELECT e.id, e.status, e.split, e.tokens, t.prompt_tokens, t.response_tokens, t.turns
  FROM example e JOIN trait t ON t.example_id = e.id WHERE e.status <> 'discarded' ORDER BY e.id";
/// After so many examples it is told how far it has come.
const PORTION: u64 = 4_096;

/// The lengths of an example that is not discarded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub example: i64,
    pub is_usable: bool,
    pub split: Option<Split>,
    /// Estimated tokens of all of it, and of the prompt.
    pub whole: u32,
    pub prompt: u32,
    /// Those of the response that rankings put first, or else of the first that says something; `None` where
    /// none does.
    pub response: Option<u32>,
    /// Turns of the prompt that are the user's.
    pub turns: u32,
}

/// Hands over the lengths of all examples that are not discarded, in order.
pub(super) fn each(reader: &Reader, on_progress: OnProgress<'_>, take: &mut dyn FnMut(Row)) -> Result<()> {
    let total = Some(reader.counts()?.total());
    let mut statement = reader.connection.prepare_cached(LENGTHS)?;
    let mut rows = statement.query([])?;
    let mut done = 0_u64;
    while let Some(row) = rows.next()? {
        if done.is_multiple_of(PORTION) && !on_progress(Progress { step: "reading lengths", done, total }) {
            return Err(Error::Stopped);
        }
        done += 1;
        let word = |at: usize| -> Result<Option<&str>> {
            Ok(row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)?)
        };
        let status: Option<Status> = word(1)?.and_then(|word| word.parse().ok());
        let number = |at: usize| -> Result<Option<u32>> {
            Ok(row.get::<_, Option<i64>>(at)?.map(|n| u32::try_from(n.max(0)).unwrap_or(u32::MAX)))
        };
        take(Row {
            example: row.get(0)?,
            is_usable: status.is_some_and(Status::is_usable),
            split: word(2)?.and_then(|word| word.parse().ok()),
            whole: number(3)?.unwrap_or(0),
            prompt: number(4)?.unwrap_or(0),
            response: number(5)?,
            turns: number(6)?.unwrap_or(0),
        });
    }
    Ok(())
}

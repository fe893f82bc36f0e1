//! Several verbs as one action.

use rusqlite::Connection;

use super::super::{Done, Result, Verb};

pub(super) fn perform(connection: &Connection, annotator: &str, verbs: &[Verb]) -> Result<Done> {
    let mut sentences = Vec::new();
    for verb in verbs {
        let done = super::perform(connection, annotator, verb)?;
        // What changed nothing needs no word.
        if done.examples > 0 {
            sentences.push(done.sentence);
        }
    }
    let (examples, first): (u64, Option<i64>) = connection.query_row(
        "SELECT count(DISTINCT example), min(example) FROM change
         WHERE action_id = (SELECT action_id FROM writing)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let example = first.filter(|_| examples == 1);
    Ok(Done { action: None, sentence: sentences.join("; "), examples, example })
}

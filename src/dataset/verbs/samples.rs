//! Samples for review.

use rusqlite::Connection;

use super::super::{Done, Error, Result, Selection};
use crate::example::Plan;

pub(super) fn draw(
    _connection: &Connection,
    _annotator: &str,
    name: &str,
    _plan: Plan,
    _from: &Selection,
) -> Result<Done> {
    Err(Error::NoSample(name.to_owned()))
}

pub(super) fn drop(connection: &Connection, name: &str) -> Result<Done> {
    connection
        .execute("DELETE FROM sampled WHERE sample_id = (SELECT id FROM sample WHERE name = ?1)", [name])?;
    if connection.execute("DELETE FROM sample WHERE name = ?1", [name])? == 0 {
        return Err(Error::NoSample(name.to_owned()));
    }
    Ok(Done {
        action: None, sentence: format!("dropped the sample “{name}”"), examples: 0, example: None
    })
}

//! Going back to the texts that an example had after an earlier action.

use rusqlite::Connection;

use super::super::{Done, Error, Result};
use super::{about, require};
use crate::example::Timestamp;
use crate::store;

pub(super) fn restore(connection: &Connection, example: i64, action: i64) -> Result<Done> {
    require(connection, example)?;
    let at = Timestamp(store::moment_of(connection, action)?);
    if !store::restore_texts(connection, example, action)? {
        return Err(Error::NotThereYet { example, action });
    }
    Ok(about(example, format!("restored #{example} as of {}", at.local_minute())))
}

//! What holds for the whole dataset and is no facet: settings by name, as JSON; and templates.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Error, Result};
use crate::example::{Contract, Goal, Model, Protocol, QueueOrder, SplitPlan, Template};

/// A setting: its name in the table, and the type that is kept under it.
pub trait Setting: Serialize + DeserializeOwned {
    /// Its name.
    const NAME: &'static str;
}

impl Setting for Contract {
    const NAME: &'static str = "contract";
}

impl Setting for Goal {
    const NAME: &'static str = "goal";
}

impl Setting for Model {
    const NAME: &'static str = "model";
}

impl Setting for Protocol {
    const NAME: &'static str = "protocol";
}

impl Setting for QueueOrder {
    const NAME: &'static str = "queue-order";
}

impl Setting for SplitPlan {
    const NAME: &'static str = "splits";
}

/// A setting, where it is set.
pub fn setting<T: Setting>(connection: &Connection) -> Result<Option<T>> {
    let json: Option<String> = connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([T::NAME], |row| row.get(0))
        .optional()?;
    let read = |json: String| {
        serde_json::from_str(&json)
            .map_err(|error| Error::Setting { name: T::NAME, reason: error.to_string() })
    };
    json.map(read).transpose()
}

/// Sets a setting, or takes it away.
pub fn put_setting<T: Setting>(connection: &Connection, value: Option<&T>) -> Result<()> {
    let Some(value) = value else {
        connection.execute("DELETE FROM setting WHERE name = ?1", [T::NAME])?;
        return Ok(());
    };
    let json = serde_json::to_string(value)
        .map_err(|error| Error::Setting { name: T::NAME, reason: error.to_string() })?;
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
        [T::NAME, &json],
    )?;
    Ok(())
}

/// The templates, by name.
pub fn templates(connection: &Connection) -> Result<Vec<Template>> {
    let mut statement = connection.prepare_cached("SELECT name, page FROM template ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok(Template { name: row.get(0)?, page: row.get(1)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Keeps a template, in the place of the one of that name.
pub fn put_template(connection: &Connection, template: &Template) -> Result<()> {
    connection.execute(
        "INSERT INTO template (name, page) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET page = excluded.page",
        [&template.name, &template.page],
    )?;
    Ok(())
}

/// Takes a template away.
pub fn remove_template(connection: &Connection, name: &str) -> Result<()> {
    let removed = connection.execute("DELETE FROM template WHERE name = ?1", [name])?;
    if removed == 0 {
        return Err(Error::NotFound { what: "template", name: name.to_owned() });
    }
    Ok(())
}

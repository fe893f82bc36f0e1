//! Rows of any domain table by their images: the JSON objects that the journal keeps of them.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::Value;

use super::Result;
use super::tables::{Column, Table};
use crate::example::Uuid;

/// Reads and writes the rows of one table. The SQL is put together once, not for each row.
pub(super) struct Rows {
    pub table: &'static Table,
    key: String,
    select: String,
    delete: String,
    insert: String,
}

impl Rows {
    pub fn of(table: &'static Table) -> Self {
        let name = table.name;
        let terms = (1..).zip(table.key).map(|(at, key)| format!("{key} = ?{at}"));
        let key = terms.collect::<Vec<_>>().join(" AND ");
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
        Self {
            table,
            select: format!("SELECT {} FROM {name} AS r WHERE {key}", table.image("r")),
            delete: format!("DELETE FROM {name} WHERE {key}"),
            insert: format!("INSERT INTO {name} ({}) VALUES ({})", names.join(", "), places.join(", ")),
            key,
        }
    }

    /// The image of a row as it is now, where it is there.
    pub fn present(&self, connection: &Connection, image: &Value) -> Result<Option<String>> {
        let mut statement = connection.prepare_cached(&self.select)?;
        Ok(statement.query_row(params_from_iter(self.key_of(image)), |row| row.get(0)).optional()?)
    }

    pub fn delete(&self, connection: &Connection, image: &Value) -> rusqlite::Result<()> {
        connection.prepare_cached(&self.delete)?.execute(params_from_iter(self.key_of(image)))?;
        Ok(())
    }

    pub fn insert(&self, connection: &Connection, image: &Value) -> rusqlite::Result<()> {
        let values = self.table.columns.iter().map(|column| column_of(image, column));
        connection.prepare_cached(&self.insert)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// Makes the row of one image that of another. Only what differs is set: a key that is set is a
    /// new one to SQLite, which then looks for it in all tables that could refer to it.
    pub fn update(&self, connection: &Connection, from: &Value, to: &Value) -> rusqlite::Result<()> {
        let mut values = self.key_of(from);
        let mut settings = Vec::new();
        for column in self.table.columns {
            let value = column_of(to, column);
            if value != column_of(from, column) {
                values.push(value);
                settings.push(format!("{} = ?{}", column.name, values.len()));
            }
        }
        if settings.is_empty() {
            return Ok(());
        }
        let sql = format!("UPDATE {} SET {} WHERE {}", self.table.name, settings.join(", "), self.key);
        connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn key_of(&self, image: &Value) -> Vec<Sql> {
        self.table.key.iter().map(|key| sql_value(image.get(key), false)).collect()
    }
}

fn column_of(image: &Value, column: &Column) -> Sql {
    sql_value(image.get(column.name), column.bytes)
}

pub(super) fn sql_value(value: Option<&Value>, bytes: bool) -> Sql {
    match value {
        None | Some(Value::Null) => Sql::Null,
        Some(Value::String(hex)) if bytes => {
            Uuid::try_parse(hex).map_or(Sql::Null, |uuid| Sql::Blob(uuid.as_bytes().to_vec()))
        }
        Some(Value::String(text)) => Sql::Text(text.clone()),
        Some(Value::Number(number)) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Some(Value::Bool(flag)) => Sql::Integer(i64::from(*flag)),
        Some(other) => Sql::Text(other.to_string()),
    }
}

//! Fields that know their path in the record, so that every error can name it.

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::example::{Message, Timestamp, UnknownWord, Uuid, new_id};
use crate::formats::fields::Fields;
use crate::formats::{Misfit, messages};

/// An object and the path that leads to it.
pub(super) struct At {
    pub path: String,
    pub fields: Fields,
}

impl At {
    pub fn of(value: Value, path: String) -> Result<Self, Misfit> {
        match value {
            Value::Object(map) => Ok(Self { path, fields: Fields(map) }),
            other => Err(Misfit::wrong_type(path, &other, "an object")),
        }
    }

    pub fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    pub fn wrong(&self, field: &str, there: &Value, wanted: &str) -> Misfit {
        Misfit::wrong_type(self.path(field), there, wanted)
    }

    pub fn text(&mut self, field: &str) -> Result<Option<String>, Misfit> {
        match self.fields.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(field, &other, "text")),
        }
    }

    pub fn needed_text(&mut self, field: &str) -> Result<String, Misfit> {
        self.text(field)?.ok_or_else(|| Misfit::new(self.path(field), "is missing"))
    }

    pub fn truth(&mut self, field: &str) -> Result<bool, Misfit> {
        match self.fields.take(field) {
            None => Ok(false),
            Some(Value::Bool(truth)) => Ok(truth),
            Some(other) => Err(self.wrong(field, &other, "true or false")),
        }
    }

    pub fn list(&mut self, field: &str) -> Result<Vec<Value>, Misfit> {
        match self.fields.take(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(other) => Err(self.wrong(field, &other, "a list")),
        }
    }

    pub fn object(&mut self, field: &str) -> Result<Map<String, Value>, Misfit> {
        match self.fields.take(field) {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(other) => Err(self.wrong(field, &other, "an object")),
        }
    }

    /// One of a fixed set of words.
    pub fn word<T: FromStr<Err = UnknownWord>>(&mut self, field: &str) -> Result<Option<T>, Misfit> {
        let Some(word) = self.text(field)? else { return Ok(None) };
        word.parse().map(Some).map_err(|error| Misfit::new(self.path(field), format!("is wrong: {error}")))
    }

    /// A moment; now where none is said.
    pub fn moment(&mut self, field: &str) -> Result<Timestamp, Misfit> {
        let Some(text) = self.text(field)? else { return Ok(Timestamp::now()) };
        Timestamp::parse(&text).ok_or_else(|| {
            Misfit::new(self.path(field), format!("is “{text}”; a moment looks like 2026-03-01T09:30:00Z"))
        })
    }

    /// An id, and the word that stood for it in the file: a UUID is itself, any other word is a
    /// name for a new one.
    pub fn id(&mut self) -> Result<(Uuid, Option<String>), Misfit> {
        match self.fields.take("id") {
            None => Ok((new_id(), None)),
            Some(Value::String(word)) => {
                Ok((Uuid::parse_str(&word).unwrap_or_else(|_| new_id()), Some(word)))
            }
            Some(number @ Value::Number(_)) => Ok((new_id(), Some(number.to_string()))),
            Some(other) => Err(self.wrong("id", &other, "text")),
        }
    }

    /// A list of messages; text stands for one of that role.
    pub fn messages(&mut self, field: &str) -> Result<Vec<Message>, Misfit> {
        let path = self.path(field);
        match self.fields.take(field) {
            None => Ok(Vec::new()),
            Some(list) => messages::read_messages(list, &path),
        }
    }
}

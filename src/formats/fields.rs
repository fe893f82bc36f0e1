//! Taking a record apart field by field, with errors that name the field.

use serde_json::{Map, Value};

use super::Misfit;
use crate::example::Metadata;

/// Where a reader keeps what the writer of the same format needs to give the record back as it came.
pub(super) const HINTS: &str = "_goldset";

impl Misfit {
    pub(super) fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }

    pub(super) fn missing(field: &str) -> Self {
        Self::new(field, "is missing")
    }

    /// `wanted` completes the sentence "is a number, not …".
    pub(super) fn wrong_type(field: impl Into<String>, there: &Value, wanted: &str) -> Self {
        Self::new(field, format!("is {}, not {wanted}", type_of(there)))
    }
}

/// What a JSON value is, in words.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The fields of a record, from which a reader takes those that it knows.
pub(super) struct Fields(pub Map<String, Value>);

impl Fields {
    pub fn of(record: Value) -> Result<Self, Misfit> {
        match record {
            Value::Object(map) => Ok(Self(map)),
            other => Err(Misfit::wrong_type("", &other, "an object with fields")),
        }
    }

    /// Takes a field; the others stay in their order. A null stays too: it says nothing.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        match self.0.get(key) {
            None | Some(Value::Null) => None,
            Some(_) => self.0.shift_remove(key),
        }
    }

    /// Takes a field that must be there and be text.
    pub fn text(&mut self, key: &str) -> Result<String, Misfit> {
        self.optional_text(key)?.ok_or_else(|| Misfit::missing(key))
    }

    /// Takes a field that, where it is there, must be text.
    pub fn optional_text(&mut self, key: &str) -> Result<Option<String>, Misfit> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Misfit::wrong_type(key, &other, "text")),
        }
    }

    /// What nobody took.
    pub fn rest(self) -> Metadata {
        Metadata(self.0)
    }
}

/// Notes for the writer of the same format.
pub(super) struct Hints {
    format: &'static str,
    notes: Map<String, Value>,
}

impl Hints {
    pub fn new(format: &'static str) -> Self {
        Self { format, notes: Map::new() }
    }

    pub fn note(&mut self, what: &str, value: Value) {
        self.notes.insert(what.to_owned(), value);
    }

    /// Puts the notes into the metadata, if there are any.
    pub fn keep(mut self, metadata: &mut Metadata) {
        if !self.notes.is_empty() {
            self.notes.insert("format".to_owned(), Value::from(self.format));
            metadata.insert(HINTS, Value::Object(self.notes));
        }
    }
}

/// The note of that name that a reader of `format` left.
pub(super) fn hint<'a>(metadata: &'a Metadata, format: &str, what: &str) -> Option<&'a Value> {
    let notes = metadata.get(HINTS)?;
    (notes.get("format")?.as_str()? == format).then(|| notes.get(what)).flatten()
}

/// Whether the field is there and is text.
pub(super) fn has_text(record: &Value, key: &str) -> bool {
    record.get(key).is_some_and(Value::is_string)
}

/// Whether the field is there and is a list of objects, the first of which has the field `inner`.
pub(super) fn has_list_of(record: &Value, key: &str, inner: &str) -> bool {
    record
        .get(key)
        .and_then(Value::as_array)
        .is_some_and(|list| list.first().is_none_or(|first| first.get(inner).is_some()))
}

//! What an example or a response carries along without Goldset knowing what it means.

use serde_json::{Map, Value};

/// Fields in the order in which they came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata(pub Map<String, Value>);

impl Metadata {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Sets a field.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) {
        self.0.insert(name.into(), value);
    }
}

impl From<Map<String, Value>> for Metadata {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

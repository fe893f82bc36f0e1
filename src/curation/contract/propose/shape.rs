//! What values at one place of a JSON document are like: their kinds, keys, items and choices.

use std::collections::HashMap;

use serde_json::{Map, Number, Value, json};

use super::{LONGEST_CHOICE, MANY, MOST_CHOICES, is_rule, is_usual};

/// Keys beyond which an object is no record but a table, whose keys are data.
const MOST_KEYS: usize = 200;
/// Depth beyond which only kinds are told.
const DEEPEST: usize = 32;

/// The values that were seen at one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    count: u64,
    nulls: u64,
    booleans: u64,
    integers: u64,
    /// Numbers that are not written as whole ones.
    fractions: u64,
    range: Option<Range>,
    strings: u64,
    /// Texts in the order of their first appearance; `None` once there were too many, or long ones.
    choices: Choices,
    objects: u64,
    members: Members,
    arrays: u64,
    items: Option<Box<Shape>>,
}

#[derive(Debug, Clone)]
struct Range {
    least: Number,
    most: Number,
}

/// Distinct short texts, up to a few.
#[derive(Debug, Clone)]
pub(super) struct Choices(Option<Vec<String>>);

impl Default for Choices {
    fn default() -> Self {
        Self(Some(Vec::new()))
    }
}

impl Choices {
    pub(super) fn add(&mut self, text: &str) {
        let Some(known) = &mut self.0 else { return };
        if known.iter().any(|choice| choice == text) {
            return;
        }
        if known.len() == MOST_CHOICES || text.chars().nth(LONGEST_CHOICE).is_some() {
            self.0 = None;
        } else {
            known.push(text.to_owned());
        }
    }

    /// The choices, where so many were seen that there are hardly others.
    pub(super) fn of(&self, seen: u64) -> Option<&[String]> {
        self.0.as_deref().filter(|choices| seen >= MANY && !choices.is_empty())
    }
}

/// The members of objects, in the order of their first appearance.
#[derive(Debug, Clone, Default)]
struct Members {
    shapes: Vec<(String, Shape)>,
    places: HashMap<String, usize>,
    are_data: bool,
}

impl Members {
    fn add(&mut self, key: &str, value: &Value, depth: usize) {
        if self.are_data {
            return;
        }
        let next = self.shapes.len();
        let place = match self.places.get(key) {
            Some(&place) => place,
            None if next == MOST_KEYS => {
                *self = Self { are_data: true, ..Self::default() };
                return;
            }
            None => {
                self.places.insert(key.to_owned(), next);
                self.shapes.push((key.to_owned(), Shape::default()));
                next
            }
        };
        if let Some((_, shape)) = self.shapes.get_mut(place) {
            shape.add(value, depth);
        }
    }
}

impl Shape {
    pub(super) fn add(&mut self, value: &Value, depth: usize) {
        self.count += 1;
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => self.booleans += 1,
            Value::Number(number) => self.add_number(number),
            Value::String(text) => {
                self.strings += 1;
                self.choices.add(text);
            }
            Value::Array(items) => {
                self.arrays += 1;
                if depth < DEEPEST {
                    let shape = self.items.get_or_insert_default();
                    for item in items {
                        shape.add(item, depth + 1);
                    }
                }
            }
            Value::Object(members) => {
                self.objects += 1;
                if depth < DEEPEST {
                    for (key, member) in members {
                        self.members.add(key, member, depth + 1);
                    }
                }
            }
        }
    }

    fn add_number(&mut self, number: &Number) {
        if number.is_i64() || number.is_u64() {
            self.integers += 1;
        } else {
            self.fractions += 1;
        }
        let Some(size) = number.as_f64() else { return };
        let range = self.range.get_or_insert_with(|| Range { least: number.clone(), most: number.clone() });
        if range.least.as_f64().is_some_and(|least| size < least) {
            range.least = number.clone();
        }
        if range.most.as_f64().is_some_and(|most| size > most) {
            range.most = number.clone();
        }
    }

    /// The kinds that are more than a slip, by their names in JSON Schema.
    fn kinds(&self) -> Vec<&'static str> {
        let number = if self.fractions > 0 { "number" } else { "integer" };
        let all = [
            ("object", self.objects),
            ("array", self.arrays),
            ("string", self.strings),
            (number, self.integers + self.fractions),
            ("boolean", self.booleans),
            ("null", self.nulls),
        ];
        all.into_iter().filter(|(_, n)| is_usual(*n, self.count)).map(|(kind, _)| kind).collect()
    }

    /// The keywords of a schema that these values keep to as a rule.
    pub(super) fn schema(&self, closed: bool) -> Map<String, Value> {
        let mut schema = Map::new();
        let mut put = |key: &str, value: Value| drop(schema.insert(key.to_owned(), value));
        let kinds = self.kinds();
        let has = |kind: &str| kinds.contains(&kind);
        match kinds.as_slice() {
            [] => return schema,
            [one] => put("type", json!(one)),
            several => put("type", json!(several)),
        }
        let only_texts = kinds.iter().all(|kind| matches!(*kind, "string" | "null"));
        if let Some(choices) = self.choices.of(self.strings).filter(|_| has("string") && only_texts) {
            let null = has("null").then_some(Value::Null);
            put("enum", choices.iter().map(|choice| json!(choice)).chain(null).collect());
        }
        if let Some(Range { least, most }) = self.range.as_ref().filter(|_| has("number") || has("integer")) {
            put("$comment", json!(format!("seen: {least} to {most}")));
        }
        if has("object") && !self.members.are_data {
            let members = &self.members.shapes;
            let properties: Map<String, Value> =
                members.iter().map(|(key, shape)| (key.clone(), shape.schema(closed).into())).collect();
            let required: Vec<&str> = members
                .iter()
                .filter(|(_, shape)| is_rule(shape.count, self.objects))
                .map(|(key, _)| key.as_str())
                .collect();
            put("properties", properties.into());
            if !required.is_empty() {
                put("required", json!(required));
            }
            if closed {
                put("additionalProperties", json!(false));
            }
        }
        if let Some(items) = self.items.as_ref().filter(|items| has("array") && items.count > 0) {
            put("items", items.schema(closed).into());
        }
        schema
    }
}

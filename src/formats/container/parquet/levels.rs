//! How the fields of a row stand in each other, and what the levels of their columns say about it.

use std::io;
use std::ops::Range;

use ::parquet::basic::{ConvertedType, LogicalType, Repetition};
use ::parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::read::Column;
use super::{DEEPEST, wrong};

/// A field of the schema.
pub(super) struct Node {
    /// From this definition level on it is there; below it is null.
    present: i16,
    /// Its columns.
    columns: Range<usize>,
    form: Form,
}

enum Form {
    Leaf,
    Object(Vec<(String, Node)>),
    List {
        levels: Levels,
        element: Box<Node>,
    },
    /// A list of keys and values.
    Dictionary {
        levels: Levels,
        key: Box<Node>,
        value: Box<Node>,
    },
}

/// Of a list.
#[derive(Clone, Copy)]
struct Levels {
    /// From this definition level on it has an element.
    filled: i16,
    /// The repetition level of every element but the first.
    further: i16,
}

/// Where in the schema a field stands.
#[derive(Clone, Copy)]
struct Place {
    present: i16,
    lists: i16,
    depth: usize,
}

/// The fields of a row.
pub(super) fn fields_of(schema: &Type) -> io::Result<Vec<(String, Node)>> {
    fields_at(schema, Place { present: 0, lists: 0, depth: 0 }, &mut 0)
}

fn fields_at(group: &Type, place: Place, next: &mut usize) -> io::Result<Vec<(String, Node)>> {
    if group.is_primitive() {
        return Err(wrong("its schema has no fields"));
    }
    let named = |field: &std::sync::Arc<Type>| {
        Node::of(field, place, next).map(|node| (field.name().to_owned(), node))
    };
    group.get_fields().iter().map(named).collect()
}

impl Place {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    fn element(self) -> Self {
        Self { present: self.present + 1, lists: self.lists + 1, depth: self.depth + 1 }
    }

    fn levels(self) -> Levels {
        Levels { filled: self.present + 1, further: self.lists + 1 }
    }
}

impl Node {
    fn of(field: &Type, place: Place, next: &mut usize) -> io::Result<Self> {
        if place.depth > DEEPEST {
            return Err(wrong(format!("its fields are nested more than {DEEPEST} deep")));
        }
        let info = field.get_basic_info();
        let repetition = if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED };
        match repetition {
            Repetition::REQUIRED => Self::there(field, place, next),
            Repetition::OPTIONAL => Self::there(field, Place { present: place.present + 1, ..place }, next),
            // without a word that it is a list it is one all the same
            Repetition::REPEATED => Self::list(place, next, |place, next| Self::there(field, place, next)),
        }
    }

    /// The field where it is there, whether or not it may be null.
    fn there(field: &Type, place: Place, next: &mut usize) -> io::Result<Self> {
        let first = *next;
        if field.is_primitive() {
            *next += 1;
            return Ok(Self { present: place.present, columns: first..*next, form: Form::Leaf });
        }
        let info = field.get_basic_info();
        let (logical, converted) = (info.logical_type_ref(), info.converted_type());
        let is_list = logical == Some(&LogicalType::List) || converted == ConvertedType::LIST;
        let is_map = logical == Some(&LogicalType::Map)
            || matches!(converted, ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE);
        let only = match field.get_fields() {
            [only] if is_repeated(only) => Some(only),
            _ => None,
        };
        if let Some(entry) = only.filter(|entry| is_map && !entry.is_primitive())
            && let [key, value] = entry.get_fields()
        {
            let inside = place.element();
            let (key, value) = (Self::of(key, inside, next)?, Self::of(value, inside, next)?);
            let form =
                Form::Dictionary { levels: place.levels(), key: Box::new(key), value: Box::new(value) };
            return Ok(Self { present: place.present, columns: first..*next, form });
        }
        if let Some(repeated) = only.filter(|_| is_list || is_map) {
            return Self::list(place, next, |place, next| match inner(repeated, field.name()) {
                Some(element) => Self::of(element, place, next),
                None => Self::there(repeated, place, next),
            });
        }
        let fields = fields_at(field, place.deeper(), next)?;
        if fields.is_empty() {
            return Err(wrong(format!("its field {} has no columns", field.name())));
        }
        Ok(Self { present: place.present, columns: first..*next, form: Form::Object(fields) })
    }

    fn list(
        place: Place,
        next: &mut usize,
        element: impl FnOnce(Place, &mut usize) -> io::Result<Self>,
    ) -> io::Result<Self> {
        let first = *next;
        let element = Box::new(element(place.element(), next)?);
        let form = Form::List { levels: place.levels(), element };
        Ok(Self { present: place.present, columns: first..*next, form })
    }

    /// The next value of the field.
    pub fn value(&self, columns: &mut [Column]) -> io::Result<Value> {
        if self.defined(columns)? < self.present {
            self.skip(columns)?;
            return Ok(Value::Null);
        }
        match &self.form {
            Form::Leaf => self.first(columns)?.take(),
            Form::Object(fields) => object(fields, columns).map(Value::Object),
            Form::List { levels, element } => {
                let mut list = Vec::new();
                self.each(*levels, columns, |columns| {
                    list.push(element.value(columns)?);
                    Ok(())
                })?;
                Ok(Value::Array(list))
            }
            Form::Dictionary { levels, key, value } => {
                let mut map = Map::new();
                self.each(*levels, columns, |columns| {
                    let name = match key.value(columns)? {
                        Value::String(name) => name,
                        other => other.to_string(),
                    };
                    map.insert(name, value.value(columns)?);
                    Ok(())
                })?;
                Ok(Value::Object(map))
            }
        }
    }

    fn each(
        &self,
        levels: Levels,
        columns: &mut [Column],
        mut one: impl FnMut(&mut [Column]) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.defined(columns)? < levels.filled {
            return self.skip(columns);
        }
        loop {
            one(columns)?;
            if self.first(columns)?.repeated() != Some(levels.further) {
                return Ok(());
            }
        }
    }

    fn first<'a>(&self, columns: &'a mut [Column]) -> io::Result<&'a mut Column> {
        columns.get_mut(self.columns.start).ok_or_else(torn)
    }

    fn defined(&self, columns: &mut [Column]) -> io::Result<i16> {
        self.first(columns)?.defined().ok_or_else(torn)
    }

    /// Steps over what is not there, in all columns.
    fn skip(&self, columns: &mut [Column]) -> io::Result<()> {
        let columns = columns.get_mut(self.columns.clone()).ok_or_else(torn)?;
        columns.iter_mut().for_each(Column::skip);
        Ok(())
    }
}

/// The next object of these fields. What is null is left out: a row has every field of the file, also those
/// that it was never given.
pub(super) fn object(fields: &[(String, Node)], columns: &mut [Column]) -> io::Result<Map<String, Value>> {
    let mut map = Map::new();
    for (name, node) in fields {
        let value = node.value(columns)?;
        if !value.is_null() {
            map.insert(name.clone(), value);
        }
    }
    Ok(map)
}

fn is_repeated(field: &Type) -> bool {
    let info = field.get_basic_info();
    info.has_repetition() && info.repetition() == Repetition::REPEATED
}

/// The element of a list of three levels; of two levels (as older programs write them) the repeated field
/// itself is the element, and there is none inside.
fn inner<'a>(repeated: &'a Type, list: &str) -> Option<&'a Type> {
    if repeated.is_primitive() || repeated.name() == "array" || repeated.name() == format!("{list}_tuple") {
        return None;
    }
    match repeated.get_fields() {
        [only] => Some(only),
        _ => None,
    }
}

pub(super) fn torn() -> io::Error {
    wrong("its columns do not fit each other")
}

//! The first records of a file: what they are, which fields they have, and what they would become.
//!
//! What `goldset formats FILE` tells, and what a person who makes a mapping has to see.

use serde_json::Value;

use super::container::{ReadError, Records};
use super::{Format, Item, Mapping, Misfit, ReadOptions, Recognised, Unrecognised, columns, recognise};
use crate::example::Example;

/// Texts of a field that are kept to be shown.
const SHOWN: usize = 3;
/// How deep in a record fields are looked for.
const DEEPEST: usize = 4;

/// The first records of a file.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Those that could be read.
    pub records: Vec<Value>,
    /// How many could not.
    pub broken: usize,
    /// What is wrong with the first of these, and in which line.
    pub first_broken: Option<String>,
    /// Whether the file has no others.
    pub is_all: bool,
}

/// A field that records have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path, as mappings name it: `instances[0].input`.
    pub path: String,
    /// In how many records it is there and not null.
    pub count: usize,
    /// The first texts, numbers or truth values in it, none of them twice.
    pub samples: Vec<String>,
}

impl Sample {
    /// Reads up to `most` records; an error only where there is none before it.
    pub fn read(file: &mut Records, most: usize) -> Result<Self, ReadError> {
        let mut sample = Self::default();
        while sample.records.len() + sample.broken < most {
            match file.next() {
                Some(Ok(record)) => match record.value {
                    Ok(value) => sample.records.push(value),
                    Err(bad) => {
                        sample.broken += 1;
                        sample
                            .first_broken
                            .get_or_insert_with(|| format!("line {}: {}", bad.line, bad.reason));
                    }
                },
                Some(Err(error)) if sample.records.is_empty() => return Err(error),
                Some(Err(_)) | None => {
                    sample.is_all = true;
                    break;
                }
            }
        }
        Ok(sample)
    }

    /// The format that fits best.
    pub fn recognise(&self) -> Result<Recognised, Unrecognised> {
        recognise(&self.records)
    }

    /// The fields that hold texts, numbers or truth values, in the order in which they were met.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for record in &self.records {
            if record.is_object() {
                add_fields(record, "", 0, &mut fields);
            }
        }
        fields
    }

    /// A mapping that the names of the fields suggest.
    pub fn guess(&self) -> Option<Mapping> {
        self.records.iter().find_map(columns::guessed)
    }

    /// What of a mapping no record has, where all that there are were looked at or where it must be there;
    /// in a sentence that says which fields there are.
    pub fn check(&self, mapping: &Mapping) -> Result<(), String> {
        let there =
            |path: &str| self.records.iter().any(|record| super::mapping::at_path(record, path).is_some());
        let missing = mapping.fields.iter().find(|(target, path)| {
            (self.is_all || target.is_needed()) && !there(path) && !self.other(mapping, target, &there)
        });
        let Some((_, path)) = missing.filter(|_| self.records.iter().any(Value::is_object)) else {
            return Ok(());
        };
        let fields: Vec<String> = self.fields().into_iter().map(|field| field.path).collect();
        Err(format!("no record has a field “{path}”; there are: {}", fields.join(", ")))
    }

    /// Whether another field that goes to the same place is there: then this one is for other records.
    fn other(&self, mapping: &Mapping, target: &super::Target, there: &impl Fn(&str) -> bool) -> bool {
        !self.is_all && mapping.paths(target).any(there)
    }

    /// What the first records would become, up to `most` examples, and why one would not.
    pub fn preview(
        &self,
        format: &dyn Format,
        options: &ReadOptions,
        most: usize,
    ) -> Vec<Result<Example, Misfit>> {
        let Some(mut reader) = format.reader(options) else { return Vec::new() };
        let mut made = Vec::new();
        let take = |items: Vec<Item>, made: &mut Vec<_>| {
            made.extend(items.into_iter().filter_map(|item| match item {
                Item::Example(example) => Some(Ok(*example)),
                Item::Definitions(_) => None,
            }));
        };
        for record in &self.records {
            if made.len() >= most {
                break;
            }
            match reader.read(record.clone()) {
                Ok(items) => take(items, &mut made),
                Err(misfit) => made.push(Err(misfit)),
            }
        }
        if made.len() < most {
            take(reader.finish().items, &mut made);
        }
        made.truncate(most);
        made
    }
}

fn add_fields(value: &Value, path: &str, depth: usize, fields: &mut Vec<Field>) {
    match value {
        Value::Object(map) if depth < DEEPEST => {
            for (name, value) in map {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                add_fields(value, &path, depth + 1, fields);
            }
        }
        Value::Array(list)
            if depth < DEEPEST && list.first().is_some_and(|first| first.is_object() || first.is_array()) =>
        {
            if let Some(first) = list.first() {
                add_fields(first, &format!("{path}[0]"), depth + 1, fields);
            }
        }
        Value::Null => {}
        value => {
            let at = fields.iter().position(|field| field.path == path).unwrap_or_else(|| {
                fields.push(Field { path: path.to_owned(), count: 0, samples: Vec::new() });
                fields.len() - 1
            });
            let Some(field) = fields.get_mut(at) else { return };
            field.count += 1;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if field.samples.len() < SHOWN && !field.samples.contains(&text) {
                field.samples.push(text);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample(records: &[Value]) -> Sample {
        Sample { records: records.to_vec(), is_all: true, ..Sample::default() }
    }

    #[test]
    fn fields_are_told_with_their_paths_and_what_is_in_them() {
        let fields = sample(&[
            json!({"q": "a", "deep": [{"x": {"y": 1}}], "none": null}),
            json!({"q": "b", "tags": ["m", "n"]}),
        ])
        .fields();
        let told: Vec<_> = fields.iter().map(|f| (f.path.as_str(), f.count, f.samples.join("|"))).collect();
        assert_eq!(
            told,
            [
                ("q", 2, "a|b".to_owned()),
                ("deep[0].x.y", 1, "1".to_owned()),
                ("tags", 1, "[\"m\",\"n\"]".to_owned())
            ]
        );
    }

    #[test]
    fn a_mapping_is_guessed_checked_and_tried() {
        let sample =
            sample(&[json!({"question": "Why?", "answer": "So."}), json!({"answer": "no question"})]);
        let mapping = sample.guess().unwrap();
        assert_eq!(mapping.to_string(), "prompt=question,response=answer");
        assert_eq!(sample.check(&mapping), Ok(()));
        let wrong = "prompt=frage".parse().unwrap();
        assert_eq!(
            sample.check(&wrong).unwrap_err(),
            "no record has a field “frage”; there are: question, answer"
        );
        let columns = super::super::by_id("columns").unwrap();
        let made = sample.preview(columns, &ReadOptions { mapping: Some(mapping) }, 5);
        assert_eq!(made[0].as_ref().unwrap().prompt.question(), "Why?");
        assert_eq!(made[1].as_ref().unwrap_err().to_string(), "question is missing");
    }
}

//! An example as JSON: the record of Goldset's own format, with its number in this file.

use serde_json::{Map, Value};

use super::failure::{Failure, Result};
use crate::example::Example;
use crate::formats::{self, WriteOptions};

/// `{"number": 12, …}`, all the rest as `goldset export --format goldset` writes it.
pub(super) fn json(number: i64, example: &Example) -> Result<Value> {
    let missing = || Failure::Said("there is no format “goldset”".to_owned());
    let format = formats::by_id("goldset").ok_or_else(missing)?;
    let mut writer = format.writer(&WriteOptions::default()).ok_or_else(missing)?;
    let written = writer.write(example).map_err(|why| Failure::Said(format!("#{number}: {why}")))?;
    let mut record = Map::new();
    record.insert("number".to_owned(), number.into());
    for part in written.records {
        if let Value::Object(fields) = part {
            record.extend(fields);
        }
    }
    Ok(Value::Object(record))
}

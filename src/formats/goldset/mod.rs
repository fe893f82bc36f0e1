//! `goldset`: everything that a dataset holds of its examples, without loss.
//!
//! The first record may hold the definitions:
//! `{"goldset": 1, "facets": [{"id", "name", "several", "open", "required", "values": [{"id", "name",
//! "target"? or "share"?}]}], "cells"?: [{"of": {"facet": "value"}, "target" or "never"}], "flag_kinds": [{"name", "about"}], "contract"?, "model"?, "protocol"?, "goal"?, "thresholds"?, "templates"?: {"name": "page"},
//! "rules"?: [{"name", "tag": "facet:value", "words"?, "pattern"?, "where"?, "in"}]}`. Each other record is an example:
//!
//! `{"id", "kind", "status", "split"?, "note"?, "prompt": {"messages", "tools"?}, "responses": [{"id",
//! "author"?: {"name", "kind"}, "messages", "origin"?, "metadata"?, "created_at"}], "rankings": [{"id",
//! "annotator", "tiers", "bad"?, "presented"?, "at", "standing"?, "cannot"?, "strength"?, "certainty"?,
//! "reasons"?, "ratings"?: [{"response", "criterion", "value"}], "millis"?}], "repeats"?: rankings again,
//! "reviews"?: [{"id", "reviewer", "verdict", "reason"?, "note"?, "to"?: [{"annotator", "done"}], "at"}], "tags": {"facet": ["value"]}, "flags": [{"id", "kind",
//! "note", "response"?, "by"?, "resolved", "at"}], "metadata"?, "created_at", "origin"?}`
//!
//! It may be written by hand: what is missing is made, ids that are no UUIDs are names within
//! their record, a text stands for a user turn or an assistant's, and fields that are none of
//! these become metadata.

mod definitions;
mod judging;
mod path;
mod read;
mod write;

use serde_json::Value;

use super::container;
use super::{
    Carries, Definitions, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer,
    Written,
};
use crate::example::Example;

/// The version of the form, in the header.
const VERSION: u64 = 1;

/// The format.
pub(super) struct Goldset;

impl Format for Goldset {
    fn id(&self) -> &'static str {
        "goldset"
    }

    fn title(&self) -> &'static str {
        "Goldset, everything"
    }

    fn about(&self) -> &'static str {
        "Goldset's own form: prompts, responses with their authors, rankings, tags, flags, status and metadata, \
         without loss; facets and kinds of flags in the first line. For copies, for other machines, and for \
         writing by hand."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn brings_ids(&self) -> bool {
        true
    }

    fn carries(&self) -> Carries {
        Carries::Everything
    }

    fn fit(&self, record: &Value) -> Fit {
        let header = record.get("goldset").is_some_and(Value::is_number);
        let prompt = record.get("prompt").is_some_and(|prompt| prompt.get("messages").is_some());
        let answers = record.get("prompt").is_some() && record.get("responses").is_some_and(Value::is_array);
        if header || prompt || answers { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Records))
    }

    fn writer(&self, _: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Records))
    }
}

struct Records;

impl Reader for Records {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        if record.get("goldset").is_some() && record.get("prompt").is_none() {
            return Ok(vec![Item::Definitions(Box::new(definitions::read(record)?))]);
        }
        Ok(vec![Item::Example(Box::new(read::example(record)?))])
    }
}

impl Writer for Records {
    fn begin(&mut self, definitions: &Definitions) -> Vec<Value> {
        vec![definitions::write(definitions)]
    }

    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        Ok(Written { records: vec![write::example(example)], left_out: Vec::new() })
    }
}

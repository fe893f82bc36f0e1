//! What records look like, whoever takes them: how they are recognised, read and written.

use serde_json::Value;

use crate::example::Example;
use crate::formats::fields::Fields;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

mod attributes;
mod completion;
mod conversation;
mod draft;
mod extra_ids;
mod pairs;
mod question;
mod ranks;
mod speech;
mod stepwise;
mod templated;
mod text;
mod texts;
mod transcript;

pub(super) use attributes::Attributes;
pub(super) use completion::Completion;
pub(super) use conversation::Conversation;
pub(super) use draft::Tools;
pub(super) use pairs::{Answer, Asked, Pairs};
pub(super) use question::{Question, Solution};
pub(super) use ranks::Ranks;
pub(super) use speech::{Chat, Speech};
pub(super) use stepwise::Stepwise;
pub(super) use templated::{Templated, is_half, read_half, write_halves};
pub(super) use text::Text;
pub(super) use transcript::Transcript;

/// A shape of records.
pub(super) trait Shape: Sync {
    /// What a record is made of.
    fn carries(&self) -> Carries;
    /// Whether a record has the fields.
    fn has_fields(&self, record: &Value) -> bool;
    /// Whether there is something in a record with these fields that no other format has.
    fn is_marked(&self, _record: &Value) -> bool {
        false
    }
    /// Reads a record.
    fn read(&self, fields: Fields) -> Result<Example, Misfit>;
    /// Writes an example.
    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable>;
}

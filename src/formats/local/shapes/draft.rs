//! Records that are being written, and what every shape does to them alike.

use serde_json::{Map, Value, json};

use super::speech::Telling;
use crate::example::{Example, Message, Response, Role, Uuid};
use crate::formats::calls::CallIds;
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::plain::plain;
use crate::formats::{Misfit, Unwritable, WriteOptions, Written, tools};

/// The records of one example, while they are written.
pub(super) struct Draft<'a> {
    pub example: &'a Example,
    pub left_out: LeftOut,
    extra_fields: bool,
    judgement: Option<Judgement>,
    ids: CallIds,
    records: Vec<Value>,
}

impl<'a> Draft<'a> {
    pub fn new(example: &'a Example, options: &WriteOptions, left_out: LeftOut) -> Self {
        let answers = example.responses.iter().flat_map(|response| &response.messages);
        Self {
            example,
            left_out,
            extra_fields: options.extra(),
            judgement: Judgement::of(example, options.judged()),
            ids: CallIds::of(example.prompt.messages.iter().chain(answers)),
            records: Vec::new(),
        }
    }

    /// What is needed to put messages down.
    pub fn telling(&mut self) -> Telling<'_> {
        Telling { ids: &self.ids, extra_fields: self.extra_fields, left_out: &mut self.left_out }
    }

    /// Adds a record, which may be made of a pair, with what goes along with it.
    pub fn add(&mut self, mut record: Map<String, Value>, pair: Option<(Uuid, Uuid)>) {
        if let Some(judgement) = &self.judgement {
            judgement.put(&mut record, pair, &mut self.left_out);
        }
        write_extra(&mut record, self.example, self.extra_fields, &[], &mut self.left_out);
        self.records.push(Value::Object(record));
    }

    pub fn finish(self) -> Written {
        Written { records: self.records, left_out: self.left_out.list() }
    }
}

/// Where the definitions of tools stand in a record.
#[derive(Clone, Copy)]
pub(in crate::formats::local) enum Tools {
    /// Nowhere.
    No,
    /// In a list, where there are any.
    List,
    /// As JSON text, where there are any: readers that turn lines into a table would give every tool the
    /// fields of all.
    Text,
    /// As JSON text in every record: the consumer asks for the field.
    Always,
}

impl Tools {
    pub(super) fn put(
        self,
        record: &mut Map<String, Value>,
        draft: &mut Draft<'_>,
    ) -> Result<(), Unwritable> {
        let tools = match self {
            Self::No => {
                draft.left_out.tools_of(draft.example);
                None
            }
            Self::List => tools::list(draft.example)?,
            Self::Text => tools::text(draft.example)?,
            Self::Always => Some(tools::text(draft.example)?.unwrap_or_else(|| json!(""))),
        };
        if let Some(tools) = tools {
            record.insert("tools".to_owned(), tools);
        }
        Ok(())
    }

    /// The definitions that a record has; a format without tools leaves the field alone.
    pub(super) fn read(self, fields: &mut Fields) -> Result<Vec<Value>, Misfit> {
        match self {
            Self::No => Ok(Vec::new()),
            Self::List | Self::Text | Self::Always => tools::read(fields, &mut Hints::new("")),
        }
    }
}

/// The system's text and the turns after it, for formats that have a field for the system.
pub(super) fn system_apart<'a>(
    messages: &'a [Message],
    left_out: &mut LeftOut,
) -> Result<(Option<String>, &'a [Message]), Unwritable> {
    match messages {
        [first, rest @ ..] if first.role == Role::System => {
            left_out.beside_text(first);
            Ok((Some(plain(first)?.into_owned()), rest))
        }
        all => Ok((None, all)),
    }
}

/// The system turn that the field `system` stands for.
pub(super) fn read_system(fields: &mut Fields) -> Result<Option<Message>, Misfit> {
    let text = fields.optional_text("system")?.filter(|text| !text.is_empty());
    Ok(text.map(|text| Message::new(Role::System, text)))
}

/// What does not go out beside these responses.
pub(super) fn beside(example: &Example, responses: &[&Response]) -> LeftOut {
    match responses {
        [only] => LeftOut::beside(example, only),
        several => {
            let pairs: Vec<_> = several.iter().map(|&response| (response, response)).collect();
            LeftOut::beside_pairs(example, &pairs)
        }
    }
}

//! Fields that came along from elsewhere: where they are written, and where never.
//!
//! Trainers look for fields by name, so a field that happens to be called `label` or `images`
//! changes what is learned, without a word. Formats for training leave such fields out unless they
//! are asked for, and then still those whose names mean something to somebody.

use serde_json::{Map, Value};

use super::fields::HINTS;
use super::judgement;
use super::left_out::LeftOut;
use super::messages::extra;
use crate::example::{Example, Message};

/// Names of a record's fields that mean something to a format or to one of its trainers.
const MEANT: &[&str] = &[
    "messages",
    "conversations",
    "conversation",
    "prompt",
    "completion",
    "completions",
    "text",
    "chosen",
    "rejected",
    "chosen_messages",
    "rejected_messages",
    "chosen_response",
    "rejected_response",
    "chosen_input_ids",
    "rejected_input_ids",
    "instruction",
    "input",
    "output",
    "query",
    "response",
    "history",
    "system",
    "tools",
    "functions",
    "parallel_tool_calls",
    "label",
    "labels",
    "kto_tag",
    "margin",
    "weight",
    "image",
    "images",
    "video",
    "videos",
    "audio",
    "audios",
    "objects",
    "chat_template_kwargs",
    "input_ids",
    "attention_mask",
    "completion_mask",
    "assistant_masks",
    "token_type_ids",
    "loss",
    "loss_scale",
    "channel",
    "preferred_output",
    "non_preferred_output",
    "preferred_completion",
    "non_preferred_completion",
    "contents",
    "systemInstruction",
    "system_instruction",
    "schemaVersion",
    "toolConfig",
    "interactions",
    "available_tools",
    "system_prompt",
    "input_text",
    "output_text",
    "text_input",
];

/// The same inside a message.
const MEANT_IN_MESSAGES: &[&str] = &[
    "role",
    "content",
    "from",
    "value",
    "name",
    "tool_calls",
    "tool_call_id",
    "function_call",
    "weight",
    "loss",
    "loss_scale",
    "loss_weight",
    "train",
    "training",
    "train_detail",
    "training_detail",
    "prefix",
    "refusal",
    "audio",
    "images",
    "reasoning",
    "reasoning_content",
    "thinking",
];

/// Adds an example's extra fields, none over one that is there. `known` are those that the
/// format's consumers take all the same.
pub(super) fn write_extra(
    record: &mut Map<String, Value>,
    example: &Example,
    wanted: bool,
    known: &[&str],
    left_out: &mut LeftOut,
) {
    let fields = fields(example, record);
    write(record, fields, |key| known.contains(&key) || wanted && !MEANT.contains(&key), left_out);
}

/// Adds the extra fields of an example that `may` stand there, none over one that is there.
pub(super) fn write_extra_where(
    record: &mut Map<String, Value>,
    example: &Example,
    may: impl Fn(&str) -> bool,
    left_out: &mut LeftOut,
) {
    let fields = fields(example, record);
    write(record, fields, may, left_out);
}

/// The fields that came along, without what was said of the example in another export, where it is said anew.
fn fields<'a>(
    example: &'a Example,
    record: &Map<String, Value>,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    let is_judged = record.contains_key(judgement::FIELD);
    let fields = example.metadata.0.iter().filter(|(key, _)| *key != HINTS);
    fields.filter(move |(key, _)| !(is_judged && *key == judgement::FIELD))
}

/// Adds a message's extra fields, none over one that is there.
pub(super) fn write_in_message(
    map: &mut Map<String, Value>,
    message: &Message,
    wanted: bool,
    known: &[&str],
    left_out: &mut LeftOut,
) {
    write(
        map,
        extra(message),
        |key| known.contains(&key) || wanted && !MEANT_IN_MESSAGES.contains(&key),
        left_out,
    );
}

/// Whether an extra field of that name may be written into a record of a format for training.
pub(super) fn is_harmless(key: &str) -> bool {
    !MEANT.contains(&key)
}

fn write<'a>(
    map: &mut Map<String, Value>,
    fields: impl Iterator<Item = (&'a String, &'a Value)>,
    may: impl Fn(&str) -> bool,
    left_out: &mut LeftOut,
) {
    for (key, value) in fields {
        if may(key) && !map.contains_key(key) {
            map.insert(key.clone(), value.clone());
        } else if !value.is_null() {
            left_out.note("extra fields");
        }
    }
}

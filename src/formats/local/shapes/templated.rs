//! NeMo-Aligner's answers with a verdict, and the halves of its pairs: prompts as one text in the template
//! of `NeMo`.

use serde_json::{Map, Value, json};

use super::draft::{Draft, beside};
use super::{Shape, completion, extra_ids};
use crate::example::{Example, Message, Prompt, Response};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::messages::split;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// `{prompt, response, preference: chosen|rejected}`.
pub(in crate::formats::local) struct Templated;

const PROMPT: &str = "prompt";
const ANSWER: &str = "response";
const VERDICT: &str = "preference";
/// Good and bad.
const WORDS: [&str; 2] = ["chosen", "rejected"];

impl Shape for Templated {
    fn carries(&self) -> Carries {
        Carries::Verdicts
    }

    fn has_fields(&self, record: &Value) -> bool {
        let word = record.get(VERDICT).and_then(Value::as_str);
        has_text(record, PROMPT) && has_text(record, ANSWER) && word.is_some_and(|word| WORDS.contains(&word))
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let good = match fields.text(VERDICT)?.as_str() {
            "chosen" => true,
            "rejected" => false,
            other => {
                return Err(Misfit::new(VERDICT, format!("is “{other}”; it should be chosen or rejected")));
            }
        };
        let text = fields.text(PROMPT)?;
        let messages = extra_ids::read(&text).unwrap_or_else(|| Prompt::user(text).messages);
        let response = Response::new(None, fields.text(ANSWER)?);
        let mut example = sft(Prompt { messages, tools: Vec::new() }, Some(response), fields.rest());
        completion::keep_verdict(Some(good), &mut example);
        Ok(example)
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let verdicts = options.choice.verdicts(example)?;
        let responses: Vec<&Response> = verdicts.iter().map(|(response, _)| *response).collect();
        let mut draft = Draft::new(example, options, beside(example, &responses));
        draft.left_out.tools_of(example);
        for (response, good) in verdicts {
            let mut record = Map::new();
            let prompt = extra_ids::asked(&example.prompt.messages, &mut draft.left_out)?;
            record.insert(PROMPT.to_owned(), json!(prompt));
            record.insert(ANSWER.to_owned(), json!(one_text(response, &mut draft.left_out)?));
            record.insert(VERDICT.to_owned(), json!(if good { WORDS[0] } else { WORDS[1] }));
            draft.add(record, None);
        }
        Ok(draft.finish())
    }
}

/// The field of a half of a pair: a whole conversation.
const TEXT: &str = "text";

/// Whether a record is a half of a pair.
pub(in crate::formats::local) fn is_half(record: &Value) -> bool {
    record.get(TEXT).and_then(Value::as_str).is_some_and(extra_ids::is_template)
}

/// A half of a pair: the prompt and the answer, and what else the record has.
pub(in crate::formats::local) fn read_half(
    mut fields: Fields,
) -> Result<(Vec<Message>, Vec<Message>, Fields), Misfit> {
    let text = fields.text(TEXT)?;
    let messages = extra_ids::read(&text).ok_or_else(|| {
        Misfit::new(TEXT, "is no conversation: it should begin with <extra_id_0>System or <extra_id_1>User")
    })?;
    let (prompt, answer) = split(messages);
    if answer.is_empty() {
        return Err(Misfit::new(TEXT, "has no answer after its last user turn"));
    }
    Ok((prompt, answer, fields))
}

/// Two records for each pair, the better one first.
pub(in crate::formats::local) fn write_halves(
    example: &Example,
    options: &WriteOptions,
) -> Result<Written, Unwritable> {
    let pairs = options.choice.pairs(example)?;
    let mut draft = Draft::new(example, options, LeftOut::beside_pairs(example, &pairs));
    draft.left_out.tools_of(example);
    for (chosen, rejected) in pairs {
        for response in [chosen, rejected] {
            let mut text = extra_ids::asked(&example.prompt.messages, &mut draft.left_out)?;
            text.push_str(&one_text(response, &mut draft.left_out)?);
            text.push('\n');
            let mut record = Map::new();
            record.insert(TEXT.to_owned(), json!(text));
            draft.add(record, Some((chosen.id, rejected.id)));
        }
    }
    Ok(draft.finish())
}

//! Running text, all of which is learned from.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::Draft;
use crate::example::{Example, Prompt, Response};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::left_out::{LeftOut, bare_prompt, one_text};
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// One field of text. What is read is a response to nothing; what is written is the prompt and the
/// response, with a blank line between them unless one of them brings a space.
pub(in crate::formats::local) struct Text;

const FIELD: &str = "text";

impl Shape for Text {
    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn has_fields(&self, record: &Value) -> bool {
        has_text(record, FIELD)
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let text = fields.text(FIELD)?;
        let nothing = Prompt { messages: Vec::new(), tools: Vec::new() };
        Ok(sft(nothing, Some(Response::new(None, text)), fields.rest()))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let best = options.choice.best_unmasked(example)?;
        let mut draft = Draft::new(example, options, LeftOut::beside(example, best));
        draft.left_out.tools_of(example);
        let answer = one_text(best, &mut draft.left_out)?;
        let text = if example.prompt.messages.is_empty() {
            answer
        } else {
            draft.left_out.note("where turns end");
            let prompt = bare_prompt(&example.prompt, &mut draft.left_out)?;
            let is_joined = prompt.ends_with(char::is_whitespace) || answer.starts_with(char::is_whitespace);
            let between = if is_joined || prompt.is_empty() { "" } else { "\n\n" };
            format!("{prompt}{between}{answer}")
        };
        let mut record = Map::new();
        record.insert(FIELD.to_owned(), json!(text));
        draft.add(record, None);
        Ok(draft.finish())
    }
}

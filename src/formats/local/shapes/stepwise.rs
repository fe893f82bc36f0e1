//! A question, and the steps of an answer with a label each.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::Draft;
use super::texts::TextPrompt;
use crate::example::{Example, Prompt};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::left_out::LeftOut;
use crate::formats::steps::{self, Step, is_label};
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// `{prompt, completions, labels}`. How steps are kept in an example: [`steps`].
pub(in crate::formats::local) struct Stepwise;

const PROMPT: TextPrompt = TextPrompt { field: "prompt", system: false, context: None };
const STEPS: &str = "completions";
const LABELS: &str = "labels";

fn take_list(fields: &mut Fields, name: &str) -> Result<Vec<Value>, Misfit> {
    match fields.take(name) {
        Some(Value::Array(list)) => Ok(list),
        Some(other) => Err(Misfit::wrong_type(name, &other, "a list with an entry for each step")),
        None => Err(Misfit::missing(name)),
    }
}

impl Shape for Stepwise {
    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn has_fields(&self, record: &Value) -> bool {
        let all = |name: &str, is: fn(&Value) -> bool| {
            record.get(name).and_then(Value::as_array).is_some_and(|list| list.iter().all(is))
        };
        has_text(record, PROMPT.field) && all(STEPS, Value::is_string) && all(LABELS, is_label)
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let messages = PROMPT.read(&mut fields)?;
        let texts = take_list(&mut fields, STEPS)?;
        let labels = take_list(&mut fields, LABELS)?;
        if texts.len() != labels.len() {
            let reason = format!(
                "has {} entries for {} steps; there should be one for each",
                labels.len(),
                texts.len()
            );
            return Err(Misfit::new(LABELS, reason));
        }
        let mut read = Vec::with_capacity(texts.len());
        for (index, (text, label)) in texts.into_iter().zip(labels).enumerate() {
            let Value::String(text) = text else {
                return Err(Misfit::wrong_type(format!("{STEPS}[{index}]"), &text, "text"));
            };
            if !is_label(&label) {
                return Err(Misfit::wrong_type(format!("{LABELS}[{index}]"), &label, "true or false"));
            }
            read.push(Step::new(text, label));
        }
        let response = steps::response(read, STEPS)?;
        Ok(sft(Prompt { messages, tools: Vec::new() }, Some(response), fields.rest()))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let best = options.choice.best_unmasked(example)?;
        let mut draft = Draft::new(example, options, LeftOut::beside(example, best));
        if steps::is_all(best) {
            draft.left_out.is_carried("extra fields");
        }
        draft.left_out.tools_of(example);
        best.messages.iter().for_each(|message| draft.left_out.beside_text(message));
        let mut record = Map::new();
        PROMPT.put(&mut record, &mut draft)?;
        let (texts, labels): (Vec<String>, Vec<bool>) = steps::of(best)?.into_iter().unzip();
        record.insert(STEPS.to_owned(), json!(texts));
        record.insert(LABELS.to_owned(), json!(labels));
        draft.add(record, None);
        Ok(draft.finish())
    }
}

//! Prompts and answers that are bare text, with a field for the system or without.

use serde_json::{Map, Value, json};

use super::draft::{Draft, read_system, system_apart};
use crate::example::{Message, Role};
use crate::formats::fields::Fields;
use crate::formats::left_out::bare_prompt;
use crate::formats::messages::take_turns;
use crate::formats::{Misfit, Unwritable};

/// A question of one text.
#[derive(Clone, Copy)]
pub(super) struct TextPrompt {
    /// The field of the question.
    pub field: &'static str,
    /// Whether there is a field `system`, which then stands in every record.
    pub system: bool,
    /// A field for what the question is about, which then stands in every record, empty.
    pub context: Option<&'static str>,
}

impl TextPrompt {
    pub fn put(self, record: &mut Map<String, Value>, draft: &mut Draft<'_>) -> Result<(), Unwritable> {
        let mut prompt = draft.example.prompt.clone();
        if self.system {
            let (system, rest) = system_apart(&draft.example.prompt.messages, &mut draft.left_out)?;
            prompt.messages = rest.to_vec();
            record.insert("system".to_owned(), json!(system.unwrap_or_default()));
        }
        record.insert(self.field.to_owned(), bare_prompt(&prompt, &mut draft.left_out)?.into());
        if let Some(context) = self.context {
            record.insert(context.to_owned(), json!(""));
        }
        Ok(())
    }

    pub fn read(self, fields: &mut Fields) -> Result<Vec<Message>, Misfit> {
        let system = if self.system { read_system(fields)? } else { None };
        let mut question =
            take_turns(fields, self.field, Role::User)?.ok_or_else(|| Misfit::missing(self.field))?;
        if let Some(name) = self.context
            && let Some(about) = fields.optional_text(name)?.filter(|about| !about.is_empty())
        {
            let text = question.iter().map(|message| message.text().into_owned()).collect::<String>();
            question = vec![Message::new(Role::User, format!("{text}\n\n{about}"))];
        }
        Ok(system.into_iter().chain(question).collect())
    }
}

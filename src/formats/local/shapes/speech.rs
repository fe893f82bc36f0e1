//! How the turns of a conversation are put down: as messages for chat templates, with roles of their own
//! for tools, or as two sides.

use serde_json::{Map, Value, json};

use super::super::sharegpt_turns::{Turns, Words, read_turns};
use super::super::swift_turns;
use crate::example::{Message, Role};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::left_out::LeftOut;
use crate::formats::messages::{ROLE_HINT, read_messages};
use crate::formats::{Misfit, Unwritable};

/// How turns are put down.
#[derive(Clone, Copy)]
pub(in crate::formats::local) enum Speech {
    /// `{role, content, tool_calls?}`, as chat templates take them.
    Chat(Chat),
    /// `{role, content}` with `tool_call` and `tool_response` among the roles; the flag says whether
    /// assistant turns tell if they are learned from.
    Swift {
        /// Whether the field `loss` is written.
        loss: bool,
    },
    /// Two sides that speak in turn.
    Sides(&'static Words),
}

/// How a consumer wants messages for a chat template.
#[derive(Clone, Copy)]
pub(in crate::formats::local) struct Chat {
    /// The field that says whether an assistant turn is learned from, if the consumer can be told.
    pub learned: Option<&'static str>,
    /// Whether arguments of tool calls are JSON text, for consumers that read them themselves.
    pub text_arguments: bool,
    /// Whether messages are role and content and nothing else.
    pub bare: bool,
}

impl Chat {
    /// What the templates of local models take.
    pub const TEMPLATE: Self = Self { learned: None, text_arguments: false, bare: false };
    /// Role and content alone.
    pub const BARE: Self = Self { bare: true, ..Self::TEMPLATE };
}

/// What is needed to put turns down, and what came of it.
pub(in crate::formats::local) struct Telling<'a> {
    pub ids: &'a CallIds,
    pub extra_fields: bool,
    pub left_out: &'a mut LeftOut,
}

impl Speech {
    /// The name of the field that says who speaks.
    pub const fn from(self) -> &'static str {
        match self {
            Self::Chat(_) | Self::Swift { .. } => "role",
            Self::Sides(words) => words.from,
        }
    }

    /// Whether weights go out with the turns.
    pub const fn has_weights(self) -> bool {
        match self {
            Self::Chat(chat) => chat.learned.is_some(),
            Self::Swift { loss } => loss,
            Self::Sides(_) => false,
        }
    }

    /// Whether turns have something that nothing else writes.
    pub fn is_marked(self, turns: &Value) -> bool {
        let any = |is: fn(&Value) -> bool| turns.as_array().is_some_and(|turns| turns.iter().any(is));
        match self {
            Self::Chat(Chat { learned: Some(_), .. }) => any(|turn| {
                ["train", "training"].iter().any(|key| turn.get(key).is_some_and(Value::is_boolean))
            }),
            Self::Swift { .. } => any(|turn| {
                turn.get("loss").is_some_and(Value::is_boolean)
                    || ["tool_call", "tool_response"].iter().any(|role| turn["role"] == *role)
            }),
            Self::Chat(_) | Self::Sides(_) => false,
        }
    }

    /// Reads a list of turns; `field` is its name in the record.
    pub fn read(self, turns: Value, field: &str) -> Result<Vec<Message>, Misfit> {
        match self {
            Self::Chat(_) => {
                let mut messages = read_messages(turns, field)?;
                read_weights(&mut messages, &["train", "training"]);
                Ok(messages)
            }
            Self::Swift { .. } => {
                let mut messages = swift_turns::read(turns, field)?;
                read_weights(&mut messages, &["loss"]);
                Ok(messages)
            }
            Self::Sides(words) => {
                let mut messages = read_turns(turns, field)?;
                for message in &mut messages {
                    let word = message.extra.get(ROLE_HINT).and_then(Value::as_str);
                    if word.is_some_and(|word| words.has(word)) {
                        message.extra.shift_remove(ROLE_HINT);
                    }
                }
                Ok(messages)
            }
        }
    }

    /// The prompt and an answer as one list.
    pub fn whole(
        self,
        prompt: &[Message],
        answer: &[Message],
        telling: &mut Telling<'_>,
    ) -> Result<Value, Unwritable> {
        match self {
            Self::Sides(words) => sides(&Turns::new(words), prompt.iter().chain(answer), telling)?.answered(),
            Self::Chat(_) | Self::Swift { .. } => {
                let mut ids = telling.ids.clone();
                let mut turns = self.turns(prompt, &mut ids, telling)?;
                turns.extend(self.turns(answer, &mut ids, telling)?);
                Ok(Value::Array(turns))
            }
        }
    }

    /// The prompt alone.
    pub fn asked(self, prompt: &[Message], telling: &mut Telling<'_>) -> Result<Value, Unwritable> {
        match self {
            Self::Sides(words) => sides(&Turns::new(words), prompt, telling)?.asked(),
            Self::Chat(_) | Self::Swift { .. } => {
                Ok(Value::Array(self.turns(prompt, &mut telling.ids.clone(), telling)?))
            }
        }
    }

    /// An answer to the prompt, without it.
    pub fn answer(
        self,
        prompt: &[Message],
        answer: &[Message],
        telling: &mut Telling<'_>,
    ) -> Result<Vec<Value>, Unwritable> {
        if let Self::Sides(words) = self {
            let asked = sides(&Turns::new(words), prompt, telling)?;
            return Ok(vec![sides(&asked, answer, telling)?.beyond(&asked)?]);
        }
        let mut ids = telling.ids.clone();
        self.turns(prompt, &mut ids, telling)?;
        self.turns(answer, &mut ids, telling)
    }

    fn turns(
        self,
        messages: &[Message],
        ids: &mut CallIds,
        telling: &mut Telling<'_>,
    ) -> Result<Vec<Value>, Unwritable> {
        let chat = match self {
            Self::Swift { loss } => {
                return swift_turns::write(messages, loss, telling.extra_fields, telling.left_out);
            }
            Self::Chat(chat) => chat,
            Self::Sides(_) => Chat::BARE,
        };
        let style = Style {
            text_arguments: chat.text_arguments,
            weights: chat.learned.is_some(),
            ..Style::template(telling.extra_fields)
        };
        let mut turns = Vec::with_capacity(messages.len());
        if let Value::Array(written) = write_messages(messages, &style, ids, telling.left_out)? {
            for mut turn in written {
                if let Some(fields) = turn.as_object_mut() {
                    put_right(fields, chat, telling.left_out);
                }
                turns.push(turn);
            }
        }
        Ok(turns)
    }
}

fn sides<'a>(
    before: &Turns,
    messages: impl IntoIterator<Item = &'a Message>,
    telling: &mut Telling<'_>,
) -> Result<Turns, Unwritable> {
    let mut turns = before.clone();
    for message in messages {
        turns.push(message, telling.extra_fields, telling.left_out)?;
    }
    Ok(turns)
}

/// What `OpenAI`'s form has otherwise: weights as true and false, and names.
fn put_right(fields: &mut Map<String, Value>, chat: Chat, left_out: &mut LeftOut) {
    if let Some(learned) = chat.learned.filter(|_| fields.get("role").is_some_and(|role| role == "assistant"))
    {
        let is_masked = fields.shift_remove("weight").is_some_and(|weight| weight == 0);
        // on every turn, for readers that make a table of the lines
        fields.insert(learned.to_owned(), json!(!is_masked));
    }
    if chat.bare && fields.shift_remove("name").is_some() {
        left_out.note("names");
    }
}

/// Weights from fields that are true or false. Where every turn is learned from there is nothing to say.
fn read_weights(messages: &mut [Message], names: &[&str]) {
    let mut is_told = false;
    for message in messages.iter_mut().filter(|message| message.role == Role::Assistant) {
        for name in names {
            if let Some(Value::Bool(learned)) = message.extra.get(*name) {
                message.weight = Some(u8::from(*learned).into());
                message.extra.shift_remove(*name);
                is_told = true;
            }
        }
    }
    let is_masked =
        |message: &Message| message.weight.as_ref().and_then(serde_json::Number::as_f64) == Some(0.0);
    if is_told && !messages.iter().any(is_masked) {
        for message in messages {
            message.weight = None;
        }
    }
}

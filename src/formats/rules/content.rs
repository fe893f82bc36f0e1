//! What turns hold.

use serde_json::Value;

use super::{Offence, Rule};
use crate::example::{Content, Message, Role};
use crate::formats::Outgoing;
use crate::formats::mends::{DropReasoning, Mend};
use crate::formats::plain::{part_text, plain};

/// No turn is empty, save tools' results and turns that call tools.
pub struct NoEmptyTurns;

impl Rule for NoEmptyTurns {
    fn id(&self) -> &'static str {
        "empty"
    }

    fn demand(&self) -> &'static str {
        "no turn without text, save tools' results and turns that call tools"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        first(outgoing, |message| {
            (message.role != Role::Tool && message.is_blank()).then(|| "is empty".to_owned())
        })
    }
}

/// Turns hold text and nothing else: no pictures, sound or reasoning apart.
pub struct TextOnly;

impl Rule for TextOnly {
    fn id(&self) -> &'static str {
        "text-only"
    }

    fn demand(&self) -> &'static str {
        "text only: no pictures, sound or reasoning beside it"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        first(outgoing, |message| match &message.content {
            Content::Parts(_) => plain(message).err().map(|error| error.0.to_owned()),
            _ => None,
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&DropReasoning]
    }
}

/// Turns hold text and, in some of them, what else the consumer knows.
pub struct Parts {
    /// What is taken, as a sentence.
    pub demand: &'static str,
    /// Whether a turn may have such a part.
    pub takes: fn(&Message, &Value) -> bool,
    /// How many parts that are not text an example may have.
    pub most: usize,
}

impl Rule for Parts {
    fn id(&self) -> &'static str {
        "parts"
    }

    fn demand(&self) -> &'static str {
        self.demand
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let strange = first(outgoing, |message| {
            let Content::Parts(parts) = &message.content else { return None };
            let part = parts.iter().find(|part| !(self.takes)(message, part))?;
            let kind = part.get("type").and_then(Value::as_str).map(|kind| format!(" ({kind})"));
            Some(format!("has a part that the consumer does not take{}", kind.unwrap_or_default()))
        });
        strange.or_else(|| {
            outgoing.conversations().find_map(|conversation| {
                let parts = conversation.messages().filter_map(|message| match &message.content {
                    Content::Parts(parts) => Some(parts),
                    _ => None,
                });
                let count = parts.flatten().filter(|part| part_text(part).is_none()).count();
                let reason = format!("has {count} pictures or films; {} are the most", self.most);
                (count > self.most).then(|| Offence::new("", reason))
            })
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&DropReasoning]
    }
}

/// An example is not too long, by the measure of a consumer that counts characters for tokens.
pub struct Size {
    /// The most tokens.
    pub tokens: usize,
    /// How many characters count as one.
    pub characters: usize,
}

impl Rule for Size {
    fn id(&self) -> &'static str {
        "size"
    }

    fn demand(&self) -> &'static str {
        "not longer than the consumer takes, which counts a few characters as a token"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let length: usize = conversation.messages().map(|message| message.text().chars().count()).sum();
            let tokens = length.checked_div(self.characters).unwrap_or(length);
            let reason = format!("has about {tokens} tokens; {} are the most", self.tokens);
            (tokens > self.tokens).then(|| Offence::new("", reason))
        })
    }

    fn advice(&self) -> &'static str {
        "shorten the example"
    }
}

fn first(outgoing: &Outgoing<'_>, wrong: impl Fn(&Message) -> Option<String>) -> Option<Offence> {
    outgoing.conversations().find_map(|conversation| {
        conversation
            .messages()
            .enumerate()
            .find_map(|(at, message)| Some(Offence::new(conversation.place(at), wrong(message)?)))
    })
}

//! Who speaks last.

use super::{Offence, Rule};
use crate::example::Role;
use crate::formats::Outgoing;

/// The prompt ends with the user or with a tool's result, and each response with the assistant.
pub struct Ends;

impl Rule for Ends {
    fn id(&self) -> &'static str {
        "ends"
    }

    fn demand(&self) -> &'static str {
        "the prompt ends with the user or a tool's result, a response with the assistant"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let prompt = &outgoing.prompt().messages;
        match prompt.last() {
            None => return Some(Offence::new("", "has no prompt")),
            Some(last) if !matches!(last.role, Role::User | Role::Tool) => {
                let place = format!("prompt[{}]", prompt.len() - 1); // not empty
                let reason = format!("is the end of the prompt, and from {}", last.role.as_str());
                return Some(Offence::new(place, reason));
            }
            Some(_) => {}
        }
        outgoing.conversations().find_map(|conversation| {
            let last = conversation.response?.messages.last()?;
            let at = conversation.messages().count().saturating_sub(1);
            let is_wrong = last.role != Role::Assistant;
            is_wrong.then(|| {
                Offence::new(
                    conversation.place(at),
                    format!("is the last turn, and from {}", last.role.as_str()),
                )
            })
        })
    }
}

/// The prompt ends with the user.
pub struct UserLast;

impl Rule for UserLast {
    fn id(&self) -> &'static str {
        "user-last"
    }

    fn demand(&self) -> &'static str {
        "the prompt ends with the user"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let prompt = &outgoing.prompt().messages;
        let Some(last) = prompt.last() else { return Some(Offence::new("", "has no prompt")) };
        let place = format!("prompt[{}]", prompt.len() - 1); // not empty
        let reason = format!("is the end of the prompt, and from {}", last.role.as_str());
        (last.role != Role::User).then(|| Offence::new(place, reason))
    }
}

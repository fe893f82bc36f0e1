//! For consumers without a system turn: what it says stands at the head of the first user turn.

use super::Mend;
use crate::example::{Content, Example, Role};

/// Moves the system's text to the head of the first user turn.
#[derive(Debug)]
pub struct SystemToUser;

impl Mend for SystemToUser {
    fn id(&self) -> &'static str {
        "system-to-user"
    }

    fn title(&self) -> &'static str {
        "put what the system says at the head of the first user turn"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        let messages = &mut example.prompt.messages;
        let user = messages.iter().position(|message| message.role == Role::User);
        if let (Some(first), Some(user)) = (messages.first(), user)
            && first.role == Role::System
            && let Some(Content::Text(text)) = messages.get(user).map(|message| &message.content)
        {
            let text = format!("{}\n\n{text}", first.text());
            if let Some(message) = messages.get_mut(user) {
                message.content = Content::Text(text.trim_start().to_owned());
            }
            messages.remove(0);
        }
        vec![example]
    }
}

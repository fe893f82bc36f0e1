//! A conversation that the assistant opens begins with the user.

use super::Mend;
use crate::example::{Example, Role};

/// Takes away what the assistant says before the first user turn.
#[derive(Debug)]
pub struct DropGreeting;

impl Mend for DropGreeting {
    fn id(&self) -> &'static str {
        "drop-greeting"
    }

    fn title(&self) -> &'static str {
        "leave out what the assistant says before the first user turn"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        let messages = &mut example.prompt.messages;
        if let Some(first) = messages.iter().position(|message| message.role == Role::User) {
            let mut at = 0;
            messages.retain(|message| {
                at += 1;
                at > first || message.role == Role::System
            });
        }
        vec![example]
    }
}

//! The system speaks once, and first.

use super::Mend;
use crate::example::{Example, Message, Role};

/// Joins all system turns of the prompt into one at its beginning.
#[derive(Debug)]
pub struct SystemFirst;

impl Mend for SystemFirst {
    fn id(&self) -> &'static str {
        "system-first"
    }

    fn title(&self) -> &'static str {
        "join the system turns into one at the beginning"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        let messages = &mut example.prompt.messages;
        let is_in_place = messages.iter().skip(1).all(|message| message.role != Role::System);
        if !is_in_place {
            let is_system = |message: &Message| message.role == Role::System;
            let systems: Vec<Message> = messages.extract_if(.., |message| is_system(message)).collect();
            let texts: Vec<String> = systems
                .iter()
                .map(|message| message.text().into_owned())
                .filter(|text| !text.is_empty())
                .collect();
            messages.insert(0, Message::new(Role::System, texts.join("\n\n")));
        }
        vec![example]
    }
}

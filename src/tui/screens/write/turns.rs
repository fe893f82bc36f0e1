//! Turns and responses as a whole: added, taken away, given another role.

use super::Write;
use super::field::Field;
use super::page::Part;
use crate::dataset::Verb;
use crate::example::{Prompt, Role};
use crate::tui::effect::{Effect, Picker, PickerItem, Purpose, Tone};

fn look(sentence: &str) -> Vec<Effect> {
    vec![Effect::Say(Tone::Look, sentence.to_owned())]
}

/// Who speaks in a turn put in at this place: after the user the assistant, else the user.
pub fn role_at(prompt: &Prompt, at: usize) -> Role {
    match at.checked_sub(1).and_then(|before| prompt.messages.get(before)).map(|message| message.role) {
        Some(Role::User) => Role::Assistant,
        _ => Role::User,
    }
}

impl Write {
    /// Begins a response.
    pub(super) fn add_response(&mut self) {
        self.open_field(Field::New);
    }

    /// Puts an empty turn after the focused one and types in it. It is on disk when something is.
    pub(super) fn add_turn(&mut self) -> Vec<Effect> {
        let focused = self.focused();
        let Some(subject) = &mut self.subject else { return Vec::new() };
        let turns = subject.example.prompt.messages.len();
        let at = match focused {
            Some(Part::Text(Field::Turn(at)) | Part::Calls(Field::Turn(at))) => (at + 1).min(turns),
            Some(Part::Tools) => 0,
            _ => turns,
        };
        let role = role_at(&subject.example.prompt, at);
        subject.example.prompt.messages.insert(at, crate::example::Message::new(role, ""));
        subject.inserted = Some(at);
        self.open_field(Field::Turn(at));
        Vec::new()
    }

    /// Takes the focused turn or response away.
    pub(super) fn delete_turn(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Some(id) = subject.id else { return look("it is not made yet: there is nothing to delete") };
        match self.focused() {
            Some(Part::Text(Field::Turn(at)) | Part::Calls(Field::Turn(at))) => {
                let mut prompt = subject.example.prompt.clone();
                if prompt.messages.len() < 2 || at >= prompt.messages.len() {
                    return look("a prompt has one turn at least");
                }
                prompt.messages.remove(at);
                self.set_prompt(id, prompt)
            }
            Some(Part::Text(Field::Response(response, _)) | Part::Calls(Field::Response(response, _))) => {
                vec![Effect::Perform(Box::new(Verb::RemoveResponse { example: id, response }))]
            }
            Some(Part::Tools) => {
                look("the tools belong to the prompt as it came; they can't be taken away here")
            }
            _ => look("there is nothing to delete here"),
        }
    }

    /// Asks for the role of the focused turn.
    pub(super) fn ask_role(&self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Some(Part::Text(Field::Turn(at)) | Part::Calls(Field::Turn(at))) = self.focused() else {
            return look("only turns of the prompt change their role; a response is the assistant's");
        };
        let now = subject.example.prompt.messages.get(at).map(|message| message.role);
        let about = |role| match role {
            Role::System => "instructions above the conversation",
            Role::User => "the person",
            Role::Assistant => "the model",
            Role::Tool => "the result of a tool call",
        };
        let items = Role::ALL.iter().map(|&role| PickerItem {
            group: String::new(),
            value: role.as_str().to_owned(),
            detail: about(role).to_owned(),
            chosen: now == Some(role),
        });
        vec![Effect::Pick(Picker {
            title: "Who says this?".to_owned(),
            items: items.collect(),
            several: false,
            open: false,
            purpose: Purpose::Role,
        })]
    }

    /// Gives the focused turn a role.
    pub(super) fn set_role(&mut self, values: &[String]) -> Vec<Effect> {
        let role = values.first().and_then(|word| Role::parse(word));
        let (Some(role), Some(subject)) = (role, &mut self.subject) else { return Vec::new() };
        let (Some(Part::Text(Field::Turn(at)) | Part::Calls(Field::Turn(at))), id) =
            (self.parts.get(self.document.focus()).copied(), subject.id)
        else {
            return Vec::new();
        };
        let mut prompt = subject.example.prompt.clone();
        let Some(message) = prompt.messages.get_mut(at) else { return Vec::new() };
        if message.role == role {
            return Vec::new();
        }
        message.role = role;
        if let Some(id) = id {
            return self.set_prompt(id, prompt);
        }
        subject.example.prompt = prompt;
        self.rebuild();
        Vec::new()
    }

    /// Writes another prompt at once.
    fn set_prompt(&mut self, id: i64, prompt: Prompt) -> Vec<Effect> {
        if let Some(subject) = &mut self.subject {
            subject.example.prompt = prompt.clone();
        }
        self.rebuild();
        let verb = Verb::Write {
            example: id,
            prompt: Some(prompt),
            responses: Vec::new(),
            note: None,
            status: None,
        };
        self.flights.push(super::Flight { example: id, texts: super::Stretch::default() });
        vec![Effect::Perform(Box::new(verb))]
    }
}

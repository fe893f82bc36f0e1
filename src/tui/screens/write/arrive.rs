//! An example comes to the screen: what was typed of it before comes back, and the cursor goes to
//! where the work is.

use std::collections::HashMap;

use super::field::Field;
use super::page::Part;
use super::{Next, Open, Start, Subject, Write};
use crate::example::{Example, Kind, Message, Prompt, Role};
use crate::tui::effect::{Effect, Request, Shared, Tone};
use crate::tui::widgets::editor::Editor;

fn look(sentence: impl Into<String>) -> Effect {
    Effect::Say(Tone::Look, sentence.into())
}

impl Write {
    /// An example comes to the screen.
    pub(super) fn show(
        &mut self,
        id: Option<i64>,
        place: Option<u64>,
        example: Example,
        drafts: &HashMap<String, String>,
        shared: &Shared,
    ) -> Vec<Effect> {
        // What is typed here was put on its way when the other was asked for.
        self.next = Next::Still;
        (self.reloading, self.is_stale, self.open, self.at_birth) = (None, false, None, None);
        self.stretch.clear();
        self.typing.clear();
        self.subject =
            Some(Subject { id, place, example, is_done: false, is_creating: false, inserted: None });
        let mut effects = self.restore(drafts);
        self.parts.clear();
        self.rebuild();
        self.document.rewind();
        let start = std::mem::take(&mut self.start);
        self.settle(start != Start::Reading);
        effects.extend(self.use_waiting(start, shared));
        effects
    }

    /// Takes up what was typed before and belongs to no action yet.
    fn restore(&mut self, drafts: &HashMap<String, String>) -> Vec<Effect> {
        let Some(subject) = &mut self.subject else { return Vec::new() };
        // What is on its way to disk is no draft, though the reader may still have seen it as one.
        if subject.id.is_some_and(|id| self.flights.iter().any(|flight| flight.example == id)) {
            return Vec::new();
        }
        if let Some((at, text)) = drafts
            .iter()
            .find_map(|(name, text)| Some((name.strip_prefix("insert/")?.parse::<usize>().ok()?, text)))
            && at <= subject.example.prompt.messages.len()
        {
            let role = super::turns::role_at(&subject.example.prompt, at);
            subject.example.prompt.messages.insert(at, Message::new(role, ""));
            subject.inserted = Some(at);
            self.stretch.set(Field::Turn(at), text.clone());
            self.typing.restored(&format!("insert/{at}"));
        }
        for (name, text) in drafts {
            let Some(field) = Field::parse(name) else { continue };
            let field = match (field, subject.inserted) {
                (Field::Turn(at), Some(inserted)) if at >= inserted => Field::Turn(at + 1),
                (field, _) => field,
            };
            if field.text(&subject.example) != *text {
                self.stretch.set(field, text.clone());
                self.typing.restored(name);
            }
        }
        if self.typing.is_empty() { Vec::new() } else { vec![look("this is what you were typing here")] }
    }

    /// Puts the cursor where the work is: into what was being typed, into the response that is not
    /// there yet, or else onto the first response. Where the example was not opened on purpose, keys
    /// stay commands: it is only focused.
    fn settle(&mut self, may_type: bool) {
        let Some(subject) = &self.subject else { return };
        let typed = self.fields().into_iter().rfind(|field| self.stretch.get(*field).is_some());
        if let Some(field) = typed {
            if may_type || subject.id.is_none() {
                self.open_field(field);
            } else {
                self.focus_part(Part::Text(field));
            }
            return;
        }
        if subject.id.is_none() {
            self.open_field(Field::Turn(1));
            return;
        }
        let example = &subject.example;
        let blank = match example.responses.first() {
            None => Some(Field::New),
            Some(first) if first.is_blank() => Some(Field::Response(first.id, 0)),
            Some(_) => None,
        };
        match blank {
            Some(field)
                if may_type
                    && example.status.is_open()
                    && example.responses.iter().all(crate::example::Response::is_blank) =>
            {
                self.open_field(field);
            }
            _ => {
                let response = self.parts.iter().position(|part| {
                    matches!(
                        part,
                        Part::Text(Field::Response(..) | Field::New) | Part::Calls(Field::Response(..))
                    )
                });
                self.document.focus_on(response.unwrap_or(0));
            }
        }
    }

    /// A page for an example that is to be made: the system turn of the one before, and a question.
    pub(super) fn show_new(&mut self, drafts: &HashMap<String, String>, shared: &Shared) -> Vec<Effect> {
        let messages = vec![Message::new(Role::System, ""), Message::new(Role::User, "")];
        let example = Example::new(Kind::Sft, Prompt { messages, tools: Vec::new() });
        let mut effects = self.show(None, None, example, drafts, shared);
        if let Some(like) = self.inherits_from.take() {
            effects.push(self.ask(Request::Example(like)));
            self.inheriting = Some(self.generation);
        }
        effects
    }

    /// Takes the system turn of another example over, where none is typed yet.
    pub(super) fn inherit(&mut self, from: Option<&Example>) {
        let system = from
            .and_then(|example| example.prompt.messages.iter().find(|message| message.role == Role::System));
        let Some(text) = system.map(|message| message.text().into_owned()) else { return };
        if let Some(subject) = &mut self.subject
            && subject.id.is_none()
            && !subject.is_creating
            && let Some(first) = subject.example.prompt.messages.first_mut()
            && first.is_blank()
        {
            *first = Message::new(Role::System, text);
            self.rebuild();
        }
    }

    /// Opens the editor in a field, with what is typed there.
    pub(super) fn open_field(&mut self, field: Field) {
        let Some(subject) = &self.subject else { return };
        let text = self.stretch.get(field).map_or_else(|| field.text(&subject.example), str::to_owned);
        self.open = Some(Open { field, editor: Editor::open(&text, self.has_modes) });
        self.rebuild();
        self.focus_part(Part::Text(field));
    }
}

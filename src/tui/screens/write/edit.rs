//! Typing: from the first key in a field to the verb that writes it.

use super::field::{Field, Written};
use super::page::Part;
use super::{EXTERNAL, End, Flight, Start, Subject, UNBORN, Write};
use crate::dataset::{Selection, Verb};
use crate::example::{Author, Example, Message, Response, Role, Status};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Shared, Tone};
use crate::tui::widgets::editor::{NOTHING_SELECTED, Outcome};
use crate::tui::widgets::menus;
use crate::tui::widgets::trails::{self, Step};

fn look(sentence: &str) -> Effect {
    Effect::Say(Tone::Look, sentence.to_owned())
}

impl Write {
    /// The name under which a field's typing is kept: by the numbers that turns have on disk.
    pub(super) fn name_of(&self, field: Field) -> String {
        let inserted = self.subject.as_ref().and_then(|subject| subject.inserted);
        match (field, inserted) {
            (Field::Turn(at), Some(inserted)) if at == inserted => format!("insert/{at}"),
            (Field::Turn(at), Some(inserted)) if at > inserted => Field::Turn(at - 1).name(),
            _ => field.name(),
        }
    }

    /// The number under which typing is kept.
    pub(super) fn number(&self) -> i64 {
        self.subject.as_ref().and_then(|subject| subject.id).unwrap_or(UNBORN)
    }

    /// What was typed changed.
    fn touched(&mut self) -> Vec<Effect> {
        self.tokens.typed = None;
        let Some(field) = self.open.as_ref().map(|open| open.field) else { return Vec::new() };
        let name = self.name_of(field);
        self.typing.changed(&name).into_iter().collect()
    }

    /// Puts what is typed and not on its way yet on its way to disk, as drafts.
    pub(super) fn keep(&mut self) -> Vec<Effect> {
        if self.subject.as_ref().is_none_or(|subject| subject.is_creating) {
            return Vec::new();
        }
        let example = self.number();
        let mut texts: Vec<(String, String)> =
            self.stretch.fields().map(|(field, text)| (self.name_of(field), text.to_owned())).collect();
        if let Some(open) = self.open.as_ref().filter(|_| self.typing.is_unsaved()) {
            let name = self.name_of(open.field);
            texts.retain(|(known, _)| *known != name);
            texts.push((name, open.editor.text()));
        }
        self.typing
            .keep(example, |name| texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()))
    }

    /// Text typed or pasted.
    pub(super) fn type_text(&mut self, text: &str) -> Vec<Effect> {
        let Some(open) = &mut self.open else { return Vec::new() };
        match open.editor.insert(text) {
            Outcome::Changed => self.touched(),
            _ => Vec::new(),
        }
    }

    /// The text as the annotator's own editor left it.
    pub(super) fn external(&mut self, text: &str) -> Vec<Effect> {
        let Some(open) = &mut self.open else {
            return vec![look("the text was not open any more; what your editor left is not used")];
        };
        open.editor.replace(text);
        self.touched()
    }

    /// A command while one types.
    pub(super) fn command_in_editor(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        match command {
            // A command that is not complete is all that it ends.
            Command::EditorDone if self.open.as_mut().is_some_and(|open| open.editor.cancel_pending()) => {
                return Vec::new();
            }
            Command::EditorDone => return self.done(shared),
            Command::EditorSaveAndNext => return self.submit(shared),
            Command::WriteNextField => return self.next_field(true),
            Command::WritePreviousField => return self.next_field(false),
            Command::WriteAside => {
                self.turns_aside = !self.turns_aside;
                return Vec::new();
            }
            _ => {}
        }
        let Some(open) = &mut self.open else { return Vec::new() };
        if command == Command::WriteExternal {
            return vec![Effect::External(open.editor.text(), EXTERNAL)];
        }
        match open.editor.command(command) {
            Outcome::Changed => self.touched(),
            Outcome::Cut(text) => {
                let mut effects = self.touched();
                effects.push(Effect::Copy(text));
                effects
            }
            Outcome::Copied(text) => vec![Effect::Copy(text)],
            Outcome::NothingSelected => vec![Effect::Say(Tone::Look, NOTHING_SELECTED.to_owned())],
            Outcome::Same | Outcome::NotMine => Vec::new(),
        }
    }

    /// Closes the editor; its text belongs to the stretch now, where it is another than before.
    fn shut(&mut self) -> Vec<Effect> {
        let (Some(open), Some(subject)) = (self.open.take(), &mut self.subject) else { return Vec::new() };
        let field = open.field;
        let text = open.editor.text();
        let is_inserted = matches!(field, Field::Turn(at) if subject.inserted == Some(at));
        let is_blank = text.trim().is_empty();
        let is_same = match field.message(&subject.example) {
            Some(_) if is_inserted => is_blank,
            Some(_) => text == field.text(&subject.example),
            None => is_blank,
        };
        let mut effects = Vec::new();
        if is_same {
            self.stretch.remove(field);
            let name = self.name_of(field);
            if self.typing.ended(&name) {
                effects.push(Effect::DropDraft { example: self.number(), field: name });
            }
            if is_inserted {
                self.take_inserted_back();
            }
        } else {
            self.stretch.set(field, text);
        }
        self.rebuild();
        effects
    }

    fn take_inserted_back(&mut self) {
        let Some(subject) = &mut self.subject else { return };
        let Some(inserted) = subject.inserted.take() else { return };
        if inserted < subject.example.prompt.messages.len() {
            subject.example.prompt.messages.remove(inserted);
        }
        let later: Vec<Field> = self.stretch.fields().map(|(field, _)| field).collect();
        for field in later {
            if let Field::Turn(at) = field
                && at > inserted
            {
                self.stretch.rename(field, Field::Turn(at - 1));
            }
        }
    }

    /// Goes on typing in the next field, or the one before.
    fn next_field(&mut self, forward: bool) -> Vec<Effect> {
        let Some(field) = self.open.as_ref().map(|open| open.field) else { return Vec::new() };
        let effects = self.shut();
        let fields = self.fields();
        let Some(n) = fields.len().checked_sub(1) else { return effects };
        let at = fields.iter().position(|other| *other == field);
        let to = match (at, forward) {
            (Some(at), true) => (at + 1) % (n + 1),
            (Some(at), false) => (at + n) % (n + 1),
            // The field went with its blanks: to the ends.
            (None, true) => 0,
            (None, false) => n,
        };
        if let Some(&field) = fields.get(to) {
            self.open_field(field);
        }
        effects
    }

    /// Typing is done: one verb for all that was typed.
    pub(super) fn done(&mut self, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.shut();
        let Some(subject) = &self.subject else { return effects };
        if subject.is_creating {
            self.at_birth = Some(End::Done);
        } else if subject.id.is_none() {
            effects.extend(self.create(None, shared));
        } else {
            effects.extend(self.write());
        }
        effects
    }

    /// Typing ends because the screen is left: what was typed is written as if it had been ended. An
    /// example that is not made yet stays a draft.
    pub(super) fn write_down(&mut self) -> Vec<Effect> {
        if self.subject.as_ref().is_none_or(|subject| subject.id.is_none() || subject.is_done) {
            return Vec::new();
        }
        let mut effects = self.shut();
        effects.extend(self.write());
        effects
    }

    /// Submits the example and goes to the next; without a response it goes to that first.
    pub(super) fn submit(&mut self, shared: &Shared) -> Vec<Effect> {
        let was_typing = self.open.is_some();
        let mut effects = self.shut();
        let Some(subject) = &self.subject else { return effects };
        let is_typed = self
            .stretch
            .fields()
            .any(|(field, text)| !matches!(field, Field::Turn(_)) && !text.trim().is_empty());
        let is_answered = |response: &Response| {
            let typed = self.stretch.get(Field::Response(response.id, 0));
            typed.map_or(!response.is_blank(), |text| !text.trim().is_empty())
        };
        if !is_typed && !subject.example.responses.iter().any(is_answered) {
            let empty =
                subject.example.responses.first().map_or(Field::New, |first| Field::Response(first.id, 0));
            effects.push(look("there is no response yet: write it, then submit"));
            effects.extend(self.keep());
            self.open_field(empty);
            return effects;
        }
        if subject.is_creating {
            self.at_birth = Some(End::Submit);
            return effects;
        }
        let written = match subject.id {
            None => self.create(Some(Status::Submitted), shared),
            Some(id) => {
                // Two verbs, so that undo takes back the submission and leaves the text.
                let mut written = self.write();
                written.push(self.call_submitted(id, shared));
                written
            }
        };
        let went = written.iter().any(|effect| matches!(effect, Effect::Perform(_)));
        effects.extend(written);
        if went {
            self.start = if was_typing { Start::TypingAhead } else { Start::OnPurpose };
            effects.extend(self.go_on(shared));
        }
        effects
    }

    /// The shown example is done: on to the next.
    pub(super) fn go_on(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = &mut self.subject else { return Vec::new() };
        let id = subject.id;
        self.leaving.extend(id);
        if let Some((id, Step::End(says))) = id.and_then(|id| Some((id, trails::step(shared, id, true)?))) {
            // There is no other to take its place: it stays, and this is said once it is on disk.
            self.afterwards.push((id, says));
            self.start = Start::Reading;
            return Vec::new();
        }
        subject.is_done = true;
        vec![self.pass_on(true, shared)]
    }

    fn call_submitted(&mut self, id: i64, shared: &Shared) -> Effect {
        if let Some(subject) = &mut self.subject {
            subject.example.status = Status::Submitted;
            let says = menus::lacking(&subject.example.tags, shared);
            self.afterwards.extend(says.map(|says| (id, says)));
        }
        Effect::Perform(Box::new(Verb::SetStatus { on: Selection::One(id), status: Status::Submitted }))
    }

    /// One verb for all that was typed.
    pub(super) fn write(&mut self) -> Vec<Effect> {
        let Some(subject) = &mut self.subject else { return Vec::new() };
        let Some(id) = subject.id else { return Vec::new() };
        let written = self.stretch.written(&subject.example);
        let names: Vec<Field> = self.stretch.fields().map(|(field, _)| field).collect();
        if written.is_empty() {
            self.stretch.clear();
            return Vec::new();
        }
        apply(subject, &written, &self.annotator);
        let is_new = written.responses.iter().any(|text| text.id.is_none());
        let Written { prompt, responses } = written;
        let verb = Verb::Write { example: id, prompt, responses, note: None, status: None };
        for field in names {
            let name = self.name_of(field);
            self.typing.ended(&name);
        }
        if let Some(subject) = &mut self.subject {
            subject.inserted = None;
        }
        self.flights.push(Flight { example: id, texts: std::mem::take(&mut self.stretch) });
        self.rebuild();
        let last = self.subject.as_ref().and_then(|subject| subject.example.responses.last());
        if let Some(last) = last.filter(|_| is_new).map(|last| last.id) {
            self.focus_part(Part::Text(Field::Response(last, 0)));
        }
        vec![Effect::Perform(Box::new(verb))]
    }

    /// Makes the example.
    fn create(&mut self, status: Option<Status>, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = &mut self.subject else { return Vec::new() };
        let written = self.stretch.written(&subject.example);
        let asked = written.prompt.as_ref().unwrap_or(&subject.example.prompt);
        if asked.messages.iter().filter(|message| message.role == Role::User).all(Message::is_blank) {
            let is_untouched = self.stretch.fields().next().is_none();
            let back = asked.messages.iter().position(|message| message.role == Role::User);
            if !is_untouched && let Some(at) = back {
                self.open_field(Field::Turn(at));
                return vec![look(
                    "the prompt asks nothing yet: it becomes an example once the user says something",
                )];
            }
            return Vec::new();
        }
        apply(subject, &written, &shared.annotator);
        let example = &mut subject.example;
        example.prompt.messages.retain(|message| message.role != Role::System || !message.is_blank());
        example.status = match status {
            Some(status) => status,
            None if example.responses.is_empty() => Status::Pending,
            None => Status::Draft,
        };
        subject.is_creating = true;
        let example = subject.example.clone();
        let names: Vec<Field> = self.stretch.fields().map(|(field, _)| field).collect();
        let mut effects = vec![Effect::Perform(Box::new(Verb::Create(Box::new(example))))];
        for field in names {
            let name = self.name_of(field);
            if self.typing.ended(&name) {
                effects.push(Effect::DropDraft { example: UNBORN, field: name });
            }
        }
        self.stretch.clear();
        self.rebuild();
        effects
    }

    /// Whether what is typed is on disk, for the picture: a word and whether it is.
    pub(super) fn saved_word(&self) -> Option<(&'static str, bool)> {
        if self.typing.is_unsaved() {
            Some(("typing …", false))
        } else if !self.flights.is_empty() || self.subject.as_ref().is_some_and(|subject| subject.is_creating)
        {
            Some(("saving …", false))
        } else if !self.typing.is_empty() {
            Some(("saved as a draft ✓", true))
        } else if self.subject.as_ref().is_some_and(|subject| subject.id.is_some()) {
            Some(("saved ✓", true))
        } else {
            None
        }
    }
}

/// The example as it will be when the verb is done.
fn apply(subject: &mut Subject, written: &Written, annotator: &str) {
    let example: &mut Example = &mut subject.example;
    if let Some(prompt) = &written.prompt {
        example.prompt = prompt.clone();
    }
    for text in &written.responses {
        match text.id.and_then(|id| example.responses.iter_mut().find(|response| response.id == id)) {
            Some(response) => response.messages.clone_from(&text.messages),
            None => {
                example.responses.push(Response::of(Some(Author::person(annotator)), text.messages.clone()));
            }
        }
    }
    if example.status == Status::Pending && !written.is_empty() {
        example.status = Status::Draft;
    }
}

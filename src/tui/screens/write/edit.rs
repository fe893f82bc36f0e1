//! Typing: from the first key in a field to the verb that writes it.

use super::field::{Applied, Field, Whose};
use super::{EXTERNAL, End, Flight, Start, Subject, UNBORN, Write};
use crate::dataset::{ResponseText, Selection, Verb};
use crate::example::{Author, Example, Message, Response, Role, Status};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Shared, Tone};
use crate::tui::widgets::editor::{NOTHING_SELECTED, Outcome};
use crate::tui::widgets::menus;
use crate::tui::widgets::trails::{self, Step};
use crate::tui::widgets::typing::PLACE;

impl Write {
    /// The name under which a field's typing is kept: by the numbers that turns have on disk.
    pub(super) fn name_of(&self, field: Field) -> String {
        let inserted = self.subject.as_ref().and_then(|subject| subject.inserted);
        match inserted.and_then(|inserted| Some((inserted, inserted.turn()?))) {
            Some((inserted, (Whose::Prompt, at))) if field == inserted => format!("insert/{at}"),
            Some((inserted, (Whose::Response(id), at))) if field == inserted => format!("insert/{id}/{at}"),
            Some((_, (whose, at))) => field.shifted(whose.turn(at + 1), -1).name(),
            None => field.name(),
        }
    }

    /// The number under which typing is kept.
    pub(super) fn number(&self) -> i64 {
        self.subject.as_ref().and_then(|subject| subject.id).unwrap_or(UNBORN)
    }

    /// What was typed changed.
    pub(super) fn touched(&mut self) -> Vec<Effect> {
        self.known.touch();
        let Some(field) = self.open.as_ref().map(|open| open.field) else { return Vec::new() };
        let name = self.name_of(field);
        // Where one typed is kept with what one typed.
        self.typing.changed(&name).into_iter().chain(self.typing.changed(PLACE)).collect()
    }

    /// The cursor moved: where a draft is kept, so is its place.
    pub(super) fn moved(&mut self) -> Vec<Effect> {
        if self.typing.is_empty() { Vec::new() } else { self.typing.changed(PLACE).into_iter().collect() }
    }

    /// The field that is being typed in, and the byte at which the cursor is.
    fn place(&self) -> Option<String> {
        let open = self.open.as_ref()?;
        Some(format!("{} {}", self.name_of(open.field), open.editor.cursor_byte()))
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
        texts.extend(self.page.left.clone().map(|page| (super::whole::NAME.to_owned(), page)));
        texts.extend(self.place().map(|place| (PLACE.to_owned(), place)));
        self.typing
            .keep(example, |name| texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()))
    }

    /// Text typed or pasted.
    pub(super) fn type_text(&mut self, text: &str) -> Vec<Effect> {
        let Some(open) = &mut self.open else { return Vec::new() };
        match open.editor.insert(text) {
            Outcome::Changed => self.touched(),
            _ => self.moved(),
        }
    }

    /// The text as the annotator's own editor left it.
    pub(super) fn external(&mut self, text: &str) -> Vec<Effect> {
        let Some(open) = &mut self.open else {
            return vec![Effect::look("the text was not open any more; what your editor left is not used")];
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
            Command::WriteSplitTurn => return self.split_turn(),
            Command::WriteExternalExample => return self.open_page(),
            Command::WriteFormat => return self.format_json(),
            Command::WriteNearest => return self.toggle_near(),
            Command::WriteTakeTags => return self.take_offers(),
            Command::TagDeclineProposed => return self.decline_offers(),
            Command::WriteNextRemark => return self.next_remark(),
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
            Outcome::Same => self.moved(),
            Outcome::NotMine => Vec::new(),
        }
    }

    /// Closes the editor; its text belongs to the stretch now, where it is another than before.
    pub(super) fn shut(&mut self) -> Vec<Effect> {
        let (Some(open), Some(subject)) = (self.open.take(), &mut self.subject) else { return Vec::new() };
        let field = open.field;
        let text = open.editor.text();
        let is_inserted = subject.inserted == Some(field);
        let is_blank = text.trim().is_empty();
        let is_same = match field {
            _ if is_inserted => is_blank,
            Field::Rewrite(_) => is_blank || text == field.text(&subject.example),
            _ if field.is_json() || field.message(&subject.example).is_some() => {
                text == field.text(&subject.example)
            }
            _ => is_blank,
        };
        let mut effects = Vec::new();
        if is_same {
            self.stretch.remove(field);
            let mut names = vec![self.name_of(field)];
            if self.stretch.is_empty() {
                names.push(PLACE.to_owned());
            }
            for name in names {
                if self.typing.ended(&name) {
                    effects.push(Effect::DropDraft { example: self.number(), field: name });
                }
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
        let Some((whose, at)) = subject.inserted.take().and_then(Field::turn) else { return };
        if let Some(messages) = whose.messages_mut(&mut subject.example)
            && at < messages.len()
        {
            messages.remove(at);
        }
        self.stretch.rename(|field| field.shifted(whose.turn(at + 1), -1));
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
        let applied = self.stretch.applied(&subject.example, &self.annotator);
        if let Some((field, why)) = applied.broken.first() {
            effects.push(Effect::look(format!("{}: {why}; it is not submitted", what(*field))));
            effects.extend(self.keep());
            self.open_field(*field);
            return effects;
        }
        if applied.rewrites.is_empty() && applied.example.responses.iter().all(Response::is_blank) {
            let empty =
                subject.example.responses.first().map_or(Field::New, |first| Field::Response(first.id, 0));
            effects.push(Effect::look("there is no response yet: write it, then submit"));
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

    /// One verb for all that was typed, and one for each rewriting.
    pub(super) fn write(&mut self) -> Vec<Effect> {
        self.write_with(|_| {})
    }

    /// The same, with a change to the example as a whole in the first verb. What is broken stays a draft.
    pub(super) fn write_with(&mut self, change: impl FnOnce(&mut Example)) -> Vec<Effect> {
        let Some(Subject { id: Some(id), example: before, .. }) = &self.subject else { return Vec::new() };
        let id = *id;
        let Applied { example: mut after, rewrites, broken } = self.stretch.applied(before, &self.annotator);
        change(&mut after);
        let mut effects: Vec<Effect> = broken
            .iter()
            .map(|(field, why)| Effect::look(format!("{}: {why}; it stays a draft", what(*field))))
            .collect();
        let verb = written(id, before, &after);
        let stay: Vec<Field> = broken.into_iter().map(|(field, _)| field).collect();
        let ended: Vec<String> = self
            .stretch
            .fields()
            .filter(|(field, _)| !stay.contains(field))
            .map(|(field, _)| self.name_of(field))
            .collect();
        let (rewriting, texts) =
            self.stretch.take_all_but(&stay).parted(|field| matches!(field, Field::Rewrite(_)));
        for name in ended {
            self.typing.ended(&name);
        }
        if stay.is_empty() {
            self.typing.ended(PLACE);
        }
        if verb.is_some() && after.status == Status::Pending {
            after.status = Status::Draft;
        }
        let mut newest =
            after.responses.iter().find(|response| before.response(response.id).is_none()).map(|new| new.id);
        if let Some(verb) = verb {
            self.flights.push(Flight { example: id, texts });
            effects.push(Effect::Perform(Box::new(verb)));
            // The verb ends every draft of the conversation that it writes.
            effects.extend(stay.iter().filter_map(|field| self.typing.changed(&field.name())));
        }
        for (origin, messages) in rewrites {
            let response = Response::of(Some(Author::person(&self.annotator)), messages.clone());
            newest = Some(response.id);
            after.responses.push(Response { origin: Some(origin), ..response });
            self.flights.push(Flight { example: id, texts: rewriting.only(Field::Rewrite(origin)) });
            effects.push(Effect::Perform(Box::new(Verb::Rewrite {
                example: id,
                origin,
                messages,
                submit: false,
            })));
        }
        if let Some(subject) = &mut self.subject {
            subject.example = after;
            subject.inserted = None;
        }
        self.rebuild();
        if let Some(newest) = newest {
            self.focus_field(Field::Response(newest, 0));
        }
        effects
    }

    /// Makes the example.
    fn create(&mut self, status: Option<Status>, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Applied { mut example, broken, .. } = self.stretch.applied(&subject.example, &shared.annotator);
        if let Some((field, why)) = broken.first() {
            let says = Effect::look(format!("{}: {why}", what(*field)));
            self.open_field(*field);
            return vec![says];
        }
        if example.prompt.messages.iter().filter(|message| message.role == Role::User).all(Message::is_blank)
        {
            let back = example.prompt.messages.iter().position(|message| message.role == Role::User);
            if !self.stretch.is_empty()
                && let Some(at) = back
            {
                self.open_field(Field::Turn(at));
                return vec![Effect::look(
                    "the prompt asks nothing yet: it becomes an example once the user says something",
                )];
            }
            return Vec::new();
        }
        example.prompt.messages.retain(|message| message.role != Role::System || !message.is_blank());
        example.status = match status {
            Some(status) => status,
            None if example.responses.is_empty() => Status::Pending,
            None => Status::Draft,
        };
        let mut names: Vec<String> = self.stretch.fields().map(|(field, _)| self.name_of(field)).collect();
        names.push(PLACE.to_owned());
        let mut effects = vec![Effect::Perform(Box::new(Verb::Create(Box::new(example.clone()))))];
        if let Some(subject) = &mut self.subject {
            (subject.example, subject.is_creating, subject.inserted) = (example, true, None);
        }
        for name in names {
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
        if self.page.left.is_some() {
            Some(("a page is kept, E opens it", false))
        } else if self.typing.is_unsaved() {
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

/// What a field is called in a sentence.
pub(super) const fn what(field: Field) -> &'static str {
    match field {
        Field::Tools => "the tools",
        Field::TurnCalls(_) | Field::ResponseCalls(..) => "the tool calls",
        Field::Turn(_) => "the turn",
        Field::Response(..) | Field::Rewrite(_) | Field::New => "the response",
    }
}

/// The verb that makes one of the other; `None` where they say the same.
fn written(id: i64, before: &Example, after: &Example) -> Option<Verb> {
    let prompt = (before.prompt != after.prompt).then(|| after.prompt.clone());
    let changed = after.responses.iter().filter_map(|response| match before.response(response.id) {
        Some(old) if old.messages == response.messages => None,
        old => Some(ResponseText { id: old.map(|old| old.id), messages: response.messages.clone() }),
    });
    let responses: Vec<ResponseText> = changed.collect();
    let says_nothing = prompt.is_none() && responses.is_empty();
    (!says_nothing).then_some(Verb::Write { example: id, prompt, responses, note: None, status: None })
}

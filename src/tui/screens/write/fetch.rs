//! Which example is on the screen: asking for the next one, and taking what comes.

use std::collections::HashMap;

use super::field::Field;
use super::page::Part;
use super::{End, Next, Open, Subject, UNBORN, Write};
use crate::dataset::{Done, Queue, Verb};
use crate::example::{Example, Kind, Message, Prompt, Role};
use crate::tui::effect::{Answer, Effect, Request, Shared, Tone};
use crate::tui::widgets::editor::Editor;

fn look(sentence: impl Into<String>) -> Effect {
    Effect::Say(Tone::Look, sentence.into())
}

impl Write {
    fn ask(&mut self, request: Request) -> Effect {
        self.generation += 1;
        Effect::Ask(self.generation, request)
    }

    /// Looks for the next example of the queue.
    pub(super) fn seek(&mut self, after: Option<i64>) -> Effect {
        let ask = self.ask(Request::Next(Queue::Write, after));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// Looks for the one before.
    pub(super) fn seek_back(&mut self, before: i64) -> Effect {
        let ask = self.ask(Request::Previous(Queue::Write, before));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// Fetches an example to be shown.
    pub(super) fn read(&mut self, id: i64, place: Option<u64>) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.next = Next::Reading(self.generation, place);
        ask
    }

    /// Fetches the shown example again.
    pub(super) fn reload(&mut self, id: i64) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.reloading = Some(self.generation);
        ask
    }

    /// Begins an example that is to be made, with what was typed of it before.
    pub(super) fn begin_new(&mut self) -> Vec<Effect> {
        let ask = self.ask(Request::Example(UNBORN));
        self.next = Next::Unborn(self.generation);
        vec![ask]
    }

    pub(super) fn answer(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Queued(generation, _, found) if self.inheriting == Some(generation) => {
                let Some((id, _)) = found else { return Vec::new() };
                let ask = self.ask(Request::Example(id));
                self.inheriting = Some(self.generation);
                vec![ask]
            }
            Answer::Queued(generation, _, found) => match self.next {
                Next::Seeking(asked) if asked == generation => self.found(found),
                _ => Vec::new(),
            },
            Answer::Example(generation, id, example, drafts) => {
                self.example_came(generation, id, example.map(|example| *example), &drafts, shared)
            }
            Answer::Failed(generation, _) => {
                let asked = match self.next {
                    Next::Seeking(asked) | Next::Reading(asked, _) | Next::Unborn(asked) => Some(asked),
                    _ => None,
                };
                if asked == Some(generation) {
                    self.next = Next::Still;
                }
                Vec::new()
            }
            Answer::DraftKept(_, field) => {
                self.typing.kept(&field);
                Vec::new()
            }
            Answer::Performed(verb, done) => self.performed(*verb, &done, shared),
            Answer::Refused(verb, _) => self.refused(*verb),
            _ => Vec::new(),
        }
    }

    fn example_came(
        &mut self,
        generation: u64,
        id: i64,
        example: Option<Example>,
        drafts: &HashMap<String, String>,
        shared: &Shared,
    ) -> Vec<Effect> {
        if self.inheriting == Some(generation) {
            self.inheriting = None;
            self.inherit(example.as_ref());
            return Vec::new();
        }
        if self.reloading == Some(generation) {
            self.reloading = None;
            return self.renewed(id, example);
        }
        match self.next {
            Next::Reading(asked, place) if asked == generation => match example {
                Some(example) => self.show(Some(id), place, example, drafts, shared),
                None => vec![look(format!("#{id} is gone")), self.seek(Some(id))],
            },
            Next::Unborn(asked) if asked == generation => self.show_new(drafts, shared),
            _ => Vec::new(),
        }
    }

    /// The next one's number is known.
    fn found(&mut self, found: Option<(i64, u64)>) -> Vec<Effect> {
        if let Some((id, place)) = found {
            return vec![self.read(id, Some(place))];
        }
        let is_lost = !self.waiting.is_empty();
        self.waiting.clear();
        if self.subject.as_ref().is_some_and(|subject| !subject.is_done) {
            self.next = Next::Still;
            return vec![look("nothing else waits to be written")];
        }
        self.next = Next::Nothing;
        self.subject = None;
        self.rebuild();
        if is_lost {
            vec![look("nothing waits to be written: what was typed was for no example")]
        } else {
            Vec::new()
        }
    }

    /// An example comes to the screen.
    fn show(
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
        if let Some(first) = example.prompt.messages.first().filter(|message| message.role == Role::System) {
            self.system = Some(first.text().into_owned());
        }
        self.subject =
            Some(Subject { id, place, example, is_done: false, is_creating: false, inserted: None });
        let mut effects = self.restore(drafts);
        self.parts.clear();
        self.rebuild();
        self.document.rewind();
        self.settle();
        effects.extend(self.use_waiting(shared));
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
    /// there yet, or else onto the first response.
    fn settle(&mut self) {
        let Some(subject) = &self.subject else { return };
        let typed = self.fields().into_iter().filter(|field| self.stretch.get(*field).is_some()).last();
        if let Some(field) = typed {
            self.open_field(field);
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
                if example.status.is_open()
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
    fn show_new(&mut self, drafts: &HashMap<String, String>, shared: &Shared) -> Vec<Effect> {
        let messages = vec![
            Message::new(Role::System, self.system.clone().unwrap_or_default()),
            Message::new(Role::User, ""),
        ];
        let example = Example::new(Kind::Sft, Prompt { messages, tools: Vec::new() });
        let must_inherit = self.system.is_none();
        let system = self.system.clone();
        let mut effects = self.show(None, None, example, drafts, shared);
        self.system = system;
        if must_inherit {
            effects.push(self.ask(Request::Previous(Queue::Write, i64::MAX)));
            self.inheriting = Some(self.generation);
        }
        effects
    }

    /// Takes the system turn of another example over, where none is typed yet.
    fn inherit(&mut self, from: Option<&Example>) {
        let system = from
            .and_then(|example| example.prompt.messages.iter().find(|message| message.role == Role::System));
        let Some(text) = system.map(|message| message.text().into_owned()) else { return };
        self.system = Some(text.clone());
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

    /// The shown example as it is on disk now. What is being typed stays.
    fn renewed(&mut self, id: i64, example: Option<Example>) -> Vec<Effect> {
        if self.flights.iter().any(|flight| flight.example == id) {
            // Read before what is on its way was there.
            self.is_stale = true;
            return Vec::new();
        }
        let Some(subject) =
            self.subject.as_mut().filter(|subject| subject.id == Some(id) && !subject.is_done)
        else {
            return Vec::new();
        };
        let Some(mut example) = example else {
            if self.typing.is_empty() {
                subject.is_done = true;
                return vec![look(format!("#{id} is gone")), self.seek(Some(id))];
            }
            return vec![look(format!(
                "#{id} is gone; what you type is kept as a draft, and undo may bring it back"
            ))];
        };
        if let Some(at) = subject.inserted.filter(|&at| at <= example.prompt.messages.len()) {
            let role = super::turns::role_at(&example.prompt, at);
            example.prompt.messages.insert(at, Message::new(role, ""));
        }
        let before = std::mem::replace(&mut subject.example, example);
        let effects = self.follow_responses(&before);
        self.rebuild();
        effects
    }

    /// Fields of responses that are gone: they got their number on disk, or went for good.
    fn follow_responses(&mut self, before: &Example) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let mut typed: Vec<Field> = self.stretch.fields().map(|(field, _)| field).collect();
        typed.extend(self.open.as_ref().map(|open| open.field));
        let mut effects = Vec::new();
        for field in typed {
            let Field::Response(id, turn) = field else { continue };
            if subject.example.response(id).is_some() {
                continue;
            }
            let text = before.response(id).map(crate::example::Response::text);
            let mut new =
                subject.example.responses.iter().filter(|response| before.response(response.id).is_none());
            let to = match new.find(|response| Some(response.text()) == text) {
                Some(same) => Field::Response(same.id, turn),
                None => {
                    effects.push(look(
                        "the response that you type in was removed; what you type becomes a new one",
                    ));
                    Field::New
                }
            };
            self.typing.ended(&field.name());
            effects.extend(self.typing.changed(&to.name()));
            self.stretch.rename(field, to);
            if let Some(open) = self.open.as_mut().filter(|open| open.field == field) {
                open.field = to;
            }
        }
        effects
    }

    fn performed(&mut self, verb: Verb, done: &Done, shared: &Shared) -> Vec<Effect> {
        let shown = self.example_number();
        match verb {
            Verb::Undo | Verb::Redo | Verb::UndoTo(_) => match done.example {
                Some(id) if self.open.is_none() && shown != Some(id) => vec![self.read(id, None)],
                Some(id) if shown == Some(id) => vec![self.reload(id)],
                _ => Vec::new(),
            },
            Verb::Write { example, .. } => {
                if let Some(at) = self.flights.iter().position(|flight| flight.example == example) {
                    self.flights.remove(at);
                }
                self.is_stale = false;
                if shown == Some(example) { vec![self.reload(example)] } else { Vec::new() }
            }
            Verb::Create(example) => self.born(&example, done.example, shared),
            _ => Vec::new(),
        }
    }

    fn example_number(&self) -> Option<i64> {
        self.subject.as_ref().filter(|subject| !subject.is_done)?.id
    }

    /// The example that was made has its number now.
    fn born(&mut self, example: &Example, id: Option<i64>, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = self.subject.as_mut().filter(|subject| subject.example.id == example.id) else {
            return Vec::new();
        };
        let Some(id) = id else { return Vec::new() };
        subject.id = Some(id);
        subject.is_creating = false;
        if subject.is_done {
            return Vec::new();
        }
        // What was typed meanwhile was kept under no number.
        let mut typed: Vec<Field> = self.stretch.fields().map(|(field, _)| field).collect();
        typed.extend(self.open.as_ref().map(|open| open.field));
        typed.dedup();
        let mut effects = Vec::new();
        for field in typed {
            let name = self.name_of(field);
            if self.typing.ended(&name) {
                effects.push(Effect::DropDraft { example: UNBORN, field: name.clone() });
            }
            effects.extend(self.typing.changed(&name));
        }
        effects.push(self.reload(id));
        match self.at_birth.take() {
            Some(End::Done) => effects.extend(self.done(shared)),
            Some(End::Submit) => effects.extend(self.submit(shared)),
            None => {}
        }
        effects
    }

    /// Something was not done: what was typed is a draft again.
    fn refused(&mut self, verb: Verb) -> Vec<Effect> {
        match verb {
            Verb::Write { example, .. } => {
                let at = self.flights.iter().position(|flight| flight.example == example);
                let Some(flight) = at.map(|at| self.flights.remove(at)) else { return Vec::new() };
                if self.example_number() != Some(example) {
                    let keep = flight.texts.fields().map(|(field, text)| Effect::KeepDraft {
                        example,
                        field: field.name(),
                        text: text.to_owned(),
                    });
                    return keep
                        .chain([look(format!("what you typed in #{example} is kept as a draft"))])
                        .collect();
                }
                let mut effects = Vec::new();
                for (field, text) in flight.texts.fields() {
                    let is_typed = self.open.as_ref().is_some_and(|open| open.field == field);
                    if !is_typed && self.stretch.get(field).is_none() {
                        self.stretch.set(field, text.to_owned());
                        effects.extend(self.typing.changed(&field.name()));
                    }
                }
                effects.push(self.reload(example));
                effects
            }
            Verb::Create(example) => {
                if let Some(subject) =
                    self.subject.as_mut().filter(|subject| subject.example.id == example.id)
                {
                    (subject.is_creating, subject.is_done) = (false, false);
                    self.at_birth = None;
                    self.next = Next::Still;
                }
                let turns =
                    example.prompt.messages.iter().enumerate().map(|(at, m)| (Field::Turn(at), m.text()));
                let answers =
                    example.responses.iter().take(1).map(|response| (Field::New, response.text().into()));
                let keep = turns.chain(answers).map(|(field, text)| Effect::KeepDraft {
                    example: UNBORN,
                    field: field.name(),
                    text: text.into_owned(),
                });
                keep.chain([look("the new example is kept as a draft: a new example begins with it")])
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Opens the editor in a field, with what is typed there.
    pub(super) fn open_field(&mut self, field: Field) {
        let Some(subject) = &self.subject else { return };
        let text = self.stretch.get(field).map_or_else(|| field.text(&subject.example), str::to_owned);
        self.open = Some(Open { field, editor: Editor::new(&text) });
        self.rebuild();
        self.focus_part(Part::Text(field));
    }
}

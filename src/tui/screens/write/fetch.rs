//! Which example is on the screen: asking for the next one, and taking what comes.

use std::collections::HashMap;

use super::calls::{calls_text, tools_text};
use super::field::{Field, Whose};
use super::{End, Next, Start, UNBORN, Write};
use crate::dataset::{Done, Handed, Queue, Seek, Selection, Verb};
use crate::example::{Example, Message, Prompt, Status, plain_text};
use crate::tui::effect::{Answer, Effect, Request, Shared, Tone};
use crate::tui::message::Draft;
use crate::tui::widgets::trails::{self, Step};
use crate::tui::widgets::{menus, readable};

/// What a verb would have written, as typing that can be taken up again.
pub fn drafts_of(verb: &Verb) -> Vec<Draft> {
    let draft = |example, field: Field, text: String| Draft { example, field: field.name(), text };
    let turns = |example, whose: Whose, messages: &[Message]| -> Vec<Draft> {
        let texts = messages.iter().enumerate().filter(|(_, message)| readable::is_plain(message));
        let texts = texts.map(|(at, message)| draft(example, whose.turn(at), message.text().into_owned()));
        let calling = messages.iter().enumerate().filter(|(_, message)| !message.tool_calls.is_empty());
        let calls =
            calling.map(|(at, message)| draft(example, whose.calls(at), calls_text(&message.tool_calls)));
        texts.chain(calls).collect()
    };
    let prompt_of = |example, prompt: &Prompt| {
        let mut drafts = turns(example, Whose::Prompt, &prompt.messages);
        if !prompt.tools.is_empty() {
            drafts.push(draft(example, Field::Tools, tools_text(&prompt.tools)));
        }
        drafts
    };
    match verb {
        Verb::Write { example, prompt, responses, .. } => {
            let mut drafts = prompt.as_ref().map_or_else(Vec::new, |prompt| prompt_of(*example, prompt));
            for response in responses {
                match (response.id, response.messages.as_slice()) {
                    (Some(id), messages) => drafts.extend(turns(*example, Whose::Response(id), messages)),
                    (None, messages) => drafts.push(draft(*example, Field::New, plain_text(messages))),
                }
            }
            drafts
        }
        Verb::Create(example) => {
            let mut drafts = prompt_of(UNBORN, &example.prompt);
            drafts
                .extend(example.responses.first().map(|response| draft(UNBORN, Field::New, response.text())));
            drafts
        }
        _ => Vec::new(),
    }
}

impl Write {
    pub(super) fn ask(&mut self, request: Request) -> Effect {
        self.generation += 1;
        Effect::Ask(self.generation, request)
    }

    /// Looks for the next example of the queue.
    pub(super) fn seek(&mut self, after: Option<i64>) -> Effect {
        let ask = self.ask(Request::Next(Queue::Write, Seek::After(after)));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// Looks for the one before.
    pub(super) fn seek_back(&mut self, before: i64) -> Effect {
        let ask = self.ask(Request::Next(Queue::Write, Seek::Before(before)));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// On from the shown example, or back: along the list that one follows, else in the queue.
    pub(super) fn pass_on(&mut self, forward: bool, shared: &Shared) -> Effect {
        let id = self.subject.as_ref().and_then(|subject| subject.id);
        match id.and_then(|id| trails::step(shared, id, forward)) {
            Some(Step::To(next)) => self.read(next, None),
            Some(Step::End(says)) => Effect::look(says),
            None if forward => self.seek(id),
            None => self.seek_back(id.unwrap_or(i64::MAX)),
        }
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

    pub(super) fn answer(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Queued(generation, _, found) => match self.next {
                Next::Seeking(asked) if asked == generation => self.found(found),
                _ => Vec::new(),
            },
            Answer::Example(generation, id, example, drafts) => {
                self.example_came(generation, id, example.map(|example| *example), &drafts, shared)
            }
            Answer::Failed(generation, _) => {
                let asked = match self.next {
                    Next::Seeking(asked)
                    | Next::Reading(asked, _)
                    | Next::Unborn(asked)
                    | Next::Varying(asked) => Some(asked),
                    _ => None,
                };
                if asked == Some(generation) {
                    self.next = Next::Still;
                }
                Vec::new()
            }
            Answer::Lacking(generation, lacking) => self.lacking_came(generation, *lacking),
            Answer::Beside(generation, part) => {
                self.told(generation, part);
                Vec::new()
            }
            Answer::DraftKept(_, field) => {
                self.typing.kept(&field);
                Vec::new()
            }
            Answer::DraftLost(example, field) if self.number() == example => {
                self.typing.lost(&field).into_iter().collect()
            }
            Answer::Held(id, who) if self.number() == id => {
                let says = format!("{who} is at #{id} right now");
                vec![Effect::Say(Tone::Look, says)]
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
            Next::Reading(asked, place) if asked == generation => {
                if let Some(example) = example {
                    return self.show(Some(id), place, example, drafts, shared);
                }
                let on = match trails::step(shared, id, true) {
                    Some(Step::To(next)) => self.read(next, None),
                    _ => self.seek(Some(id)),
                };
                vec![Effect::look(format!("#{id} is gone")), on]
            }
            Next::Unborn(asked) if asked == generation => self.show_new(drafts, shared),
            Next::Varying(asked) if asked == generation => {
                self.vary(example.map(|example| (id, example)), shared)
            }
            _ => Vec::new(),
        }
    }

    /// The next one's number is known.
    fn found(&mut self, found: Option<Handed>) -> Vec<Effect> {
        if let Some(Handed { example: id, place, .. }) = found {
            // What is on its way to disk may still have been counted.
            let leaving = self.leaving.iter().filter(|&&leaving| leaving < id).count();
            let place = place.saturating_sub(leaving as u64).max(1);
            return vec![self.read(id, Some(place))];
        }
        let is_lost = !self.waiting.is_empty();
        self.waiting.clear();
        if self.subject.as_ref().is_some_and(|subject| !subject.is_done) {
            self.next = Next::Still;
            return vec![Effect::look("nothing else waits to be written")];
        }
        self.next = Next::Nothing;
        self.subject = None;
        self.rebuild();
        if is_lost {
            vec![Effect::look("nothing waits to be written: what was typed was for no example")]
        } else {
            Vec::new()
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
                return vec![Effect::look(format!("#{id} is gone")), self.seek(Some(id))];
            }
            return vec![Effect::look(format!(
                "#{id} is gone; what you type is kept as a draft, and undo may bring it back"
            ))];
        };
        if let Some(inserted) = subject.inserted {
            super::turns::insert_blank(&mut example, inserted);
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
            let Some(id) = field.response() else { continue };
            if subject.example.response(id).is_some() {
                continue;
            }
            let turn = field.turn().map_or(0, |(_, turn)| turn);
            let text = before.response(id).map(crate::example::Response::text);
            let mut new =
                subject.example.responses.iter().filter(|response| before.response(response.id).is_none());
            let same = new.find(|response| Some(response.text()) == text);
            let to = same.map_or(Field::New, |same| Field::Response(same.id, turn));
            if to == Field::New {
                effects.push(Effect::look(
                    "the response that you type in was removed; what you type becomes a new one",
                ));
            }
            if self.typing.ended(&field.name())
                && let Some(example) = subject.id
            {
                effects.push(Effect::DropDraft { example, field: field.name() });
            }
            effects.extend(self.typing.changed(&to.name()));
            self.stretch.rename(|other| if other == field { to } else { other });
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
                Some(id) if self.open.is_none() && shown != Some(id) => {
                    self.start = Start::Reading;
                    vec![self.read(id, None)]
                }
                Some(id) if shown == Some(id) => vec![self.reload(id)],
                _ => Vec::new(),
            },
            Verb::Write { example, .. } | Verb::Rewrite { example, .. } => {
                if let Some(at) = self.flights.iter().position(|flight| flight.example == example) {
                    self.flights.remove(at);
                }
                self.is_stale = false;
                if shown == Some(example) { vec![self.reload(example)] } else { Vec::new() }
            }
            Verb::SetStatus { on: Selection::One(id), .. } => self.status_settled(id),
            Verb::Edit { example, .. } => {
                self.page_is_written();
                if shown == Some(example) { vec![self.reload(example)] } else { Vec::new() }
            }
            Verb::Create(example) => {
                let mut effects = self.born(&example, done.example, shared);
                if example.status == Status::Submitted {
                    effects.extend(menus::lacking(&example.tags, shared).map(Effect::look));
                }
                effects
            }
            _ => Vec::new(),
        }
    }

    /// A status is on disk, or was refused: what was to be said of it.
    fn status_settled(&mut self, id: i64) -> Vec<Effect> {
        if let Some(at) = self.leaving.iter().position(|leaving| *leaving == id) {
            self.leaving.remove(at);
        }
        let says = self.afterwards.extract_if(.., |(of, _)| *of == id).map(|(_, says)| says);
        let says = says.collect::<Vec<_>>().join("; ");
        if says.is_empty() { Vec::new() } else { vec![Effect::look(says)] }
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
            Verb::Write { example, .. } | Verb::Rewrite { example, .. } => {
                let at = self.flights.iter().position(|flight| flight.example == example);
                let Some(flight) = at.map(|at| self.flights.remove(at)) else { return Vec::new() };
                if self.example_number() != Some(example) {
                    let keep = flight.texts.fields().map(|(field, text)| Effect::KeepDraft {
                        example,
                        field: field.name(),
                        text: text.to_owned(),
                    });
                    return keep
                        .chain([Effect::look(format!("what you typed in #{example} is kept as a draft"))])
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
                let keep = drafts_of(&Verb::Create(example)).into_iter().map(Draft::keep);
                keep.chain([Effect::look("the new example is kept as a draft: a new example begins with it")])
                    .collect()
            }
            Verb::Edit { example, .. } => {
                let mut effects = self.page_is_refused();
                effects.push(self.reload(example));
                effects
            }
            Verb::SetStatus { on: Selection::One(id), .. } => {
                self.afterwards.retain(|(of, _)| *of != id);
                self.status_settled(id)
            }
            _ => Vec::new(),
        }
    }
}

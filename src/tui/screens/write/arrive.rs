//! An example comes to the screen: what was typed of it before comes back, and the cursor goes to
//! where the work is.

use std::collections::HashMap;

use super::field::Field;
use super::{Next, Open, Start, Subject, Write};
use crate::example::Example;
use crate::tui::effect::{Effect, Shared};
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::typing::PLACE;

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
        self.known.forget();
        self.near_view = None;
        self.subject =
            Some(Subject { id, place, example, is_done: false, is_creating: false, inserted: None });
        let mut effects = self.restore(drafts);
        let place = drafts.get(PLACE).and_then(|place| place.rsplit_once(' '));
        self.parts.clear();
        self.rebuild();
        self.document.rewind();
        let start = std::mem::take(&mut self.start);
        self.settle(start != Start::Reading);
        if let Some((name, byte)) = place {
            self.come_back(name, byte.parse().unwrap_or(usize::MAX));
        }
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
        let inserted =
            drafts.iter().find_map(|(name, text)| Some((Field::parse_inserted(name)?, name, text)));
        if let Some((field, name, text)) = inserted
            && super::turns::insert_blank(&mut subject.example, field)
        {
            subject.inserted = Some(field);
            self.stretch.set(field, text.clone());
            self.typing.restored(name);
        }
        let page = self.restore_page(drafts.get(super::whole::NAME));
        let Some(subject) = &self.subject else { return Vec::new() };
        for (name, text) in drafts {
            let Some(field) = Field::parse(name) else { continue };
            let field = subject.inserted.map_or(field, |inserted| field.shifted(inserted, 1));
            if field.text(&subject.example) != *text {
                self.stretch.set(field, text.clone());
                self.typing.restored(name);
            }
        }
        if !self.stretch.is_empty() {
            return vec![Effect::look("this is what you were typing here")];
        }
        page.into_iter().collect()
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
                self.focus_field(field);
            }
            return;
        }
        if subject.id.is_none() {
            self.open_field(self.first_of_new());
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
                    matches!(part, Field::Response(..) | Field::ResponseCalls(..) | Field::New)
                });
                self.document.focus_on(response.unwrap_or(0));
            }
        }
    }

    /// Goes back to where one was typing.
    fn come_back(&mut self, name: &str, byte: usize) {
        let inserted = self.subject.as_ref().and_then(|subject| subject.inserted);
        let field = Field::parse_inserted(name)
            .or_else(|| Field::parse(name).map(|field| inserted.map_or(field, |at| field.shifted(at, 1))));
        let Some(field) = field.filter(|field| self.stretch.get(*field).is_some()) else { return };
        self.typing.restored(PLACE);
        if let Some(open) = &self.open {
            if open.field != field {
                self.shut();
                self.open_field(field);
            }
            if let Some(open) = &mut self.open {
                open.editor.go_to_byte(byte);
            }
        } else {
            self.focus_field(field);
        }
    }

    /// Begins with typing, where texts have modes too.
    pub(super) fn type_at_once(&mut self) {
        if let Some(open) = &mut self.open {
            open.editor.type_at_end();
        }
    }

    /// Opens the editor in a field, with what is typed there.
    pub(super) fn open_field(&mut self, field: Field) {
        let Some(subject) = &self.subject else { return };
        let text = self.stretch.get(field).map_or_else(|| field.text(&subject.example), str::to_owned);
        self.open = Some(Open { field, editor: Editor::open(&text, self.has_modes) });
        self.rebuild();
        self.focus_field(field);
    }
}

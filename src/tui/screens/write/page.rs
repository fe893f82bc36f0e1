//! The example as blocks of a document: tools, turns, tool calls, responses.

use super::field::{Field, Stretch, Whose};
use super::{Subject, Write};
use crate::example::{AuthorKind, Example, Message, Response};
use crate::tui::widgets::document::Block;
use crate::tui::widgets::readable;
use crate::tui::widgets::rows::Laid;

impl Write {
    /// Makes the blocks anew after the example or what is typed of it has changed.
    pub(super) fn rebuild(&mut self) {
        let focused = self.focused();
        let open = self.open.as_ref().map(|open| open.field);
        let Some(subject) = &self.subject else {
            self.parts.clear();
            self.document.set(Vec::new());
            return;
        };
        let (parts, blocks) = blocks(subject, &self.stretch, open, self.blind_for.as_deref());
        self.parts = parts;
        self.document.set(blocks);
        self.known.touch();
        self.mark();
        let at = open.or(focused).and_then(|field| self.parts.iter().position(|other| *other == field));
        if let Some(at) = at
            && at != self.document.focus()
        {
            self.document.focus_on(at);
        }
    }

    /// Focuses a field and brings it to sight.
    pub(super) fn focus_field(&mut self, field: Field) {
        if let Some(at) = self.parts.iter().position(|other| *other == field) {
            self.document.focus_on(at);
        }
    }

    /// The field that is focused.
    pub(super) fn focused(&self) -> Option<Field> {
        self.parts.get(self.document.focus()).copied()
    }

    /// The fields that one can go to with one key, in the order of the page.
    pub(super) fn fields(&self) -> Vec<Field> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let can_type = |field: &&Field| field.obstacle(&subject.example).is_none();
        let mut fields: Vec<Field> = self.parts.iter().filter(can_type).copied().collect();
        if subject.example.responses.is_empty() && !fields.contains(&Field::New) {
            fields.push(Field::New);
        }
        fields
    }
}

/// Puts the blocks of an example together.
struct Page<'a> {
    subject: &'a Subject,
    stretch: &'a Stretch,
    open: Option<Field>,
    /// Whether authors are hidden: it waits to be ranked.
    is_blind: bool,
    fields: Vec<Field>,
    blocks: Vec<Block>,
}

fn blocks(
    subject: &Subject,
    stretch: &Stretch,
    open: Option<Field>,
    blind_for: Option<&str>,
) -> (Vec<Field>, Vec<Block>) {
    let is_blind = blind_for.is_some_and(|annotator| subject.example.is_open_to(annotator));
    let mut page = Page { subject, stretch, open, is_blind, fields: Vec::new(), blocks: Vec::new() };
    let example = &subject.example;
    page.tools();
    for (at, message) in example.prompt.messages.iter().enumerate() {
        page.turn((Whose::Prompt, at), message, message.role.as_str().to_uppercase(), of_turn(message));
    }
    for (number, response) in example.responses.iter().enumerate() {
        page.response(number, response);
    }
    if page.is_typed(Field::New) || example.responses.is_empty() {
        page.text(Field::New, "RESPONSE".to_owned(), Vec::new(), String::new);
    }
    (page.fields, page.blocks)
}

impl Page<'_> {
    fn is_typed(&self, field: Field) -> bool {
        self.open == Some(field) || self.stretch.get(field).is_some()
    }

    /// A block: what is typed of it, or else what it reads like.
    fn text(&mut self, field: Field, heading: String, notes: Vec<String>, reads: impl FnOnce() -> String) {
        let text = match self.stretch.get(field) {
            // What is being typed is drawn by the editor: nothing of it is laid out here.
            _ if self.open == Some(field) => String::new(),
            Some(text) => text.to_owned(),
            None => reads(),
        };
        let instead = if field == Field::New { "no response yet" } else { "empty" };
        self.fields.push(field);
        self.blocks.push(Block { heading, notes, body: Laid::new(text), instead, ..Block::default() });
    }

    fn tools(&mut self) {
        let prompt = &self.subject.example.prompt;
        if !prompt.tools.is_empty() || self.is_typed(Field::Tools) {
            self.text(Field::Tools, "TOOLS".to_owned(), Vec::new(), || readable::tools(prompt));
        }
    }

    fn turn(&mut self, (whose, at): (Whose, usize), message: &Message, heading: String, notes: Vec<String>) {
        let (field, calls) = (whose.turn(at), whose.calls(at));
        let has_calls = !message.tool_calls.is_empty() || self.is_typed(calls);
        let has_text = self.is_typed(field) || !has_calls || !readable::said(message).is_empty();
        // Where nothing is said beside the calls, they carry the turn's heading.
        let mut head = Some((heading, notes));
        if has_text && let Some((heading, notes)) = head.take() {
            self.text(field, heading, notes, || readable::said(message));
        }
        if has_calls {
            let (heading, notes) = match head {
                Some((heading, mut notes)) => {
                    notes.push("calls".to_owned());
                    (heading, notes)
                }
                None => ("CALLS".to_owned(), Vec::new()),
            };
            self.text(calls, heading, notes, || readable::calls(message));
        }
    }

    fn response(&mut self, number: usize, response: &Response) {
        let example = &self.subject.example;
        let is_one_of_several = example.responses.len() > 1;
        let number = number + 1;
        let heading = if is_one_of_several { format!("RESPONSE {number}") } else { "RESPONSE".to_owned() };
        for (turn, message) in response.messages.iter().enumerate() {
            let (heading, mut notes) = if turn == 0 {
                (heading.clone(), notes(response, example, self.is_blind))
            } else {
                (message.role.as_str().to_uppercase(), Vec::new())
            };
            notes.extend(of_turn(message));
            self.turn((Whose::Response(response.id), turn), message, heading, notes);
        }
        let rewrite = Field::Rewrite(response.id);
        if self.is_typed(rewrite) {
            let notes = vec![format!("to beat {number}")];
            self.text(rewrite, "REWRITE".to_owned(), notes, String::new);
        }
    }
}

/// What is said of a turn beside it: who speaks, which call it answers, how much it counts in training.
fn of_turn(message: &Message) -> Vec<String> {
    let mut notes: Vec<String> = message.name.clone().into_iter().collect();
    notes.extend(message.tool_call_id.as_ref().map(|id| format!("for {id}")));
    notes.extend(message.weight.as_ref().map(|weight| format!("weight {weight}")));
    notes
}

/// What is said of a response beside it: its author, what is flagged.
fn notes(response: &Response, example: &Example, is_blind: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(author) = response.author.as_ref().filter(|_| !is_blind) {
        notes.push(author.name.clone());
        if author.kind == AuthorKind::Model {
            notes.push("a model".to_owned());
        }
    }
    let flags = example.flags.iter().filter(|flag| !flag.resolved && flag.response == Some(response.id));
    notes.extend(flags.map(|flag| format!("flag {}", flag.kind)));
    notes
}

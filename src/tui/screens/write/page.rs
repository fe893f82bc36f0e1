//! The example as blocks of a document: tools, turns, tool calls, responses.

use super::field::{Field, Stretch};
use super::{Open, Subject, Write};
use crate::example::{AuthorKind, Example, Message, Response};
use crate::text::tokens::estimate;
use crate::tui::widgets::document::Block;
use crate::tui::widgets::readable;
use crate::tui::widgets::rows::Laid;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The tools that may be called.
    Tools,
    /// The text of a turn.
    Text(Field),
    /// The tool calls of a turn.
    Calls(Field),
}

/// Estimated tokens of what is shown.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tokens {
    /// Of the prompt, and of all responses, without what is being typed.
    pub prompt: u32,
    pub responses: u32,
    /// Of what is being typed; `None` where that is to be counted again.
    pub typed: Option<u32>,
}

impl Write {
    /// Makes the blocks anew after the example or what is typed of it has changed.
    pub(super) fn rebuild(&mut self) {
        let focused = self.parts.get(self.document.focus()).copied();
        let open = self.open.as_ref().map(|open| open.field);
        let Some(subject) = &self.subject else {
            self.parts.clear();
            self.document.set(Vec::new());
            return;
        };
        let (parts, blocks) = blocks(subject, &self.stretch, open);
        self.tokens = tokens(&subject.example, &self.stretch, open);
        self.parts = parts;
        self.document.set(blocks);
        let at = open
            .map(Part::Text)
            .or(focused)
            .and_then(|part| self.parts.iter().position(|other| *other == part));
        if let Some(at) = at
            && at != self.document.focus()
        {
            self.document.focus_on(at);
        }
    }

    /// Focuses a part and brings it to sight.
    pub(super) fn focus_part(&mut self, part: Part) {
        if let Some(at) = self.parts.iter().position(|other| *other == part) {
            self.document.focus_on(at);
        }
    }

    /// The part that is focused.
    pub(super) fn focused(&self) -> Option<Part> {
        self.parts.get(self.document.focus()).copied()
    }

    /// The fields that one can go to with one key, in the order of the page.
    pub(super) fn fields(&self) -> Vec<Field> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let mut fields: Vec<Field> = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Text(field) if field.obstacle(&subject.example).is_none() => Some(*field),
                _ => None,
            })
            .collect();
        if subject.example.responses.is_empty() && !fields.contains(&Field::New) {
            fields.push(Field::New);
        }
        fields
    }
}

fn blocks(subject: &Subject, stretch: &Stretch, open: Option<Field>) -> (Vec<Part>, Vec<Block>) {
    let example = &subject.example;
    let mut parts = Vec::new();
    let mut blocks = Vec::new();
    let tools = readable::tools(&example.prompt);
    if !tools.is_empty() {
        parts.push(Part::Tools);
        blocks.push(Block { heading: "TOOLS".to_owned(), body: Laid::new(tools), ..Block::default() });
    }
    let mut add = |field: Field, message: Option<&Message>, heading: String, notes: Vec<String>| {
        let is_open = open == Some(field);
        let typed = stretch.get(field);
        let text = match (typed, message) {
            // What is being typed is drawn by the editor: nothing of it is laid out here.
            _ if is_open => String::new(),
            (Some(text), _) => text.to_owned(),
            (None, Some(message)) => readable::said(message),
            (None, None) => String::new(),
        };
        let calls = message.map(readable::calls).unwrap_or_default();
        let has_text = is_open || calls.is_empty() || !text.is_empty();
        let mut head = Some((heading, notes));
        if has_text && let Some((heading, notes)) = head.take() {
            parts.push(Part::Text(field));
            let instead = if field == Field::New { "no response yet" } else { "empty" };
            blocks.push(Block { heading, notes, body: Laid::new(text), instead });
        }
        if !calls.is_empty() {
            // Where nothing is said beside the calls, they carry the turn's heading.
            let (heading, mut notes) = head.unwrap_or_default();
            let heading = if heading.is_empty() { "CALLS".to_owned() } else { heading };
            if heading != "CALLS" {
                notes.push("calls".to_owned());
            }
            parts.push(Part::Calls(field));
            blocks.push(Block { heading, notes, body: Laid::new(calls), ..Block::default() });
        }
    };
    for (at, message) in example.prompt.messages.iter().enumerate() {
        let mut notes: Vec<String> = message.name.clone().into_iter().collect();
        notes.extend(message.weight.as_ref().map(|weight| format!("weight {weight}")));
        add(Field::Turn(at), Some(message), message.role.as_str().to_uppercase(), notes);
    }
    for (number, response) in example.responses.iter().enumerate() {
        let heading = if example.responses.len() > 1 {
            format!("RESPONSE {}", number + 1)
        } else {
            "RESPONSE".to_owned()
        };
        for (turn, message) in response.messages.iter().enumerate() {
            let (heading, notes) = if turn == 0 {
                (heading.clone(), notes(response, example))
            } else {
                (message.role.as_str().to_uppercase(), Vec::new())
            };
            add(Field::Response(response.id, turn), Some(message), heading, notes);
        }
    }
    let has_new = open == Some(Field::New) || stretch.get(Field::New).is_some();
    if has_new || example.responses.is_empty() {
        add(Field::New, None, "RESPONSE".to_owned(), Vec::new());
    }
    (parts, blocks)
}

/// What is said of a response beside it: its author, what is flagged.
fn notes(response: &Response, example: &Example) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(author) = &response.author {
        notes.push(author.name.clone());
        if author.kind == AuthorKind::Model {
            notes.push("a model".to_owned());
        }
    }
    let flags = example.flags.iter().filter(|flag| !flag.resolved && flag.response == Some(response.id));
    notes.extend(flags.map(|flag| format!("flag {}", flag.kind)));
    notes
}

fn tokens(example: &Example, stretch: &Stretch, open: Option<Field>) -> Tokens {
    let mut tokens = Tokens::default();
    let of = |field: Field, message: &Message| {
        let said = match stretch.get(field) {
            _ if open == Some(field) => 0,
            Some(text) => estimate(text),
            None => estimate(&message.text()),
        };
        said + estimate(&readable::calls(message))
    };
    for (at, message) in example.prompt.messages.iter().enumerate() {
        tokens.prompt += of(Field::Turn(at), message);
    }
    for response in &example.responses {
        for (turn, message) in response.messages.iter().enumerate() {
            tokens.responses += of(Field::Response(response.id, turn), message);
        }
    }
    if open != Some(Field::New) {
        tokens.responses += stretch.get(Field::New).map_or(0, estimate);
    }
    tokens
}

impl Open {
    /// Estimated tokens of what is being typed.
    pub(super) fn tokens(&self) -> u32 {
        self.editor.lines().iter().map(|line| estimate(line)).sum()
    }
}

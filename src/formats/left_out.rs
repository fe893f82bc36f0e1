//! What writers share: the account of what does not go out, and texts where nothing else can stand.

use super::Unwritable;
use super::plain::plain;
use crate::example::{Example, Message, Prompt, Response, Role};

/// What a format could not carry, each thing once.
#[derive(Default)]
pub(super) struct LeftOut(Vec<&'static str>);

impl LeftOut {
    pub fn note(&mut self, what: &'static str) {
        if !self.0.contains(&what) {
            self.0.push(what);
        }
    }

    fn note_if(&mut self, there: bool, what: &'static str) {
        if there {
            self.note(what);
        }
    }

    /// It can after all: somewhere else in the record.
    pub fn is_carried(&mut self, what: &'static str) {
        self.0.retain(|other| *other != what);
    }

    pub fn list(self) -> Vec<&'static str> {
        self.0
    }

    /// What no format but Goldset's own carries.
    fn of(example: &Example) -> Self {
        let mut left_out = Self::default();
        left_out.note_if(!example.tags.is_empty(), "tags");
        left_out.note_if(!example.flags.is_empty(), "flags");
        left_out.note_if(!example.note.is_empty(), "notes");
        left_out
    }

    /// For formats that carry one response.
    pub fn beside(example: &Example, response: &Response) -> Self {
        let mut left_out = Self::of(example);
        left_out.note_if(!example.rankings.is_empty(), "rankings");
        let other = |other: &&Response| other.id != response.id && !other.is_blank();
        left_out.note_if(example.responses.iter().any(|r| other(&r)), "other responses");
        left_out.note_if(response.author.is_some(), "response authors");
        left_out.note_if(!response.metadata.is_empty(), "extra fields");
        left_out
    }

    /// For formats that carry pairs: what comes of the rankings is in them, not who said what.
    pub fn beside_pairs(example: &Example, pairs: &[(&Response, &Response)]) -> Self {
        let mut left_out = Self::of(example);
        left_out.note_if(example.rankings.len() > 1, "rankings");
        let paired = |id| pairs.iter().any(|(chosen, rejected)| chosen.id == id || rejected.id == id);
        let others = example.responses.iter().any(|r| !r.is_blank() && !paired(r.id));
        left_out.note_if(others, "other responses");
        let authors = example.responses.iter().any(|r| r.author.is_some());
        left_out.note_if(authors, "response authors");
        left_out.note_if(example.responses.iter().any(|r| !r.metadata.is_empty()), "extra fields");
        left_out
    }

    /// For formats that carry every response with its author, but no order.
    pub fn beside_all(example: &Example) -> Self {
        let mut left_out = Self::of(example);
        left_out.note_if(!example.rankings.is_empty(), "rankings");
        left_out
    }

    /// For formats without tools.
    pub fn tools_of(&mut self, example: &Example) {
        self.note_if(!example.prompt.tools.is_empty(), "tool definitions");
    }

    /// For formats of plain text: what a message has beyond it.
    pub fn beside_text(&mut self, message: &Message) {
        self.note_if(message.weight.is_some(), "weights");
        self.note_if(message.name.is_some(), "names");
        self.note_if(super::messages::extra(message).next().is_some(), "extra fields");
    }
}

/// The text of a response that is one turn of text.
pub(super) fn one_text(response: &Response, left_out: &mut LeftOut) -> Result<String, Unwritable> {
    match response.messages.as_slice() {
        [only] if only.tool_calls.is_empty() && only.role == Role::Assistant => {
            left_out.beside_text(only);
            Ok(plain(only)?.into_owned())
        }
        _ => Err(Unwritable("the response is more than one text (tool calls)")),
    }
}

/// The prompt as bare text: it must be one user turn, for there is no template that would tell
/// turns apart.
pub(super) fn bare_prompt(prompt: &Prompt, left_out: &mut LeftOut) -> Result<String, Unwritable> {
    match prompt.messages.as_slice() {
        [only] if only.role == Role::User => {
            left_out.beside_text(only);
            Ok(plain(only)?.into_owned())
        }
        _ => Err(Unwritable("the prompt is more than one user turn")),
    }
}

//! What writers share: which response or which pairs go out, and the account of what does not.

use super::Unwritable;
use super::plain::plain;
use crate::example::{Agreed, Consensus, Example, Kind, Message, Pair, Response, Role};

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

/// The response to learn from.
pub(super) fn best(example: &Example) -> Result<&Response, Unwritable> {
    if let Some(best) = example.best_response().filter(|best| !best.is_blank()) {
        return Ok(best);
    }
    Err(Unwritable(if example.responses.iter().all(Response::is_blank) {
        "no response"
    } else if example.kind == Kind::Preference {
        "a preference example without a single best response"
    } else {
        "several responses, none of them ranked best"
    }))
}

/// The response to learn from, for formats that can't say that it is not to be learned from.
pub(super) fn best_unmasked(example: &Example) -> Result<&Response, Unwritable> {
    let best = best(example)?;
    if is_masked(best) { Err(MASKED) } else { Ok(best) }
}

const MASKED: Unwritable = Unwritable("its answer is not to be learned from (weight 0)");

fn is_masked(response: &Response) -> bool {
    let last = response.messages.iter().rev().find(|message| message.role == Role::Assistant);
    last.and_then(|last| last.weight.as_ref()?.as_f64()) == Some(0.0)
}

/// Every pair that comes of the rankings and teaches something, chosen before rejected: a trainer makes
/// nothing good of a blank one, of two that say the same, or of one that is not to be learned from.
pub(super) fn pairs(example: &Example) -> Result<Vec<(&Response, &Response)>, Unwritable> {
    if example.rankings.is_empty() {
        return Err(Unwritable("not ranked"));
    }
    let consensus = Consensus::of(&example.rankings);
    if consensus.is_circular {
        return Err(Unwritable("its rankings lead round in a circle"));
    }
    let both = |pair: Pair| Some((example.response(pair.chosen)?, example.response(pair.rejected)?));
    let mut pairs = Vec::new();
    let mut reason = Unwritable(if consensus.state == Agreed::Unresolved {
        "its rankings have no majority"
    } else {
        "the ranking gives no pair"
    });
    for (chosen, rejected) in consensus.pairs.into_iter().filter_map(|decided| both(decided.pair)) {
        if chosen.is_blank() || rejected.is_blank() {
            reason = Unwritable("a ranked response is blank");
        } else if chosen.text().trim() == rejected.text().trim() {
            reason = Unwritable("the ranking's responses say the same");
        } else if is_masked(chosen) {
            reason = MASKED;
        } else {
            pairs.push((chosen, rejected));
        }
    }
    if pairs.is_empty() { Err(reason) } else { Ok(pairs) }
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

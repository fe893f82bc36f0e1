//! `hh-rlhf`: a chosen and a rejected transcript of a human and an assistant.

use serde_json::Value;

use super::source::{Reading, Source};
use super::turns::{is_transcript, of_transcript, part};
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::pair;
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const HH_RLHF: Source = Source {
    id: "hh-rlhf",
    title: "Anthropic HH-RLHF",
    about: "{chosen, rejected}: transcripts of turns that begin with “Human:” and “Assistant:” after a blank line; or \
            such a transcript in prompt, and two answers. They are read as turns, up to where the two part. Read only. \
            Source: anthropics/hh-rlhf.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let transcript = |name: &str| record.get(name).and_then(Value::as_str).is_some_and(is_transcript);
    let both = transcript("chosen") && transcript("rejected");
    let answers = has_text(record, "chosen") && has_text(record, "rejected");
    let prompted = transcript("prompt") && answers;
    if prompted || both && !has_text(record, "prompt") { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let chosen = fields.text("chosen")?;
    let rejected = fields.text("rejected")?;
    let (prompt, chosen, rejected) = if let Some(prompt) = fields.optional_text("prompt")? {
        let mut prompt = transcript("prompt", &prompt)?;
        // the transcript ends with whose turn it is
        prompt.pop_if(|last| last.role == Role::Assistant && last.is_blank());
        let answer = |text: &str| vec![Message::new(Role::Assistant, text.trim())];
        (prompt, answer(&chosen), answer(&rejected))
    } else {
        let parted = part(transcript("chosen", &chosen)?, transcript("rejected", &rejected)?)
            .ok_or_else(|| Misfit::new("chosen", "and rejected don't begin with the same turns"))?;
        (parted.prompt, parted.first, parted.second)
    };
    Ok(vec![pair(Prompt { messages: prompt, tools: Vec::new() }, chosen, rejected, fields.rest())])
}

fn transcript(field: &str, text: &str) -> Result<Vec<Message>, Misfit> {
    let turns = of_transcript(text);
    if turns.is_empty() {
        return Err(Misfit::new(field, "is no transcript: it should begin with “Human:” after a blank line"));
    }
    Ok(turns)
}

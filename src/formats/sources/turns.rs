//! Conversations as transcripts, as pairs of texts, and where two of them part.

use serde_json::Value;

use crate::example::{Message, Role};
use crate::formats::Misfit;
use crate::formats::fields::Fields;

/// Who speaks in a transcript, by what stands before the words.
const SPEAKERS: [(&str, Role); 2] = [("\n\nHuman:", Role::User), ("\n\nAssistant:", Role::Assistant)];

/// Whether a text is a transcript: it begins with somebody's turn.
pub(super) fn is_transcript(text: &str) -> bool {
    SPEAKERS.iter().any(|(mark, _)| text.trim_start().starts_with(mark.trim_start()))
        && (text.contains("\n\nAssistant:") || text.trim_start().starts_with("Assistant:"))
}

/// The turns of a transcript; none where the text is no transcript.
pub(super) fn of_transcript(text: &str) -> Vec<Message> {
    if !is_transcript(text) {
        return Vec::new();
    }
    // the first turn is like all others, even where the line breaks before it were stripped
    let text = format!("\n\n{}", text.trim_start());
    let mut marks: Vec<(usize, &str, Role)> = Vec::new();
    for (mark, role) in SPEAKERS {
        marks.extend(text.match_indices(mark).map(|(at, mark)| (at, mark, role)));
    }
    marks.sort_by_key(|(at, ..)| *at);
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let turns = marks.iter().zip(ends).map(|((at, mark, role), end)| {
        let said = text.get(at + mark.len()..end).unwrap_or_default();
        Message::new(*role, said.strip_prefix(' ').unwrap_or(said).trim_end())
    });
    turns.collect()
}

/// Two conversations that begin alike: the prompt, and the answers of both.
pub(super) struct Parted {
    pub prompt: Vec<Message>,
    pub first: Vec<Message>,
    pub second: Vec<Message>,
}

/// Parts two conversations behind the last user turn that they have in common. Where they go different
/// ways earlier than at the end, the answers are several turns. `None` where they don't begin alike.
pub(super) fn part(mut first: Vec<Message>, mut second: Vec<Message>) -> Option<Parted> {
    let alike = first.iter().zip(&second).take_while(|(one, other)| one == other).count();
    // both must keep an answer, even where they are the same
    let most = alike.min(first.len().min(second.len()).saturating_sub(1));
    let at = first.iter().take(most).rposition(|message| message.role == Role::User)? + 1;
    let answers = (first.split_off(at), second.split_off(at));
    Some(Parted { prompt: first, first: answers.0, second: answers.1 })
}

/// Takes a list; a null or a missing one is `None`.
pub(super) fn take_list(fields: &mut Fields, name: &str) -> Result<Option<Vec<Value>>, Misfit> {
    match fields.take(name) {
        None => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list)),
        Some(other) => Err(Misfit::wrong_type(name, &other, "a list")),
    }
}

/// Takes a list that must be there.
pub(super) fn needed_list(fields: &mut Fields, name: &str) -> Result<Vec<Value>, Misfit> {
    take_list(fields, name)?.ok_or_else(|| Misfit::missing(name))
}

/// A misfit of something inside a record, with the way to it.
pub(super) fn inside(path: &str, misfit: Misfit) -> Misfit {
    match misfit.field.as_str() {
        "" => Misfit::new(path, misfit.reason),
        field if field.starts_with('[') => Misfit::new(format!("{path}{field}"), misfit.reason),
        field => Misfit::new(format!("{path}.{field}"), misfit.reason),
    }
}

//! What readers share: examples with the status and the ranking that their record gives them.

use crate::example::{Author, Example, Kind, Message, Metadata, Prompt, Ranking, Response, Role, Status};

use super::fields::Fields;
use super::{Item, Misfit};

/// Who made a ranking that stood in a file which doesn't say.
const UNKNOWN_ANNOTATOR: &str = "import";

/// An example that wants one response. It counts as done where it has one.
pub(super) fn sft(prompt: Prompt, response: Option<Response>, metadata: Metadata) -> Example {
    let mut example = Example { metadata, ..Example::new(Kind::Sft, prompt) };
    example.responses.extend(response);
    settle(&mut example);
    example
}

/// An example of several responses, with the order that came along. It counts as done where there
/// is one.
pub(super) fn preference(
    prompt: Prompt,
    responses: Vec<Response>,
    ranking: Option<Ranking>,
    metadata: Metadata,
) -> Example {
    let mut example = Example { responses, metadata, ..Example::new(Kind::Preference, prompt) };
    example.rankings.extend(ranking);
    settle(&mut example);
    example
}

/// An example of a chosen and a rejected response. The record's field `annotator` says who chose;
/// it stays in the metadata, so that it is written again.
pub(super) fn pair(prompt: Prompt, chosen: Vec<Message>, rejected: Vec<Message>, rest: Metadata) -> Example {
    let chosen = Response::of(None, chosen);
    let rejected = Response::of(None, rejected);
    let ranking = ranking(&rest, vec![vec![chosen.id], vec![rejected.id]]);
    preference(prompt, vec![chosen, rejected], Some(ranking), rest)
}

/// A ranking that stood in a file.
pub(super) fn ranking(rest: &Metadata, tiers: Vec<Vec<crate::example::Uuid>>) -> Ranking {
    let annotator = rest.get("annotator").and_then(serde_json::Value::as_str);
    let annotator = annotator.filter(|name| !name.trim().is_empty()).unwrap_or(UNKNOWN_ANNOTATOR);
    Ranking::new(annotator, tiers)
}

/// Gives an example the status that its responses and rankings speak for.
pub(super) fn settle(example: &mut Example) {
    let done = match example.kind {
        Kind::Sft => example.responses.iter().filter(|response| !response.is_blank()).count() == 1,
        Kind::Preference => !example.rankings.is_empty(),
    };
    example.status = if done { Status::Submitted } else { Status::Pending };
}

/// A response by the model of that name.
pub(super) fn by_model(name: Option<String>, text: String) -> Response {
    Response::new(name.map(Author::model), text)
}

/// A response of turns, unless there are none.
pub(super) fn response(messages: Vec<Message>) -> Option<Response> {
    (!messages.is_empty()).then(|| Response::of(None, messages))
}

/// A prompt of one user turn below an optional system turn.
pub(super) fn asked(system: Option<String>, text: String) -> Prompt {
    let mut prompt = Prompt::user(text);
    if let Some(system) = system {
        prompt.messages.insert(0, Message::new(Role::System, system));
    }
    prompt
}

/// The prompt of formats that call it by one of several names.
pub(super) fn take_prompt(
    fields: &mut Fields,
    names: &[&'static str],
) -> Result<(&'static str, String), Misfit> {
    for name in names {
        if let Some(text) = fields.optional_text(name)? {
            return Ok((name, text));
        }
    }
    Err(Misfit::missing(&names.join(" or ")))
}

/// What most readers give for a record.
pub(super) fn one(example: Example) -> Vec<Item> {
    vec![Item::Example(Box::new(example))]
}

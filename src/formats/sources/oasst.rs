//! What Open Assistant's files say of a message beside its text, in trees and in flat files alike.

use serde_json::Value;

use super::judged::{Best, flag, tag, tiers};
use crate::example::{Author, Example, Metadata, Response, Role, Status, Uuid};
use crate::formats::Misfit;

/// The role of a message.
pub(super) fn role(word: &str) -> Result<Role, Misfit> {
    match word {
        "prompter" | "user" | "human" => Ok(Role::User),
        "assistant" | "gpt" => Ok(Role::Assistant),
        "system" => Ok(Role::System),
        other => {
            Err(Misfit::new("role", format!("is “{other}”; it should be prompter, assistant or system")))
        }
    }
}

/// Who wrote a message: a model, where it is called synthetic, or a person.
pub(super) fn author(rest: &Metadata) -> Option<Author> {
    let text = |name: &str| rest.get(name).and_then(Value::as_str).map(str::to_owned);
    if rest.get("synthetic") == Some(&Value::Bool(true)) {
        return Some(Author::model(text("model_name").unwrap_or_else(|| "synthetic".to_owned())));
    }
    text("user_id").map(Author::person)
}

/// The order that ranks give, 0 first, of the replies that have one and were not taken back. `None` with fewer
/// than two: one alone is in no order.
pub(super) fn ranked<'a>(
    replies: impl Iterator<Item = (&'a Response, Option<f64>)>,
) -> Option<Vec<Vec<Uuid>>> {
    let there = replies.filter(|(reply, _)| refusal(&reply.metadata).is_none());
    let ranks: Vec<_> = there.filter_map(|(reply, rank)| Some((reply.id, rank?))).collect();
    (ranks.len() > 1).then(|| tiers(ranks, Best::Lowest))
}

/// Why a message should not be learned from: somebody took it back, or its reviewers did.
fn refusal(rest: &Metadata) -> Option<&'static str> {
    if rest.get("deleted") == Some(&Value::Bool(true)) {
        Some("deleted in Open Assistant")
    } else if rest.get("review_result") == Some(&Value::Bool(false)) {
        Some("its reviewers turned it down")
    } else {
        None
    }
}

/// Gives an example what was decided of its messages: a prompt that was taken back is discarded, a reply flagged.
pub(super) fn moderated(example: &mut Example) {
    let by = || Some("open-assistant".to_owned());
    let replies: Vec<_> =
        example.responses.iter().filter_map(|reply| Some((reply.id, refusal(&reply.metadata)?))).collect();
    if !replies.is_empty() && replies.len() == example.responses.len() {
        // nothing is left to be learned from
        example.status = Status::Draft;
    }
    example.flags.extend(replies.into_iter().map(|(reply, reason)| flag("other", reason, Some(reply), by())));
    if let Some(reason) = refusal(&example.metadata) {
        example.status = Status::Discarded;
        example.flags.push(flag("other", reason, None, by()));
    }
    let language = example.metadata.get("lang").and_then(Value::as_str).map(str::to_owned);
    tag(example, "language", &language.unwrap_or_default());
}

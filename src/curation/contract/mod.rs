//! The contract, judged: what in a response breaks it, and where; and a contract proposed from
//! the responses that are there.
//!
//! What is judged is the text of the last assistant message of a response ([`judged_text`]): what
//! comes before it in a response of several messages is work with tools. A response that ends in
//! calls of tools, or that says nothing yet, is not judged.

mod error;
mod explain;
mod judge;
mod path;
mod pattern;
pub mod propose;
mod schema;
mod show;
mod violation;

use std::borrow::Cow;

pub use error::ContractError;
pub use judge::Judge;
pub use violation::{MOST_VIOLATIONS, Place, Rule, Violation};

use crate::example::{Message, Role};

/// The text of a response that a contract is about; `None` where there is none to judge.
pub fn judged_text(messages: &[Message]) -> Option<Cow<'_, str>> {
    let last = messages.iter().rfind(|message| message.role == Role::Assistant)?;
    let text = last.text();
    if text.trim().is_empty() { None } else { Some(text) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

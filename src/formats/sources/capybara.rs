//! `capybara`: a conversation as a list of inputs and outputs.

use serde_json::Value;

use super::source::{Reading, Source};
use super::turns::{inside, needed_list};
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::{response, sft};
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::messages::split;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const CAPYBARA: Source = Source {
    id: "capybara",
    title: "Capybara",
    about: "{conversation: [{input, output}]}: the last output is the response, what stands before it the prompt. Read \
            only. Source: LDJnr/Capybara.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let exchanged =
        has_list_of(record, "conversation", "input") && has_list_of(record, "conversation", "output");
    if exchanged && record.get("chosen").is_none() { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let mut messages = Vec::new();
    for (index, exchange) in needed_list(&mut fields, "conversation")?.into_iter().enumerate() {
        let at = |misfit| inside(&format!("conversation[{index}]"), misfit);
        let mut exchange = Fields::of(exchange).map_err(at)?;
        messages.push(Message::new(Role::User, exchange.text("input").map_err(at)?));
        if let Some(output) = exchange.optional_text("output").map_err(at)? {
            messages.push(Message::new(Role::Assistant, output));
        }
    }
    if messages.is_empty() {
        return Err(Misfit::new("conversation", "is an empty list"));
    }
    let (messages, answer) = split(messages);
    Ok(vec![sft(Prompt { messages, tools: Vec::new() }, response(answer), fields.rest())])
}

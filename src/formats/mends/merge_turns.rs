//! Neighbouring turns of one speaker become one.

use super::Mend;
use crate::example::{Content, Example, Message, Role};

/// Joins neighbouring user turns, and neighbouring assistant turns of text, by a blank line.
#[derive(Debug)]
pub struct MergeTurns;

impl Mend for MergeTurns {
    fn id(&self) -> &'static str {
        "merge-turns"
    }

    fn title(&self) -> &'static str {
        "join neighbouring turns of one speaker by a blank line"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        merge(&mut example.prompt.messages);
        for response in &mut example.responses {
            merge(&mut response.messages);
        }
        // an answer that goes on from an assistant turn of the prompt is one turn with it
        while let Some(last) = example.prompt.messages.last()
            && is_mergeable(last)
            && last.role == Role::Assistant
            && example.responses.iter().all(|one| one.messages.first().is_some_and(is_mergeable))
            && !example.responses.is_empty()
        {
            let Some(last) = example.prompt.messages.pop() else { break };
            for response in &mut example.responses {
                response.messages.insert(0, last.clone());
                merge(&mut response.messages);
            }
        }
        vec![example]
    }
}

fn merge(messages: &mut Vec<Message>) {
    let mut merged: Vec<Message> = Vec::with_capacity(messages.len());
    for message in messages.drain(..) {
        match merged.last_mut() {
            Some(last) if last.role == message.role && fit_together(last, &message) => join(last, &message),
            _ => merged.push(message),
        }
    }
    *messages = merged;
}

/// Whether two turns of one speaker can be one: text, counted alike in training.
fn fit_together(one: &Message, other: &Message) -> bool {
    let weight = |message: &Message| message.weight.as_ref().and_then(serde_json::Number::as_f64);
    is_mergeable(one) && is_mergeable(other) && one.name == other.name && weight(one) == weight(other)
}

fn is_mergeable(message: &Message) -> bool {
    matches!(message.role, Role::User | Role::Assistant)
        && matches!(message.content, Content::Text(_))
        && message.tool_calls.is_empty()
}

fn join(last: &mut Message, next: &Message) {
    if let Content::Text(text) = &mut last.content {
        let more = next.text();
        if !text.is_empty() && !more.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&more);
    }
}

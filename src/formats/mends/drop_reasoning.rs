//! For consumers without reasoning: what the assistant thought is left out.

use serde_json::Value;

use super::Mend;
use crate::example::{Content, Example, Message};
use crate::formats::plain::is_reasoning;

/// Leaves out the parts of turns that are reasoning. What is said and called stays.
#[derive(Debug)]
pub struct DropReasoning;

impl Mend for DropReasoning {
    fn id(&self) -> &'static str {
        "drop-reasoning"
    }

    fn title(&self) -> &'static str {
        "leave out the reasoning that stands beside a turn's text or calls"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        let answers = example.responses.iter_mut().flat_map(|response| &mut response.messages);
        for message in example.prompt.messages.iter_mut().chain(answers) {
            drop_reasoning(message);
        }
        vec![example]
    }
}

fn drop_reasoning(message: &mut Message) {
    let Content::Parts(parts) = &mut message.content else { return };
    let before = parts.len();
    parts.retain(|part: &Value| !is_reasoning(part));
    if parts.is_empty() && before > 0 {
        // nothing is said beside the calls
        message.content =
            if message.tool_calls.is_empty() { Content::Text(String::new()) } else { Content::Null };
    }
}

//! For consumers without tools: definitions of tools that nobody calls are left out.

use super::Mend;
use crate::example::{Example, Role};

/// Leaves out the definitions of tools, where no turn calls one or answers a call.
#[derive(Debug)]
pub struct DropTools;

impl Mend for DropTools {
    fn id(&self) -> &'static str {
        "drop-tools"
    }

    fn title(&self) -> &'static str {
        "leave out the definitions of tools that nobody calls"
    }

    fn apply(&self, mut example: Example) -> Vec<Example> {
        let responses = example.responses.iter().flat_map(|response| &response.messages);
        let mut turns = example.prompt.messages.iter().chain(responses);
        if turns.all(|turn| turn.role != Role::Tool && turn.tool_calls.is_empty()) {
            example.prompt.tools.clear();
        }
        vec![example]
    }
}

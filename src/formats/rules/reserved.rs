//! Strings that the consumer takes for something else than text.

use super::{Offence, Rule};
use crate::formats::Outgoing;

/// None of these strings stands in a text.
pub struct Reserved {
    /// The word for the rule.
    pub id: &'static str,
    /// The strings.
    pub strings: &'static [&'static str],
}

impl Reserved {
    /// What Claude's older form took for a change of speaker.
    pub const HUMAN_ASSISTANT: Self = Self { id: "speakers", strings: &["\nHuman:", "\nAssistant:"] };
    /// What tokenizers of local models turn into control tokens, also inside a text.
    pub const CONTROL_TOKENS: Self = Self {
        id: "control-tokens",
        strings: &[
            "<|im_start|>",
            "<|im_end|>",
            "<|endoftext|>",
            "<|begin_of_text|>",
            "<|end_of_text|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "<|python_tag|>",
            "[INST]",
            "[/INST]",
            "<<SYS>>",
            "[AVAILABLE_TOOLS]",
            "[TOOL_CALLS]",
            "[TOOL_RESULTS]",
            "<start_of_turn>",
            "<end_of_turn>",
            "<|START_OF_TURN_TOKEN|>",
            "<|END_OF_TURN_TOKEN|>",
            "<\u{ff5c}User\u{ff5c}>",
            "<\u{ff5c}Assistant\u{ff5c}>",
        ],
    };
    /// What stands for a picture, a film or sound, each of which must then be there.
    pub const MEDIA: Self = Self { id: "media-marks", strings: &["<image>", "<video>", "<audio>"] };
    /// What graders take for a field of theirs.
    pub const TEMPLATES: Self = Self { id: "template-marks", strings: &["{{"] };
}

impl Rule for Reserved {
    fn id(&self) -> &'static str {
        self.id
    }

    fn demand(&self) -> &'static str {
        "no string that the consumer takes for something else than text"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            conversation.messages().enumerate().find_map(|(at, message)| {
                let text = message.text();
                let found = self.strings.iter().find(|string| text.contains(**string))?;
                Some(Offence::new(conversation.place(at), format!("holds {found:?}")))
            })
        })
    }

    fn advice(&self) -> &'static str {
        "write it otherwise (goldset replace), or let the rule pass with --allow"
    }
}

//! Forms that are no conversations.

use super::{Offence, Rule};
use crate::example::Role;
use crate::formats::Outgoing;
use crate::formats::mends::{Mend, SystemToUser};

/// The prompt is one user turn, with a system turn above it or without.
pub struct OneQuestion {
    /// Whether a system turn has a place of its own.
    pub system: bool,
}

impl OneQuestion {
    /// One user turn and nothing else.
    pub const BARE: Self = Self { system: false };
    /// One user turn, maybe below a system turn.
    pub const WITH_SYSTEM: Self = Self { system: true };
}

impl Rule for OneQuestion {
    fn id(&self) -> &'static str {
        "one-question"
    }

    fn demand(&self) -> &'static str {
        if self.system {
            "one user turn, maybe below a system turn"
        } else {
            "one user turn, and no system turn"
        }
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let messages = outgoing.prompt().messages.as_slice();
        let rest = match messages {
            [first, rest @ ..] if self.system && first.role == Role::System => rest,
            all => all,
        };
        match rest {
            [only] if only.role == Role::User => None,
            [] => Some(Offence::new("", "has no user turn")),
            [first, ..] if first.role != Role::User => {
                Some(Offence::new("prompt[0]", format!("is from {}", first.role.as_str())))
            }
            several => Some(Offence::new("", format!("has {} turns before the response", several.len()))),
        }
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        if self.system { &[] } else { &[&SystemToUser] }
    }

    fn advice(&self) -> &'static str {
        "choose a format that carries conversations"
    }
}

/// A response is one turn of text, without calls.
pub struct OneText;

impl Rule for OneText {
    fn id(&self) -> &'static str {
        "one-text"
    }

    fn demand(&self) -> &'static str {
        "a response is one turn of the assistant, without tool calls"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let response = conversation.response?;
            let is_one = matches!(response.messages.as_slice(),
                [only] if only.tool_calls.is_empty() && only.role == Role::Assistant);
            let place = format!("response {}", conversation.number.unwrap_or(1));
            (!is_one).then(|| Offence::new(place, "is not one text of the assistant"))
        })
    }

    fn advice(&self) -> &'static str {
        "choose a format that carries tool calls"
    }
}

/// A response is one turn; it may call tools.
pub struct OneTurn;

impl Rule for OneTurn {
    fn id(&self) -> &'static str {
        "one-turn"
    }

    fn demand(&self) -> &'static str {
        "a response is one turn"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let turns = conversation.response?.messages.len();
            let place = format!("response {}", conversation.number.unwrap_or(1));
            (turns != 1).then(|| Offence::new(place, format!("has {turns} turns")))
        })
    }

    fn advice(&self) -> &'static str {
        "edit the response, or choose a format that carries several turns (trl-preference)"
    }
}

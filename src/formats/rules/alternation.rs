//! Who may follow whom.

use super::{Offence, Rule};
use crate::example::{Message, Role};
use crate::formats::Outgoing;
use crate::formats::mends::{DropGreeting, Mend, MergeTurns};

/// How strictly turns follow each other. System turns are not counted.
pub enum Alternation {
    /// User first, then assistant and user in turn; a call and its results stand inside the
    /// assistant's turn.
    Strict,
    /// Never two assistant turns in a row.
    NoTwoAssistants,
    /// Only the beginning: the user speaks first.
    UserFirst,
}

impl Rule for Alternation {
    fn id(&self) -> &'static str {
        "alternate"
    }

    fn demand(&self) -> &'static str {
        match self {
            Self::Strict => "user and assistant speak in turn, the user first",
            Self::NoTwoAssistants => "no two assistant turns in a row",
            Self::UserFirst => "the user speaks first",
        }
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let turns = conversation.messages().enumerate();
            let turns: Vec<_> = turns.filter(|(_, message)| message.role != Role::System).collect();
            let begins = matches!(self, Self::Strict | Self::UserFirst);
            if let Some((at, first)) = turns.first().filter(|(_, first)| begins && first.role != Role::User) {
                let reason = format!("comes from {} before the user has spoken", first.role.as_str());
                return Some(Offence::new(conversation.place(*at), reason));
            }
            turns.windows(2).find_map(|pair| {
                let [(_, one), (at, other)] = pair else { return None };
                let reason = self.wrong(one, other)?;
                Some(Offence::new(conversation.place(*at), reason))
            })
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        match self {
            Self::Strict => &[&DropGreeting, &MergeTurns],
            Self::NoTwoAssistants => &[&MergeTurns],
            Self::UserFirst => &[&DropGreeting],
        }
    }
}

impl Alternation {
    fn wrong(&self, one: &Message, other: &Message) -> Option<String> {
        let both = |role: Role| one.role == role && other.role == role;
        let said = |role: &str| Some(format!("is a second {role} turn in a row"));
        match self {
            Self::Strict if both(Role::User) => said("user"),
            Self::Strict | Self::NoTwoAssistants if both(Role::Assistant) => said("assistant"),
            Self::Strict if one.role == Role::Tool && other.role == Role::User => {
                Some("is a user turn that follows a tool's result".to_owned())
            }
            _ => None,
        }
    }
}

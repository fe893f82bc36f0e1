//! Where the system may speak.

use super::{Offence, Rule};
use crate::example::Role;
use crate::formats::Outgoing;
use crate::formats::mends::{self, Mend};

/// The system speaks once at most, and first.
pub struct System;

impl Rule for System {
    fn id(&self) -> &'static str {
        "system"
    }

    fn demand(&self) -> &'static str {
        "one system turn at most, and that the first"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let mut late = conversation.messages().enumerate().skip(1);
            let (at, _) = late.find(|(_, message)| message.role == Role::System)?;
            Some(Offence::new(conversation.place(at), "is a system turn that is not the first turn"))
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&mends::SystemFirst]
    }
}

/// The system speaks once at most, wherever.
pub struct OneSystem;

impl Rule for OneSystem {
    fn id(&self) -> &'static str {
        "one-system"
    }

    fn demand(&self) -> &'static str {
        "one system turn at most"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let turns = conversation.messages().enumerate();
            let (at, _) = turns.filter(|(_, message)| message.role == Role::System).nth(1)?;
            Some(Offence::new(conversation.place(at), "is a second system turn"))
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&mends::SystemFirst]
    }
}

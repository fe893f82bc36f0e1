//! Who may speak.

use super::{Offence, Rule};
use crate::example::Role;
use crate::formats::Outgoing;
use crate::formats::mends::{Mend, SystemToUser};

/// Only these roles are known to the consumer.
pub struct Roles {
    /// The roles.
    pub known: &'static [Role],
}

impl Roles {
    /// No tools speak.
    pub const WITHOUT_TOOLS: Self = Self { known: &[Role::System, Role::User, Role::Assistant] };
    /// Neither tools nor the system.
    pub const TWO: Self = Self { known: &[Role::User, Role::Assistant] };
}

impl Rule for Roles {
    fn id(&self) -> &'static str {
        "roles"
    }

    fn demand(&self) -> &'static str {
        "only roles that the consumer knows"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let at = conversation.messages().position(|message| !self.known.contains(&message.role))?;
            let role = conversation.messages().nth(at)?.role;
            Some(Offence::new(conversation.place(at), format!("is from {}", role.as_str())))
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        if self.known.contains(&Role::System) { &[] } else { &[&SystemToUser] }
    }

    fn advice(&self) -> &'static str {
        "choose a format that has these roles, or edit the example"
    }
}

//! Text that is read from its beginning to its end.

use super::{Offence, Rule};
use crate::example::Role;
use crate::formats::Outgoing;
use crate::formats::mends::{Mend, SystemToUser};

/// Nothing stands before the text, or one user turn.
pub struct RunningText;

impl Rule for RunningText {
    fn id(&self) -> &'static str {
        "running-text"
    }

    fn demand(&self) -> &'static str {
        "one text, or one user turn and one text"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        match outgoing.prompt().messages.as_slice() {
            [] => None,
            [only] if only.role == Role::User => None,
            [first, ..] if first.role != Role::User => {
                Some(Offence::new("prompt[0]", format!("is from {}", first.role.as_str())))
            }
            several => Some(Offence::new("", format!("has {} turns before the response", several.len()))),
        }
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&SystemToUser]
    }

    fn advice(&self) -> &'static str {
        "choose a format that carries conversations"
    }
}

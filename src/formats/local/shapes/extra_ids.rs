//! The template of `NeMo`, in which a whole conversation is one text: each turn begins with a mark and the
//! name of its speaker, and ends with a line break.

use crate::example::{Message, Role};
use crate::formats::Unwritable;
use crate::formats::left_out::LeftOut;
use crate::formats::plain::plain;

const SYSTEM: &str = "<extra_id_0>System\n";
const USER: &str = "<extra_id_1>User\n";
const ASSISTANT: &str = "<extra_id_1>Assistant\n";

/// Whether a text begins as the template does and has a turn of the user.
pub(super) fn is_template(text: &str) -> bool {
    (text.starts_with(SYSTEM) || text.starts_with(USER)) && text.contains(USER)
}

/// The prompt as the template has it, up to where the assistant begins. The system's turn is always there.
pub(super) fn asked(messages: &[Message], left_out: &mut LeftOut) -> Result<String, Unwritable> {
    let (system, turns) = match messages {
        [first, rest @ ..] if first.role == Role::System => (Some(first), rest),
        all => (None, all),
    };
    let said = system.map(plain).transpose()?.unwrap_or_default();
    let mut text = format!("{SYSTEM}{said}\n");
    if turns.last().is_none_or(|last| last.role != Role::User) {
        return Err(Unwritable("the prompt doesn't end with a user turn"));
    }
    for turn in turns {
        let mark = match turn.role {
            Role::User => USER,
            Role::Assistant if turn.tool_calls.is_empty() => ASSISTANT,
            Role::System => return Err(Unwritable("a system turn that is not the first")),
            Role::Assistant | Role::Tool => {
                return Err(Unwritable("tool calls have no place in this template"));
            }
        };
        left_out.beside_text(turn);
        text.push_str(mark);
        text.push_str(&plain(turn)?);
        text.push('\n');
    }
    text.push_str(ASSISTANT);
    Ok(text)
}

/// The turns of a text in this template; `None` where it is not in it. A last turn that says nothing is
/// where the next one speaks, and no turn.
pub(super) fn read(text: &str) -> Option<Vec<Message>> {
    if !is_template(text) {
        return None;
    }
    let mut marks: Vec<(usize, &str, Role)> = Vec::new();
    for (mark, role) in [(SYSTEM, Role::System), (USER, Role::User), (ASSISTANT, Role::Assistant)] {
        marks.extend(text.match_indices(mark).map(|(at, mark)| (at, mark, role)));
    }
    // a mark stands at the beginning of a line, else it is something that somebody says
    marks.retain(|(at, ..)| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n'));
    marks.sort_by_key(|(at, ..)| *at);
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let mut messages = Vec::new();
    for ((at, mark, role), end) in marks.iter().zip(ends) {
        let said = text.get(at + mark.len()..end)?;
        // some files close the last turn with the mark of the next one
        let said = said.strip_suffix("<extra_id_1>").unwrap_or(said);
        let said = said.strip_suffix('\n').unwrap_or(said);
        messages.push(Message::new(*role, said));
    }
    let is_empty = |message: &Message| message.text().is_empty();
    if messages.first().is_some_and(|first| first.role == Role::System && is_empty(first)) {
        messages.remove(0);
    }
    messages.pop_if(|last| last.role == Role::Assistant && is_empty(last));
    Some(messages)
}

//! The ids by which tool calls and their results find each other.

use std::collections::{HashSet, VecDeque};

use super::Unwritable;
use crate::example::{Message, Role};

/// The ids of one record, from its first message to its last. Calls without an id get one, and
/// results without one that of the call they answer.
#[derive(Clone)]
pub(super) struct CallIds {
    taken: HashSet<String>,
    made: u32,
    /// The calls that wait for their results, in order.
    open: VecDeque<String>,
}

impl CallIds {
    /// For a record of these messages: their ids are taken.
    pub fn of<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Self {
        let calls = messages.into_iter().flat_map(|message| &message.tool_calls);
        Self { taken: calls.filter_map(|call| call.id.clone()).collect(), made: 0, open: VecDeque::new() }
    }

    /// Goes on from `before` in another answer to the same prompt: what was made since stays taken.
    pub fn again_from(&self, before: &Self) -> Self {
        Self { made: self.made, ..before.clone() }
    }

    /// The id of the next call.
    pub fn call(&mut self, id: Option<&str>) -> String {
        let id = id.filter(|id| !id.is_empty()).map_or_else(|| self.make(), str::to_owned);
        self.open.push_back(id.clone());
        id
    }

    /// Nine letters and digits: the one form that every trainer takes.
    fn make(&mut self) -> String {
        loop {
            self.made += 1;
            let id = format!("call{:05}", self.made);
            if !self.taken.contains(&id) {
                return id;
            }
        }
    }

    /// The id of the call that a result answers: the one that it names or, where that was not
    /// called, the first that still waits.
    pub fn result(&mut self, named: Option<&str>) -> Result<String, Unwritable> {
        let at = named.and_then(|named| self.open.iter().position(|id| id == named)).unwrap_or(0);
        self.open.remove(at).ok_or(Unwritable("a tool's result answers no call"))
    }

    /// Takes note of who speaks: calls that nothing answered before the next user turn wait no more.
    pub fn turn(&mut self, role: Role) {
        if matches!(role, Role::User | Role::System) {
            self.open.clear();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_answer_the_calls_in_order_unless_they_name_them() {
        let mut ids = CallIds::of([]);
        assert_eq!(
            (ids.call(None), ids.call(Some("mine")), ids.call(Some(""))),
            ("call00001".to_owned(), "mine".to_owned(), "call00002".to_owned())
        );
        assert_eq!(ids.result(Some("mine")).unwrap(), "mine");
        assert_eq!(ids.result(None).unwrap(), "call00001");
        assert_eq!(ids.result(Some("unknown")).unwrap(), "call00002");
        assert_eq!(ids.result(None).unwrap_err().to_string(), "a tool's result answers no call");
    }

    #[test]
    fn an_id_is_made_once_in_a_record() {
        let call = serde_json::json!({"role": "assistant", "tool_calls": [{"id": "call00001", "function": {"name": "f", "arguments": "{}"}}]});
        let prompt = CallIds::of([&Message::from_value(call).unwrap()]);
        let mut chosen = prompt.clone();
        assert_eq!(chosen.call(None), "call00002");
        assert_eq!(chosen.again_from(&prompt).call(None), "call00003");
    }

    #[test]
    fn a_call_that_nothing_answered_is_forgotten_at_the_next_question() {
        let mut ids = CallIds::of([]);
        ids.call(None);
        ids.turn(Role::User);
        let next = ids.call(None);
        assert_eq!(ids.result(None).unwrap(), next);
    }
}

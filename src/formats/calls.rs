//! The ids by which tool calls and their results find each other.

use std::collections::{HashSet, VecDeque};

use super::Unwritable;
use crate::example::{Message, Role};

/// The ids of one record, from its first message to its last. Calls without an id, or with one that
/// stands for another call already, get one; and results without one that of the call they answer.
#[derive(Clone)]
pub(super) struct CallIds {
    taken: HashSet<String>,
    given: HashSet<String>,
    made: u32,
    /// Whether every id must be nine letters and digits.
    nine: bool,
    /// The calls that wait for their results, in order.
    open: VecDeque<Open>,
}

/// A call that waits for its result.
#[derive(Clone)]
struct Open {
    /// Its id in the example, if it has one.
    named: Option<String>,
    call: Answered,
}

/// The call that a result answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    /// Its id in the record.
    pub id: String,
    /// The tool that was called.
    pub tool: String,
    /// How many calls of the record come before it.
    pub at: usize,
}

impl CallIds {
    /// For a record of these messages: their ids are taken.
    pub fn of<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Self {
        let calls = messages.into_iter().flat_map(|message| &message.tool_calls);
        Self {
            taken: calls.filter_map(|call| call.id.clone()).collect(),
            given: HashSet::new(),
            made: 0,
            nine: false,
            open: VecDeque::new(),
        }
    }

    /// The same for a consumer that takes only ids of nine letters and digits: others are replaced.
    pub fn of_nine<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Self {
        Self { nine: true, ..Self::of(messages) }
    }

    /// Goes on from `before` in another answer to the same prompt: what was made since stays taken.
    pub fn again_from(&self, before: &Self) -> Self {
        Self { made: self.made, ..before.clone() }
    }

    /// The id of the next call, which calls that tool.
    pub fn call(&mut self, id: Option<&str>, tool: &str) -> String {
        let named = id.filter(|id| !id.is_empty());
        let kept = named.filter(|id| !self.given.contains(*id) && (!self.nine || is_nine(id)));
        let id = kept.map_or_else(|| self.make(), str::to_owned);
        let call = Answered { id: id.clone(), tool: tool.to_owned(), at: self.given.len() };
        self.given.insert(id.clone());
        self.open.push_back(Open { named: named.map(str::to_owned), call });
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

    /// The call that a result answers: the one that it names by its id or, where that was not called, by
    /// the name of the tool, or else the first that still waits.
    pub fn result(&mut self, named: Option<&str>, tool: Option<&str>) -> Result<Answered, Unwritable> {
        let named = named.and_then(|id| self.open.iter().position(|open| open.named.as_deref() == Some(id)));
        let called = || tool.and_then(|tool| self.open.iter().position(|open| open.call.tool == tool));
        let at = named.or_else(called).unwrap_or(0);
        self.open.remove(at).map(|open| open.call).ok_or(Unwritable("a tool's result answers no call"))
    }

    /// Takes note of who speaks: calls that nothing answered before the next user turn wait no more.
    pub fn turn(&mut self, role: Role) {
        if matches!(role, Role::User | Role::System) {
            self.open.clear();
        }
    }
}

fn is_nine(id: &str) -> bool {
    id.len() == 9 && id.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_answer_the_calls_in_order_unless_they_name_them() {
        let mut ids = CallIds::of([]);
        assert_eq!(
            (ids.call(None, "f"), ids.call(Some("mine"), "f"), ids.call(Some(""), "g"), ids.call(None, "h")),
            ("call00001".to_owned(), "mine".to_owned(), "call00002".to_owned(), "call00003".to_owned())
        );
        assert_eq!(ids.result(Some("mine"), None).unwrap().id, "mine");
        assert_eq!(ids.result(None, Some("h")).unwrap().id, "call00003");
        assert_eq!(
            ids.result(None, None).unwrap(),
            Answered { id: "call00001".into(), tool: "f".into(), at: 0 }
        );
        assert_eq!(ids.result(Some("unknown"), None).unwrap().id, "call00002");
        assert_eq!(ids.result(None, None).unwrap_err().to_string(), "a tool's result answers no call");
    }

    #[test]
    fn an_id_is_made_once_in_a_record() {
        let call = serde_json::json!({"role": "assistant", "tool_calls": [{"id": "call00001", "function": {"name": "f", "arguments": "{}"}}]});
        let prompt = CallIds::of([&Message::from_value(call).unwrap()]);
        let mut chosen = prompt.clone();
        assert_eq!(chosen.call(None, "f"), "call00002");
        assert_eq!(chosen.again_from(&prompt).call(None, "f"), "call00003");
    }

    #[test]
    fn an_id_stands_for_one_call() {
        let mut ids = CallIds::of([]);
        assert_eq!((ids.call(Some("x"), "f"), ids.call(Some("x"), "g")), ("x".into(), "call00001".into()));
        assert_eq!(ids.result(Some("x"), None).unwrap().id, "x");
        assert_eq!(ids.result(Some("x"), None).unwrap().id, "call00001");
    }

    #[test]
    fn ids_that_are_too_long_are_replaced_where_nine_letters_are_wanted() {
        let mut ids = CallIds::of_nine([]);
        assert_eq!(ids.call(Some("call_abc"), "f"), "call00001");
        assert_eq!(ids.call(Some("abcDEF123"), "f"), "abcDEF123");
        assert_eq!(ids.result(Some("call_abc"), None).unwrap().id, "call00001");
    }

    #[test]
    fn a_call_that_nothing_answered_is_forgotten_at_the_next_question() {
        let mut ids = CallIds::of([]);
        ids.call(None, "f");
        ids.turn(Role::User);
        let next = ids.call(None, "f");
        assert_eq!(ids.result(None, None).unwrap().id, next);
    }
}

//! What each mend does, and that it leaves alone what needs none.

use serde_json::{Value, json};

use super::*;
use crate::formats::{Item, ReadOptions, by_id};

#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
fn chat(messages: Value) -> Example {
    let mut reader = by_id("openai-chat").unwrap().reader(&ReadOptions::default()).unwrap();
    match reader.read(json!({ "messages": messages })).unwrap().remove(0) {
        Item::Example(example) => *example,
        Item::Definitions(_) => panic!("definitions"),
    }
}

/// The conversations, each as `role: text` lines.
fn mended(mend: &dyn Mend, messages: Value) -> Vec<Vec<String>> {
    let shown = |example: Example| {
        let response = example.responses.into_iter().flat_map(|response| response.messages);
        let turns = example.prompt.messages.into_iter().chain(response);
        turns.map(|turn| format!("{}: {}", turn.role.as_str(), turn.text())).collect()
    };
    mend.apply(chat(messages)).into_iter().map(shown).collect()
}

fn turns(said: &[(&str, &str)]) -> Value {
    said.iter().map(|(role, text)| json!({"role": role, "content": text})).collect()
}

#[test]
fn neighbouring_turns_become_one() {
    let said = [("user", "a"), ("user", "b"), ("assistant", "c"), ("assistant", "d")];
    assert_eq!(mended(&MergeTurns, turns(&said)), [["user: a\n\nb", "assistant: c\n\nd"]]);
}

#[test]
fn turns_that_count_differently_are_not_joined() {
    let said = json!([{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 0},
        {"role": "assistant", "content": "c", "weight": 1}]);
    assert_eq!(mended(&MergeTurns, said)[0].len(), 3);
}

#[test]
fn the_system_is_put_first_or_to_the_user() {
    let said = [("system", "s"), ("user", "a"), ("system", "t"), ("user", "b"), ("assistant", "c")];
    let first = ["system: s\n\nt", "user: a", "user: b", "assistant: c"];
    assert_eq!(mended(&SystemFirst, turns(&said)), [first]);
    let said = [("system", "s"), ("user", "a"), ("assistant", "c")];
    assert_eq!(mended(&SystemToUser, turns(&said)), [["user: s\n\na", "assistant: c"]]);
}

#[test]
fn a_greeting_is_left_out() {
    let said = [("system", "s"), ("assistant", "hello"), ("user", "a"), ("assistant", "c")];
    assert_eq!(mended(&DropGreeting, turns(&said)), [["system: s", "user: a", "assistant: c"]]);
}

#[test]
fn a_conversation_is_parted_at_the_turns_to_learn_from() {
    let said = json!([
        {"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 1},
        {"role": "user", "content": "c"}, {"role": "assistant", "content": "d", "weight": 0},
        {"role": "user", "content": "e"}, {"role": "assistant", "content": "f"}]);
    let parts = mended(&SplitWeights, said);
    let ends: Vec<(usize, &str)> =
        parts.iter().map(|part| (part.len(), part.last().unwrap().as_str())).collect();
    assert_eq!(ends, [(2, "assistant: b"), (6, "assistant: f")]);
}

#[test]
fn tools_are_left_out_where_nobody_calls_them() {
    let mut example = chat(turns(&[("user", "a"), ("assistant", "b")]));
    example.prompt.tools = vec![json!({"type": "function", "function": {"name": "f"}})];
    assert!(DropTools.apply(example.clone())[0].prompt.tools.is_empty());
    let call = json!({"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "{}"}}]});
    let mut calling = chat(json!([{"role": "user", "content": "a"}, call]));
    calling.prompt.tools.clone_from(&example.prompt.tools);
    assert_eq!(DropTools.apply(calling.clone()), [calling]);
}

#[test]
fn reasoning_is_left_out_and_what_is_said_and_called_stays() {
    let thought = json!({"type": "reasoning", "value": "hm"});
    let said = json!([
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": [thought, {"type": "tool_call", "value": "{\"name\": \"f\"}"}]},
        {"role": "tool", "content": "r"},
        {"role": "assistant", "content": [thought, {"type": "text", "value": "b"}]}]);
    let lines = ["user: a", "assistant: ", "tool: r", "assistant: b"];
    assert_eq!(mended(&DropReasoning, said.clone()), [lines]);
    let example = DropReasoning.apply(chat(said)).remove(0);
    assert_eq!(example.responses[0].messages[0].tool_calls.len(), 1);
    let rules = by_id("trl-messages").unwrap().rules();
    assert!(rules.iter().any(|rule| rule.mends().iter().any(|mend| mend.id() == "drop-reasoning")));
}

#[test]
fn the_readme_tells_of_every_mend() {
    let text = include_str!("../../../README.md");
    for mend in ALL {
        assert!(text.contains(&format!("| `{}` |", mend.id())), "{}", mend.id());
    }
}

#[test]
fn what_needs_no_mend_stays_as_it_is() {
    let said =
        turns(&[("system", "s"), ("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")]);
    let example = chat(said);
    for mend in ALL.iter().filter(|mend| mend.id() != "system-to-user") {
        assert_eq!(mend.apply(example.clone()), std::slice::from_ref(&example), "{}", mend.id());
    }
}

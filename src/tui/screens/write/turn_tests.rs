//! What is promised of turns: put in, taken away, given another role, made of more than text.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use serde_json::json;

use super::tests::{answered, drafts, shown};
use super::*;
use crate::dataset::Verb;
use crate::example::{Message, Role};
use crate::tui::screens::fixtures::id;

#[test]
fn a_turn_put_in_is_written_only_when_something_stands_in_it() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::MoveTop).press(Command::WriteAddTurn).press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
    assert!(!driven.picture(80, 24).contains("empty"));
    driven.press(Command::MoveTop).press(Command::WriteAddTurn).type_text("First.").give(Input::Woken);
    assert_eq!(drafts(&mut driven), [(412, "insert/1".to_owned(), "First.".to_owned())]);
    driven.give(Input::Changed(None)).answer_example(&answered(1), &[]);
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    let roles: Vec<Role> = prompt.messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::System, Role::User, Role::User]);
    assert_eq!(prompt.messages[1].text(), "First.");
    // What was typed of it comes back to its place.
    let mut driven = shown(&answered(1), &[("insert/1", "First."), ("prompt/1", "second!")]);
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    let texts: Vec<_> = prompt.messages.iter().map(Message::text).collect();
    assert_eq!(texts, ["Answer with one JSON object.", "First.", "second!"]);
}

#[test]
fn turns_and_responses_are_deleted_and_change_their_role() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteDeleteTurn);
    assert!(
        matches!(&driven.verbs()[..], [Verb::RemoveResponse { example: 412, response }] if *response == id(101))
    );
    driven.press(Command::MoveTop).press(Command::WriteRole);
    assert!(driven.take().iter().any(|effect| matches!(effect, Effect::Pick(_))));
    driven.give(Input::Picked(Purpose::Role, vec!["user".to_owned()]));
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(prompt.messages[0].role, Role::User);
    driven.press(Command::WriteDeleteTurn);
    assert!(
        matches!(&driven.verbs()[..], [Verb::Write { prompt: Some(prompt), .. }] if prompt.messages.len() == 1)
    );
}

#[test]
fn what_is_no_plain_text_is_read_but_not_typed_in() {
    let turn = |value| Message::from_json(&value).unwrap();
    let mut example = answered(1);
    example.prompt.messages[1] =
        turn(json!({"role": "user", "content": [{"type": "text", "text": "What is this?"}]}));
    example.responses[0].messages = vec![
        turn(json!({"role": "assistant", "content": null, "tool_calls": [
            {"id": "c1", "function": {"name": "look", "arguments": "{\"at\": 1}"}}]})),
        turn(json!({"role": "tool", "content": "a boat", "tool_call_id": "c1"})),
        turn(json!({"role": "assistant", "content": "It is a boat."})),
    ];
    let mut driven = shown(&example, &[]);
    assert_snapshot!("tools", driven.picture(80, 24));
    driven.press(Command::MoveTop).press(Command::WriteNextField).press(Command::WriteEdit);
    assert!(driven.said()[0].contains("made of parts"));
    driven.press(Command::WriteNextField).press(Command::WriteEdit);
    assert!(driven.said()[0].contains("tool calls"));
    driven.press(Command::MoveBottom).press(Command::WriteEdit).type_text(" Yes.").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages.len(), 3);
    assert_eq!(responses[0].messages[2].text(), "It is a boat. Yes.");
    assert_eq!(responses[0].messages[0].tool_calls.len(), 1);
}

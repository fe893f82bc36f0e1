//! What is promised of turns: put in, taken away, given another role, made of more than text.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use serde_json::json;

use super::tests::{answered, drafts, shown};
use super::*;
use crate::dataset::Verb;
use crate::example::{Example, Message, Prompt, Role};
use crate::tui::screens::fixtures::{Driven, example, id};

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
    assert!(driven.picture(80, 24).contains("\"name\": \"look\""), "tool calls are typed as JSON");
    driven.press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
    driven.press(Command::MoveBottom).press(Command::WriteEdit).type_text(" Yes.").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages.len(), 3);
    assert_eq!(responses[0].messages[2].text(), "It is a boat. Yes.");
    assert_eq!(responses[0].messages[0].tool_calls.len(), 1);
}

/// A conversation of five turns, with two responses.
fn long() -> Example {
    let turns = [
        (Role::System, "Be brief."),
        (Role::User, "Hi."),
        (Role::Assistant, "Hello."),
        (Role::User, "When is low tide?"),
        (Role::User, "In Brest."),
    ];
    let messages = turns.map(|(role, text)| Message::new(role, text)).to_vec();
    example(1, Prompt { messages, tools: Vec::new() }, &["At two.", "At 14:02."])
}

/// The prompt as the last verb wrote it.
fn written(driven: &mut Driven<Write>) -> Vec<String> {
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    prompt.messages.iter().map(|message| format!("{} {}", message.role.as_str(), message.text())).collect()
}

#[test]
fn turns_are_joined_moved_and_weighed_each_with_one_undo() {
    let mut driven = shown(&long(), &[]);
    driven.press(Command::MoveTop).press(Command::WriteJoinTurns);
    assert_eq!(driven.said(), ["only turns of the same role are joined; c changes the role"]);
    for _ in 0..3 {
        driven.press(Command::WriteNextField);
    }
    driven.press(Command::WriteJoinTurns);
    assert_eq!(written(&mut driven)[3..], ["user When is low tide?\n\nIn Brest."]);
    driven.press(Command::WriteMoveTurnUp);
    assert_eq!(written(&mut driven)[2..], ["user When is low tide?\n\nIn Brest.", "assistant Hello."]);
    driven.press(Command::WriteMoveTurnDown);
    written(&mut driven);
    driven.press(Command::WriteMoveTurnDown);
    assert!(driven.said()[0].contains("no turn to change places with"));
    for weight in [Some(0), Some(1), None] {
        driven.press(Command::WriteWeight);
        let verbs = driven.verbs();
        let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
        assert_eq!(prompt.messages[3].weight, weight.map(serde_json::Number::from));
    }
}

#[test]
fn a_turn_is_parted_at_the_cursor_in_one_action() {
    let mut driven = shown(&long(), &[]);
    driven.press(Command::MoveTop).press(Command::WriteNextField).press(Command::WriteEdit);
    driven.type_text(" And when is high tide?");
    for _ in " And when is high tide?".chars() {
        driven.press(Command::EditorLeft);
    }
    driven.press(Command::WriteSplitTurn);
    let turns = written(&mut driven);
    assert_eq!(turns[1..4], ["user Hi.", "assistant And when is high tide?", "assistant Hello."]);
    assert_eq!(driven.screen.context(), Context::Editor, "one goes on typing in the second half");
    driven.press(Command::EditorTop).press(Command::WriteSplitTurn);
    assert!(driven.said()[0].contains("nothing to part"));
}

#[test]
fn tools_and_calls_are_typed_as_json_and_what_is_broken_stays_a_draft() {
    let mut driven = shown(&long(), &[]);
    driven.press(Command::WriteTools).type_text("[{\"name\": \"tide\"}").press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
    assert!(driven.said()[0].starts_with("the tools: line 1"));
    driven.press(Command::MoveTop).press(Command::WriteEdit).type_text("]").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(prompt.tools, [json!({"name": "tide"})]);
    driven.press(Command::MoveBottom).press(Command::WriteCalls);
    driven.type_text("{\"name\": \"tide\", \"arguments\": {}}").press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }, Verb::SetStatus { .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages[0].tool_calls[0].name, "tide");
}

#[test]
fn after_a_call_comes_the_tool_and_after_the_tool_the_assistant() {
    let mut calling = long();
    calling.responses[0].messages[0].tool_calls =
        crate::tui::screens::write::calls::calls_of("{\"id\": \"c1\", \"name\": \"tide\"}", &[]).unwrap();
    let mut driven = shown(&calling, &[]);
    driven.press(Command::MoveBottom).press(Command::MoveUp).press(Command::WriteAddTurn).type_text("14:02");
    driven.give(Input::Woken);
    assert_eq!(drafts(&mut driven), [(412, format!("insert/{}/1", id(101)), "14:02".to_owned())]);
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    let answer = &responses[0].messages[1];
    assert_eq!((answer.role, answer.tool_call_id.as_deref()), (Role::Tool, Some("c1")));
}

#[test]
fn a_rewritten_response_beats_the_one_it_came_from() {
    let mut driven = shown(&long(), &[]);
    driven.press(Command::MoveBottom).press(Command::WriteRewrite).press(Command::EditorDone);
    assert!(driven.verbs().is_empty(), "nothing new was said");
    driven.press(Command::MoveBottom).press(Command::WriteRewrite).type_text(" Sharp.");
    assert!(driven.picture(80, 24).contains("to beat 2"));
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Rewrite { example: 412, origin, messages, submit: false }] = &verbs[..] else {
        panic!("{verbs:?}")
    };
    assert_eq!((*origin, messages[0].text().as_ref()), (id(102), "At 14:02. Sharp."));
    assert!(driven.screen.unsaved());
    driven.performed(verbs[0].clone(), Some(412));
    assert!(!driven.screen.unsaved());
}

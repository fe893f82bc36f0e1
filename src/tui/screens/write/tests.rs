//! What the screen promises: keys in, effects out, and pictures.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use insta::assert_snapshot;
use serde_json::json;

use super::*;
use crate::dataset::Verb;
use crate::example::{Example, Message, Prompt, Response, Role, Status};
use crate::tui::effect::{Answer, Request};
use crate::tui::screens::fixtures::{Driven, example, id, prompt};
use crate::tui::widgets::typing::AT_LATEST;

fn unanswered(n: u128) -> Example {
    example(n, prompt("Answer with one JSON object.", "hi, please stop my subscription"), &[])
}

pub(super) fn answered(n: u128) -> Example {
    example(
        n,
        prompt("Answer with one JSON object.", "hi, please stop my subscription"),
        &["{\"intent\": \"cancel\"}"],
    )
}

pub(super) fn shown(example: &Example, drafts: &[(&str, &str)]) -> Driven<Write> {
    let mut driven = Driven::new(Write::new(None));
    driven.answer_queue(Some((412, 3))).answer_example(example, drafts);
    driven
}

fn drafts(driven: &mut Driven<Write>) -> Vec<(i64, String, String)> {
    let mut drafts = Vec::new();
    let mut rest = Vec::new();
    for effect in driven.take() {
        match effect {
            Effect::KeepDraft { example, field, text } => drafts.push((example, field, text)),
            other => rest.push(other),
        }
    }
    driven.effects = rest;
    drafts
}

#[test]
fn the_common_path_is_read_type_submit() {
    let mut driven = shown(&unanswered(1), &[]);
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text("Done.").press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    let [Verb::Write { example: 412, prompt: None, responses, note: None, status: Some(Status::Submitted) }] =
        &verbs[..]
    else {
        panic!("{verbs:?}")
    };
    assert_eq!(responses.len(), 1);
    assert_eq!((responses[0].id, responses[0].messages[0].text().as_ref()), (None, "Done."));
    assert!(matches!(driven.asked().1, Request::Next(Queue::Write, Some(412))));
}

#[test]
fn what_is_typed_before_the_next_example_is_there_is_typed_in_it() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.type_text("one").press(Command::EditorSaveAndNext);
    driven.verbs();
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text("tw").press(Command::EditorDeleteLeft).type_text("wo");
    driven.answer_queue(Some((413, 3))).answer_example(&unanswered(2), &[]);
    assert_eq!(driven.screen.example(), Some(413));
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { example: 413, responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages[0].text(), "two");
}

#[test]
fn typing_is_kept_within_a_second_and_said_to_be_saved_only_then() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.take();
    driven.type_text("a").type_text("b");
    assert!(matches!(driven.take().as_slice(), [Effect::Wake(AT_LATEST)]));
    assert!(driven.screen.unsaved());
    assert!(driven.picture(80, 24).contains("typing …"));
    driven.give(Input::Woken);
    assert_eq!(drafts(&mut driven), [(412, "new".to_owned(), "ab".to_owned())]);
    assert!(driven.screen.unsaved());
    driven.give(Input::Answer(Answer::DraftKept(412, "new".to_owned())));
    assert!(!driven.screen.unsaved());
    assert!(driven.picture(80, 24).contains("saved as a draft ✓"));
    driven.type_text("c");
    assert!(matches!(driven.take().as_slice(), [Effect::Wake(AT_LATEST)]));
    driven.effects = driven.screen.leave();
    assert_eq!(drafts(&mut driven), [(412, "new".to_owned(), "abc".to_owned())]);
}

#[test]
fn a_draft_comes_back_into_the_editor() {
    let mut driven =
        shown(&answered(1), &[("response/00000000-0000-0000-0000-000000000065", "{\"intent\": ")]);
    assert_eq!(driven.said(), ["this is what you were typing here"]);
    assert_eq!(driven.screen.context(), Context::Editor);
    assert!(!driven.screen.unsaved());
    driven.type_text("1}").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, status: None, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(
        (responses[0].id, responses[0].messages[0].text().as_ref()),
        (Some(id(101)), "{\"intent\": 1}")
    );
}

#[test]
fn one_verb_writes_all_that_was_typed_in_one_go() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.type_text("Yes.").press(Command::WriteNextField).type_text(" Be brief.");
    driven.press(Command::WriteNextField).type_text("!").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { prompt: Some(prompt), responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(prompt.messages[0].text(), "Answer with one JSON object. Be brief.");
    assert_eq!(prompt.messages[1].text(), "hi, please stop my subscription!");
    assert_eq!(responses[0].messages[0].text(), "Yes.");
    assert_eq!(driven.screen.context(), Context::Write);
}

#[test]
fn nothing_typed_is_nothing_written() {
    let mut driven = shown(&answered(1), &[]);
    assert_eq!(driven.screen.context(), Context::Write);
    driven.press(Command::WriteEdit).press(Command::EditorDone);
    driven
        .press(Command::WriteEdit)
        .type_text("x")
        .press(Command::EditorDeleteLeft)
        .press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
    assert!(!driven.screen.unsaved());
}

#[test]
fn a_draft_that_is_deleted_again_is_dropped() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteEdit).type_text("x").give(Input::Woken);
    let name = format!("response/{}", id(101));
    assert_eq!(drafts(&mut driven).len(), 1);
    driven.press(Command::EditorDeleteLeft).press(Command::EditorDone);
    assert!(
        driven
            .take()
            .iter()
            .any(|effect| matches!(effect, Effect::DropDraft { example: 412, field } if *field == name))
    );
}

#[test]
fn a_reload_never_touches_what_is_being_typed() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteEdit).type_text(" typed");
    let mut other = answered(1);
    other.responses[0].messages[0] = Message::new(Role::Assistant, "changed elsewhere");
    other.prompt.messages[1] = Message::new(Role::User, "another question");
    driven.give(Input::Changed(Some(412))).answer_example(&other, &[]);
    let picture = driven.picture(80, 24);
    assert!(
        picture.contains("{\"intent\": \"cancel\"} typed") && picture.contains("another question"),
        "{picture}"
    );
    // And where the response is gone, what is typed becomes a new one.
    other.responses.clear();
    driven.give(Input::Changed(None)).answer_example(&other, &[]);
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(
        (responses[0].id, responses[0].messages[0].text().as_ref()),
        (None, "{\"intent\": \"cancel\"} typed")
    );
}

#[test]
fn an_answer_read_before_the_write_was_there_is_not_believed() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.type_text("Yes.").press(Command::EditorDone);
    let verb = driven.verbs().remove(0);
    driven.give(Input::Changed(None)).answer_example(&unanswered(1), &[("new", "Ye")]);
    assert!(driven.picture(80, 24).contains("Yes."));
    assert!(driven.screen.unsaved());
    driven.performed(verb, Some(412));
    assert!(!driven.screen.unsaved());
    assert!(matches!(driven.asked().1, Request::Example(412)));
}

#[test]
fn what_was_refused_is_typed_again_and_nothing_is_lost() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.type_text("Yes.").press(Command::EditorDone);
    let verb = driven.verbs().remove(0);
    driven.give(Input::Answer(Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    assert!(driven.screen.unsaved());
    driven.give(Input::Woken);
    assert_eq!(drafts(&mut driven), [(412, "new".to_owned(), "Yes.".to_owned())]);
    // The same where one is at another example already.
    let mut driven = shown(&unanswered(1), &[]);
    driven.type_text("Yes.").press(Command::EditorSaveAndNext);
    let verb = driven.verbs().remove(0);
    driven.answer_queue(Some((413, 3))).answer_example(&unanswered(2), &[]);
    driven.give(Input::Answer(Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    assert_eq!(drafts(&mut driven), [(412, "new".to_owned(), "Yes.".to_owned())]);
}

#[test]
fn submitting_without_a_response_goes_to_it_first() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.press(Command::EditorSaveAndNext);
    assert!(driven.verbs().is_empty());
    assert_eq!(driven.said(), ["there is no response yet: write it, then submit"]);
    assert_eq!(driven.screen.context(), Context::Editor);
}

#[test]
fn a_written_example_is_submitted_with_one_key() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::ExampleSubmit);
    assert!(
        matches!(&driven.verbs()[..], [Verb::Write { status: Some(Status::Submitted), responses, .. }] if responses.is_empty())
    );
    assert!(matches!(driven.asked().1, Request::Next(Queue::Write, Some(412))));
}

#[test]
fn a_new_example_begins_with_the_system_turn_of_the_one_before() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::ExampleNew);
    let (generation, request) = driven.asked();
    assert_eq!(request, Request::Example(UNBORN));
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text("Where is my parcel?").give(Input::Woken);
    assert_eq!(drafts(&mut driven), [(UNBORN, "prompt/1".to_owned(), "Where is my parcel?".to_owned())]);
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(made.status, Status::Pending);
    let told: Vec<_> =
        made.prompt.messages.iter().map(|message| (message.role, message.text().into_owned())).collect();
    assert_eq!(
        told,
        [
            (Role::System, "Answer with one JSON object.".to_owned()),
            (Role::User, "Where is my parcel?".to_owned())
        ]
    );
    assert!(driven.take().iter().any(|effect| matches!(effect, Effect::DropDraft { example: UNBORN, .. })));
    // Typed before it has its number: written as soon as it has.
    driven.press(Command::WriteAddResponse).type_text("There.").press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
    driven.performed(verbs[0].clone(), Some(500));
    assert!(
        matches!(&driven.verbs()[..], [Verb::Write { example: 500, responses, .. }] if responses.len() == 1)
    );
    assert_eq!(driven.screen.example(), Some(500));
}

#[test]
fn a_new_example_asks_for_the_system_turn_where_none_is_known() {
    let mut driven = Driven::new(Write::fresh());
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    driven.answer_queue(Some((7, 1))).answer_example(&answered(1), &[]);
    assert!(driven.picture(80, 24).contains("Answer with one JSON object."));
    driven.type_text("Q").press(Command::WriteNextField).type_text("A").press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!((made.status, made.responses.len(), made.prompt.messages.len()), (Status::Submitted, 1, 2));
    assert_eq!(made.responses[0].author.as_ref().unwrap().name, "ana");
}

#[test]
fn what_was_typed_of_a_new_example_comes_back() {
    let mut driven = Driven::new(Write::fresh());
    let (generation, _) = driven.asked();
    let drafts = [("prompt/1".to_owned(), "Where is".to_owned())].into_iter().collect();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, drafts)));
    assert!(driven.picture(80, 24).contains("Where is"));
    // An empty page is left without making anything.
    let mut driven = Driven::new(Write::fresh());
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    driven.press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
}

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

#[test]
fn undo_leads_to_the_example_it_was_about() {
    let mut driven = shown(&answered(1), &[]);
    driven.performed(Verb::Undo, Some(411));
    driven.answer_example(&answered(2), &[]);
    assert_eq!(driven.screen.example(), Some(411));
    driven.press(Command::WriteEdit).performed(Verb::Undo, Some(7));
    assert!(!driven.take().iter().any(|effect| matches!(effect, Effect::Ask(..))));
}

#[test]
fn an_empty_queue_is_calm() {
    let mut driven = Driven::new(Write::new(None));
    driven.answer_queue(None);
    assert_snapshot!("nothing", driven.picture(80, 12));
    driven.press(Command::WriteEdit);
    assert_eq!(driven.said(), ["nothing waits to be written; a new example can be begun"]);
    driven.give(Input::Changed(None)).answer_queue(Some((5, 1))).answer_example(&answered(1), &[]);
    assert_eq!(driven.screen.example(), Some(5));
    driven.press(Command::ExampleSkip).answer_queue(None);
    assert_eq!(driven.said(), ["nothing else waits to be written"]);
}

#[test]
fn the_annotator_s_own_editor_changes_the_text_and_can_be_undone() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteExternal);
    assert!(
        driven
            .take()
            .iter()
            .any(|effect| matches!(effect, Effect::External(text, _) if text == "{\"intent\": \"cancel\"}"))
    );
    driven.give(Input::Entered(EXTERNAL, "{}".to_owned()));
    assert!(driven.picture(80, 24).contains(" {}\n"));
    driven.press(Command::EditorUndo).press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
}

#[test]
fn flags_go_on_a_response_only_where_there_are_several() {
    let mut driven = shown(&example(1, Prompt::user("?"), &["a", "b"]), &[]);
    driven.press(Command::MoveBottom).press(Command::ExampleFlag);
    assert!(
        driven
            .take()
            .iter()
            .any(|effect| matches!(effect, Effect::Pick(picker) if picker.title == "Flag response 2"))
    );
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::ExampleFlag);
    assert!(
        driven
            .take()
            .iter()
            .any(|effect| matches!(effect, Effect::Pick(picker) if picker.title == "Flag the example"))
    );
}

#[test]
fn a_blank_response_is_filled_in_rather_than_added_to() {
    let mut blank = unanswered(1);
    blank.responses.push(Response { id: id(5), ..Response::new(None, "") });
    let mut driven = shown(&blank, &[]);
    driven.type_text("Yes.").press(Command::EditorSaveAndNext);
    assert!(matches!(&driven.verbs()[..], [Verb::Write { responses, .. }] if responses[0].id == Some(id(5))));
}

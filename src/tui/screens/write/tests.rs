//! What the screen promises: keys in, effects out, and pictures.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use insta::assert_snapshot;

use super::*;
use crate::dataset::{Seek, Selection, Verb};
use crate::example::{Example, Prompt, Response, Status};
use crate::tui::effect::Request;
use crate::tui::screens::fixtures::{Driven, example, id, prompt};

pub(super) fn unanswered(n: u128) -> Example {
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

pub(super) fn drafts(driven: &mut Driven<Write>) -> Vec<(i64, String, String)> {
    let mut drafts = Vec::new();
    let mut rest = Vec::new();
    for effect in driven.take() {
        match effect {
            // The place is kept with every text.
            Effect::KeepDraft { field, .. } if field == crate::tui::widgets::typing::PLACE => {}
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
    let [
        Verb::Write { example: 412, prompt: None, responses, note: None, status: None },
        Verb::SetStatus { on: Selection::One(412), status: Status::Submitted },
    ] = &verbs[..]
    else {
        panic!("{verbs:?}")
    };
    assert_eq!(responses.len(), 1);
    assert_eq!((responses[0].id, responses[0].messages[0].text().as_ref()), (None, "Done."));
    assert!(matches!(driven.asked().1, Request::Next(Queue::Write, Seek::After(Some(412)))));
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
    assert!(matches!(
        &driven.verbs()[..],
        [Verb::SetStatus { status: Status::Submitted, on: Selection::One(412) }]
    ));
    assert!(matches!(driven.asked().1, Request::Next(Queue::Write, Seek::After(Some(412)))));
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
    assert!(
        matches!(&driven.verbs()[..], [Verb::Write { responses, .. }, Verb::SetStatus { .. }] if responses[0].id == Some(id(5)))
    );
}

#[test]
fn a_submission_without_a_required_value_says_so_once_it_is_on_disk() {
    let mut driven = shown(&answered(1), &[]);
    let facet = crate::example::Facet {
        id: id(1),
        name: "task".to_owned(),
        several: false,
        open: false,
        required: true,
        values: Vec::new(),
    };
    driven.shared.definitions.facets = vec![facet];
    driven.press(Command::ExampleSubmit);
    let verb = driven.verbs().remove(0);
    assert!(driven.screen.unsaved() && driven.said().is_empty());
    driven.performed(verb, Some(412));
    assert!(!driven.screen.unsaved());
    assert_eq!(driven.said(), ["submitted without task, which is required: t tags"]);
}

#[test]
fn only_an_example_opened_on_purpose_begins_typing() {
    let mut driven = shown(&answered(1), &[]);
    for command in [Command::ExampleSkip, Command::ExamplePrevious, Command::ExampleDiscard] {
        driven.press(command).answer_queue(Some((413, 4))).answer_example(&unanswered(2), &[("new", "ha")]);
        assert_eq!(driven.screen.context(), Context::Write);
        assert!(driven.picture(80, 24).contains("ha"), "what was typed is seen");
    }
    driven.performed(Verb::Undo, Some(411));
    driven.answer_example(&unanswered(3), &[]);
    assert_eq!((driven.screen.example(), driven.screen.context()), (Some(411), Context::Write));
    driven.press(Command::WriteEdit).type_text("Yes.").press(Command::EditorSaveAndNext);
    driven.answer_queue(Some((412, 3))).answer_example(&unanswered(1), &[]);
    assert_eq!(driven.screen.context(), Context::Editor);
}

#[test]
fn a_list_is_followed_to_its_end() {
    let mut driven = Driven::new(Write::new(Some(412)));
    driven.answer_example(&answered(1), &[]);
    let ids = std::sync::Arc::new(vec![400, 412, 420]);
    driven.shared.trail = Some(crate::tui::effect::Trail { filter: "status:submitted".to_owned(), ids });
    assert!(driven.picture(100, 24).contains("2 of 3 · status:submitted"));
    driven.press(Command::ExampleApprove);
    let verb = driven.verbs().remove(0);
    driven.answer_example(&answered(2), &[]).performed(verb, Some(412));
    assert_eq!((driven.screen.example(), driven.said()), (Some(420), Vec::new()));
    driven.press(Command::ExampleNext);
    assert_eq!(driven.said(), ["this is the last of 3 examples · status:submitted"]);
    driven.press(Command::ExampleSubmit);
    let verb = driven.verbs().remove(0);
    driven.performed(verb, Some(420));
    assert_eq!(driven.said(), ["this is the last of 3 examples · status:submitted"]);
    assert_eq!(driven.screen.example(), Some(420));
    driven.press(Command::ExamplePrevious);
    assert!(matches!(driven.asked().1, Request::Example(412)));
}

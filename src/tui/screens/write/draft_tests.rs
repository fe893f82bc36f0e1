//! What is promised of what is being typed: kept, brought back, never lost.

#![allow(clippy::unwrap_used)]

use super::tests::{answered, drafts, shown, unanswered};
use super::*;
use crate::dataset::Verb;
use crate::example::{Message, Role};
use crate::tui::effect::{Answer, Request};
use crate::tui::screens::fixtures::{Driven, id};
use crate::tui::widgets::typing::AT_LATEST;

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
    driven.give(Input::Answer(Answer::DraftKept(412, "place".to_owned())));
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
fn one_comes_back_to_the_place_where_one_was_typing() {
    let mut driven =
        shown(&answered(1), &[("new", "One two three."), ("place", "new 4"), ("prompt/1", "hi!")]);
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text("and ").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages[0].text(), "One and two three.");
}

#[test]
fn a_cursor_that_only_moved_is_kept_too_and_the_text_stays_saved() {
    let mut driven = shown(&unanswered(1), &[]);
    driven.press(Command::EditorLeft);
    assert!(driven.take().is_empty(), "nothing is typed, so there is no place to come back to");
    driven.type_text("ab").give(Input::Woken);
    driven.give(Input::Answer(Answer::DraftKept(412, "new".to_owned())));
    driven.give(Input::Answer(Answer::DraftKept(412, "place".to_owned())));
    driven.take();
    driven.press(Command::EditorLeft);
    assert!(matches!(driven.take().as_slice(), [Effect::Wake(AT_LATEST)]));
    assert!(driven.picture(80, 24).contains("saved as a draft ✓"));
    driven.give(Input::Woken);
    let effects = driven.take();
    let [Effect::KeepDraft { field, text, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((field.as_str(), text.as_str()), ("place", "new 1"));
}

#[test]
fn a_page_that_cannot_be_read_is_kept_for_another_try() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteExternalExample);
    let opened = |driven: &mut Driven<Write>| {
        let effects = driven.take();
        let pages = effects.into_iter().filter_map(|effect| match effect {
            Effect::External(page, PAGE) => Some(page),
            _ => None,
        });
        pages.last().unwrap()
    };
    let page = opened(&mut driven);
    let broken = page.replace("=== user", "=== usher");
    driven.give(Input::Entered(PAGE, broken));
    assert!(driven.said().last().unwrap().contains("E opens it again"));
    driven.give(Input::Woken);
    let kept = drafts(&mut driven);
    let [(412, name, text)] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(name, "page");
    // And it is there again after the program was killed.
    let mut driven = shown(&answered(1), &[("page", text)]);
    driven.press(Command::WriteExternalExample);
    let again = opened(&mut driven);
    assert!(again.contains("usher") && again.starts_with('#'));
    driven.give(Input::Entered(PAGE, again.replace("usher", "user").replace("subscription", "trial")));
    let verbs = driven.verbs();
    let [Verb::Edit { example: 412, changes }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(changes.prompt.as_ref().unwrap().messages[1].text(), "hi, please stop my trial");
    assert!(driven.screen.unsaved());
    driven.performed(verbs[0].clone(), Some(412));
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

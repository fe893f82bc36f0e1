//! What is promised of examples that are to be made.

#![allow(clippy::unwrap_used)]

use super::tests::{answered, drafts, shown};
use super::*;
use crate::dataset::Verb;
use crate::example::{Role, Status, Tag};
use crate::tui::effect::{Answer, Request, Seed};
use crate::tui::screens::fixtures::Driven;

#[test]
fn a_new_example_begins_with_the_system_turn_of_the_one_before() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::ExampleNew);
    let (generation, request) = driven.asked();
    assert_eq!(request, Request::Example(UNBORN));
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.answer_example(&answered(1), &[]);
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
fn a_new_example_takes_the_system_turn_of_the_one_it_was_called_from() {
    let mut driven = Driven::new(Write::fresh(Seed::Blank(Some(7))));
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    driven.answer_example(&answered(1), &[]);
    assert!(driven.picture(80, 24).contains("Answer with one JSON object."));
    driven.type_text("Q").press(Command::WriteNextField).type_text("A").press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!((made.status, made.responses.len(), made.prompt.messages.len()), (Status::Submitted, 1, 2));
    assert_eq!(made.responses[0].author.as_ref().unwrap().name, "ana");
}

#[test]
fn what_was_typed_of_a_new_example_comes_back() {
    let mut driven = Driven::new(Write::fresh(Seed::Blank(None)));
    let (generation, _) = driven.asked();
    let drafts = [("prompt/1".to_owned(), "Where is".to_owned())].into_iter().collect();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, drafts)));
    assert!(driven.picture(80, 24).contains("Where is"));
    // An empty page is left without making anything.
    let mut driven = Driven::new(Write::fresh(Seed::Blank(None)));
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    driven.press(Command::EditorDone);
    assert!(driven.verbs().is_empty());
}

#[test]
fn a_variant_is_there_at_once_and_remembers_where_it_came_from() {
    let mut origin = answered(1);
    origin.tags = vec![Tag::new("intent", "cancel")];
    let mut driven = shown(&origin, &[]);
    driven.press(Command::ExampleVariant);
    driven.answer_example(&origin, &[]);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!((made.origin, &made.prompt, &made.tags), (Some(origin.id), &origin.prompt, &origin.tags));
    assert!(made.id != origin.id && made.responses.is_empty());
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text(", please").press(Command::EditorDone);
    driven.performed(verbs[0].clone(), Some(500));
    let verbs = driven.verbs();
    let [Verb::Write { example: 500, prompt: Some(prompt), .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(prompt.messages[1].text(), "hi, please stop my subscription, please");
}

#[test]
fn the_largest_gap_gives_a_new_example_its_tags() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::ExampleForGap);
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, std::collections::HashMap::new())));
    driven.type_text("Where is my card?").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    let lacking = crate::curation::coverage::Coverage::of(&driven.shared.counts).facets;
    assert!(!lacking.is_empty() && made.tags.len() == lacking.len(), "{:?}", made.tags);
}

//! Whole sessions of keys on a real dataset.

#![allow(clippy::unwrap_used)]

use crate::example::{Example, Status};
use crate::tui::harness::Harness;

fn example(harness: &Harness, id: i64) -> Example {
    harness.reader().example(id).unwrap().unwrap()
}

fn answers(harness: &Harness, id: i64) -> Vec<String> {
    example(harness, id).responses.iter().map(crate::example::Response::text).collect()
}

#[test]
fn read_type_submit_and_the_next_one_is_there() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("g w");
    let screen = harness.screen();
    assert!(screen.contains("Meine Karte ist weg!") && screen.contains("Write #3"), "{screen}");
    harness.type_text("Das tut mir leid.").keys("ctrl-s");
    assert_eq!(answers(&harness, 3), ["Das tut mir leid."]);
    assert_eq!(example(&harness, 3).status, Status::Submitted);
    assert_eq!(example(&harness, 3).responses[0].author.as_ref().unwrap().name, "ana");
    assert!(harness.screen().contains("Write #4"));
}

#[test]
fn what_is_typed_is_on_disk_within_a_second_and_comes_back() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("g w").type_text("half a tho");
    assert!(harness.screen().contains("typing …"));
    harness.wait(1_000);
    assert!(harness.screen().contains("saved as a draft ✓"));
    assert_eq!(harness.reader().drafts(3, "ana").unwrap()["new"], "half a tho");
    assert!(answers(&harness, 3).is_empty());
    // Esc writes it, and the draft is gone.
    harness.keys("esc");
    assert_eq!(answers(&harness, 3), ["half a tho"]);
    assert!(harness.reader().drafts(3, "ana").unwrap().is_empty());
    assert_eq!(example(&harness, 3).status, Status::Draft);
    assert!(harness.screen().contains("saved ✓"));
    // Its own response now: typed in again, it is changed, not added to.
    harness.keys("e").type_text("ught").keys("esc");
    assert_eq!(answers(&harness, 3), ["half a thought"]);
    harness.keys("u u");
    assert!(answers(&harness, 3).is_empty());
    assert!(harness.screen().contains("no response yet"));
}

#[test]
fn what_was_typed_is_written_when_one_goes_elsewhere() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("g w").type_text("half").keys("ctrl-p");
    // The palette leads elsewhere without a word from the editor.
    harness.keys("f2").type_text("Home").keys("enter");
    assert!(harness.screen().contains("NEXT"));
    harness.keys("g w");
    assert!(harness.screen().contains("half"));
    assert_eq!(answers(&harness, 3), ["half"], "leaving wrote it");
    assert_eq!(example(&harness, 3).status, Status::Draft);
    assert!(harness.reader().drafts(3, "ana").unwrap().is_empty());
    harness.keys("e").type_text(" more").keys("esc");
    assert_eq!(answers(&harness, 3), ["half more"]);
}

#[test]
fn a_new_example_is_made_and_answered() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("n");
    assert!(!harness.screen().contains("Answer with one JSON"), "Home is no example");
    harness.keys("esc esc b n");
    let screen = harness.screen();
    assert!(screen.contains("Answer with one JSON object: intent, entities, confidence."), "{screen}");
    harness.type_text("Where is my parcel?").wait(1_000);
    assert_eq!(harness.reader().drafts(0, "ana").unwrap()["prompt/1"], "Where is my parcel?");
    harness.keys("tab").type_text("On its way.").keys("ctrl-s");
    let made = example(&harness, 9);
    assert_eq!((made.status, made.prompt.question().as_ref()), (Status::Submitted, "Where is my parcel?"));
    assert_eq!(answers(&harness, 9), ["On its way."]);
    assert!(harness.reader().drafts(0, "ana").unwrap().is_empty());
    harness.keys("esc u");
}

#[test]
fn tags_notes_and_splits_are_set_from_menus() {
    let mut harness = Harness::sample(120, 40);
    harness.keys("g w esc N").type_text("ask legal").keys("enter");
    assert_eq!(example(&harness, 3).note, "ask legal");
    assert!(harness.screen().contains("ask legal"));
    harness.keys("P").type_text("test").keys("enter");
    assert_eq!(example(&harness, 3).split.map(crate::example::Split::as_str), Some("test"));
    harness.keys("f").type_text("unclear").keys("enter").type_text("which card?").keys("enter");
    let flags = example(&harness, 3).flags;
    assert_eq!((flags[0].kind.as_str(), flags[0].note.as_str()), ("unclear", "which card?"));
    harness.keys("F");
    assert!(example(&harness, 3).flags[0].resolved);
    harness.keys("S").type_text("approved").keys("enter");
    assert_eq!(example(&harness, 3).status, Status::Approved);
}

#[test]
fn undo_after_a_submission_leaves_the_text_as_a_draft() {
    let mut harness = Harness::sample(100, 30);
    harness.keys("g w").type_text("Das tut mir leid.").keys("ctrl-s");
    harness.keys("u");
    assert_eq!(example(&harness, 3).status, Status::Draft);
    assert_eq!(answers(&harness, 3), ["Das tut mir leid."]);
    assert!(harness.screen().contains("Write #3"), "{}", harness.screen());
}

/// Four examples without a response.
fn unanswered(dataset: &mut crate::dataset::Dataset) {
    for n in 1..=4 {
        let prompt = crate::example::Prompt::user(format!("question {n}"));
        let example = Example::new(crate::example::Kind::Sft, prompt);
        dataset.perform(&crate::dataset::Verb::Create(Box::new(example))).unwrap();
    }
}

#[test]
fn skips_skip_and_a_discard_is_undone_with_the_next_key() {
    let mut harness = Harness::with(unanswered, 100, 30);
    harness.keys("g w esc s s s");
    assert!(harness.screen().contains("Write #4"), "{}", harness.screen());
    let mut harness = Harness::with(unanswered, 100, 30);
    harness.keys("g w esc x u");
    assert_eq!(example(&harness, 1).status, Status::Pending);
    assert!(harness.screen().contains("Write #1"), "{}", harness.screen());
}

#[test]
fn a_quit_while_typing_writes_what_was_typed() {
    use crate::tui::message::{Message, Signal};
    let mut harness = Harness::sample(100, 30);
    harness.keys("g w").type_text("half a tho").message(Message::Signal(Signal::End));
    assert!(harness.ended && harness.shell.lost().is_empty());
    assert_eq!(answers(&harness, 3), ["half a tho"]);
    assert_eq!(example(&harness, 3).status, Status::Draft);
}

#[test]
fn a_menu_opens_on_the_value_that_is_set() {
    let mut harness = Harness::sample(120, 40);
    harness.keys("b enter S enter P");
    assert_eq!(example(&harness, 1).status, Status::Submitted);
    assert!(harness.screen().contains("▸ ● none"), "{}", harness.screen());
}

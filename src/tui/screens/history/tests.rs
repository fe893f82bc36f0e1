//! What the journal promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{ResponseText, Verb};
use crate::example::{Message, Role, Status};
use crate::tui::harness::Harness;

fn worked(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::sample(cells, rows);
    harness
        .keys("b a j x t")
        .type_text("topic:billing")
        .keys("enter f enter")
        .type_text("it was once")
        .keys("enter u");
    harness.keys("g h g y");
    harness
}

#[test]
fn the_newest_is_first_and_what_was_undone_is_marked() {
    insta::assert_snapshot!("history_80x24", worked(80, 24).screen());
    insta::assert_snapshot!("history_160x50", worked(160, 50).keys("j j j").screen());
}

/// An example whose prompt and response were written anew, and its number.
fn written(cells: u16, rows: u16) -> (Harness, i64) {
    let mut id = 0;
    let harness = Harness::with(
        |dataset| {
            crate::tui::harness::sample(dataset);
            let reader = dataset.reader().unwrap();
            id = reader.find("2").unwrap();
            let example = reader.example(id).unwrap().unwrap();
            let mut prompt = example.prompt.clone();
            let last = prompt.messages.len() - 1;
            prompt.messages[last] = Message::new(Role::User, "Where is my parcel, please?");
            let write = |prompt, text: &str| Verb::Write {
                example: id,
                prompt,
                responses: vec![ResponseText {
                    id: example.responses.first().map(|response| response.id),
                    messages: vec![Message::new(Role::Assistant, text)],
                }],
                note: None,
                status: None,
            };
            let text =
                "I am sorry that it has not arrived. I have asked the carrier,\nand will write by noon.";
            dataset.perform(&write(Some(prompt), text)).unwrap();
            dataset.perform(&write(None, &text.replace("write by noon", "call by Friday"))).unwrap();
        },
        cells,
        rows,
    );
    (harness, id)
}

#[test]
fn texts_are_told_by_their_words_and_earlier_ones_are_restored() {
    let (mut harness, id) = written(80, 24);
    harness.keys("b g g j g y");
    assert!(harness.screen().contains(&format!("History of #{id}")), "{}", harness.screen());
    insta::assert_snapshot!("history_words_80x24", harness.screen());
    harness.keys("j R");
    let text = || harness.reader().example(id).unwrap().unwrap().responses[0].text();
    assert!(text().ends_with("write by noon."), "{}", text());
    assert!(harness.screen().contains(&format!("restored #{id} as of")), "{}", harness.screen());
    harness.keys("u");
    assert!(harness.reader().example(id).unwrap().unwrap().responses[0].text().ends_with("call by Friday."));
}

#[test]
fn from_an_example_one_comes_to_its_history_and_from_there_to_that_of_all() {
    let mut harness = Harness::sample(80, 24);
    for way in ["b g g", "b g g enter", "g h g w esc"] {
        harness.keys(way).keys("g y");
        assert!(harness.screen().contains("─ History of #"), "{way}\n{}", harness.screen());
        harness.keys("g y");
        assert!(harness.screen().contains("─ History  "), "{way}\n{}", harness.screen());
        harness.keys("g h");
    }
}

#[test]
fn one_goes_back_to_a_moment_and_forward_again() {
    let mut harness = worked(80, 24);
    // Undid the flag, the flag, the tag, the discarding, the approval, …
    harness.keys("j j j j z");
    let reader = harness.reader();
    let example = reader.example(2).unwrap().unwrap();
    assert_eq!((example.status, example.tags.len()), (Status::Approved, 2));
    assert_eq!(reader.example(1).unwrap().unwrap().status, Status::Approved, "the selected one itself stays");
    harness.keys("U U");
    assert_eq!(harness.reader().example(2).unwrap().unwrap().status, Status::Discarded);
}

#[test]
fn the_journal_of_many_actions_comes_as_one_scrolls() {
    let mut harness = Harness::sample(80, 24);
    harness.keys("b");
    for _ in 0..130 {
        harness.keys("a p");
    }
    harness.keys("g h g y G");
    harness.keys("G G");
    assert!(harness.screen().contains("made #1\n"), "{}", harness.screen());
}

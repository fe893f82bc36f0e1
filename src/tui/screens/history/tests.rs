//! What the journal promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::example::Status;
use crate::tui::harness::Harness;

fn worked(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::sample(cells, rows);
    harness
        .keys("b a j x t")
        .type_text("topic:billing")
        .keys("enter f enter")
        .type_text("it was once")
        .keys("enter u");
    harness.keys("g y");
    harness
}

#[test]
fn the_newest_is_first_and_what_was_undone_is_marked() {
    insta::assert_snapshot!("history_80x24", worked(80, 24).screen());
    insta::assert_snapshot!("history_160x50", worked(160, 50).keys("j j j").screen());
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
    harness.keys("g y G");
    harness.keys("G G");
    assert!(harness.screen().contains("made #1\n"), "{}", harness.screen());
}

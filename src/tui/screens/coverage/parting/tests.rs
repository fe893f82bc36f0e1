//! What parting a value promises, by keys.

#![allow(clippy::unwrap_used)]

use super::super::tests::{FACETS, has};
use crate::dataset::{Dataset, Selection, Verb, parse_facets_file};
use crate::example::{Example, Kind, Prompt, Status, Tag};
use crate::tui::harness::Harness;

/// Four refunds, of which one says “part of”, and one is only a draft.
fn refunds(dataset: &mut Dataset) {
    dataset.perform(&Verb::Define(parse_facets_file("f", FACETS).unwrap())).unwrap();
    let rows = [
        ("Where is the whole amount?", Status::Approved),
        ("I got part of it.", Status::Approved),
        ("Nothing came.", Status::Approved),
        ("Only part of the whole amount came.", Status::Draft),
    ];
    for (asks, status) in rows {
        let mut example = Example::new(Kind::Sft, Prompt::user(asks));
        example.status = status;
        example.tags = vec![Tag::new("intent", "refund"), Tag::new("language", "en")];
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

fn refunds_board(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(refunds, cells, rows);
    harness.keys("g c");
    for (key, facet) in [("r", "intent"), ("c", "language")] {
        harness.keys(key).type_text(facet).keys("enter");
    }
    harness
}

fn intents(harness: &Harness) -> Vec<String> {
    let reader = harness.reader();
    (1..=4).map(|id| reader.example(id).unwrap().unwrap().tags[0].value.clone()).collect()
}

#[test]
fn those_that_match_a_search_become_a_value_of_their_own_and_one_undo_takes_it_back() {
    let mut harness = refunds_board(80, 24);
    harness.keys("P");
    has(&mut harness, "PART intent:refund   4 examples carry it");
    harness.type_text("\"part of\"");
    let counted = harness.screen();
    let row = counted.lines().find(|line| line.contains("\"part of\"")).unwrap();
    assert!(row.trim_end().ends_with(" 2"), "how many is told before it is done: {counted}");
    let rest = counted.lines().find(|line| line.contains("all others")).unwrap();
    assert!(rest.contains("refund") && rest.trim_end().ends_with(" 2"), "{counted}");
    assert_eq!(intents(&harness), ["refund"; 4], "nothing is done yet");
    // enter goes to what is missing
    harness.keys("enter");
    has(&mut harness, "type what these become");
    harness.type_text("partial").keys("enter");
    has(&mut harness, "parted intent:refund into refund/partial on 2 examples; 2 stay");
    assert_eq!(intents(&harness), ["refund", "refund/partial", "refund", "refund/partial"]);
    // one is at the new value
    has(&mut harness, "refund/partial × en: 1 usable");
    let actions = harness.reader().actions(None, 1).unwrap();
    assert_eq!(actions[0].sentence, "parted intent:refund into refund/partial on 2 examples; 2 stay");
    harness.keys("u");
    assert_eq!(intents(&harness), ["refund"; 4]);
    assert!(!harness.screen().contains("partial ×"), "{}", harness.screen());
}

#[test]
fn a_value_is_parted_in_several_the_first_line_that_matches_has_an_example_and_the_rest_gets_a_last_one() {
    let mut harness = refunds_board(120, 36);
    harness.keys("P").type_text("\"whole amount\"").keys("tab").type_text("full");
    harness.keys("tab").type_text("\"part of\"").keys("tab").type_text("partial");
    harness.keys("tab tab tab ctrl-u").type_text("refund/other");
    has(&mut harness, "there is no refund any more");
    harness.keys("enter");
    assert_eq!(intents(&harness), ["refund/full", "refund/partial", "refund/other", "refund/full"]);
    let facets = harness.reader().definitions().unwrap().facets;
    let intent = facets.iter().find(|facet| facet.name == "intent").unwrap();
    assert!(intent.values.iter().all(|value| value.name != "refund"));
    harness.keys("u");
    assert_eq!(intents(&harness), ["refund"; 4]);
}

#[test]
fn what_would_part_nothing_is_refused_and_what_is_typed_stays() {
    let mut harness = refunds_board(80, 24);
    harness.keys("P enter");
    has(&mut harness, "type which examples of refund get another value");
    harness.type_text("zebra").keys("tab").type_text("odd").keys("enter");
    has(&mut harness, "no example of refund is found by this");
    has(&mut harness, "zebra");
    harness.keys("ctrl-u").type_text("status:drafty").keys("enter");
    has(&mut harness, "drafty");
    harness.keys("ctrl-u").type_text("status:draft").keys("tab ctrl-u").type_text("refund").keys("enter");
    has(&mut harness, "is what they carry already");
    // esc leaves it, and nothing was done
    harness.keys("esc");
    has(&mut harness, "Coverage  intent × language");
    assert_eq!(intents(&harness), ["refund"; 4]);
}

#[test]
fn what_others_do_meanwhile_is_counted_anew() {
    let mut harness = refunds_board(80, 24);
    harness.keys("P").type_text("\"part of\"");
    harness.elsewhere("bo", &Verb::RemoveTag { on: Selection::One(2), tag: Tag::new("intent", "refund") });
    harness.look();
    has(&mut harness, "PART intent:refund   3 examples carry it");
}

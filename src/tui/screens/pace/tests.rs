//! What the board of pace promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Verb};
use crate::example::{Example, Kind, Prompt, Response, Status, Tag, Timestamp};
use crate::tui::harness::Harness;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Thirty examples that ana and bo wrote on the last six days, five a day, ten minutes each.
fn worked(dataset: &mut Dataset) {
    for n in 0..30_i64 {
        dataset.set_annotator(if n % 2 == 0 { "ana" } else { "bo" }).unwrap();
        let example = Example {
            status: Status::Submitted,
            responses: vec![Response::new(None, format!("answer {n}"))],
            tags: vec![Tag::new("intent", "cancel")],
            ..Example::new(Kind::Sft, Prompt::user(format!("question {n}")))
        };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
    dataset.set_annotator("ana").unwrap();
    let noon = Timestamp::now().0 / DAY * DAY + DAY / 2;
    let file = rusqlite::Connection::open(dataset.path()).unwrap();
    for n in 0..30_i64 {
        let at = noon - DAY * (6 - n / 5) + (n % 5) * 5 * 60 * 1_000;
        file.execute("UPDATE action SET at = ?2 WHERE id = ?1", [n + 1, at]).unwrap();
    }
}

fn board(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(worked, cells, rows);
    harness.keys("g p");
    harness
}

#[test]
fn the_board_says_what_was_finished_how_fast_and_when_it_will_be_enough() {
    for (cells, rows) in [(80, 40), (160, 50)] {
        let screen = board(cells, rows).screen();
        assert!(screen.contains("8 weeks · 30 examples on 6 days"), "{screen}");
        assert!(screen.contains("missing until all targets are reached; at this rate"), "{screen}");
        assert!(screen.contains("nobody said what work costs"), "{screen}");
        let row = screen.lines().find(|line| line.contains("ana") && line.contains("write")).unwrap();
        // Every other one is hers, and each took ten minutes; the first of a day is not known.
        assert!(row.contains("6.0") && row.contains("10 min"), "{screen}");
    }
}

#[test]
fn a_person_leads_to_their_examples_and_a_day_to_what_was_finished_on_it() {
    let mut harness = board(100, 50);
    let screen = harness.keys("enter").screen();
    // Every other one is hers, without her first of each day, of which nobody knows how long it took.
    assert!(screen.contains("id:3,5,9,13,15,19,23,25,29"), "{screen}");
    let screen = harness.keys("g p j j enter").screen();
    assert!(screen.contains("id:26..30") && screen.contains('5'), "{screen}");
}

#[test]
fn what_work_costs_is_set_on_the_board_and_taken_back_by_undo() {
    let mut harness = board(100, 50);
    harness.keys("t").type_text("40 an hour").keys("enter").look();
    let screen = harness.screen();
    assert!(screen.contains("at 40.00 an hour"), "{screen}");
    assert!(harness.keys("u").look().screen().contains("nobody said what work costs"));
    let screen = harness.keys("t").type_text("much").keys("enter").screen();
    assert!(screen.contains("a number from 0"), "{screen}");
    assert_eq!(harness.reader().wage().unwrap(), None);
}

#[test]
fn nothing_done_is_said_and_home_tells_the_pace_where_there_is_one() {
    let screen = Harness::with(|_| {}, 80, 24).keys("g p").screen();
    assert!(screen.contains("0 examples on 0 days"), "{screen}");
    let mut harness = Harness::with(worked, 120, 40);
    let screen = harness.look().screen();
    assert!(screen.contains("6.0 an hour · done in"), "{screen}");
}

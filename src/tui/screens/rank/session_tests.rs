//! Whole sessions of keys on a real dataset.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Verb};
use crate::example::{Example, Kind, Prompt, Response, Status};
use crate::tui::harness::Harness;

/// Three examples to rank, of three responses each.
fn queue(dataset: &mut Dataset) {
    for n in 1..=3 {
        let responses =
            ["good", "fair", "poor"].map(|word| Response::new(None, format!("{word} answer {n}")));
        let prompt = Prompt::user(format!("question {n}"));
        let example = Example { responses: responses.to_vec(), ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

/// What an example's ranking says, best first.
fn ranked(harness: &Harness, id: i64) -> Option<String> {
    let example = harness.reader().example(id).unwrap().unwrap();
    let ranking = example.rankings.first()?;
    let text = |id| example.response(id).unwrap().text();
    let tiers =
        ranking.tiers.iter().map(|tier| tier.iter().map(|&id| text(id)).collect::<Vec<_>>().join(" = "));
    Some(tiers.collect::<Vec<_>>().join(" > "))
}

fn status(harness: &Harness, id: i64) -> Status {
    harness.reader().example(id).unwrap().unwrap().status
}

/// The number on the screen of the response that begins so.
fn number(harness: &mut Harness, word: &str) -> String {
    let screen = harness.screen();
    let column = screen.lines().position(|line| line.trim_start().starts_with(word)).unwrap();
    let head = screen.lines().nth(column - 1).unwrap();
    head.chars().find(char::is_ascii_digit).unwrap().to_string()
}

#[test]
fn a_queue_is_ranked_with_nothing_but_digits() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r");
    assert!(harness.screen().contains("Rank 1 of 3"));
    for id in 1..=3 {
        let (best, second) = (number(&mut harness, "good"), number(&mut harness, "fair"));
        harness.keys(&best).keys(&second);
        assert_eq!(
            ranked(&harness, id).unwrap(),
            format!("good answer {id} > fair answer {id} > poor answer {id}")
        );
        assert_eq!(status(&harness, id), Status::Submitted);
        assert!(harness.screen().contains('✓'));
        harness.wait(300).wait(600);
    }
    assert!(harness.screen().contains("Nothing waits to be ranked."));
}

#[test]
fn undo_brings_the_example_back_and_what_is_typed_then_counts() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r 1 2").wait(300);
    assert!(ranked(&harness, 1).is_some());
    harness.keys("u");
    assert!(ranked(&harness, 1).is_none());
    let screen = harness.screen();
    assert!(screen.contains("question 1") && screen.contains("best _"), "{screen}");
    harness.keys("0");
    assert_eq!(ranked(&harness, 1).unwrap(), "");
    // And at once, while the ranking is still on the screen.
    harness.keys("u");
    assert!(harness.screen().contains("question 1"));
    assert_eq!(status(&harness, 1), Status::Pending);
}

#[test]
fn keys_typed_fast_rank_one_example_after_the_other() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r").keys("1 2 1 2 1 2");
    for id in 1..=3 {
        assert_eq!(status(&harness, id), Status::Submitted);
    }
}

#[test]
fn the_best_one_is_rewritten_and_stands_on_top() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r");
    let best = number(&mut harness, "good");
    harness.keys(&best).keys("e").type_text(", and more").keys("ctrl-s");
    assert_eq!(ranked(&harness, 1).unwrap(), "good answer 1, and more > good answer 1");
    assert_eq!(status(&harness, 1), Status::Submitted);
    assert!(harness.screen().contains("question 2"));
    harness.keys("u");
    assert_eq!((ranked(&harness, 1), status(&harness, 1)), (None, Status::Pending), "one undo");
}

#[test]
fn a_rewriting_that_was_left_comes_back() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r 1 e").type_text(" half a th").wait(1_000);
    assert!(harness.screen().contains("saved ✓"));
    // As if the program had ended here.
    let drafts = harness.reader().drafts(1, "ana").unwrap();
    assert_eq!(drafts.len(), 1);
    assert!(drafts.values().all(|text| text.ends_with(" half a th")));
}

#[test]
fn the_whole_order_may_be_typed() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r 3 1 2 1 3 2");
    assert_eq!((status(&harness, 1), status(&harness, 2)), (Status::Submitted, Status::Submitted));
    assert!(harness.screen().contains("question 3") && harness.screen().contains("best _"));
    // After a while the same number is for the next example, and any other one is at once.
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r 3 1").wait(900).keys("2");
    assert!(harness.screen().contains("best 2  then _"), "{}", harness.screen());
    harness.keys("1 1");
    assert!(harness.screen().contains("question 3") && harness.screen().contains("best 1  then _"));
}

#[test]
fn undo_takes_typed_digits_back_before_it_takes_back_rankings() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r 1 2").wait(900);
    harness.keys("3 u");
    assert_eq!(status(&harness, 1), Status::Submitted);
    assert!(harness.screen().contains("question 2") && harness.screen().contains("best _"));
    harness.keys("u");
    assert_eq!(status(&harness, 1), Status::Pending);
    assert!(harness.screen().contains("question 1"));
}

#[test]
fn a_rewriting_that_was_ended_with_esc_is_a_draft_and_is_gone_on_with() {
    let mut harness = Harness::with(queue, 80, 24);
    harness.keys("g r");
    let best = number(&mut harness, "good");
    harness.keys(&best).keys("e").type_text(", and").keys("esc");
    assert_eq!((ranked(&harness, 1), status(&harness, 1)), (None, Status::Pending));
    assert!(harness.reader().drafts(1, "ana").unwrap().values().all(|text| text == "good answer 1, and"));
    harness.keys("s [ e").type_text(" more").keys("ctrl-s");
    assert_eq!(ranked(&harness, 1).unwrap(), "good answer 1, and more > good answer 1");
    assert!(harness.reader().drafts(1, "ana").unwrap().is_empty());
}

#[test]
fn half_an_order_is_there_when_one_comes_back_and_gives_way_to_a_whole_one() {
    let mut harness = Harness::with(queue, 80, 24);
    assert!(harness.keys("g r 1 g r").screen().contains("best 1  then _"), "{}", harness.screen());
    assert!(harness.keys("g h g r").screen().contains("best 1  then _"), "{}", harness.screen());
    // It is no text that waits to be gone on with: the queue leads to it.
    assert!(!harness.keys("g h").screen().contains("Go on"));
    harness.keys("g r 2");
    assert!(ranked(&harness, 1).is_some());
    // Begun anew and left: what one said in full stands.
    harness.keys("g h b home enter g r");
    assert!(harness.screen().contains("you ranked"), "{}", harness.screen());
    harness.keys("3 g h b home enter g r");
    assert!(harness.screen().contains("you ranked"), "{}", harness.screen());
    assert!(harness.reader().drafts(2, "ana").unwrap().is_empty());
}

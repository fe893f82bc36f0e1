//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Verb};
use crate::example::{
    Example, Kind, Prompt, Response, Round, Status, Tag, TestResult, Tested, Timestamp, new_id,
};
use crate::tui::harness::{HOSTILE, Harness};

const WORDS: [&str; 10] =
    ["parcel", "lamp", "chair", "ticket", "phone", "shoe", "coat", "plate", "guitar", "bike"];

/// Sixty approved examples, of three intents and two languages.
fn examples(dataset: &mut Dataset) -> Vec<(i64, &'static str, &'static str)> {
    let mut made = Vec::new();
    for at in 0..60_usize {
        let intent = ["refund", "cancel", "lost card"][at / 20];
        let language = if at.is_multiple_of(2) { "en" } else { "de" };
        let (one, other) = (WORDS[at % 10], WORDS[(at / 10 + at) % 10]);
        let asked = format!("{intent} {at}: my {one} came {at} days late with a {other}, number {}", at * at);
        let mut example = Example::new(Kind::Sft, Prompt::user(asked));
        example.responses = vec![Response::new(None, format!("About the {one}."))];
        example.status = Status::Approved;
        example.tags = vec![Tag::new("intent", intent), Tag::new("language", language)];
        let done = dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        made.push((done.example.unwrap(), intent, language));
    }
    made
}

fn keep(
    dataset: &mut Dataset,
    (name, model): (&str, Option<&str>),
    asked: &[(i64, &str, &str)],
    passes: impl Fn(usize, &str, &str) -> bool,
) {
    let result = |(at, (id, intent, language)): (usize, &(i64, &str, &str))| TestResult {
        place: u32::try_from(at + 1).unwrap(),
        about: Tested::Example(*id),
        passed: passes(at, intent, language),
        score: None,
        answer: Some(format!("Something wrong about {at}.")),
        tags: Vec::new(),
    };
    let round = Round {
        id: new_id(),
        name: name.to_owned(),
        model: model.map(str::to_owned),
        source: "results.jsonl".to_owned(),
        at: Timestamp::now(),
        results: asked.iter().enumerate().map(result).collect(),
    };
    dataset.perform(&Verb::KeepRound(Box::new(round))).unwrap();
}

/// Three rounds: the last one is better at refunds than the one before, and worse at lost cards.
fn three_rounds(dataset: &mut Dataset) {
    let asked = examples(dataset);
    keep(dataset, ("base", Some("small")), &asked, |at, _, _| at.is_multiple_of(3));
    let of_refunds = |at: usize, intent: &str, _: &str| intent != "refund" || at.is_multiple_of(4);
    keep(dataset, ("tuned-1", Some("small-tuned-1")), &asked, of_refunds);
    let of_cards = |at: usize, intent: &str, language: &str| {
        intent != "lost card" || (language == "en" && !at.is_multiple_of(8))
    };
    keep(dataset, ("tuned-2", Some("small-tuned-2")), &asked, of_cards);
}

fn board(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(three_rounds, cells, rows);
    harness.keys("g f");
    harness
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

#[test]
fn the_picture() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        insta::assert_snapshot!(format!("failures_{cells}x{rows}"), board(cells, rows).screen());
    }
    insta::assert_snapshot!("failures_empty_80x24", Harness::with(|_| {}, 80, 24).keys("g f").screen());
}

#[test]
fn the_round_kept_last_is_held_against_the_one_before_it() {
    let mut harness = board(120, 36);
    has(&mut harness, "Failures  tuned-2");
    has(&mut harness, "against tuned-1");
    has(&mut harness, "worse on lost card");
    has(&mut harness, "▸↓intent:lost card");
    has(&mut harness, "Worse than before: 13 broke, 0 mended.");
    has(&mut board(160, 36), "↓ worse: 13 broke, 0 mended");
    harness.keys("left");
    has(&mut harness, "Failures  tuned-1");
    has(&mut harness, "intent:refund");
    harness.keys("left left");
    has(&mut harness, "Failures  base");
    assert!(!harness.screen().contains("against "), "{}", harness.screen());
    harness.keys("right");
    has(&mut harness, "Failures  tuned-1");
}

#[test]
fn another_round_is_chosen_to_compare_with_or_none() {
    let mut harness = board(120, 36);
    harness.keys("=").type_text("base").keys("enter");
    has(&mut harness, "against base: ");
    harness.keys("tab").type_text("nothing").keys("enter");
    assert!(!harness.screen().contains("against "), "{}", harness.screen());
    assert!(!harness.screen().contains("worse"), "{}", harness.screen());
}

#[test]
fn enter_lists_what_a_slice_was_learned_from_and_n_writes_one() {
    let mut harness = board(120, 36);
    harness.keys("left enter");
    has(&mut harness, "intent:refund");
    has(&mut harness, "20 examples");
    harness.keys("esc");
    has(&mut harness, "Failures  tuned-1");
    harness.keys("n");
    has(&mut harness, "Write");
    has(&mut harness, "refund");
}

#[test]
fn examples_are_queued_for_what_fails_and_taken_back_at_once() {
    let mut harness = board(120, 36);
    harness.keys("left Q ctrl-u").type_text("12").keys("enter");
    has(&mut harness, "queued 12 examples to write for the round “tuned-1”");
    let pending = |harness: &Harness| {
        let reader = harness.reader();
        reader.count(&reader.filter("status:pending intent:refund").unwrap()).unwrap()
    };
    assert_eq!(pending(&harness), 12);
    harness.keys("u");
    assert_eq!(pending(&harness), 0);
    harness.keys("Q ctrl-u").type_text("many").keys("enter");
    has(&mut harness, "“many” is no number of examples");
}

#[test]
fn failing_answers_come_in_to_be_ranked() {
    let mut harness = board(160, 36);
    harness.keys("left C");
    has(&mut harness, "brought 15 failing answers in, to be ranked");
    let now = harness.reader().example(2).unwrap().unwrap();
    assert_eq!((now.kind, now.responses.len()), (Kind::Preference, 2));
    harness.keys("u");
    assert_eq!(harness.reader().example(2).unwrap().unwrap().responses.len(), 1);
}

#[test]
fn only_the_answers_of_the_slice_that_one_is_at_come_in() {
    let mut harness = board(160, 36);
    has(&mut harness, "▸↓intent:lost card");
    let count = |harness: &Harness, filter: &str| {
        let reader = harness.reader();
        reader.count(&reader.filter(filter).unwrap()).unwrap()
    };
    let failing = count(&harness, "intent:\"lost card\"");
    harness.keys("c");
    has(&mut harness, " in for intent:lost card, to be ranked");
    let brought = count(&harness, "kind:preference");
    assert!(brought > 0 && brought <= failing, "{brought} of {failing}");
    assert_eq!(brought, count(&harness, "kind:preference intent:\"lost card\""));
    // A round in which no slice fails more than the rest has none to bring in.
    harness.keys("u left left");
    has(&mut harness, "Failures  base");
    harness.keys("c");
    has(&mut harness, "`C` brings in all failing answers of the round");
}

#[test]
fn a_round_that_another_process_keeps_or_takes_away_is_seen() {
    let mut harness = board(120, 36);
    harness.elsewhere("bo", &Verb::RemoveRound("tuned-2".to_owned()));
    harness.look();
    has(&mut harness, "Failures  tuned-1");
    for name in ["tuned-1", "base"] {
        harness.elsewhere("bo", &Verb::RemoveRound(name.to_owned()));
    }
    harness.look();
    has(&mut harness, "There are no results of a model yet.");
    // Nothing is there to be done, and no key does harm.
    harness.keys("enter n Q c = left right j k tab");
    has(&mut harness, "There are no results of a model yet.");
}

#[test]
fn names_of_rounds_are_harmless() {
    let fill = |dataset: &mut Dataset| {
        let asked = examples(dataset);
        keep(dataset, (HOSTILE, Some(HOSTILE)), &asked, |at, _, _| at < 40);
        keep(dataset, ("“nothing”", None), &asked, |at, _, _| at < 30);
    };
    for (cells, rows) in [(80, 24), (160, 50)] {
        let mut harness = Harness::with(fill, cells, rows);
        harness.keys("g f");
        assert!(!harness.screen().chars().any(|c| c.is_control() && c != '\n'), "{}", harness.screen());
        harness.keys("=");
        assert!(!harness.screen().chars().any(|c| c.is_control() && c != '\n'), "{}", harness.screen());
        harness.keys("enter left");
        assert!(!harness.screen().chars().any(|c| c.is_control() && c != '\n'), "{}", harness.screen());
    }
}

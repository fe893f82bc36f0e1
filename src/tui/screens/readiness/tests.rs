//! What the page promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::curation::readiness::{Answers, Thresholds};
use crate::dataset::{Dataset, Selection, Verb};
use crate::example::{Author, Details, Example, Kind, Prompt, Response, Status, Tag, Uuid};
use crate::tui::harness::{Harness, hostile};

/// Refunds, two of which are asked alike and answered otherwise; a pair that ana ranked.
fn small(dataset: &mut Dataset) {
    let questions = [
        ("Is the refund for a cancelled order paid within 14 days?", "Yes, it is."),
        ("Is the refund for a cancelled order paid within 14 days ?", "No, it is not."),
        ("Where do I see my invoices?", "Under Account, Invoices."),
        ("How do I change my delivery address?", "Under Account, Addresses."),
    ];
    for (question, answer) in questions {
        let mut example = Example::new(Kind::Sft, Prompt::user(question));
        example.responses = vec![Response::new(None, answer)];
        example.status = Status::Approved;
        example.tags = vec![Tag::new("intent", "refund"), Tag::new("language", "en")];
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
    let mut pair = Example::new(Kind::Preference, Prompt::user("My parcel is late."));
    pair.responses = vec![
        Response::new(Some(Author::model("a")), "I have asked the carrier, and write by noon tomorrow."),
        Response::new(Some(Author::model("b")), "Wait."),
    ];
    let ids: Vec<Uuid> = pair.responses.iter().map(|response| response.id).collect();
    dataset.perform(&Verb::Create(Box::new(pair))).unwrap();
    let tiers = ids.iter().map(|&id| vec![id]).collect();
    let details = Box::new(Details::default());
    let rank = Verb::Rank { example: 5, tiers, bad: Vec::new(), presented: ids, details, submit: true };
    dataset.perform(&rank).unwrap();
}

fn page(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(small, cells, rows);
    harness.keys("g d");
    harness
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

/// Goes down to the first line with that text, as a person would.
fn down_to(harness: &mut Harness, text: &str) {
    harness.keys("g g");
    for _ in 0..60 {
        if harness.screen().lines().any(|line| line.starts_with(" ▸") && line.contains(text)) {
            return;
        }
        harness.keys("j");
    }
    panic!("“{text}” is not there:\n{}", harness.screen());
}

#[test]
fn the_picture() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        insta::assert_snapshot!(format!("readiness_{cells}x{rows}"), page(cells, rows).screen());
    }
    let mut bottom = page(80, 24);
    bottom.keys("G");
    insta::assert_snapshot!("readiness_bottom_80x24", bottom.screen());
}

#[test]
fn the_verdict_says_what_is_wrong_and_where_to_begin() {
    let mut harness = page(160, 50);
    has(&mut harness, "mend first: open flags and contradictions: 1");
    has(&mut harness, "Begin with contradictions: mend 1");
    // It is selected: enter leads to the two that contradict each other.
    harness.keys("enter");
    has(&mut harness, "id:1..2");
    has(&mut harness, "1 of 2");
}

#[test]
fn every_line_leads_to_its_work() {
    for (line, place) in [
        ("flags", "flag:*"),
        ("usable examples of", "Write"),
        ("coverage", "Coverage"),
        ("required", "other: 0 usable"),
        ("balance", "[Values]"),
        ("longer wins", "[Lengths]"),
        ("held out", "split:none"),
        ("consistency", "id:1..2"),
        ("same again", "Agreement"),
        ("pairs", "Rank"),
    ] {
        let mut harness = page(160, 50);
        down_to(&mut harness, line);
        harness.keys("enter");
        has(&mut harness, place);
    }
}

#[test]
fn the_lowest_line_says_what_enter_does_on_the_line() {
    let mut harness = page(160, 50);
    has(&mut harness, "enter go there");
    for (line, says) in [
        ("must cite", "enter answer"),
        ("what an hour of work costs", "enter answer"),
        ("held out", "enter go there"),
    ] {
        down_to(&mut harness, line);
        has(&mut harness, says);
    }
}

#[test]
fn answers_are_kept_and_taken_back() {
    let mut harness = page(160, 50);
    let answers = |harness: &Harness| harness.reader().answers().unwrap().unwrap_or_default();
    down_to(&mut harness, "must cite");
    harness.keys("y");
    has(&mut harness, "yes");
    assert_eq!(answers(&harness).must_cite, Some(true));
    harness.keys("n");
    assert_eq!(answers(&harness).must_cite, Some(false));
    harness.keys("n");
    assert_eq!(harness.reader().answers().unwrap(), None);
    harness.keys("enter");
    assert_eq!(answers(&harness).must_cite, Some(true));
    harness.keys("u");
    assert_eq!(answers(&harness), Answers::default());
    // What others answer is said too.
    let answers = Answers { facts_change: Some(true), ..Answers::default() };
    harness.elsewhere("bo", &Verb::SetAnswers(Some(Box::new(answers))));
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(2), status: Status::Discarded });
    harness.look().wait(800);
    has(&mut harness, "let the model look facts up");
}

#[test]
fn work_is_told_in_money_where_an_hour_has_a_price() {
    let mut harness = page(160, 50);
    harness.keys("m").type_text("60").keys("enter");
    has(&mut harness, "mend 1: about 0.1 hours, 4.00");
    harness.keys("m ctrl-u").type_text("a lot").keys("enter");
    has(&mut harness, "“a lot” is no amount of money");
    harness.keys("m ctrl-u").type_text("-3").keys("enter");
    has(&mut harness, "an hour can't cost -3");
}

#[test]
fn thresholds_are_set_on_their_line() {
    let mut harness = page(160, 50);
    let thresholds = |harness: &Harness| harness.reader().thresholds().unwrap().unwrap_or_default();
    down_to(&mut harness, "usable examples of");
    has(&mut harness, "threshold 500: from so many examples on fine-tuning is worth it");
    harness.keys("t ctrl-u").type_text("60").keys("enter");
    assert_eq!(thresholds(&harness).fine_tune, 60);
    has(&mut harness, "usable examples of 60");
    harness.keys("t ctrl-u").type_text("many").keys("enter");
    has(&mut harness, "fine_tune is a number of examples, such as 500, and not “many”");
    harness.keys("esc u");
    assert_eq!(thresholds(&harness), Thresholds::default());
    down_to(&mut harness, "flags");
    harness.keys("t");
    has(&mut harness, "there is no threshold here");
}

#[test]
fn a_sample_is_drawn_where_quality_was_never_measured() {
    let mut harness = Harness::with(
        |dataset| {
            small(dataset);
            let on = Selection::Matching(crate::query::Filter::everything());
            dataset.perform(&Verb::SetStatus { on, status: Status::Submitted }).unwrap();
        },
        160,
        50,
    );
    harness.elsewhere(
        "bo",
        &Verb::SetProtocol(Some(Box::new(crate::example::Protocol { own_work: true, ..Default::default() }))),
    );
    harness.look().keys("g d");
    down_to(&mut harness, "0 wrong in 0 reviewed");
    harness.keys("enter ctrl-u").type_text("50%").keys("enter");
    assert_eq!(harness.reader().samples().unwrap().len(), 1, "{}", harness.screen());
    down_to(&mut harness, "0 wrong in 0 reviewed");
    harness.keys("enter");
    has(&mut harness, "Review");
}

#[test]
fn what_changes_is_marked_and_measured_when_it_is_quiet() {
    let mut harness = page(160, 50);
    has(&mut harness, "measured now");
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(2), status: Status::Discarded });
    harness.look();
    has(&mut harness, "changed since it was measured");
    has(&mut harness, "mend first");
    harness.wait(800);
    has(&mut harness, "measured now");
    has(&mut harness, "write more: 4 of the 10");
}

#[test]
fn a_few_examples_are_shown_as_text_and_copied() {
    let mut harness = page(120, 40);
    harness.keys("p");
    has(&mut harness, "5 examples of 5");
    has(&mut harness, "Input: Where do I see my invoices?");
    harness.keys("c");
    assert!(harness.copied[0].contains("Output: Under Account, Invoices."), "{:?}", harness.copied);
    harness.keys("esc");
    has(&mut harness, "MUST BE");
    let mut empty = Harness::with(|_| {}, 80, 24);
    empty.keys("g d p");
    has(&mut empty, "there is nothing to pick");
}

#[test]
fn hostile_text_is_shown_and_not_obeyed() {
    for (cells, rows) in [(80, 24), (160, 50), (40, 12)] {
        let mut harness = Harness::with(
            |dataset| {
                hostile(dataset);
                let on = Selection::Matching(crate::query::Filter::everything());
                dataset.perform(&Verb::SetStatus { on, status: Status::Approved }).unwrap();
            },
            cells,
            rows,
        );
        for keys in ["", "g d", "G", "p", "j", "esc", "g h", "G", "k", "l"] {
            let screen = harness.keys(keys).screen();
            let bad = screen.chars().find(|c| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(bad, None, "after {keys} at {cells}x{rows}:\n{screen}");
        }
    }
}

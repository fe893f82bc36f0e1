//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Selection, Verb};
use crate::example::{Condition, Example, Kind, Prompt, Tag, TagRule};
use crate::tui::harness::{HOSTILE, Harness};

/// Four questions, two of them of refunds; one is tagged, as something else.
fn asked(dataset: &mut Dataset) {
    for (question, tag) in [
        ("Where is my refund?", None),
        ("Refund, now.", Some("cancel")),
        ("Please cancel it.", None),
        ("I want a REFUND", None),
    ] {
        let mut example = Example::new(Kind::Sft, Prompt::user(question));
        example.tags = tag.map(|value| Tag::new("intent", value)).into_iter().collect();
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

fn rule(name: &str, value: &str, word: &str) -> Verb {
    let condition = Condition { words: vec![word.to_owned()], ..Condition::default() };
    let rule = TagRule { name: name.to_owned(), tag: Tag::new("intent", value), condition };
    Verb::PutRule { was: None, rule: Box::new(rule) }
}

fn ruled(dataset: &mut Dataset) {
    asked(dataset);
    dataset.perform(&rule("money back", "refund", "refund")).unwrap();
    dataset.perform(&rule("leaving", "cancel", "cancel")).unwrap();
    dataset.propose_all(&mut |_| true).unwrap();
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

fn tags(harness: &Harness, id: i64) -> Vec<Tag> {
    harness.reader().example(id).unwrap().unwrap().tags
}

#[test]
fn the_picture() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        insta::assert_snapshot!(
            format!("rules_{cells}x{rows}"),
            Harness::with(ruled, cells, rows).keys("g l").screen()
        );
        insta::assert_snapshot!(
            format!("form_{cells}x{rows}"),
            Harness::with(ruled, cells, rows).keys("g l e").screen()
        );
    }
}

#[test]
fn what_a_line_is_for_is_cut_between_the_cells_that_there_are_and_told_whole_below() {
    let mut harness = Harness::with(asked, 60, 24);
    harness.keys("g l a");
    has(&mut harness, "any of these, as whole words, parted by c…");
    harness.keys("tab tab");
    has(&mut harness, "money back");
}

#[test]
fn a_rule_is_made_by_a_form_and_its_proposals_are_counted_at_once() {
    let mut harness = Harness::with(asked, 120, 30);
    harness.keys("g l");
    has(&mut harness, "no rules yet");
    harness.keys("a").type_text("money back").keys("tab").type_text("intent:refund").keys("tab");
    harness.type_text("refund, money back").keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("money back") && screen.contains("intent:refund"), "{screen}");
    let counts = harness.reader().rule_counts().unwrap();
    assert_eq!((counts[0].standings.open, counts[0].standings.other), (2, 1));
    harness.keys("u");
    has(&mut harness, "no rules yet");
}

#[test]
fn what_can_not_be_used_stays_in_the_form_and_is_told() {
    let mut harness = Harness::with(asked, 120, 30);
    harness.keys("g l a enter");
    has(&mut harness, "type what the rule is called first");
    harness.type_text("digits").keys("tab").type_text("intent:refund").keys("tab tab");
    harness.type_text("(\\d").keys("enter");
    has(&mut harness, "unclosed group");
    has(&mut harness, "a new one");
    harness.type_text(")").keys("enter");
    assert_eq!(harness.reader().rules().unwrap()[0].condition.pattern.as_deref(), Some("(\\d)"));
}

#[test]
fn a_rule_is_changed_listed_taken_and_taken_away() {
    let mut harness = Harness::with(ruled, 120, 30);
    harness.keys("g l e").type_text(", money").keys("enter");
    assert_eq!(harness.reader().rules().unwrap()[0].condition.words, ["refund", "money"]);
    harness.keys("enter");
    has(&mut harness, "Browse  1 of 2");
    has(&mut harness, "intent:refund ?  rule money back");
    harness.keys("g l T");
    assert_eq!(tags(&harness, 1), [Tag::new("intent", "refund")]);
    assert_eq!(tags(&harness, 4), [Tag::new("intent", "refund")]);
    assert_eq!(tags(&harness, 2), [Tag::new("intent", "cancel")]);
    harness.keys("u");
    assert!(tags(&harness, 1).is_empty() && tags(&harness, 4).is_empty());
    harness.keys("x");
    assert_eq!(harness.reader().rules().unwrap().len(), 1);
    harness.keys("u");
    assert_eq!(harness.reader().rules().unwrap().len(), 2);
}

#[test]
fn on_browse_what_is_proposed_is_taken_or_declined_for_one_and_for_all() {
    let mut harness = Harness::with(ruled, 160, 40);
    harness.keys("b g g");
    has(&mut harness, "intent:refund ?  rule money back");
    harness.keys("Y");
    assert_eq!(harness.reader().proposals_of(1).unwrap(), []);
    assert!(!harness.screen().contains("rule money back"));
    harness.keys("% y");
    assert!(tags(&harness, 1).is_empty(), "it was declined");
    assert_eq!(tags(&harness, 3), [Tag::new("intent", "cancel")]);
    assert_eq!(tags(&harness, 4), [Tag::new("intent", "refund")]);
    harness.keys("u u");
    assert!(tags(&harness, 3).is_empty() && tags(&harness, 4).is_empty());
    assert_eq!(harness.reader().proposals_of(1).unwrap().len(), 1);
}

#[test]
fn while_one_writes_what_rules_propose_stands_beside_the_text() {
    // What has no response is opened to be typed in; Esc ends that.
    for (cells, told, before, take, decline) in [
        (160, "rule money back", "esc", "y", "Y"),
        (80, "refund ?", "esc", "y", "Y"),
        (160, "refund ?", "", "alt-y", "alt-Y"),
    ] {
        let mut harness = Harness::with(ruled, cells, 40);
        harness.keys("b g g enter").keys(before);
        has(&mut harness, told);
        harness.keys(take);
        assert_eq!(tags(&harness, 1), [Tag::new("intent", "refund")]);
        // Typing is ended before anything is undone, and begun again.
        harness.keys("esc u").keys(if before.is_empty() { "e" } else { "" }).keys(decline);
        assert!(tags(&harness, 1).is_empty());
        assert_eq!(harness.reader().proposals_of(1).unwrap(), []);
        assert!(!harness.screen().contains(told));
    }
}

#[test]
fn where_rules_differ_a_person_says_which() {
    let fill = |dataset: &mut Dataset| {
        ruled(dataset);
        dataset.perform(&rule("now", "other", "where")).unwrap();
        dataset.propose_all(&mut |_| true).unwrap();
    };
    let mut harness = Harness::with(fill, 160, 40);
    harness.keys("b g g enter esc");
    has(&mut harness, "rules differ");
    harness.keys("y");
    has(&mut harness, "choose its value yourself");
    assert!(tags(&harness, 1).is_empty());
    let all = Selection::Matching(crate::query::Filter::everything());
    harness.elsewhere("ben", &Verb::TakeProposed { on: all, rule: None });
    assert!(tags(&harness, 1).is_empty() && !tags(&harness, 4).is_empty());
}

#[test]
fn hostile_names_are_shown_and_not_obeyed() {
    let fill = |dataset: &mut Dataset| {
        asked(dataset);
        let name = HOSTILE.trim();
        dataset.perform(&rule(name, "refund", &format!("refund {name}"))).unwrap();
        dataset.perform(&rule(&format!("{name} 2"), "refund", "refund")).unwrap();
        dataset.propose_all(&mut |_| true).unwrap();
    };
    for (cells, rows) in [(40, 12), (80, 24), (160, 40)] {
        let mut harness = Harness::with(fill, cells, rows);
        for keys in ["g l", "j", "e", "tab", "esc", "b g g", "enter"] {
            let screen = harness.keys(keys).screen();
            let bad = screen.chars().find(|c| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(bad, None, "after {keys} at {cells}x{rows}:\n{screen}");
        }
    }
}

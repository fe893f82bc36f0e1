//! What is promised of the gaps: the line that says what the example does to them, and the example that they
//! need most.

#![allow(clippy::unwrap_used)]

use std::collections::{HashMap, HashSet};

use super::tests::{answered, shown};
use super::*;
use crate::curation::gaps::{Largest, Surveyed};
use crate::dataset::{Dataset, Selection, Verb};
use crate::example::{Facet, Kind, Prompt, QueueOrder, Status, new_id};
use crate::tui::effect::{Answer, Request};
use crate::tui::harness::Harness;
use crate::tui::screens::fixtures::Driven;
use crate::tui::surveying::Lacking;

/// What comes before the example that is asked for.
fn tagged(values: &[(&str, &str)]) -> Example {
    let mut example = answered(1);
    example.status = Status::Draft;
    example.tags = values.iter().map(|(facet, value)| Tag::new(*facet, *value)).collect();
    example
}

/// Says that the dataset asks something of a facet, and answers what is then asked of the surveyor.
fn surveyed(driven: &mut Driven<Write>, lacking: &Lacking) {
    driven.shared.definitions.facets = vec![Facet {
        id: new_id(),
        name: "intent".to_owned(),
        several: false,
        open: false,
        required: true,
        values: Vec::new(),
    }];
    driven.give(Input::Changed(Some(-1)));
    let (generation, request) = driven.asked();
    assert_eq!(request, Request::Lacking);
    driven.give(Input::Answer(Answer::Lacking(generation, Box::new(lacking.clone()))));
}

fn lacking() -> Lacking {
    let tags = vec![Tag::new("intent", "cancel"), Tag::new("tone", "warm")];
    let pair = (tags[0].clone(), tags[1].clone());
    let largest = Some(Largest { tags: tags.clone(), missing: 12, waiting: 0 });
    Lacking { surveyed: Surveyed { unseen: HashSet::from([pair]), largest }, card: tags }
}

fn has(driven: &mut Driven<Write>, says: &str) {
    for (cells, rows) in [(80, 24), (160, 50)] {
        let picture = driven.picture(cells, rows);
        assert!(picture.contains(says), "“{says}” is not there:\n{picture}");
    }
}

#[test]
fn one_line_says_what_the_example_does_and_follows_its_tags() {
    let mut driven = shown(&tagged(&[("intent", "cancel")]), &[]);
    has(&mut driven, "intent 126 → 127 of 150");
    // Somebody put another tag on.
    driven.give(Input::Changed(Some(412)));
    driven.answer_example(&tagged(&[("intent", "refund")]), &[]);
    has(&mut driven, "refund 286 of 150: over · 24 more cancel would close the largest gap");
    driven.give(Input::Changed(Some(412)));
    driven.answer_example(&tagged(&[]), &[]);
    has(&mut driven, "no value here has a target · 24 more cancel would close the largest gap");
}

#[test]
fn the_last_one_that_is_missing_is_told_as_such() {
    let mut driven = shown(&tagged(&[("intent", "cancel")]), &[]);
    driven.shared.counts.facets[0].values[1].by_status = vec![(Status::Approved, 149)];
    has(&mut driven, "closes the last gap of cancel (150 of 150)");
    // Where there are no targets nothing is said.
    driven.shared.counts.facets[0].values.iter_mut().for_each(|value| value.target = None);
    assert!(!driven.picture(160, 50).contains("gap"));
}

#[test]
fn once_the_survey_is_there_it_says_what_pairs_gain_too() {
    let mut driven = shown(&tagged(&[("intent", "cancel"), ("tone", "warm")]), &[]);
    has(&mut driven, "intent 126 → 127 of 150");
    surveyed(&mut driven, &lacking());
    has(&mut driven, "intent 126 → 127 of 150 · the first cancel × warm");
    let narrow = driven.picture(48, 24);
    assert!(narrow.contains("intent 126 → 127 of 150 · 1 more"), "what has no room is counted: {narrow}");
    driven.give(Input::Changed(Some(412)));
    driven.answer_example(&tagged(&[("intent", "refund")]), &[]);
    has(&mut driven, "12 more cancel × warm would close the largest gap");
}

#[test]
fn who_follows_the_gaps_is_told_where_nothing_waits_for_the_largest() {
    let mut driven = Driven::new(Write::new(None));
    driven.answer_queue(Some((412, 3))).answer_example(&tagged(&[("intent", "cancel")]), &[]);
    let says = "nothing waits for cancel: “new for the gap” writes one";
    assert!(!driven.picture(160, 50).contains(says), "as they came, nobody asked for it");
    driven.shared.order = QueueOrder::LargestGap;
    assert!(driven.picture(160, 50).contains(says));
    assert!(driven.screen.title(&driven.shared).ends_with("3 of 212 · largest gap first"));
    // One that is in the queue is waited for.
    driven.shared.counts.facets[0].values[1].by_status.push((Status::Draft, 1));
    assert!(!driven.picture(160, 50).contains(says));
}

#[test]
fn a_new_one_for_the_gap_takes_the_card_over_crossed_facets() {
    let mut driven = shown(&answered(1), &[]);
    surveyed(&mut driven, &lacking());
    driven.take();
    driven.press(Command::ExampleForGap);
    assert_eq!(driven.said(), ["what is lacking most: intent cancel, tone warm"]);
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, HashMap::new())));
    driven.type_text("Stop it, please.").press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(made.tags, lacking().card);
}

#[test]
fn a_card_that_comes_late_takes_the_place_of_a_guess_but_of_nothing_that_is_typed() {
    for (typed, tags) in [("", lacking().card), ("Stop", vec![Tag::new("intent", "cancel")])] {
        let mut driven = Driven::new(Write::fresh(Seed::Gap(None)));
        let (generation, _) = driven.asked();
        driven.give(Input::Answer(Answer::Example(generation, UNBORN, None, HashMap::new())));
        driven.type_text(typed);
        surveyed(&mut driven, &lacking());
        driven.type_text(" it, please.").press(Command::EditorDone);
        let verbs = driven.verbs();
        let [Verb::Create(made)] = &verbs[..] else { panic!("{verbs:?}") };
        assert_eq!(made.tags, tags, "after “{typed}”");
    }
}

/// One that is done, and two that wait: first one that helps little, then one that helps most.
fn waiting(dataset: &mut Dataset) {
    let rows = [
        ("Money back?", "refund", "en", Status::Approved),
        ("My money?", "refund", "en", Status::Pending),
        ("Karte weg!", "lost card", "de", Status::Pending),
    ];
    for (asks, intent, language, status) in rows {
        let mut example = Example::new(Kind::Sft, Prompt::user(asks));
        example.status = status;
        example.tags = vec![Tag::new("intent", intent), Tag::new("language", language)];
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

#[test]
fn enter_brings_what_helps_most_once_the_queues_follow_the_gaps() {
    let mut harness = Harness::with(waiting, 160, 36);
    assert!(harness.screen().contains("as they came"), "{}", harness.screen());
    let first = harness.keys("enter").screen();
    assert!(first.contains("My money?") && first.contains("Write #2 pending · 1 of 2  "), "{first}");
    harness.keys("esc g h g o");
    let home = harness.screen();
    // Nothing waits for cancel, which lacks more.
    assert!(home.contains("largest gap first · lost card"), "{home}");
    assert!(home.contains("set the order of the queues: largest gap first"), "{home}");
    let first = harness.keys("enter").screen();
    assert!(first.contains("Write #3 pending · 1 of 2 · largest gap first"), "{first}");
    assert!(first.contains("intent 0 → 1 of 5 · language 0 → 1 of 4 · the first lost card × de"), "{first}");
    // Submitted, the other one comes, and it is one more of what it is.
    let next = harness.type_text("Sperren.").keys("ctrl-s").screen();
    assert!(next.contains("Write #2 pending · 1 of 1 · largest gap first"), "{next}");
    assert!(next.contains("language 1 → 2 of 8 · intent 1 → 2 of 4"), "{next}");
    let home = harness.keys("esc g h u u u").screen();
    assert!(home.contains("as they came"), "{home}");
}

#[test]
fn what_another_process_does_is_in_the_line_a_moment_later() {
    let mut harness = Harness::with(waiting, 120, 36);
    harness.keys("enter");
    assert!(harness.screen().contains("intent 1 → 2 of 4"), "{}", harness.screen());
    harness.elsewhere("bo", &Verb::AddTag { on: Selection::One(2), tag: Tag::new("intent", "cancel") });
    let screen = harness.look().screen();
    assert!(screen.contains("intent 0 → 1 of 6"), "{screen}");
}

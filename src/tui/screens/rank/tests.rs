//! What the screen promises: keys in, verbs out, and pictures.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use insta::assert_snapshot;

use super::*;
use crate::dataset::{Handed, Seek, Verb};
use crate::example::{Content, Example, Message, Prompt, Ranking, Role, Status, Uuid};
use crate::tui::effect::{Answer, Place, Purpose, Request};
use crate::tui::screens::fixtures::{Driven, example, prompt};

pub(super) const SORRY: [&str; 3] = [
    "I'm sorry that your parcel has not arrived. I have opened a trace with the carrier (no. 4471) and will write by noon tomorrow.",
    "Please check with your neighbours.",
    "I'm sorry to hear that. Parcels are often marked as delivered before they arrive.",
];

pub(super) fn parcel(n: u128) -> Example {
    let question = "My parcel says \"delivered\", but it is not here, and I need it for Friday.";
    example(n, Prompt { messages: vec![Message::new(Role::User, question)], tools: Vec::new() }, &SORRY)
}

/// The screen with an example on it.
pub(super) fn shown(example: &Example) -> Driven<Rank> {
    let mut driven = Driven::new(Rank::new(None));
    driven.answer_queue(Some((412, 12))).answer_example(example, &[]);
    assert!(driven.take().is_empty());
    driven
}

pub(super) fn press(driven: &mut Driven<Rank>, keys: &str) {
    for key in keys.chars().filter(|key| *key != ' ') {
        driven.press(match key {
            '=' => Command::RankTie,
            '0' => Command::RankBad,
            '<' => Command::RankBack,
            '.' => Command::RankSubmit,
            digit => Command::PLACES[digit as usize - '1' as usize],
        });
    }
}

/// The tiers and the bad ones of the one ranking performed, as numbers on the screen.
fn ranked(driven: &mut Driven<Rank>, order: &[Uuid]) -> (i64, Vec<Vec<usize>>, Vec<usize>) {
    let verbs = driven.verbs();
    let [Verb::Rank { example, tiers, bad, presented, submit: true, .. }] = verbs.as_slice() else {
        panic!("{verbs:?}")
    };
    assert_eq!(presented, order);
    let number = |id: &Uuid| order.iter().position(|shown| shown == id).unwrap() + 1;
    let tiers = tiers.iter().map(|tier| tier.iter().map(number).collect()).collect();
    (*example, tiers, bad.iter().map(number).collect())
}

fn order_of(driven: &Driven<Rank>) -> Vec<Uuid> {
    driven.screen.shown.as_ref().unwrap().presented.clone()
}

#[test]
fn typing_the_order_ranks_submits_and_goes_on() {
    let mut driven = shown(&parcel(1));
    let order = order_of(&driven);
    press(&mut driven, "3");
    assert!(driven.take().is_empty());
    press(&mut driven, "1");
    assert_eq!(ranked(&mut driven, &order), (412, vec![vec![3], vec![1], vec![2]], vec![]));
    assert!(matches!(
        driven.take().as_slice(),
        [Effect::Ask(_, Request::Next(Queue::Rank, Seek::After(Some(412)))), Effect::Wake(300)]
    ));
}

#[test]
fn a_completed_ranking_stays_for_a_moment_while_the_next_is_fetched() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "3 1");
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    assert!(driven.picture(120, 20).contains("best 3  then 1  then 2  ✓"));
    driven.give(Input::Woken);
    assert_eq!(driven.screen.example(), Some(413));
    assert!(driven.picture(120, 20).contains("best _"));
}

#[test]
fn an_example_with_nothing_to_rank_leads_to_the_queue() {
    let mut driven = Driven::new(Rank::new(Some(7)));
    driven.answer_example(&example(7, prompt("Be brief.", "hi"), &["hello"]), &[]);
    assert_eq!(driven.said(), ["#7 has fewer than two responses; these wait to be ranked"]);
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.example(), Some(412));
}

#[test]
fn the_next_key_counts_for_the_next_example_at_once() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "3 1");
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    driven.take();
    press(&mut driven, "2");
    assert_eq!(driven.screen.example(), Some(413));
    assert!(driven.picture(120, 20).contains("best 2  then _"));
}

#[test]
fn keys_that_come_before_the_next_example_are_not_lost() {
    let mut driven = shown(&parcel(1));
    let first = order_of(&driven);
    press(&mut driven, "3 1");
    assert_eq!(ranked(&mut driven, &first).0, 412);
    // Both are typed before anything is answered: the first decides, the second is one more.
    press(&mut driven, "2 = 1 0");
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    let second = order_of(&driven);
    assert_eq!(ranked(&mut driven, &second), (413, vec![vec![2, 1], vec![3]], vec![]));
    // The `0` is for the third.
    driven.answer_queue(Some((414, 14))).answer_example(&parcel(3), &[]);
    let third = order_of(&driven);
    assert_eq!(ranked(&mut driven, &third), (414, vec![], vec![1, 2, 3]));
}

#[test]
fn with_two_responses_one_key_decides() {
    let pair = example(1, Prompt::user("?"), &["yes", "no"]);
    for (key, expected) in [
        ("1", (412, vec![vec![1], vec![2]], vec![])),
        ("=", (412, vec![vec![1, 2]], vec![])),
        ("0", (412, vec![], vec![1, 2])),
    ] {
        let mut driven = shown(&pair);
        let order = order_of(&driven);
        press(&mut driven, key);
        assert_eq!(ranked(&mut driven, &order), expected);
    }
}

#[test]
fn a_key_that_does_nothing_says_why() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "4 < . 3 3");
    assert_eq!(
        driven.said(),
        [
            "there is no response 4: they are 1 to 3",
            "nothing is typed here; undo takes back the ranking before",
            "nothing is placed yet: type the number of the best response",
            "3 has its place already; backspace takes keys back",
        ]
    );
}

#[test]
fn a_part_of_an_order_can_be_submitted() {
    let mut driven = shown(&parcel(1));
    let order = order_of(&driven);
    press(&mut driven, "2 .");
    assert_eq!(ranked(&mut driven, &order), (412, vec![vec![2]], vec![]));
}

#[test]
fn undo_goes_back_to_the_example() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "3 1");
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    driven.give(Input::Woken);
    driven.take();
    driven.performed(Verb::Undo, Some(412)).answer_queue(Some((412, 12)));
    driven.answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.example(), Some(412));
    assert!(driven.picture(120, 20).contains("[Rank 12 of 38"), "it has its place in the queue again");
    // And while the moment lasts.
    press(&mut driven, "3 1");
    driven.take();
    driven.performed(Verb::Undo, Some(412)).answer_queue(Some((413, 12))).answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.example(), Some(412));
    let picture = driven.picture(120, 20);
    assert!(picture.contains("best _") && picture.contains("[Rank 12 of 38"), "{picture}");
}

#[test]
fn a_ranking_that_was_refused_is_typed_again_where_it_was() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "3 1");
    let verb = driven.verbs().remove(0);
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    driven.give(Input::Answer(Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.example(), Some(412));
}

#[test]
fn an_empty_queue_is_calm_and_wakes_by_itself() {
    let mut driven = Driven::new(Rank::new(None));
    driven.answer_queue(None);
    assert_snapshot!("nothing", driven.picture(80, 12));
    press(&mut driven, "1");
    assert_eq!(driven.said(), ["nothing waits to be ranked"]);
    driven.give(Input::Changed(None)).answer_queue(Some((5, 1))).answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.example(), Some(5));
}

#[test]
fn the_last_of_the_queue_leads_to_the_empty_screen() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "1 2");
    driven.answer_queue(None);
    assert!(driven.picture(80, 20).contains("✓"));
    driven.give(Input::Woken);
    assert!(driven.picture(80, 20).contains("Nothing waits"));
    // Skipping the only one leaves it there.
    let mut driven = shown(&parcel(1));
    driven.press(Command::ExampleSkip).answer_queue(None);
    assert_eq!(driven.said(), ["nothing else waits to be ranked"]);
    assert_eq!(driven.screen.example(), Some(412));
}

#[test]
fn an_own_ranking_is_shown_and_replaced_when_typed_again() {
    let mut example = parcel(1);
    let order = present::presented(&example, "ana", false);
    example.rankings.push(Ranking::new("ana", vec![vec![order[1]], vec![order[0], order[2]]]));
    let mut driven = shown(&example);
    assert!(driven.picture(120, 20).contains("you ranked  2 > 1 = 3   type to rank again"));
    press(&mut driven, ".");
    assert_eq!(driven.said(), ["nothing new is typed; you ranked 2 > 1 = 3"]);
    press(&mut driven, "1");
    assert!(driven.picture(120, 20).contains("best 1  then _"));
}

#[test]
fn a_reload_keeps_what_is_typed_unless_the_responses_are_others() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "2");
    driven.give(Input::Changed(Some(412))).answer_example(&parcel(1), &[]);
    assert!(driven.picture(120, 20).contains("best 2  then _"));
    let mut other = parcel(1);
    other.responses.pop();
    driven.give(Input::Changed(None)).answer_example(&other, &[]);
    assert_eq!(driven.said(), ["there are other responses now: type the order again"]);
    driven.give(Input::Changed(Some(99)));
    assert!(driven.take().is_empty());
}

#[test]
fn late_answers_are_dropped() {
    let mut driven = shown(&parcel(1));
    driven.press(Command::ExampleSkip);
    let (old, _) = driven.asked();
    driven.press(Command::ExampleSkip);
    driven.give(Input::Answer(Answer::Queued(
        old - 1,
        Queue::Rank,
        Some(Handed { example: 1, place: 1, stands_for: None, again: false }),
    )));
    assert!(driven.take().is_empty());
    driven.give(Input::Answer(Answer::Queued(
        old,
        Queue::Rank,
        Some(Handed { example: 413, place: 1, stands_for: None, again: false }),
    )));
    driven.answer_example(&parcel(2), &[]);
    // The second skip was typed for the second example.
    assert!(matches!(
        driven.take().as_slice(),
        [Effect::Ask(_, Request::Next(Queue::Rank, Seek::After(Some(413))))]
    ));
}

#[test]
fn the_best_is_rewritten_and_goes_on_top() {
    let mut driven = shown(&parcel(1));
    let order = order_of(&driven);
    press(&mut driven, "2");
    driven.press(Command::RankRewriteBest);
    assert!(driven.verbs().is_empty(), "nothing is ranked before it is written");
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text(" More.");
    assert!(matches!(driven.take().as_slice(), [Effect::Wake(1_000)]));
    assert!(driven.screen.unsaved());
    driven.give(Input::Woken);
    let field = format!("rewrite/{}", order[1]);
    assert!(
        matches!(driven.take().as_slice(), [Effect::KeepDraft { example: 412, field: kept, .. }] if *kept == field)
    );
    assert!(driven.picture(100, 24).contains("typing …"));
    driven.give(Input::Answer(Answer::DraftKept(412, field)));
    assert!(!driven.screen.unsaved());
    assert!(driven.picture(100, 24).contains("saved ✓"));
    driven.press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    let [Verb::Rewrite { example: 412, origin, messages, submit: true }] = &verbs[..] else {
        panic!("{verbs:?}")
    };
    assert_eq!(*origin, order[1]);
    assert!(messages[0].text().ends_with(" More."));
    assert_eq!(driven.screen.context(), Context::Rank);
    assert!(matches!(driven.asked().1, Request::Next(Queue::Rank, Seek::After(Some(412)))));
}

#[test]
fn what_was_being_rewritten_comes_back() {
    let order = present::presented(&parcel(1), "ana", false);
    let field = format!("rewrite/{}", order[0]);
    let mut driven = Driven::new(Rank::new(Some(412)));
    driven.answer_example(&parcel(1), &[(&field, "half a tho")]);
    assert_eq!(driven.screen.context(), Context::Editor);
    assert!(driven.picture(100, 24).contains("half a tho"));
    assert!(!driven.screen.unsaved());
}

#[test]
fn what_is_no_plain_text_is_not_rewritten() {
    let mut example = parcel(1);
    for response in &mut example.responses {
        response.messages[0].content = Content::Parts(vec![serde_json::json!({"type": "text", "text": "x"})]);
    }
    let mut driven = shown(&example);
    driven.press(Command::RankRewriteBest);
    assert!(driven.said()[0].contains("only plain text"));
    assert_eq!(driven.screen.context(), Context::Rank);
}

#[test]
fn a_flag_goes_on_the_response_that_is_looked_at_or_on_the_example() {
    let mut driven = shown(&parcel(1));
    let order = order_of(&driven);
    driven.press(Command::RankFocusNext).press(Command::ExampleFlag);
    assert!(
        matches!(driven.take().as_slice(), [Effect::PickByKey(picker, _)] if picker.title == "Flag response 2")
    );
    driven.give(Input::Entered(Purpose::FlagNote("wrong".to_owned()), String::new()));
    assert!(matches!(&driven.verbs()[..], [Verb::RaiseFlag { response: Some(on), .. }] if *on == order[1]));
    driven.press(Command::RankFocusNext).press(Command::RankFocusNext).press(Command::ExampleFlag);
    assert!(
        matches!(driven.take().as_slice(), [Effect::PickByKey(picker, _)] if picker.title == "Flag the example")
    );
}

#[test]
fn discarding_goes_on() {
    let mut driven = shown(&parcel(1));
    driven.press(Command::ExampleDiscard);
    assert!(matches!(&driven.verbs()[..], [Verb::SetStatus { status: Status::Discarded, .. }]));
    assert!(matches!(driven.asked().1, Request::Next(Queue::Rank, Seek::After(Some(412)))));
}

#[test]
fn places_of_the_shell_are_not_the_screen_s_business() {
    let mut driven = shown(&parcel(1));
    driven.press(Command::GoHome);
    assert!(!driven.take().iter().any(|effect| matches!(effect, Effect::Go(Place::Home))));
}

#[test]
fn a_list_is_followed_to_its_end_and_over_to_write() {
    let mut driven = shown(&parcel(1));
    let ids = std::sync::Arc::new(vec![412, 413, 420]);
    driven.shared.trail = Some(crate::tui::effect::Trail { filter: String::new(), ids });
    assert_eq!(driven.screen.title(&driven.shared), "Rank 1 of 3 · blind, shuffled");
    press(&mut driven, "3 1");
    driven.answer_example(&example(2, Prompt::user("?"), &["one"]), &[]).take();
    driven.give(Input::Woken);
    assert!(matches!(driven.take().as_slice(), [Effect::Go(Place::Write(Some(413)))]));
    let ids = std::sync::Arc::new(vec![400, 412]);
    driven.shared.trail = Some(crate::tui::effect::Trail { filter: String::new(), ids });
    press(&mut driven, "<<3 1");
    let verb = driven.verbs().pop().unwrap();
    driven.take();
    driven.performed(verb, Some(412));
    assert_eq!(driven.said(), ["this is the last of 2 examples"]);
    assert_eq!(driven.screen.example(), Some(412));
}

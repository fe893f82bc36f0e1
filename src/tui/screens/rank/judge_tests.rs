//! Sessions of judging: how many keys it takes, what is asked, what stays hidden, what comes back.

#![allow(clippy::unwrap_used)]

use super::tests::{parcel, press, shown};
use super::*;
use crate::dataset::{Dataset, Handed, Seek, Verb};
use crate::example::{
    Author, Criterion, Details, Example, Flag, Kind, Prompt, Protocol, Ranking, Response, Review, SentBack,
    Timestamp, Uuid, Verdict, new_id,
};
use crate::tui::effect::{Answer, Moment, Request};
use crate::tui::harness::Harness;
use crate::tui::screens::fixtures::{Driven, example};

/// So many examples, each of so many responses.
fn queue(examples: usize, responses: usize) -> impl Fn(&mut Dataset) {
    move |dataset| {
        for n in 1..=examples {
            let responses: Vec<Response> = (1..=responses)
                .map(|at| Response::new(Some(Author::model(format!("model {at}"))), format!("answer {at}")))
                .collect();
            let prompt = Prompt::user(format!("question {n}"));
            let example = Example { responses, ..Example::new(Kind::Preference, prompt) };
            dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        }
    }
}

fn asking() -> Protocol {
    Protocol {
        strength: true,
        criteria: vec![Criterion { name: "helpful".to_owned(), about: String::new() }],
        reasons: vec!["clearer".to_owned(), "shorter".to_owned()],
        gold: 0,
        ..Protocol::default()
    }
}

fn with_protocol(protocol: Protocol, fill: impl Fn(&mut Dataset)) -> impl Fn(&mut Dataset) {
    move |dataset| {
        fill(dataset);
        dataset.perform(&Verb::SetProtocol(Some(Box::new(protocol.clone())))).unwrap();
    }
}

fn example_of(harness: &Harness, id: i64) -> Example {
    harness.reader().example(id).unwrap().unwrap()
}

fn details(harness: &Harness, id: i64) -> Option<Details> {
    Some(example_of(harness, id).rankings.first()?.details.clone())
}

/// The screen with a hidden repeat on it.
fn again(example: &Example) -> Driven<Rank> {
    let mut driven = Driven::new(Rank::new(None));
    let (generation, _) = driven.asked();
    let handed = Handed { example: 412, place: 12, stands_for: Some(11), again: true };
    driven.give(Input::Answer(Answer::Queued(generation, Queue::Rank, Some(handed))));
    driven.answer_example(example, &[]);
    driven
}

fn sent_back(to: &str) -> Review {
    Review {
        id: new_id(),
        reviewer: "rita".to_owned(),
        verdict: Verdict::Returned,
        reason: "ambiguous".to_owned(),
        note: "which parcel?".to_owned(),
        to: vec![SentBack { annotator: to.to_owned(), done: false }],
        at: Timestamp::now(),
    }
}

#[test]
fn two_responses_are_ranked_and_left_with_one_key_and_four_with_three() {
    let mut harness = Harness::with(queue(2, 2), 80, 24);
    harness.keys("g r").keys("2");
    assert_eq!(example_of(&harness, 1).rankings.len(), 1);
    assert!(harness.wait(300).screen().contains("question 2"));
    let mut harness = Harness::with(queue(2, 4), 80, 24);
    harness.keys("g r").keys("2 4 1");
    let example = example_of(&harness, 1);
    assert_eq!(example.rankings[0].tiers.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1]);
    assert!(harness.wait(300).screen().contains("question 2"));
}

#[test]
fn a_flag_with_its_kind_takes_two_keys() {
    let mut harness = Harness::with(queue(1, 2), 80, 24);
    harness.keys("g r").keys("f w");
    let flags = example_of(&harness, 1).flags;
    assert_eq!((flags.len(), flags[0].kind.as_str(), flags[0].note.as_str()), (1, "wrong", ""));
    assert!(flags[0].response.is_some());
    // With enter it takes a note too.
    harness.keys("f down enter").type_text("says who").keys("enter");
    let flags = example_of(&harness, 1).flags;
    assert_eq!((flags[1].kind.as_str(), flags[1].note.as_str()), ("unsafe", "says who"));
}

#[test]
fn nothing_is_pre_filled_and_nothing_is_asked_without_a_protocol() {
    let mut harness = Harness::with(queue(1, 2), 80, 24);
    assert!(harness.keys("g r").screen().contains("best _"));
    harness.keys("1");
    let said = details(&harness, 1).unwrap();
    assert_eq!(Details { millis: None, ..said }, Details::default());
}

#[test]
fn what_the_protocol_asks_is_answered_by_one_key_each() {
    let mut harness = Harness::with(with_protocol(asking(), queue(2, 2)), 80, 24);
    harness.keys("g r").keys("2");
    assert!(details(&harness, 1).is_none(), "nothing is kept before all is asked");
    assert!(harness.screen().contains("how much better?   1 barely   2 slightly   3 clearly   4 by far"));
    harness.keys("3");
    assert!(harness.screen().contains("helpful  1:_ 2:_"), "{}", harness.screen());
    harness.keys("4");
    assert!(harness.screen().contains("helpful  1:4 2:_"), "{}", harness.screen());
    harness.keys("2");
    assert!(harness.screen().contains("why?  ▸1 clearer   2 shorter"), "{}", harness.screen());
    harness.keys("2 enter");
    let said = details(&harness, 1).unwrap();
    let example = example_of(&harness, 1);
    assert_eq!((said.strength, said.reasons), (Some(3), vec!["shorter".to_owned()]));
    let mut rated: Vec<(usize, u8)> = said
        .ratings
        .iter()
        .map(|rating| {
            let at = |id: &Uuid| *id == rating.response;
            (example.rankings[0].presented.iter().position(at).unwrap() + 1, rating.value)
        })
        .collect();
    rated.sort_unstable();
    assert_eq!(rated, [(1, 4), (2, 2)]);
    assert!(harness.wait(300).screen().contains("question 2"));
}

#[test]
fn enter_skips_every_question_and_backspace_leads_back_to_the_order() {
    let mut harness = Harness::with(with_protocol(asking(), queue(2, 2)), 80, 24);
    harness.keys("g r").keys("2 3 backspace backspace");
    assert!(harness.screen().contains("best _"), "{}", harness.screen());
    harness.keys("1 enter enter enter");
    let said = details(&harness, 1).unwrap();
    assert_eq!((said.strength, said.ratings.len(), said.reasons.len()), (None, 0, 0));
}

#[test]
fn all_of_it_may_be_typed_at_once_over_two_examples() {
    let mut harness = Harness::with(with_protocol(asking(), queue(2, 2)), 80, 24);
    harness.keys("g r").keys("2 3 4 2 1 enter 1 1 5 5 2 enter");
    let said = [1, 2].map(|id| details(&harness, id).unwrap());
    assert_eq!(said.each_ref().map(|said| said.strength), [Some(3), Some(1)]);
    assert_eq!(said.each_ref().map(|said| said.ratings.len()), [2, 2]);
    assert_eq!(said.map(|said| said.reasons), [["clearer".to_owned()], ["shorter".to_owned()]]);
}

#[test]
fn undo_after_the_questions_brings_back_all_that_was_typed() {
    let mut harness = Harness::with(with_protocol(asking(), queue(2, 2)), 80, 24);
    harness.keys("g r").keys("2 3 4 2 1 enter").wait(300).keys("u");
    assert!(details(&harness, 1).is_none());
    assert!(harness.screen().contains("1 clearer ✓"), "{}", harness.screen());
    harness.keys("2 enter");
    let said = details(&harness, 1).unwrap();
    assert_eq!((said.strength, said.ratings.len(), said.reasons.len()), (Some(3), 2, 2));
}

#[test]
fn what_cannot_be_judged_is_said_with_two_keys() {
    let mut harness = Harness::with(queue(2, 3), 80, 24);
    harness.keys("g r").keys("1 c p");
    let ranking = example_of(&harness, 1).rankings.remove(0);
    assert_eq!(ranking.details.cannot.as_deref(), Some("prompt unclear"));
    assert!(ranking.tiers.is_empty() && ranking.bad.is_empty());
    assert!(harness.screen().contains("can't judge: prompt unclear  ✓"), "{}", harness.screen());
    harness.wait(300).keys("c a").type_text("no time").keys("enter");
    let why = details(&harness, 2).unwrap().cannot;
    assert_eq!(why.as_deref(), Some("no time"));
}

#[test]
fn a_hidden_repeat_looks_like_any_other_and_touches_no_ranking() {
    let mut first = parcel(1);
    let order = present::presented(&first, "ana", false);
    first.rankings.push(Ranking::new("ana", vec![vec![order[1]], vec![order[0], order[2]]]));
    first.reviews.push(sent_back("ana"));
    first.flags.push(Flag {
        id: new_id(),
        kind: "wrong".to_owned(),
        note: String::new(),
        response: Some(order[0]),
        by: Some("ana".to_owned()),
        resolved: false,
        at: Timestamp::now(),
    });
    let mut fresh = parcel(1);
    let mut driven = again(&first);
    let stood = driven.screen.shown.as_ref().unwrap().presented.clone();
    assert_ne!(stood, order, "in another order");
    // But for that order the picture is that of an example that nobody has seen.
    let by_place = |id: &Uuid| stood.iter().position(|there| there == id);
    fresh.responses.sort_by_key(|response| by_place(&response.id));
    let texts: Vec<String> = fresh.responses.iter().map(Response::text).collect();
    let picture = driven.picture(80, 24);
    assert!(picture.contains("best _") && picture.contains("[Rank 12 of 38 · blind, shuffled]"), "{picture}");
    for telling in ["ranked", "wrong", "sent back", "llama"] {
        assert!(!picture.contains(telling), "{picture}");
    }
    assert!(picture.find(&texts[0][..20]) < picture.find(&texts[1][..20]));
    press(&mut driven, "3 1");
    let verbs = driven.verbs();
    let [Verb::Repeat { example: 412, tiers, presented, .. }] = verbs.as_slice() else { panic!("{verbs:?}") };
    assert_eq!(presented, &stood);
    assert_eq!(*tiers, [vec![stood[2]], vec![stood[0]], vec![stood[1]]]);
}

#[test]
fn an_undone_repeat_comes_back_as_one() {
    let mut driven = again(&parcel(1));
    press(&mut driven, "3 1");
    let verb = driven.verbs().remove(0);
    driven.performed(verb, Some(412)).answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    driven.performed(Verb::Undo, Some(412)).answer_queue(Some((413, 13))).answer_example(&parcel(1), &[]);
    assert!(driven.picture(80, 24).contains("[Rank 12 of 38"));
    driven.take();
    press(&mut driven, "1 2");
    assert!(matches!(driven.verbs().as_slice(), [Verb::Repeat { .. }]));
}

#[test]
fn rewriting_in_a_hidden_repeat_adds_a_response_and_leaves_the_ranking() {
    let mut driven = again(&parcel(1));
    press(&mut driven, "2");
    driven.press(Command::RankRewriteBest).type_text(" More.").press(Command::EditorSaveAndNext);
    let verbs = driven.verbs();
    assert!(matches!(&verbs[..], [Verb::Repeat { .. }, Verb::AddResponse { .. }]), "{verbs:?}");
}

#[test]
fn authors_show_once_one_has_said_what_one_thinks() {
    let mut harness = Harness::with(queue(2, 3), 120, 24);
    assert!(!harness.keys("g r").screen().contains("model 1"));
    assert!(!harness.keys("2").screen().contains("model 1"));
    assert!(harness.keys("1").screen().contains("model 1"));
    assert!(!harness.wait(300).screen().contains("model 1"));
    harness.keys("<");
    // And on an example that one has ranked.
    let mut example = parcel(1);
    example.rankings.push(Ranking::new("bo", vec![vec![example.responses[0].id]]));
    assert!(!shown(&example).picture(120, 24).contains("llama"), "another's ranking is not one's own");
    example.rankings.push(Ranking::new("ana", vec![vec![example.responses[0].id]]));
    assert!(shown(&example).picture(120, 24).contains("llama"));
    // Where the protocol is not blind they are there from the first.
    let mut driven = shown(&parcel(1));
    driven.shared.definitions.protocol = Some(Protocol { blind: false, ..Protocol::default() });
    let picture = driven.picture(120, 24);
    assert!(picture.contains("llama") && picture.contains("[Rank 12 of 38 · shuffled]"), "{picture}");
}

#[test]
fn why_it_was_sent_back_stands_above_the_prompt() {
    let mut example = parcel(1);
    example.reviews.push(sent_back("ana"));
    let picture = shown(&example).picture(80, 24);
    assert!(picture.starts_with(" sent back by rita · ambiguous · which parcel?"), "{picture}");
    example.reviews[0] = sent_back("bo");
    assert!(!shown(&example).picture(80, 24).contains("sent back"));
}

#[test]
fn what_is_opened_on_purpose_is_held_and_what_is_handed_out_is_already() {
    let mut driven = Driven::new(Rank::new(Some(412)));
    driven.answer_example(&parcel(1), &[]);
    assert!(driven.take().iter().any(|effect| matches!(effect, Effect::Hold(412))));
    driven.give(Input::Answer(Answer::Held(412, "bo".to_owned())));
    assert_eq!(driven.said(), ["bo is ranking this right now"]);
    let mut driven = shown(&parcel(1));
    assert!(driven.take().is_empty());
    assert!(driven.screen.leave().iter().any(|effect| matches!(effect, Effect::Release)));
    // A minute later the next key holds it on.
    let start = std::time::Instant::now();
    let mut driven = Driven::new(Rank::new(None));
    driven.shared.now = Some(start);
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    driven.shared.now = Some(start + Duration::from_secs(59));
    assert!(driven.press(Command::MoveDown).take().is_empty());
    driven.shared.now = Some(start + Duration::from_secs(61));
    assert!(matches!(driven.press(Command::MoveDown).take().as_slice(), [Effect::Hold(412)]));
    assert!(driven.press(Command::MoveDown).take().is_empty());
}

#[test]
fn the_time_spent_leaves_out_pauses() {
    let start = std::time::Instant::now();
    let mut driven = Driven::new(Rank::new(None));
    driven.shared.now = Some(start);
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    driven.shared.now = Some(start + Duration::from_secs(20));
    press(&mut driven, "2");
    driven.shared.now = Some(start + Duration::from_secs(20 + 3_600));
    press(&mut driven, "1");
    let verbs = driven.verbs();
    assert!(
        matches!(&verbs[..], [Verb::Rank { details, .. }] if details.millis == Some(140_000)),
        "{verbs:?}"
    );
}

#[test]
fn without_a_moment_the_next_example_comes_at_once() {
    let mut driven = shown(&parcel(1));
    driven.shared.moment = Moment(0);
    press(&mut driven, "3 1");
    driven.answer_queue(Some((413, 13))).answer_example(&parcel(2), &[]);
    assert_eq!(driven.screen.example(), Some(413));
    assert!(!driven.take().iter().any(|effect| matches!(effect, Effect::Wake(_))));
}

#[test]
fn twenty_responses_are_ranked_by_looking_and_placing() {
    let texts: Vec<String> = (1..=20).map(|n| format!("answer {n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut driven = shown(&example(1, Prompt::user("?"), &texts));
    for _ in 0..11 {
        driven.press(Command::RankFocusNext);
    }
    driven.press(Command::RankPlaceFocused);
    let picture = driven.picture(160, 50);
    assert!(picture.contains("best 12  then _") && picture.contains("▸13"), "{picture}");
    for _ in 0..17 {
        driven.press(Command::RankPlaceFocused);
    }
    for (width, height) in [(80, 24), (120, 36), (160, 50)] {
        let picture = driven.picture(width, height);
        let line = picture.lines().rev().nth(1).unwrap();
        assert!(line.contains("12") && (line.contains("9>_") || line.contains("9  then _")), "{picture}");
    }
    driven.press(Command::RankPlaceFocused);
    let verbs = driven.verbs();
    let [Verb::Rank { tiers, presented, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!((tiers.len(), &tiers[0][0]), (20, &presented[11]));
}

#[test]
fn an_order_that_was_left_half_typed_is_there_when_one_comes_back() {
    let mut harness = Harness::with(queue(2, 3), 80, 24);
    harness.keys("g r 3 s");
    assert!(harness.screen().contains("question 2") && harness.screen().contains("best _"));
    assert!(harness.keys("[").screen().contains("best 3  then _"), "{}", harness.screen());
}

#[test]
fn an_undone_rewriting_is_a_draft_again() {
    let mut harness = Harness::with(queue(2, 3), 80, 24);
    harness.keys("g r 1 e").type_text(", and more").keys("ctrl-s").keys("u");
    assert_eq!(example_of(&harness, 1).responses.len(), 3);
    assert!(harness.reader().drafts(1, "ana").unwrap().values().any(|text| text.ends_with(", and more")));
    harness.keys("e").type_text("!").keys("ctrl-s");
    assert!(example_of(&harness, 1).responses.iter().any(|r| r.text().ends_with(", and more!")));
}

#[test]
fn a_long_prompt_is_read_whole_with_one_key() {
    let lines: Vec<String> = (1..=14).map(|n| format!("line {n} of the prompt")).collect();
    let mut driven = shown(&example(1, Prompt::user(lines.join("\n")), &["yes", "no"]));
    assert!(!driven.picture(80, 19).contains("line 14 of"));
    driven.press(Command::RankWholePrompt);
    let picture = driven.picture(80, 19);
    assert!(picture.contains("line 1 of") && picture.contains("line 14 of"), "{picture}");
    driven.press(Command::RankWholePrompt);
    assert!(driven.picture(80, 19).contains("yes"));
}

proptest::proptest! {
    #[test]
    fn where_a_response_stands_never_changes_what_is_stored(
        seeds in proptest::collection::vec(0u64..1_000_000, 5),
        annotators in proptest::collection::vec("[a-z]{1,8}", 1..4),
    ) {
        // Somebody prefers by the text alone; the same order of ids comes of any shuffle.
        let texts: Vec<String> = seeds.iter().enumerate().map(|(at, seed)| format!("{seed:06}-{at}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let example = example(1, Prompt::user("?"), &texts);
        let mut wanted: Vec<&Response> = example.responses.iter().collect();
        wanted.sort_by_key(|response| response.text());
        for annotator in annotators {
            let mut driven = Driven::new(Rank::new(None));
            driven.shared.annotator = annotator;
            driven.answer_queue(Some((412, 12))).answer_example(&example, &[]);
            let stood = driven.screen.shown.as_ref().unwrap().presented.clone();
            for response in &wanted[..4] {
                let at = stood.iter().position(|id| *id == response.id).unwrap();
                driven.press(Command::PLACES[at]);
            }
            let verbs = driven.verbs();
            let [Verb::Rank { tiers, .. }] = &verbs[..] else { panic!("{verbs:?}") };
            let stored: Vec<Uuid> = tiers.iter().map(|tier| tier[0]).collect();
            proptest::prop_assert_eq!(stored, wanted.iter().map(|response| response.id).collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_queue_goes_on_from_a_repeat_like_from_any_other() {
    let mut driven = again(&parcel(1));
    press(&mut driven, "0");
    assert!(matches!(driven.verbs().as_slice(), [Verb::Repeat { .. }]));
    // The one whose place it took, #11, has not come yet.
    assert!(matches!(driven.asked().1, Request::Next(Queue::Rank, Seek::At(11))));
}

#[test]
fn pairs_are_asked_for_in_the_place_of_the_order() {
    let mut harness = Harness::with(queue(2, 4), 80, 24);
    let screen = harness.keys("g r m").screen();
    assert!(screen.contains("which is better?   1 this   2 that   = the same"), "{screen}");
    assert!(screen.contains("question 1 of about 5"), "{screen}");
    // One who always takes the left one; the next example is asked for in the same way.
    for _ in 0..5 {
        if example_of(&harness, 1).rankings.is_empty() {
            harness.keys("1");
        }
    }
    let ranking = example_of(&harness, 1).rankings.remove(0);
    let tiers: Vec<Uuid> = ranking.tiers.concat();
    assert_eq!(tiers, ranking.presented, "left before right is the order in which they stood");
    assert!(harness.reader().drafts(1, "ana").unwrap().is_empty());
    assert!(harness.wait(300).screen().contains("question 1 of about 5"));
    // Backspace takes an answer back, and undo the last one of a ranking that is done.
    harness.keys("2");
    assert!(harness.screen().contains("question 2 of"));
    harness.keys("backspace");
    assert!(harness.screen().contains("question 1 of"));
    harness.keys("u");
    assert!(example_of(&harness, 1).rankings.is_empty());
    assert!(harness.screen().contains("which is better?") && !harness.screen().contains("question 1 of"));
    harness.keys("1");
    assert_eq!(example_of(&harness, 1).rankings.len(), 1);
}

#[test]
fn pairs_go_on_where_they_were_after_a_restart() {
    let mut harness = Harness::with(queue(1, 6), 80, 24);
    harness.keys("g r m 1 2 1");
    let before = harness.screen();
    assert!(before.contains("question 4 of"), "{before}");
    // As if the program had ended here: what is kept is all that another screen knows.
    let drafts = harness.reader().drafts(1, "ana").unwrap();
    let kept: Vec<(&str, &str)> =
        drafts.iter().map(|(field, text)| (field.as_str(), text.as_str())).collect();
    let mut driven = Driven::new(Rank::new(Some(1)));
    driven.answer_example(&example_of(&harness, 1), &kept);
    assert!(driven.picture(80, 19).contains("question 4 of"), "{}", driven.picture(80, 19));
    harness.keys("g h g r");
    assert_eq!(harness.screen().lines().rev().nth(3), before.lines().rev().nth(3));
}

#[test]
fn the_best_and_the_worst_are_asked_for_in_turn() {
    let mut harness = Harness::with(queue(1, 5), 80, 24);
    harness.keys("g r m m");
    assert!(harness.screen().contains("which is the best of those left?"), "{}", harness.screen());
    harness.keys("3");
    assert!(harness.screen().contains("which is the worst of those left?"), "{}", harness.screen());
    harness.keys("1 3");
    assert!(harness.screen().contains("that one is not among those left"), "{}", harness.screen());
    assert!(harness.screen().contains("worst") && harness.screen().contains("best"));
    harness.keys("5 2");
    let ranking = example_of(&harness, 1).rankings.remove(0);
    let stood: Vec<usize> = ranking
        .tiers
        .concat()
        .iter()
        .map(|id| ranking.presented.iter().position(|there| there == id).unwrap() + 1)
        .collect();
    assert_eq!(stood, [3, 5, 4, 2, 1]);
    // And back to typing the order.
    let mut harness = Harness::with(queue(1, 5), 80, 24);
    assert!(harness.keys("g r m m m").screen().contains("best _"));
}

#[test]
fn every_number_of_responses_and_length_is_drawn_at_every_size() {
    let long = "It is so, and this is why. ".repeat(760);
    for n in [2, 4, 9, 20] {
        for text in ["Yes.", long.as_str()] {
            let mut driven = shown(&example(1, Prompt::user("?"), &vec![text; n]));
            for (width, height) in [(80, 19), (120, 31), (160, 45)] {
                for _ in 0..4 {
                    let picture = driven.picture(width, height);
                    assert!(picture.contains("\u{25b8}1") && picture.contains(" best _"), "{picture}");
                    driven.press(Command::RankLayout);
                }
                driven.press(Command::RankMethod);
                driven.picture(width, height);
                while driven.screen.shown.as_ref().unwrap().asking.is_some() {
                    driven.press(Command::RankMethod);
                }
                driven.press(Command::MoveBottom).press(Command::MoveTop);
            }
        }
    }
}

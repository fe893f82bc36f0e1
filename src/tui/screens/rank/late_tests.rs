//! What comes late: keys typed ahead, refusals, menus answered when another example is there.

#![allow(clippy::unwrap_used)]

use super::tests::{parcel, press};
use super::*;
use crate::dataset::{Selection, Verb};
use crate::example::{Example, Kind, Prompt, Response, Status};
use crate::tui::effect::{Answer, Moment};
use crate::tui::screens::fixtures::Driven;

/// The screen with an example of three responses on it, without moments.
fn driven() -> Driven<Rank> {
    let mut driven = Driven::new(Rank::new(None));
    driven.shared.moment = Moment(0);
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    driven.take();
    driven
}

#[test]
fn keys_after_one_that_opens_a_menu_do_nothing_unseen() {
    for (opens, then) in [
        (Command::RankCannot, Command::ExamplePend),
        (Command::ExampleFlag, Command::ExampleDiscard),
        (Command::ExampleTag, Command::ExampleApprove),
    ] {
        let mut driven = driven();
        press(&mut driven, "0");
        driven.verbs();
        // Before the next one is there.
        driven.press(opens).press(then);
        driven.answer_queue(Some((413, 12))).answer_example(&parcel(2), &[]);
        assert_eq!(driven.verbs(), [], "{}", then.id());
        assert!(driven.said().iter().any(|said| said.contains("were not used")), "{}", then.id());
    }
}

#[test]
fn what_a_menu_was_opened_for_is_done_to_no_other_example() {
    let mut driven = driven();
    driven.press(Command::RankCannot);
    let mut menus = driven.take();
    let Some(Effect::PickByKey(picker, _)) = menus.pop() else { panic!("no menu: {menus:?}") };
    // Something undone elsewhere brings another one to the screen meanwhile.
    driven.performed(Verb::Undo, Some(400));
    driven.answer_queue(Some((400, 1))).answer_example(&parcel(2), &[]);
    driven.take();
    driven.give(Input::Picked(picker.purpose, vec!["not my subject".to_owned()]));
    assert_eq!(driven.verbs(), []);
    let said = driven.said();
    assert!(said.iter().any(|said| said.contains("#412 is not on the screen any more")), "{said:?}");
}

#[test]
fn a_key_that_waits_is_taken_back_before_anything_that_is_done() {
    let mut driven = driven();
    press(&mut driven, "0");
    assert_eq!(driven.verbs().len(), 1);
    press(&mut driven, "0");
    assert!(driven.screen.takes_undo(), "the key that waits");
    driven.press(Command::AppUndo);
    assert!(!driven.screen.takes_undo(), "nothing waits: the journal is next");
    driven.answer_queue(Some((413, 12))).answer_example(&parcel(2), &[]);
    assert_eq!(driven.verbs(), []);
}

#[test]
fn what_was_refused_is_on_the_screen_again_though_nothing_can_be_written() {
    let mut driven = driven();
    press(&mut driven, "31");
    let verb = driven.verbs().remove(0);
    driven.take();
    press(&mut driven, "2");
    driven.give(Input::Answer(Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    assert!(driven.said().iter().any(|said| said.contains("keys typed since are not used")));
    // Asking for its place writes a lease, which fails as well.
    let (generation, _) = driven.asked();
    driven.give(Input::Answer(Answer::Failed(generation, "the disk is full".to_owned())));
    driven.answer_example(&parcel(1), &[]);
    assert!(!driven.screen.shown.as_ref().unwrap().is_done());
    let picture = driven.picture(100, 30);
    assert!(picture.contains("parcel"), "{picture}");
    assert!(driven.take().iter().all(|effect| !matches!(effect, Effect::Hold(_))), "nothing more to fail");
}

#[test]
fn a_status_that_was_refused_brings_its_example_back() {
    let mut driven = driven();
    driven.press(Command::ExampleApprove);
    assert_eq!(driven.verbs(), [], "nobody approves what they have not ranked");
    driven.press(Command::ExampleDiscard);
    let verb = driven.verbs().remove(0);
    assert!(matches!(verb, Verb::SetStatus { on: Selection::One(412), status: Status::Discarded }));
    driven.answer_queue(None);
    driven.give(Input::Answer(Answer::Refused(Box::new(verb), "the disk is full".to_owned())));
    driven.answer_queue(Some((412, 1))).answer_example(&parcel(1), &[]);
    assert_eq!(driven.screen.shown.as_ref().unwrap().id, 412);
}

#[test]
fn what_was_being_rewritten_is_gone_on_with_also_after_a_moment() {
    let mut driven = Driven::new(Rank::new(None));
    driven.shared.moment = Moment(300);
    driven.answer_queue(Some((412, 12))).answer_example(&parcel(1), &[]);
    let next = parcel(2);
    press(&mut driven, "0");
    let field = format!("rewrite/{}/0", next.responses[0].id);
    let field = super::rewrite::field(super::rewrite::origin_of(&field).unwrap_or(next.responses[0].id));
    driven.answer_queue(Some((413, 12))).answer_example(&next, &[(field.as_str(), "half a thought")]);
    driven.give(Input::Woken);
    assert_eq!(driven.screen.shown.as_ref().unwrap().id, 413);
    assert_eq!(driven.screen.set_aside.as_ref().unwrap().text, "half a thought");
}

#[test]
fn a_digit_that_only_confirms_is_told_where_another_example_is_there() {
    let mut driven = driven();
    driven.shared.now = Some(Instant::now());
    press(&mut driven, "31");
    driven.verbs();
    driven.answer_queue(Some((413, 12))).answer_example(&parcel(2), &[]);
    driven.take();
    press(&mut driven, "2");
    let said = driven.said();
    assert!(said.iter().any(|said| said.contains("2 had placed itself in the one before")), "{said:?}");
}

#[test]
fn in_pairs_only_one_that_is_asked_about_can_be_chosen() {
    let mut driven = driven();
    driven.press(Command::RankMethod);
    driven.press(Command::RankWholePrompt).press(Command::RankWholePrompt);
    let shown = driven.screen.shown.as_ref().unwrap();
    let (one, other) = shown.pair().unwrap();
    assert!(shown.focused().is_some_and(|at| at == one || at == other));
}

#[test]
fn texts_longer_than_any_screen_are_drawn() {
    let long = "x\n".repeat(70_000);
    let responses = [long.as_str(), "short", "y\n"].map(|text| Response::new(None, text)).to_vec();
    let example = Example { responses, ..Example::new(Kind::Preference, Prompt::user("?")) };
    let mut driven = Driven::new(Rank::new(None));
    driven.answer_queue(Some((412, 12))).answer_example(&example, &[]);
    for (width, height) in [(80, 24), (160, 50), (20, 5)] {
        for _ in 0..4 {
            driven.press(Command::RankFocusNext);
            assert!(!driven.picture(width, height).is_empty());
        }
    }
}

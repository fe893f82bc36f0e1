//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use super::Export;
use crate::dataset::{Dataset, ExportReport, Progress, Verb};
use crate::example::{Example, Kind, Message, Prompt, Response, Role, Status};
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Request, Shared};
use crate::tui::exporting::Outcome;
use crate::tui::harness::{Harness, hostile};
use crate::tui::message::Message as Heard;
use crate::tui::screen::{Input, Screen};

/// A dozen questions about tides with their answers; in two of them the user speaks twice in a row, and
/// one has no answer yet.
fn tides(dataset: &mut Dataset) {
    for n in 1..=12 {
        let mut messages = vec![Message::new(Role::User, format!("When is high water at pier {n}?"))];
        if n == 3 || n == 7 {
            messages.push(Message::new(Role::User, "I mean today."));
        }
        let prompt = Prompt { messages, tools: Vec::new() };
        let responses =
            if n == 9 { Vec::new() } else { vec![Response::new(None, format!("At {n} o'clock."))] };
        let status = if n == 12 { Status::Pending } else { Status::Approved };
        let example = Example { status, responses, ..Example::new(Kind::Sft, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

/// The screen with a format whose consumers want speakers to take turns.
fn taking_turns(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(tides, cells, rows);
    harness.keys("g e f").type_text("sharegpt").keys("enter");
    harness
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

fn has_not(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(!screen.contains(text), "“{text}” is there:\n{screen}");
}

#[test]
fn the_screen_says_what_stands_in_the_way() {
    insta::assert_snapshot!("export_80x24", taking_turns(80, 24).screen());
    insta::assert_snapshot!("export_160x50", taking_turns(160, 50).screen());
}

#[test]
fn a_format_is_found_by_typing() {
    let mut harness = Harness::with(tides, 80, 24);
    insta::assert_snapshot!("formats_80x24", harness.keys("g e f").type_text("sharegpt").screen());
}

#[test]
fn another_format_is_judged_by_its_own_rules() {
    let mut harness = Harness::with(tides, 120, 40);
    harness.keys("g e f").type_text("openai-chat").keys("enter");
    has(&mut harness, "11 examples, of which 1 do not hold");
    harness.keys("f").type_text("sharegpt").keys("enter");
    has(&mut harness, "11 examples, of which 3 do not hold");
    has(&mut harness, "Export  sharegpt");
}

#[test]
fn a_mend_that_is_taken_clears_the_way() {
    let mut harness = taking_turns(120, 40);
    harness.keys("tab");
    has(&mut harness, "merge-turns would do");
    harness.keys("m");
    has(&mut harness, "MENDED ON THE WAY");
    has(&mut harness, "11 examples, of which 1 do not hold");
    has_not(&mut harness, "merge-turns would do");
    let there = harness.reader().example(3).unwrap().unwrap();
    assert_eq!(there.prompt.messages.len(), 2, "the dataset stays as it is");
}

#[test]
fn a_rule_is_let_pass_and_what_does_not_hold_is_left_out() {
    let mut harness = taking_turns(120, 40);
    harness.keys("tab p");
    has(&mut harness, "11 examples, of which 1 do not hold");
    harness.keys("x");
    has(&mut harness, "✓ 10 examples become 10 records");
    has(&mut harness, "LEFT OUT  these do not hold");
    harness.keys("x p");
    has(&mut harness, "there is nothing that could be written of these");
}

#[test]
fn nothing_is_asked_for_where_something_stands_in_the_way() {
    let mut harness = taking_turns(80, 24);
    harness.keys("W");
    has(&mut harness, "some examples do not hold: mend them");
}

#[test]
fn a_file_is_written_kept_account_of_and_made_again() {
    let mut harness = taking_turns(120, 40);
    harness.keys("x W");
    has(&mut harness, "support-sharegpt.");
    harness.keys("enter");
    has(&mut harness, "WRITTEN  as export 1");
    has(&mut harness, "✓ wrote 8 records as export 1 to ");
    let kept = harness.reader().exports().unwrap();
    let [only] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((only.number, only.annotator.as_str(), only.counts.records), (1, "ana", 8));
    assert!(std::path::Path::new(&only.target).is_file());
    let hash = only.files[0].sha256.clone();
    has(&mut harness, &hash[..32]);
    // Below the settings stands what was exported before: there one makes it again.
    harness.keys("tab tab enter");
    has(&mut harness, "set as export 1 was");
    harness.keys("enter enter");
    has(&mut harness, "✓ the same bytes as export 1");
    has(&mut harness, "over what was there");
    assert_eq!(harness.reader().exports().unwrap().len(), 2);
}

#[test]
fn a_folder_gets_a_file_for_each_split() {
    let mut harness = taking_turns(120, 40);
    let folder = harness.path().with_file_name("out");
    harness.keys("x W ctrl-u").type_text(&format!("{}/", folder.display())).keys("enter");
    has(&mut harness, "WRITTEN  as export 1");
    assert!(std::fs::read_dir(&folder).unwrap().count() >= 1);
}

#[test]
fn where_it_cannot_be_written_the_reason_is_told_and_all_stays_as_it_was_set() {
    let mut harness = taking_turns(120, 40);
    harness.keys("x W ctrl-u").type_text("/nowhere/at/all.jsonl").keys("enter");
    has(&mut harness, "no file was made: /nowhere/at/all.jsonl");
    has(&mut harness, "are left out");
    assert!(harness.reader().exports().unwrap().is_empty());
}

#[test]
fn what_was_exported_last_is_what_one_begins_with() {
    let mut harness = taking_turns(120, 40);
    harness.keys("x W enter esc g e");
    has(&mut harness, "Export  sharegpt");
    has(&mut harness, "✓ 8 examples become 8 records");
}

#[test]
fn an_example_in_the_way_is_opened_and_one_comes_back_to_the_export() {
    // Also where one came from another example.
    for way in ["", "b enter"] {
        let mut harness = Harness::with(tides, 120, 40);
        harness.keys(way).keys("g e f").type_text("sharegpt").keys("enter tab j enter");
        has(&mut harness, "Write #3");
        harness.keys("esc");
        has(&mut harness, "Export  sharegpt");
        harness.keys("p");
        has(&mut harness, "11 examples, of which 1 do not hold");
    }
}

#[test]
fn only_the_examples_of_a_filter_go_out_and_a_wrong_one_can_be_mended() {
    let mut harness = taking_turns(120, 40);
    harness.keys("/").type_text("status:finished").keys("enter");
    has(&mut harness, "the filter can't be understood");
    harness.keys("ctrl-u").type_text("\"pier 4\"").keys("enter");
    has(&mut harness, "✓ 1 example becomes 1 record");
    harness.keys("/ ctrl-u").type_text("\"pier 99\"").keys("enter");
    has(&mut harness, "nothing would be written: no example fits");
}

#[test]
fn what_others_did_meanwhile_is_judged_at_once() {
    let mut harness = taking_turns(120, 40);
    let on = crate::dataset::Selection::One(9);
    harness.elsewhere("bo", &Verb::SetStatus { on, status: Status::Discarded });
    harness.look();
    has(&mut harness, "10 examples, of which 2 do not hold");
}

#[test]
fn settings_that_mean_nothing_to_a_format_are_not_there() {
    let mut harness = taking_turns(120, 40);
    has_not(&mut harness, "every pair that is decided");
    harness.keys("f").type_text("trl-preference").keys("enter");
    has(&mut harness, "every pair that is decided");
    has(&mut harness, "nothing would be written: no example fits");
}

#[test]
fn the_record_is_seen_as_a_line_too() {
    let mut harness = taking_turns(160, 50);
    has(&mut harness, "FIRST RECORD  laid out");
    harness.keys("v");
    has(&mut harness, "FIRST RECORD  as it is written");
    has(&mut harness, "{\"conversations\":[{");
}

/// The screen by itself, with the generation of what it asked about the plan.
fn alone() -> (Export, Shared, u64) {
    let mut screen = Export::default();
    let shared = Shared::default();
    let effects = screen.enter(&shared);
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Ask(generation, Request::Judge(Some(_))) => Some(*generation),
        _ => None,
    });
    (screen, shared, asked.unwrap())
}

fn judged(generation: u64, examples: u64) -> Input {
    let report = ExportReport { examples, written: examples, records: examples, ..ExportReport::default() };
    Input::Answer(Answer::Judged(generation, Box::new(report)))
}

#[test]
fn a_late_answer_is_dropped() {
    let (mut screen, shared, first) = alone();
    screen.update(judged(first, 5), &shared);
    assert_eq!(screen.report.as_ref().unwrap().examples, 5);
    let command = Command::ExportSkip;
    screen.update(Input::Command { command, digit: None }, &shared);
    screen.update(judged(first, 7), &shared);
    assert_eq!(screen.report.as_ref().unwrap().examples, 5, "it was about another plan");
    assert!(screen.is_busy());
    let now = screen.judging;
    screen.update(judged(now, 4), &shared);
    assert_eq!(screen.report.as_ref().unwrap().examples, 4);
    assert!(!screen.is_busy());
}

#[test]
fn looking_is_stopped_by_going_back_and_taken_up_again() {
    let (mut screen, shared, first) = alone();
    let progress = Progress { step: "exporting", done: 1, total: Some(4) };
    screen.update(Input::Answer(Answer::Exporting(first, progress)), &shared);
    let effects = screen.back(&shared).unwrap();
    assert!(matches!(effects.as_slice(), [Effect::Ask(_, Request::Judge(None))]), "{effects:?}");
    screen.update(judged(first, 7), &shared);
    assert!(screen.report.is_none());
    assert!(screen.back(&shared).is_none(), "now one leaves");
    let command = Command::ExportJudge;
    let effects = screen.update(Input::Command { command, digit: None }, &shared);
    assert!(matches!(effects.as_slice(), [Effect::Ask(_, Request::Judge(Some(_)))]), "{effects:?}");
}

#[test]
fn writing_is_stopped_and_nothing_is_changed_meanwhile() {
    let (mut screen, shared, first) = alone();
    screen.update(judged(first, 5), &shared);
    let to = super::settings::Asked::To.purpose();
    let effects = screen.update(Input::Entered(to, "out.jsonl".to_owned()), &shared);
    assert!(
        matches!(effects.as_slice(), [Effect::Ask(_, Request::Export(_, to, false))] if to == "out.jsonl")
    );
    let command = Command::ExportSkip;
    let effects = screen.update(Input::Command { command, digit: None }, &shared);
    assert!(matches!(effects.as_slice(), [Effect::Say(..)]), "{effects:?}");
    assert!(screen.leave().is_empty(), "who goes elsewhere does not stop it");
    let effects = screen.back(&shared).unwrap();
    assert!(matches!(effects.as_slice(), [Effect::Ask(_, Request::StopExport)]), "{effects:?}");
    let now = screen.judging;
    screen.update(Input::Answer(Answer::Exported(now, Box::new(Outcome::Stopped))), &shared);
    assert!(!screen.is_busy() && screen.written.is_none());
}

#[test]
fn who_leaves_while_it_is_written_hears_how_it_ended() {
    let mut harness = taking_turns(120, 40);
    harness.keys("x W enter g h");
    harness.message(Heard::Answer(99, Answer::Exported(1, Box::new(Outcome::Stopped))));
    has(&mut harness, "stopped; no file was made");
}

#[test]
fn a_click_selects_and_another_goes_into_it() {
    let mut harness = taking_turns(120, 40);
    harness.click("invalid").click("invalid");
    has(&mut harness, "are left out");
}

#[test]
fn hostile_texts_are_seen_and_not_obeyed() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        let mut harness = Harness::with(hostile, cells, rows);
        harness.keys("g e f").type_text("goldset").keys("enter G v G");
        let screen = harness.screen();
        let bad = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!screen.contains(bad), "{screen:?}");
        assert!(screen.contains("✓ 2 examples"), "{screen}");
    }
}

#[test]
fn a_small_terminal_shows_what_it_can() {
    for (cells, rows) in [(20, 6), (30, 8), (40, 10)] {
        let mut harness = taking_turns(cells, rows);
        harness.keys("tab j j tab v G x W enter tab tab enter page-up");
        harness.draw();
    }
}

#[test]
fn a_file_of_somebody_elses_is_not_written_over_unasked() {
    let mut harness = taking_turns(120, 40);
    let path = harness.path().with_file_name("thesis.json");
    std::fs::write(&path, "mine").unwrap();
    let text = path.display().to_string();
    harness.keys("x W ctrl-u").type_text(&text).keys("enter");
    has(&mut harness, "thesis.json is there");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    // left alone, another name is asked for
    harness.keys("enter");
    has(&mut harness, "Write to");
    harness.keys("ctrl-u").type_text(&text).keys("enter down enter");
    has(&mut harness, "wrote 8 records as export 1");
    assert_ne!(std::fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn where_to_is_asked_when_it_is_known_what_and_only_of_who_is_still_there() {
    let wants = |screen: &mut Export, shared: &Shared| {
        let command = Command::ExportWrite;
        let effects = screen.update(Input::Command { command, digit: None }, shared);
        assert!(matches!(effects.as_slice(), [Effect::Say(..)]), "{effects:?}");
    };
    let (mut screen, shared, first) = alone();
    wants(&mut screen, &shared);
    let effects = screen.update(judged(first, 5), &shared);
    assert!(matches!(effects.as_slice(), [Effect::Enter(_)]), "{effects:?}");

    let (mut screen, shared, _) = alone();
    wants(&mut screen, &shared);
    screen.leave();
    screen.enter(&shared);
    let now = screen.judging;
    let effects = screen.update(judged(now, 5), &shared);
    assert!(effects.is_empty(), "who comes back has not asked again: {effects:?}");
    screen.leave();
    let taken = Outcome::Taken("out.jsonl".into());
    let now = screen.judging;
    let effects = screen.update(Input::Answer(Answer::Exported(now, Box::new(taken))), &shared);
    assert!(effects.is_empty(), "nothing opens over where one is now: {effects:?}");
}

//! What the changes promise, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{ResponseText, Selection, Verb};
use crate::example::{Example, Kind, Message, Prompt, Response, Role};
use crate::tui::effect::{Changing, Place, Task};
use crate::tui::harness::{Harness, hostile};

fn browse(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::sample(cells, rows);
    harness.keys("b");
    harness
}

fn answer(harness: &Harness, id: i64) -> String {
    harness.reader().example(id).unwrap().unwrap().responses[0].text()
}

#[test]
fn what_is_found_is_asked_for_on_a_page() {
    let mut harness = browse(80, 24);
    harness.keys("R").type_text("refund").keys("tab").type_text("money back").keys("down space");
    insta::assert_snapshot!("form_80x24", harness.screen());
    harness.keys("esc");
    assert!(harness.screen().contains("Browse"), "{}", harness.screen());
}

#[test]
fn a_replacement_is_seen_first_and_then_one_undo() {
    let mut harness = browse(80, 24);
    harness.keys("R").type_text("refund").keys("tab").type_text("money back").keys("enter");
    insta::assert_snapshot!("preview_80x24", harness.screen());
    harness.keys("j space enter");
    let screen = harness.screen();
    assert!(screen.contains("replaced “refund” by “money back” in 4 texts of 3 examples"), "{screen}");
    assert!(screen.contains("Browse"), "{screen}");
    assert_eq!(answer(&harness, 2), "{\"intent\": \"money back\"}");
    assert_eq!(
        harness.reader().example(6).unwrap().unwrap().prompt.question(),
        "Where is my refund?",
        "left"
    );
    harness.keys("u");
    assert_eq!(answer(&harness, 2), "{\"intent\": \"refund\"}");
    assert_eq!(answer(&harness, 7), "{\"intent\": \"refund\"}");
}

#[test]
fn where_there_is_room_the_difference_stands_beside_the_list() {
    let mut harness = browse(160, 50);
    harness.keys("R").type_text("Answer with").keys("tab").type_text("Reply with").keys("enter j -");
    insta::assert_snapshot!("preview_160x50", harness.screen());
    harness.keys("enter");
    assert!(harness.screen().contains("no change is taken"), "{}", harness.screen());
    harness.keys("a enter");
    assert!(harness.screen().contains("in 8 texts of 8 examples"), "{}", harness.screen());
}

#[test]
fn only_the_marked_examples_are_changed_and_only_the_wanted_texts() {
    let mut harness = browse(100, 30);
    harness.keys("j space R").type_text("intent").keys("enter");
    let screen = harness.screen();
    assert!(
        screen.contains("take out “intent”   in #2") && screen.contains("2 of 2 texts taken"),
        "{screen}"
    );
    // Back to the questions, which are as they were left; system turns are left out now.
    harness.keys("esc down down down down down down space");
    harness.keys("enter");
    assert!(harness.screen().contains("1 of 1 text taken"), "{}", harness.screen());
    harness.keys("enter");
    assert_eq!(answer(&harness, 2), "{\"\": \"refund\"}");
    assert_eq!(answer(&harness, 6), "{\"intent\": \"refund\"}");
}

#[test]
fn an_expression_that_is_none_is_told_and_can_be_mended() {
    let mut harness = browse(100, 30);
    harness.keys("R").type_text("(ref").keys("tab down space enter");
    let screen = harness.screen();
    assert!(screen.contains("the expression can't be understood: unclosed group"), "{screen}");
    harness.keys("up up").type_text(")und").keys("tab").type_text("${1}uel").keys("enter enter");
    assert_eq!(answer(&harness, 2), "{\"intent\": \"refuel\"}");
    harness.keys("R enter");
    assert!(harness.screen().contains("type what to find first"), "{}", harness.screen());
}

#[test]
fn texts_are_normalised_by_a_menu() {
    let mut harness = Harness::with(
        |dataset| {
            let mut example = Example::new(Kind::Sft, Prompt::user("odd\u{a0}“one”  \r\n"));
            example.responses = vec![Response::new(None, "fine")];
            dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        },
        100,
        30,
    );
    harness.keys("b =");
    insta::assert_snapshot!("normalisers_100x30", harness.screen());
    harness.keys("enter enter");
    let text =
        |harness: &Harness| harness.reader().example(1).unwrap().unwrap().prompt.question().into_owned();
    assert_eq!(text(&harness), "odd “one”");
    assert!(harness.screen().contains("in 1 text of #1"), "{}", harness.screen());
    harness.keys("=").type_text("quotes").keys("tab enter enter u");
    assert_eq!(text(&harness), "odd “one”");
    harness.keys("= enter");
    assert!(
        harness.screen().contains("nothing would change in the one example shown"),
        "{}",
        harness.screen()
    );
}

#[test]
fn an_example_is_opened_and_one_comes_back_to_what_one_had_taken() {
    let mut harness = browse(100, 30);
    harness.keys("R").type_text("refund").keys("tab").type_text("x").keys("enter space e");
    assert!(harness.screen().contains("Write"), "{}", harness.screen());
    harness.keys("esc");
    assert!(harness.screen().contains("4 of 5 texts taken"), "{}", harness.screen());
    harness.keys("esc esc");
    assert_eq!(answer(&harness, 2), "{\"intent\": \"refund\"}");
}

#[test]
fn what_others_changed_meanwhile_is_left_and_told() {
    let mut harness = browse(120, 30);
    harness.keys("R").type_text("refund").keys("tab").type_text("x").keys("enter");
    let id = Some(harness.reader().example(2).unwrap().unwrap().responses[0].id);
    let write = Verb::Write {
        example: 2,
        prompt: None,
        responses: vec![ResponseText { id, messages: vec![Message::new(Role::Assistant, "no refund")] }],
        note: None,
        status: None,
    };
    harness.elsewhere("bo", &write);
    harness.keys("enter");
    assert!(harness.screen().contains("1 was changed meanwhile and left"), "{}", harness.screen());
    assert_eq!(answer(&harness, 2), "no refund");
}

#[test]
fn a_click_selects_a_change_and_another_leaves_it() {
    let mut harness = browse(100, 30);
    harness.keys("R").type_text("refund").click("whole words").click("whole words").keys("enter");
    harness.click("#7  user");
    assert!(harness.screen().contains(" ▸ ● #7  user"), "{}", harness.screen());
    harness.click("#7  user");
    assert!(harness.screen().contains("   ○ #7  user"), "{}", harness.screen());
}

#[test]
fn what_a_check_found_is_shown_the_same_way() {
    let mut harness = browse(100, 30);
    let change = crate::dataset::TextChange {
        example: 2,
        field: crate::dataset::TextField::Note,
        before: String::new(),
        after: "see #6".to_owned(),
    };
    let task = Task::Proposed(std::sync::Arc::new(vec![change]), "mended".to_owned());
    let changing = Changing { on: Selection::One(2), said: "1 finding".to_owned(), task };
    let mut screen = super::Changes::new(&changing);
    let shared = harness.shell.shared().clone();
    assert!(crate::tui::screen::Screen::enter(&mut screen, &shared).is_empty(), "nothing is looked for");
    let input = crate::tui::screen::Input::Command {
        command: crate::tui::commands::Command::ChangesApply,
        digit: None,
    };
    let effects = crate::tui::screen::Screen::update(&mut screen, input, &shared);
    assert!(matches!(effects.as_slice(), [crate::tui::effect::Effect::Perform(_)]), "{effects:?}");
    assert!(matches!(Place::Changes(Box::new(changing)), Place::Changes(_)));
    harness.keys("q");
}

#[test]
fn hostile_texts_are_seen_and_not_obeyed() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        let mut harness = Harness::with(hostile, cells, rows);
        harness.keys("b R").type_text("e").keys("tab").type_text("E").keys("enter j");
        let screen = harness.screen();
        let bad = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!screen.contains(bad), "{screen:?}");
        assert!(screen.contains("taken"), "{screen}");
    }
}

#[test]
fn a_small_terminal_shows_what_it_can() {
    for (cells, rows) in [(20, 6), (30, 8), (40, 10)] {
        let mut harness = browse(cells, rows);
        harness.keys("R").type_text("refund").keys("enter j j space");
        harness.draw();
    }
}

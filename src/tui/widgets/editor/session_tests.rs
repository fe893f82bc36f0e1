//! Typing as it is done with the whole program around it, by the keys of each keymap.

#![allow(clippy::unwrap_used)]

use crossterm::event::Event;

use crate::tui::harness::{Harness, sample};
use crate::tui::keymap::load;

fn session(keymap: &str) -> Harness {
    Harness::with_keymap(sample, 100, 30, load(None, keymap).0)
}

/// What the first example's last response says on disk.
fn written(harness: &Harness) -> Option<String> {
    let examples = (1..20).filter_map(|id| harness.reader().example(id).unwrap());
    let texts = examples
        .flat_map(|example| example.responses)
        .map(|response| response.messages[0].text().into_owned());
    texts.filter(|text| text.starts_with("Dear")).last()
}

#[test]
fn with_modes_esc_goes_to_commands_and_from_there_ends_typing() {
    let mut harness = session("vim");
    harness.keys("g w").type_text("Dear customer, we are sorry.").keys("esc");
    let footer = harness.screen().lines().last().unwrap().to_owned();
    assert!(footer.contains("i type") && footer.contains("esc done"), "{footer}");
    harness.type_text("0w2dwiall, ").keys("esc");
    assert!(harness.screen().contains("Dear all, we are sorry."), "{}", harness.screen());
    harness.type_text("3").keys("esc").type_text("A Yours").keys("esc");
    assert!(
        harness.screen().contains("we are sorry. Yours"),
        "esc only forgot the count: {}",
        harness.screen()
    );
    harness.keys("esc");
    assert_eq!(written(&harness).as_deref(), Some("Dear all, we are sorry. Yours"));
}

#[test]
fn with_modes_a_text_that_is_there_opens_for_commands() {
    let mut harness = session("vim");
    harness.keys("g w").type_text("Dear customer").keys("esc esc enter");
    harness.type_text("wcwfriend").keys("esc");
    assert!(harness.screen().contains("Dear friend"), "{}", harness.screen());
    harness.event(Event::Paste(" and\nmore".to_owned()));
    assert!(
        harness.screen().contains("Dear frien and"),
        "a paste goes in at the cursor: {}",
        harness.screen()
    );
    harness.keys("u q");
    assert!(harness.screen().contains("q does nothing here"), "{}", harness.screen());
    assert!(!harness.ended);
    harness.keys(":");
    assert!(harness.screen().contains("Commands") || harness.screen().contains("commands"));
}

#[test]
fn what_is_looked_for_is_typed_below_and_esc_stays_there() {
    let mut harness = session("default");
    harness.keys("g w").type_text("Dear customer, dear friend").keys("ctrl-f").type_text("dear");
    assert!(harness.screen().contains("1 of 2"), "{}", harness.screen());
    harness.keys("enter esc").type_text("my ").keys("esc");
    assert_eq!(written(&harness).as_deref(), Some("Dear customer, my dear friend"));
}

#[test]
fn emacs_keys_find_kill_and_yank() {
    let mut harness = session("emacs");
    harness
        .keys("g w")
        .type_text("Dear customer")
        .keys("enter")
        .type_text("best")
        .keys("enter")
        .type_text("Ana");
    harness
        .keys("alt-< ctrl-n ctrl-k ctrl-k ctrl-k")
        .keys("alt-< ctrl-s")
        .type_text("cust")
        .keys("enter ctrl-y");
    assert!(harness.screen().contains("Dear best"), "{}", harness.screen());
    harness.keys("ctrl-x ctrl-s");
    assert_eq!(written(&harness).as_deref(), Some("Dear best\nAnacustomer\n"));
}

#[test]
fn a_screen_of_any_size_is_drawn_while_one_looks_for_something() {
    for (cells, rows) in [(20, 6), (21, 7), (40, 9), (80, 24)] {
        let mut harness = Harness::with_keymap(sample, cells, rows, load(None, "default").0);
        harness
            .keys("g w")
            .type_text("Dear")
            .keys("alt-r")
            .type_text("漢\u{202e}(")
            .keys("alt-e tab")
            .type_text("x");
        harness.screen();
        harness.keys("enter enter esc esc");
        harness.screen();
    }
}

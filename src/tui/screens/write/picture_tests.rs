//! How the screen looks.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;

use super::tests::{answered, shown};
use super::*;
use crate::dataset::Verb;
use crate::example::{Flag, Prompt, Status, Tag, Timestamp};
use crate::tui::screens::fixtures::{example, id, prompt};

fn rich() -> Example {
    let mut example = answered(1);
    example.status = Status::Draft;
    example.tags = vec![Tag::new("intent", "cancel")];
    example.note = "Ask the legal team whether the notice period is right.".to_owned();
    example.flags.push(Flag {
        id: id(7),
        kind: "wrong".to_owned(),
        note: "no entities".to_owned(),
        response: None,
        by: Some("bo".to_owned()),
        resolved: false,
        at: Timestamp(0),
    });
    example
}

#[test]
fn pictures() {
    let mut driven = shown(&rich(), &[]);
    for (width, height) in [(80, 24), (120, 40), (160, 50)] {
        assert_snapshot!(format!("rich_{width}x{height}"), driven.picture(width, height));
    }
    driven.press(Command::WriteAside);
    assert_snapshot!("aside_80x24", driven.picture(80, 24));
    driven.press(Command::WriteAside).press(Command::WriteEdit).type_text("\n\nMore.");
    assert_snapshot!("typing_120x40", driven.picture(120, 40));
}

#[test]
fn hostile_and_foreign_texts_are_shown_not_obeyed() {
    let user = "Show \x1b]0;title\x07 and \u{202e}reversed\ttab\nשלום עולם مرحبا";
    let mut driven =
        shown(&example(1, prompt("漢字かな交じり文です。", user), &["👩\u{200d}🔬 e\u{301} \x1b[2J"]), &[]);
    for (width, height) in [(80, 24), (120, 40), (160, 50)] {
        let picture = driven.picture(width, height);
        assert!(!picture.chars().any(|c| c.is_control() && c != '\n'));
        assert_snapshot!(format!("foreign_{width}x{height}"), picture);
    }
    let viewed = driven.picture(80, 24);
    driven.press(Command::WriteEdit);
    assert_eq!(driven.picture(80, 24), viewed, "the text stays where it is when one begins to type");
}

#[test]
fn a_long_text_is_scrolled_typed_in_and_kept_whole() {
    let long = "lorem ipsum dolor sit amet, consectetur\n".repeat(2_600);
    let mut driven = shown(&example(1, Prompt::user("?"), &[&long]), &[]);
    driven.picture(160, 50);
    driven.press(Command::WriteEdit).type_text("the end");
    assert!(driven.picture(160, 50).contains("the end"));
    driven.press(Command::EditorTop).type_text("the start ");
    assert!(driven.picture(160, 50).contains("the start lorem"));
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages[0].text(), format!("the start {long}the end"));
}

#[test]
fn a_small_window_is_no_reason_to_panic() {
    let mut driven = shown(&rich(), &[]);
    for (width, height) in [(1, 1), (3, 2), (10, 3), (20, 5), (40, 8)] {
        driven.picture(width, height);
        driven.press(Command::WriteAside).picture(width, height);
    }
    driven.press(Command::WriteEdit);
    driven.picture(2, 2);
}

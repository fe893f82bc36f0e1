//! How the screen looks.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;

use super::tests::{parcel, press, shown};
use super::*;
use crate::example::Prompt;
use crate::tui::screens::fixtures::{example, prompt};

#[test]
fn authors_are_never_shown() {
    let mut driven = shown(&parcel(1));
    for _ in 0..4 {
        assert!(!driven.picture(160, 50).contains("llama"));
        driven.press(Command::RankLayout);
    }
}

#[test]
fn words_that_differ_from_the_one_looked_at_are_marked() {
    let mut driven =
        shown(&example(1, Prompt::user("?"), &["I will write by noon.", "I will call by noon."]));
    let marked = driven.underlined(100, 12);
    assert!(marked == ["call"] || marked == ["write"], "{marked:?}");
    driven.press(Command::RankDifferences);
    assert!(driven.underlined(100, 12).is_empty());
}

#[test]
fn pictures() {
    let mut driven = shown(&parcel(1));
    press(&mut driven, "1 =");
    for (width, height) in [(80, 24), (120, 40), (160, 50)] {
        assert_snapshot!(format!("parcel_{width}x{height}"), driven.picture(width, height));
    }
    driven.press(Command::RankLayout).press(Command::RankLayout).press(Command::RankLayout);
    assert_snapshot!("parcel_one", driven.picture(80, 24));
}

#[test]
fn hostile_and_foreign_texts_are_shown_not_obeyed() {
    let responses = [
        "漢字かな交じり文です。👩\u{200d}🔬と🇫🇷。",
        "\x1b[2J\x1b[31mred\x07 and \u{202e}reversed",
        "שלום עולם مرحبا",
    ];
    let mut driven = shown(&example(1, prompt("Be\tbrief.", "Show \x1b]0;title\x07 please"), &responses));
    for (width, height) in [(80, 24), (120, 40), (160, 50)] {
        let picture = driven.picture(width, height);
        assert!(!picture.chars().any(|c| c.is_control() && c != '\n'));
        assert_snapshot!(format!("foreign_{width}x{height}"), picture);
    }
}

#[test]
fn a_small_window_is_no_reason_to_panic() {
    let mut driven = shown(&parcel(1));
    for (width, height) in [(1, 1), (3, 2), (10, 3), (20, 5), (40, 8)] {
        for _ in 0..4 {
            driven.picture(width, height);
            driven.press(Command::RankLayout);
        }
    }
    driven.press(Command::RankRewriteBest);
    driven.picture(3, 3);
}

#[test]
fn long_texts_scroll_to_their_end() {
    let long: Vec<String> = (0..3)
        .map(|n| format!("start {n} {}the end of {n}", "lorem ipsum dolor sit amet\n".repeat(4_000)))
        .collect();
    let texts: Vec<&str> = long.iter().map(String::as_str).collect();
    let mut driven = shown(&example(1, Prompt::user("?"), &texts));
    driven.picture(160, 50);
    driven.press(Command::MoveBottom);
    let picture = driven.picture(160, 50);
    assert!((0..3).all(|n| picture.contains(&format!("the end of {n}"))), "{picture}");
    // Alone, only the one that is looked at moves.
    driven.press(Command::RankScroll).press(Command::MoveUp);
    let picture = driven.picture(160, 50);
    assert_eq!((0..3).filter(|n| picture.contains(&format!("the end of {n}"))).count(), 2);
}

#[test]
fn short_responses_stand_side_by_side_and_none_is_hidden_without_a_sign() {
    let heads = |picture: &str, numbers: &str| {
        picture.lines().any(|line| numbers.chars().all(|number| line.contains(number)))
    };
    for (responses, numbers) in [(vec!["Yes, it is."; 4], "1234"), (vec!["Yes, it is."; 5], "12345")] {
        let mut driven = shown(&example(1, Prompt::user("?"), &responses));
        assert!(heads(&driven.picture(160, 50), numbers), "{}", driven.picture(160, 50));
        // Where not all fit, all are there one below the other.
        let stacked = driven.picture(80, 24);
        assert!(!heads(&stacked, numbers) && stacked.matches("Yes, it is.").count() == responses.len());
        driven.press(Command::RankLayout);
        assert!(driven.picture(80, 24).contains(&format!("{} more →", responses.len() - 2)));
    }
    let long = "It is so. ".repeat(200);
    let mut driven = shown(&example(1, Prompt::user("?"), &[long.as_str(); 5]));
    assert!(!heads(&driven.picture(160, 30), "12345"), "long ones are read one by one");
}

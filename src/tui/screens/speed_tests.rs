//! How long a key takes from `update` to the picture, on long texts. The promise is for an optimised
//! build: `cargo test --release --lib speed_tests -- --ignored --nocapture`.

#![allow(clippy::expect_used)]

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::fixtures::{Driven, example};
use super::rank::Rank;
use super::write::Write;
use crate::example::Prompt;
use crate::tui::commands::Command;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;

const BUDGET: Duration = Duration::from_millis(5);

fn long() -> String {
    let mut text = String::new();
    for n in 0.. {
        if text.len() > 100_000 {
            break;
        }
        text.push_str("The parcel was “delivered”, says the carrier, but it is not here 漢字. ");
        text.push_str(&n.to_string());
        if n % 7 == 0 {
            text.push('\n');
        }
    }
    text
}

/// The median and the longest time of update and view together.
fn time<S: Screen>(driven: &mut Driven<S>, inputs: impl Iterator<Item = Input>, what: &str) {
    let mut terminal = Terminal::new(TestBackend::new(160, 50)).expect("a test terminal can be made");
    let mut times: Vec<Duration> = Vec::new();
    for input in inputs {
        let start = Instant::now();
        driven.give(input);
        let Driven { screen, shared, .. } = driven;
        terminal
            .draw(|frame| screen.view(frame, frame.area(), shared, &Theme::default()))
            .expect("it can be drawn to");
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
    eprintln!("{what}: median {median:?}, longest {longest:?} of {}", times.len());
    assert!(median < BUDGET, "{what}: {median:?}");
}

fn command(command: Command) -> Input {
    Input::Command { command, digit: None }
}

fn typing() -> impl Iterator<Item = Input> {
    (0..200).map(|n| match n % 10 {
        9 => command(Command::EditorDeleteLeft),
        8 => command(Command::EditorUp),
        _ => Input::Text("x".to_owned()),
    })
}

#[test]
#[ignore = "measures; wants an optimised build"]
fn typing_in_a_long_text() {
    for (text, what) in
        [(long(), "typing in 100 kB of lines"), (long().replace('\n', " "), "typing in 100 kB of one line")]
    {
        let mut driven = Driven::new(Write::new(None));
        driven.answer_queue(Some((1, 1))).answer_example(&example(1, Prompt::user("?"), &[&text]), &[]);
        driven.press(Command::WriteEdit);
        time(&mut driven, typing(), what);
    }
}

#[test]
#[ignore = "measures; wants an optimised build"]
fn reading_a_long_text() {
    let mut driven = Driven::new(Write::new(None));
    driven.answer_queue(Some((1, 1))).answer_example(&example(1, Prompt::user("?"), &[&long()]), &[]);
    time(&mut driven, (0..200).map(|_| command(Command::MoveDown)), "scrolling 100 kB in Write");
}

#[test]
#[ignore = "measures; wants an optimised build"]
fn ranking_long_texts() {
    let texts = [long(), long().replace("parcel", "letter"), long().replace('7', "8")];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut driven = Driven::new(Rank::new(None));
    driven.answer_queue(Some((1, 1))).answer_example(&example(1, Prompt::user("?"), &texts), &[]);
    let keys = [
        Command::MovePageDown,
        Command::MoveDown,
        Command::RankFocusNext,
        Command::RankPlace1,
        Command::RankBack,
    ];
    time(&mut driven, (0..200).map(|n| command(keys[n % 5])), "ranking three of 100 kB");
    let texts: Vec<String> = texts.iter().map(|text| text.chars().take(15_000).collect()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut driven = Driven::new(Rank::new(None));
    driven.answer_queue(Some((1, 1))).answer_example(&example(1, Prompt::user("?"), &texts), &[]);
    time(&mut driven, (0..100).map(|_| command(Command::RankFocusNext)), "comparing three of 15 kB");
}

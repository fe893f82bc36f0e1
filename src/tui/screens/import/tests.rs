//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use crate::example::Status;
use crate::tui::harness::{HOSTILE, Harness};

/// A session, with a file of that name beside the dataset.
fn beside(name: &str, text: &str, cells: u16, rows: u16) -> (Harness, PathBuf) {
    let harness = Harness::with(|_| {}, cells, rows);
    let path = harness.path().with_file_name(name);
    std::fs::write(&path, text).unwrap();
    (harness, path)
}

/// Opens the file by its path.
fn open(harness: &mut Harness, path: &std::path::Path) {
    harness.keys("g i").type_text(&path.display().to_string()).keys("enter");
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

fn has_not(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(!screen.contains(text), "“{text}” is there:\n{screen}");
}

const FAQ: &str = r#"{"frage": "Wann ist Hochwasser?", "antwort": "Um sechs.", "thema": "Gezeiten"}
{"frage": "Wo legt die Fähre an?", "antwort": "An der Mole.", "thema": "Hafen"}
{"antwort": "Niemand hat gefragt.", "thema": "Hafen"}
"#;

const CHAT: &str = r#"{"messages": [{"role": "user", "content": "Is the pier open?"}, {"role": "assistant", "content": "Until ten."}]}"#;

/// Says of the field that one is at what it becomes.
fn becomes(harness: &mut Harness, target: &str) {
    harness.keys("enter").type_text(target).keys("enter");
}

#[test]
fn a_mapping_is_made_looking_at_the_first_records() {
    let (mut harness, path) = beside("faq.jsonl", FAQ, 120, 40);
    open(&mut harness, &path);
    has(&mut harness, "no field becomes the prompt yet");
    becomes(&mut harness, "prompt");
    harness.keys("down");
    becomes(&mut harness, "response");
    harness.keys("down");
    becomes(&mut harness, "tag:thema");
    has(&mut harness, "3 records, of which 1 would be rejected");
    has(&mut harness, "thema:Gezeiten");
    has(&mut harness, "Um sechs.");
    harness.keys("n");
    has(&mut harness, "RECORD  2 of the first 3");
    has(&mut harness, "An der Mole.");
    harness.keys("n");
    has(&mut harness, "it is rejected: frage");
    harness.keys("W");
    has(&mut harness, "brought in 2 examples from 2 records; 1 record is rejected");
    has(&mut harness, "BROUGHT IN  as one action");
    has(&mut harness, "line 3");
    let example = harness.reader().example(1).unwrap().unwrap();
    assert_eq!(example.prompt.question(), "Wann ist Hochwasser?");
    assert_eq!(example.tags[0].value, "Gezeiten");
    harness.keys("u");
    assert!(harness.reader().example(1).unwrap().is_none(), "one undo takes all of it back");
}

#[test]
fn the_picture() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        let (mut harness, path) = beside("faq.jsonl", FAQ, cells, rows);
        open(&mut harness, &path);
        becomes(&mut harness, "prompt");
        let screen = harness.screen().replace(path.parent().unwrap().to_str().unwrap(), "FOLDER");
        let fields = screen.lines().skip_while(|line| !line.contains("FIELDS"));
        insta::assert_snapshot!(format!("fields_{cells}x{rows}"), fields.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn a_mapping_is_saved_and_taken_again() {
    let (mut harness, path) = beside("faq.jsonl", FAQ, 120, 40);
    open(&mut harness, &path);
    harness.keys("s");
    has(&mut harness, "no field becomes the prompt yet");
    becomes(&mut harness, "prompt");
    harness.keys("down");
    becomes(&mut harness, "response");
    harness.keys("s").type_text("faq").keys("enter");
    has(&mut harness, "saved the mapping as faq");
    // read anew it is as it looks; the saved mapping brings all back
    open_again(&mut harness, &path);
    has(&mut harness, "no field becomes the prompt yet");
    harness.keys("m enter");
    has(&mut harness, "of which 1 would be rejected");
}

fn open_again(harness: &mut Harness, path: &std::path::Path) {
    harness.keys("o").type_text(&path.display().to_string()).keys("enter");
}

#[test]
fn a_field_is_left_out_again() {
    let (mut harness, path) = beside("faq.jsonl", FAQ, 120, 40);
    open(&mut harness, &path);
    becomes(&mut harness, "prompt");
    has_not(&mut harness, "no field becomes the prompt yet");
    harness.keys("x");
    has(&mut harness, "no field becomes the prompt yet");
    harness.keys("W");
    assert_eq!(harness.reader().example(1).unwrap(), None);
}

#[test]
fn a_known_form_comes_in_as_it_is_and_can_be_overruled() {
    let (mut harness, path) = beside("chat.jsonl", &format!("{CHAT}\n{CHAT}\n"), 120, 40);
    open(&mut harness, &path);
    has(&mut harness, "✓ 2 records: all fit");
    has(&mut harness, "likely: 2 of 2 look so");
    has_not(&mut harness, "FIELDS");
    harness.keys("f").type_text("by field").keys("enter");
    has(&mut harness, "FIELDS");
    has(&mut harness, "messages[0].role");
    harness.keys("f").type_text("as it looks").keys("enter");
    has_not(&mut harness, "FIELDS");
    harness.keys("down down enter").type_text("approved").keys("enter");
    harness.keys("t");
    has(&mut harness, "TRIED  the dataset is as it was");
    assert!(harness.reader().example(1).unwrap().is_none());
    harness.keys("W");
    has(&mut harness, "brought in 2 examples from 2 records");
    assert_eq!(harness.reader().example(1).unwrap().unwrap().status, Status::Approved);
}

#[test]
fn what_is_rejected_goes_to_a_file_where_one_is_named() {
    let (mut harness, path) = beside("chat.jsonl", &format!("{CHAT}\nno JSON\n"), 120, 40);
    open(&mut harness, &path);
    has(&mut harness, "2 records, of which 1 would be rejected");
    harness.keys("down down down down enter");
    has(&mut harness, "chat.jsonl.rejects.jsonl");
    harness.keys("enter W");
    has(&mut harness, "all of them are in ");
    let rejects = std::fs::read_to_string(path.with_file_name("chat.jsonl.rejects.jsonl")).unwrap();
    assert!(rejects.contains("no JSON") && rejects.contains("\"line\":2"), "{rejects}");
}

#[test]
fn files_of_a_folder_are_chosen_from_a_menu() {
    let (mut harness, path) = beside("chat.jsonl", CHAT, 120, 40);
    harness.keys("g i").type_text(&format!("{}/", path.parent().unwrap().display())).keys("enter");
    has(&mut harness, "chat.jsonl");
    has_not(&mut harness, "support.goldset  ");
    harness.type_text("chat").keys("enter");
    has(&mut harness, "✓ 1 record fits");
}

#[test]
fn what_cannot_be_read_is_told() {
    let (mut harness, path) = beside("a.jsonl", "", 120, 40);
    open(&mut harness, &path.with_file_name("nowhere.jsonl"));
    has(&mut harness, "nowhere.jsonl");
    has(&mut harness, "!");
    harness.keys("W");
    has(&mut harness, "nothing can be brought in");
    open_again(&mut harness, &path);
    has(&mut harness, "the file holds no records");
}

#[test]
fn nothing_in_a_file_is_obeyed_by_the_terminal() {
    let record = serde_json::json!({ "fr\u{1b}[31mage": HOSTILE, "antwort": HOSTILE });
    let (mut harness, path) = beside("bad.jsonl", &record.to_string(), 160, 50);
    open(&mut harness, &path);
    becomes(&mut harness, "prompt");
    assert!(!harness.screen().chars().any(|c| c.is_control() && c != '\n'));
}

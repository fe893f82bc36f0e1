//! What `syntax::check` promises.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// The wrong part of the text, and the sentence.
fn wrong(text: &str) -> (&str, String) {
    let error = check(text).unwrap_err();
    (&text[error.range], error.reason)
}

#[test]
fn the_usual_faults_have_names() {
    for (text, place, part) in [
        ("", "", "there is nothing here"),
        ("  \n", "", "there is nothing here"),
        ("Sure! {}", "Sure", "begins with “Sure”"),
        ("{} bye. ", "bye.", "nothing may follow"),
        ("{\"a\": 1,}", ",", "between this comma and “}”"),
        ("[1, 2, ]", ",", "between this comma and “]”"),
        ("[,1]", ",", "nothing before this comma"),
        ("{\"a\" 1}", "1", "a colon is expected"),
        ("{\"a\": 1 \"b\": 2}", "\"", "a comma or “}”"),
        ("{\"a\": \"b, \"c\": 1}", "c", "a comma or “}”"),
        ("{'a': 1}", "'", "double quotes"),
        ("{a: 1}", "a", "double quotes: \"a\""),
        ("{\"a\": 'x'}", "'", "double quotes"),
        ("{“a”: 1}", "“", "double quotes"),
        ("{\"a\": True}", "True", "written true"),
        ("[None]", "None", "written null"),
        ("[NaN]", "NaN", "no number"),
        ("[1 // one\n]", "/", "a comma or “]”"),
        ("{// no\n}", "/", "no comments"),
        ("[.5]", ".", "begins with a digit"),
        ("[01]", "0", "begin with a 0"),
        ("[1.]", "]", "after the point"),
        ("[1e]", "]", "after the e"),
        ("[-]", "]", "after the minus"),
        ("[\"a\nb\"]", "\n", "written \\n"),
        ("[\"a\tb\"]", "\t", "written \\t"),
        ("[\"\u{1}\"]", "\u{1}", "written \\u0001"),
        ("[\"\\x\"]", "\\x", "means nothing"),
        ("[\"\\u12g4\"]", "\\u", "four hexadecimal"),
        ("[\"\\ud800\"]", "\\ud800", "one half"),
        ("[\"\\udc00 \"]", "\\udc00", "one half"),
        ("[\"\\ud800\\u0041\"]", "\\ud800", "one half"),
        ("{\"a\": [1, {\"b\": 2", "", "“}]}” is missing"),
        ("{\"a\":", "", "a value is expected, and “}”"),
        ("{\"a\": 1,", "", "a key is expected, and “}”"),
        ("{\"a", "", "closing quote"),
        ("{\"a\\", "", "closing quote"),
    ] {
        let (at, reason) = wrong(text);
        assert_eq!(at, place, "{text}: {reason}");
        assert!(reason.contains(part), "{text}: {reason}");
    }
}

#[test]
fn depth_is_bounded_where_reading_it_is() {
    let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for n in [1, 126, 127, 128, 100_000] {
        let read = serde_json::from_str::<Value>(&nested(n));
        assert_eq!(check(&nested(n)).is_ok(), read.is_ok(), "{n}");
        std::mem::forget(read);
    }
    assert!(wrong(&nested(128)).1.contains("more than 127 deep"));
}

/// Every file of the suite `JSONTestSuite` that is text: `y_` is JSON, `n_` is not, and of `i_` reading
/// decides.
#[test]
fn it_agrees_with_the_public_suite() {
    let folder = std::env::var_os("GOLDSET_DATA").map(std::path::PathBuf::from);
    let suite = folder.map(|folder| folder.join("hard/JSONTestSuite/test_parsing"));
    let Some(suite) = suite.filter(|folder| folder.is_dir()) else {
        eprintln!("skipped: GOLDSET_DATA names no folder with the suite");
        return;
    };
    let mut seen = 0;
    for entry in std::fs::read_dir(suite).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let checked = check(&text);
        assert_eq!(checked.is_ok(), serde_json::from_str::<Value>(&text).is_ok(), "{name}: {checked:?}");
        assert!(!name.starts_with("y_") || checked.is_ok(), "{name}: {checked:?}");
        assert!(!name.starts_with("n_") || checked.is_err(), "{name}");
        seen += 1;
    }
    assert!(seen > 250, "{seen}");
}

proptest! {
    #[test]
    fn it_takes_and_refuses_what_reading_does(text in "[\\[\\]{}\",:\\\\ a1.eE+0tnu-]{0,14}|\"[\\\\udDc89a\"\n]{0,14}\"") {
        prop_assert_eq!(check(&text).is_ok(), serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn one_fault_in_good_json_is_found_inside_the_text(
        value in crate::text::json::locate::tests::any_json(), at in any::<prop::sample::Index>(), by in "[\\[\\]{}\",:a1 ]"
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, by.chars());
        let text: String = text.into_iter().collect();
        let checked = check(&text);
        prop_assert_eq!(checked.is_ok(), serde_json::from_str::<Value>(&text).is_ok());
        if let Err(error) = checked {
            prop_assert!(text.get(error.range).is_some());
        }
    }
}

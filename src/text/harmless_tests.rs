//! What `harmless` promises.
#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(
            c,
            '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}'
        )
}

#[test]
fn what_drives_a_terminal_is_shown() {
    assert_eq!(harmless("a\x1b[31mb\0\r\u{7f}"), "a␛[31mb␀␍␡");
    assert_eq!(harmless("\u{9b}2J\u{85}"), "<U+009B>2J<U+0085>");
    assert_eq!(harmless("one\ttwo\nthree"), "one→   two␊three");
    assert_eq!(harmless_lines("one\r\ntwo\n"), "one␍\ntwo\n");
}

#[test]
fn what_nobody_sees_is_shown() {
    assert_eq!(harmless("a\u{200b}b\u{feff}"), "a<U+200B>b<U+FEFF>");
    assert_eq!(harmless("\u{202e}abc\u{2066}"), "<U+202E>abc<U+2066>");
    assert_eq!(harmless("x\u{e0041}\u{e0042}"), "x<U+E0041><U+E0042>");
    assert_eq!(harmless("a\u{2028}b\u{e123}"), "a<U+2028>b<U+E123>");
    assert_eq!(harmless("a\u{fe0f}\u{fe0f}\u{fe01}"), "a\u{fe0f}<U+FE0F><U+FE01>");
    assert_eq!(harmless("\u{fe0f}"), "<U+FE0F>");
    assert_eq!(harmless("a\u{200d}b c\u{200c}d"), "a<U+200D>b c<U+200C>d");
    assert_eq!(harmless("\u{301}x"), "<U+0301>x");
}

#[test]
fn honest_writing_stays_as_it_is() {
    for text in [
        "",
        "plain, “quoted” – naïve e\u{301}",
        "👩\u{200d}🔬 👩🏽\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 🏳\u{fe0f}\u{200d}🌈 🇫🇷 1\u{fe0f}\u{20e3}",
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}!",
        "می\u{200c}خواهم",
        "क\u{94d}\u{200d}ष ශ\u{dca}\u{200d}ර",
        "漢字かな ｶﾞ 葛\u{e0100} 한국어 \u{1112}\u{1161}\u{11ab}",
        "שלום العربية ไทย",
    ] {
        assert!(
            matches!(harmless(text), Cow::Borrowed(same) if same == text),
            "{text:?} → {:?}",
            harmless(text)
        );
    }
}

#[test]
fn tags_that_are_no_flag_are_hidden_writing() {
    let shown = harmless("\u{1f3f4}\u{e0067}\u{e0068}");
    assert_eq!(shown, "\u{1f3f4}<U+E0067><U+E0068>");
}

#[test]
fn a_tower_of_marks_is_cut() {
    let tower = format!("a{}", "\u{301}".repeat(200));
    assert!(harmless(&tower).contains("<U+0301>"));
}

#[test]
fn marks_are_told_from_the_data() {
    let runs: Vec<_> = visible("a\x1bb").collect();
    assert_eq!(
        runs.iter().map(|r| (r.text.as_ref(), r.is_mark)).collect::<Vec<_>>(),
        [("a", false), ("␛", true), ("b", false)]
    );
}

fn hostile() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        "\0\t\n\r\x1b\u{7f}\u{80}\u{9b}\u{ad}\u{200b}\u{200c}\u{200d}\u{202e}\u{2028}\u{2066}\u{61c}\u{fe0f}\u{e0100}\
         \u{e0067}\u{e007f}\u{1f3f4}\u{feff}\u{301}\u{94d}\u{1160}\u{1161}\u{1100}ab 👩漢ش\u{915}🇫"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..60)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn nothing_that_is_obeyed_comes_out(text in hostile()) {
        prop_assert!(!harmless(&text).chars().any(is_obeyed));
        prop_assert!(!harmless_lines(&text).chars().any(|c| c != '\n' && is_obeyed(c)));
    }

    #[test]
    fn made_harmless_once_is_harmless_for_good(text in hostile()) {
        let once = harmless(&text).into_owned();
        prop_assert!(matches!(harmless(&once), Cow::Borrowed(_)), "{:?} → {:?}", once, harmless(&once));
    }

    #[test]
    fn every_byte_of_the_data_is_in_one_run(text in hostile()) {
        prop_assert_eq!(visible(&text).map(|run| run.len).sum::<usize>(), text.len());
        let plain: String = visible(&text).filter(|r| !r.is_mark).map(|r| r.text).collect();
        prop_assert!(plain.len() <= text.len());
    }
}

#[test]
fn no_real_emoji_is_taken_for_hidden_writing() {
    let Some(folder) = std::env::var_os("GOLDSET_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: GOLDSET_DATA does not name the folder with real data");
        return;
    };
    let emoji = std::fs::read_to_string(folder.join("multilingual/emoji_by_group.json")).unwrap();
    for line in emoji.lines() {
        assert_eq!(harmless(line), line);
    }
}

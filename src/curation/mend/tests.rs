//! The promises of all mends together.

use proptest::prelude::*;

use super::*;

/// Texts in which there is something to mend: fences, odd blanks, quotes, joiners, JSON.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "B",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n\n\n",
        "\r\n",
        "\r",
        "\u{a0}",
        "\u{202f}",
        "“",
        "”",
        "’",
        "\"",
        "`",
        "```",
        "~~~\n",
        "\n```\n",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{feff}",
        "e\u{301}",
        "\u{301}",
        "क",
        "\u{94d}",
        "ک",
        "ภ",
        "👩",
        "\u{fe0f}",
        "\u{2329}",
        "\u{2126}",
        "{",
        "}",
        "{\"k\": [1, 2.50]}",
        "[",
        "]",
        ",",
        ":",
        "1e5",
        "\\",
        "null",
        "가",
        "\u{11a8}",
    ]);
    prop_oneof![
        4 => prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// The text without what the normaliser says that it changes: the rest must be the same after it.
fn rest_of(id: &str, text: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    match id {
        "line-ends" => text.replace("\r\n", "\n").replace('\r', "\n"),
        "spaces" => text.replace(['\u{a0}', '\u{2007}', '\u{202f}'], " "),
        "zero-width" => text.replace(['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'], ""),
        "nfc" => unicode_normalization::UnicodeNormalization::nfd(text).collect(),
        "quotes" => text.replace(['“', '”', '„', '‟'], "\"").replace(['‘', '’', '‚', '‛'], "'"),
        _ => text.chars().filter(|c| !blank(*c)).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_normaliser_done_twice_does_no_more_than_once(text in text()) {
        for normaliser in NORMALISERS {
            if let Some(once) = (normaliser.mend)(&text) {
                prop_assert_ne!(&once, &text, "{} says that it changed something", normaliser.id);
                prop_assert_eq!((normaliser.mend)(&once), None, "{}: {:?}", normaliser.id, once);
            }
        }
    }

    #[test]
    fn a_normaliser_changes_only_what_it_says(text in text()) {
        for normaliser in NORMALISERS {
            if let Some(once) = (normaliser.mend)(&text) {
                let (before, after) = (rest_of(normaliser.id, &text), rest_of(normaliser.id, &once));
                prop_assert_eq!(before, after, "{}", normaliser.id);
            }
        }
    }

    #[test]
    fn all_together_done_twice_do_no_more_than_once(text in text(), without in 5..7_usize) {
        let ids: Vec<&str> =
            NORMALISERS.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, known)| known.id).collect();
        let all = Normalise::new(&ids).unwrap();
        if let Some(once) = all.mend(&text) {
            prop_assert_eq!(all.mend(&once), None, "{:?}", once);
        }
    }
}

#[test]
fn normalisers_are_named_and_told_apart() {
    for normaliser in NORMALISERS {
        assert!(!normaliser.title.is_empty() && !normaliser.about.is_empty(), "{}", normaliser.id);
        assert_eq!(NORMALISERS.iter().filter(|other| other.id == normaliser.id).count(), 1);
    }
    let refused = |ids: &[&str]| Normalise::new(ids).unwrap_err();
    assert!(matches!(refused(&["quotes", "qoutes"]), MendError::Unknown { .. }));
    assert_eq!(refused(&["json-pretty", "json-compact"]), MendError::Against);
    assert!(refused(&[]).to_string().contains("line-ends, zero-width"));
}

#[test]
fn mendings_say_what_they_do() {
    let replace = |find: &str, by: &str| {
        let replacement = Replacement { find: find.to_owned(), by: by.to_owned(), ..Replacement::default() };
        Mending::Replace(replacement).sentence()
    };
    assert_eq!(replace("fee", "charge"), "replaced “fee” by “charge”");
    assert_eq!(replace("fee", ""), "took out “fee”");
    let ids = ["trailing", "quotes"].map(str::to_owned).to_vec();
    assert_eq!(Mending::Normalise(ids).sentence(), "normalised: trailing blanks, straight quotes");
}

//! What highlighting promises: what is styled, that nothing else happens to a text, and what it costs.

use proptest::prelude::*;

use super::{Class, Highlight, Language, Piece, State, Whole, line};

/// The parts of a text as `class:text`, line by line.
fn told(language: Language, text: &str) -> Vec<String> {
    let mut state = State::start(language);
    let mut told = Vec::new();
    for row in text.split('\n') {
        let (pieces, next) = line(state, row);
        state = next;
        told.extend(pieces.iter().map(|piece| format!("{:?}:{}", piece.class, &row[piece.range.clone()])));
    }
    told
}

#[test]
fn keys_of_json_are_told_from_its_strings() {
    let text = "{\n  \"a\\\"b\" : \"x: y\", \"n\": -1.5e+3,\n  \"l\": [true, null, \"open";
    assert_eq!(
        told(Language::Json, text),
        [
            "Name:\"a\\\"b\"",
            "Value:\"x: y\"",
            "Name:\"n\"",
            "Value:1.5e+3",
            "Name:\"l\"",
            "Value:true",
            "Value:null",
            "Value:\"open"
        ]
    );
}

#[test]
fn markdown_has_headings_lists_code_and_links() {
    let text =
        "# One\n- **two** `x*y`\n> 1. [a](http://b) and a_b_c\n***\n| a | b |\n|---|---|\n\\*\\*no\\*\\*";
    assert_eq!(
        told(Language::Markdown, text),
        [
            "Heading:# One",
            "Name:-",
            "Strong:**two**",
            "Value:`x*y`",
            "Aside:>",
            "Name:1.",
            "Aside:(http://b)",
            "Aside:***",
            "Aside:|",
            "Aside:|",
            "Aside:|",
            "Aside:|---|---|",
        ]
    );
}

#[test]
fn fences_hold_code_in_their_own_language() {
    let text = "```python\ndef f():  # why\n    '''\n    # a `doc`\n    '''\n```\n# after\n~~~~\n\"a\" 1 def\n~~~\n~~~~\nend";
    assert_eq!(
        told(Language::Markdown, text),
        [
            "Aside:```python",
            "Name:def",
            "Aside:# why",
            "Value:'''",
            "Value:    # a `doc`",
            "Value:    '''",
            "Aside:```",
            "Heading:# after",
            "Aside:~~~~",
            "Value:\"a\"",
            "Value:1",
            "Aside:~~~~",
        ]
    );
}

#[test]
fn each_language_has_its_own_comments_strings_and_words() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "rust",
            "fn f<'a>() { 'x' r#\"a\"b\"# } /* a /* b */ c */ 1_u8",
            &["Name:fn", "Value:'x'", "Value:r#\"a\"b\"#", "Aside:/* a /* b */ c */", "Value:1_u8"],
        ),
        ("ts", "const a = `x\n${y}`; // z", &["Name:const", "Value:`x", "Value:${y}`", "Aside:// z"]),
        (
            "sql",
            "SELECT 'it''s' FROM t -- all",
            &["Name:SELECT", "Value:'it'", "Value:'s'", "Name:FROM", "Aside:-- all"],
        ),
        ("bash", "if [ $# -gt 0 ]; then # x", &["Name:if", "Value:0", "Name:then", "Aside:# x"]),
        (
            "html",
            "<p class=\"a\nb\">1 &amp; 2</p><!-- x\n-->",
            &[
                "Name:<p",
                "Value:\"a",
                "Value:b\"",
                "Name:>",
                "Value:&amp;",
                "Name:</p",
                "Name:>",
                "Aside:<!-- x",
                "Aside:-->",
            ],
        ),
        ("yaml", "- a b: don't # no\n  url: http://x#y", &["Name:a b", "Aside:# no", "Name:url"]),
        ("toml", "[a.b]\nc = \"d\" # e", &["Name:[a.b]", "Name:c", "Value:\"d\"", "Aside:# e"]),
        ("css", "a:hover { /* x */\n  color: #fff;", &["Aside:/* x */", "Name:color"]),
        (
            "c",
            "#include <x> // y\nchar c = '\\n';",
            &["Name:include", "Aside:// y", "Name:char", "Value:'\\n'"],
        ),
        ("go", "func f() { return `a` }", &["Name:func", "Name:return", "Value:`a`"]),
        (
            "java",
            "int x = 0x1F; /* a\nb */ new",
            &["Name:int", "Value:0x1F", "Aside:/* a", "Aside:b */", "Name:new"],
        ),
        ("unheard-of", "don't \"do\" 12 a1", &["Value:\"do\"", "Value:12"]),
        ("text", "\"nothing\" 12", &[]),
    ];
    for (name, text, expected) in cases {
        assert_eq!(told(Language::named(name), text), *expected, "{name}");
    }
}

#[test]
fn the_words_of_every_language_are_sorted() {
    for name in ["json", "python", "js", "rust", "go", "java", "c", "sql", "sh", "css", "yaml", "toml"] {
        let syntax = Language::named(name).syntax();
        assert!(syntax.words.is_sorted(), "{name}");
        assert!(syntax.words.iter().all(|word| word.len() <= 16), "{name}");
    }
}

#[test]
fn prose_is_left_alone_and_the_rest_is_told_by_its_beginning() {
    let cases = [
        (Language::Plain, "I'm sorry that your parcel has not arrived. It costs 5 * 3 \"euros\"."),
        (Language::Plain, ""),
        (Language::Plain, "{name} is not JSON"),
        (Language::Plain, "[1] is a footnote"),
        (Language::Plain, "Select one from the list."),
        (Language::Plain, "import taxes are due"),
        (Language::Plain, "class is at nine"),
        (Language::Json, "\n {\n"),
        (Language::Json, "{\"intent\": \"cancel\", broken"),
        (Language::Json, "[1, 2]"),
        (Language::Json, "["),
        (Language::Markdown, "Do this:\n\n```\nx\n```"),
        (Language::Markdown, "# Title"),
        (Language::Markdown, "Two things:\n- one\n- two"),
        (Language::Markdown, "call `f` first"),
        (Language::Markdown, "import x\n```\n```"),
        (Language::Python, "def f(x):\n    # heading?\n    return x"),
        (Language::Python, "import os"),
        (Language::Sql, "SELECT a\nFROM b"),
        (Language::Sql, "select * from t;"),
        (Language::JavaScript, "const x = {"),
        (Language::Markup, "<!DOCTYPE html>"),
        (Language::Shell, "#!/bin/sh"),
        (Language::C, "#include <stdio.h>"),
        (Language::Rust, "fn main() {"),
        (Language::Go, "package main"),
        (Language::Java, "public class A {"),
    ];
    for (language, text) in cases {
        assert_eq!(Language::of(text), language, "{text:?}");
    }
}

fn all(highlight: &mut Highlight, lines: &[String]) -> Vec<Vec<Piece>> {
    (0..lines.len()).map(|at| highlight.pieces(lines, at, &(0..usize::MAX)).collect()).collect()
}

#[test]
fn a_key_costs_the_lines_that_it_changes() {
    let mut lines: Vec<String> = (0..1000).map(|at| format!("x = {at}  # a")).collect();
    let mut highlight = Highlight::of(Language::Python);
    highlight.update(&lines);
    assert_eq!(highlight.count(), 0, "nothing is lexed before one looks");
    highlight.pieces(&lines, 49, &(0..9)).for_each(drop);
    assert_eq!(highlight.count(), 50, "and then no more than one sees");
    all(&mut highlight, &lines);
    lines[20].push('!');
    lines.insert(500, "new".to_owned());
    let before = highlight.count();
    highlight.update(&lines);
    all(&mut highlight, &lines);
    // Between the two all lines count as changed.
    assert!(highlight.count() - before <= 481, "{}", highlight.count() - before);
    // A string that is opened goes on to where another one closes it …
    lines[30] = "'''".to_owned();
    highlight.update(&lines);
    let before = highlight.count();
    highlight.pieces(&lines, 79, &(0..9)).for_each(drop);
    assert_eq!(highlight.count() - before, 50);
    // … and closed again, all is as it was.
    lines[40] = "'''".to_owned();
    highlight.update(&lines);
    let mut fresh = Highlight::of(Language::Python);
    fresh.update(&lines);
    assert_eq!(all(&mut highlight, &lines), all(&mut fresh, &lines));
}

/// Text with the signs that matter.
fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "```", "```rust", "```html", "\n", "\n", "\"", "'", "'''", "/*", "*/", "#", "# ", "- ", "**", "`",
        "<a ", ">", "<!--", "-->", "r#\"", "\\", "{", ":", "1", "x", " ", "é", "漢", "|", "[", "](", ")",
        "=", "fn",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

fn any_language() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![
        Language::Plain,
        Language::Json,
        Language::Markdown,
        Language::Markup,
        Language::Python,
        Language::JavaScript,
        Language::Rust,
        Language::Sql,
        Language::Shell,
        Language::Css,
        Language::Yaml,
        Language::Toml,
        Language::Other,
    ])
}

proptest! {
    #[test]
    fn pieces_are_in_order_and_within_the_line(language in any_language(), text in any_text()) {
        let mut state = State::start(language);
        for row in text.split('\n') {
            let (pieces, next) = line(state, row);
            state = next;
            let mut end = 0;
            for piece in pieces {
                prop_assert!(piece.range.start >= end && !piece.range.is_empty());
                prop_assert!(row.get(piece.range.clone()).is_some());
                end = piece.range.end;
            }
        }
    }

    #[test]
    fn after_any_changes_a_kept_highlight_is_that_of_the_text(
        language in prop::option::of(any_language()),
        texts in prop::collection::vec((any_text(), 0..12usize), 1..6),
    ) {
        let new = || language.map_or_else(Highlight::default, Highlight::of);
        let mut kept = new();
        for (text, seen) in texts {
            let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            kept.update(&lines);
            let mut fresh = new();
            fresh.update(&lines);
            for at in 0..seen.min(lines.len()) {
                let of = |highlight: &mut Highlight| highlight.pieces(&lines, at, &(0..usize::MAX)).collect::<Vec<_>>();
                prop_assert_eq!(of(&mut kept), of(&mut fresh));
            }
        }
    }

    #[test]
    fn a_whole_text_is_styled_like_its_lines(text in any_text(), from in 0..60usize, len in 0..60usize) {
        let shown = from..from + len;
        let mut state = State::start(Language::of(&text));
        let (mut expected, mut start) = (Vec::new(), 0);
        for row in text.split('\n') {
            let (pieces, next) = line(state, row);
            state = next;
            let moved = pieces.into_iter().map(|piece| Piece {
                range: piece.range.start + start..piece.range.end + start,
                ..piece
            });
            expected.extend(moved.filter(|piece| piece.range.end > shown.start && piece.range.start < shown.end));
            start += row.len() + 1;
        }
        prop_assert_eq!(Whole::default().pieces(&text, &shown), expected);
    }
}

#[test]
fn classes_need_no_colours() {
    use crate::tui::theme::Theme;
    for class in [Class::Name, Class::Value, Class::Aside, Class::Heading, Class::Strong] {
        let style = class.style(&Theme::plain());
        assert!(style.fg.is_none() && style.bg.is_none());
    }
}

#[test]
fn no_line_takes_the_square_of_its_length() {
    let signs =
        ["**a ", "`", "` `` ", "](", "\"\\", "'", "'a", "/* ", "<a ", "&", "<!-", "r#\"", "\\\"", "- ", "> "];
    for sign in signs {
        let text = sign.repeat(30_000 / sign.len()) + "x";
        for name in ["md", "rust", "html", "unheard-of", "yaml", "sql"] {
            let language = if name == "md" { Language::Markdown } else { Language::named(name) };
            let clock = std::time::Instant::now();
            line(State::start(language), &text);
            // So long that only what takes the square of the length takes longer, on any machine.
            assert!(clock.elapsed().as_secs() < 20, "{name} {sign:?}: {:?}", clock.elapsed());
        }
    }
}

/// Prints what a text of 100 kB costs; run in release to measure.
#[test]
fn a_long_text_is_lexed_while_one_does_not_notice() {
    use std::time::Instant;
    let json = format!(
        "[{}]",
        "{\n  \"intent\": \"cancel\",\n  \"n\": 12.5,\n  \"l\": [true, null]\n},\n".repeat(1700)
    );
    let markdown = "# Title\nSome **words** and `code` here, that go on for a while.\n- one\n```python\ndef f(x):\n    return 'a'  # b\n```\n".repeat(900);
    let minified = json.replace('\n', "");
    for (name, text) in [("json", json), ("markdown", markdown), ("one line", minified)] {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let last = lines.len() - 1;
        let mut highlight = Highlight::default();
        let clock = Instant::now();
        highlight.update(&lines);
        highlight.pieces(&lines, last, &(0..80)).for_each(drop);
        let first = clock.elapsed();
        let middle = lines.len() / 2;
        lines[middle].push('x');
        let clock = Instant::now();
        highlight.update(&lines);
        highlight.pieces(&lines, last, &(0..80)).for_each(drop);
        let key = clock.elapsed();
        let clock = Instant::now();
        highlight.update(&lines);
        highlight.pieces(&lines, last, &(0..80)).for_each(drop);
        let frame = clock.elapsed();
        eprintln!("{name}, {} bytes: first {first:?}, a key {key:?}, a frame {frame:?}", text.len());
        assert!(first.as_millis() < 200 && key.as_millis() < 100, "{name}: {first:?}, {key:?}");
    }
}

//! What those who know vi expect, key by key as `keymaps/vim.toml` has them.

#![allow(clippy::unwrap_used)]

use crate::tui::commands::Context;
use crate::tui::keymap::{Chord, Keymap, Pending, Pressed, load};

use super::super::{Editor, Outcome};

thread_local! {
    static VIM: Keymap = load(None, "vim").0;
}

/// Presses keys as a terminal sends them; `⎋` and `⏎` are themselves.
fn press(editor: &mut Editor, keys: &str) -> Outcome {
    let mut pending = Pending::default();
    let mut outcome = Outcome::Same;
    for key in keys.chars() {
        let chord: Chord = match key {
            '⎋' => "esc".parse().unwrap(),
            '⏎' => "enter".parse().unwrap(),
            ' ' => "space".parse().unwrap(),
            '␒' => "ctrl-r".parse().unwrap(),
            key => key.to_string().parse().unwrap(),
        };
        outcome = match VIM.with(|keymap| keymap.press(editor.context(), &mut pending, chord)) {
            Pressed::Run(command) => editor.command(command),
            Pressed::Text(typed) => editor.insert(&typed.to_string()),
            Pressed::Wait => Outcome::Same,
            Pressed::Nothing => panic!("{key} does nothing in {:?}", editor.context()),
        };
    }
    outcome
}

/// The text after those keys, with `|` before the cursor.
fn after(text: &str, keys: &str) -> String {
    let at = text.find('|').unwrap_or(0);
    let mut editor = Editor::open(&text.replacen('|', "", 1), true);
    editor.go_to_byte(at);
    press(&mut editor, keys);
    let mut text = editor.text();
    text.insert(editor.cursor_byte(), '|');
    text
}

#[track_caller]
fn all(cases: &[(&str, &str, &str)]) {
    for (text, keys, expected) in cases {
        assert_eq!(&after(text, keys), expected, "{text:?} {keys}");
    }
}

#[test]
fn what_is_there_opens_with_commands_and_what_is_empty_with_typing() {
    let editor = Editor::open("text", true);
    assert_eq!((editor.context(), editor.mode_word()), (Context::Normal, Some("NORMAL")));
    let mut editor = Editor::open(" \n", true);
    assert_eq!((editor.context(), editor.mode_word()), (Context::Editor, Some("INSERT")));
    press(&mut editor, "⎋");
    assert_eq!(editor.context(), Context::Normal);
    let editor = Editor::open("text", false);
    assert_eq!((editor.context(), editor.mode_word()), (Context::Editor, None));
}

#[test]
fn movements_go_where_they_go_in_vi() {
    all(&[
        ("|one.two  three\n\nfour", "w", "one|.two  three\n\nfour"),
        ("|one.two  three\n\nfour", "3w", "one.two  |three\n\nfour"),
        ("|one.two  three\n\nfour", "4w", "one.two  three\n|\nfour"),
        ("|one.two  three\n\nfour", "5w", "one.two  three\n\n|four"),
        ("|one.two  three", "W", "one.two  |three"),
        ("one.two  three|", "b", "one.two  |three"),
        ("one.two  |three", "b", "one.|two  three"),
        ("one.two  |three", "B", "|one.two  three"),
        ("|one.two  three", "e", "on|e.two  three"),
        ("|one.two  three", "E", "one.tw|o  three"),
        ("|one two", "ee", "one tw|o"),
        ("  o|ne", "0", "|  one"),
        ("  on|e", "^", "  |one"),
        ("|one\ntwo", "$", "on|e\ntwo"),
        ("|one\ntwo\nthree", "G", "one\ntwo\n|three"),
        ("|one\ntwo\nthree", "2G", "one\n|two\nthree"),
        ("one\ntwo\nth|ree", "gg", "|one\ntwo\nthree"),
        ("one\ntwo\nthr|ee", "2gg", "one\n|two\nthree"),
        ("|one\n\ntwo\n\nthree", "}}", "one\n\ntwo\n|\nthree"),
        ("one\n\ntwo\n\nth|ree", "{", "one\n\ntwo\n|\nthree"),
        ("|if (a [b] (c)) d", "%", "if (a [b] (c)|) d"),
        ("if (a [b] (c)|) d", "%", "if |(a [b] (c)) d"),
        ("|a,b,c", "f,", "a|,b,c"),
        ("|a,b,c", "2f,", "a,b|,c"),
        ("|a,b,c", "f,;", "a,b|,c"),
        ("|a,b,c", "f,;,", "a|,b,c"),
        ("|a,b,c", "t,;", "a,|b,c"),
        ("a,b,|c", "F,", "a,b|,c"),
        ("a,b,|c", "T,", "a,b,|c"),
        ("|a漢b", "f漢", "a|漢b"),
        ("|abc", "hl10l", "ab|c"),
        ("|one two", "/two⏎", "one |two"),
        ("|a b a b", "/b⏎n", "a b a |b"),
        ("|a b a b", "/b⏎nN", "a |b a b"),
        ("|a b a b", "?b⏎", "a b a |b"),
    ]);
}

#[test]
fn operators_act_on_what_movements_go_over() {
    all(&[
        ("one |two three", "dw", "one |three"),
        ("|one two\nthree", "wdw", "one| \nthree"),
        ("|one two three", "d2w", "|three"),
        ("|one two three", "2dw", "|three"),
        ("one |two three", "de", "one | three"),
        ("one two| three", "db", "one | three"),
        ("one |two three", "d$", "one| "),
        ("one |two three", "D", "one| "),
        ("one |two", "d0", "|two"),
        ("|one\ntwo\nthree", "dd", "|two\nthree"),
        ("|one\ntwo\nthree", "2dd", "|three"),
        ("one\n|two", "dd", "|one"),
        ("|one\ntwo\nthree", "dj", "|three"),
        ("one\n  two\n|three", "dk", "|one"),
        ("one\n|two\nthree", "dG", "|one"),
        ("one\ntwo\n|three", "dgg", "|"),
        ("|one\ntwo\n\nthree", "d}", "|\nthree"),
        ("one |two three", "cwX⎋", "one |X three"),
        ("|a b", "cwX⎋", "|X b"),
        ("one |two three", "c2wX⎋", "one |X"),
        ("one\n  t|wo\nthree", "ccX⎋", "one\n|X\nthree"),
        ("one |two three", "CX⎋", "one |X"),
        ("one |two", "sX⎋", "one |Xwo"),
        ("|abc", "x", "|bc"),
        ("a|bc", "5x", "|a"),
        ("ab|c", "X", "a|c"),
        ("|a,b", "df,", "|b"),
        ("|a,b", "dt,", "|,b"),
        ("f|(a (b) c) d", "d%", "f| d"),
        ("one |two", "d⎋x", "one |wo"),
        ("|one two", "2⎋x", "|ne two"),
    ]);
}

#[test]
fn parts_of_the_text_have_names() {
    all(&[
        ("one t|wo three", "diw", "one | three"),
        ("one t|wo three", "daw", "one |three"),
        ("one t|wo", "daw", "on|e"),
        ("a.|b c", "daW", "|c"),
        ("a.b| c", "daW", "a.|b"),
        ("x (a [b|] c) y", "di[", "x (a [|] c) y"),
        ("x (a b|) y", "ci(X⎋", "x (|X) y"),
        ("x (a b|) y", "da)", "x | y"),
        ("{\"a\": \"b |c\"}", "ci\"X⎋", "{\"a\": \"|X\"}"),
        ("{|\"a\": \"b c\"}", "da\"", "{|: \"b c\"}"),
        ("{\n  \"a\": [|1]\n}", "di{", "{|}"),
        ("one\ntw|o\n\nthree", "dip", "|\nthree"),
        ("one\ntw|o\n\nthree", "dap", "|three"),
        ("one\n\nthr|ee", "dap", "|one"),
        ("漢字|です", "diw", "漢|字"),
    ]);
}

#[test]
fn what_is_copied_is_put_in_behind_or_before() {
    all(&[
        ("|one\ntwo", "yyp", "one\n|one\ntwo"),
        ("|one\ntwo", "yyjp", "one\ntwo\n|one"),
        ("|one\ntwo", "Y2P", "|one\none\none\ntwo"),
        ("|one two", "yww$p", "one twoone| "),
        ("|one two", "ywwP", "one one| two"),
        ("|ab", "xp", "b|a"),
        ("|one\ntwo\nthree", "ddp", "two\n|one\nthree"),
        ("|one two", "viwyw viwp", "one on|e"),
    ]);
    let mut editor = Editor::open("one two", true);
    assert_eq!(press(&mut editor, "yw"), Outcome::Copied("one ".to_owned()));
    assert_eq!(press(&mut editor, "yy"), Outcome::Copied("one two".to_owned()));
}

#[test]
fn moving_selects() {
    all(&[
        ("|one two", "ved", "| two"),
        ("one |two", "vbd", "|wo"),
        ("|one\ntwo\nthree", "Vjd", "|three"),
        ("|one two", "v$d", "|"),
        ("one t|wo", "viwd", "one| "),
        ("one (t|wo)", "va(cX⎋", "one |X"),
        ("o|ne", "vd", "o|e"),
        ("one t|wo x", "viwod", "one | x"),
        ("|one two", "vey$p", "one twoon|e"),
        ("|abc", "vlrX", "X|Xc"),
        ("|abc", "vl~", "|ABc"),
        ("|one\ntwo\nthree", "VjJ", "one| two\nthree"),
        ("|one two", "ve⎋x", "on| two"),
    ]);
}

#[test]
fn typing_begins_where_it_should_and_is_one_step() {
    all(&[
        ("a|b", "iX⎋", "a|Xb"),
        ("a|b", "aX⎋", "ab|X"),
        ("  a|b", "IX⎋", "  |Xab"),
        ("|ab", "AX⎋", "ab|X"),
        ("|a\nb", "oX⎋", "a\n|X\nb"),
        ("a\n|b", "OX⎋", "a\n|X\nb"),
        ("|a b", "cwone two⎋u", "|a b"),
        ("|a\nb", "oX⎋u", "|a\nb"),
        ("|a b", "cwX⎋u␒", "X| b"),
        ("one\n|two\nthree", "ddu", "one\n|two\nthree"),
        ("|abc", "xxu", "|bc"),
        ("|abc", "xx2u", "|abc"),
    ]);
}

#[test]
fn a_dot_makes_the_change_again() {
    all(&[
        ("|a b c", "dw.", "|c"),
        ("|a b c", "cwX⎋w.", "X |X c"),
        ("|a\nb\nc", "ddj.", "|b"),
        ("|a b", "A!⎋.", "a b!|!"),
        ("|abcd", "x2.", "|d"),
        ("|a,b,c", "dt,..", "|,c"),
        ("|(a) (b)", "ci(X⎋f(.", "(X) (|X)"),
        ("|a b", "xu.", "| b"),
        ("|ab ab", "vlxw.", "| "),
        ("|a b a", "x/a⏎.", " b| "),
    ]);
}

#[test]
fn small_changes() {
    all(&[
        ("|one\n  two", "J", "one| two"),
        ("|a\nb\nc", "3J", "a b| c"),
        ("|aBc", "3~", "Ab|C"),
        ("|abc", "2rX", "X|Xc"),
        ("|e\u{301}x", "x", "|x"),
        ("a|👩\u{200d}🔬b", "rX", "a|Xb"),
        ("|ß", "~", "S|S"),
    ]);
}

#[test]
fn what_is_begun_is_shown_and_forgotten() {
    let mut editor = Editor::open("one two", true);
    press(&mut editor, "2d3");
    assert_eq!((editor.pending().as_str(), editor.context()), ("2d3", Context::Operator));
    press(&mut editor, "i");
    assert_eq!((editor.pending().as_str(), editor.context()), ("2d3i", Context::Character));
    press(&mut editor, "⎋");
    assert_eq!((editor.pending().as_str(), editor.context()), ("", Context::Normal));
    press(&mut editor, "3");
    assert!(editor.cancel_pending() && !editor.cancel_pending());
    press(&mut editor, "v");
    assert_eq!((editor.mode_word(), editor.context()), (Some("VISUAL"), Context::Visual));
    press(&mut editor, "V");
    assert_eq!(editor.mode_word(), Some("VISUAL LINE"));
    press(&mut editor, "⎋");
    assert_eq!(editor.mode_word(), Some("NORMAL"));
}

#[test]
fn a_paste_is_put_in_where_keys_are_commands_too() {
    let mut editor = Editor::open("one two", true);
    press(&mut editor, "w");
    assert_eq!(editor.insert("dd\nx"), Outcome::Changed);
    assert_eq!(editor.text(), "one dd\nxtwo");
    press(&mut editor, "ve");
    editor.insert("pasted");
    assert_eq!((editor.text().as_str(), editor.context()), ("one dd\nxpasted", Context::Normal));
}

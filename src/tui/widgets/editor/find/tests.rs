//! What finding and replacing promise.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::super::text::Text;
use super::*;

fn looking(text: &str, sought: &str) -> Editor {
    let mut editor = Editor::new(text);
    editor.go_to_byte(0);
    editor.command(Command::EditorFind);
    editor.insert(sought);
    editor
}

fn press(editor: &mut Editor, commands: &[Command]) {
    for command in commands {
        editor.command(*command);
    }
}

#[test]
fn one_goes_to_the_first_match_while_typing_and_from_one_to_the_next_around_the_end() {
    let mut editor = looking("one two\nTwo three two", "tw");
    assert_eq!((editor.context(), editor.cursor_byte()), (Context::Find, 4));
    editor.insert("o t");
    assert_eq!(editor.cursor_byte(), 8);
    press(&mut editor, &[Command::EditorDeleteLeft, Command::EditorDeleteLeft]);
    assert_eq!(editor.cursor_byte(), 4, "from where one was");
    for at in [8, 18, 4] {
        press(&mut editor, &[Command::EditorFindNext]);
        assert_eq!(editor.cursor_byte(), at);
    }
    press(&mut editor, &[Command::EditorFindPrevious]);
    assert_eq!(editor.cursor_byte(), 18);
    press(&mut editor, &[Command::FindClose]);
    assert_eq!((editor.context(), editor.cursor_byte()), (Context::Editor, 18));
    press(&mut editor, &[Command::EditorFindNext]);
    assert_eq!(editor.cursor_byte(), 4);
    press(&mut editor, &[Command::EditorFind, Command::EditorFindNext, Command::FindCancel]);
    assert_eq!(editor.cursor_byte(), 4, "nothing was typed: what was looked for last, and back");
    assert_eq!(editor.revision(), 0);
}

#[test]
fn a_capital_that_is_typed_counts() {
    assert_eq!(looking("two Two", "two").cursor_byte(), 0);
    assert_eq!(looking("two Two", "Two").cursor_byte(), 4);
    let mut editor = looking("a1 A1", r"\D\d");
    press(&mut editor, &[Command::FindRegex]);
    assert_eq!(editor.cursor_byte(), 0);
    assert_eq!(looking("é É", "É").cursor_byte(), 3);
}

#[test]
fn half_a_cluster_is_not_found() {
    assert_eq!(looking("xe\u{301} e", "e").cursor_byte(), 5);
    assert_eq!(looking("👩\u{200d}🔬 👩", "👩").cursor_byte(), 12);
}

#[test]
fn what_is_wrong_with_an_expression_is_told() {
    let mut editor = looking("a(b", "(");
    assert_eq!(editor.cursor_byte(), 1);
    press(&mut editor, &[Command::FindRegex]);
    assert_eq!(editor.find.as_ref().unwrap().wrong.as_deref(), Some("unclosed group"));
    editor.insert("b)");
    assert_eq!((editor.cursor_byte(), &editor.find.as_ref().unwrap().wrong), (2, &None));
}

#[test]
fn one_by_one_each_is_a_step_and_all_are_one() {
    let mut editor = looking("a b a\na a", "a");
    press(&mut editor, &[Command::EditorReplace, Command::ReplaceAccept]);
    editor.insert("aa");
    press(&mut editor, &[Command::ReplaceAccept]);
    assert_eq!(editor.context(), Context::Ask);
    press(&mut editor, &[Command::ReplaceYes, Command::ReplaceNo, Command::ReplaceAll]);
    assert_eq!((editor.text().as_str(), editor.context()), ("aa b a\naa aa", Context::Editor));
    press(&mut editor, &[Command::EditorUndo]);
    assert_eq!(editor.text(), "aa b a\na a");
    press(&mut editor, &[Command::EditorUndo]);
    assert_eq!(editor.text(), "a b a\na a");
}

#[test]
fn asking_goes_once_around() {
    let mut editor = Editor::new("a a a a");
    editor.go_to_byte(4);
    press(&mut editor, &[Command::EditorReplace]);
    editor.insert("a");
    press(&mut editor, &[Command::ReplaceSwitch]);
    editor.insert("xa");
    press(&mut editor, &[Command::ReplaceAccept]);
    let mut asked = 0;
    while editor.context() == Context::Ask {
        press(&mut editor, &[Command::ReplaceYes]);
        asked += 1;
    }
    assert_eq!((asked, editor.text().as_str()), (4, "xa xa xa xa"));
}

#[test]
fn groups_and_line_breaks_can_be_put_in() {
    let mut editor = looking("key: value", r"(\w+): (\w+)");
    press(&mut editor, &[Command::FindRegex, Command::EditorReplace, Command::ReplaceSwitch]);
    editor.insert(r"$2\n$1");
    press(&mut editor, &[Command::ReplaceAll]);
    assert_eq!(editor.text(), "value\nkey");
    let mut editor = looking("$1 x", "x");
    press(&mut editor, &[Command::EditorReplace, Command::ReplaceSwitch]);
    editor.insert("$1");
    press(&mut editor, &[Command::ReplaceAll]);
    assert_eq!(editor.text(), "$1 $1", "as it stands");
}

#[test]
fn counting_ends_where_it_would_take_long() {
    let pattern = Pattern::new("a", false).unwrap().unwrap();
    let tally = |text: &str, at| pattern.tally(&Text::new(text), at);
    assert_eq!(tally("a\nba", Some(Spot { line: 1, byte: 1 })), Tally { at: 2, all: 2, is_open: false });
    assert_eq!(tally(&"a".repeat(30_000), None), Tally { at: 0, all: pattern::MOST, is_open: true });
    assert!(tally(&"b".repeat(9_000_000), None).all == 0);
}

#[test]
fn the_match_before_is_found_in_a_long_line_too() {
    let text = format!("needle {} needle {}", "x".repeat(300_000), "y".repeat(300_000));
    let mut editor = Editor::new(&text);
    press(&mut editor, &[Command::EditorFindBackwards]);
    editor.insert("needle");
    assert_eq!(editor.cursor_byte(), 300_008);
    press(&mut editor, &[Command::EditorFindPrevious]);
    assert_eq!(editor.cursor_byte(), 0);
}

proptest! {
    /// Replacing all is what the standard library makes of it, and one step.
    #[test]
    fn replacing_all_is_as_with_a_string(text in "[abc\n]{0,60}", with in "[abc]{0,3}") {
        let mut editor = looking(&text, "ab");
        press(&mut editor, &[Command::EditorReplace, Command::ReplaceSwitch]);
        editor.insert(&with);
        press(&mut editor, &[Command::ReplaceAll]);
        prop_assert_eq!(editor.text(), text.replace("ab", &with));
        press(&mut editor, &[Command::EditorUndo]);
        prop_assert_eq!(editor.text(), text);
    }
}

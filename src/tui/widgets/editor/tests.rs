//! What the editor promises.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

fn typed(text: &str) -> Editor {
    let mut editor = Editor::new("");
    editor.insert(text);
    editor
}

fn row(terminal: &Terminal<TestBackend>, y: u16) -> String {
    let buffer = terminal.backend().buffer();
    (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned()
}

#[test]
fn one_key_deletes_what_looks_like_one_character() {
    for cluster in ["e\u{301}", "🇫🇷", "👩\u{200d}🔬", "👍🏽", "क्षि", "漢", "ｶﾞ"] {
        let mut editor = typed(&format!("a{cluster}"));
        let keys = cluster.graphemes(true).count();
        for _ in 0..keys {
            assert_eq!(editor.command(Command::EditorDeleteLeft), Outcome::Changed);
        }
        assert_eq!(editor.text(), "a", "{cluster}");
        for _ in 0..keys {
            editor.command(Command::EditorUndo);
        }
        assert_eq!(editor.text(), format!("a{cluster}"));
        editor.command(Command::EditorLineStart);
        editor.command(Command::EditorRight);
        for _ in 0..keys {
            editor.command(Command::EditorDeleteRight);
        }
        assert_eq!(editor.text(), "a", "{cluster}");
    }
}

#[test]
fn a_word_typed_is_undone_as_one() {
    let mut editor = Editor::new("");
    for c in "hello big world".chars() {
        editor.insert(&c.to_string());
    }
    editor.command(Command::EditorUndo);
    assert_eq!(editor.text(), "hello big ");
    editor.command(Command::EditorUndo);
    assert_eq!(editor.text(), "hello ");
    editor.command(Command::EditorRedo);
    editor.command(Command::EditorRedo);
    assert_eq!(editor.text(), "hello big world");
    editor.command(Command::EditorUndo);
    editor.insert("x");
    assert_eq!(editor.command(Command::EditorRedo), Outcome::Same);
    assert_eq!(editor.text(), "hello big x");
}

#[test]
fn a_paste_is_one_step_and_its_line_breaks_are_ours() {
    let mut editor = typed("a");
    editor.insert("one\r\ntwo\rthree");
    assert_eq!(editor.text(), "aone\ntwo\nthree");
    editor.command(Command::EditorUndo);
    assert_eq!(editor.text(), "a");
}

#[test]
fn what_is_selected_is_replaced_and_comes_back_whole() {
    let mut editor = typed("one\ntwo");
    editor.command(Command::EditorSelectAll);
    editor.insert("x");
    assert_eq!(editor.text(), "x");
    editor.command(Command::EditorUndo);
    assert_eq!(editor.text(), "one\ntwo");
    editor.command(Command::EditorSelectAll);
    assert_eq!(editor.command(Command::EditorCut), Outcome::Cut("one\ntwo".to_owned()));
    assert!(editor.is_blank());
    editor.command(Command::EditorPaste);
    assert_eq!(editor.text(), "one\ntwo");
}

#[test]
fn words_and_line_ends_are_deleted_as_one_expects() {
    let mut editor = typed("stop it, please\nnow");
    editor.command(Command::EditorDeleteToStart);
    editor.command(Command::EditorDeleteToStart);
    assert_eq!(editor.text(), "stop it, please");
    editor.command(Command::EditorDeleteWordLeft);
    assert_eq!(editor.text(), "stop it, ");
    editor.command(Command::EditorLineStart);
    editor.command(Command::EditorDeleteWordRight);
    assert_eq!(editor.text(), " it, ");
    editor.command(Command::EditorDeleteToEnd);
    assert_eq!(editor.text(), "");
    assert_eq!(editor.command(Command::EditorDeleteToEnd), Outcome::Same);
}

#[test]
fn up_and_down_go_by_rows_as_they_are_shown_and_keep_their_cell() {
    let mut editor = Editor::new("the quick brown fox\nx\njumps over the dog");
    editor.lay(10);
    editor.command(Command::EditorUp);
    editor.command(Command::EditorUp);
    assert_eq!(editor.cursor_row(), 2);
    editor.command(Command::EditorUp);
    assert_eq!((editor.cursor_row(), editor.buffer.cursor().byte), (1, 17));
    editor.command(Command::EditorUp);
    editor.command(Command::EditorUp);
    assert_eq!(editor.buffer.cursor(), Spot { line: 0, byte: 0 });
}

#[test]
fn the_cursor_stands_where_the_next_character_will() {
    let mut terminal = Terminal::new(TestBackend::new(12, 3)).unwrap();
    let mut editor = typed("漢字\x1b e\u{301}");
    terminal
        .draw(|frame| {
            let area = frame.area();
            editor.lay(11);
            editor.view(frame, area, 0, &Theme::default());
        })
        .unwrap();
    assert_eq!(row(&terminal, 0), "漢 字 ␛ e\u{301}");
    terminal.backend_mut().assert_cursor_position((7, 0));
}

#[test]
fn a_line_longer_than_the_area_can_jump_in_is_typed_in_all_the_same() {
    let long = "word ".repeat(15_000);
    let mut editor = Editor::new(&long);
    editor.lay(60);
    editor.insert("end");
    editor.command(Command::EditorUp);
    editor.insert("X");
    editor.command(Command::EditorLineEnd);
    editor.command(Command::EditorDeleteLeft);
    let text = editor.text();
    assert!(text.ends_with("en") && text.len() == long.len() + 3 && text[60_000..].contains('X'));
}

#[derive(Debug, Clone)]
enum Key {
    Type(String),
    Do(Command),
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let pieces = [
        "a",
        "b c",
        "e\u{301}",
        "👩\u{200d}🔬",
        "漢",
        "\n",
        "\x1b[2J",
        "\u{301}",
        "\u{200d}",
        "🇫🇷",
        "x\ny",
        "\t",
    ];
    let commands = Command::ALL
        .iter()
        .copied()
        .filter(|command| command.id().starts_with("editor."))
        .collect::<Vec<_>>();
    let key = prop_oneof![
        prop::sample::select(pieces.to_vec()).prop_map(|piece| Key::Type(piece.to_owned())),
        prop::sample::select(commands).prop_map(Key::Do),
    ];
    prop::collection::vec(key, 0..60)
}

proptest! {
    /// Whatever is pressed, undoing all of it gives the first text back, and redoing it the last.
    #[test]
    fn undo_gives_everything_back(first in "[a-z \n漢]{0,40}", keys in keys()) {
        let mut editor = Editor::new(&first);
        editor.lay(10);
        for key in keys {
            match key {
                Key::Type(text) => editor.insert(&text),
                Key::Do(command) => { editor.command(command); }
            }
            editor.lay(10);
            let cursor = editor.buffer.cursor();
            let line = &editor.buffer.lines()[cursor.line];
            prop_assert!(line.is_char_boundary(cursor.byte));
        }
        while editor.command(Command::EditorRedo) == Outcome::Changed {}
        let last = editor.text();
        let mut steps = 0;
        while editor.command(Command::EditorUndo) == Outcome::Changed { steps += 1; }
        prop_assert_eq!(editor.text(), first);
        for _ in 0..steps { editor.command(Command::EditorRedo); }
        prop_assert_eq!(editor.text(), last);
    }

    /// Every place is shown at a cell that leads back to it or to one before in the same row.
    #[test]
    fn cells_lead_back_to_places(text in "[a-z \n漢\t\u{1b}]{0,60}", cells in 4usize..20) {
        let mut editor = Editor::new(&text);
        editor.lay(cells);
        for (line, content) in editor.buffer.lines().iter().enumerate() {
            for (byte, _) in content.grapheme_indices(true) {
                let (row, x) = editor.layout.cell(Spot { line, byte });
                let back = editor.layout.spot(row, x);
                prop_assert_eq!(back.line, line);
                prop_assert!(back.byte <= byte);
                prop_assert_eq!(editor.layout.cell(back).0, row);
            }
        }
    }

    /// What is wrapped anew after a change is what would be wrapped from scratch.
    #[test]
    fn only_what_changed_is_wrapped_and_nothing_is_forgotten(
        before in prop::collection::vec("[a-c ]{0,12}", 1..8),
        after in prop::collection::vec("[a-c ]{0,12}", 1..8),
    ) {
        let mut kept = Layout::default();
        kept.update(&before, 5);
        kept.update(&after, 5);
        let mut fresh = Layout::default();
        fresh.update(&after, 5);
        prop_assert_eq!(kept.height(), fresh.height());
        for at in 0..fresh.height() {
            let parts = |layout: &Layout| layout.row(at).map(|(n, text, row)| (n, row.text(text).to_owned()));
            prop_assert_eq!(parts(&kept), parts(&fresh));
        }
    }
}

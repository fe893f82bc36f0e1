//! What the editor promises.

#![allow(clippy::unwrap_used)]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unicode_segmentation::UnicodeSegmentation;

use super::text::Spot;
use super::*;
use crate::tui::theme::Theme;

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
fn what_is_typed_is_highlighted_below_what_is_selected() {
    use ratatui::style::{Color, Modifier};
    let theme = crate::tui::theme::Theme::coloured();
    let mut editor = Editor::new("{\"a\": \"b");
    editor.command(Command::EditorSelectAll);
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(20, 2)).unwrap();
    editor.lay(20);
    terminal.draw(|frame| editor.view(frame, frame.area(), 0, &theme)).unwrap();
    let buffer = terminal.backend().buffer();
    assert_eq!([1, 6].map(|x| buffer[(x, 0)].fg), [Color::LightBlue, Color::Cyan]);
    assert!(buffer[(6, 0)].modifier.contains(Modifier::REVERSED));
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

#[test]
fn what_is_selected_with_shift_is_left_by_the_next_movement() {
    let mut editor = Editor::new("one two three");
    editor.command(Command::EditorSelectWordLeft);
    editor.command(Command::EditorSelectLeft);
    assert_eq!(editor.command(Command::EditorCopy), Outcome::Copied(" three".to_owned()));
    editor.command(Command::EditorLeft);
    assert_eq!((editor.buffer.selection(), editor.cursor_byte()), (None, 7));
    editor.command(Command::EditorSelect);
    editor.command(Command::EditorWordLeft);
    editor.command(Command::EditorLeft);
    assert_eq!(editor.command(Command::EditorCut), Outcome::Cut(" two".to_owned()));
    assert_eq!(editor.text(), "one three");
}

#[test]
fn what_is_cut_key_by_key_is_pasted_together() {
    let mut editor = Editor::new("one\ntwo\nthree");
    editor.command(Command::EditorTop);
    for _ in 0..3 {
        editor.command(Command::EditorDeleteToEnd);
    }
    assert_eq!(editor.text(), "\nthree");
    editor.command(Command::EditorPaste);
    assert_eq!(editor.text(), "one\ntwo\nthree");
    editor.command(Command::EditorDeleteWordLeft);
    editor.command(Command::EditorPaste);
    editor.command(Command::EditorPaste);
    assert_eq!(editor.text(), "one\ntwotwo\nthree", "one movement between them, and they are two");
    editor.command(Command::EditorTop);
    editor.command(Command::EditorDeleteLine);
    editor.command(Command::EditorDeleteLine);
    editor.command(Command::EditorPaste);
    assert_eq!(editor.text(), "one\ntwotwo\nthree");
}

#[test]
fn paragraphs_end_at_blank_lines() {
    let mut editor = Editor::new("one\ntwo\n\n \nthree\nfour");
    editor.command(Command::EditorParagraphUp);
    assert_eq!(editor.buffer.cursor(), Spot { line: 3, byte: 0 });
    editor.command(Command::EditorParagraphUp);
    assert_eq!(editor.buffer.cursor(), Spot { line: 0, byte: 0 });
    editor.command(Command::EditorParagraphDown);
    assert_eq!(editor.buffer.cursor(), Spot { line: 2, byte: 0 });
    editor.command(Command::EditorParagraphDown);
    assert_eq!(editor.buffer.cursor(), Spot { line: 5, byte: 4 });
}

#[test]
fn the_start_of_a_line_is_where_its_text_begins() {
    let mut editor = Editor::new("    \"intent\": 1");
    editor.command(Command::EditorLineStart);
    assert_eq!(editor.cursor_byte(), 4);
    editor.command(Command::EditorLineStart);
    assert_eq!(editor.cursor_byte(), 0);
    editor.command(Command::EditorLineStart);
    assert_eq!(editor.cursor_byte(), 4);
}

#[test]
fn what_joins_with_its_neighbour_leaves_the_cursor_behind_the_whole() {
    let mut editor = Editor::new("x\u{200d}🔬");
    editor.command(Command::EditorTop);
    editor.command(Command::EditorDeleteRight);
    editor.insert("👩");
    assert_eq!(editor.text(), "👩🔬");
    let mut editor = Editor::new("\u{200d}🔬");
    editor.command(Command::EditorTop);
    editor.insert("👩");
    assert_eq!(editor.cursor_byte(), editor.text().len());
    editor.command(Command::EditorDeleteLeft);
    assert_eq!(editor.text(), "");
    editor.command(Command::EditorUndo);
    assert_eq!(editor.text(), "👩\u{200d}🔬");
}

#[test]
fn marks_keep_to_their_places_and_go_with_their_text() {
    let mut editor = Editor::new("one two\nthree");
    let mark = |range, kind| Mark { range, kind };
    editor.set_marks(vec![mark(8..13, MarkKind::Bad), mark(4..7, MarkKind::Look)]);
    let shown = |editor: &Editor| -> Vec<(usize, std::ops::Range<usize>)> {
        let of = |line| editor.buffer.marks.of_line(line, 0..99).map(move |(range, _)| (line, range));
        (0..editor.lines().len()).flat_map(of).collect()
    };
    assert_eq!(shown(&editor), [(0, 4..7), (1, 0..5)]);
    editor.go_to_byte(3);
    editor.insert(" and\n");
    assert_eq!(shown(&editor), [(1, 1..4), (2, 0..5)]);
    editor.command(Command::EditorUndo);
    assert_eq!(shown(&editor), [(0, 4..7), (1, 0..5)]);
    editor.go_to_byte(6);
    editor.insert("x");
    assert_eq!(shown(&editor), [(1, 0..5)]);
    assert_eq!(editor.revision(), 3);
}

#[test]
fn a_place_is_found_again_by_its_byte() {
    let mut editor = Editor::new("a漢\n👩\u{200d}🔬b");
    for (byte, at) in [(0, 0), (1, 1), (2, 1), (4, 4), (5, 5), (9, 5), (16, 16), (17, 17), (99, 17)] {
        editor.go_to_byte(byte);
        assert_eq!(editor.cursor_byte(), at, "{byte}");
    }
}

#[test]
fn a_picture_of_what_is_selected_and_marked() {
    let mut terminal = Terminal::new(TestBackend::new(12, 1)).unwrap();
    let mut editor = Editor::new("one two");
    editor.set_marks(vec![Mark { range: 2..5, kind: MarkKind::Bad }]);
    editor.command(Command::EditorSelectWordLeft);
    let theme = Theme::default();
    let draw = |frame: &mut ratatui::Frame<'_>| {
        editor.lay(11);
        editor.view(frame, frame.area(), 0, &theme);
    };
    terminal.draw(draw).unwrap();
    let cells = &terminal.backend().buffer().content;
    let says = |with: ratatui::style::Modifier| -> String {
        cells.iter().map(|cell| if cell.modifier.contains(with) { '^' } else { ' ' }).collect()
    };
    assert_eq!(says(ratatui::style::Modifier::UNDERLINED).trim_end(), "  ^^^");
    assert_eq!(says(ratatui::style::Modifier::REVERSED).trim_end(), "    ^^^");
}

#[test]
fn which_lines_changed_is_told_once_for_all_changes() {
    let mut editor = Editor::new("a\nb\nc\nd");
    editor.go_to_byte(3);
    editor.insert("x");
    editor.insert("\n1\n2");
    editor.go_to_byte(0);
    editor.insert("y");
    assert_eq!(editor.buffer.take_changed(), Some(Changed { first: 0, removed: 2, inserted: 4 }));
    assert_eq!(editor.buffer.take_changed(), None);
    editor.command(Command::EditorSelectAll);
    editor.command(Command::EditorDeleteLeft);
    assert_eq!(editor.buffer.take_changed(), Some(Changed { first: 0, removed: 6, inserted: 1 }));
}

#[test]
fn an_empty_line_that_is_joined_leaves_no_row() {
    let mut editor = Editor::new("\n.");
    editor.lay(1);
    editor.go_to_byte(0);
    editor.command(Command::EditorSelectRight);
    editor.insert("xy");
    assert_eq!(editor.lay(1), 3);
}

//! What a document of blocks promises.
#![allow(clippy::unwrap_used)]

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;

fn lines(n: usize) -> String {
    (0..n).map(|at| format!("line {at}")).collect::<Vec<_>>().join("\n") + "\n"
}

fn document(texts: &[&str]) -> Document {
    let mut document = Document { shows_focus: true, ..Document::default() };
    document.set(
        texts
            .iter()
            .map(|text| Block { heading: "USER".to_owned(), body: Laid::new(*text), ..Block::default() })
            .collect(),
    );
    document
}

fn picture(document: &mut Document, width: u16, height: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| document.view(frame, frame.area(), &Theme::plain(), None)).unwrap();
    let buffer = terminal.backend().buffer();
    (0..height)
        .map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned())
        .collect()
}

#[test]
fn blocks_stand_below_each_other_and_the_focused_one_is_marked() {
    let mut document = document(&["one", "two words that are wrapped here"]);
    document.focus_on(1);
    let expected = [" USER       one", "", "▸USER       two words that are wrapped", "            here", ""];
    assert_eq!(picture(&mut document, 40, 5), expected);
}

#[test]
fn what_is_looked_for_is_typed_below_the_text() {
    use crate::tui::commands::Command;
    let mut document = document(&[""]);
    let mut editor = Editor::new("one two\nthree two");
    editor.go_to_byte(0);
    editor.command(Command::EditorFind);
    editor.insert("TWO");
    editor.command(Command::EditorDeleteToStart);
    editor.insert("two");
    let mut terminal = Terminal::new(TestBackend::new(40, 10)).unwrap();
    let mut picture = |editor: &mut Editor| -> Vec<String> {
        let theme = Theme::plain();
        terminal.draw(|frame| document.view(frame, frame.area(), &theme, Some(editor))).unwrap();
        let buffer = terminal.backend().buffer();
        let row = |y| (0..40).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        [0, 1, 8, 9].map(row).to_vec()
    };
    assert_eq!(
        picture(&mut editor),
        ["▸USER       one two", "            three two", "", " FIND       two                  1 of 2"]
    );
    editor.command(Command::EditorReplace);
    editor.command(Command::ReplaceAccept);
    editor.insert("2");
    editor.command(Command::ReplaceAccept);
    editor.command(Command::ReplaceYes);
    assert_eq!(
        picture(&mut editor),
        [
            "▸USER       one 2",
            "            three two",
            " FIND       two                  1 of 1",
            " REPLACE BY 2"
        ]
    );
}

#[test]
fn a_long_block_is_stepped_through_before_the_next_one() {
    let long = lines(20);
    let mut document = document(&[&long, "end"]);
    picture(&mut document, 40, 6);
    document.step(true);
    let seen = picture(&mut document, 40, 6);
    assert_eq!(seen[0], "▸USER       line 2");
    for _ in 0..30 {
        document.step(true);
        picture(&mut document, 40, 6);
    }
    let seen = picture(&mut document, 40, 6);
    assert_eq!(seen.last().unwrap(), "▸USER       end");
    for _ in 0..30 {
        document.step(false);
        picture(&mut document, 40, 6);
    }
    assert_eq!(picture(&mut document, 40, 6)[0], "▸USER       line 0");
}

#[test]
fn a_heading_does_not_stay_without_its_text() {
    let long = lines(20);
    let mut document = document(&["Be brief.", &long]);
    picture(&mut document, 40, 6);
    document.scroll(1);
    assert_eq!(picture(&mut document, 40, 6)[..2], ["", " USER       line 0"]);
    document.scroll(3);
    assert_eq!(picture(&mut document, 40, 6)[0], " USER       line 2", "but with its text it does");
}

#[test]
fn a_page_down_and_up_leads_back() {
    let long = lines(200);
    let mut document = document(&[&long, "end"]);
    let first = picture(&mut document, 40, 10);
    document.scroll_halves(2);
    assert_eq!(picture(&mut document, 40, 10)[0], "▸USER       line 10");
    document.scroll_halves(-2);
    assert_eq!(picture(&mut document, 40, 10), first);
}

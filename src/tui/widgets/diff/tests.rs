//! How a difference looks.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::DifferenceView;
use crate::tui::theme::Theme;

fn picture(view: &mut DifferenceView, width: u16, height: u16, top: usize, theme: &Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view.draw(frame, frame.area(), top, theme)).unwrap();
    terminal.backend().buffer().clone()
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..buffer.area.height).map(|y| row(y).trim_end().to_owned()).collect()
}

#[test]
fn what_went_is_struck_out_and_what_came_is_underlined() {
    let mut view = DifferenceView::of("I will write by noon", "I will call by noon");
    let buffer = picture(&mut view, 30, 1, 0, &Theme::coloured());
    assert_eq!(rows(&buffer), ["I will write call by noon"]);
    assert_eq!((buffer[(7, 0)].fg, buffer[(13, 0)].fg), (Color::LightRed, Color::Green));
    assert!(buffer[(7, 0)].modifier.contains(Modifier::CROSSED_OUT));
    assert!(buffer[(13, 0)].modifier.contains(Modifier::UNDERLINED));
    assert_eq!(buffer[(12, 0)].fg, Color::Reset);
}

#[test]
fn without_colours_signs_tell_them_apart() {
    let mut view = DifferenceView::of("I will write by noon", "I will call by noon");
    let buffer = picture(&mut view, 40, 1, 0, &Theme::plain());
    assert_eq!(rows(&buffer), ["I will [-write-]{+call+} by noon"]);
}

#[test]
fn what_is_the_same_is_folded_and_the_rest_is_wrapped() {
    let line = |at: usize| format!("line {at}\n");
    let before: String = (0..20).map(line).collect();
    let after = before.replace("line 9", "row 9 \u{1b}[31m");
    let mut view = DifferenceView::of(&before, &after);
    let theme = Theme::plain();
    let seen = rows(&picture(&mut view, 24, 9, 0, &theme));
    assert_eq!(
        seen,
        [
            "… 7 rows the same …",
            "line 7",
            "line 8",
            "[-line 9-]{+row 9",
            "␛[31m+}",
            "line 10",
            "line 11",
            "… 9 rows the same …",
            ""
        ]
    );
    let lines: Vec<String> =
        view.lines(24, &theme).iter().map(|line| line.to_string().trim_end().to_owned()).collect();
    assert_eq!(lines.len(), view.rows(24, &theme));
    assert_eq!(lines, seen[..8]);
    assert_eq!(rows(&picture(&mut view, 24, 1, 3, &theme)), ["[-line 9-]{+row 9"]);
}

#[test]
fn it_can_be_made_on_another_thread() {
    fn sent<T: Send + 'static>(_: &T) {}
    sent(&DifferenceView::of("a", "b"));
    sent(DifferenceView::of("a", "b").difference());
}

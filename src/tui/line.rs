//! A line of text that one types in: filters, menus, notes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Line as Row;
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::commands::Command;
use super::paint;
use super::theme::Theme;
use crate::text::width::shown_width;

/// A line with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
    /// Whether all of it is selected: what is typed takes its place, and to move in it keeps it.
    is_selected: bool,
}

impl Line {
    /// A line with that text, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(one_line(text)), is_selected: false }
    }

    /// A line with what is proposed, or was there before: selected, so that typing begins anew.
    pub fn proposed(text: &str) -> Self {
        Self { is_selected: !text.is_empty(), ..Self::new(text) }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Where the cursor is, in bytes.
    pub fn cursor(&self) -> usize {
        let text = self.text();
        text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at)
    }

    /// Puts a text there, with the cursor at that byte of it.
    pub fn set(&mut self, text: &str, cursor: usize) {
        let text = one_line(text);
        let before = text
            .get(..cursor.min(text.len()))
            .map_or_else(|| text.chars().count(), |text| text.chars().count());
        *self = Self { input: Input::new(text).with_cursor(before), is_selected: false };
    }

    /// Types something; line breaks become blanks, other control characters are left out.
    pub fn type_text(&mut self, text: &str) {
        self.take_selected();
        for c in one_line(text).chars() {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Takes away what is selected; `false` where nothing is.
    fn take_selected(&mut self) -> bool {
        let was = std::mem::take(&mut self.is_selected);
        if was {
            self.input = Input::default();
        }
        was
    }

    /// Does what the command does in a line; `false` where it does nothing there.
    pub fn command(&mut self, command: Command) -> bool {
        let request = match command {
            Command::EditorLeft => InputRequest::GoToPrevChar,
            Command::EditorRight => InputRequest::GoToNextChar,
            Command::EditorWordLeft => InputRequest::GoToPrevWord,
            Command::EditorWordRight => InputRequest::GoToNextWord,
            Command::EditorLineStart => InputRequest::GoToStart,
            Command::EditorLineEnd => InputRequest::GoToEnd,
            Command::EditorDeleteLeft => InputRequest::DeletePrevChar,
            Command::EditorDeleteRight => InputRequest::DeleteNextChar,
            Command::EditorDeleteWordLeft => InputRequest::DeletePrevWord,
            Command::EditorDeleteWordRight => InputRequest::DeleteNextWord,
            Command::EditorDeleteToStart => InputRequest::DeleteFromStart,
            Command::EditorDeleteToEnd => InputRequest::DeleteTillEnd,
            Command::EditorPaste => InputRequest::Yank,
            _ => return false,
        };
        let takes = matches!(
            command,
            Command::EditorDeleteLeft
                | Command::EditorDeleteRight
                | Command::EditorDeleteWordLeft
                | Command::EditorDeleteWordRight
                | Command::EditorDeleteToStart
                | Command::EditorDeleteToEnd
        );
        // What deletes takes all that is selected and no more; what pastes takes its place.
        if takes && self.take_selected() {
            return true;
        }
        if command == Command::EditorPaste {
            self.take_selected();
        }
        self.is_selected = false;
        self.input.handle(request);
        true
    }

    /// Draws it into one row, scrolled so that the cursor is seen, with the terminal's cursor on
    /// it. Returns how many cells are scrolled away.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> usize {
        let cells = usize::from(area.width);
        if cells < 2 || area.height == 0 {
            return 0;
        }
        let (text, cursor) = (self.text(), self.cursor());
        let before = text.get(..cursor).unwrap_or_default();
        let mut start = 0;
        // The cursor takes a cell of its own behind the text.
        for (at, _) in before.grapheme_indices(true) {
            start = at;
            if shown_width(before.get(at..).unwrap_or_default()) < cells {
                break;
            }
        }
        if shown_width(before) < cells {
            start = 0;
        }
        let style = if self.is_selected { theme.text.add_modifier(Modifier::REVERSED) } else { theme.text };
        let spans = paint::spans(text.get(start..).unwrap_or_default(), style, theme);
        frame.render_widget(Row::from(spans), area);
        let column = shown_width(text.get(start..cursor).unwrap_or_default()).min(cells - 1);
        frame.set_cursor_position((area.x + u16::try_from(column).unwrap_or(0), area.y));
        shown_width(text.get(..start).unwrap_or_default())
    }
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.trim_end_matches(['\r', '\n']).chars() {
        match c {
            '\n' | '\t' => line.push(' '),
            c if c.is_control() => {}
            c => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_becomes_one_line() {
        let mut line = Line::new("");
        line.type_text("status:draft\r\n\x1b[31mx\ty\n");
        assert_eq!(line.text(), "status:draft [31mx y");
    }

    #[test]
    fn what_is_proposed_goes_when_one_types_and_stays_when_one_moves_in_it() {
        let after = |commands: &[Command]| {
            let mut line = Line::proposed("150");
            for command in commands {
                assert!(line.command(*command));
            }
            line.type_text("7");
            line.type_text("0");
            line.text().to_owned()
        };
        assert_eq!(after(&[]), "70");
        assert_eq!(after(&[Command::EditorLineEnd]), "15070");
        assert_eq!(after(&[Command::EditorLeft]), "15700");
        assert_eq!(after(&[Command::EditorDeleteLeft]), "70", "as selected text goes");
        assert_eq!(after(&[Command::EditorRight, Command::EditorDeleteLeft]), "1570");
        // The line that was selected is no cut text.
        assert_eq!(after(&[Command::EditorPaste]), "70");
    }

    #[test]
    fn the_cursor_is_told_in_bytes() {
        let mut line = Line::new("é漢");
        assert_eq!(line.cursor(), 5);
        line.command(Command::EditorLeft);
        assert_eq!(line.cursor(), 2);
        line.set("abc", 1);
        line.type_text("x");
        assert_eq!(line.text(), "axbc");
        assert!(!line.command(Command::AppQuit));
    }
}

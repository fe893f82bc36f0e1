//! The editor: a text that is being typed, in rows of the width that it is shown in.
//!
//! It obeys commands of the context Editor and nothing else; what it draws is harmless.

mod buffer;
mod layout;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::rows::{Look, Stretch, draw};
use crate::tui::commands::Command;
use crate::tui::theme::Theme;
use buffer::{Buffer, Spot};
use layout::Layout;

/// How what is selected is drawn.
const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The text is another.
    Changed,
    /// The text is another, and this was taken out of it to be pasted.
    Cut(String),
    /// This was copied.
    Copied(String),
    /// There was nothing selected to copy or to cut.
    NothingSelected,
    /// Only the cursor or the selection moved, or there was nothing to do.
    Same,
    /// It is none of the editor's commands.
    NotMine,
}

/// What is said of [`Outcome::NothingSelected`]: whoever presses ctrl-c may have meant to leave.
pub const NOTHING_SELECTED: &str = "nothing is selected to be copied; esc ends typing, f2 finds “quit”";

/// A text that is being typed.
#[derive(Debug)]
pub struct Editor {
    buffer: Buffer,
    layout: Layout,
    /// The width of the rows, and how many of them are a page: those of the last picture.
    cells: usize,
    page: usize,
    /// The cell that moving up and down keeps to.
    goal: Option<usize>,
}

impl Editor {
    /// Begins to type in a text, at its end.
    pub fn new(text: &str) -> Self {
        Self { buffer: Buffer::new(text), layout: Layout::default(), cells: 72, page: 10, goal: None }
    }

    /// The text as it is now.
    pub fn text(&self) -> String {
        self.buffer.text()
    }

    /// Its lines as they are now.
    pub fn lines(&self) -> &[String] {
        self.buffer.lines()
    }

    /// Puts another text in the place of all; it can be undone.
    pub fn replace(&mut self, text: &str) {
        self.goal = None;
        self.buffer.select_all();
        if text.is_empty() {
            self.buffer.delete_left();
        } else {
            self.buffer.insert(text);
        }
    }

    /// What stands before the cursor, and what after it.
    pub fn halves(&self) -> (String, String) {
        let at = self.buffer.cursor();
        let lines = self.buffer.lines();
        let line = lines.get(at.line).map_or("", String::as_str);
        let (head, tail) = line.split_at_checked(at.byte).unwrap_or((line, ""));
        let (before, after) = (lines.get(..at.line), lines.get(at.line + 1..));
        let join = |lines: Vec<&str>| lines.join("\n");
        let mut first: Vec<&str> = before.unwrap_or_default().iter().map(String::as_str).collect();
        first.push(head);
        let mut last = vec![tail];
        last.extend(after.unwrap_or_default().iter().map(String::as_str));
        (join(first), join(last))
    }

    /// Whether nothing but blanks is there.
    pub fn is_blank(&self) -> bool {
        self.buffer.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Types, or pastes.
    pub fn insert(&mut self, text: &str) {
        self.goal = None;
        self.buffer.insert(text);
    }

    /// Does what a command says.
    pub fn command(&mut self, command: Command) -> Outcome {
        let goal = self.goal.take();
        let changed = match command {
            Command::EditorNewline => {
                self.buffer.insert("\n");
                true
            }
            Command::EditorUndo => self.buffer.undo(),
            Command::EditorRedo => self.buffer.redo(),
            Command::EditorDeleteLeft => self.buffer.delete_left(),
            Command::EditorDeleteRight => self.buffer.delete_right(),
            Command::EditorDeleteWordLeft => self.buffer.delete_word_left(),
            Command::EditorDeleteWordRight => self.buffer.delete_word_right(),
            Command::EditorDeleteToStart => self.buffer.delete_to_start(),
            Command::EditorDeleteToEnd => self.buffer.delete_to_end(),
            Command::EditorPaste => self.buffer.paste(),
            Command::EditorCut => return self.buffer.cut().map_or(Outcome::NothingSelected, Outcome::Cut),
            Command::EditorCopy => {
                return self.buffer.copy().map_or(Outcome::NothingSelected, Outcome::Copied);
            }
            _ => return if self.moves(command, goal) { Outcome::Same } else { Outcome::NotMine },
        };
        if changed { Outcome::Changed } else { Outcome::Same }
    }

    fn moves(&mut self, command: Command, goal: Option<usize>) -> bool {
        let page = isize::try_from(self.page.saturating_sub(1)).unwrap_or(1).max(1);
        let at = self.buffer.cursor();
        match command {
            Command::EditorLeft => self.buffer.go(self.buffer.left()),
            Command::EditorRight => self.buffer.go(self.buffer.right()),
            Command::EditorWordLeft => self.buffer.go(self.buffer.word_left()),
            Command::EditorWordRight => self.buffer.go(self.buffer.word_right()),
            Command::EditorLineStart => self.buffer.go(Spot { byte: 0, ..at }),
            Command::EditorLineEnd => self.buffer.go(Spot { byte: usize::MAX, ..at }),
            Command::EditorTop => self.buffer.go(Spot { line: 0, byte: 0 }),
            Command::EditorBottom => self.buffer.go(Spot { line: usize::MAX, byte: usize::MAX }),
            Command::EditorUp => self.go_rows(-1, goal),
            Command::EditorDown => self.go_rows(1, goal),
            Command::EditorPageUp => self.go_rows(-page, goal),
            Command::EditorPageDown => self.go_rows(page, goal),
            Command::EditorSelect => self.buffer.toggle_selection(),
            Command::EditorSelectAll => self.buffer.select_all(),
            _ => return false,
        }
        true
    }

    /// Moves by rows as they are shown; beyond the first and last one, to the start and the end.
    fn go_rows(&mut self, by: isize, goal: Option<usize>) {
        self.lay(self.cells);
        let (row, x) = self.layout.cell(self.buffer.cursor());
        let x = goal.unwrap_or(x);
        self.goal = Some(x);
        let to = match row.checked_add_signed(by) {
            None => Spot { line: 0, byte: 0 },
            Some(to) if to >= self.layout.height() => Spot { line: usize::MAX, byte: usize::MAX },
            Some(to) => self.layout.spot(to, x),
        };
        self.buffer.go(to);
    }

    /// Puts the cursor to what is shown at a row and a cell (a click).
    pub fn go_to_cell(&mut self, row: usize, x: usize) {
        self.goal = None;
        self.buffer.go(self.layout.spot(row, x));
    }

    /// Lays the text out in a column of `cells`; returns how many rows it takes.
    pub fn lay(&mut self, cells: usize) -> usize {
        self.cells = cells.max(1);
        self.layout.update(self.buffer.lines(), self.cells);
        self.layout.height()
    }

    /// The row of the cursor in the last layout.
    pub fn cursor_row(&self) -> usize {
        self.layout.cell(self.buffer.cursor()).0
    }

    /// Draws the rows from `top` on into `area`, and puts the terminal's cursor where the next
    /// character will stand, so that what an input method shows is shown there.
    pub fn view(&mut self, frame: &mut Frame<'_>, area: Rect, top: usize, theme: &Theme) {
        self.page = usize::from(area.height).max(1);
        let selected = self.buffer.selection();
        for (y, row) in (area.top()..area.bottom()).zip(top..) {
            let Some((number, text, row)) = self.layout.row(row) else { break };
            let stretch = selected.and_then(|range| stretch_of(range, number, text.len(), SELECTED));
            let look = Look { base: Style::new(), mark: theme.mark, stretches: stretch.as_slice() };
            draw(frame.buffer_mut(), (area.x, y), area.width, text, row.shown(), look);
        }
        let (row, x) = self.layout.cell(self.buffer.cursor());
        if let Some(y) = row.checked_sub(top).and_then(|y| u16::try_from(y).ok())
            && y < area.height
        {
            let x = u16::try_from(x).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
            frame.set_cursor_position(Position { x: area.x + x, y: area.y + y });
        }
    }
}

/// The part of one line that is selected.
fn stretch_of((from, to): (Spot, Spot), line: usize, len: usize, style: Style) -> Option<Stretch> {
    if !(from.line..=to.line).contains(&line) {
        return None;
    }
    let start = if line == from.line { from.byte } else { 0 };
    let end = if line == to.line { to.byte } else { len };
    Some(Stretch { range: start..end, style })
}

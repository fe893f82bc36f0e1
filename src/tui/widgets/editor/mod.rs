//! The editor: a text that is being typed, in rows of the width that it is shown in.
//!
//! It obeys the commands of the contexts in which one is in a text and nothing else; what it draws
//! is harmless.

mod buffer;
mod find;
mod history;
mod layout;
mod marks;
mod places;
mod text;
mod vi;
mod view;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod tests;

use super::highlight::Highlight;
use crate::tui::commands::{Command, Context};
use buffer::Buffer;
use find::Find;
use text::{Spot, Text};
use vi::Vi;

use buffer::Changed;
pub use marks::{Mark, MarkKind};

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
    /// The width of the rows, and how many of them are a page: those of the last picture.
    cells: usize,
    page: usize,
    /// The cell that moving up and down keeps to.
    goal: Option<usize>,
    /// The line in which one types what is looked for.
    find: Option<Find>,
    last_find: find::Last,
    /// How it is highlighted, and whether it was told of the text.
    highlight: Highlight,
    is_highlighted: bool,
    vi: Vi,
}

impl Editor {
    /// Begins to type in a text, at its end.
    pub fn new(text: &str) -> Self {
        Self {
            buffer: Buffer::new(text),
            cells: 72,
            page: 10,
            goal: None,
            find: None,
            last_find: find::Last::default(),
            highlight: Highlight::default(),
            is_highlighted: false,
            vi: Vi::default(),
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> String {
        self.buffer.text().whole()
    }

    /// Its lines as they are now.
    pub fn lines(&self) -> &[String] {
        self.buffer.text().lines()
    }

    /// Changes with each edit.
    pub fn revision(&self) -> u64 {
        self.buffer.revision()
    }

    /// Puts another text in the place of all; it can be undone.
    pub fn replace(&mut self, text: &str) {
        self.goal = None;
        let end = self.buffer.text().end();
        self.buffer.replace(Spot::default(), end, text);
        self.settle();
    }

    /// Whether nothing but blanks is there.
    pub fn is_blank(&self) -> bool {
        self.lines().iter().all(|line| line.trim().is_empty())
    }

    /// The byte of the whole text at which the cursor is.
    pub fn cursor_byte(&self) -> usize {
        self.buffer.text().byte_of(self.buffer.cursor())
    }

    /// Puts the cursor to a byte of the whole text, or the nearest place before it.
    pub fn go_to_byte(&mut self, byte: usize) {
        self.goal = None;
        self.buffer.deselect();
        self.buffer.go(self.buffer.text().spot_of(byte));
        self.settle();
    }

    /// Marks these parts of the text, and no others. A mark keeps to its place while one types
    /// before it, and goes where its own text is edited.
    pub fn set_marks(&mut self, marks: Vec<Mark>) {
        self.buffer.set_marks(marks);
    }

    /// Where the keys go.
    pub fn context(&self) -> Context {
        self.find.as_ref().map_or_else(|| self.vi.context(), Find::context)
    }

    fn holds_selection(&self) -> bool {
        self.buffer.anchor().is_some() && self.buffer.loose_selection().is_none()
    }

    /// Types, or pastes.
    pub fn insert(&mut self, text: &str) -> Outcome {
        self.goal = None;
        if self.find.is_some() {
            return self.type_in_find(text);
        }
        if self.vi.is_on() { self.press_text(text) } else { self.plain_insert(text) }
    }

    fn plain_insert(&mut self, text: &str) -> Outcome {
        if self.buffer.insert(text) { Outcome::Changed } else { Outcome::Same }
    }

    /// Does what a command says.
    pub fn command(&mut self, command: Command) -> Outcome {
        if let Some(outcome) = self.find_command(command) {
            self.settle();
            return outcome;
        }
        if self.vi.is_on() { self.press(command) } else { self.plain(command) }
    }

    /// The same where keys type.
    fn plain(&mut self, command: Command) -> Outcome {
        let goal = self.goal.take();
        let buffer = &mut self.buffer;
        let (at, text) = (buffer.cursor(), buffer.text());
        let changed = match command {
            Command::EditorNewline => buffer.insert("\n"),
            Command::EditorUndo => buffer.undo(),
            Command::EditorRedo => buffer.redo(),
            Command::EditorDeleteLeft => buffer.delete_to(text.left(at)),
            Command::EditorDeleteRight => buffer.delete_to(text.right(at)),
            Command::EditorDeleteWordLeft => buffer.kill_to(text.word_left(at)),
            Command::EditorDeleteWordRight => buffer.kill_to(text.word_right(at)),
            Command::EditorDeleteToStart => {
                buffer.kill_to(if at.byte == 0 { text.left(at) } else { Spot { byte: 0, ..at } })
            }
            Command::EditorDeleteToEnd => {
                let end = text.line_end(at.line);
                buffer.kill_to(if at == end { text.right(at) } else { end })
            }
            Command::EditorDeleteLine => buffer.kill_lines(),
            Command::EditorPaste => buffer.paste(),
            Command::EditorCut => return buffer.cut().map_or(Outcome::NothingSelected, Outcome::Cut),
            Command::EditorCopy => {
                return buffer.copy().map_or(Outcome::NothingSelected, Outcome::Copied);
            }
            Command::EditorSelect => {
                buffer.toggle_selection();
                false
            }
            Command::EditorSelectAll => {
                buffer.select_all();
                false
            }
            Command::EditorFind => return self.find(false, false),
            Command::EditorFindBackwards => return self.find(true, false),
            Command::EditorReplace => return self.find(false, true),
            Command::EditorFindNext | Command::EditorFindPrevious => return self.find_again(command),
            _ => return if self.moves(command, goal) { Outcome::Same } else { Outcome::NotMine },
        };
        if changed { Outcome::Changed } else { Outcome::Same }
    }

    /// Moves the cursor, and selects on the way where the command says so.
    fn moves(&mut self, command: Command, goal: Option<usize>) -> bool {
        if let Some(moving) = selecting(command) {
            let Some(to) = self.target(moving, goal) else { return false };
            self.buffer.go_selecting(to);
            return true;
        }
        // What was selected on the way is left at the end that one moves to.
        let to = match (command, self.buffer.loose_selection()) {
            (Command::EditorLeft, Some((from, _))) => Some(from),
            (Command::EditorRight, Some((_, to))) => Some(to),
            _ => self.target(command, goal),
        };
        let Some(to) = to else { return false };
        self.buffer.go(to);
        true
    }

    /// Where a movement leads to.
    fn target(&mut self, command: Command, goal: Option<usize>) -> Option<Spot> {
        let page = isize::try_from(self.page.saturating_sub(1)).unwrap_or(1).max(1);
        let rows = match command {
            Command::EditorUp => -1,
            Command::EditorDown => 1,
            Command::EditorPageUp => -page,
            Command::EditorPageDown => page,
            _ => 0,
        };
        if rows != 0 {
            return Some(self.rows_away(rows, goal));
        }
        let (at, text): (Spot, &Text) = (self.buffer.cursor(), self.buffer.text());
        Some(match command {
            Command::EditorLeft => text.left(at),
            Command::EditorRight => text.right(at),
            Command::EditorWordLeft => text.word_left(at),
            Command::EditorWordRight => text.word_right(at),
            Command::EditorLineStart => text.smart_start(at),
            Command::EditorLineEnd => text.line_end(at.line),
            Command::EditorParagraphUp => text.paragraph_up(at),
            Command::EditorParagraphDown => text.paragraph_down(at),
            Command::EditorTop => Spot::default(),
            Command::EditorBottom => text.end(),
            _ => return None,
        })
    }

    /// The place so many rows away, as they are shown; beyond the first and last one, the start and
    /// the end.
    fn rows_away(&mut self, by: isize, goal: Option<usize>) -> Spot {
        self.lay(self.cells);
        let lines = self.buffer.text().lines();
        let (row, x) = self.buffer.layout.cell(lines, self.buffer.cursor());
        let x = goal.unwrap_or(x);
        self.goal = Some(x);
        match row.checked_add_signed(by) {
            None => Spot::default(),
            Some(to) if to >= self.buffer.layout.height() => self.buffer.text().end(),
            Some(to) => self.buffer.layout.spot(lines, to, x),
        }
    }

    /// Puts the cursor to what is shown at a row and a cell (a click).
    pub fn go_to_cell(&mut self, row: usize, x: usize) {
        self.goal = None;
        let to = self.buffer.layout.spot(self.buffer.text().lines(), row, x);
        self.buffer.go(to);
        self.settle();
    }
}

/// The movement of a command that selects on the way.
fn selecting(command: Command) -> Option<Command> {
    Some(match command {
        Command::EditorSelectLeft => Command::EditorLeft,
        Command::EditorSelectRight => Command::EditorRight,
        Command::EditorSelectUp => Command::EditorUp,
        Command::EditorSelectDown => Command::EditorDown,
        Command::EditorSelectWordLeft => Command::EditorWordLeft,
        Command::EditorSelectWordRight => Command::EditorWordRight,
        Command::EditorSelectLineStart => Command::EditorLineStart,
        Command::EditorSelectLineEnd => Command::EditorLineEnd,
        Command::EditorSelectParagraphUp => Command::EditorParagraphUp,
        Command::EditorSelectParagraphDown => Command::EditorParagraphDown,
        Command::EditorSelectTop => Command::EditorTop,
        Command::EditorSelectBottom => Command::EditorBottom,
        _ => return None,
    })
}

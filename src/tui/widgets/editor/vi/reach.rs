//! How far a movement reaches, and what an operator does to what it goes over.

use super::super::buffer::Cut;
use super::super::text::Spot;
use super::super::{Editor, Outcome};
use super::objects::Object;
use super::{Mode, Operator, Search};
use crate::tui::commands::Command;

/// Whether what is at the end of a movement belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It ends before it.
    Before,
    /// It ends behind it.
    On,
    /// It takes the whole lines.
    Lines,
}

/// What came of a movement.
#[derive(Debug, Clone, Copy)]
enum Reached {
    /// It leads there.
    To(Spot, End),
    /// It leads nowhere.
    Nowhere,
    /// The command is no movement.
    NotOne,
}

impl From<Option<(Spot, End)>> for Reached {
    fn from(reached: Option<(Spot, End)>) -> Self {
        reached.map_or(Self::Nowhere, |(to, end)| Self::To(to, end))
    }
}

impl Editor {
    /// Where a movement leads to.
    fn reach(&mut self, command: Command, count: Option<usize>, goal: Option<usize>) -> Reached {
        let at = self.buffer.cursor();
        let times = count.unwrap_or(1);
        let text = self.buffer.text();
        let last_line = text.lines().len() - 1;
        let repeat = |step: &dyn Fn(Spot) -> Spot| {
            let mut to = at;
            for _ in 0..times {
                let next = step(to);
                if next == to {
                    break;
                }
                to = next;
            }
            to
        };
        let line_start = |line: usize| text.first_letter(line.min(last_line));
        let (to, end) = match command {
            Command::EditorLeft => (repeat(&|spot| text.left_in_line(spot)), End::Before),
            Command::EditorRight => (repeat(&|spot| text.right_in_line(spot)), End::Before),
            Command::EditorNextWord => (repeat(&|spot| text.next_word(spot, false)), End::Before),
            Command::EditorNextBigWord => (repeat(&|spot| text.next_word(spot, true)), End::Before),
            Command::EditorPreviousWord => (repeat(&|spot| text.previous_word(spot, false)), End::Before),
            Command::EditorPreviousBigWord => (repeat(&|spot| text.previous_word(spot, true)), End::Before),
            Command::EditorWordEnd => (repeat(&|spot| text.word_end(spot, false)), End::On),
            Command::EditorBigWordEnd => (repeat(&|spot| text.word_end(spot, true)), End::On),
            Command::EditorParagraphUp => (repeat(&|spot| text.paragraph_up(spot)), End::Before),
            Command::EditorParagraphDown => (repeat(&|spot| text.paragraph_down(spot)), End::Before),
            Command::EditorFirstLetter => (text.first_letter(at.line), End::Before),
            Command::EditorLineEnd => {
                let line = (at.line + times - 1).min(last_line);
                (text.left_in_line(text.line_end(line)), End::On)
            }
            Command::EditorTop => (line_start(count.unwrap_or(1) - 1), End::Lines),
            Command::EditorBottom => (line_start(count.map_or(last_line, |count| count - 1)), End::Lines),
            Command::EditorMatchingBracket => match text.matching(at) {
                Some(to) => (to, End::On),
                None => return Reached::Nowhere,
            },
            Command::EditorLetterAgain | Command::EditorLetterBack => {
                let Some((search, letter)) = self.vi.letter.clone() else { return Reached::Nowhere };
                let forward = search.forward == (command == Command::EditorLetterAgain);
                return self.letter(Search { forward, ..search }, &letter, times, true).into();
            }
            Command::EditorUp | Command::EditorDown if self.vi.operator.is_some() => {
                let line = if command == Command::EditorUp {
                    at.line.checked_sub(times)
                } else {
                    Some(at.line + times).filter(|&line| line <= last_line)
                };
                match line {
                    Some(line) => (Spot { line, byte: at.byte }, End::Lines),
                    None => return Reached::Nowhere,
                }
            }
            Command::EditorUp | Command::EditorDown => {
                let rows = isize::try_from(times).unwrap_or(1);
                (self.rows_away(if command == Command::EditorUp { -rows } else { rows }, goal), End::Before)
            }
            Command::EditorFindNext | Command::EditorFindPrevious => {
                let mut found = false;
                for _ in 0..times.min(100) {
                    self.find_again(command);
                    found = self.find.is_none();
                }
                let to = self.buffer.cursor();
                self.buffer.put_cursor(at);
                return found.then_some((to, End::Before)).into();
            }
            _ => match self.target(command, goal) {
                Some(to) => (to, End::Before),
                None => return Reached::NotOne,
            },
        };
        Reached::To(to, end)
    }

    /// The place of a letter in the line, or the one beside it.
    fn letter(&self, search: Search, letter: &str, count: usize, again: bool) -> Option<(Spot, End)> {
        let text = self.buffer.text();
        let mut from = self.buffer.cursor();
        if search.till && again {
            // Beside the letter already: from there it would be found again and again.
            from = if search.forward { text.right_in_line(from) } else { text.left_in_line(from) };
        }
        let mut to = text.letter(from, letter, search.forward, count)?;
        if search.till {
            to = if search.forward { text.left_in_line(to) } else { text.right_in_line(to) };
        }
        Some((to, if search.forward { End::On } else { End::Before }))
    }

    /// A letter that was waited for.
    pub(super) fn go_to_letter(&mut self, search: Search, letter: &str) -> Outcome {
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.letter = Some((search, letter.to_owned()));
        let reached = self.letter(search, letter, count, false);
        self.arrive(reached.into(), None)
    }

    /// The very start of the line.
    pub(super) fn go_to_line_start(&mut self) -> Outcome {
        let at = self.buffer.cursor();
        self.arrive(Reached::To(Spot { byte: 0, ..at }, End::Before), None)
    }

    /// Moves, or lets the operator act on what lies between; `None` where the command is no movement.
    pub(super) fn travel(&mut self, command: Command, goal: Option<usize>) -> Option<Outcome> {
        let count = self.vi.count;
        let total = self.vi.take_count();
        // A change of a word leaves the blanks behind it.
        let at = self.buffer.cursor();
        let changes = self.vi.operator.is_some_and(|(operator, _)| operator == Operator::Change);
        let is_on_word = !self.buffer.text().class_at(at, true).is_blank();
        let command = match command {
            Command::EditorNextWord if changes && is_on_word => Command::EditorWordEnd,
            Command::EditorNextBigWord if changes && is_on_word => Command::EditorBigWordEnd,
            command => command,
        };
        let is_end = matches!(command, Command::EditorWordEnd | Command::EditorBigWordEnd);
        let is_short = changes && is_end && total.is_none_or(|count| count == 1);
        let reached = if is_short && self.is_last_of_word(at, command) {
            Reached::To(at, End::On)
        } else {
            self.reach(command, total, goal)
        };
        if matches!(reached, Reached::NotOne) {
            self.vi.count = count;
            return None;
        }
        Some(self.arrive(reached, Some(command)))
    }

    /// Whether the word ends with the cluster under the cursor: `cw` changes only this one then.
    fn is_last_of_word(&self, at: Spot, command: Command) -> bool {
        let text = self.buffer.text();
        let big = command == Command::EditorBigWordEnd;
        let next = text.right_in_line(at);
        text.class_at(at, big) != text.class_at(next, big)
    }

    fn arrive(&mut self, reached: Reached, command: Option<Command>) -> Outcome {
        let operator = self.vi.operator.take().map(|(operator, _)| operator);
        let Reached::To(to, end) = reached else { return Outcome::Same };
        let Some(operator) = operator else {
            self.buffer.go(to);
            return Outcome::Same;
        };
        let at = self.buffer.cursor();
        let text = self.buffer.text();
        let (from, mut to) = (at.min(to), at.max(to));
        let mut is_lines = end == End::Lines;
        match end {
            End::On => to = text.right_in_line(to),
            // A word that is the last of its line ends with it.
            End::Before if matches!(command, Some(Command::EditorNextWord | Command::EditorNextBigWord)) => {
                if to.line > from.line && to.byte <= text.first_letter(to.line).byte {
                    to = text.line_end(to.line - 1).max(from);
                }
            }
            End::Before if to.byte == 0 && to.line > from.line => {
                is_lines = from.byte <= text.first_letter(from.line).byte;
                to = text.line_end(to.line - 1);
            }
            End::Before | End::Lines => {}
        }
        self.operate(operator, Object { from, to, is_lines })
    }

    /// Does to a part of the text what the operator says.
    pub(super) fn operate(&mut self, operator: Operator, part: Object) -> Outcome {
        let text = self.buffer.text();
        let Object { is_lines, .. } = part;
        let (mut from, mut to) = (text.floor(part.from), text.ceil(part.to));
        let at = self.buffer.cursor();
        if is_lines {
            (from, to) = (Spot { byte: 0, ..from }, text.line_end(to.line));
        }
        self.buffer.deselect();
        self.vi.mode = Mode::Normal;
        let cut = Cut { text: text_between(self, from, to), is_lines };
        if operator == Operator::Yank {
            let copied = cut.text.clone();
            self.buffer.keep_cut(cut);
            let to = if is_lines && from.line == at.line { at } else { from };
            self.buffer.go(to);
            return if copied.is_empty() { Outcome::Same } else { Outcome::Copied(copied) };
        }
        if operator == Operator::Change {
            self.buffer.begin_group();
            self.vi.mode = Mode::Insert;
        }
        let changed = if is_lines && operator == Operator::Delete {
            // The cursor goes to the start first: undo leads back there.
            self.buffer.select(to, from);
            let changed = self.buffer.kill_lines();
            let line = self.buffer.cursor().line;
            self.buffer.go(self.buffer.text().first_letter(line));
            changed
        } else {
            self.buffer.go(from);
            self.buffer.delete(from, to)
        };
        if !cut.text.is_empty() || is_lines {
            self.buffer.keep_cut(cut);
        }
        if changed { Outcome::Changed } else { Outcome::Same }
    }
}

fn text_between(editor: &Editor, from: Spot, to: Spot) -> String {
    if from < to { editor.buffer.text().slice(from, to) } else { String::new() }
}

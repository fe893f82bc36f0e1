//! Modes as in vi: where keys are commands, and only some of them lead to typing. Whether there are
//! any is for the keymap to say.

mod act;
mod motions;
mod objects;
mod reach;
#[cfg(test)]
mod tests;

use unicode_segmentation::UnicodeSegmentation;

use super::text::Spot;
use super::{Editor, Outcome};
use crate::tui::commands::{Command, Context};

/// The largest count that is taken at its word.
const MOST: usize = 99_999;
/// How often a change is made again at most, and into how long a text, in bytes: a slip of the fingers
/// must not fill the memory.
const AGAIN: usize = 1_000;
const LONGEST: usize = 1 << 26;

/// What the keys do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    /// They type.
    #[default]
    Insert,
    /// They are commands.
    Normal,
    /// They are commands, and moving selects; by whole lines.
    Visual(bool),
}

/// What is done to what a movement goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Delete,
    Change,
    Yank,
}

/// A letter that is looked for in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Search {
    forward: bool,
    /// Whether one stops before it.
    till: bool,
}

/// What the next character is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaiting {
    Letter(Search),
    Replacement,
    Object(bool),
}

/// A key as it can be pressed again.
#[derive(Debug, Clone)]
enum Press {
    Type(String),
    Do(Command),
}

/// The state of the modes.
#[derive(Debug, Default)]
pub struct Vi {
    is_on: bool,
    mode: Mode,
    count: Option<usize>,
    /// With the count that came before it.
    operator: Option<(Operator, Option<usize>)>,
    awaiting: Option<Awaiting>,
    /// The letter that was looked for last.
    letter: Option<(Search, String)>,
    /// The keys since the last rest; none where they don't begin with a command.
    keys: Option<Vec<Press>>,
    /// The revision then.
    since: u64,
    /// The keys of the last change.
    last: Vec<Press>,
    is_repeating: bool,
}

impl Vi {
    /// Forgets what was begun.
    fn cancel(&mut self) {
        (self.count, self.operator, self.awaiting) = (None, None, None);
    }

    fn is_pending(&self) -> bool {
        self.count.is_some() || self.operator.is_some() || self.awaiting.is_some()
    }

    /// The count that was typed, which is used up so.
    fn take_count(&mut self) -> Option<usize> {
        let before = self.operator.and_then(|(_, count)| count);
        match (before, self.count.take()) {
            (None, None) => None,
            (before, now) => Some((before.unwrap_or(1) * now.unwrap_or(1)).min(MOST)),
        }
    }

    /// Where the keys go.
    pub(super) fn context(&self) -> Context {
        match self.mode {
            Mode::Insert => Context::Editor,
            _ if self.awaiting.is_some() => Context::Character,
            _ if self.operator.is_some() => Context::Operator,
            Mode::Normal => Context::Normal,
            Mode::Visual(_) => Context::Visual,
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }
}

impl Editor {
    /// Begins to type in a text as the keymap wants it: where it has modes, an existing text is first
    /// moved about in, with the cursor at its start.
    pub fn open(text: &str, has_modes: bool) -> Self {
        let mut editor = Self::new(text);
        editor.vi.is_on = has_modes;
        if has_modes && !editor.is_blank() {
            editor.vi.mode = Mode::Normal;
            editor.vi.keys = Some(Vec::new());
            editor.buffer.go(Spot::default());
        }
        editor
    }

    /// Goes on at the end of the text, with keys that type.
    pub fn type_at_end(&mut self) {
        if self.vi.mode != Mode::Insert {
            self.command(Command::EditorBottom);
            self.command(Command::EditorAppendAtEnd);
        }
    }

    /// The mode, where there are several: for the picture.
    pub fn mode_word(&self) -> Option<&'static str> {
        self.vi.is_on.then_some(match self.vi.mode {
            Mode::Insert => "INSERT",
            Mode::Normal => "NORMAL",
            Mode::Visual(false) => "VISUAL",
            Mode::Visual(true) => "VISUAL LINE",
        })
    }

    /// What was typed of a command that is not complete: `2d`. Empty where there is none.
    pub fn pending(&self) -> String {
        let number = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
        let (operator, before) = match self.vi.operator {
            Some((Operator::Delete, before)) => ("d", before),
            Some((Operator::Change, before)) => ("c", before),
            Some((Operator::Yank, before)) => ("y", before),
            None => ("", None),
        };
        let awaiting = match self.vi.awaiting {
            Some(Awaiting::Letter(Search { forward, till })) => match (forward, till) {
                (true, false) => "f",
                (false, false) => "F",
                (true, true) => "t",
                (false, true) => "T",
            },
            Some(Awaiting::Replacement) => "r",
            Some(Awaiting::Object(true)) => "a",
            Some(Awaiting::Object(false)) => "i",
            None => "",
        };
        format!("{}{operator}{}{awaiting}", number(before), number(self.vi.count))
    }

    /// Forgets what was typed of a command that is not complete; says whether there was any. What
    /// ends typing asks first.
    pub fn cancel_pending(&mut self) -> bool {
        let is_pending = self.vi.is_pending();
        self.vi.cancel();
        is_pending
    }

    /// A key where there are modes.
    pub(super) fn press(&mut self, command: Command) -> Outcome {
        match command {
            Command::EditorRepeat if self.vi.mode != Mode::Insert => self.repeat(),
            // These take what is typed in a line of their own.
            Command::EditorFind | Command::EditorFindBackwards | Command::EditorReplace => {
                self.vi.cancel();
                self.vi.keys = self.vi.keys.is_some().then(Vec::new);
                self.plain(command)
            }
            _ => self.pressed(Press::Do(command)),
        }
    }

    /// Text typed or pasted where there are modes.
    pub(super) fn press_text(&mut self, text: &str) -> Outcome {
        self.pressed(Press::Type(text.to_owned()))
    }

    fn pressed(&mut self, press: Press) -> Outcome {
        let outcome = match &press {
            Press::Type(text) => self.typed(text),
            Press::Do(command) => self.act(*command),
        };
        self.settle();
        if !self.vi.is_repeating {
            let never = matches!(press, Press::Do(Command::EditorUndo | Command::EditorRedo));
            if let Some(keys) = &mut self.vi.keys {
                keys.push(press);
            }
            if self.vi.mode == Mode::Normal && !self.vi.is_pending() {
                let revision = self.buffer.revision();
                let keys = self.vi.keys.replace(Vec::new()).unwrap_or_default();
                if revision != self.vi.since && !never && !keys.is_empty() {
                    self.vi.last = keys;
                }
                self.vi.since = revision;
            }
        }
        outcome
    }

    /// Presses the keys of the last change again.
    fn repeat(&mut self) -> Outcome {
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.cancel();
        let before = self.buffer.revision();
        let keys = std::mem::take(&mut self.vi.last);
        self.vi.is_repeating = true;
        for _ in 0..count.min(AGAIN) {
            let text = self.buffer.text();
            if text.byte_of(text.end()) > LONGEST {
                break;
            }
            for press in &keys {
                match press {
                    Press::Type(text) => self.typed(text),
                    Press::Do(command) => self.act(*command),
                };
                self.settle();
            }
        }
        self.vi.is_repeating = false;
        self.vi.last = keys;
        self.vi.keys = Some(Vec::new());
        self.vi.since = self.buffer.revision();
        if self.buffer.revision() == before { Outcome::Same } else { Outcome::Changed }
    }

    /// Where keys are commands the cursor is on a cluster, not behind the last one.
    pub(super) fn settle(&mut self) {
        let at = self.buffer.cursor();
        let text = self.buffer.text();
        let is_behind = at.byte > 0 && at.byte == text.line(at.line).len();
        if self.vi.mode == Mode::Normal && is_behind && self.buffer.selection().is_none() {
            let to = text.left_in_line(at);
            self.buffer.put_cursor(to);
        }
    }

    /// What is selected, as it is shown: where moving selects, with the cluster under the cursor.
    pub(super) fn selected(&self) -> Option<(Spot, Spot)> {
        let text = self.buffer.text();
        match (self.vi.mode, self.buffer.anchor()) {
            (Mode::Visual(is_lines), Some(anchor)) => {
                let cursor = self.buffer.cursor();
                let (from, to) = (anchor.min(cursor), anchor.max(cursor));
                Some(if is_lines {
                    (Spot { byte: 0, ..from }, text.line_end(to.line))
                } else {
                    (from, text.right_in_line(to))
                })
            }
            _ => self.buffer.selection(),
        }
    }

    /// Text while there are modes: a character that was waited for, a count, or a paste.
    fn typed(&mut self, text: &str) -> Outcome {
        if self.vi.mode == Mode::Insert {
            return self.plain_insert(text);
        }
        let is_one = text.graphemes(true).count() == 1;
        if is_one && let Some(awaiting) = self.vi.awaiting.take() {
            return self.character(awaiting, text);
        }
        if is_one && let Ok(digit) = text.parse::<usize>() {
            match (self.vi.count, digit) {
                (None, 0) => return self.go_to_line_start(),
                (count, digit) => self.vi.count = Some((count.unwrap_or(0) * 10 + digit).min(MOST)),
            }
            return Outcome::Same;
        }
        self.vi.cancel();
        self.take_selection();
        self.plain_insert(text)
    }

    /// Makes what is selected while moving an ordinary selection.
    fn take_selection(&mut self) {
        if let Mode::Visual(_) = self.vi.mode {
            if let Some((from, to)) = self.selected() {
                self.buffer.select(from, to);
            }
            self.vi.mode = Mode::Normal;
        }
    }
}

//! The text that is being typed: `ratatui-textarea` for lines, cursor, selection and history; here
//! what it does by characters is done by grapheme clusters, and what was typed in one go is undone
//! in one go.

use std::cmp::Ordering;

use ratatui_textarea::{CursorMove, TextArea};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Steps of the history that are kept; one character typed is one step.
const HISTORY: usize = 100_000;

/// What the last change was, so that like ones become one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Letters of a word.
    Word,
    /// Blanks after it.
    Blank,
    /// Anything else.
    Other,
}

/// A place: the line, and the byte in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line, counted from 0.
    pub line: usize,
    /// The byte in the line; a boundary of clusters.
    pub byte: usize,
}

/// The text that is being typed.
#[derive(Debug)]
pub struct Buffer {
    area: TextArea<'static>,
    /// How many steps of the area's history each step of undo takes back.
    groups: Vec<usize>,
    /// The same for what was undone.
    undone: Vec<usize>,
    last: Last,
}

impl Buffer {
    /// A text, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_max_histories(HISTORY);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, groups: Vec::new(), undone: Vec::new(), last: Last::Other }
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    fn line(&self, at: usize) -> &str {
        self.lines().get(at).map_or("", String::as_str)
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Spot {
        let at = self.area.cursor();
        self.spot(at.0, at.1)
    }

    fn spot(&self, line: usize, characters: usize) -> Spot {
        let text = self.line(line);
        // Most lines are ASCII: a character is a byte.
        let byte = if text.is_ascii() {
            characters.min(text.len())
        } else {
            text.char_indices().nth(characters).map_or(text.len(), |(byte, _)| byte)
        };
        Spot { line, byte }
    }

    /// What is selected, from the first place to the last.
    pub fn selection(&self) -> Option<(Spot, Spot)> {
        let ((first, from), (last, to)) = self.area.selection_range()?;
        let range = (self.spot(first, from), self.spot(last, to));
        (range.0 != range.1).then_some(range)
    }

    /// Whether moving selects.
    pub fn is_selecting(&self) -> bool {
        self.area.is_selecting()
    }

    /// Begins a selection here, or ends it.
    pub fn toggle_selection(&mut self) {
        if self.is_selecting() { self.area.cancel_selection() } else { self.area.start_selection() }
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.area.cancel_selection();
        self.go(Spot { line: 0, byte: 0 });
        self.area.start_selection();
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    /// Puts the cursor to a place; where a selection has begun, it grows or shrinks.
    pub fn go(&mut self, to: Spot) {
        self.last = Last::Other;
        let line = to.line.min(self.lines().len().saturating_sub(1));
        let characters = self.line(line).get(..to.byte).map_or(usize::MAX, |before| before.chars().count());
        let characters = characters.min(self.line(line).chars().count());
        if let (Ok(row), Ok(column)) = (u16::try_from(line), u16::try_from(characters)) {
            self.area.move_cursor(CursorMove::Jump(row, column));
        } else {
            self.walk(line, characters);
        }
    }

    /// For places beyond what the area can jump to: in steps, by words first, since each step
    /// costs a look at the whole line.
    fn walk(&mut self, line: usize, characters: usize) {
        let mut by_words = true;
        loop {
            let at = self.area.cursor();
            let behind = self.line(line).chars().count() - characters;
            let far = by_words && at.1.abs_diff(characters) > 8;
            let step = match (at.0.cmp(&line), at.1.cmp(&characters)) {
                (Ordering::Less, _) => CursorMove::Down,
                (Ordering::Greater, _) => CursorMove::Up,
                (Ordering::Equal, Ordering::Equal) => return,
                (Ordering::Equal, Ordering::Less) if characters - at.1 > behind => CursorMove::End,
                (Ordering::Equal, Ordering::Less) if far => CursorMove::WordForward,
                (Ordering::Equal, Ordering::Less) => CursorMove::Forward,
                (Ordering::Equal, Ordering::Greater) if far => CursorMove::WordBack,
                (Ordering::Equal, Ordering::Greater) => CursorMove::Back,
            };
            self.area.move_cursor(step);
            let now = self.area.cursor();
            let is_past = now.0 == line && at.0 == line && (at.1 < characters) != (now.1 < characters);
            // Past the place, or out of the line: the rest of the way by characters.
            by_words &= !is_past && (at.0 != line || now.0 == line);
            if now.0 == at.0 && now.1 == at.1 {
                return;
            }
        }
    }

    /// Puts a text in at the cursor, in the place of what is selected. Line breaks of other systems
    /// become ours.
    pub fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.is_empty() {
            return;
        }
        let replaced = usize::from(self.selection().is_some());
        let kind = match text.chars().next() {
            Some(c) if text.chars().nth(1).is_none() && c != '\n' => {
                if c.is_whitespace() {
                    Last::Blank
                } else {
                    Last::Word
                }
            }
            _ => Last::Other,
        };
        let goes_on = replaced == 0
            && kind != Last::Other
            && (kind == self.last || kind == Last::Blank && self.last == Last::Word);
        self.area.insert_str(&text);
        self.did(1 + replaced, goes_on);
        self.last = kind;
    }

    /// Counts steps of the area's history as one step of undo, or as part of the last one.
    fn did(&mut self, steps: usize, goes_on: bool) {
        self.undone.clear();
        match self.groups.last_mut() {
            Some(group) if goes_on => *group += steps,
            _ => self.groups.push(steps),
        }
    }

    /// Takes back what was typed last.
    pub fn undo(&mut self) -> bool {
        self.last = Last::Other;
        let Some(steps) = self.groups.pop() else { return false };
        for _ in 0..steps {
            self.area.undo();
        }
        self.undone.push(steps);
        true
    }

    /// Types again what undo took back.
    pub fn redo(&mut self) -> bool {
        self.last = Last::Other;
        let Some(steps) = self.undone.pop() else { return false };
        for _ in 0..steps {
            self.area.redo();
        }
        self.groups.push(steps);
        true
    }

    /// Deletes what is selected.
    fn delete_selection(&mut self) -> bool {
        if self.selection().is_none() {
            self.area.cancel_selection();
            return false;
        }
        self.last = Last::Other;
        self.area.delete_char();
        self.did(1, false);
        true
    }

    /// Deletes from one place to another; `keep`: to be pasted.
    fn delete(&mut self, from: Spot, to: Spot, keep: bool) -> bool {
        if from == to {
            return false;
        }
        self.area.cancel_selection();
        self.go(from);
        self.area.start_selection();
        self.go(to);
        if keep {
            self.area.cut();
        } else {
            self.area.delete_char();
        }
        self.did(1, false);
        true
    }

    /// Deletes the cluster before the cursor, or what is selected.
    pub fn delete_left(&mut self) -> bool {
        self.delete_selection() || self.delete(self.left(), self.cursor(), false)
    }

    /// Deletes the cluster under the cursor, or what is selected.
    pub fn delete_right(&mut self) -> bool {
        self.delete_selection() || self.delete(self.cursor(), self.right(), false)
    }

    /// Deletes back to the start of the word, or what is selected.
    pub fn delete_word_left(&mut self) -> bool {
        self.delete_selection() || self.delete(self.word_left(), self.cursor(), false)
    }

    /// Deletes on to the end of the word, or what is selected.
    pub fn delete_word_right(&mut self) -> bool {
        self.delete_selection() || self.delete(self.cursor(), self.word_right(), false)
    }

    /// Deletes back to the start of the line; there, the line break. It can be pasted.
    pub fn delete_to_start(&mut self) -> bool {
        let at = self.cursor();
        let from = if at.byte == 0 { self.left() } else { Spot { byte: 0, ..at } };
        self.delete_selection() || self.delete(from, at, true)
    }

    /// Deletes on to the end of the line; there, the line break. It can be pasted.
    pub fn delete_to_end(&mut self) -> bool {
        let at = self.cursor();
        let end = Spot { byte: self.line(at.line).len(), ..at };
        let to = if at == end { self.right() } else { end };
        self.delete_selection() || self.delete(at, to, true)
    }

    /// Takes the selection out, to be pasted; returns it.
    pub fn cut(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        self.delete(from, to, true);
        Some(self.area.yank_text())
    }

    /// Copies the selection, to be pasted; returns it.
    pub fn copy(&mut self) -> Option<String> {
        self.selection()?;
        self.area.copy();
        Some(self.area.yank_text())
    }

    /// Puts in what was cut or copied last.
    pub fn paste(&mut self) -> bool {
        let text = self.area.yank_text();
        self.last = Last::Other;
        if text.is_empty() {
            return false;
        }
        let replaced = usize::from(self.selection().is_some());
        self.area.paste();
        self.did(1 + replaced, false);
        true
    }

    /// The place one cluster to the left, over line ends too.
    pub fn left(&self) -> Spot {
        let at = self.cursor();
        let line = self.line(at.line);
        match GraphemeCursor::new(at.byte, line.len(), true).prev_boundary(line, 0) {
            Ok(Some(byte)) => Spot { byte, ..at },
            _ if at.line > 0 => Spot { line: at.line - 1, byte: self.line(at.line - 1).len() },
            _ => at,
        }
    }

    /// The place one cluster to the right, over line ends too.
    pub fn right(&self) -> Spot {
        let at = self.cursor();
        let line = self.line(at.line);
        match GraphemeCursor::new(at.byte, line.len(), true).next_boundary(line, 0) {
            Ok(Some(byte)) => Spot { byte, ..at },
            _ if at.line + 1 < self.lines().len() => Spot { line: at.line + 1, byte: 0 },
            _ => at,
        }
    }

    /// The start of the word before the cursor; at the start of a line the end of the one before.
    pub fn word_left(&self) -> Spot {
        let at = self.cursor();
        if at.byte == 0 {
            return self.left();
        }
        let before = self.line(at.line).get(..at.byte).unwrap_or_default();
        let byte = before.unicode_word_indices().next_back().map_or(0, |(start, _)| start);
        Spot { byte, ..at }
    }

    /// The end of the word after the cursor; at the end of a line the start of the next one.
    pub fn word_right(&self) -> Spot {
        let at = self.cursor();
        let after = self.line(at.line).get(at.byte..).unwrap_or_default();
        if after.is_empty() {
            return self.right();
        }
        let len = after.unicode_word_indices().next().map_or(after.len(), |(start, word)| start + word.len());
        Spot { byte: at.byte + len, ..at }
    }
}

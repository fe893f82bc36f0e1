//! The questions of find and replace: what, by what, how, and where.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Row, Span};

use crate::curation::mend::{Mending, Replacement};
use crate::dataset::Texts;
use crate::text::width::pad;
use crate::tui::commands::Command;
use crate::tui::line::Line;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// Something that is so or not.
#[derive(Debug, Clone, Copy)]
struct Choice {
    /// The name.
    name: &'static str,
    /// What it means.
    about: &'static str,
    /// Whether it is so at first.
    at_first: bool,
}

const fn choice(name: &'static str, about: &'static str, at_first: bool) -> Choice {
    Choice { name, about, at_first }
}

const REGEX: usize = 0;
const CASE: usize = 1;
const WORDS: usize = 2;
const PROMPTS: usize = 3;
const SYSTEM: usize = 4;
const RESPONSES: usize = 5;
const NOTES: usize = 6;

const CHOICES: [Choice; 7] = [
    choice("regular expression", "$1 is a group; ^ $ are ends of a line; \\n a line end", false),
    choice("exact case", "otherwise capitals count only where you type some", false),
    choice("whole words", "nothing that is part of a longer word", false),
    choice("in prompts", "their turns, those of the system excepted", true),
    choice("in system turns", "the instructions above the conversation", true),
    choice("in responses", "all of them", true),
    choice("in notes", "what people wrote beside the examples", false),
];

/// Rows above the choices: the two lines.
const LINES: usize = 2;

/// The questions and what was answered so far.
#[derive(Debug)]
pub(super) struct Form {
    find: Line,
    by: Line,
    chosen: [bool; CHOICES.len()],
    at: usize,
}

impl Default for Form {
    fn default() -> Self {
        let chosen = CHOICES.map(|choice| choice.at_first);
        Self { find: Line::default(), by: Line::default(), chosen, at: 0 }
    }
}

impl Form {
    /// Something was typed: in a line it stands there, on a choice a blank turns it round.
    pub fn text(&mut self, text: &str) {
        match self.line() {
            Some(line) => line.type_text(text),
            None if text == " " => self.toggle(),
            None => {}
        }
    }

    /// Does what a command does here.
    pub fn command(&mut self, command: Command) {
        let rows = LINES + CHOICES.len();
        match command {
            Command::FormNext => self.at = (self.at + 1) % rows,
            Command::FormPrevious => self.at = (self.at + rows - 1) % rows,
            other => {
                if let Some(line) = self.line() {
                    line.command(other);
                }
            }
        }
    }

    /// A click on a row: a line is gone to, a choice turned round.
    pub fn click(&mut self, row: usize) {
        let at = match row.checked_sub(FIRST) {
            Some(at) if at < LINES => at,
            // A blank row parts the lines from the choices.
            Some(at) if at > LINES && at <= LINES + CHOICES.len() => at - 1,
            _ => return,
        };
        self.at = at;
        self.toggle();
    }

    fn toggle(&mut self) {
        if let Some(chosen) = self.at.checked_sub(LINES).and_then(|at| self.chosen.get_mut(at)) {
            *chosen = !*chosen;
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        match self.at {
            0 => Some(&mut self.find),
            1 => Some(&mut self.by),
            _ => None,
        }
    }

    fn is(&self, choice: usize) -> bool {
        self.chosen.get(choice).copied().unwrap_or_default()
    }

    /// What is wanted, or what is missing.
    pub fn answer(&self) -> Result<(Mending, Texts), &'static str> {
        if self.find.text().is_empty() {
            return Err("type what to find first");
        }
        let texts = Texts {
            prompts: self.is(PROMPTS),
            system: self.is(SYSTEM),
            responses: self.is(RESPONSES),
            notes: self.is(NOTES),
        };
        if texts == Texts::NONE {
            return Err("choose where to look: in prompts, system turns, responses or notes");
        }
        let replacement = Replacement {
            find: self.find.text().to_owned(),
            by: self.by.text().to_owned(),
            regex: self.is(REGEX),
            exact_case: self.is(CASE),
            words: self.is(WORDS),
        };
        Ok((Mending::Replace(replacement), texts))
    }

    /// Draws it.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, said: &str, theme: &Theme) {
        let heading = Row::from(vec![
            Span::styled(" FIND AND REPLACE", theme.heading),
            Span::styled(format!("   in {said}"), theme.faint),
        ]);
        paint::line(frame, area, 0, heading);
        for (at, name, line) in [(0, "find", &self.find), (1, "replace by", &self.by)] {
            let row = u16::try_from(FIRST + at).unwrap_or(u16::MAX);
            let is_here = self.at == at;
            let style = if is_here { theme.accent } else { theme.faint };
            let sign = if is_here { " ▸ " } else { "   " };
            paint::line(frame, area, row, Row::styled(format!("{sign}{}", pad(name, LABEL)), style));
            let Some(row) = paint::row(area, row) else { continue };
            let wide = u16::try_from(3 + LABEL + 2).unwrap_or(u16::MAX).min(row.width);
            let row = Rect { x: row.x + wide, width: row.width - wide, ..row };
            if is_here {
                line.view(frame, row, theme);
            } else {
                paint::line(frame, row, 0, Row::from(paint::spans(line.text(), theme.text, theme)));
            }
        }
        for (at, choice) in CHOICES.iter().enumerate() {
            let is_here = self.at == at + LINES;
            let row = u16::try_from(FIRST + LINES + 1 + at).unwrap_or(u16::MAX);
            let (sign, style) = if self.is(at) { ("● ", theme.accent) } else { ("○ ", theme.faint) };
            let name = if is_here { theme.accent } else { theme.text };
            let line = Row::from(vec![
                Span::styled(if is_here { " ▸ " } else { "   " }, theme.accent),
                Span::styled(sign, style),
                Span::styled(pad(choice.name, LABEL + 4), name),
                Span::styled(choice.about, theme.faint),
            ]);
            paint::line(frame, area, row, line);
        }
        let row = u16::try_from(FIRST + LINES + CHOICES.len() + 2).unwrap_or(u16::MAX);
        let says = "   space turns a choice round; what would change is shown before it is done";
        paint::line(frame, area, row, Row::styled(says, theme.faint));
    }
}

/// The row of the first line.
const FIRST: usize = 2;
/// Cells of the names before what is typed.
const LABEL: usize = 16;

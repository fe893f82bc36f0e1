//! Agreement: how far annotators say the same, how sure that is, and whose responses they prefer;
//! followed live while people rank.

mod authors;
mod lines;
mod people;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::board::Board;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Answer, Effect, Generation, Place, Request, Shared};
use crate::tui::paint;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::leading;

/// The board of agreement.
#[derive(Debug, Default)]
pub struct Agreement {
    board: Option<Board>,
    generation: Generation,
    /// Which of the lines that lead somewhere is selected.
    selected: usize,
    top: usize,
    page: usize,
    /// The filters of the lines that lead somewhere, as they were drawn last.
    leads: Vec<String>,
    /// How many lines there are.
    height: usize,
    /// Rows of the screen with the lead that stands there.
    drawn: Vec<(u16, usize)>,
}

impl Agreement {
    fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Board)]
    }

    fn open(&self) -> Vec<Effect> {
        let filter = self.leads.get(self.selected).cloned();
        filter.map(|filter| Effect::Go(Place::Browse(Some(filter)))).into_iter().collect()
    }

    /// Moves to another line that leads somewhere; where none does, the board scrolls.
    fn step(&mut self, by: isize) {
        if self.leads.is_empty() {
            self.scroll(by);
        } else {
            let last = self.leads.len() - 1;
            // At the ends the rest of the board comes into sight.
            if (by < 0 && self.selected == 0) || (by > 0 && self.selected == last) {
                self.scroll(by);
            }
            self.selected = self.selected.saturating_add_signed(by).min(last);
        }
    }

    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.height.saturating_sub(self.page));
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.scroll(-page),
            Command::MovePageDown => self.scroll(page),
            Command::MoveHalfPageUp => self.scroll(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.scroll((page / 2).max(1)),
            Command::MoveTop => (self.top, self.selected) = (0, 0),
            Command::MoveBottom => self.scroll(isize::MAX),
            Command::ExampleOpen => return self.open(),
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for Agreement {
    fn context(&self) -> Context {
        Context::Agreement
    }

    fn title(&self, _: &Shared) -> String {
        "Agreement".to_owned()
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.ask()
    }

    fn update(&mut self, input: Input, _: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command),
            Input::Answer(Answer::Board(generation, board)) if generation == self.generation => {
                // Intervals that are on the screen stay there until the new ones are made.
                self.board = Some(*board);
            }
            Input::Changed(_) => return self.ask(),
            Input::Click { y, .. } => {
                if let Some((_, lead)) = self.drawn.iter().find(|(row, _)| *row == y).copied() {
                    // What was selected already is gone to.
                    if std::mem::replace(&mut self.selected, lead) == lead {
                        return self.open();
                    }
                }
            }
            Input::Wheel { lines, .. } => self.scroll(lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.drawn.clear();
        let Some(board) = &self.board else {
            paint::line(frame, area, 0, Line::styled(" measuring …", theme.faint));
            return;
        };
        let rows = lines::rows(board, shared, area.width, theme);
        self.leads = rows.iter().filter_map(|row| row.lead.clone()).collect();
        self.selected = self.selected.min(self.leads.len().saturating_sub(1));
        (self.page, self.height) = (area.height.into(), rows.len());
        self.top = self.top.min(self.height.saturating_sub(self.page));
        let rows = rows.into_iter().map(|row| (row.line, row.lead.is_some())).collect();
        self.drawn = leading::rows(frame, area, rows, (self.top, self.selected), theme);
    }
}

//! Home: what waits, what was done today, what is covered and in balance. Enter goes to work.

mod next;
mod text;
mod view;

#[cfg(test)]
mod tests;

pub use text::as_text;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::curation::coverage::coverage;
use crate::dataset::Counts;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::beginnings;
use next::Next;

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    /// The line that somebody chose; until then it is the first with work.
    chosen: Option<Next>,
    /// Whether it is printed, and nothing can be selected or turned.
    is_printed: bool,
    facet: usize,
    /// The rows of the lines in the last picture, for the mouse.
    rows: Vec<(u16, Next)>,
}

impl Home {
    /// The place of the selected line; nothing on paper.
    fn selected(&self, shared: &Shared) -> Option<usize> {
        let mut lines = Next::all(shared);
        if self.is_printed {
            return None;
        }
        let chosen = self.chosen.and_then(|chosen| Next::all(shared).position(|next| next == chosen));
        chosen.or_else(|| lines.position(|next| next.count(shared) > 0)).or(Some(0))
    }

    fn step(&mut self, by: isize, shared: &Shared) {
        let last = Next::all(shared).count().saturating_sub(1);
        let to = self.selected(shared).unwrap_or(0).saturating_add_signed(by).min(last);
        self.chosen = Next::all(shared).nth(to);
    }

    fn turn_facet(&mut self, by: isize, counts: &Counts) {
        let n = coverage(counts).len();
        if n > 0 {
            let n = isize::try_from(n).unwrap_or(1);
            let now = isize::try_from(self.facet).unwrap_or(0);
            self.facet = (now + by).rem_euclid(n).unsigned_abs();
        }
    }

    fn work(&self, shared: &Shared) -> Vec<Effect> {
        let next = self.selected(shared).and_then(|at| Next::all(shared).nth(at));
        next.map(|next| next.go(shared)).unwrap_or_default()
    }
}

impl Screen for Home {
    fn context(&self) -> Context {
        Context::Home
    }

    fn title(&self, _: &Shared) -> String {
        "Home".to_owned()
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        Vec::new()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        let counts = &shared.counts;
        match input {
            Input::Command { command, .. } => match command {
                Command::MoveUp => self.step(-1, shared),
                Command::MoveDown => self.step(1, shared),
                Command::MoveTop => self.step(isize::MIN, shared),
                Command::MoveBottom => self.step(isize::MAX, shared),
                Command::MoveLeft => self.turn_facet(-1, counts),
                Command::MoveRight => self.turn_facet(1, counts),
                Command::HomeWork => return self.work(shared),
                other => return beginnings::go(other, None, shared).unwrap_or_default(),
            },
            Input::Picked(purpose, names) => {
                return beginnings::go_picked(&purpose, &names).unwrap_or_default();
            }
            Input::Click { y, .. } => {
                let clicked = self.rows.iter().find(|(row, _)| *row == y).map(|(_, next)| *next);
                // What was chosen already is gone to.
                if clicked.is_some() && std::mem::replace(&mut self.chosen, clicked) == clicked {
                    return self.work(shared);
                }
            }
            Input::Wheel { lines, .. } => self.step(isize::from(lines.signum()), shared),
            _ => {}
        }
        Vec::new()
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }
}

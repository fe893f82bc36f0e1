//! Failures: rounds of results side by side; the slices in which the chosen one fails more than chance would
//! have it, why, and what to do about each.

mod rounds;
mod slices;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::text::harmless::harmless;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Shared};
use crate::tui::failing::{Asked, Line, Rounds};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::waiting::Waiting;

/// The screen.
#[derive(Debug, Default)]
pub struct Failures {
    asked: Asked,
    rounds: Option<Box<Rounds>>,
    waiting: Waiting,
    /// The slice that one is at.
    at: usize,
    /// The first slice that is in sight, and how many fit.
    top: usize,
    page: usize,
    /// The first round that is in sight.
    left: usize,
    /// Where slices and rounds were drawn: rows with the slice there, columns and rows with the round there.
    drawn: Vec<(u16, usize)>,
    drawn_rounds: Vec<(std::ops::Range<u16>, std::ops::Range<u16>, usize)>,
}

impl Failures {
    fn lines(&self) -> &[Line] {
        let shown = self.rounds.as_ref().and_then(|rounds| rounds.shown.as_ref());
        shown.map(|shown| shown.lines.as_slice()).unwrap_or_default()
    }

    /// The slice that one is at.
    fn line(&self) -> Option<&Line> {
        self.lines().get(self.at)
    }

    /// The name of the round that is looked at.
    fn round(&self) -> Option<&str> {
        let rounds = self.rounds.as_ref()?;
        let round = rounds.rounds.get(rounds.shown.as_ref()?.round)?;
        Some(&round.name)
    }
}

impl Screen for Failures {
    fn context(&self) -> Context {
        Context::Failures
    }

    fn title(&self, _: &Shared) -> String {
        match self.round() {
            Some(name) => format!("Failures  {}", harmless(name)),
            None => "Failures".to_owned(),
        }
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.ask()
    }

    fn update(&mut self, input: Input, _: &Shared) -> Vec<Effect> {
        self.heard(input)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let rounds = self.rounds.as_ref().map_or(0, |rounds| rounds.rounds.len());
        let is_useless = match command {
            Command::FailuresList | Command::FailuresWrite | Command::FailuresCandidates => {
                self.line().is_none()
            }
            Command::FailuresQueue => !self.is_any_failing(),
            Command::FailuresAllCandidates => rounds == 0,
            Command::FailuresAgainst | Command::FailuresEarlier | Command::FailuresLater => rounds < 2,
            _ => false,
        };
        (!is_useless).then(|| command.short())
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.left_behind()
    }
}

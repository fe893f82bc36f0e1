//! Home: what waits, what was done today, what is covered and in balance, the four gauges, and whether that is
//! enough to train on. Enter goes to work, or to what is behind a number.

mod at;
mod gauges;
mod measuring;
mod next;
mod pace;
mod text;
mod view;

#[cfg(test)]
mod tests;

pub use text::as_text;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::curation::coverage::Coverage;
use crate::dataset::{Counts, Paced};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Answer, Effect, Generation, Place, Purpose, Request, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{beginnings, behind, sampling};
use at::At;
use measuring::Measuring;
use next::Next;

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    /// What somebody chose; until then it is the first line with work.
    chosen: Option<At>,
    /// Whether it is printed, and nothing can be selected or turned.
    is_printed: bool,
    facet: usize,
    /// What the dataset is ready for, as far as that is measured.
    measuring: Measuring,
    /// Where things were drawn in the last picture, for the mouse: columns, row, what stands there.
    drawn: Vec<(std::ops::Range<u16>, u16, At)>,
    /// How fast the dataset grows, where that is known.
    paced: Option<Box<Paced>>,
    generation: Generation,
}

impl Home {
    /// What is selected; nothing on paper.
    fn selected(&self, shared: &Shared) -> Option<At> {
        if self.is_printed {
            return None;
        }
        let is_there = |at: &At| match at {
            At::Next(chosen) => Next::all(shared).any(|next| next == *chosen),
            At::Gauge(_) | At::Ready => true,
        };
        let with_work = || Next::all(shared).find(|next| next.count(shared) > 0);
        let usual = || with_work().or_else(|| Next::all(shared).next()).map(At::Next);
        self.chosen.filter(is_there).or_else(usual)
    }

    fn step(&mut self, by: isize, shared: &Shared) {
        self.chosen = self.selected(shared).map(|at| at.step(by, shared));
    }

    /// To the gauge beside the selected one; elsewhere another facet is shown.
    fn aside(&mut self, by: isize, shared: &Shared) {
        match self.selected(shared).and_then(|at| at.beside(by)) {
            Some(at) => self.chosen = Some(at),
            None => self.turn_facet(by, &shared.counts),
        }
    }

    fn turn_facet(&mut self, by: isize, counts: &Counts) {
        let n = Coverage::of(counts).facets.len();
        if n > 0 {
            let n = isize::try_from(n).unwrap_or(1);
            let now = isize::try_from(self.facet).unwrap_or(0);
            self.facet = (now + by).rem_euclid(n).unsigned_abs();
        }
    }

    fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Pace)]
    }

    fn work(&self, shared: &Shared) -> Vec<Effect> {
        match self.selected(shared) {
            Some(At::Next(next)) => next.go(shared),
            Some(At::Gauge(word)) => {
                let findings = self.measuring.assessed.as_ref().map(|assessed| &assessed.findings);
                behind::gauge(word, findings, shared)
            }
            Some(At::Ready) => vec![Effect::Go(Place::Readiness)],
            None => Vec::new(),
        }
    }
}

impl Screen for Home {
    fn context(&self) -> Context {
        Context::Home
    }

    fn title(&self, _: &Shared) -> String {
        "Home".to_owned()
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.measuring.ask(shared);
        effects.extend(self.ask());
        effects
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => match command {
                Command::MoveUp => self.step(-1, shared),
                Command::MoveDown => self.step(1, shared),
                Command::MoveTop => self.step(isize::MIN, shared),
                Command::MoveBottom => self.step(isize::MAX, shared),
                Command::MoveLeft => self.aside(-1, shared),
                Command::MoveRight => self.aside(1, shared),
                Command::HomeWork => return self.work(shared),
                other => return beginnings::go(other, None, shared).unwrap_or_default(),
            },
            Input::Answer(Answer::Pace(generation, paced)) if generation == self.generation => {
                self.paced = Some(paced);
            }
            Input::Picked(purpose, names) => {
                return beginnings::go_picked(&purpose, &names).unwrap_or_default();
            }
            Input::Answer(Answer::Assessed(generation, assessed)) => {
                self.measuring.hear(generation, assessed);
            }
            Input::Answer(Answer::Failed(generation, _)) => self.measuring.failed(generation),
            Input::Entered(Purpose::Sample, typed) => return sampling::draw(&typed),
            Input::Changed(_) => {
                let mut effects = self.ask();
                effects.extend(self.measuring.changed());
                return effects;
            }
            Input::Woken => return self.measuring.woken(shared),
            Input::Click { x, y } => {
                let is_here =
                    |(cells, row, _): &&(std::ops::Range<u16>, u16, At)| cells.contains(&x) && *row == y;
                let clicked = self.drawn.iter().find(is_here).map(|(_, _, at)| *at);
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

    fn leave(&mut self) -> Vec<Effect> {
        self.measuring.leave();
        Vec::new()
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }
}

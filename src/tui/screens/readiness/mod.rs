//! Readiness: what the dataset is ready for in a sentence, then line by line what was measured, what it has to
//! be, and where the work for it is done; what only people can answer; what it costs; and a few examples for
//! a prompt.

mod asked;
mod lines;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::Progress;
use crate::tui::assessing::{Assessed, Few, Wanted};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Generation, Request, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::Laid;
use lines::Lead;

/// Examples that are picked for a prompt.
const FEW: usize = 5;

/// Examples picked for a prompt, being looked at.
#[derive(Debug)]
struct Picked {
    few: Few,
    laid: Laid,
    top: usize,
}

/// The screen.
#[derive(Debug, Default)]
pub struct Readiness {
    assessed: Option<Box<Assessed>>,
    generation: Generation,
    /// How far measuring has come, while an answer is waited for.
    measuring: Option<Progress>,
    /// Whether something changed while an answer was waited for.
    is_stale: bool,
    /// Changes whose time of quiet is not over.
    waiting: u32,
    /// What is selected; until somebody chose, it is what costs least to come nearer.
    chosen: Option<Lead>,
    /// The first line in sight, and how many are.
    top: usize,
    page: usize,
    picked: Option<Picked>,
    /// Rows of the screen with what stands there.
    drawn: Vec<(u16, Lead)>,
}

impl Readiness {
    /// Asks for all of it.
    fn ask(&mut self, shared: &Shared) -> Vec<Effect> {
        self.generation += 1;
        self.is_stale = false;
        self.measuring = Some(Progress { step: "measuring", done: 0, total: None });
        vec![Effect::Ask(self.generation, Request::Assess(Wanted::All, shared.annotator.clone()))]
    }

    /// The lines that can be selected, in their order.
    fn leads(&self, shared: &Shared) -> Vec<Lead> {
        let sections = self.assessed.as_ref().map(|assessed| lines::sections(assessed, shared));
        sections.into_iter().flatten().flat_map(|section| section.items).map(|item| item.lead).collect()
    }

    /// What is selected.
    fn selected(&self, shared: &Shared) -> Option<Lead> {
        let leads = self.leads(shared);
        let first = || self.assessed.as_ref().and_then(|assessed| lines::first(assessed));
        let chosen = self.chosen.or_else(first).filter(|chosen| leads.contains(chosen));
        chosen.or_else(|| leads.first().copied())
    }
}

impl Screen for Readiness {
    fn context(&self) -> Context {
        Context::Readiness
    }

    fn title(&self, _: &Shared) -> String {
        if self.picked.is_some() { "Readiness  for a prompt".to_owned() } else { "Readiness".to_owned() }
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.ask(shared)
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_picked = self.picked.is_some();
        match command {
            Command::ReadinessCopy if !is_picked => None,
            Command::ReadinessOpen
            | Command::ReadinessThreshold
            | Command::ReadinessYes
            | Command::ReadinessNo
            | Command::ReadinessWage
            | Command::ReadinessPick
            | Command::ReadinessMeasure
                if is_picked =>
            {
                None
            }
            Command::ReadinessThreshold if self.threshold().is_none() => None,
            Command::ReadinessYes | Command::ReadinessNo
                if !matches!(self.chosen, Some(Lead::Question(_))) =>
            {
                None
            }
            Command::ReadinessOpen => Some(match self.chosen {
                Some(Lead::Question(_) | Lead::Wage) => "answer",
                Some(Lead::Few) => "pick them",
                Some(Lead::Cost(_)) => "tell more",
                Some(Lead::Gate(..) | Lead::Gauge(_) | Lead::Left(_)) | None => command.short(),
            }),
            other => Some(other.short()),
        }
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.picked.take().map(|_| Vec::new())
    }

    fn leave(&mut self) -> Vec<Effect> {
        // Who comes back asks again.
        self.is_stale = false;
        if self.measuring.take().is_none() {
            return Vec::new();
        }
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::StopAssessing)]
    }
}

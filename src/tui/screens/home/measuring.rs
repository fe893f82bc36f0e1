//! What the dataset is ready for, asked for when one comes to Home and again when it has been quiet for a
//! while after a change.

use crate::tui::assessing::{Assessed, Wanted};
use crate::tui::effect::{Effect, Generation, Request, Shared};

/// How long it has to be quiet after a change, in milliseconds.
const QUIET: u64 = 1_500;

/// What is known, and what is waited for.
#[derive(Debug, Default)]
pub struct Measuring {
    /// What was measured last.
    pub assessed: Option<Box<Assessed>>,
    generation: Generation,
    /// Whether an answer is waited for.
    pub is_asked: bool,
    /// Changes whose time of quiet is not over.
    waiting: u32,
    /// Whether one is elsewhere: then a question would call off what is measured there.
    is_away: bool,
}

impl Measuring {
    /// Asks for it.
    pub fn ask(&mut self, shared: &Shared) -> Vec<Effect> {
        self.generation += 1;
        (self.is_asked, self.is_away) = (true, false);
        vec![Effect::Ask(self.generation, Request::Assess(Wanted::AtHand, shared.annotator.clone()))]
    }

    /// Whether what is known is as the dataset was before a change, and if so, what is said of that: `…` where it
    /// is measured anew by itself.
    pub fn before(&self) -> Option<&'static str> {
        let is_before = self.assessed.as_ref().is_some_and(|assessed| !assessed.is_current);
        is_before.then_some(if self.is_asked || self.waiting > 0 { " …" } else { " (changed since)" })
    }

    /// An answer came.
    pub fn hear(&mut self, generation: Generation, assessed: Option<Box<Assessed>>) {
        if generation == self.generation {
            self.is_asked = false;
            self.assessed = assessed;
        }
    }

    /// None will come.
    pub fn failed(&mut self, generation: Generation) {
        self.is_asked &= generation != self.generation;
    }

    /// The dataset changed.
    pub fn changed(&mut self) -> Vec<Effect> {
        self.waiting += 1;
        if let Some(assessed) = &mut self.assessed {
            assessed.is_current = false;
        }
        vec![Effect::Wake(QUIET)]
    }

    /// It was quiet for a while; where something changed meanwhile, that has its own time.
    pub fn woken(&mut self, shared: &Shared) -> Vec<Effect> {
        self.waiting = self.waiting.saturating_sub(1);
        if self.waiting == 0 && !self.is_away { self.ask(shared) } else { Vec::new() }
    }

    /// One goes elsewhere; who comes back asks again.
    pub fn leave(&mut self) {
        self.is_away = true;
    }
}

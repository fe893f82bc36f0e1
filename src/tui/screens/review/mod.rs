//! Review: submitted work of others, with what everybody said of it; approving, overruling, sending
//! back.

mod facts;
mod fetch;
mod shown;
mod table;
mod update;
mod view;

#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod table_tests;

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::rank::order::Order;
use crate::curation::sampling::Decision;
use crate::dataset::{ReviewQueue, Scope};
use crate::example::Protocol;
use crate::text::percent;
use crate::text::width::truncate;
use crate::tui::commands::{Command, Context, Group};
use crate::tui::effect::{Effect, Generation, Shared};
use crate::tui::holding::Holding;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::trails;
use shown::Shown;

/// What is being fetched to be shown next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Nothing.
    Still,
    /// The list of what waits.
    Listing(Generation),
    /// An example.
    Reading(Generation),
    /// There is none.
    Nothing,
}

/// An example that was decided on, as it was left.
#[derive(Debug)]
struct Left {
    id: i64,
    /// What was typed.
    order: Order,
    /// The reason and the note that it was sent back with.
    sent_back: Option<(String, String)>,
}

/// The screen.
#[derive(Debug)]
pub struct Review {
    scope: Scope,
    /// The example that was asked for when the screen was opened.
    wanted: Option<i64>,
    generation: Generation,
    next: Next,
    /// The shown example read anew, and what changed in it.
    reloading: Option<Generation>,
    since: Option<Generation>,
    queue: ReviewQueue,
    shown: Option<Shown>,
    /// What was decided and is on its way to disk: the reader may still find it waiting.
    unconfirmed: HashSet<i64>,
    /// What others work on right now.
    held: HashSet<i64>,
    /// What is to be said once this example is on disk.
    afterwards: Option<(i64, String)>,
    /// Why the shown example is sent back, while the note is typed.
    reason: Option<(i64, String)>,
    /// The example that a menu was opened for, or a line to be typed.
    asked_of: Option<i64>,
    /// What was decided last: where it is refused, it is there again.
    left: Option<Left>,
    holding: Holding,
    /// Whether one goes back to what one has seen: that is shown whatever became of it.
    is_going_back: bool,
    /// Whether authors are shown; `None`: as the protocol says.
    authors: Option<bool>,
    /// Whether all that was said stands in the place of the responses, where there is no room for both.
    details: bool,
    differences: bool,
    scrolled: usize,
    origin: (u16, u16),
}

impl Review {
    /// The screen: of the sample of that name or of all that waits, and of one example first.
    pub fn new(sample: Option<String>, example: Option<i64>) -> Self {
        Self {
            scope: sample.map_or(Scope::All, Scope::Sample),
            wanted: example,
            generation: 0,
            next: Next::Still,
            reloading: None,
            since: None,
            queue: ReviewQueue::default(),
            shown: None,
            unconfirmed: HashSet::new(),
            held: HashSet::new(),
            afterwards: None,
            reason: None,
            asked_of: None,
            left: None,
            holding: Holding::default(),
            is_going_back: false,
            authors: None,
            details: false,
            differences: true,
            scrolled: 0,
            origin: (0, 0),
        }
    }

    fn shows_authors(&self, shared: &Shared) -> bool {
        self.authors.unwrap_or_else(|| !protocol(shared).blind)
    }

    /// The place of an example among all of the scope, from 1.
    fn place(&self, id: i64) -> Option<u64> {
        let at = self.queue.ids.iter().position(|there| *there == id)?;
        Some(self.queue.before + at as u64 + 1)
    }
}

/// How the dataset is ranked and reviewed.
fn protocol(shared: &Shared) -> Protocol {
    shared.definitions.protocol.clone().unwrap_or_default()
}

impl Screen for Review {
    fn context(&self) -> Context {
        Context::Review
    }

    fn title(&self, shared: &Shared) -> String {
        let name = match &self.scope {
            Scope::All => String::new(),
            Scope::Sample(name) => {
                let progress =
                    shared.samples.iter().find(|sample| sample.name == *name && sample.reviewed > 0);
                let bound = progress.map_or_else(String::new, |sample| match sample.verdict.decision {
                    Decision::GoOn => format!(" · ≤ {} wrong", percent::up_to_tenths(sample.verdict.at_most)),
                    Decision::Accept => " · accepted".to_owned(),
                    Decision::Refuse => " · refused".to_owned(),
                });
                format!(" · sample {}{bound}", truncate(name, 24))
            }
        };
        let Some(shown) = &self.shown else { return format!("Review{name}") };
        if let Some(told) = trails::told(shared, shown.id) {
            return format!("Review {told}");
        }
        match (self.place(shown.id), &self.scope) {
            (Some(place), Scope::All) => {
                format!("Review {place} of {} · least agreed first", self.queue.of.max(place))
            }
            (Some(place), Scope::Sample(_)) => {
                format!("Review {place} of {}{name}", self.queue.of.max(place))
            }
            (None, _) => format!("Review #{}", shown.id),
        }
    }

    fn example(&self) -> Option<i64> {
        self.shown.as_ref().map(|shown| shown.id)
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        match &self.shown {
            Some(shown) if !shown.is_done => {
                let id = shown.id;
                vec![self.holding.hold(id, shared), self.reload(id)]
            }
            _ => vec![match self.wanted.take() {
                Some(id) => {
                    self.is_going_back = true;
                    self.read(id)
                }
                None => self.list(),
            }],
        }
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.handle(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.origin = (area.x, area.y);
        self.draw(frame, area, shared, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_there = self.shown.is_some() || !matches!(command.group(), Group::Here | Group::Example);
        is_there.then_some(command.short())
    }

    fn takes_undo(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| !shown.is_done && !shown.order.is_empty())
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        std::mem::take(&mut self.details).then(Vec::new)
    }

    fn leave(&mut self) -> Vec<Effect> {
        vec![self.holding.release()]
    }
}

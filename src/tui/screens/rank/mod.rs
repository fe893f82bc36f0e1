//! Rank: the responses of an example side by side, blind and shuffled; typing the order ranks them.

mod asking;
mod bottom;
mod fetch;
mod half;
mod judge;
pub(in crate::tui::screens) mod order;
pub(in crate::tui::screens) mod panes;
mod past;
pub(in crate::tui::screens) mod present;
mod questions;
mod rewrite;
pub(in crate::tui::screens) mod shown;
mod spent;
pub(in crate::tui::screens) mod stage;
mod update;
mod view;

#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod late_tests;
#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod tests;

pub use rewrite::drafts_of;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::Queue;
use crate::tui::commands::{Command, Context, Group};
use crate::tui::effect::{Effect, Generation, Shared};
use crate::tui::holding::Holding;
use crate::tui::message::Draft;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::trails;
use crate::tui::widgets::typing::Typing;
use asking::Method;
use past::Past;
use rewrite::Rewriting;
use shown::{Shown, Stage};

/// How long the number of the response that placed itself confirms the ranking.
const CONFIRMS: Duration = Duration::from_millis(800);

/// How an example comes to the screen.
#[derive(Debug, Clone, Copy, Default)]
struct Coming {
    /// Its place in the queue, where it comes from there.
    place: Option<u64>,
    /// The example of the queue in whose place it comes, where that is another one.
    stands_for: Option<i64>,
    /// Whether it is a hidden repeat.
    again: bool,
    /// Whether it was handed out, and is held with that; one opened on purpose is held when it is shown.
    is_handed: bool,
}

/// What is being fetched to be shown next.
#[derive(Debug)]
enum Next {
    /// Nothing.
    Still,
    /// The number of the next example.
    Seeking(Generation),
    /// Whether the example that one goes back to waits in the queue, and where.
    Returning(Generation, i64),
    /// The example.
    Reading(Generation, Coming),
    /// It is there, and waits for the moment of the one before to pass; whether it is held already.
    Ready(Box<Shown>, bool),
    /// There is none.
    Nothing,
}

/// A key that came before its example.
#[derive(Debug, Clone, Copy)]
struct Pressed {
    command: Command,
    digit: Option<u8>,
}

impl Pressed {
    /// The number of a response, where it is one.
    fn number(self) -> Option<usize> {
        let digit = self.digit.map(usize::from).filter(|&digit| digit > 0);
        self.command.placed_response().or(digit)
    }

    /// Whether it is a part of a ranking.
    fn ranks(self) -> bool {
        matches!(self.command, Command::RankTie | Command::RankBad) || self.number().is_some()
    }
}

/// How responses are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Layout {
    /// Side by side where all have room, else stacked.
    #[default]
    Fitting,
    /// Side by side, as many as have room.
    Columns,
    /// One below the other, the focused one open.
    Stacked,
    /// Only the focused one.
    One,
}

/// How the responses are looked at.
#[derive(Debug)]
struct Looks {
    layout: Layout,
    /// Whether the words in which they differ are marked.
    differences: bool,
    /// Whether keys scroll all of them together, or the one that is looked at.
    together: bool,
}

/// The screen.
#[derive(Debug)]
pub struct Rank {
    /// The example that was asked for when the screen was opened.
    wanted: Option<i64>,
    generation: Generation,
    shown: Option<Shown>,
    next: Next,
    /// The shown example read anew.
    reloading: Option<Generation>,
    /// The examples that were left last.
    past: Past,
    holding: Holding,
    /// What is to be said of an example once what was done to it is on disk.
    afterwards: Vec<(i64, String)>,
    waiting: VecDeque<Pressed>,
    /// The example that a menu was opened for, or a line to be typed.
    asked_of: Option<i64>,
    /// Until when a completed ranking is shown; without a clock until it is woken.
    moment_until: Option<Instant>,
    /// The number that only confirms the ranking just completed, and until when.
    confirms: Option<(usize, Instant)>,
    looks: Looks,
    /// How one ranks.
    method: Method,
    rewriting: Option<Rewriting>,
    /// A rewriting that was ended without being done: the next one goes on with it.
    set_aside: Option<Draft>,
    /// What was rewritten and is on its way to disk, or there: an undo makes a draft of it again.
    rewrites: Vec<Draft>,
    /// Whether the example that is fetched was asked for on purpose: only then it may begin typing.
    may_type: bool,
    typing: Typing,
    /// Where the screen's area began in the last picture: clicks count from there.
    origin: (u16, u16),
    /// Whether the keymap gives texts modes.
    has_modes: bool,
}

impl Rank {
    /// The screen, for an example or for the first of the queue.
    pub fn new(example: Option<i64>) -> Self {
        Self {
            wanted: example,
            generation: 0,
            shown: None,
            next: Next::Still,
            reloading: None,
            past: Past::default(),
            holding: Holding::default(),
            afterwards: Vec::new(),
            waiting: VecDeque::new(),
            asked_of: None,
            moment_until: None,
            confirms: None,
            looks: Looks { layout: Layout::default(), differences: true, together: true },
            method: Method::default(),
            rewriting: None,
            set_aside: None,
            rewrites: Vec::new(),
            may_type: false,
            typing: Typing::default(),
            origin: (0, 0),
            has_modes: false,
        }
    }

    /// Whether the example that is shown gives way to another that is not there yet.
    fn is_fetching(&self) -> bool {
        matches!(self.next, Next::Seeking(_) | Next::Returning(..) | Next::Reading(..))
    }

    /// Whether a completed ranking is shown before it goes.
    fn is_moment(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.stage == Stage::Moment)
    }
}

/// Whether authors are hidden until one has said what one thinks.
fn is_blind(shared: &Shared) -> bool {
    shared.definitions.protocol.as_ref().is_none_or(|protocol| protocol.blind)
}

impl Screen for Rank {
    fn context(&self) -> Context {
        let is_asked = self.shown.as_ref().is_some_and(|shown| shown.questions.is_some() && !shown.is_done());
        let here = if is_asked { Context::Asked } else { Context::Rank };
        self.rewriting.as_ref().map_or(here, |rewriting| rewriting.editor.context())
    }

    fn title(&self, shared: &Shared) -> String {
        let how = if is_blind(shared) { "blind, shuffled" } else { "shuffled" };
        match &self.shown {
            None => "Rank".to_owned(),
            Some(shown) if trails::holds(shared, shown.id) => {
                let told = trails::told(shared, shown.id).unwrap_or_default();
                format!("Rank {told} · {how}")
            }
            Some(Shown { place: Some(place), .. }) => {
                // A ranking that is just submitted counts no more: the place may be behind the last.
                let waiting = Queue::Rank.len(&shared.counts, &shared.own).max(*place);
                format!("Rank {place} of {waiting} · {how}{}", shared.order_told())
            }
            Some(shown) => format!("Rank #{} · {how}", shown.id),
        }
    }

    fn example(&self) -> Option<i64> {
        self.shown.as_ref().map(|shown| shown.id)
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.has_modes = shared.has_modes;
        match &mut self.shown {
            Some(shown) if !shown.is_done() => {
                shown.spent.begin(shared.now);
                let id = shown.id;
                let hold = self.holding.hold(id, shared);
                vec![self.reload(id), hold]
            }
            _ => {
                // From a queue a digit ranks, whatever was left half rewritten.
                self.may_type = self.wanted.is_some();
                vec![match self.wanted.take() {
                    Some(id) => self.read(id, Coming::default()),
                    None => self.seek(None),
                }]
            }
        }
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.handle(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.origin = (area.x, area.y);
        self.draw(frame, area, shared, theme);
    }

    fn unsaved(&self) -> bool {
        self.typing.is_unsaved()
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_placing = command.placed_response().is_some()
            || matches!(command, Command::RankTie | Command::RankBad | Command::RankPlaceFocused);
        let works = match &self.shown {
            // What digits mean to a question stands with the question.
            Some(shown) if !shown.is_done() && (shown.questions.is_some() || shown.known().is_some()) => {
                !is_placing
            }
            Some(_) => true,
            None => !matches!(command.group(), Group::Here | Group::Example),
        };
        works.then_some(command.short())
    }

    fn takes_undo(&self) -> bool {
        let is_typed = self.shown.as_ref().is_some_and(|shown| !shown.is_done() && shown.has_typed());
        let waits = self.waiting.back().is_some_and(|pressed| pressed.ranks());
        self.rewriting.is_none() && (waits || is_typed)
    }

    fn back(&mut self, shared: &Shared) -> Option<Vec<Effect>> {
        let shown = self.shown.as_mut()?;
        if shown.questions.is_some() && !shown.is_done() {
            return Some(self.back_to_order(shared));
        }
        std::mem::take(&mut shown.is_prompt_whole).then(Vec::new)
    }

    fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.keep();
        effects.extend(self.keep_half());
        effects.push(self.holding.release());
        effects
    }
}

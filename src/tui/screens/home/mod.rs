//! Home: what waits, what was done today, what is covered and in balance. Enter goes to work.

mod text;
mod view;

pub use text::as_text;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::curation::coverage::coverage;
use crate::dataset::{Counts, Queue};
use crate::example::Status;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Place, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::beginnings;

/// A line of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// One of the queues.
    Queue(Queue),
    /// Submitted examples, for whoever looks through them.
    Submitted,
    /// Examples with open flags.
    Flagged,
}

impl Next {
    /// All, in their order.
    pub const ALL: &'static [Self] =
        &[Self::Queue(Queue::Write), Self::Queue(Queue::Rank), Self::Submitted, Self::Flagged];

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Queue(queue) => queue.title(),
            Self::Submitted => "Look through",
            Self::Flagged => "Flags",
        }
    }

    /// How many wait.
    pub fn count(self, counts: &Counts) -> u64 {
        match self {
            Self::Queue(queue) => queue.len(counts),
            Self::Submitted => counts.count(|count| count.status == Status::Submitted),
            Self::Flagged => counts.open_flags(),
        }
    }

    /// A word beside the count; empty where there is nothing to say.
    pub fn about(self, counts: &Counts) -> String {
        match self {
            Self::Queue(queue) => {
                let begun = counts.count(|count| {
                    count.status == Status::Draft && (count.answered >= 2) == (queue == Queue::Rank)
                });
                if begun > 0 { format!("{begun} begun") } else { String::new() }
            }
            Self::Submitted if self.count(counts) > 0 => "submitted".to_owned(),
            Self::Submitted => String::new(),
            Self::Flagged => {
                let mut open: Vec<_> = counts.flags.iter().filter(|flag| flag.open > 0).collect();
                open.sort_by_key(|flag| std::cmp::Reverse(flag.open));
                let kinds = open.iter().take(3).map(|flag| format!("{} {}", flag.open, flag.kind));
                kinds.collect::<Vec<_>>().join(" · ")
            }
        }
    }

    /// Where the work is.
    pub fn place(self) -> Place {
        match self {
            Self::Queue(Queue::Write) => Place::Write(None),
            Self::Queue(Queue::Rank) => Place::Rank(None),
            Self::Submitted => Place::Browse(Some("status:submitted".to_owned())),
            Self::Flagged => Place::Browse(Some("flag:*".to_owned())),
        }
    }
}

/// The first screen.
#[derive(Debug, Default)]
pub struct Home {
    selected: usize,
    /// Whether somebody chose the line; until then it is the first with work.
    chose: bool,
    facet: usize,
    /// The rows of the lines in the last picture, for the mouse.
    rows: Vec<(u16, usize)>,
}

impl Home {
    fn selected(&self, counts: &Counts) -> usize {
        if self.chose {
            return self.selected;
        }
        Next::ALL.iter().position(|next| next.count(counts) > 0).unwrap_or(0)
    }

    /// Whether it is printed, and nothing can be selected or turned.
    fn is_printed(&self) -> bool {
        self.selected == usize::MAX
    }

    fn step(&mut self, by: isize, counts: &Counts) {
        self.selected = self.selected(counts).saturating_add_signed(by).min(Next::ALL.len() - 1);
        self.chose = true;
    }

    fn turn_facet(&mut self, by: isize, counts: &Counts) {
        let n = coverage(counts).len();
        if n > 0 {
            let n = isize::try_from(n).unwrap_or(1);
            let now = isize::try_from(self.facet).unwrap_or(0);
            self.facet = (now + by).rem_euclid(n).unsigned_abs();
        }
    }

    fn work(&self, counts: &Counts) -> Vec<Effect> {
        let next = Next::ALL.get(self.selected(counts)).copied();
        next.map(|next| Effect::Go(next.place())).into_iter().collect()
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
                Command::MoveUp => self.step(-1, counts),
                Command::MoveDown => self.step(1, counts),
                Command::MoveTop => self.step(isize::MIN, counts),
                Command::MoveBottom => self.step(isize::MAX, counts),
                Command::MoveLeft => self.turn_facet(-1, counts),
                Command::MoveRight => self.turn_facet(1, counts),
                Command::HomeWork => return self.work(counts),
                other => return beginnings::go(other, None, shared).unwrap_or_default(),
            },
            Input::Picked(purpose, names) => {
                return beginnings::go_picked(&purpose, &names).unwrap_or_default();
            }
            Input::Click { y, .. } => {
                if let Some(&(_, at)) = self.rows.iter().find(|(row, _)| *row == y) {
                    let again = self.chose && self.selected == at;
                    (self.selected, self.chose) = (at, true);
                    if again {
                        return self.work(counts);
                    }
                }
            }
            Input::Wheel { lines, .. } => self.step(isize::from(lines.signum()), counts),
            _ => {}
        }
        Vec::new()
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }
}

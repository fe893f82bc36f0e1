//! The example under review: its responses as they stand on the screen, what everybody said of it,
//! and the order that the reviewer types.

use ratatui::text::Line;

use super::super::rank::order::Order;
use super::super::rank::panes::Panes;
use super::super::rank::present::presented;
use super::super::rank::shown::Focus;
use super::super::rank::stage;
use super::table::Table;
use crate::dataset::Since;
use crate::example::{Example, Uuid};
use crate::tui::theme::Theme;
use crate::tui::widgets::document::Document;

/// All that was said, laid out for a width, in full or in short.
pub type Facts = ((u16, bool, Theme), Vec<Line<'static>>);

/// The example on the screen.
#[derive(Debug)]
pub struct Shown {
    /// Its number.
    pub id: i64,
    /// The example.
    pub example: Example,
    /// Its responses as they stand on the screen: shuffled, as where one ranks.
    pub presented: Vec<Uuid>,
    /// What is typed.
    pub order: Order,
    /// What is looked at.
    pub focus: Focus,
    /// Whether it is done with: the next one takes its place as soon as it can.
    pub is_done: bool,
    /// The prompt as it is drawn.
    pub prompt: Document,
    /// The responses as they are drawn.
    pub panes: Panes,
    /// What everybody said.
    pub table: Table,
    /// What changed since it was last reviewed, once that is known.
    pub since: Option<Since>,
    /// All of that as lines.
    pub facts: Option<Facts>,
}

impl Shown {
    /// An example as this reviewer sees it first.
    pub fn new(id: i64, example: Example, reviewer: &str) -> Self {
        let mut shown = Self {
            id,
            presented: Vec::new(),
            order: Order::default(),
            focus: Focus::Response(0),
            is_done: false,
            prompt: Document::default(),
            panes: Panes::default(),
            table: Table::default(),
            since: None,
            facts: None,
            example,
        };
        shown.arrange(reviewer);
        let last = shown.prompt.blocks().len().saturating_sub(1);
        shown.prompt.focus_on(last);
        shown
    }

    /// Takes the example as it is on disk now; what was typed stays where it has the same responses.
    pub fn renew(&mut self, example: Example, reviewer: &str) {
        let before = std::mem::take(&mut self.presented);
        let order = std::mem::take(&mut self.order);
        self.example = example;
        self.arrange(reviewer);
        if before == self.presented {
            self.order = order;
        }
    }

    fn arrange(&mut self, reviewer: &str) {
        self.presented = presented(&self.example, reviewer, false);
        self.order = Order::new(self.presented.len());
        self.table = Table::of(&self.example, &self.presented);
        self.facts = None;
        self.panes.set(stage::texts(&self.example, &self.presented));
        if let Focus::Response(at) = self.focus {
            self.focus = Focus::Response(at.min(self.presented.len().saturating_sub(1)));
        }
        self.prompt.set(stage::blocks(&self.example.prompt));
    }

    /// The response that is looked at, by its place.
    pub fn focused(&self) -> Option<usize> {
        match self.focus {
            Focus::Response(at) if at < self.presented.len() => Some(at),
            _ => None,
        }
    }

    /// Looks at the next response, or the one before; the prompt stands before the first.
    pub fn turn(&mut self, forward: bool) {
        let n = self.presented.len();
        let at = match self.focus {
            Focus::Prompt => 0,
            Focus::Response(at) => at + 1,
        };
        let to = if forward { (at + 1) % (n + 1) } else { (at + n) % (n + 1) };
        self.focus = to.checked_sub(1).map_or(Focus::Prompt, Focus::Response);
    }

    /// Who wrote a response, in a few words.
    pub fn author(&self, at: usize) -> String {
        let response = self.presented.get(at).and_then(|&id| self.example.response(id));
        let author = response.and_then(|response| response.author.as_ref());
        author.map_or_else(|| "unknown".to_owned(), |author| author.name.clone())
    }

    /// The typed order as ids: tiers, and what is bad.
    pub fn ranking(&self) -> (Vec<Vec<Uuid>>, Vec<Uuid>) {
        let places = self.order.places();
        let ids = |tier: &[usize]| {
            tier.iter().filter_map(|&at| self.presented.get(at).copied()).collect::<Vec<_>>()
        };
        (places.tiers.iter().map(|tier| ids(tier)).collect(), ids(&places.bad))
    }
}

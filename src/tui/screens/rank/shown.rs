//! The example on the screen: its responses in the order in which they are presented, and the order
//! typed so far.

use super::order::Order;
use super::panes::Panes;
use super::present::presented;
use crate::example::{Example, Ranking, Uuid};
use crate::tui::widgets::document::{Block, Document};
use crate::tui::widgets::readable;
use crate::tui::widgets::rows::Laid;

/// What keys and flags are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The prompt, and with it the whole example.
    Prompt,
    /// A response, by its place on the screen from 0.
    Response(usize),
}

/// The example on the screen.
#[derive(Debug)]
pub struct Shown {
    /// Its number.
    pub id: i64,
    /// Its place in the queue, from 1, where it came from there.
    pub place: Option<u64>,
    /// The example.
    pub example: Example,
    /// Its responses as they stand on the screen.
    pub presented: Vec<Uuid>,
    /// What is typed.
    pub order: Order,
    /// What is looked at.
    pub focus: Focus,
    /// Whether it is done with: the next one takes its place as soon as it can.
    pub is_done: bool,
    /// Whether it stays for a moment all the same.
    pub is_moment: bool,
    /// The prompt as it is drawn.
    pub prompt: Document,
    /// The responses as they are drawn.
    pub panes: Panes,
}

impl Shown {
    /// An example as this annotator sees it first.
    pub fn new(id: i64, place: Option<u64>, example: Example, annotator: &str) -> Self {
        let mut shown = Self {
            id,
            place,
            presented: Vec::new(),
            order: Order::default(),
            focus: Focus::Response(0),
            is_done: false,
            is_moment: false,
            prompt: Document::default(),
            panes: Panes::default(),
            example,
        };
        shown.arrange(annotator);
        let last = shown.prompt.blocks().len().saturating_sub(1);
        shown.prompt.focus_on(last);
        shown
    }

    /// Takes the example as it is on disk now; says whether what was typed had to go, because there
    /// are other responses now.
    pub fn renew(&mut self, example: Example, annotator: &str) -> bool {
        let before = std::mem::take(&mut self.presented);
        let was_typed = !self.order.is_empty();
        let order = self.order.clone();
        self.example = example;
        self.arrange(annotator);
        if before == self.presented {
            self.order = order;
            return false;
        }
        was_typed
    }

    fn arrange(&mut self, annotator: &str) {
        self.presented = presented(&self.example, annotator);
        self.order = Order::new(self.presented.len());
        let texts = self.presented.iter().map(|&id| self.example.response(id));
        self.panes.set(
            texts
                .map(|response| response.map_or_else(String::new, |r| readable::response(&r.messages)))
                .collect(),
        );
        if let Focus::Response(at) = self.focus {
            self.focus = Focus::Response(at.min(self.presented.len().saturating_sub(1)));
        }
        let tools = readable::tools(&self.example.prompt);
        let tools = (!tools.is_empty()).then(|| Block {
            heading: "TOOLS".to_owned(),
            body: Laid::new(tools),
            ..Block::default()
        });
        let turns = self.example.prompt.messages.iter().map(|message| Block {
            heading: message.role.as_str().to_uppercase(),
            notes: message.name.clone().into_iter().collect(),
            body: Laid::new(readable::response(std::slice::from_ref(message))),
            ..Block::default()
        });
        self.prompt.set(tools.into_iter().chain(turns).collect());
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
        self.prompt.shows_focus = false;
    }

    /// What the annotator said of it before.
    pub fn own(&self, annotator: &str) -> Option<&Ranking> {
        self.example.rankings.iter().find(|ranking| ranking.annotator == annotator)
    }

    /// A ranking by the numbers on the screen: `2 > 1 = 3`.
    pub fn told(&self, ranking: &Ranking) -> String {
        let number = |id: &Uuid| match self.presented.iter().position(|shown| shown == id) {
            Some(at) => (at + 1).to_string(),
            None => "?".to_owned(),
        };
        let tied = |tier: &Vec<Uuid>| tier.iter().map(number).collect::<Vec<_>>().join(" = ");
        let mut told = ranking.tiers.iter().map(tied).collect::<Vec<_>>().join(" > ");
        if !ranking.bad.is_empty() {
            let gap = if told.is_empty() { "" } else { "   " };
            told = format!("{told}{gap}bad {}", tied(&ranking.bad));
        }
        told
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

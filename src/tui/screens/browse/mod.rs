//! Browse: a list of any length, the filter that it shows, a preview of what is selected, and
//! what is done to one, to the marked ones or to all of them.

mod filter;
mod list;
mod preview;
mod rows;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::Selection;
use crate::query::Filter;
use crate::text::count::thousands;
use crate::tui::commands::Context;
use crate::tui::effect::{Effect, Generation, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::menus::{Known, Subject};
use filter::{Earlier, Typing};
use list::{List, Marks};
use preview::Preview;
use rows::Rows;

/// The list of examples.
#[derive(Debug)]
pub struct Browse {
    /// What the list is to show, as text, until it has been understood.
    to_show: Option<String>,
    /// The filter that counts, as it was typed.
    text: String,
    filter: Filter,
    /// The filter that the list shows: while one types, what is typed.
    shown: Filter,
    typing: Option<Typing>,
    earlier: Earlier,
    /// What was selected when the typing began: what one types may pass it over for a moment.
    held: Option<i64>,
    list: List,
    generation: Generation,
    rows: Rows,
    marks: Marks,
    /// The next command is for all that the filter finds.
    on_all: bool,
    /// What the open menu or question is for.
    target: Option<Subject>,
    preview: Preview,
    /// The example whose note is wanted as soon as it has been read.
    note_of: Option<i64>,
    /// What was typed has not been searched for yet.
    to_search: bool,
    /// Where the rows of the list were drawn, for the mouse.
    drawn: Rect,
}

impl Browse {
    /// A list that shows what the filter finds (`None`: all).
    pub fn new(filter: Option<&str>) -> Self {
        Self {
            to_show: Some(filter.unwrap_or_default().to_owned()),
            text: String::new(),
            filter: Filter::everything(),
            shown: Filter::everything(),
            typing: None,
            earlier: Earlier::default(),
            held: None,
            list: List::default(),
            generation: 0,
            rows: Rows::default(),
            marks: Marks::default(),
            on_all: false,
            target: None,
            preview: Preview::default(),
            note_of: None,
            to_search: false,
            drawn: Rect::default(),
        }
    }

    /// What the next command is for.
    fn acts_on(&self) -> Option<Subject> {
        let (on, count) = if self.on_all {
            (Selection::Matching(self.filter.clone()), self.list.ids().len() as u64)
        } else if self.marks.is_empty() {
            (Selection::One(self.list.selected()?), 1)
        } else {
            (Selection::These(self.marks.ids().to_vec()), self.marks.len() as u64)
        };
        let known = on.single().and_then(|id| self.rows.get(id)).map(Known::from);
        Some(Subject { on, count, known, response: None })
    }
}

impl Screen for Browse {
    fn context(&self) -> Context {
        if self.typing.is_some() { Context::Filter } else { Context::Browse }
    }

    fn title(&self, _: &Shared) -> String {
        match self.list.ids().len() {
            0 => "Browse".to_owned(),
            all => format!("Browse  {} of {}", thousands(self.list.at() as u64 + 1), thousands(all as u64)),
        }
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.entered_screen(shared)
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.heard(input, shared);
        effects.extend(self.ask_for_what_is_seen());
        effects
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }

    fn example(&self) -> Option<i64> {
        self.list.selected()
    }
}

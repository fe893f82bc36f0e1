//! Browse: a list of any length, the filter that it shows, a preview of what is selected, and
//! what is done to one, to the marked ones or to all of them.

mod filter;
mod list;
mod marks;
mod mending;
mod preview;
mod rows;
mod update;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

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
use list::List;
use marks::Marks;
use preview::Preview;
use rows::Rows;

/// Said of what needs the whole list.
const STILL_READ: &str = "the list is still being read; once more in a moment";

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
    /// How many marks the list doesn't show, and for which marks and list that was counted.
    hidden: (usize, (u64, u64)),
    /// Somebody moved in the list: what is opened from it is followed through it.
    went_through: bool,
    /// What it was opened with: what one goes back to before one leaves.
    opened: String,
    /// The numbers that were handed out to be followed before all were there.
    partly: Option<Arc<Vec<i64>>>,
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
            opened: filter.unwrap_or_default().to_owned(),
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
            hidden: (0, (0, 0)),
            went_through: false,
            partly: None,
            on_all: false,
            target: None,
            preview: Preview::default(),
            note_of: None,
            to_search: false,
            drawn: Rect::default(),
        }
    }

    /// What the next command is for: marks that the list doesn't show are let be. Where it is for
    /// nothing, what is to be said of that.
    fn acts_on(&self) -> Result<Subject, Option<String>> {
        let (on, count) = if self.on_all {
            (Selection::Matching(self.filter.clone()), self.list.ids().len() as u64)
        } else if self.marks.is_empty() {
            (Selection::One(self.list.selected().ok_or(None)?), 1)
        } else if self.list.is_complete() {
            let marked: Vec<i64> = self.marks.among(self.list.ids()).collect();
            if marked.is_empty() {
                let all = match self.marks.len() {
                    1 => "the marked one is".to_owned(),
                    all => format!("all {} marked ones are", thousands(all as u64)),
                };
                return Err(Some(format!("{all} not shown here, so nothing was done")));
            }
            let count = marked.len() as u64;
            (Selection::These(marked), count)
        } else {
            return Err(Some(STILL_READ.to_owned()));
        };
        let known = on.single().and_then(|id| self.rows.get(id)).map(Known::from);
        Ok(Subject { on, count, known, response: None })
    }

    /// Counts the marks that the list doesn't show, where one or the other changed.
    fn count_hidden(&mut self) {
        let of = (self.marks.version(), self.list.version());
        if self.hidden.1 != of {
            self.hidden = (self.marks.len() - self.marks.among(self.list.ids()).count(), of);
        }
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
        self.count_hidden();
        effects.extend(self.ask_for_what_is_seen());
        effects
    }

    fn back(&mut self, shared: &Shared) -> Option<Vec<Effect>> {
        if std::mem::take(&mut self.on_all) {
            return Some(Vec::new());
        }
        if self.text == self.opened {
            return None;
        }
        let opened = self.opened.clone();
        let mut effects = self.show(&opened, shared);
        self.count_hidden();
        effects.extend(self.ask_for_what_is_seen());
        Some(effects)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }

    fn example(&self) -> Option<i64> {
        self.list.selected()
    }
}

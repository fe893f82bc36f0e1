//! Changes of many texts: what is to be found and replaced is asked, what would change is shown text
//! by text as a difference, taken or left, and done as one action.

mod form;
mod list;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::curation::mend::Mending;
use crate::dataset::{Progress, Selection, Texts};
use crate::text::count::thousands;
use crate::tui::commands::Context;
use crate::tui::effect::{Changing, Effect, Generation, Mended, Rest, Shared, Task};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::diff::DifferenceView;
use form::Form;
use list::Proposals;

/// How far one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What is to be done is being asked.
    Asking,
    /// What would change is being looked at.
    Looking,
    /// It is being done.
    Making,
}

/// Changes of many texts.
#[derive(Debug)]
pub struct Changes {
    on: Selection,
    /// What the examples are called.
    said: String,
    /// The questions, where it is find and replace.
    form: Option<Form>,
    stage: Stage,
    /// What is looked for; `None` where it was found elsewhere.
    mended: Option<Mended>,
    /// What is done, as a sentence begins.
    what: String,
    proposals: Proposals,
    generation: Generation,
    /// How far the comparing has come, while it goes on.
    reading: Option<Progress>,
    rest: Rest,
    /// The comparing was stopped because one went elsewhere.
    stopped: bool,
    /// The difference of the selected change, with its place in the list.
    difference: Option<(usize, DifferenceView)>,
    scrolled: usize,
    /// Where the list was drawn, for the mouse.
    drawn: Rect,
}

impl Changes {
    /// Changes that are to be asked for, looked for, or that were found already.
    pub fn new(changing: &Changing) -> Self {
        let mut screen = Self {
            on: changing.on.clone(),
            said: changing.said.clone(),
            form: None,
            stage: Stage::Looking,
            mended: None,
            what: String::new(),
            proposals: Proposals::default(),
            generation: 0,
            reading: None,
            rest: Rest::Done,
            stopped: false,
            difference: None,
            scrolled: 0,
            drawn: Rect::default(),
        };
        match &changing.task {
            Task::Replace => {
                screen.form = Some(Form::default());
                screen.stage = Stage::Asking;
            }
            Task::Normalise(ids) => screen.want(Mending::Normalise(ids.clone()), Texts::LEARNED),
            Task::Proposed(changes, what) => {
                screen.what.clone_from(what);
                screen.proposals.take(changes.to_vec());
            }
        }
        screen
    }

    fn want(&mut self, mending: Mending, texts: Texts) {
        self.what = mending.sentence();
        self.mended = Some(Mended { on: self.on.clone(), texts, mending });
        // Read as soon as the screen is at the front.
        self.stopped = true;
    }
}

impl Screen for Changes {
    fn context(&self) -> Context {
        if self.stage == Stage::Asking { Context::Form } else { Context::Changes }
    }

    fn title(&self, _: &Shared) -> String {
        match self.stage {
            Stage::Asking => "Find and replace".to_owned(),
            _ if self.proposals.len() == 0 => "Changes".to_owned(),
            _ => {
                let at = thousands(self.proposals.at() as u64 + 1);
                format!("Changes  {at} of {}", thousands(self.proposals.len() as u64))
            }
        }
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.entered()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, _: &Shared, theme: &Theme) {
        view::view(self, frame, area, theme);
    }

    fn example(&self) -> Option<i64> {
        self.proposals.selected().filter(|_| self.stage != Stage::Asking).map(|change| change.example)
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        // From what was found one goes back to what is sought.
        if self.stage != Stage::Looking || self.form.is_none() {
            return None;
        }
        let effects = self.stop();
        self.stopped = false;
        self.stage = Stage::Asking;
        Some(effects)
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.stop()
    }
}

//! Balance: how values, lengths, people and splits are spread, a page each; every bar leads to its examples.

mod lengths;
mod people;
mod sheet;
mod splits;
mod update;
mod values;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::{Lengths, People, Progress, Splits};
use crate::tui::board::Board;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Generation, Shared, Spot};
use crate::tui::screen::{Input, Screen};
use crate::tui::spreading::Part;
use crate::tui::theme::Theme;

use sheet::{Lead, Sheet};

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    /// Facets and their values.
    #[default]
    Values,
    /// How long examples are.
    Lengths,
    /// Who worked on what, and where it came from.
    People,
    /// How the splits compare.
    Splits,
}

impl Page {
    const ALL: [Self; 4] = [Self::Values, Self::Lengths, Self::People, Self::Splits];

    /// Its name, where there is room, and where there is little.
    const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Values => ("Values", "Values"),
            Self::Lengths => ("Lengths", "Lengths"),
            Self::People => ("People and sources", "People"),
            Self::Splits => ("Splits", "Splits"),
        }
    }

    /// What has to be read for it.
    const fn part(self) -> Option<Part> {
        match self {
            Self::Values => None,
            Self::Lengths => Some(Part::Lengths),
            Self::People => Some(Part::People),
            Self::Splits => Some(Part::Splits),
        }
    }
}

/// In which order the values of a facet stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    /// As they were made.
    #[default]
    Made,
    /// The most usable first.
    Count,
    /// What most is missing of first.
    Missing,
}

/// What was read, each when its page was looked at first.
#[derive(Debug, Default)]
struct Known {
    lengths: Option<Lengths>,
    people: Option<People>,
    splits: Option<Splits>,
    /// What is measured of rankings.
    board: Option<Board>,
}

impl Known {
    /// Whether something was read for that page.
    fn has(&self, page: Page) -> bool {
        match page {
            Page::Values => true,
            Page::Lengths => self.lengths.is_some(),
            Page::People => self.people.is_some(),
            Page::Splits => self.splits.is_some(),
        }
    }
}

/// What is asked for and did not come yet.
#[derive(Debug, Default)]
struct Asked {
    /// The last question for a page, and its page.
    page: Option<(Generation, Page)>,
    /// How far that has come.
    progress: Option<Progress>,
    /// The last question for the board.
    board: Option<Generation>,
}

/// The screen.
#[derive(Debug, Default)]
pub struct Balance {
    page: Page,
    order: Order,
    known: Known,
    asked: Asked,
    generation: Generation,
    /// Pages of which what was read is older than the last change.
    stale: Vec<Page>,
    /// The rows of the page, with where one is, a sheet a page.
    sheets: [Sheet; 4],
    /// The facet that is gone to when its page is written.
    wanted: Option<String>,
}

impl Balance {
    /// The screen, at one thing of it or at its beginning.
    pub fn new(spot: Option<Spot>) -> Self {
        match spot {
            None => Self::default(),
            Some(Spot::Lengths) => Self { page: Page::Lengths, ..Self::default() },
            Some(Spot::Facet(facet)) => Self { wanted: Some(facet), ..Self::default() },
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheets[self.page as usize]
    }

    /// What one is at.
    fn lead(&self) -> Option<&Lead> {
        self.sheets.get(self.page as usize).and_then(Sheet::lead)
    }
}

impl Screen for Balance {
    fn context(&self) -> Context {
        Context::Balance
    }

    fn title(&self, _: &Shared) -> String {
        format!("Balance  {}", self.page.title().0)
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.changed(shared)
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        view::view(self, frame, area, shared, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let lead = self.lead();
        match command {
            Command::BalanceList if lead.is_none_or(|lead| lead.filter.is_none()) => None,
            Command::BalanceWrite if lead.is_none_or(|lead| lead.tags.is_empty()) => None,
            Command::BalanceTarget if lead.is_none_or(|lead| lead.value().is_none()) => None,
            Command::BalanceOrder if self.page != Page::Values => None,
            Command::BalanceFacet if !matches!(self.page, Page::Values | Page::Splits) => None,
            Command::BalanceAgain if self.page == Page::Values => None,
            other => Some(other.short()),
        }
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.left()
    }
}

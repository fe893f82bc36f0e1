//! Coverage: two facets crossed, each cell against what is wanted of it; what to write next over all facets;
//! and the facets themselves, made and changed here.

mod cards;
mod facets;
mod heading;
mod missing;
mod parting;
mod table;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::DerivedFacet;
use crate::example::{CellWish, Tag};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::surveying::{Crossed, Crossing};
use crate::tui::theme::Theme;
use crate::tui::waiting::Waiting;

use parting::Parting;

/// Where one is: in the table, or at what is to be written next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// A cell: row, and column; the last column is all of the row, the last row all of the column.
    Cell(usize, usize),
    /// A card.
    Card(usize),
}

/// A combination of three values, as long as one is at the cell of the first two.
#[derive(Debug, Clone, PartialEq)]
struct Third {
    /// The values of the cell.
    of: [Tag; 2],
    /// The third one.
    tag: Tag,
}

/// The screen.
#[derive(Debug)]
pub struct Coverage {
    crossed: Crossed,
    crossing: Option<Box<Crossing>>,
    waiting: Waiting,
    at: At,
    /// The cell that one goes to when its table comes.
    wanted: Option<(Tag, Tag)>,
    /// What belongs to the cell of these two values beside them: the third value of a combination that one went to.
    third: Option<Third>,
    /// The value that was just made here or that one came for: one goes to it when it is in the table.
    made: Option<Tag>,
    /// The value that is being parted.
    parting: Option<Parting>,
    /// The first row and column that are in sight, and how many fit.
    top: usize,
    left: usize,
    rows: usize,
    columns: usize,
    /// Where things were drawn: columns, row, and where one is there.
    drawn: Vec<(std::ops::Range<u16>, u16, At)>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            crossed: Crossed::default(),
            crossing: None,
            waiting: Waiting::default(),
            at: At::Cell(0, 0),
            wanted: None,
            third: None,
            made: None,
            parting: None,
            top: 0,
            left: 0,
            rows: 1,
            columns: 1,
            drawn: Vec::new(),
        }
    }
}

impl Coverage {
    /// The screen, at a value or at its beginning.
    pub fn at(value: Option<Tag>) -> Self {
        let rows = value.as_ref().map(|value| value.facet.clone());
        // at all of the value: the last column, however many there are
        let at = if value.is_some() { At::Cell(0, usize::MAX) } else { At::Cell(0, 0) };
        Self { crossed: Crossed { rows, columns: None }, made: value, at, ..Self::default() }
    }

    /// How many rows and columns the table has, with those for all.
    fn size(&self) -> (usize, usize) {
        let Some(crossing) = &self.crossing else { return (0, 0) };
        (crossing.rows.values.len() + 1, crossing.columns.values.len() + 1)
    }

    /// The value of the row that one is in.
    fn row_value(&self) -> Option<Tag> {
        let crossing = self.crossing.as_ref()?;
        let At::Cell(row, _) = self.at else { return None };
        let value = crossing.rows.values.get(row)?;
        Some(Tag::new(&crossing.rows.facet, &value.name))
    }

    /// The value of the column that one is in.
    fn column_value(&self) -> Option<Tag> {
        let crossing = self.crossing.as_ref()?;
        let At::Cell(_, column) = self.at else { return None };
        let value = crossing.columns.values.get(column)?;
        Some(Tag::new(&crossing.columns.facet, &value.name))
    }

    /// Which derived facet one of that name is, where it is one.
    fn derived(&self, facet: &str) -> Option<DerivedFacet> {
        let crossing = self.crossing.as_ref()?;
        let axes = [&crossing.rows, &crossing.columns];
        axes.into_iter().find(|axis| axis.facet == facet).and_then(|axis| axis.derived)
    }

    /// The tags of what one is at, and what is only read off such examples.
    fn tags(&self) -> Vec<Tag> {
        match self.at {
            At::Cell(..) => {
                let third = self.third().map(|third| third.tag.clone());
                self.row_value().into_iter().chain(self.column_value()).chain(third).collect()
            }
            At::Card(at) => {
                let card = self.crossing.as_ref().and_then(|crossing| crossing.to_write().get(at));
                card.map(|card| card.tags.clone()).unwrap_or_default()
            }
        }
    }

    /// The combination of three values that one went to, where one is still at its cell.
    fn third(&self) -> Option<&Third> {
        let (row, column) = (self.row_value()?, self.column_value()?);
        self.third.as_ref().filter(|third| third.of == [row, column])
    }

    /// Both values of the cell that one is at, where people set both.
    fn cell(&self) -> Option<(Tag, Tag)> {
        let is_set = |tag: &Tag| self.derived(&tag.facet).is_none();
        self.row_value().filter(is_set).zip(self.column_value().filter(is_set))
    }

    /// What somebody said of the cell that one is at.
    fn wish(&self) -> Option<CellWish> {
        let At::Cell(row, column) = self.at else { return None };
        self.crossing.as_ref()?.cells.get(row)?.get(column)?.wish
    }

    /// The one value that one is at: of the row for all, of the column for all, or of the row.
    fn value(&self) -> Option<Tag> {
        self.row_value().or_else(|| self.column_value())
    }
}

impl Screen for Coverage {
    fn context(&self) -> Context {
        if self.parting.is_some() { Context::Form } else { Context::Coverage }
    }

    fn title(&self, _: &Shared) -> String {
        match &self.crossing {
            Some(crossing) if !crossing.columns.facet.is_empty() => {
                format!("Coverage  {} × {}", crossing.rows.facet, crossing.columns.facet)
            }
            Some(crossing) if !crossing.rows.facet.is_empty() => {
                format!("Coverage  {}", crossing.rows.facet)
            }
            _ => "Coverage".to_owned(),
        }
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.ask()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        match &mut self.parting {
            Some(parting) => parting.view(frame, area, shared, theme),
            None => view::view(self, frame, area, shared, theme),
        }
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_any = self.crossing.as_ref().is_some_and(|crossing| !crossing.rows.values.is_empty());
        Some(match command {
            Command::CoverageList | Command::CoverageWrite if self.tags().is_empty() => return None,
            Command::CoverageTarget if !matches!(self.at, At::Cell(..)) => return None,
            Command::CoverageRename | Command::CoverageMerge | Command::CoveragePart
                if self.value().is_none() =>
            {
                return None;
            }
            Command::CoverageGap | Command::CoverageTurn if !is_any => return None,
            other => other.short(),
        })
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.parting.take().map(|_| Vec::new())
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.left()
    }
}

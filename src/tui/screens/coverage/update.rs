//! What the screen does with what it hears.

use super::facets::Asked;
use super::{At, Coverage, facets};
use crate::dataset::{FacetChange, Verb};
use crate::example::{CellWish, Status, Tag};
use crate::query::Filter;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Request, Shared};
use crate::tui::screen::Input;
use crate::tui::surveying::{Axis, Crossed, Line};
use crate::tui::values;

impl Coverage {
    /// Asks for the table; where an answer is waited for, when that has come.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        self.waiting.ask(Request::Cross(Some(self.crossed.clone())))
    }

    /// Nobody looks any more.
    pub(super) fn left(&mut self) -> Vec<Effect> {
        self.waiting.end(Request::Cross(None))
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.parting.is_some() => {
                return self.parting_command(command, shared);
            }
            Input::Command { command, .. } => {
                self.made = None;
                if !matches!(command, Command::CoverageList | Command::CoverageWrite) {
                    // who goes on from the cell and comes back comes to two values
                    self.third = None;
                }
                return self.command(command, shared);
            }
            Input::Text(text) => return self.parting_text(&text, shared),
            Input::Answer(Answer::Parted(generation, counts)) => self.parts_counted(generation, counts),
            Input::Answer(Answer::Performed(verb, _)) => return self.performed(&verb),
            Input::Answer(Answer::Crossing(generation, mut crossing))
                if generation == self.waiting.generation() =>
            {
                if crossing.overall.is_none() {
                    // what was said of all holds until it is said anew
                    crossing.overall = self.crossing.take().and_then(|before| before.overall);
                }
                self.crossing = Some(crossing);
                self.stay();
                self.go_wanted();
                self.go_made();
                if self.waiting.came() {
                    return self.ask();
                }
            }
            Input::Answer(Answer::Failed(generation, _)) if generation == self.waiting.generation() => {
                self.waiting.came();
            }
            // somebody asked for it, and no newer table makes it stale
            Input::Answer(Answer::Production(change)) => return facets::change(change),
            Input::Changed(_) => {
                let counted = self.recount_parts(shared);
                return self.ask().into_iter().chain(counted).collect();
            }
            Input::Picked(purpose, values) => {
                if let (Some(asked), Some(value)) = (Asked::of(&purpose), values.first()) {
                    return self.answered(asked, value, shared);
                }
            }
            Input::Entered(purpose, text) => {
                if let Some(asked) = Asked::of(&purpose) {
                    return self.answered(asked, &text, shared);
                }
            }
            Input::Click { x, y } if self.parting.is_some() => self.parting_click(x, y),
            Input::Click { x, y } => {
                let is_there =
                    |(cells, row, _): &&(std::ops::Range<u16>, u16, At)| cells.contains(&x) && *row == y;
                if let Some((_, _, at)) = self.drawn.iter().find(is_there).cloned()
                    && std::mem::replace(&mut self.at, at) == at
                {
                    // What was selected already is gone into.
                    return self.list();
                }
            }
            Input::Wheel { lines, .. } if self.parting.is_none() => self.step(lines.into(), 0),
            _ => {}
        }
        Vec::new()
    }

    /// What was asked for here is done: one goes to what was made.
    fn performed(&mut self, verb: &Verb) -> Vec<Effect> {
        let Verb::ChangeFacets(change) = verb else { return Vec::new() };
        match change {
            FacetChange::Add { facet, .. } => return self.show_made(facet),
            FacetChange::AddValue { value, .. } => self.made = Some(value.clone()),
            FacetChange::MergeValues { facet, values, into } => {
                self.made = Some(Tag::new(facet, into));
                if values.iter().any(|gone| gone != into && self.has(facet, gone)) {
                    // the table is still that of before: the next one tells where it is
                    return Vec::new();
                }
            }
            FacetChange::Part { value, parts, .. } => {
                self.parting = None;
                self.made = parts.first().map(|part| Tag::new(&value.facet, &part.to));
            }
            _ => {}
        }
        self.go_made();
        Vec::new()
    }

    /// Whether the table has that value.
    fn has(&self, facet: &str, value: &str) -> bool {
        let axes = self.crossing.iter().flat_map(|crossing| [&crossing.rows, &crossing.columns]);
        let mut of_it = axes.filter(|axis| axis.facet == facet).flat_map(|axis| &axis.values);
        of_it.any(|line| line.name == value)
    }

    /// A facet that was just made stands along the top, and one is where its values are made.
    fn show_made(&mut self, facet: &str) -> Vec<Effect> {
        let Some(crossing) = &self.crossing else { return Vec::new() };
        let rows = Some(crossing.rows.facet.clone()).filter(|rows| !rows.is_empty());
        let columns = rows.is_some().then(|| facet.to_owned());
        self.at = At::Cell(crossing.rows.values.len(), 0);
        self.crossed = Crossed { rows: rows.or_else(|| Some(facet.to_owned())), columns };
        self.ask()
    }

    /// Goes to the value that was made, once it is in the table.
    fn go_made(&mut self) {
        let (Some(made), Some(crossing)) = (&self.made, &self.crossing) else { return };
        let place = |axis: &Axis| {
            let is_it = |line: &Line| line.name == made.value;
            axis.values.iter().position(is_it).filter(|_| axis.facet == made.facet)
        };
        let (rows, columns) = (crossing.rows.values.len(), crossing.columns.values.len());
        let (row, column) = match self.at {
            At::Cell(row, column) => (row, column),
            At::Card(_) => (rows, columns),
        };
        self.at = match (place(&crossing.rows), place(&crossing.columns)) {
            (Some(row), _) => At::Cell(row, column),
            (None, Some(column)) => At::Cell(row, column),
            (None, None) => return,
        };
        self.made = None;
    }

    /// Where what one was at is gone, one is at what is nearest to it.
    fn stay(&mut self) {
        let (rows, columns) = self.size();
        let cards = self.crossing.as_ref().map_or(0, |crossing| crossing.to_write().len());
        self.at = match self.at {
            At::Card(at) if at < cards => At::Card(at),
            At::Card(_) if cards > 0 => At::Card(cards - 1),
            At::Card(_) => At::Cell(0, 0),
            At::Cell(row, column) => {
                At::Cell(row.min(rows.saturating_sub(1)), column.min(columns.saturating_sub(1)))
            }
        };
    }

    /// Moves by so many rows and columns.
    fn step(&mut self, down: isize, across: isize) {
        let (rows, columns) = self.size();
        let cards = self.crossing.as_ref().map_or(0, |crossing| crossing.to_write().len());
        self.at = match self.at {
            At::Card(at) => At::Card(at.saturating_add_signed(down).min(cards.saturating_sub(1))),
            At::Cell(row, column) => At::Cell(
                row.saturating_add_signed(down).min(rows.saturating_sub(1)),
                column.saturating_add_signed(across).min(columns.saturating_sub(1)),
            ),
        };
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = isize::try_from(self.rows.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1, 0),
            Command::MoveDown => self.step(1, 0),
            Command::MoveLeft => self.step(0, -1),
            Command::MoveRight => self.step(0, 1),
            Command::MovePageUp => self.step(-page, 0),
            Command::MovePageDown => self.step(page, 0),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1), 0),
            Command::MoveHalfPageDown => self.step((page / 2).max(1), 0),
            Command::MoveTop => self.step(isize::MIN, 0),
            Command::MoveBottom => self.step(isize::MAX, 0),
            Command::CoverageNextPart => self.next_part(),
            Command::CoverageGap => return self.gap(),
            Command::CoverageMissing => return self.pick_missing(),
            Command::CoverageList => return self.list(),
            Command::CoverageWrite => return self.write(),
            Command::CoverageTurn => {
                let crossing = self.crossing.as_deref();
                self.crossed = crossing.map_or_else(Default::default, |crossing| Crossed {
                    rows: Some(crossing.columns.facet.clone()).filter(|name| !name.is_empty()),
                    columns: Some(crossing.rows.facet.clone()),
                });
                if let At::Cell(row, column) = self.at {
                    self.at = At::Cell(column, row);
                }
                return self.ask();
            }
            other => return facets::command(self, other, shared).unwrap_or_default(),
        }
        Vec::new()
    }

    /// From the table to what is to be written next, and back.
    fn next_part(&mut self) {
        self.at = match self.at {
            At::Cell(..) => At::Card(0),
            At::Card(_) => At::Cell(0, 0),
        };
        self.stay();
    }

    /// Goes to the cell that lacks the largest share of what is wanted.
    fn gap(&mut self) -> Vec<Effect> {
        match self.crossing.as_ref().and_then(|crossing| crossing.largest_gap()) {
            Some((row, column)) => {
                self.at = At::Cell(row, column);
                Vec::new()
            }
            None => Effect::only_look("nothing is missing here: every cell has what is wanted"),
        }
    }

    /// The examples of what one is at.
    pub(super) fn list(&self) -> Vec<Effect> {
        let tags = self.tags();
        if tags.is_empty() {
            return Effect::only_look("this is all of it: `b` lists the examples");
        }
        let usable = Filter::status(Status::Submitted).or(Filter::status(Status::Approved));
        let filter_of = |tag: &Tag| match self.derived(&tag.facet) {
            Some(derived) => derived.filter(&tag.value).unwrap_or_default(),
            None => Filter::tag(tag.facet.as_str(), Some(&tag.value)),
        };
        let filter = tags.iter().fold(usable, |filter, tag| filter_of(tag).and(filter));
        values::list(&filter)
    }

    /// A new example with the tags of what one is at.
    fn write(&self) -> Vec<Effect> {
        let tags = self.tags();
        if tags.is_empty() {
            return Effect::only_look("go to a cell first: the new example gets its tags");
        }
        if self.wish() == Some(CellWish::Never) {
            return Effect::only_look("these are never together, so none is written: “target” changes that");
        }
        // what is read off an example can't be set; a cell of nothing else offers nothing
        let tags: Vec<Tag> = tags.into_iter().filter(|tag| self.derived(&tag.facet).is_none()).collect();
        if tags.is_empty() {
            return Effect::only_look(
                "this is read off the examples: there is no tag that a new one could get",
            );
        }
        values::write(tags)
    }
}

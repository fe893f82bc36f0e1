//! Parting a value: which of its examples get which value in its place, and how many that are, before it is done.

#[cfg(test)]
mod tests;
mod view;

use std::ops::Range;

use super::Coverage;
use crate::dataset::{FacetChange, Part, Selection};
use crate::example::Tag;
use crate::query::{self, Filter, QueryError, Vocabulary};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Generation, Request, Shared};
use crate::tui::line::Line;

/// Counting parts is told apart from counting tables by numbers that those never reach.
const COUNTINGS: Generation = 1 << 32;
/// Values that one is parted into at a time.
const MOST: usize = 50;

/// Some of the examples, and the value that they get.
#[derive(Debug, Default)]
struct Row {
    /// A filter.
    which: Line,
    value: Line,
}

/// The questions and what was answered so far.
#[derive(Debug)]
pub(super) struct Parting {
    value: Tag,
    /// Each with its two lines; behind those that say something stands an empty one.
    rows: Vec<Row>,
    /// The value of all others.
    rest: Line,
    /// The line one is at: those of the rows by turns, then that of all others.
    at: usize,
    /// How many examples the filters that are typed find, and how many are left.
    counts: Vec<u64>,
    /// What was asked last; nothing where the counts are those of what is typed.
    asked: Option<Generation>,
    /// The newest question.
    generation: Generation,
    /// Where the lines were drawn.
    drawn: Vec<(Range<u16>, u16, usize)>,
}

/// What is missing, and in which line.
type Missing = (usize, String);

impl Parting {
    /// The questions about a value.
    fn of(value: Tag) -> Self {
        let rest = Line::proposed(&value.value);
        let mut parting = Self {
            value,
            rows: Vec::new(),
            rest,
            at: 0,
            counts: Vec::new(),
            asked: None,
            generation: COUNTINGS,
            drawn: Vec::new(),
        };
        parting.grow();
        parting
    }

    /// How the name of a new value begins.
    fn beginning(&self) -> String {
        format!("{}/", self.value.value)
    }

    /// There is always room for one part more.
    fn grow(&mut self) {
        let is_full = self.rows.last().is_none_or(|row| !row.which.text().trim().is_empty());
        if is_full && self.rows.len() < MOST {
            let value = Line::new(&self.beginning());
            self.rows.push(Row { which: Line::default(), value });
        }
    }

    fn line(&mut self) -> &mut Line {
        let row = self.rows.get_mut(self.at / 2);
        match row {
            Some(row) if self.at.is_multiple_of(2) => &mut row.which,
            Some(row) => &mut row.value,
            None => &mut self.rest,
        }
    }

    fn last(&self) -> usize {
        self.rows.len() * 2
    }

    /// The filters that are typed, each with its row, or what is wrong with one of them.
    fn filters(&self, vocabulary: &Vocabulary) -> Result<Vec<(usize, Filter)>, (usize, QueryError)> {
        let typed = self.rows.iter().enumerate().filter(|(_, row)| !row.which.text().trim().is_empty());
        typed
            .map(|(at, row)| match query::parse(row.which.text(), vocabulary) {
                Ok(filter) => Ok((at, filter)),
                Err(error) => Err((at, error)),
            })
            .collect()
    }

    /// Asks what would become of the examples; nothing where a filter can't be understood yet.
    fn count(&mut self, vocabulary: &Vocabulary) -> Vec<Effect> {
        self.generation += 1;
        self.asked = Some(self.generation);
        let Ok(filters) = self.filters(vocabulary) else {
            // what was counted is of other filters, and nothing better comes yet
            self.counts.clear();
            return Vec::new();
        };
        let filters = filters.into_iter().map(|(_, filter)| filter).collect();
        vec![Effect::Ask(self.generation, Request::Parted(self.value.clone(), filters))]
    }

    /// Something is done in the line that one is at; where that says which examples, they are counted anew.
    fn edit(&mut self, vocabulary: &Vocabulary, what: impl FnOnce(&mut Line)) -> Vec<Effect> {
        let before = self.line().text().to_owned();
        what(self.line());
        let is_changed = before != self.line().text();
        let is_which = self.at < self.last() && self.at.is_multiple_of(2);
        self.grow();
        if is_changed && is_which { self.count(vocabulary) } else { Vec::new() }
    }

    fn command(&mut self, command: Command, vocabulary: &Vocabulary) -> Vec<Effect> {
        let lines = self.last() + 1;
        match command {
            Command::FormNext => self.at = (self.at + 1) % lines,
            Command::FormPrevious => self.at = (self.at + lines - 1) % lines,
            other => {
                return self.edit(vocabulary, |line| {
                    line.command(other);
                });
            }
        }
        Vec::new()
    }

    /// How many examples the row gets, where that is known.
    fn count_of(&self, row: usize) -> Option<u64> {
        let typed = self.rows.iter().take(row + 1).filter(|row| !row.which.text().trim().is_empty()).count();
        let is_typed = self.rows.get(row).is_some_and(|row| !row.which.text().trim().is_empty());
        // the last count is of what is left
        let of_rows = self.counts.split_last().map_or(&[][..], |(_, rows)| rows);
        if is_typed { of_rows.get(typed - 1).copied() } else { None }
    }

    /// The value of all others; none where they stay as they are.
    fn rest(&self) -> Option<&str> {
        Some(self.rest.text().trim()).filter(|rest| !rest.is_empty() && *rest != self.value.value)
    }

    /// The change that is wanted, or what is missing.
    fn answer(&self, vocabulary: &Vocabulary) -> Result<FacetChange, Missing> {
        let Tag { facet, value } = &self.value;
        for (at, row) in self.rows.iter().enumerate() {
            let (which, name) = (row.which.text().trim(), row.value.text().trim());
            let is_named = !name.is_empty() && !name.ends_with('/');
            match (which.is_empty(), is_named) {
                (true, true) => {
                    return Err((2 * at, format!("type which examples become {name}: words, or a filter")));
                }
                (false, false) => {
                    let such = format!("type what these become, such as {value}/partial");
                    return Err((2 * at + 1, such));
                }
                (false, true) if name == value => {
                    return Err((2 * at + 1, format!("{facet}:{name} is what they carry already")));
                }
                _ => {}
            }
        }
        let filters = self.filters(vocabulary).map_err(|(at, error)| (2 * at, error.to_string()))?;
        if filters.is_empty() {
            return Err((0, format!("type which examples of {value} get another value: words, or a filter")));
        }
        if self.asked.is_some() {
            return Err((
                self.at,
                "these are still being counted: once more when the counts are there".to_owned(),
            ));
        }
        let mut parts = Vec::new();
        for (at, filter) in filters {
            if self.count_of(at) == Some(0) {
                let left = if at == 0 { "" } else { " that is left" };
                return Err((2 * at, format!("no example of {value}{left} is found by this")));
            }
            let to = self.rows.get(at).map_or("", |row| row.value.text().trim()).to_owned();
            parts.push(Part { to, on: Selection::Matching(filter) });
        }
        Ok(FacetChange::Part { value: self.value.clone(), parts, rest: self.rest().map(str::to_owned) })
    }
}

impl Coverage {
    /// Begins to part a value.
    pub(super) fn begin_parting(&mut self, value: Tag, shared: &Shared) -> Vec<Effect> {
        let parting = self.parting.insert(Parting::of(value));
        parting.count(&shared.vocabulary)
    }

    /// A command while a value is being parted.
    pub(super) fn parting_command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let Some(parting) = &mut self.parting else { return Vec::new() };
        if command != Command::FormAccept {
            return parting.command(command, &shared.vocabulary);
        }
        match parting.answer(&shared.vocabulary) {
            Ok(wanted) => super::facets::change(wanted),
            Err((at, missing)) => {
                parting.at = at;
                Effect::only_look(missing)
            }
        }
    }

    /// Something is typed while a value is being parted.
    pub(super) fn parting_text(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        let Some(parting) = &mut self.parting else { return Vec::new() };
        parting.edit(&shared.vocabulary, |line| line.type_text(text))
    }

    /// A click while a value is being parted: goes to a line.
    pub(super) fn parting_click(&mut self, x: u16, y: u16) {
        let Some(parting) = &mut self.parting else { return };
        if let Some((_, _, at)) = parting.drawn.iter().find(|(cells, row, _)| cells.contains(&x) && *row == y)
        {
            parting.at = *at;
        }
    }

    /// The dataset changed: the parts are counted anew.
    pub(super) fn recount_parts(&mut self, shared: &Shared) -> Vec<Effect> {
        self.parting.as_mut().map_or_else(Vec::new, |parting| parting.count(&shared.vocabulary))
    }

    /// What would become of the examples.
    pub(super) fn parts_counted(&mut self, generation: Generation, counts: Vec<u64>) {
        if let Some(parting) = &mut self.parting
            && parting.asked == Some(generation)
        {
            parting.counts = counts;
            parting.asked = None;
        }
    }
}

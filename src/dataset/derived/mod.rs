//! The derived facets of all examples in memory, a column each, kept up with what people do.
//!
//! Beside [`Tagged`], which has the columns of the facets that people set. Pairs are not kept counted: where
//! a derived facet is crossed with another one, two columns are gone through once.

mod column;
mod file;
mod reading;

use super::{DerivedFacet, Result, Tagged};
use crate::curation::tway::NONE;
use crate::example::{Band, Status};
use crate::query::{NO, YES};
use crate::store::TraitRow;

use column::Column;
pub(super) use file::DerivedFile;

/// The derived facets of all examples.
#[derive(Debug, Clone)]
pub struct Derived {
    /// A column for each of [`DerivedFacet::ALL`], in that order.
    columns: Vec<Column>,
    /// The last traits that are in it.
    seq: i64,
    /// The last line of the journal that is in it.
    seen: i64,
}

/// A side of a table: one of the facets that people set, by its place in [`Tagged`], or a derived one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// One that people set.
    Own(usize),
    /// One that is read off.
    Derived(DerivedFacet),
}

/// How many examples carry what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Submitted or approved.
    pub usable: u32,
    /// Not discarded.
    pub kept: u32,
}

/// What is counted where two facets cross; a line and a column for each value, in the order of the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Each value of the one down the side.
    pub rows: Vec<Carried>,
    /// Each value of the one along the top.
    pub columns: Vec<Carried>,
    /// Row by row.
    pub cells: Vec<Vec<Carried>>,
}

impl Derived {
    /// The values of a facet, in the order in which people see them: all that there are or were.
    pub fn values(&self, facet: DerivedFacet) -> &[String] {
        self.columns.get(facet as usize).map_or(&[], |column| column.values.as_slice())
    }

    /// The places of the values that are worth showing where so many are counted: those that there are
    /// examples of; names with the most examples first.
    pub fn shown(&self, facet: DerivedFacet, counted: &[Carried], n: impl Fn(&Carried) -> u32) -> Vec<usize> {
        let n = |at: &usize| counted.get(*at).map_or(0, &n);
        let mut shown: Vec<usize> = (0..self.values(facet).len()).filter(|at| n(at) > 0).collect();
        if facet.is_named() {
            shown.sort_by_key(|at| std::cmp::Reverse(n(at)));
        }
        shown
    }

    /// The values of a facet that an example has.
    pub fn of(&self, facet: DerivedFacet, example: i64) -> Vec<&str> {
        let Some(column) = self.columns.get(facet as usize) else { return Vec::new() };
        let values = column.codes(example).iter().filter_map(|code| column.values.get(usize::from(*code)));
        values.map(String::as_str).collect()
    }

    /// Counts two facets crossed, or one alone, in one go through all examples.
    pub fn table(&self, tagged: &Tagged, rows: Side, columns: Option<Side>) -> Table {
        let height = self.kinds(tagged, rows);
        let width = columns.map_or(0, |side| self.kinds(tagged, side));
        let mut table = Table {
            rows: vec![Carried::default(); height],
            columns: vec![Carried::default(); width],
            cells: vec![vec![Carried::default(); width]; height],
        };
        for (example, row, status) in tagged.examples().filter(|(.., status)| *status != Status::Discarded) {
            let is_usable = status.is_usable();
            let across = columns.map_or(&[][..], |side| self.codes(tagged, side, example, row));
            let count = |carried: Option<&mut Carried>| {
                if let Some(carried) = carried {
                    carried.kept += 1;
                    carried.usable += u32::from(is_usable);
                }
            };
            for &code in across {
                count(table.columns.get_mut(usize::from(code)));
            }
            for &code in self.codes(tagged, rows, example, row) {
                count(table.rows.get_mut(usize::from(code)));
                let Some(cells) = table.cells.get_mut(usize::from(code)) else { continue };
                for &other in across {
                    count(cells.get_mut(usize::from(other)));
                }
            }
        }
        table
    }

    fn kinds(&self, tagged: &Tagged, side: Side) -> usize {
        match side {
            Side::Own(at) => tagged.facets.get(at).map_or(0, |facet| facet.values.len()),
            Side::Derived(facet) => self.values(facet).len(),
        }
    }

    fn codes<'a>(&'a self, tagged: &'a Tagged, side: Side, example: i64, row: usize) -> &'a [u16] {
        match side {
            Side::Own(at) => tagged.columns().as_slice().get(at).map_or(&[], |column| column.row(row)),
            Side::Derived(facet) => {
                self.columns.get(facet as usize).map_or(&[], |column| column.codes(example))
            }
        }
    }

    /// No examples, and the values that are there from the start, in their order.
    fn none() -> Self {
        let begin = |facet: &DerivedFacet| {
            let values = match facet {
                DerivedFacet::Turns => Band::TURNS.iter().map(ToString::to_string).collect(),
                DerivedFacet::PromptTokens | DerivedFacet::ResponseTokens => {
                    Band::TOKENS.iter().map(ToString::to_string).collect()
                }
                DerivedFacet::Tools | DerivedFacet::Refusal | DerivedFacet::Json => {
                    vec![YES.to_owned(), NO.to_owned()]
                }
                _ => Vec::new(),
            };
            Column::new(facet.name(), values)
        };
        Self { columns: DerivedFacet::ALL.iter().map(begin).collect(), seq: 0, seen: 0 }
    }

    fn column(&mut self, facet: DerivedFacet) -> &mut Column {
        // there are as many as facets, in their order
        &mut self.columns[facet as usize]
    }

    /// Takes in what was read off an example.
    fn take(&mut self, row: &TraitRow) -> Result<()> {
        let example = row.example;
        self.seq = self.seq.max(row.seq);
        self.column(DerivedFacet::Turns).put_code(example, band(Band::TURNS, row.turns));
        self.column(DerivedFacet::PromptTokens).put_code(example, band(Band::TOKENS, row.prompt_tokens));
        self.column(DerivedFacet::Language).put_one(example, &row.language)?;
        self.column(DerivedFacet::Tools).put_code(example, yes_or_no(row.has_tools));
        let answer = row.answer;
        let tokens = answer.map_or(NONE, |answer| band(Band::TOKENS, answer.tokens));
        self.column(DerivedFacet::ResponseTokens).put_code(example, tokens);
        self.column(DerivedFacet::Refusal)
            .put_code(example, answer.map_or(NONE, |answer| yes_or_no(answer.is_refusal)));
        self.column(DerivedFacet::Json)
            .put_code(example, answer.map_or(NONE, |answer| yes_or_no(answer.is_json)));
        Ok(())
    }
}

/// The place of a number's band.
fn band(bands: &[Band], n: u32) -> u16 {
    Band::of(bands, n).and_then(|(at, _)| u16::try_from(at).ok()).unwrap_or(NONE)
}

/// The place of [`YES`] or [`NO`].
fn yes_or_no(is: bool) -> u16 {
    u16::from(!is)
}

//! The tags of all examples in memory, a column a facet: what coverage of crossed facets is counted on.

use super::tag_columns::kinds_of;
use super::wishes::Wishes;
use super::{Error, Reader, Result};
use crate::curation::gaps::Wanted;
use crate::curation::tway::{Cell, Column, Columns, Forbidden, NONE, Names, PairCounts};
use crate::example::{Basis, CellWish, Facet, Goal, Share, Status, Target};
use crate::store;

/// The tags of all examples, and their statuses.
#[derive(Debug, Clone, Default)]
pub struct Tagged {
    /// The facets; a column each, in this order, and a code for each value, in its order.
    pub facets: Vec<Facet>,
    pub(super) columns: Columns,
    /// `None` of an example that is gone.
    pub(super) statuses: Vec<Option<Status>>,
    pub(super) rows: Rows,
    /// The last line of the journal that is in it.
    pub(super) seen: i64,
    /// How many examples are usable: what shares are taken of where there is no goal.
    pub(super) usable: u64,
    pub(super) wishes: Wishes,
}

/// What other facets come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reshaped {
    /// The same facets and values, if with other names or targets.
    Same,
    /// Some came, went or moved; what examples carry is where it was.
    Moved,
    /// What examples carry has to be read anew.
    Unfit,
}

impl Tagged {
    /// How the facets and their values are called.
    pub fn names(&self) -> Names {
        names_of(&self.facets)
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// How many examples of those statuses carry each value and each pair of values.
    pub fn counts(&self, is: impl Fn(Status) -> bool) -> Result<PairCounts> {
        PairCounts::of(&self.those(is)).map_err(|error| Error::Uncountable(error.to_string()))
    }

    /// The columns of the examples of those statuses only.
    pub fn those(&self, is: impl Fn(Status) -> bool) -> Columns {
        let is = |status: &Option<Status>| status.is_some_and(&is);
        let rows = self.statuses.iter().enumerate().filter(|(_, status)| is(status)).map(|(row, _)| row);
        self.columns.of_rows(&rows.collect::<Vec<_>>())
    }

    /// How many usable examples are wanted of each value of a facet; 0 where nobody said.
    pub fn targets(&self, facet: usize) -> Vec<u32> {
        let basis = Basis::new(self.wishes.goal, self.usable);
        let values = self.facets.get(facet).map(|facet| facet.values.as_slice()).unwrap_or_default();
        let wanted = basis.wanted(values.iter().map(|value| (value.name.as_str(), value.target)));
        wanted.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// What is wanted: of values their targets, and of each pair of values of facets that something is asked
    /// of so many.
    pub fn wanted(&self, per_pair: u32) -> Wanted {
        let facets = self.facets.iter().enumerate();
        Wanted {
            targets: (0..self.facets.len()).map(|at| self.targets(at)).collect(),
            per_pair,
            cells: self.wishes.numbers(),
            forbidden: self.wishes.forbidden.clone(),
            paired: facets.filter(|(_, facet)| facet.is_asked_for()).map(|(at, _)| at).collect(),
            ..Wanted::default()
        }
    }

    /// Whether anything is asked for at all: a target, a required facet, a number for two values together.
    pub fn is_asked_for(&self) -> bool {
        self.facets.iter().any(Facet::is_asked_for) || !self.wishes.numbers().is_empty()
    }

    /// Those facets only.
    pub fn only(&self, places: &[usize]) -> Result<Self> {
        let facets: Vec<Facet> = places.iter().filter_map(|at| self.facets.get(*at).cloned()).collect();
        Ok(Self {
            wishes: self.wishes.only(&facets)?,
            facets,
            columns: self.columns.only(places),
            statuses: self.statuses.clone(),
            rows: self.rows.clone(),
            seen: self.seen,
            usable: self.usable,
        })
    }

    /// Takes over other facets, or others of their values: what is carried stays where its facet and value do,
    /// whatever they are called now and wherever they stand.
    pub(super) fn reshape(&mut self, facets: Vec<Facet>) -> Result<Reshaped> {
        let rows = self.statuses.len();
        let takes_as_many = |facet: &Facet| {
            self.facets.iter().find(|was| was.id == facet.id).is_none_or(|was| was.several == facet.several)
        };
        if !facets.iter().all(takes_as_many) {
            return Ok(Reshaped::Unfit);
        }
        let ids = |facets: &[Facet]| {
            let of =
                |facet: &Facet| (facet.id, facet.values.iter().map(|value| value.id).collect::<Vec<_>>());
            facets.iter().map(of).collect::<Vec<_>>()
        };
        if ids(&self.facets) == ids(&facets) {
            self.facets = facets;
            return Ok(Reshaped::Same);
        }
        let column = |facet: &Facet| -> Result<Column> {
            let kinds = kinds_of(facet)?;
            let was = self.facets.iter().position(|was| was.id == facet.id);
            let known = was.and_then(|at| Some((self.facets.get(at)?, self.columns.as_slice().get(at)?)));
            let Some((was, column)) = known else { return Ok(Column::blank(kinds, facet.several, rows)) };
            let code = |id| {
                (0..kinds).zip(&facet.values).find(|(_, value)| value.id == id).map_or(NONE, |(code, _)| code)
            };
            Ok(column.recoded(kinds, &was.values.iter().map(|value| code(value.id)).collect::<Vec<_>>()))
        };
        let columns = facets.iter().map(column).collect::<Result<Vec<_>>>()?;
        self.columns = Columns::new(columns).map_err(|error| Error::Uncountable(error.to_string()))?;
        self.facets = facets;
        Ok(Reshaped::Moved)
    }

    /// Whether shares are wanted of values and there is nothing to take them of: no usable example, and no goal.
    pub fn has_shares_of_nothing(&self) -> bool {
        let targets = self.facets.iter().flat_map(|facet| &facet.values).filter_map(|value| value.target);
        let wants_shares = targets.filter_map(Target::share).any(|share| share > Share::NONE);
        Basis::new(self.wishes.goal, self.usable).is_nothing() && wants_shares
    }

    /// How many examples are usable, and how many are wanted altogether, where that was said.
    pub fn goal(&self) -> Option<(u64, Goal)> {
        self.wishes.goal.map(|goal| (self.usable, goal))
    }

    /// Which values can't be together.
    pub fn forbidden(&self) -> &Forbidden {
        &self.wishes.forbidden
    }

    /// What is wanted where two values meet, where that was said.
    pub fn wish(&self, cell: Cell) -> Option<CellWish> {
        self.wishes.cells.get(&cell).copied()
    }

    /// The place of a facet.
    pub fn facet(&self, name: &str) -> Option<usize> {
        self.facets.iter().position(|facet| facet.name == name)
    }
}

/// How many of these are usable.
pub(super) fn usable(statuses: &[Option<Status>]) -> u64 {
    statuses.iter().filter(|status| status.is_some_and(Status::is_usable)).count() as u64
}

impl Tagged {
    /// Every example: its number, its row, its status.
    pub(super) fn examples(&self) -> impl Iterator<Item = (i64, usize, Status)> + '_ {
        (self.rows.first..).zip(&self.rows.rows).filter_map(|(example, row)| {
            let row = usize::try_from(*row).ok()?;
            Some((example, row, (*self.statuses.get(row)?)?))
        })
    }
}

/// How facets and their values are called.
pub(super) fn names_of(facets: &[Facet]) -> Names {
    let values = |facet: &Facet| facet.values.iter().map(|value| value.name.clone()).collect();
    Names::new(facets.iter().map(|facet| (facet.name.clone(), values(facet))).collect())
}

/// The status of an example, and the codes of its values, facet by facet; without a status it is gone.
pub(super) type Carried = (Option<Status>, Vec<Vec<u16>>);

impl Tagged {
    /// The row of an example in the columns.
    pub(super) fn row(&self, example: i64) -> Option<usize> {
        self.rows.of(example)
    }

    /// What is known of an example.
    pub(super) fn coded(&self, example: i64) -> Option<(Status, Vec<&[u16]>)> {
        let row = self.rows.of(example)?;
        Some(((*self.statuses.get(row)?)?, self.columns.row(row)))
    }

    /// Another status and other values of an example, or the first ones of a new one. `false` where it is
    /// neither: everything has to be read anew.
    pub(super) fn put(&mut self, example: i64, (status, codes): &Carried) -> bool {
        let row = match self.rows.of(example) {
            Some(row) => row,
            // made and gone again before anybody looked
            None if status.is_none() => return true,
            None if self.rows.push(example, self.statuses.len()) => self.statuses.len(),
            None => return false,
        };
        match self.statuses.get_mut(row) {
            Some(there) => {
                self.usable -= usable(&[*there]);
                *there = *status;
            }
            None => self.statuses.push(*status),
        }
        self.usable += usable(&[*status]);
        self.columns.put(row, codes);
        true
    }

    /// An example as it is now; `None` where it carries what these facets don't have.
    pub(super) fn read(&self, reader: &Reader, example: i64) -> Result<Option<Carried>> {
        let now = store::status_and_tags(&reader.connection, example)?;
        let mut codes = vec![Vec::new(); self.facets.len()];
        let Some((status, tags)) = now else { return Ok(Some((None, codes))) };
        for tag in tags {
            let Some(at) = self.facet(&tag.facet) else { return Ok(None) };
            let values = self.facets.get(at).map(|facet| &facet.values);
            let code = values.and_then(|values| values.iter().position(|there| there.name == tag.value));
            let (Some(code), Some(codes)) =
                (code.and_then(|code| u16::try_from(code).ok()), codes.get_mut(at))
            else {
                return Ok(None);
            };
            codes.push(code);
        }
        Ok(Some((Some(status), codes)))
    }
}

/// Which row an example has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rows {
    /// The lowest number of an example.
    pub(super) first: i64,
    /// By number from the lowest; numbers that no example has lead to [`u32::MAX`].
    pub(super) rows: Vec<u32>,
}

impl Rows {
    /// The highest number of an example; 0 where there is none.
    pub(super) fn last(&self) -> i64 {
        let known = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        if known == 0 { 0 } else { self.first.saturating_add(known - 1) }
    }

    /// The next row, of an example whose number is above all others.
    pub(super) fn push(&mut self, example: i64, row: usize) -> bool {
        if self.rows.is_empty() {
            self.first = example;
        }
        let Some(at) = example.checked_sub(self.first).and_then(|at| usize::try_from(at).ok()) else {
            return false;
        };
        if at < self.rows.len() {
            return false;
        }
        self.rows.resize(at, u32::MAX);
        self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        true
    }

    pub(super) fn of(&self, example: i64) -> Option<usize> {
        let at = usize::try_from(example.checked_sub(self.first)?).ok()?;
        self.rows.get(at).filter(|row| **row != u32::MAX).map(|row| *row as usize)
    }
}

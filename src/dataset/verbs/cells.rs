//! What is wanted where values of two facets meet: set, and kept right when values become one or go.

use std::num::NonZeroU32;

use rusqlite::Connection;

use super::super::definitions::unknown_in_cell;
use super::super::{Error, Result, count_examples};
use super::facets::find_value;
use crate::example::{CellTarget, CellWish, Tag};
use crate::store;

/// Sets what is wanted of both values, or takes it away.
pub(super) fn set(
    connection: &Connection,
    one: &Tag,
    other: &Tag,
    wish: Option<CellWish>,
) -> Result<(String, u64)> {
    if one.facet == other.facet {
        return Err(Error::FacetChange(format!(
            "{}:{} and {}:{} are values of one facet: a target of two values needs two facets",
            one.facet, one.value, other.facet, other.value
        )));
    }
    let ids = (find_value(connection, one)?.1, find_value(connection, other)?.1);
    store::put_cell(connection, ids.0, ids.1, wish)?;
    let name = format!("{}:{} × {}:{}", one.facet, one.value, other.facet, other.value);
    Ok(match wish {
        None => (format!("{name} has no target of its own now"), 0),
        Some(CellWish::Count(count)) => (format!("{name} has target {count} now"), 0),
        Some(CellWish::Never) => {
            let there = match store::carrying_both(connection, ids.0, ids.1)? {
                0 => String::new(),
                1 => ", though an example carries both".to_owned(),
                n => format!(", though {} carry both", count_examples(n)),
            };
            (format!("{name} are never together now, so that none is asked for{there}"), 0)
        }
    })
}

/// Sets what is wanted of cells; returns of how many that is anything new.
pub(super) fn define(connection: &Connection, cells: &[CellTarget]) -> Result<u64> {
    let mut changed = 0;
    for cell in cells {
        let [one, other] = cell.of();
        let find = |tag: &Tag| {
            find_value(connection, tag).map_err(|_| Error::FacetChange(unknown_in_cell(&cell.name(), tag)))
        };
        let ids = (find(one)?.1, find(other)?.1);
        changed += u64::from(store::put_cell(connection, ids.0, ids.1, Some(cell.wish))?);
    }
    Ok(changed)
}

/// Says anew what is wanted where values that become one meet others; those that go leave no cells behind.
pub(super) fn merge(connection: &Connection, going: &[i64], stays: Stays) -> Result<()> {
    let mut others: Vec<i64> = Vec::new();
    for value in going {
        for (other, _) in store::cells_of_value(connection, *value)? {
            if !others.contains(&other) {
                others.push(other);
            }
        }
    }
    let parts: Vec<i64> = going.iter().copied().chain((!stays.is_new).then_some(stays.value)).collect();
    for other in others {
        let own = store::cell_wish(connection, stays.value, other)?;
        let wishes = parts.iter().map(|part| store::cell_wish(connection, *part, other));
        let wishes = wishes.collect::<std::result::Result<Vec<_>, _>>()?;
        let wish = match own {
            Some(own @ CellWish::Count(_)) if stays.keeps_its_own => Some(own),
            _ => together(&wishes),
        };
        store::put_cell(connection, stays.value, other, wish)?;
    }
    for value in going {
        store::remove_cells_of_value(connection, *value)?;
    }
    Ok(())
}

/// The value that others become.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stays {
    /// Its number.
    pub value: i64,
    /// Whether it was made for them.
    pub is_new: bool,
    /// Whether what is wanted of it stays as it is.
    pub keeps_its_own: bool,
}

/// What is wanted of several values together: never where that holds for each of them, or else what is
/// wanted of all of them.
fn together(wishes: &[Option<CellWish>]) -> Option<CellWish> {
    if wishes.iter().all(|wish| *wish == Some(CellWish::Never)) {
        return Some(CellWish::Never);
    }
    let sum = wishes.iter().flatten().map(|wish| wish.number()).fold(0, u32::saturating_add);
    NonZeroU32::new(sum).map(CellWish::Count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn together_they_are_never_only_where_each_of_them_is() {
        let of = |numbers: &[Option<u32>]| {
            let wishes: Vec<_> = numbers.iter().map(|number| number.map(CellWish::from_number)).collect();
            together(&wishes).map(CellWish::number)
        };
        assert_eq!(of(&[Some(0), Some(0)]), Some(0));
        assert_eq!(of(&[Some(0), None]), None);
        assert_eq!(of(&[Some(0), Some(5), None]), Some(5));
        assert_eq!(of(&[Some(3), Some(5)]), Some(8));
    }
}

//! Parting a value: some of its examples get another one, and the others stay or get a last one.

use rusqlite::Connection;

use super::super::{Error, Part, Result, count_examples};
use super::definitions::insert_value;
use super::facets::{find_value, merge, move_tags, new_value};
use super::{facet_names, fill};
use crate::example::{Tag, new_id};
use crate::store;
use crate::text::count::thousands;

/// Does it, inside the open transaction.
pub(super) fn part(
    connection: &Connection,
    value: &Tag,
    parts: &[Part],
    rest: Option<&str>,
) -> Result<(String, u64)> {
    let (facet, parted) = find_value(connection, value)?;
    if parts.is_empty() {
        return Err(Error::FacetChange(format!(
            "say which examples of {}:{} get which value: nothing is parted otherwise",
            value.facet, value.value
        )));
    }
    let twice =
        parts.iter().enumerate().find(|(at, part)| parts.iter().take(*at).any(|one| one.to == part.to));
    if let Some((_, Part { to, .. })) = twice {
        return Err(Error::FacetChange(format!(
            "{}:{to} is named twice: give all of its examples by one filter, as in “this or that”",
            value.facet
        )));
    }
    let (mut told, mut made, mut moved) = (Vec::new(), Vec::new(), 0);
    for Part { to, on } in parts {
        if *to == value.value {
            return Err(Error::FacetChange(format!("{}:{to} is what they carry already", value.facet)));
        }
        fill(connection, on)?;
        let other = if let Some(there) = store::value_id(connection, facet, to)? {
            there
        } else {
            new_value(connection, facet, &Tag::new(&value.facet, to))?;
            made.push(to.as_str());
            insert_value(connection, facet, to, new_id(), None)?
        };
        let which =
            "SELECT example_id FROM tag WHERE value_id = ?1 AND example_id IN (SELECT id FROM temp.selected)";
        let n = move_tags(connection, facet, parted, other, which)?;
        told.push(match n {
            0 => format!("{to} on none, as its filter finds none of them"),
            n => format!("{to} on {}", count_examples(n)),
        });
        moved += n;
    }
    facet_names::extend_contract(connection, value, &made)?;
    let left = match rest.filter(|rest| *rest != value.value) {
        Some(rest) => {
            let (_, n) = merge(connection, &value.facet, std::slice::from_ref(&value.value), rest)?;
            moved += n;
            format!("the rest is {rest}, on {}", count_examples(n))
        }
        None => match carrying(connection, parted)? {
            0 => "none is left".to_owned(),
            1 => "1 stays".to_owned(),
            n => format!("{} stay", thousands(n)),
        },
    };
    Ok((format!("parted {}:{} into {}; {left}", value.facet, value.value, told.join(", ")), moved))
}

fn carrying(connection: &Connection, value: i64) -> Result<u64> {
    Ok(connection.query_row("SELECT count(*) FROM tag WHERE value_id = ?1", [value], |row| row.get(0))?)
}

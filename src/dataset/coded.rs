//! Facets and values as numbers, for measures that count with those: of examples that are in memory.

use std::collections::HashMap;

use super::tagged::names_of;
use super::{Error, Result};
use crate::curation::tway::{At, Column, Columns, NONE, Names};
use crate::example::{Facet, Tag};

/// The facets and their values by number.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    facets: Vec<Facet>,
    numbers: HashMap<Tag, At>,
}

impl Coded {
    /// Those facets, in their order.
    pub fn new(facets: Vec<Facet>) -> Self {
        let mut numbers = HashMap::new();
        for (at, facet) in facets.iter().enumerate() {
            for (number, value) in (0..NONE).zip(&facet.values) {
                numbers.insert(Tag::new(&facet.name, &value.name), At::new(at, number));
            }
        }
        Self { facets, numbers }
    }

    /// The facets.
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// How the facets and their values are called.
    pub fn names(&self) -> Names {
        names_of(&self.facets)
    }

    /// The facet and the value that a number stands for.
    pub fn tag(&self, at: At) -> Option<Tag> {
        let facet = self.facets.get(at.facet)?;
        Some(Tag::new(&facet.name, &facet.values.get(usize::from(at.value))?.name))
    }

    /// What an example carries.
    pub fn values(&self, tags: &[Tag]) -> Vec<At> {
        tags.iter().filter_map(|tag| self.numbers.get(tag).copied()).collect()
    }

    /// The columns of examples that carry these values, a row each.
    pub fn columns(&self, rows: &[Vec<At>]) -> Result<Columns> {
        let column = |(at, facet): (usize, &Facet)| {
            let of = |row: &Vec<At>| -> Vec<u16> {
                row.iter().filter(|value| value.facet == at).map(|value| value.value).collect()
            };
            let kinds = u16::try_from(facet.values.len()).unwrap_or(NONE);
            Column::several(kinds, rows.iter().map(of))
        };
        let columns = self.facets.iter().enumerate().map(column).collect::<std::result::Result<_, _>>();
        columns.and_then(Columns::new).map_err(|error| Error::Uncountable(error.to_string()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::{FacetValue, new_id};

    #[test]
    fn tags_become_numbers_and_columns() {
        let value = |name: &str| FacetValue { id: new_id(), name: name.to_owned(), target: None };
        let facet = |name: &str, values: &[&str]| Facet {
            id: new_id(),
            name: name.to_owned(),
            several: false,
            open: false,
            required: false,
            values: values.iter().copied().map(value).collect(),
        };
        let coded = Coded::new(vec![facet("intent", &["refund", "cancel"]), facet("language", &["tr"])]);
        let tags = [Tag::new("language", "tr"), Tag::new("intent", "cancel"), Tag::new("intent", "gone")];
        let values = coded.values(&tags);
        assert_eq!(values, [At::new(1, 0), At::new(0, 1)]);
        assert_eq!(coded.tag(At::new(0, 1)), Some(Tag::new("intent", "cancel")));
        assert_eq!((coded.tag(At::new(0, 2)), coded.tag(At::new(2, 0))), (None, None));
        let columns = coded.columns(&[values, Vec::new()]).unwrap();
        assert_eq!((columns.row(0), columns.row(1)), (vec![&[1][..], &[0]], vec![&[][..], &[]]));
    }
}

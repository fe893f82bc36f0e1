//! How it is typed that a value is parted: which of its examples get which value.

use super::failure::{Failure, Result};
use super::session;
use crate::dataset::{FacetChange, Part, Reader, Selection};
use crate::example::Tag;

/// A value that is parted, as it was typed.
pub(super) struct Parting {
    pub value: Tag,
    /// The new values, each with its filter.
    pub parts: Vec<(String, String)>,
    /// The value of all others.
    pub rest: Option<String>,
}

/// Reads `refund/full="whole amount"`.
pub(super) fn parse(text: &str) -> Result<(String, String)> {
    let part = text.split_once('=').map(|(to, filter)| (to.trim().to_owned(), filter.trim().to_owned()));
    part.filter(|(to, filter)| !to.is_empty() && !filter.is_empty()).ok_or_else(|| {
        Failure::Said(format!("“{text}” is no VALUE=FILTER: refund/full=\"whole amount\" is one"))
    })
}

impl Parting {
    /// The change, its filters understood.
    pub fn found(self, reader: &Reader) -> Result<FacetChange> {
        let part = |(to, filter): (String, String)| -> Result<Part> {
            Ok(Part { to, on: Selection::Matching(session::filter(reader, &filter)?) })
        };
        let Self { value, parts, rest } = self;
        Ok(FacetChange::Part { value, parts: parts.into_iter().map(part).collect::<Result<_>>()?, rest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_value_and_a_filter() {
        let part = |text| parse(text).ok();
        let is = |to: &str, filter: &str| Some((to.to_owned(), filter.to_owned()));
        assert_eq!(part("refund/full = tokens:>=40"), is("refund/full", "tokens:>=40"));
        assert_eq!([part("refund/full"), part("=draft"), part("refund/full=")], [None, None, None]);
    }
}

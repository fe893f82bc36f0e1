//! Tags that tests carry and the dataset has not: of no facet, or no value of its facet. They are slices of the
//! tests all the same, and nothing can be said of what was trained on.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::example::{Facet, FacetValue, Tag, TestResult, TestTag, new_id};

/// So many of them are looked at as slices at most: those that most tests carry.
const MOST: usize = 100;

/// A tag that tests carry and the dataset has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTag {
    /// The tag, as the tests have it.
    pub tag: Tag,
    /// How many tests carry it.
    pub tests: u64,
    /// The line of the first of them, from 1.
    pub line: u32,
    /// Whether enough tests carry it to be looked at as a slice.
    pub is_slice: bool,
    /// Whether examples can be given it: its facet is there and takes values that are new.
    pub fits: bool,
}

/// The tags that these tests carry and none of the facets has, those of most tests first. From `least` tests on
/// one is looked at as a slice.
pub(super) fn unknown_tags(facets: &[Facet], results: &[TestResult], least: u64) -> Vec<UnknownTag> {
    let mut known: HashSet<(&str, &str)> = HashSet::new();
    for facet in facets {
        known.extend(facet.values.iter().map(|value| (facet.name.as_str(), value.name.as_str())));
    }
    let open: HashSet<&str> =
        facets.iter().filter(|facet| facet.open).map(|facet| facet.name.as_str()).collect();
    let mut seen: HashMap<Tag, (u64, u32)> = HashMap::new();
    for result in results {
        let tags: HashSet<Tag> = result.tags.iter().map(TestTag::tag).collect();
        for tag in tags {
            if !known.contains(&(tag.facet.as_str(), tag.value.as_str())) {
                let (tests, line) = seen.entry(tag).or_insert((0, result.place));
                *tests += 1;
                *line = result.place.min(*line);
            }
        }
    }
    let mut unknown: Vec<UnknownTag> = seen
        .into_iter()
        .map(|(tag, (tests, line))| UnknownTag {
            fits: open.contains(tag.facet.as_str()),
            tag,
            tests,
            line,
            is_slice: false,
        })
        .collect();
    unknown.sort_by(|one, other| {
        let key = |of: &UnknownTag| (Reverse(of.tests), of.tag.facet.clone(), of.tag.value.clone());
        key(one).cmp(&key(other))
    });
    for tag in unknown.iter_mut().take(MOST) {
        tag.is_slice = tag.tests >= least.max(1);
    }
    unknown
}

/// The facets, with those unknown tags that are slices as values of theirs, or of facets behind them.
pub(super) fn with_unknown(mut facets: Vec<Facet>, unknown: &[UnknownTag]) -> Vec<Facet> {
    for UnknownTag { tag, .. } in unknown.iter().filter(|unknown| unknown.is_slice) {
        let value = FacetValue { id: new_id(), name: tag.value.clone(), target: None };
        match facets.iter_mut().find(|facet| facet.name == tag.facet) {
            Some(facet) => facet.values.push(value),
            None => facets.push(Facet {
                id: new_id(),
                name: tag.facet.clone(),
                several: true,
                open: true,
                required: false,
                values: vec![value],
            }),
        }
    }
    facets
}

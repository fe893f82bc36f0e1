//! What is lacking, as the screen of writing knows it.

use std::collections::HashSet;

use super::overall::to_write;
use super::tag_of;
use crate::curation::gaps::{Largest, Place, Surveyed, open_gaps};
use crate::curation::tway::{At, Cell};
use crate::dataset::Survey;
use crate::example::{Facet, Tag};

/// Pairs that nobody has written yet of which is told that they would be the first.
const PAIRS: usize = 20_000;

/// What is lacking, as the screen of writing knows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lacking {
    /// What is known beside the live counts.
    pub surveyed: Surveyed,
    /// The tags of the example that is best written next; none where nothing is missing.
    pub card: Vec<Tag>,
}

impl Lacking {
    /// What a survey says.
    pub fn of(survey: &Survey) -> Self {
        let card = to_write(survey).into_iter().next().map(|card| card.tags).unwrap_or_default();
        Self { surveyed: Surveyed { unseen: unseen_pairs(survey), largest: largest(survey) }, card }
    }
}

/// The largest gap, whatever waits for it.
fn largest(survey: &Survey) -> Option<Largest> {
    let facets = &survey.tagged().facets;
    let wanted = survey.tagged().wanted(1);
    // what is wanted was just read from the same facets, so it fits
    let gaps = open_gaps(&wanted, survey.usable(), None, 1).unwrap_or_default();
    let gap = gaps.first()?;
    let queued = survey.queued();
    let (ats, waiting) = match gap.place {
        Place::Value(at) => (vec![at], queued.single(at)),
        Place::Pair(cell) => (vec![cell.first, cell.second], queued.pair(cell)),
    };
    let tags = ats.into_iter().filter_map(|at| tag_of(facets, at)).collect();
    Some(Largest { tags, missing: gap.missing().into(), waiting: waiting.into() })
}

/// The pairs that no usable example carries, of facets that something is asked of; without those that can't be or
/// are not wanted.
fn unseen_pairs(survey: &Survey) -> HashSet<(Tag, Tag)> {
    let facets = &survey.tagged().facets;
    let is_asked = |at: At| facets.get(at.facet).is_some_and(Facet::is_asked_for);
    let forbidden = survey.tagged().forbidden();
    let can_be = |cell: &Cell| !forbidden.forbids(cell.first, cell.second);
    let usable = survey.usable();
    let pairs = usable
        .grid()
        .all()
        .zip(usable.cells())
        .filter(|(cell, n)| **n == 0 && is_asked(cell.first) && is_asked(cell.second) && can_be(cell));
    let tags = |cell: Cell| Some((tag_of(facets, cell.first)?, tag_of(facets, cell.second)?));
    pairs.filter_map(|(cell, _)| tags(cell)).take(PAIRS).collect()
}

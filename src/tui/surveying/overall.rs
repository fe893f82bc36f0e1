//! What is said of all facets together: what to write next, what is missing.

use crate::curation::gaps::{Card, Gap, Place, cards};
use crate::curation::tway::{At, Of, TupleCoverage, TupleWish, pair_coverage, tuple_coverage};
use crate::dataset::Survey;
use crate::example::{Facet, Goal, Status, Tag};

/// Cards of what to write next.
const CARDS: usize = 8;
/// The list of cards is the same as long as the counts are.
const SEED: u64 = 1;
/// Combinations that are missing that are listed: of two values, and of three.
const LISTED: usize = 200;
/// An example to write next.
#[derive(Debug, Clone, PartialEq)]
pub struct ToWrite {
    /// Its tags.
    pub tags: Vec<Tag>,
    /// How many more.
    pub more: u32,
    /// Why.
    pub reason: String,
}

/// What is said of all facets together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overall {
    /// What to write next.
    pub to_write: Vec<ToWrite>,
    /// Pairs of values: how many there can be, and how many some usable example carries.
    pub pairs: (u64, u64),
    /// The same of three values together, of those facets.
    pub triples: Option<(Vec<String>, u64, u64)>,
    /// Some of the pairs, and of three values together, that no usable example has.
    pub missing: Vec<Vec<Tag>>,
    /// How many examples are usable, and how many are wanted altogether, where that was said.
    pub goal: Option<(u64, Goal)>,
    /// Whether shares are wanted and there is nothing yet to take them of.
    pub has_shares_of_nothing: bool,
    /// Whether anything is asked for at all: a target, a required facet, a number for a cell.
    pub is_asked_for: bool,
}

impl Overall {
    /// Reckons it. The search for what to write takes longer than anything else that is shown.
    pub fn of(survey: &Survey) -> Self {
        let pairs = pair_coverage(survey.usable(), survey.tagged().forbidden(), 1, LISTED);
        let triples = triples(survey);
        let missing = pairs.missing.iter().chain(triples.iter().flat_map(|(_, told)| &told.missing));
        Self {
            to_write: to_write(survey),
            pairs: (pairs.possible(), pairs.satisfied()),
            missing: missing.filter_map(|tuple| tags_of(&survey.tagged().facets, &tuple.values)).collect(),
            triples: triples.map(|(facets, told)| (facets, told.possible(), told.satisfied())),
            goal: survey.tagged().goal(),
            has_shares_of_nothing: survey.tagged().has_shares_of_nothing(),
            is_asked_for: survey.tagged().is_asked_for(),
        }
    }
}

pub(super) fn to_write(survey: &Survey) -> Vec<ToWrite> {
    let facets = &survey.tagged().facets;
    let wanted = survey.tagged().wanted(1);
    let names = survey.tagged().names();
    let queued = survey.queued();
    // what is wanted was just read from the same facets, so it fits
    let found = cards(&wanted, survey.usable(), Some(&queued), CARDS * 3, SEED).unwrap_or_default();
    let tag = |card: &Card, at: At| {
        let facet = facets.get(at.facet)?;
        let value = facet.values.get(usize::from(at.value))?;
        // a facet that nobody asks anything of is left to the writer, but where it is asked for beside another
        let is_beside =
            |gap: &Gap| matches!(gap.place, Place::Pair(cell) if cell.first == at || cell.second == at);
        let is_meant = facet.is_asked_for() || card.fills.iter().any(is_beside);
        is_meant.then(|| Tag::new(&facet.name, &value.name))
    };
    let card = |card: &Card| ToWrite {
        tags: card.chosen().into_iter().filter_map(|at| tag(card, at)).collect(),
        more: card.more,
        reason: card.reason(&names),
    };
    let mut all: Vec<ToWrite> = Vec::new();
    for one in found.cards.iter().map(card).filter(|card| !card.tags.is_empty()) {
        // what is proposed again later is one thing to write for who reads it
        match all.iter_mut().find(|there| there.tags == one.tags) {
            Some(there) => there.more += one.more,
            None => all.push(one),
        }
    }
    all.truncate(CARDS);
    all
}

/// How far three values together are covered, of the first three facets, those first that something is asked of;
/// `None` where there are fewer, or they have too many values.
fn triples(survey: &Survey) -> Option<(Vec<String>, TupleCoverage)> {
    let tagged = survey.tagged();
    let of = |is: bool| {
        tagged
            .facets
            .iter()
            .enumerate()
            .filter(move |(_, facet)| facet.is_asked_for() == is && !facet.values.is_empty())
    };
    let mut places: Vec<usize> = of(true).chain(of(false)).map(|(at, _)| at).take(3).collect();
    if places.len() < 3 {
        return None;
    }
    places.sort_unstable();
    let names = places.iter().filter_map(|at| Some(tagged.facets.get(*at)?.name.clone())).collect();
    let wish = TupleWish { of: Of::Facets(places), least: 1, listed: LISTED };
    let told = tuple_coverage(&tagged.those(Status::is_usable), &wish, tagged.forbidden()).ok()?;
    Some((names, told))
}

fn tags_of(facets: &[Facet], values: &[At]) -> Option<Vec<Tag>> {
    let tag = |at: &At| {
        let facet = facets.get(at.facet)?;
        Some(Tag::new(&facet.name, &facet.values.get(usize::from(at.value))?.name))
    };
    values.iter().map(tag).collect()
}

//! By which facets the balance of a whole dataset is told. One rule for the gauge, the line of readiness and what
//! `goldset balance` ends with.

use super::Balance;
use crate::example::Facet;
use crate::store::{Counts, FacetCount};

/// A facet with fewer values can't be out of balance.
const FEWEST_VALUES: usize = 2;

/// A facet that is weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed<'a> {
    /// Which, with its counts.
    pub facet: &'a FacetCount,
    /// Its balance.
    pub balance: Balance,
    /// How good that is, from 0 to 1: what it shares with its targets, or else how even it is.
    pub goodness: f64,
}

/// The facets by which the balance is told: those in which every value has a target, open or not. Where there is
/// none, the closed ones that every example should have; or else all closed ones. Of an open facet without targets
/// nobody says which values there should be.
pub fn weighed<'a>(counts: &'a Counts, facets: &[Facet]) -> Vec<Weighed<'a>> {
    let measured = |facet: &'a FacetCount| {
        let balance = Balance::of_facet(facet).ok().filter(|_| facet.values.len() >= FEWEST_VALUES)?;
        let goodness = balance.goodness()?;
        Some(Weighed { facet, balance, goodness })
    };
    let all: Vec<Weighed<'a>> = counts.facets.iter().filter_map(measured).collect();
    let is_required = |one: &Weighed<'_>| {
        facets.iter().any(|facet| facet.name == one.facet.name && facet.required) && !one.facet.open
    };
    let rules: [&dyn Fn(&Weighed<'_>) -> bool; 3] =
        [&|one| one.balance.divergence.is_some(), &is_required, &|one| !one.facet.open];
    let chosen = rules.into_iter().find(|rule| all.iter().any(rule));
    all.into_iter().filter(|one| chosen.is_some_and(|rule| rule(one))).collect()
}

/// The worst of them; of equals the first.
pub fn worst<'a>(counts: &'a Counts, facets: &[Facet]) -> Option<Weighed<'a>> {
    weighed(counts, facets).into_iter().min_by(|one, other| one.goodness.total_cmp(&other.goodness))
}

//! Dealing what is in no split: first what joins a group that stands somewhere, then the rest by the plan.

use std::collections::BTreeMap;

use super::super::{Error, Result};
use super::leaks::splits_of;
use super::report::{SmallStratum, SplitReport};
use super::rows::Rows;
use super::{Dealing, Splitting};
use crate::curation::splits::deal::{Group, Stratum, deal as deal_strata};
use crate::curation::splits::place::{place, split_at};
use crate::example::Split;

/// What came of dealing, in numbers.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Examples that went where their group stands.
    pub joined: u64,
    /// Examples that stay without a split, because their group stands in several.
    pub held: u64,
}

/// A stratum with the groups that are dealt in it, by their places in the components.
#[derive(Default)]
struct Dealer {
    stratum: Stratum,
    dealt: Vec<usize>,
    /// Its groups and examples, dealt or not.
    groups: u64,
    examples: u64,
}

pub(super) fn deal(
    rows: &mut Rows,
    components: &[Vec<i64>],
    splitting: &Splitting<'_>,
) -> Result<(Counted, Vec<SmallStratum>)> {
    let mut counted = Counted::default();
    if splitting.dealing != Dealing::Nothing {
        for component in components {
            join(rows, component, &mut counted);
        }
    }
    let plan = splitting.plan;
    let mut strata: BTreeMap<Vec<String>, Dealer> = BTreeMap::new();
    for (at, component) in components.iter().enumerate() {
        let dealer = strata.entry(stratum_of(rows, component, &plan.by)).or_default();
        dealer.groups += 1;
        let mut examples = 0;
        for row in component.iter().filter_map(|id| rows.get(*id)) {
            examples += 1;
            if let Some(count) = row.split.and_then(|split| dealer.stratum.standing.get_mut(split as usize)) {
                *count += 1;
            }
        }
        dealer.examples += examples;
        if splits_of(rows, component).is_empty() {
            dealer.stratum.groups.push(Group { place: place_of(rows, component, &plan.key), examples });
            dealer.dealt.push(at);
        }
    }
    let small = small_strata(&strata, splitting);
    if splitting.dealing == Dealing::Nothing {
        return Ok((counted, small));
    }
    let dealt: Vec<Vec<Split>> = match plan.shares.shares() {
        Some(shares) if plan.by.is_empty() => {
            let by_place = |dealer: &Dealer| {
                dealer.stratum.groups.iter().map(|group| split_at(group.place, shares)).collect()
            };
            strata.values().map(by_place).collect()
        }
        _ => {
            let all: u64 = strata.values().map(|dealer| dealer.stratum.examples()).sum();
            let wanted = plan.shares.wanted(all).map_err(|error| Error::Splits(error.to_string()))?;
            let strata: Vec<Stratum> = strata.values().map(|dealer| dealer.stratum.clone()).collect();
            deal_strata(&strata, wanted)
        }
    };
    for (dealer, splits) in strata.values().zip(dealt) {
        for (at, split) in dealer.dealt.iter().zip(splits) {
            for id in components.get(*at).into_iter().flatten() {
                rows.put(*id, split);
            }
        }
    }
    Ok((counted, small))
}

/// Puts the members of a group that are in no split where the others stand, if that is one place.
fn join(rows: &mut Rows, component: &[i64], counted: &mut Counted) {
    let new: Vec<i64> =
        component.iter().copied().filter(|id| rows.get(*id).is_some_and(|row| row.split.is_none())).collect();
    match splits_of(rows, component).as_slice() {
        [] => {}
        [one] => {
            for id in new {
                counted.joined += u64::from(rows.put(id, *one));
            }
        }
        _ => {
            counted.held += new.len() as u64;
            for id in new {
                rows.leave(id);
            }
        }
    }
}

/// The place of a group is that of the first of its ids, which is the oldest where all were made here.
fn place_of(rows: &Rows, component: &[i64], key: &str) -> f64 {
    let first = component.iter().filter_map(|id| rows.uuid(*id)).min().unwrap_or_default();
    place(key, &first.hyphenated().to_string())
}

/// The values that most examples of a group have, of equals those that come first.
fn stratum_of(rows: &Rows, component: &[i64], by: &[String]) -> Vec<String> {
    if by.is_empty() {
        return Vec::new();
    }
    let mut counts: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for id in component.iter().filter(|id| rows.get(**id).is_some()) {
        *counts.entry(rows.values(*id, by)).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, n)| *n);
    most.map(|(values, _)| values).unwrap_or_default()
}

/// The strata that have fewer groups than there are splits that want something.
fn small_strata(strata: &BTreeMap<Vec<String>, Dealer>, splitting: &Splitting<'_>) -> Vec<SmallStratum> {
    let splits = SplitReport::wanting(&splitting.plan.shares);
    let small = |(values, dealer): (&Vec<String>, &Dealer)| {
        let is_small = !values.is_empty() && dealer.groups < splits;
        is_small.then(|| SmallStratum {
            values: values.clone(),
            groups: dealer.groups,
            examples: dealer.examples,
        })
    };
    strata.iter().filter_map(small).collect()
}

//! How many new examples gaps take, at the least.
//!
//! What is missing must not be summed: one example fills a gap of every facet, several of a facet that takes
//! several values, and with two of its values the cell where they meet. The fewest examples that fill all gaps
//! are hard to find, but a bound is cheap, and no plan can do with less:
//!
//! - The examples that carry one value fill gaps side by side: that of the value itself, that of each cell with
//!   a facet that takes several values, and one at a time those of all cells with a facet that takes one. So the
//!   first of them fill most, and later ones what is left of the larger gaps.
//! - Of a facet that takes one value, an example is one of one value; so the examples that fill most are taken
//!   value by value. Of a facet that takes several, an example may carry all values that lack something.
//! - Facets are filled side by side, so what so many examples fill at the most is the sum over facets.
//!
//! The bound is the smallest number of examples that could fill that many gaps. For all gaps it is what the
//! worst facet takes: the sum over its values where it takes one, the largest where it takes several. It costs
//! as much as there are targets, however many examples there are. What shares come to is taken as it is now: of
//! a dataset that outgrows its goal they want more.

use std::collections::BTreeMap;

use super::whole::Coverage;

/// How many new examples it takes at the least to fill so many gaps.
pub(super) fn fewest(coverage: &Coverage, gaps: u64) -> u64 {
    // Cells of two facets that take one value each count to either of them: both bounds hold.
    [0, 1].map(|side| bound(&by_facet(coverage, side), gaps)).into_iter().max().unwrap_or(0)
}

/// What examples fill of a facet: how many gaps one fills, and how many examples fill so many; the most first.
struct Steps(Vec<(u64, u64)>);

impl Steps {
    /// Of gaps that examples fill side by side.
    fn beside(mut gaps: Vec<u64>) -> Self {
        gaps.sort_unstable_by_key(|gap| std::cmp::Reverse(*gap));
        let next = gaps.iter().skip(1).copied().chain([0]);
        let mut steps: Vec<(u64, u64)> =
            (1..).zip(gaps.iter().zip(next)).map(|(filled, (gap, next))| (filled, gap - next)).collect();
        steps.reverse();
        Self(steps)
    }

    /// Of values of which an example carries one.
    fn in_turn(values: impl Iterator<Item = Self>) -> Self {
        let mut steps: Vec<(u64, u64)> = values.flat_map(|value| value.0).collect();
        steps.sort_unstable_by_key(|(filled, _)| std::cmp::Reverse(*filled));
        Self(steps)
    }

    fn examples(&self) -> u64 {
        self.0.iter().map(|(_, examples)| examples).sum()
    }

    /// How many gaps so many examples fill at the most.
    fn filled(&self, mut examples: u64) -> u64 {
        let mut filled = 0;
        for (each, n) in &self.0 {
            let n = examples.min(*n);
            filled += each * n;
            examples -= n;
        }
        filled
    }
}

/// The gaps of each facet; `side` says which facet a cell counts to where both take one value.
fn by_facet(coverage: &Coverage, side: usize) -> Vec<Steps> {
    let takes_several = |facet: &str| coverage.several.iter().any(|several| several == facet);
    let mut gaps: BTreeMap<&str, BTreeMap<&str, Vec<u64>>> = BTreeMap::new();
    for facet in &coverage.facets {
        for value in &facet.values {
            gaps.entry(&facet.name).or_default().entry(&value.name).or_default().push(value.missing());
        }
    }
    // The cells of a value with a facet that takes one value.
    let mut in_turn: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    for there in &coverage.cells {
        let [one, other] = there.cell.of();
        let is_second = match (takes_several(&one.facet), takes_several(&other.facet)) {
            (false, true) => false,
            (true, false) => true,
            _ => side == 1,
        };
        let (own, beside) = if is_second { (other, one) } else { (one, other) };
        if takes_several(&beside.facet) {
            let values = gaps.entry(&own.facet).or_default();
            values.entry(&own.value).or_default().push(there.missing());
        } else {
            *in_turn.entry((&own.facet, &own.value, &beside.facet)).or_default() += there.missing();
        }
    }
    for ((facet, value, _), missing) in in_turn {
        gaps.entry(facet).or_default().entry(value).or_default().push(missing);
    }
    let steps = |(facet, values): (&str, BTreeMap<&str, Vec<u64>>)| {
        if takes_several(facet) {
            Steps::beside(values.into_values().flatten().collect())
        } else {
            Steps::in_turn(values.into_values().map(Steps::beside))
        }
    };
    gaps.into_iter().map(steps).collect()
}

/// The smallest number of examples that could fill so many gaps, found by halving.
fn bound(facets: &[Steps], gaps: u64) -> u64 {
    let filled = |examples| facets.iter().map(|facet| facet.filled(examples)).sum::<u64>();
    let (mut low, mut high) = (0, facets.iter().map(Steps::examples).max().unwrap_or(0));
    while low < high {
        let middle = low + (high - low) / 2;
        if filled(middle) < gaps {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::curation::coverage::{FacetCoverage, ValueCoverage};
    use crate::example::{CellTarget, CellWish, Tag};
    use crate::store::CellCount;

    fn facet(name: &str, missing: &[(&str, u64)]) -> FacetCoverage {
        let value =
            |&(name, target): &(&str, u64)| ValueCoverage { name: name.to_owned(), usable: 0, target };
        FacetCoverage {
            name: name.to_owned(),
            values: missing.iter().map(value).collect(),
            of: missing.len(),
        }
    }

    fn cell(one: (&str, &str), other: (&str, &str), missing: u32) -> CellCount {
        let tag = |(facet, value)| Tag::new(facet, value);
        let wish = CellWish::from_number(missing);
        CellCount { cell: CellTarget::new(tag(one), tag(other), wish).unwrap(), usable: 0 }
    }

    fn all(coverage: &Coverage) -> u64 {
        coverage.examples_missing().unwrap()
    }

    #[test]
    fn one_example_fills_a_value_of_every_facet() {
        let intent = facet("intent", &[("refund", 5), ("cancel", 2)]);
        let lang = facet("lang", &[("en", 3), ("tr", 1)]);
        let both = Coverage { facets: vec![intent, lang], ..Coverage::default() };
        assert_eq!(all(&both), 7, "the seven of intent have a language too");
        // Eleven are missing; half of them are six, of which each of the first fills two.
        assert_eq!([0.0, 0.1, 0.5, 0.9, 1.0].map(|share| both.examples_to(share)), [0, 1, 3, 6, 7]);
        assert_eq!(Coverage::default().examples_missing(), None);
        let mut met = facet("intent", &[("refund", 5)]);
        met.values[0].usable = 9;
        assert_eq!(all(&Coverage { facets: vec![met], ..Coverage::default() }), 0);
    }

    #[test]
    fn of_a_facet_that_takes_several_one_example_may_carry_all() {
        let topic = facet("topic", &[("fees", 5), ("late", 3), ("tax", 1)]);
        let several =
            Coverage { facets: vec![topic], several: vec!["topic".to_owned()], ..Coverage::default() };
        assert_eq!(all(&several), 5);
        // The first fills three gaps, the next two two each.
        assert_eq!(several.examples_to(7.0 / 9.0), 3);
    }

    #[test]
    fn a_cell_is_filled_by_what_its_values_take_and_no_second_time() {
        let cells = vec![
            cell(("intent", "refund"), ("lang", "en"), 4),
            cell(("intent", "refund"), ("lang", "tr"), 3),
            cell(("intent", "cancel"), ("lang", "tr"), 2),
        ];
        let with = |facets, several: &[&str]| Coverage {
            facets,
            cells: cells.clone(),
            several: several.iter().map(|&name| name.to_owned()).collect(),
            ..Coverage::default()
        };
        assert_eq!(all(&with(Vec::new(), &[])), 9, "each example is in one cell");
        assert_eq!(all(&with(vec![facet("intent", &[("refund", 6), ("cancel", 5)])], &[])), 12, "7 and 5");
        assert_eq!(all(&with(vec![facet("lang", &[("tr", 1)])], &[])), 9);
        assert_eq!(all(&with(Vec::new(), &["lang"])), 6, "a refund may be in both languages");
        assert_eq!(all(&with(Vec::new(), &["intent"])), 7);
        assert_eq!(all(&with(Vec::new(), &["intent", "lang"])), 4);
    }

    /// What is left of gaps when examples are written for them one by one.
    fn filled_by(coverage: &mut Coverage, tags: &[(&str, &str)]) {
        let carries = |facet: &str, value: &str| tags.contains(&(facet, value));
        for facet in &mut coverage.facets {
            for value in &mut facet.values {
                value.usable += u64::from(carries(&facet.name, &value.name));
            }
        }
        for there in &mut coverage.cells {
            let is_there = there.cell.of().iter().all(|tag| carries(&tag.facet, &tag.value));
            there.usable += u64::from(is_there);
        }
    }

    proptest! {
        #[test]
        fn no_plan_does_with_less(
            wanted in prop::collection::vec(0..5_u32, 11), several in any::<[bool; 2]>(), share in 0.0..=1.0_f64,
            examples in prop::collection::vec((0..3_usize, 0..2_usize, any::<bool>()), 0..30),
        ) {
            let (intents, langs) = (["a", "b", "c"], ["x", "y"]);
            let at = |place: usize| wanted[place];
            let own = |from: usize, names: &[&'static str]| {
                (from..).zip(names).map(|(place, &name)| (name, at(place).into())).collect::<Vec<_>>()
            };
            let cells = (0..6).map(|place| {
                cell(("intent", intents[place / 2]), ("lang", langs[place % 2]), at(5 + place) + 1)
            });
            let names = ["intent", "lang"].into_iter().zip(several).filter(|(_, several)| *several);
            let mut coverage = Coverage {
                facets: vec![facet("intent", &own(0, &intents)), facet("lang", &own(3, &langs))],
                cells: cells.collect(),
                several: names.map(|(name, _)| name.to_owned()).collect(),
                ..Coverage::default()
            };
            let (fewest, all) = (coverage.examples_to(share), all(&coverage));
            prop_assert!(fewest <= all);
            for (n, (intent, lang, more)) in (1..).zip(examples) {
                let mut tags = vec![("intent", intents[intent]), ("lang", langs[lang])];
                if more && several[0] {
                    tags.extend(intents.map(|value| ("intent", value)));
                }
                if more && several[1] {
                    tags.extend(langs.map(|value| ("lang", value)));
                }
                filled_by(&mut coverage, &tags);
                if coverage.examples_to(share) == 0 {
                    prop_assert!(n >= fewest, "{n} examples did what takes {fewest}");
                    break;
                }
                prop_assert!(n + coverage.examples_to(share) >= fewest);
            }
        }
    }
}

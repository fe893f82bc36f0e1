//! The promises of dealing, over random groups.

use proptest::prelude::*;

use super::deal::{Group, Stratum, deal};
use super::place::place;
use crate::example::{Shares, Split};

fn groups(sizes: &[u64], salt: usize) -> Vec<Group> {
    let group =
        |(at, &examples): (usize, &u64)| Group { place: place("k", &format!("{salt}/{at}")), examples };
    sizes.iter().enumerate().map(group).collect()
}

fn strata(sizes: &[Vec<u64>]) -> Vec<Stratum> {
    let stratum = |(at, sizes): (usize, &Vec<u64>)| Stratum { standing: [0; 3], groups: groups(sizes, at) };
    sizes.iter().enumerate().map(stratum).collect()
}

/// How many examples of a stratum each split has.
fn counts(stratum: &Stratum, dealt: &[Split]) -> [u64; 3] {
    let mut counts = stratum.standing;
    for (group, split) in stratum.groups.iter().zip(dealt) {
        counts[*split as usize] += group.examples;
    }
    counts
}

fn shares() -> impl Strategy<Value = Shares> {
    (0..10_u32, 0..10_u32, 0..10_u32)
        .prop_filter("something", |(a, b, c)| a + b + c > 0)
        .prop_map(|(a, b, c)| format!("{a}:{b}:{c}").parse().unwrap())
}

#[allow(clippy::cast_precision_loss)]
fn float(n: u64) -> f64 {
    n as f64
}

proptest! {
    #[test]
    fn every_stratum_meets_the_shares_within_one_group(
        sizes in prop::collection::vec(prop::collection::vec(1..9_u64, 1..30), 1..12),
        shares in shares(),
    ) {
        let strata = strata(&sizes);
        let all: u64 = sizes.iter().flatten().sum();
        let dealt = deal(&strata, shares.wanted(all).unwrap());
        for (stratum, dealt) in strata.iter().zip(&dealt) {
            let largest = stratum.groups.iter().map(|group| group.examples).max().unwrap();
            let wanted = shares.wanted(stratum.examples()).unwrap();
            for (count, wanted) in counts(stratum, dealt).into_iter().zip(wanted) {
                prop_assert!((float(count) - wanted).abs() < float(largest), "{count} for {wanted}, {largest}");
                prop_assert!(wanted > 0.0 || count == 0, "{count} where nothing is wanted");
            }
        }
    }

    #[test]
    fn small_strata_together_meet_the_shares_too(n in 30..200_usize) {
        let strata = strata(&vec![vec![1]; n]);
        let dealt = deal(&strata, Shares::default().wanted(n as u64).unwrap());
        let wanted = Shares::default().wanted(n as u64).unwrap();
        for (split, wanted) in Split::ALL.iter().zip(wanted) {
            let count = dealt.iter().flatten().filter(|dealt| *dealt == split).count() as u64;
            prop_assert!((float(count) - wanted).abs() <= 1.0, "{count} {split} for {wanted}");
        }
    }

    #[test]
    fn the_order_of_the_groups_does_not_matter(sizes in prop::collection::vec(1..5_u64, 1..40)) {
        let stratum = Stratum { standing: [0; 3], groups: groups(&sizes, 0) };
        let mut turned = stratum.clone();
        turned.groups.reverse();
        let wanted = Shares::default().wanted(stratum.examples()).unwrap();
        let first = deal(&[stratum], wanted);
        let mut second = deal(&[turned], wanted);
        second[0].reverse();
        prop_assert_eq!(first, second);
    }
}

#[test]
fn what_stands_is_reckoned_with() {
    let stratum = Stratum { standing: [0, 0, 10], groups: groups(&[1; 90], 0) };
    let dealt = deal(std::slice::from_ref(&stratum), [80.0, 10.0, 10.0]);
    assert_eq!(counts(&stratum, &dealt[0]), [80, 10, 10]);
    let too_many = Stratum { standing: [0, 0, 50], groups: groups(&[1; 50], 0) };
    let dealt = deal(std::slice::from_ref(&too_many), [80.0, 10.0, 10.0]);
    assert!(dealt[0].iter().all(|split| *split != Split::Test), "there is enough in test");
}

#[test]
fn counts_are_met_and_places_decide_who() {
    let stratum = Stratum { standing: [0; 3], groups: groups(&[1; 500], 3) };
    let dealt = deal(std::slice::from_ref(&stratum), [350.0, 50.0, 100.0]);
    assert_eq!(counts(&stratum, &dealt[0]), [350, 50, 100]);
    let place_of = |split: Split| {
        let places = stratum.groups.iter().zip(&dealt[0]).filter(move |(_, of)| **of == split);
        places.map(|(group, _)| group.place)
    };
    let highest_train = place_of(Split::Train).fold(0.0, f64::max);
    assert!(place_of(Split::Test).all(|place| place > highest_train));
}

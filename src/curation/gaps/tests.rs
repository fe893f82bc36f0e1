use proptest::prelude::*;

use super::*;
use crate::curation::tway::{At, Cell, Forbidden, Names, PairCounts, pair_coverage};

fn pairs_only(kinds: &[u16], per_pair: u32) -> Wanted {
    Wanted {
        targets: kinds.iter().map(|&kinds| vec![0; usize::from(kinds)]).collect(),
        per_pair,
        paired: (0..kinds.len()).collect(),
        ..Wanted::default()
    }
}

fn cell(one: (usize, u16), other: (usize, u16)) -> Cell {
    Cell::new(At::new(one.0, one.1), At::new(other.0, other.1)).unwrap()
}

/// Counts what cards propose.
fn written(kinds: &[u16], cards: &[Card]) -> PairCounts {
    let mut counts = PairCounts::empty(kinds.to_vec()).unwrap();
    for card in cards {
        let values: Vec<Vec<u16>> = card.values.iter().map(|value| value.iter().copied().collect()).collect();
        let values: Vec<&[u16]> = values.iter().map(Vec::as_slice).collect();
        (0..card.more).for_each(|_| counts.add(&values).unwrap());
    }
    counts
}

fn names() -> Names {
    let facet =
        |name: &str, values: &[&str]| (name.to_owned(), values.iter().map(|&v| v.to_owned()).collect());
    Names::new(vec![facet("intent", &["refund", "lost"]), facet("language", &["en", "de", "tr"])])
}

/// 4 · 3 pairs of the largest facets need 12 rows; allpairspy 2.5.1 takes 12 as well.
#[test]
fn all_pairs_are_covered_in_nearly_as_few_rows_as_can_be() {
    let kinds = [4, 3, 3, 2];
    let nothing = PairCounts::empty(kinds.to_vec()).unwrap();
    for seed in 0..20 {
        let found = cards(&pairs_only(&kinds, 1), &nothing, None, 100, seed).unwrap();
        let counts = written(&kinds, &found.cards);
        let covered = pair_coverage(&counts, &Forbidden::default(), 1, 10);
        assert_eq!((covered.satisfied(), covered.possible()), (53, 53));
        assert!(counts.examples() <= 14, "{} rows with seed {seed}", counts.examples());
        assert_eq!(found, cards(&pairs_only(&kinds, 1), &nothing, None, 100, seed).unwrap());
    }
}

#[test]
fn gaps_are_ranked_and_what_is_queued_counts_as_there() {
    let mut have = PairCounts::empty(vec![2, 3]).unwrap();
    (0..9).for_each(|_| have.add(&[&[0], &[0]]).unwrap());
    have.add(&[&[1], &[1]]).unwrap();
    let mut queued = PairCounts::empty(vec![2, 3]).unwrap();
    (0..2).for_each(|_| queued.add(&[&[1], &[2]]).unwrap());
    let wanted = Wanted { targets: vec![vec![10, 20], vec![0, 0, 5]], ..pairs_only(&[2, 3], 3) };
    let gaps = open_gaps(&wanted, &have, Some(&queued), 4).unwrap();
    let told: Vec<String> = gaps.iter().map(|gap| gap.told(&names())).collect();
    assert_eq!(
        told,
        [
            "lost has 1 of 20, 2 queued",
            "tr has 0 of 5, 2 queued",
            "refund × de has 0 of 3",
            "refund × tr has 0 of 3",
        ]
    );
    assert_eq!((gaps[0].missing(), gaps[1].missing()), (17, 3));
    assert!((gaps[0].weight - 0.85).abs() < 1e-12 && (gaps[2].weight - 0.5).abs() < 1e-12);
    let found = cards(&wanted, &have, Some(&queued), 1, 7).unwrap();
    let card = &found.cards[0];
    // lost × tr lacks 1 of 3; it is worth 0.85 + 0.6 + 0.5 / 3, more than lost × en.
    assert_eq!((card.values.clone(), card.more), (vec![Some(1), Some(2)], 1));
    assert!((card.gain - (0.85 + 0.6 + 0.5 / 3.0)).abs() < 1e-12);
    assert_eq!(card.told(&names()), "1 more with intent: lost, language: tr");
    assert_eq!(
        card.reason(&names()),
        "lost has 1 of 20, 2 queued; tr has 0 of 5, 2 queued; lost × tr has 0 of 3, 2 queued"
    );
}

#[test]
fn what_a_list_proposes_above_is_not_called_queued() {
    let have = PairCounts::empty(vec![2, 3]).unwrap();
    let wanted = Wanted { targets: vec![vec![0, 2], vec![1, 1, 0]], ..Wanted::default() };
    let found = cards(&wanted, &have, None, 2, 1).unwrap();
    let second = &found.cards[1];
    assert!(found.cards.iter().flat_map(|card| &card.fills).all(|gap| gap.queued == 0));
    assert!(second.reason(&names()).contains("lost has 0 of 2, 1 proposed above"), "{found:?}");
}

#[test]
fn a_card_says_how_many_more() {
    let mut have = PairCounts::empty(vec![2, 3]).unwrap();
    (0..3).for_each(|_| have.add(&[&[0], &[0]]).unwrap());
    let wanted = Wanted { targets: vec![vec![0, 0], vec![15, 0, 0]], ..Wanted::default() };
    let found = cards(&wanted, &have, None, 10, 1).unwrap();
    assert_eq!(found.cards.iter().map(|card| card.more).collect::<Vec<_>>(), [12]);
    assert_eq!(found.cards[0].told(&names()), "12 more with language: en");
}

#[test]
fn a_facet_in_which_nothing_is_missing_is_left_open() {
    let mut have = PairCounts::empty(vec![2, 3]).unwrap();
    (0..9).for_each(|_| have.add(&[&[0], &[0]]).unwrap());
    let wanted = Wanted { targets: vec![vec![90, 0], vec![9, 0, 0]], ..Wanted::default() };
    let found = cards(&wanted, &have, None, 10, 1).unwrap();
    let told: Vec<_> = found.cards.iter().map(|card| (card.values.clone(), card.more)).collect();
    assert_eq!(told, [(vec![Some(0), None], 81)], "no language gets more than it wants");
    assert_eq!(found.cards[0].told(&names()), "81 more with intent: refund");
}

#[test]
fn targets_beyond_counting_are_no_overflow() {
    let have = PairCounts::empty(vec![2, 1]).unwrap();
    let wanted = Wanted { targets: vec![vec![3, u32::MAX], vec![u32::MAX]], ..pairs_only(&[2, 1], u32::MAX) };
    let found = cards(&wanted, &have, None, 100, 1).unwrap();
    assert!(found.cards.iter().map(|card| u64::from(card.more)).sum::<u64>() >= u64::from(u32::MAX));
}

#[test]
fn what_nobody_wants_is_not_proposed_for_the_sake_of_its_pairs() {
    let have = PairCounts::empty(vec![2, 3]).unwrap();
    let unwanted = std::collections::HashSet::from([At::new(1, 2)]);
    let forbidden = Forbidden::default().without(have.grid(), &unwanted);
    let wanted = Wanted { forbidden, ..pairs_only(&[2, 3], 1) };
    let found = cards(&wanted, &have, None, 100, 1).unwrap();
    assert_eq!(found.cards.len(), 4);
    assert!(found.cards.iter().all(|card| card.values[1] != Some(2)), "{found:?}");
    let covered = pair_coverage(&written(&[2, 3], &found.cards), &wanted.forbidden, 1, 10);
    assert_eq!((covered.possible(), covered.satisfied()), (4, 4));
}

#[test]
fn what_fails_and_what_is_asked_for_comes_first() {
    let nothing = PairCounts::empty(vec![2, 3]).unwrap();
    let known = |cell, traffic, lift| PairWeight { cell, traffic, lift };
    let wanted = Wanted {
        known: vec![known(cell((0, 1), (1, 2)), 1.0, 2.0), known(cell((0, 0), (1, 1)), 2.0, 0.0)],
        ..pairs_only(&[2, 3], 1)
    };
    let gaps = open_gaps(&wanted, &nothing, None, 3).unwrap();
    let weights: Vec<(String, f64)> = gaps.iter().map(|gap| (gap.place.told(&names()), gap.weight)).collect();
    assert_eq!(weights[0], ("lost × tr".to_owned(), 1.5));
    assert_eq!(weights[1], ("refund × de".to_owned(), 1.0));
    assert!((weights[2].1 - 0.5).abs() < 1e-12);
}

#[test]
fn what_no_example_can_have_is_told_and_not_proposed() {
    // The first value of facet 0 goes with nothing of facet 2, so that no pair with it can be had.
    let nothing = PairCounts::empty(vec![2, 2, 2]).unwrap();
    let pairs = [cell((0, 0), (2, 0)), cell((0, 0), (2, 1))];
    let forbidden = Forbidden::new(nothing.grid(), &pairs).unwrap();
    let wanted = Wanted { forbidden, ..pairs_only(&[2, 2, 2], 1) };
    let found = cards(&wanted, &nothing, None, 100, 3).unwrap();
    let mut unreachable = found.unreachable.clone();
    unreachable.sort_unstable();
    assert_eq!(unreachable, [Place::Pair(cell((0, 0), (1, 0))), Place::Pair(cell((0, 0), (1, 1)))]);
    assert!(found.cards.iter().all(|card| card.values[0] != Some(0)));
    let covered = pair_coverage(&written(&[2, 2, 2], &found.cards), &wanted.forbidden, 1, 10);
    assert_eq!(covered.possible() - covered.satisfied(), 2);
}

#[test]
fn bad_input_is_refused_with_the_reason() {
    let have = PairCounts::empty(vec![2, 3]).unwrap();
    let refused = |wanted: &Wanted| open_gaps(wanted, &have, None, 5).unwrap_err().to_string();
    let short = Wanted { targets: vec![vec![1, 1], vec![1]], ..Wanted::default() };
    assert!(refused(&short).starts_with("targets of facet 2: 1, for 3 values"));
    let weights = Weights { pair: f64::NAN, ..Weights::default() };
    assert!(refused(&Wanted { weights, ..pairs_only(&[2, 3], 1) }).starts_with("w2 is NaN"));
    let known = vec![PairWeight { cell: cell((0, 1), (1, 9)), traffic: 1.0, lift: 0.0 }];
    assert!(
        refused(&Wanted { known, ..pairs_only(&[2, 3], 1) })
            .starts_with("a weight or a number is given for a pair")
    );
    let other = PairCounts::empty(vec![2, 2]).unwrap();
    assert_eq!(open_gaps(&pairs_only(&[2, 3], 1), &have, Some(&other), 5), Err(GapError::Queued));
    assert_eq!((default_target(1_000, 0.25), default_target(100, 0.1)), (250, 30));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_forbidden_is_never_proposed_and_all_else_gets_filled(
        kinds in prop::collection::vec(0_u16..4, 2..5),
        pairs in prop::collection::vec((any::<u16>(), any::<u16>(), any::<u16>(), any::<u16>()), 0..8),
        per_pair in 0_u32..3,
        target in 0_u32..5,
        seed in any::<u64>(),
    ) {
        let have = PairCounts::empty(kinds.clone()).unwrap();
        let facets = kinds.len();
        let to_cell = |&(a, b, x, y): &(u16, u16, u16, u16)| {
            let at = |facet: u16, value: u16| {
                let facet = usize::from(facet) % facets;
                At::new(facet, value % kinds[facet].max(1))
            };
            let cell = Cell::new(at(a, x), at(b, y)).ok()?;
            have.grid().index(cell).map(|_| cell)
        };
        let pairs: Vec<Cell> = pairs.iter().filter_map(to_cell).collect();
        let forbidden = Forbidden::new(have.grid(), &pairs).unwrap();
        let targets = kinds.iter().map(|&kinds| vec![target; usize::from(kinds)]).collect();
        let wanted = Wanted { targets, forbidden, ..pairs_only(&kinds, per_pair) };
        for gap in open_gaps(&wanted, &have, None, 1_000).unwrap() {
            prop_assert!(!pairs.iter().any(|pair| gap.place == Place::Pair(*pair)));
        }
        let found = cards(&wanted, &have, None, 10_000, seed).unwrap();
        for card in &found.cards {
            let row: Vec<u16> = card.values.iter().map(|value| value.unwrap_or(u16::MAX)).collect();
            prop_assert!(!wanted.forbidden.forbids_row(&row));
            prop_assert!(card.more > 0 && !card.fills.is_empty());
        }
        let then = written(&kinds, &found.cards);
        for gap in open_gaps(&wanted, &then, None, 1_000).unwrap() {
            prop_assert!(found.unreachable.contains(&gap.place), "{:?} stays open", gap);
        }
    }
}

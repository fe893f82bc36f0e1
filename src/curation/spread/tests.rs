//! Measures against what is worked out by hand, by another formula, or printed in tables.

use proptest::prelude::*;

use super::*;
use crate::curation::balance::Verdict;
use crate::curation::proportion::Share;

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

#[test]
fn buckets_double_and_quantiles_are_those_of_the_numbers() {
    let usable: Vec<u32> = (1..=100).collect();
    let histogram = Histogram::of(&usable, &[0, 40, 300]);
    let told: Vec<_> = histogram.buckets.iter().map(|it| (it.from, it.to, it.usable, it.others)).collect();
    assert_eq!(
        told,
        [
            (0, 0, 0, 1),
            (1, 1, 1, 0),
            (2, 3, 2, 0),
            (4, 7, 4, 0),
            (8, 15, 8, 0),
            (16, 31, 16, 0),
            (32, 63, 32, 1),
            (64, 127, 37, 0),
            (128, 255, 0, 0),
            (256, 511, 0, 1),
        ]
    );
    assert_eq!((histogram.counted, histogram.most()), (103, 37));
    // Of what is not usable they say nothing.
    assert_eq!(histogram.quantiles, Some(Quantiles { p5: 5, p50: 50, p95: 95, largest: 100 }));
    assert_eq!((histogram.usable, Histogram::of(&[], &[7]).quantiles), (100, None));
    let ends = Histogram::of(&[u32::MAX], &[]);
    assert_eq!(ends.buckets, [Bucket { from: 1 << 31, to: u32::MAX, usable: 1, others: 0 }]);
    assert_eq!(Histogram::of(&[], &[]), Histogram::default());
}

#[test]
fn two_samples_are_as_far_apart_as_their_shares() {
    // shares up to 2: 2 of 4 against 0 of 5; up to 3: 3 of 4 against 1 of 5; up to 4: all against 3 of 5
    let apart = kolmogorov_smirnov(&mut [4, 1, 3, 2], &mut [3, 4, 4, 7, 9]).unwrap();
    close(apart.distance, 0.55);
    assert_eq!(apart.sizes, (4, 5));
    assert_eq!(kolmogorov_smirnov(&mut [], &mut [1]), None);
    let same = kolmogorov_smirnov(&mut [5, 5, 5], &mut [5, 5]).unwrap();
    assert_eq!((same.distance, same.p, same.is_apart()), (0.0, 1.0, false));
    assert_eq!(same.told(), "of the same length, as far as so few can tell");
}

/// Critical values as Smirnov's table prints them (Annals of Mathematical Statistics 19, 1948).
#[test]
fn the_chance_is_that_of_the_printed_table() {
    // two samples of 2,000 have an effective size of 1,000, of which λ is √1000 D
    for (lambda, chance) in [(1.22, 0.101_897), (1.36, 0.049_486), (1.63, 0.009_846)] {
        let shifted = (lambda / 1_000_f64.sqrt() * 2_000.0).round();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let shift = shifted as u32;
        let mut one: Vec<u32> = (0..2_000).collect();
        let mut other: Vec<u32> = (shift..2_000 + shift).collect();
        let apart = kolmogorov_smirnov(&mut one, &mut other).unwrap();
        close(apart.distance, shifted / 2_000.0);
        assert!((apart.p - chance).abs() < 0.003, "{} is not {chance}", apart.p);
    }
}

#[test]
fn what_hangs_together_is_told_with_its_strength() {
    // χ² = N (ad − bc)² / (product of the four sums) = 100 · 500² / 50⁴ = 4
    let even = association(&[vec![20, 30], vec![30, 20]]).unwrap();
    close(even.chi_square, 4.0);
    close(even.v, 0.2);
    assert!((even.p - 0.045_500_263_896_358_42).abs() < 1e-9, "{}", even.p);
    assert!(!even.is_strong());
    // one tells the other, whatever has nothing
    let whole = association(&[vec![10, 0, 0], vec![0, 0, 0], vec![0, 0, 10]]).unwrap();
    close(whole.v, 1.0);
    close(whole.chi_square, 20.0);
    assert!(whole.is_strong());
    // strong, but of four: that is chance
    let few = association(&[vec![2, 0], vec![1, 1]]).unwrap();
    assert!(few.v > Association::STRONG && !few.is_strong(), "{few:?}");
    assert_eq!(association(&[vec![5, 3]]), None);
    assert_eq!(association(&[vec![5, 0], vec![3, 0]]), None);
    assert_eq!(association(&[]), None);
}

#[test]
fn the_strongest_tie_is_named() {
    let tie = strongest(&[vec![40, 10], vec![5, 45]]).unwrap();
    // expected 22.5, 27.5, 22.5, 27.5: furthest above is the first
    assert_eq!((tie.row, tie.column, tie.n), (0, 0, 40));
    close(tie.of_column, 40.0 / 45.0);
    close(tie.of_all, 0.5);
    assert_eq!(strongest(&[vec![0, 0]]), None);
}

#[test]
fn markdown_and_refusals_are_seen_without_reading() {
    let marks = |text| Look::of(text).marks;
    assert_eq!(marks("# Title\n\nPlain, with a - dash and a # number.\n- one\n  * two\n1. three\n> said"), 5);
    assert_eq!(marks("**bold** and `code` and **more**"), 3);
    assert_eq!(marks("```rust\nlet a = 1;\n```"), 2);
    assert_eq!(marks("| a | b |\n|---|---|"), 2);
    assert_eq!(marks("2024. was a year; 12 apples; #tag; ####### seven"), 0);
    for refusal in
        ["I can’t help with that.", "Sorry, I'm unable to help with that.", "Das kann ich nicht beantworten."]
    {
        assert!(Look::of(refusal).refuses, "{refusal}");
    }
    let far = format!("{} I can't say.", "Of course. ".repeat(30));
    assert!(!Look::of(&far).refuses && !Look::of("Of course I can.").refuses);
}

#[test]
fn a_rule_is_told_by_the_lower_end_of_what_it_may_be() {
    let told = |x, n| (Rule::Longer.verdict(Share { x, n }), Rule::Longer.told(Share { x, n }));
    // Wilson: 70 of 100 is 60.4 to 78.1 %
    assert_eq!(told(70.0, 100.0).0, Some(Verdict::Look));
    assert_eq!(
        told(70.0, 100.0).1.unwrap(),
        "the longer response is chosen in 70 % of 100 pairs (60 to 78 %): a model could learn just that"
    );
    assert_eq!(told(90.0, 100.0).0, Some(Verdict::Bad));
    // 9 of 10 is 59.6 to 98.2 %: too few to tell
    assert_eq!(told(9.0, 10.0).0, Some(Verdict::Good));
    assert_eq!(told(0.0, 0.0), (None, None));
    // none of 18 is 0 to 17.6 %: people lean the other way
    let refusals = Share { x: 0.0, n: 18.0 };
    assert_eq!(Rule::FewerRefusals.verdict(refusals), Some(Verdict::Bad));
    assert_eq!(
        Rule::FewerRefusals.told(refusals).unwrap(),
        "the one that refuses is chosen in 100 % of 18 pairs (82 to 100 %): a model will learn just that"
    );
    assert!(Slot(Share { x: 63.0, n: 100.0 }).decides() && !Slot(Share { x: 55.0, n: 100.0 }).decides());
    assert_eq!(
        Slot(Share { x: 63.0, n: 100.0 }).told().unwrap(),
        "the response shown earlier is chosen in 63 % of 100 pairs: the place decides more than chance would (1.2 %)"
    );
}

proptest! {
    #[test]
    fn the_distance_is_the_largest_over_all_numbers(
        mut one in prop::collection::vec(0_u32..30, 1..40),
        mut other in prop::collection::vec(0_u32..30, 1..40),
    ) {
        let share = |numbers: &[u32], most: u32| {
            let below = numbers.iter().filter(|number| **number <= most).count();
            f64::from(u32::try_from(below).unwrap()) / f64::from(u32::try_from(numbers.len()).unwrap())
        };
        let largest = (0..30).map(|at| (share(&one, at) - share(&other, at)).abs()).fold(0.0, f64::max);
        let is = kolmogorov_smirnov(&mut one, &mut other).unwrap();
        prop_assert!((is.distance - largest).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&is.p));
    }

    #[test]
    fn every_number_is_in_one_bucket(numbers in prop::collection::vec(any::<u32>(), 0..60)) {
        let histogram = Histogram::of(&numbers, &[]);
        prop_assert_eq!(histogram.buckets.iter().map(|bucket| bucket.all()).sum::<u64>(), numbers.len() as u64);
        for bucket in &histogram.buckets {
            let there = numbers.iter().filter(|number| (bucket.from..=bucket.to).contains(number)).count();
            prop_assert_eq!(bucket.usable, there as u64);
        }
        if let Some(quantiles) = histogram.quantiles {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            prop_assert_eq!(quantiles.p50, sorted[(sorted.len() - 1) / 2]);
            prop_assert_eq!(quantiles.largest, sorted[sorted.len() - 1]);
        }
    }

    #[test]
    fn an_association_lies_between_nothing_and_all(
        table in prop::collection::vec(prop::collection::vec(0_u64..50, 3), 1..5),
    ) {
        if let Some(is) = association(&table) {
            prop_assert!((0.0..=1.0).contains(&is.v) && (0.0..=1.0).contains(&is.p));
        }
    }
}

use proptest::prelude::*;

use super::*;

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-8, "{a} is not {b}");
}

const GIRDLED: [u64; 26] =
    [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
const SKEWED: [u64; 8] = [900, 50, 30, 10, 5, 3, 1, 1];

/// Values by scikit-bio 0.7 (Gini by trapezoids), and the spider data of iNEXT (Girdled).
#[test]
fn the_indices_are_those_of_others() {
    let balance = Balance::of(&GIRDLED, None).unwrap();
    close(balance.entropy, 2.489_865_210_691_57);
    let hill = [26.0, 12.059_650_498_938_32, 7.84];
    balance.hill.iter().zip(hill).for_each(|(is, should)| close(*is, should));
    close(balance.evenness, 0.764_208_543_741_791_7);
    close(balance.gini, 0.638_278_388_278_388_2);
    close(balance.imbalance.unwrap(), 46.0);
    close(balance.largest.unwrap().share, 0.273_809_523_809_523_84);
    close(balance.smallest.unwrap().share, 1.0 / 168.0);
    let balance = Balance::of(&SKEWED, None).unwrap();
    close(balance.entropy, 0.453_594_042_910_870_13);
    close(balance.hill[1], 1.573_958_907_985_645_3);
    close(balance.hill[2], 1.229_201_903_787_908_5);
    close(balance.evenness, 0.218_132_625_428_096_03);
    close(balance.gini, 0.828);
    close(balance.imbalance.unwrap(), 900.0);
    let balance = Balance::of(&[25, 25, 25, 25], None).unwrap();
    close(balance.hill[1], 4.0);
    close(balance.evenness, 1.0);
    close(balance.gini, 0.0);
    close(effective_kinds(&[0, 0]), 0.0);
    close(effective_kinds(&[10, 10, 0, 0]), 2.0);
}

/// Values by scipy 1.17.1.
#[test]
fn the_divergences_are_those_of_others() {
    let balance = Balance::of(&[90, 6, 4], Some(&[5.0, 3.0, 2.0])).unwrap();
    let far = balance.divergence.unwrap();
    close(far.kl, 0.368_064_207_168_497_14);
    close(far.js, 0.146_793_102_436_052_15);
    close(far.total_variation, 0.4);
    close(far.psi, 0.878_889_830_934_487_7);
    close(far.chi_square.statistic, 64.0);
    assert!((far.chi_square.p.unwrap() / 1.266_416_554_909_415_8e-14 - 1.0).abs() < 1e-6);
    close(far.g.statistic, 73.612_841_433_699_43);
    assert_eq!(balance.missing, [0, 48, 32]);
}

#[test]
fn declared_kinds_without_examples_count() {
    let balance = Balance::of(&[10, 10, 0, 0], None).unwrap();
    close(balance.evenness, 0.5);
    close(balance.hill[1], 2.0);
    assert_eq!(balance.imbalance, Some(f64::INFINITY));
    assert_eq!((balance.largest.unwrap().at, balance.smallest.unwrap().at), (0, 2));
}

#[test]
fn what_is_not_wanted_is_infinitely_far_and_what_is_missing_is_counted_without_it() {
    let balance = Balance::of(&[8, 1, 3], Some(&[0.5, 0.5, 0.0])).unwrap();
    let far = balance.divergence.unwrap();
    assert!(far.kl.is_infinite() && far.psi.is_infinite() && far.chi_square.statistic.is_infinite());
    assert_eq!((far.chi_square.p, far.g.p), (Some(0.0), Some(0.0)));
    assert!(far.js > 0.0 && far.js < 1.0);
    assert_eq!(balance.missing, [0, 7, 0]);
    // Nothing can be far from a target that only one kind has.
    let alone = divergence(&[5], &[1.0]).unwrap().unwrap();
    assert_eq!((alone.total_variation, alone.chi_square.p), (0.0, None));
}

#[test]
fn a_target_that_is_none_is_refused_with_the_reason() {
    let refused = |target: &[f64]| Balance::of(&[1, 2], Some(target)).unwrap_err().to_string();
    assert!(refused(&[1.0]).starts_with("target shares: 1, kinds: 2"));
    assert_eq!(refused(&[0.5, -0.1]), "the target share of kind 2 is -0.1: give a number from 0 on");
    assert!(refused(&[f64::NAN, 1.0]).contains("kind 1 is NaN"));
    assert!(refused(&[0.0, 0.0]).starts_with("no kind has a target share"));
    assert!(Balance::of(&[1, 2], Some(&[f64::MAX, f64::MAX])).is_ok());
}

#[test]
fn every_measure_is_a_sentence() {
    let told = Balance::of(&[90, 6, 4], Some(&[0.5, 0.3, 0.2])).unwrap().told(&["refund", "lost"]);
    let said: Vec<&str> = told.iter().map(|told| told.sentence.as_str()).collect();
    assert_eq!(
        said,
        [
            "3 of 3 kinds are there",
            "1.5 of 3 kinds carry the weight",
            "1.2 of 3 kinds if only the frequent ones count",
            "one needs 0.39 nats to tell which kind an example is",
            "0.36 of the evenness of kinds that all have the same",
            "refund has the most: 90 %",
            "kind 3 has the least: 4 %",
            "the largest kind has 22.5 times what the smallest has",
            "inequality is 0.57: 0 is all the same, 1 is one has all",
            "40 % of the examples are of a kind that has too many",
            "0.37 nats are lost by taking the target for what is there",
            "0.15 of the way from the same as the target to nothing in common",
            "far enough from the target to act",
            "by chance one would be so far from the target less than 0.1 % of the time",
            "by chance one would be so far from the target less than 0.1 % of the time",
            "the target takes 80 more, with nothing taken away",
        ]
    );
    let told = Balance::of(&[3, 2], Some(&[1.0, 1.0])).unwrap().told(&[]);
    let said = |measure| told.iter().find(|told| told.measure == measure).unwrap().sentence.clone();
    assert_eq!(said(Measure::ChiSquare), "too few examples (5) to tell this from the target");
    assert_eq!(said(Measure::Missing), "the target takes 1 more, with nothing taken away");
    let told = Balance::of(&[5, 2, 1], Some(&[0.0, 1.0, 1.0])).unwrap().told(&[]);
    let missing = told.iter().find(|told| told.measure == Measure::Missing).unwrap();
    assert_eq!(missing.sentence, "the kinds that are wanted take 1 more; those that are not stay too many");
    let told = Balance::of(&[5, 0], None).unwrap().told(&[]);
    assert_eq!(told[4].sentence, "0.00 of the evenness of kinds that all have the same");
    assert!(Balance::of(&[0, 0], Some(&[1.0, 1.0])).unwrap().told(&[]).is_empty());
}

proptest! {
    #[test]
    fn measures_stay_in_their_bounds(
        kinds in prop::collection::vec((0_u64..1_000, 0.01_f64..10.0), 1..12),
    ) {
        let (counts, target): (Vec<u64>, Vec<f64>) = kinds.into_iter().unzip();
        let balance = Balance::of(&counts, Some(&target)).unwrap();
        let near = -1e-9..=1.0 + 1e-9;
        prop_assert!(near.contains(&balance.evenness) && near.contains(&balance.gini));
        let [seen, effective, dominant] = balance.hill;
        prop_assert!(seen + 1e-9 >= effective && effective + 1e-9 >= dominant);
        if let Some(far) = balance.divergence {
            prop_assert!(near.contains(&far.total_variation) && near.contains(&far.js));
            prop_assert!(far.kl >= -1e-9 && far.psi >= -1e-9);
            // What is missing, once written, is no longer missing but for rounding.
            let then: Vec<u64> = counts.iter().zip(&balance.missing).map(|(n, more)| n + more).collect();
            let far = divergence(&then, &target).unwrap().unwrap();
            prop_assert!(far.total_variation * float(then.iter().sum()) <= length(then.len()) + 1e-6);
        }
    }
}

use proptest::prelude::*;

use super::*;
use crate::curation::tway::{Column, Columns, Names, PairCounts};

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

/// Values of statsmodels 0.15.0 (`confint_proportions_2indep`, `multipletests`) and scipy 1.17.1.
#[test]
fn shares_are_compared_as_by_others() {
    let cases = [
        (
            (18, 40, 17, 160),
            [0.189_741_887_471_845_84, 0.500_354_053_214_731_7],
            [3.198_283_169_195_504_3e-6; 2],
        ),
        (
            (5, 60, 30, 140),
            [-0.219_675_941_840_605_63, -0.016_666_835_670_951_244],
            [0.026_184_536_968_098_575, 0.994_954_654_204_474_8],
        ),
        (
            (9, 20, 26, 180),
            [0.104_946_902_247_238_04, 0.518_059_830_105_723],
            [0.002_337_679_279_203_372_7; 2],
        ),
    ];
    let mut chances = Vec::new();
    for ((x1, n1, x2, n2), ends, [two_sided, greater]) in cases {
        let difference = newcombe(x1, n1, x2, n2, 0.95);
        close(difference.low, ends[0]);
        close(difference.high, ends[1]);
        let test = fisher(x1, n1, x2, n2);
        assert!((test.two_sided / two_sided - 1.0).abs() < 1e-9, "{test:?}");
        assert!((test.greater / greater - 1.0).abs() < 1e-9, "{test:?}");
        chances.push(test.two_sided);
    }
    let adjusted = [9.594_849_507_586_514e-6, 0.026_184_536_968_098_575, 0.003_506_518_918_805_059];
    benjamini_hochberg(&chances).iter().zip(adjusted).for_each(|(is, should)| close(*is, should));
    // Nothing to compare with says nothing, and what is impossible does no harm.
    close(fisher(3, 10, 0, 0).two_sided, 1.0);
    close(fisher(0, 0, 0, 0).two_sided, 1.0);
    close(fisher(9, 5, 0, 5).two_sided, fisher(5, 5, 0, 5).two_sided);
    assert!(fisher(400_000, 500_000, 1_000, 500_000).two_sided < 1e-300);
}

/// The data of García-Arenzana et al. in the Handbook of Biological Statistics, adjusted by statsmodels 0.15.0.
#[test]
fn many_looks_are_paid_for() {
    let chances = [
        0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275,
        0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
    ];
    let mut expected = vec![0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.264_285_714_285_714_23];
    expected.extend([0.491_071_428_571_428_55; 7]);
    expected.extend([
        0.532_812_5,
        0.532_812_5,
        0.564_705_882_352_941_2,
        0.781_578_947_368_421,
        0.781_578_947_368_421,
    ]);
    expected.extend([0.87, 0.907_142_857_142_857_1, 0.986, 0.986, 0.986, 0.986]);
    benjamini_hochberg(&chances).iter().zip(expected).for_each(|(is, should)| close(*is, should));
    assert!(benjamini_hochberg(&[]).is_empty());
}

/// Values of statsmodels 0.15.0; the first table is that of Wikipedia.
#[test]
fn two_runs_are_compared_as_by_others() {
    let runs = Runs { both: 101, broke: 121, mended: 59, neither: 33 };
    let (statistic, p) = runs.corrected();
    close(statistic, 20.672_222_222_222_22);
    close(p, 5.450_094_825_427_117e-6);
    close(runs.p(), p);
    let few = Runs { both: 30, broke: 12, mended: 4, neither: 54 };
    close(few.exact(), 0.076_812_744_140_625);
    close(few.p(), few.exact());
    close(Runs::default().p(), 1.0);
    let tests = [(true, true), (true, false), (false, true), (false, false), (true, false)];
    assert_eq!(Runs::of(tests), Runs { both: 1, broke: 2, mended: 1, neither: 1 });
}

/// Tests with intent (cancel, other, refund, status), language (de, en, tr) and length (long, short): how
/// many there are of each combination, and how many fail.
const TESTS: [[usize; 2]; 24] = [
    [15, 9],
    [12, 9],
    [34, 4],
    [40, 3],
    [6, 2],
    [6, 0],
    [4, 0],
    [3, 0],
    [14, 1],
    [10, 1],
    [0, 0],
    [2, 0],
    [10, 2],
    [17, 1],
    [71, 14],
    [59, 8],
    [12, 3],
    [9, 0],
    [7, 0],
    [4, 0],
    [28, 2],
    [32, 1],
    [4, 0],
    [1, 0],
];

fn counted() -> (PairCounts, PairCounts) {
    let (mut columns, mut failed) = ([Vec::new(), Vec::new(), Vec::new()], Vec::new());
    for (at, [n, x]) in TESTS.into_iter().enumerate() {
        for test in 0..n {
            [at / 6, at % 6 / 2, at % 2].iter().zip(&mut columns).for_each(|(code, column)| {
                column.push(u16::try_from(*code).unwrap());
            });
            failed.push(test < x);
        }
    }
    let [intent, language, length] = columns;
    let columns = [Column::one(4, intent), Column::one(3, language), Column::one(2, length)];
    let columns = Columns::new(columns.map(Result::unwrap).to_vec()).unwrap();
    (PairCounts::of(&columns).unwrap(), PairCounts::of_those(&columns, |row| failed[row]).unwrap())
}

fn names() -> Names {
    let facet =
        |name: &str, values: &[&str]| (name.to_owned(), values.iter().map(|&v| v.to_owned()).collect());
    Names::new(vec![
        facet("intent", &["cancel", "other", "refund", "status"]),
        facet("language", &["de", "en", "tr"]),
        facet("length", &["long", "short"]),
    ])
}

/// Scores of the package sliceline 0.3.0 (α = 0.95, slices of at least 10).
#[test]
fn slices_are_scored_as_by_others() {
    let (tests, failures) = counted();
    assert_eq!((tests.examples(), failures.examples()), (400, 60));
    let all = Options { false_share: 1.0, failures: 1, ..Options::default() };
    let found = slices(&tests, &failures, &all).unwrap();
    let score = |name: &str| {
        let slice = found.slices.iter().find(|slice| names().together(&slice.values) == name).unwrap();
        (slice.score, slice.tests, slice.failures)
    };
    let (value, n, x) = score("cancel × de");
    close(value, 2.581_481_481_481_480_6);
    assert_eq!((n, x), (27, 18));
    let (value, n, x) = score("de");
    close(value, 0.669_444_444_444_444_4);
    assert_eq!((n, x), (72, 21));
    close(score("cancel").0, 0.436_283_185_840_707_8);
    close(slice_score(11, 36, 60, 400, 0.95), 0.479_629_629_629_629_3);
    close(slice_score(15, 55, 60, 400, 0.95), 0.463_636_363_636_363_35);
}

#[test]
fn what_promises_most_comes_first_and_parts_have_to_beat_their_whole() {
    let (tests, failures) = counted();
    let found = slices(&tests, &failures, &Options::default()).unwrap();
    let told: Vec<String> = found.slices.iter().map(|slice| slice.told(&names())).collect();
    assert_eq!(
        told,
        [
            "cancel × de fails 67 % (18 of 27), 4.4 times as often as all",
            "de fails 29 % (21 of 72), 1.9 times as often as all",
            "cancel fails 24 % (27 of 113), 1.6 times as often as all",
        ]
    );
    assert!(found.slices.windows(2).all(|two| two[0].promise >= two[1].promise));
    let worst = &found.slices[0];
    close(worst.promise, worst.difference.low * 27.0 / 400.0);
    assert!(worst.q <= 0.1 && worst.p < worst.q && worst.interval.contains(worst.rate));
    assert!(found.looked_at > 10);
    let one = slices(&tests, &failures, &Options { at_most: 1, ..Options::default() }).unwrap();
    assert_eq!(one.slices, found.slices[..1]);
}

#[test]
fn counts_that_do_not_fit_are_refused() {
    let (tests, failures) = counted();
    let other = PairCounts::empty(vec![2]).unwrap();
    assert_eq!(slices(&tests, &other, &Options::default()), Err(SliceError::Facets));
    let turned = slices(&failures, &tests, &Options::default());
    assert_eq!(turned, Err(SliceError::Counts { failures: 400, tests: 60 }));
    let nothing = slices(&other, &other, &Options::default()).unwrap();
    assert_eq!((nothing.slices.len(), nothing.looked_at), (0, 0));
    let none_fails = slices(&tests, &PairCounts::empty(vec![4, 3, 2]).unwrap(), &Options::default()).unwrap();
    assert_eq!(none_fails.slices, []);
}

#[test]
fn better_overall_may_be_worse_somewhere() {
    let count = |rows: &[([u16; 2], usize)]| {
        let mut counts = PairCounts::empty(vec![4, 3]).unwrap();
        for (row, n) in rows {
            (0..*n).for_each(|_| counts.add(&[&row[..1], &row[1..]]).unwrap());
        }
        counts
    };
    let (broke, mended) =
        (count(&[([2, 2], 10), ([0, 1], 2)]), count(&[([0, 1], 40), ([2, 1], 9), ([1, 2], 9)]));
    let worse = worse_slices(&broke, &mended, 0.1).unwrap();
    assert_eq!(
        worse.iter().map(|slice| names().together(&slice.values)).collect::<Vec<_>>(),
        ["refund × tr"]
    );
    let runs = Runs { both: 100, broke: 12, mended: 58, neither: 10 };
    assert_eq!(
        runs.told(&worse, &names()),
        "better overall (12 broke, 58 mended), worse on refund × tr (10 broke, 0 mended)"
    );
    let same = Runs { both: 100, broke: 3, mended: 2, neither: 10 };
    assert_eq!(same.told(&[], &names()), "no different overall (3 broke, 2 mended)");
    assert!(worse_slices(&broke, &PairCounts::empty(vec![1]).unwrap(), 0.1).is_err());
}

#[test]
fn the_budget_goes_where_most_fails() {
    let need = |traffic, fails| Need { traffic, fails };
    let needs = [need(0.5, 0.25), need(0.1, 0.35), need(0.01, 0.15), need(0.3, 0.02)];
    // 0.5 · 0.2 and 0.1 · 0.3 and 0.01 · 0.1: of 100 shared out these would be 76.3, 22.9 and 0.8.
    let given = share_out(100, &needs, 0.05, 5);
    assert_eq!((given.iter().sum::<u64>(), given[2], given[3]), (100, 5, 0));
    assert!(given[0] > 70 && given[1] > 18, "{given:?}");
    assert_eq!(share_out(9, &needs, 0.05, 5), [9, 0, 0, 0]);
    assert_eq!(share_out(4, &needs, 0.05, 5), [0; 4]);
    assert_eq!(share_out(100, &[need(1.0, 0.01)], 0.05, 5), [0]);
    assert_eq!(share_out(3, &[need(1.0, f64::NAN), need(1.0, 0.5)], 0.05, 0), [0, 3]);
}

#[test]
fn causes_are_told_by_what_is_known_of_the_examples() {
    let good = Known { trained: 100, suspects: 5, agreement: Some(0.8), ..Known::default() };
    assert_eq!(cause(&good), Cause::NotTheData);
    assert_eq!(cause(&Known { wanted: Some(150), ..good }), Cause::Thin);
    assert_eq!(cause(&Known { suspects: 11, wanted: Some(150), ..good }), Cause::Noisy);
    assert_eq!(cause(&Known { agreement: Some(0.5), ..good }), Cause::Noisy);
    assert_eq!(cause(&Known { contradictions: 1, suspects: 50, ..good }), Cause::Contradictory);
    assert_eq!(cause(&Known::default()).told(), "thin: write more");
}

proptest! {
    #[test]
    fn the_exact_test_is_the_sum_of_its_parts(x1 in 0_u64..30, m1 in 0_u64..30, x2 in 0_u64..30, m2 in 0_u64..30) {
        let (n1, n2) = (x1 + m1, x2 + m2);
        let choose = |n: u64, k: u64| if k > n { 0.0 } else { statrs::function::factorial::binomial(n, k) };
        let chance = |x: u64| choose(n1, x) * choose(n2, x1 + x2 - x) / choose(n1 + n2, x1 + x2);
        let (mut two_sided, mut greater) = (0.0, 0.0);
        for x in 0..=x1 + x2 {
            two_sided += if chance(x) <= chance(x1) * (1.0 + 1e-7) { chance(x) } else { 0.0 };
            greater += if x >= x1 { chance(x) } else { 0.0 };
        }
        let test = fisher(x1, n1, x2, n2);
        prop_assert!((test.two_sided - two_sided.min(1.0)).abs() < 1e-9, "{:?} {}", test, two_sided);
        prop_assert!((test.greater - greater.min(1.0)).abs() < 1e-9, "{:?} {}", test, greater);
    }

    #[test]
    fn all_of_the_budget_is_given(
        budget in 0_u64..500,
        needs in prop::collection::vec((0.0_f64..1.0, 0.0_f64..1.0), 0..8),
        least in 0_u64..9,
    ) {
        let needs: Vec<Need> = needs.into_iter().map(|(traffic, fails)| Need { traffic, fails }).collect();
        let given = share_out(budget, &needs, 0.05, least);
        let sum: u64 = given.iter().sum();
        prop_assert!(sum == budget || (sum == 0 && (budget < least || needs.iter().all(|need| need.fails <= 0.05 || need.traffic == 0.0))));
        prop_assert!(given.iter().all(|&n| n == 0 || n >= least));
    }
}

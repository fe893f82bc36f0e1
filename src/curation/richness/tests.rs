use proptest::prelude::*;

use super::*;

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-8, "{a} is not {b}");
}

const GIRDLED: [u64; 26] =
    [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
const LOGGED: [u64; 37] = [
    88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1,
];

/// Values of iNEXT's spider data, copia and scikit-bio (whose z is 1.96, hence the wider tolerance of
/// intervals).
#[test]
fn the_estimates_are_those_of_others() {
    let of = |counts: &[u64], classic, corrected, covered, ends: [f64; 2]| {
        let kinds = Richness::of(counts);
        close(kinds.chao1().kinds(), classic);
        close(kinds.chao1_bias_corrected().kinds(), corrected);
        close(kinds.coverage().unwrap(), covered);
        // The confidence at which z is 1.96.
        let interval = kinds.chao1_bias_corrected().interval(0.950_004_209_703_559_1).unwrap();
        assert!(
            (interval.low - ends[0]).abs() < 1e-6 && (interval.high - ends[1]).abs() < 1e-6,
            "{interval:?}"
        );
    };
    of(
        &GIRDLED,
        43.892_857_142_857_14,
        39.2,
        0.928_855_438_795_796_7,
        [29.443_297_223_768_255, 76.602_660_379_494_15],
    );
    of(
        &LOGGED,
        61.402_777_777_777_78,
        55.2,
        0.944_570_635_371_316_8,
        [42.104_415_158_785_99, 101.892_840_745_888_8],
    );
    of(
        &[900, 50, 30, 10, 5, 3, 1, 1],
        8.999,
        9.0,
        0.998_003_996_003_996,
        [8.072_054_762_858_155, 21.878_333_094_629_32],
    );
    of(
        &[10, 5, 3, 1, 1, 1],
        8.857_142_857_142_858,
        9.0,
        0.863_945_578_231_292_6,
        [6.365_788_197_960_765, 30.604_402_356_812_344],
    );
    of(&[10, 5, 3, 2, 2], 5.0, 5.0, 1.0, [5.0, 5.550_774_756_780_791]);
    of(&[25, 25, 25, 25], 4.0, 4.0, 1.0, [4.0, 4.000_014_608_535_986]);
}

/// As iNEXT prints them of the same data, to three digits.
#[test]
fn the_estimate_that_is_told_has_the_interval_that_belongs_to_it() {
    for (counts, kinds, low, high) in
        [(&GIRDLED[..], 43.893, 30.511, 96.971), (&LOGGED[..], 61.403, 43.502, 128.583)]
    {
        let told = Richness::of(counts).chao1();
        let interval = told.interval(0.95).unwrap();
        for (is, should_be) in [(told.kinds(), kinds), (interval.low, low), (interval.high, high)] {
            assert!((is - should_be).abs() < 5e-4, "{is} is not {should_be}");
        }
    }
    assert_eq!(
        Richness::of(&GIRDLED).told()[1],
        "kinds unseen: at least 18, 5 to 71 with chance (Chao1, 95 % sure)"
    );
}

#[test]
fn new_kinds_are_expected_as_by_others() {
    let kinds = Richness::of(&GIRDLED);
    for (more, new) in [
        (1, 0.071_144_561_204_204_26),
        (10, 0.698_850_007_196_694_5),
        (50, 3.231_751_096_384_583_5),
        (100, 5.879_793_561_688_284),
        (168, 8.730_733_446_353_039),
        (1_000, 17.559_875_335_802_868),
    ] {
        close(kinds.new_kinds(more), new);
    }
    assert!(!kinds.is_enough());
    assert!(Richness::of(&[25, 25, 25, 25]).is_enough());
    assert_eq!(kinds.told()[3], "50 more show about 3.2 new kinds");
}

#[test]
fn heaps_law_is_found_again() {
    let points: Vec<(f64, f64)> = [
        (100.0, 126.859_460_498_704_4),
        (200.0, 194.967_156_352_045_78),
        (400.0, 299.640_183_763_758_6),
        (800.0, 460.509_561_743_099_8),
        (1_600.0, 707.745_716_188_789_6),
        (3_200.0, 1_087.716_825_873_460_3),
    ]
    .to_vec();
    let law = heaps(&points).unwrap();
    close(law.beta, 0.62);
    close(law.k, 7.3);
    close(law.kinds(400.0), points[2].1);
    assert_eq!(law.told(), "twice as much has 54 % more different words");
    assert!(heaps(&[(100.0, 20.0), (200.0, 22.0)]).unwrap().is_templated());
    assert_eq!(heaps(&[(100.0, 20.0), (100.0, 22.0), (0.0, 1.0)]), None);
}

#[test]
fn little_says_little() {
    let nothing = Richness::of(&[0, 0]);
    let interval = nothing.chao1().interval(0.95);
    assert_eq!((nothing.coverage(), interval, nothing.is_enough()), (None, None, false));
    assert_eq!((nothing.chao1().kinds(), nothing.new_kinds(100)), (0.0, 0.0));
    assert_eq!(Richness::of(&[1]).told(), ["1 observed: too few to tell what is unseen"]);
    let one = Richness::of(&[5, 1]);
    assert_eq!(one.chao1().interval(0.95).unwrap(), Interval { low: 2.0, high: 2.0 });
}

#[test]
fn a_change_that_cannot_be_is_refused_and_changes_nothing() {
    let mut counts = CountOfCounts::of([3, 1]);
    let before = counts.clone();
    assert_eq!(counts.change(2, 5), Err(NoSuchCount(2)));
    assert_eq!(counts, before);
}

proptest! {
    #[test]
    fn every_interval_holds_its_estimate_and_begins_at_what_was_seen(
        counts in prop::collection::vec(0_u64..5, 0..60), confidence in 0.5..0.999,
    ) {
        let kinds = Richness::of(&counts);
        for estimate in [kinds.chao1(), kinds.chao1_bias_corrected()] {
            let Some(Interval { low, high }) = estimate.interval(confidence) else {
                prop_assert_eq!(kinds.observed, 0);
                continue;
            };
            let seen = counts.iter().filter(|n| **n > 0).count() as u64;
            prop_assert!(float(seen) <= low, "{low} {high}");
            prop_assert!(low <= estimate.kinds() + 1e-9 && estimate.kinds() <= high + 1e-9, "{low} {high}");
        }
    }

    #[test]
    fn what_is_kept_up_is_what_is_counted_anew(steps in prop::collection::vec((0_usize..8, any::<bool>()), 0..400)) {
        let mut kinds = [0_u64; 8];
        let mut kept = CountOfCounts::default();
        for (at, adds) in steps {
            let was = kinds[at];
            let is = if adds { was + 1 } else { was.saturating_sub(1) };
            kept.change(was, is).unwrap();
            kinds[at] = is;
        }
        prop_assert_eq!(&kept, &CountOfCounts::of(kinds));
        prop_assert_eq!(kept.richness(), Richness::of(&kinds));
    }
}

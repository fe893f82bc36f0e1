use super::*;
use crate::curation::balance::Verdict;
use crate::curation::diversity::weighed;
use crate::curation::readiness::{Counted, Thresholds};
use crate::example::{Facet, Status, new_id};
use crate::store::{Counts, FacetCount, ValueCount};

/// A facet with the usable examples and the targets of its values.
fn facet(name: &str, values: &[(u64, Option<u32>)]) -> FacetCount {
    let value = |(at, &(usable, target)): (usize, &(u64, Option<u32>))| ValueCount {
        name: format!("value {at}"),
        target,
        share: None,
        by_status: vec![(Status::Approved, usable), (Status::Draft, 1_000)],
    };
    FacetCount {
        name: name.to_owned(),
        several: false,
        open: false,
        values: values.iter().enumerate().map(value).collect(),
    }
}

/// One whose values anybody may add to.
fn open_facet(name: &str, values: &[(u64, Option<u32>)]) -> FacetCount {
    FacetCount { open: true, ..facet(name, values) }
}

fn counts(facets: Vec<FacetCount>) -> Counts {
    Counts { facets, ..Counts::default() }
}

fn definition(name: &str, required: bool, open: bool) -> Facet {
    Facet { id: new_id(), name: name.to_owned(), several: false, open, required, values: Vec::new() }
}

fn share(gauge: &Gauge) -> f64 {
    match gauge.reading.unwrap().value {
        Value::Share(share) => share,
        Value::Kinds { .. } => panic!("{gauge:?} is no share"),
    }
}

#[test]
fn plenty_of_one_value_does_not_cover_another() {
    let usual = Thresholds::default();
    let gauge = coverage(
        &counts(vec![
            facet("intent", &[(286, Some(150)), (9, Some(150)), (50, None)]),
            facet("tone", &[(10, Some(10))]),
        ]),
        &usual,
    );
    // 150 + 9 + 10 of 310.
    assert!((share(&gauge) - 169.0 / 310.0).abs() < 1e-12);
    assert_eq!((gauge.n, gauge.of.as_str(), gauge.verdict()), (310, "of 310 wanted", "bad"));
    let none = coverage(&counts(vec![facet("intent", &[(286, None)])]), &usual);
    assert_eq!((none.reading, none.n, none.shown().as_str()), (None, 0, "not measured"));
}

#[test]
fn balance_is_that_of_the_worst_facet_with_targets() {
    let usual = Thresholds::default();
    // Observed 0.9, 0.06, 0.04 where 0.5, 0.3, 0.2 are wanted: the total variation is 0.4.
    let skewed = facet("intent", &[(90, Some(50)), (6, Some(30)), (4, Some(20))]);
    let even = facet("tone", &[(5, Some(1)), (5, Some(1))]);
    let both = [definition("intent", false, false), definition("tone", false, false)];
    let gauge = balance(&counts(vec![even, skewed]), &both, &usual);
    assert!((share(&gauge) - 0.6).abs() < 1e-9, "{gauge:?}");
    assert_eq!((gauge.n, gauge.of.as_str(), gauge.verdict()), (100, "of 100, intent", "bad"));
    assert!(gauge.sentence.starts_with("40 % of 100 would have to have another value"));
}

#[test]
fn where_a_facet_has_targets_no_other_is_weighed_and_an_open_one_only_then() {
    let names = |facets: &Counts, definitions: &[Facet]| -> Vec<String> {
        weighed(facets, definitions).into_iter().map(|one| one.facet.name.clone()).collect()
    };
    let aimed = facet("aimed", &[(5, Some(5)), (5, Some(5))]);
    let free = open_facet("free", &[(90, None), (1, None)]);
    let open = FacetCount { open: true, ..aimed.clone() };
    let required = facet("required", &[(9, None), (1, None)]);
    let other = facet("other", &[(9, None), (1, None)]);
    let definitions = [definition("required", true, false), definition("free", true, true)];
    let all = counts(vec![free.clone(), required.clone(), other.clone(), open]);
    assert_eq!(names(&all, &definitions), ["aimed"]);
    assert_eq!(names(&counts(vec![free.clone(), required, other.clone()]), &definitions), ["required"]);
    assert_eq!(names(&counts(vec![free.clone(), other]), &definitions), ["other"]);
    assert!(names(&counts(vec![free]), &definitions).is_empty());
}

#[test]
fn shares_of_no_examples_are_not_covered() {
    let mut facet = facet("intent", &[(0, Some(0)), (0, Some(0))]);
    facet.values.iter_mut().for_each(|value| value.share = crate::example::Share::from_millionths(500_000));
    let gauge = coverage(&counts(vec![facet]), &Thresholds::default());
    assert_eq!((gauge.reading, gauge.of.as_str()), (None, "no examples yet"));
    assert!(gauge.sentence.contains("set a goal"), "{}", gauge.sentence);
}

#[test]
fn without_targets_balance_is_told_in_kinds() {
    let usual = Thresholds::default();
    let values = [900, 50, 30, 10, 5, 3, 1, 1].map(|n| (n, None));
    let only = counts(vec![facet("intent", &values), open_facet("free", &[(1, None), (999, None)])]);
    let definitions = [definition("intent", true, false), definition("free", false, true)];
    let gauge = balance(&only, &definitions, &usual);
    let Value::Kinds { effective, of } = gauge.reading.unwrap().value else { panic!("{gauge:?}") };
    assert!((effective - 1.573_958_907_985_645_3).abs() < 1e-9);
    assert_eq!((of, gauge.shown().as_str(), gauge.verdict()), (8, "1.6 of 8", "bad"));
    assert!(gauge.sentence.ends_with("of 8; “value 0” is 90 % of it"), "{}", gauge.sentence);
    // Of an open facet nobody says what its values should be.
    let open = balance(&counts(vec![open_facet("free", &[(1, None), (999, None)])]), &definitions, &usual);
    assert_eq!(open.reading, None);
}

#[test]
fn consistency_is_the_share_without_a_finding() {
    let usual = Thresholds::default();
    let gauge = |x, n| consistency(Some(Counted::new(x, n)), &usual);
    assert_eq!(
        [gauge(99, 100), gauge(98, 100), gauge(97, 100)].map(|one| one.verdict()),
        ["good", "look", "bad"]
    );
    assert_eq!(
        (gauge(996, 1_000).shown().as_str(), gauge(996, 1_000).of.as_str()),
        ("99 %", "of 1,000 usable")
    );
    assert_eq!((consistency(None, &usual).reading, gauge(0, 0).reading), (None, None));
}

// Smallest samples with which at most 5 % or 10 % may be wrong, 95 % sure: values of scipy's `binom.cdf`.
#[test]
fn quality_is_the_exact_bound_and_needs_a_sample() {
    let usual = Thresholds::default();
    let gauge = |x, n| quality(Counted::new(x, n), &usual);
    for (x, fewest, limit) in [
        (0, 59, 0.95),
        (1, 93, 0.95),
        (2, 124, 0.95),
        (3, 153, 0.95),
        (5, 208, 0.95),
        (1, 46, 0.9),
        (2, 61, 0.9),
    ] {
        assert!(share(&gauge(x, fewest)) >= limit, "{x} of {fewest}");
        assert!(share(&gauge(x, fewest - 1)) < limit, "{x} of {}", fewest - 1);
    }
    assert!((share(&gauge(0, 59)) - (1.0 - 0.049_507_609_888_226_93)).abs() < 1e-9);
    let few = gauge(0, 29);
    assert_eq!((few.reading, few.n, few.of.as_str()), (None, 29, "29 of 30 reviewed"));
    assert!(gauge(0, 30).reading.is_some());
    assert_eq!(gauge(0, 59).reading.unwrap().verdict, Verdict::Good);
    assert_eq!((gauge(1, 59).verdict(), gauge(9, 59).verdict()), ("look", "bad"));
    // Who wants no review before the gauge speaks still needs one.
    assert_eq!(quality(Counted::default(), &Thresholds { reviewed: 0, ..usual }).reading, None);
}

//! Agreement of rankings.

use proptest::prelude::*;

use super::report::{Band, Measure, Remark, agreement, intervals};
use super::units::units;
use super::*;
use crate::curation::judged::{JudgedExample, Judgement, Judgements};
use crate::example::Standing;

fn ranked(annotator: usize, places: &[Option<u8>]) -> Judgement {
    Judgement {
        annotator,
        places: places.to_vec(),
        bad: vec![false; places.len()],
        shown: vec![None; places.len()],
        strength: None,
        certainty: None,
        millis: None,
        standing: Standing::Own,
    }
}

fn dataset(examples: impl IntoIterator<Item = Vec<Judgement>>) -> Judgements {
    let example = |(id, judgements): (usize, Vec<Judgement>)| {
        let responses = judgements.iter().map(|judgement| judgement.places.len()).max().unwrap_or(0);
        JudgedExample {
            id: i64::try_from(id).unwrap(),
            authors: vec![None; responses],
            lengths: vec![10; responses],
            judgements,
            repeats: Vec::new(),
        }
    };
    Judgements {
        annotators: ["anna", "ben", "cleo"].map(String::from).to_vec(),
        authors: Vec::new(),
        examples: examples.into_iter().enumerate().map(example).collect(),
    }
}

/// Three who rank four responses; each errs now and then.
fn noisy(examples: u8, annotators: usize) -> Judgements {
    dataset((0..examples).map(|n| {
        let one = |who: usize| {
            let mut places = [Some(1), Some(2), Some(3), Some(4)];
            if (usize::from(n) * 7 + who * 3) % 5 == 0 {
                places.swap(0, (who + 1) % 4);
            }
            ranked(who, &places)
        };
        (0..annotators).map(one).collect()
    }))
}

#[test]
fn which_is_called_the_first_does_not_hang_on_who_wins() {
    // Response 1 is always the better: the answers are nevertheless half "first", half "second".
    let all = dataset((0..400).map(|_| vec![ranked(0, &[Some(1), Some(2)]), ranked(1, &[Some(1), Some(2)])]));
    let first = units(&all).iter().filter(|unit| unit.first == 0).count();
    assert!((160..240).contains(&first), "{first}");
    let is = agreement(&all).all;
    assert!((is.value(Measure::Alpha).unwrap() - 1.0).abs() < 1e-12);
    assert_eq!((is.examples, is.units, is.band()), (400, 400, Some(Band::Reliable)));
    assert!(is.remarks().is_empty());
}

#[test]
fn two_annotators_are_all_annotators() {
    let is = agreement(&noisy(60, 2));
    assert_eq!(is.pairs.len(), 1);
    assert_eq!(is.all, is.pairs[0].measured);
    assert_eq!(is.all.get(Measure::W).unwrap().value, Err(Undefined::NoThree));
    assert!(is.all.value(Measure::Cohen).is_some());
}

#[test]
fn three_annotators_are_measured_together_and_in_pairs() {
    let is = agreement(&noisy(60, 3));
    let who: Vec<_> = is.pairs.iter().map(|pair| (pair.first, pair.second, pair.measured.units)).collect();
    assert_eq!(who, [(0, 1, 360), (0, 2, 360), (1, 2, 360)]);
    assert_eq!(is.all.get(Measure::Cohen).unwrap().value, Err(Undefined::NotTwo));
    let mean = |measure| is.pairs.iter().map(|pair| pair.measured.value(measure).unwrap()).sum::<f64>() / 3.0;
    assert!((is.all.value(Measure::Tau).unwrap() - mean(Measure::Tau)).abs() < 1e-9);
    assert!((is.all.value(Measure::Percent).unwrap() - mean(Measure::Percent)).abs() < 1e-9);
    assert!((0.5..1.0).contains(&is.all.value(Measure::W).unwrap()));
}

#[test]
fn only_independent_rankings_count() {
    let mut reviewed = ranked(1, &[Some(2), Some(1)]);
    reviewed.standing = Standing::Gold;
    let abstained = ranked(2, &[]);
    let is = agreement(&dataset([vec![ranked(0, &[Some(1), Some(2)]), reviewed, abstained]]));
    assert_eq!((is.all.examples, is.all.units, is.pairs.len()), (0, 0, 0));
    assert_eq!(is.all.get(Measure::Alpha).unwrap().value, Err(Undefined::NoOverlap));
    assert_eq!(is.all.band(), None);
    assert_eq!(is.all.remarks(), [Remark::Few(0)]);
}

#[test]
fn ties_everywhere_but_once_are_skewed() {
    let tied = [Some(1), Some(1)];
    let all = dataset((0..100).map(|n| {
        let odd = if n == 0 { [Some(1), Some(2)] } else { tied };
        vec![ranked(0, &odd), ranked(1, &tied)]
    }));
    let is = agreement(&all).all;
    assert_eq!(is.remarks(), [Remark::Skewed(0.99)]);
    assert_eq!(is.band(), Some(Band::Unreliable));
}

#[test]
fn intervals_hold_the_value_and_are_the_same_each_time() {
    for annotators in [2, 3] {
        let all = noisy(80, annotators);
        let mut is = agreement(&all);
        intervals(&all, &mut is);
        let mut again = agreement(&all);
        intervals(&all, &mut again);
        assert_eq!(is, again);
        for coefficient in &is.all.coefficients {
            match (coefficient.value, coefficient.interval) {
                (Ok(value), Some(interval)) => {
                    assert!(interval.low <= value && value <= interval.high, "{coefficient:?}");
                    assert!((0.01..0.3).contains(&(interval.high - interval.low)), "{coefficient:?}");
                }
                (Err(_), None) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn the_jackknife_tells_what_the_bootstrap_tells() {
    let mut examples = Vec::new();
    sums::each(&noisy(250, 3), |who, sums| examples.extend(who.is_none().then_some(*sums)));
    let (bootstrap, jackknife) = interval::both(&examples);
    for (a, b) in bootstrap.iter().zip(jackknife) {
        if let (Some(a), Some(b)) = (a, b) {
            assert!((a.low - b.low).abs() < 0.03 && (a.high - b.high).abs() < 0.03, "{a:?} {b:?}");
        }
    }
}

proptest! {
    #[test]
    fn a_response_that_nobody_placed_changes_nothing(
        rankings in prop::collection::vec(prop::collection::vec(prop::collection::vec(prop::option::of(1_u8..4), 4), 3), 1..8),
    ) {
        let judge = |more: bool| dataset(rankings.iter().map(|example| {
            let one = |(who, places): (usize, &Vec<Option<u8>>)| {
                let mut places = places.clone();
                places.extend(more.then_some(None));
                ranked(who, &places)
            };
            example.iter().enumerate().map(one).collect()
        }));
        let (with, without) = (agreement(&judge(true)), agreement(&judge(false)));
        prop_assert_eq!(&with.pairs, &without.pairs);
        for (a, b) in with.all.coefficients.iter().zip(&without.all.coefficients) {
            // W is of those who placed all.
            prop_assert!(a == b || a.measure == Measure::W);
        }
    }
}

#[test]
#[ignore = "measures time: run with --ignored --nocapture"]
fn a_hundred_thousand_rankings_are_quick() {
    let all = dataset((0..50_000_usize).map(|n| {
        let one = |who: usize| {
            let mut places = [Some(1), Some(2), Some(3), Some(4)];
            places.swap(n % 4, (n / 7 + who) % 4);
            ranked(who, &places)
        };
        vec![one(n % 3), one((n + 1) % 3)]
    }));
    let start = std::time::Instant::now();
    let mut is = agreement(&all);
    eprintln!("agreement: {:?}", start.elapsed());
    intervals(&all, &mut is);
    eprintln!("with intervals: {:?}", start.elapsed());
    assert_eq!(is.all.examples, 50_000);
}

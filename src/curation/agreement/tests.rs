//! The coefficients against other software's, and what must hold of them.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::curation::judged::{JudgedExample, Judgement, Judgements};
use crate::example::Standing;

fn vectors(part: &str) -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("../../../tests/data/agreement_vectors.json")).unwrap();
    all[part].as_array().unwrap().clone()
}

fn numbers(row: &Json) -> Vec<f64> {
    row.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn hold(vector: &Json, name: &str, value: Result<f64, Undefined>) {
    if let Some(expected) = vector[name].as_f64() {
        let value = value.unwrap();
        assert!((value - expected).abs() < 1e-8, "{} {name}: {value} is not {expected}", vector["id"]);
    }
}

fn sums_of(units: &[Vec<Option<usize>>], categories: usize) -> Sums {
    let mut sums = Sums::new(categories);
    for unit in units {
        let mut counts = vec![0.0; categories];
        unit.iter().flatten().for_each(|&category| counts[category] += 1.0);
        sums.add(&counts);
    }
    sums
}

#[test]
fn coefficients_over_units_are_those_of_other_software() {
    for vector in vectors("units") {
        let cell = |cell: &Json| cell.as_u64().map(|category| usize::try_from(category).unwrap());
        let units: Vec<Vec<Option<usize>>> = vector["units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unit| unit.as_array().unwrap().iter().map(cell).collect())
            .collect();
        let sums = sums_of(&units, usize::try_from(vector["categories"].as_u64().unwrap()).unwrap());
        hold(&vector, "percent", sums.percent());
        hold(&vector, "alpha", sums.alpha());
        hold(&vector, "alpha_ordinal", sums.alpha_ordinal());
        hold(&vector, "ac1", sums.ac1());
        hold(&vector, "fleiss", sums.fleiss());
    }
}

#[test]
fn fleiss_kappa_is_that_of_other_software() {
    for vector in vectors("counts") {
        let rows: Vec<Vec<f64>> = vector["counts"].as_array().unwrap().iter().map(numbers).collect();
        let mut sums = Sums::new(rows[0].len());
        for row in &rows {
            sums.add(row);
        }
        hold(&vector, "fleiss", sums.fleiss());
    }
}

#[test]
fn coefficients_of_two_are_those_of_other_software() {
    for vector in vectors("tables") {
        let table: Vec<Vec<f64>> = vector["table"].as_array().unwrap().iter().map(numbers).collect();
        hold(&vector, "cohen", cohen(&table));
        let mut sums = Sums::new(table.len());
        for (a, row) in table.iter().enumerate() {
            for (b, &times) in row.iter().enumerate() {
                let mut counts = vec![0.0; table.len()];
                counts[a] += 1.0;
                counts[b] += 1.0;
                let mut one = Sums::new(table.len());
                one.add(&counts);
                sums.add_sums(&one, times);
            }
        }
        hold(&vector, "percent", sums.percent());
        hold(&vector, "ac1", sums.ac1());
        hold(&vector, "alpha", sums.alpha());
    }
}

#[test]
fn orders_agree_as_in_other_software() {
    for vector in vectors("tau") {
        hold(
            &vector,
            "tau_b",
            tau_b(&numbers(&vector["x"]), &numbers(&vector["y"])).ok_or(Undefined::NothingOrdered),
        );
    }
    for vector in vectors("w") {
        let raters: Vec<Vec<f64>> = vector["raters"].as_array().unwrap().iter().map(numbers).collect();
        hold(&vector, "w", w(&raters).ok_or(Undefined::NotThree));
    }
}

#[test]
fn what_is_not_defined_says_why() {
    assert_eq!(Sums::new(3).alpha(), Err(Undefined::NothingShared));
    let one_answer = sums_of(&[vec![Some(1), Some(1)], vec![Some(1), Some(1)]], 3);
    assert_eq!(
        (one_answer.alpha(), one_answer.fleiss()),
        (Err(Undefined::NoVariation), Err(Undefined::NoVariation))
    );
    assert_eq!(one_answer.ac1(), Ok(1.0));
    assert_eq!(cohen(&[vec![0.0, 0.0], vec![0.0, 5.0]]), Err(Undefined::NoVariation));
    assert_eq!((tau_b(&[1.0, 1.0], &[1.0, 2.0]), w(&[vec![1.0, 1.0]])), (None, None));
}

fn judgement(annotator: usize, places: &[Option<u8>]) -> Judgement {
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

/// Examples of three responses; for each annotator their places.
fn judged(orders: &[Vec<[Option<u8>; 3]>]) -> Judgements {
    let example = |(id, people): (usize, &Vec<[Option<u8>; 3]>)| JudgedExample {
        id: i64::try_from(id).unwrap(),
        authors: vec![None; 3],
        lengths: vec![1; 3],
        judgements: people.iter().enumerate().map(|(who, places)| judgement(who, places)).collect(),
        ..JudgedExample::default()
    };
    Judgements {
        annotators: (0..4).map(|n| n.to_string()).collect(),
        authors: Vec::new(),
        examples: orders.iter().enumerate().map(example).collect(),
    }
}

#[test]
fn who_says_the_same_agrees_and_who_reverses_does_not() {
    let order = [Some(1), Some(2), Some(3)];
    let reverse = [Some(3), Some(2), Some(1)];
    let same = report(&judged(&vec![vec![order, order, order]; 20]));
    for measure in [Measure::Percent, Measure::Alpha, Measure::AlphaOrdinal, Measure::Tau, Measure::W] {
        assert!((same.all.get(measure).unwrap().value.unwrap() - 1.0).abs() < 1e-12, "{measure:?}");
    }
    assert_eq!((same.all.examples, same.all.pairs, same.pairs.len()), (20, 60, 3));
    assert_eq!(same.all.remarks, [Remark::Reliable]);
    let opposite = report(&judged(&vec![vec![order, reverse]; 20]));
    assert_eq!(opposite.all.get(Measure::Tau).unwrap().value, Ok(-1.0));
    assert_eq!(opposite.all.get(Measure::W).unwrap().value, Err(Undefined::NotThree));
    assert!(opposite.pairs[0].get(Measure::Cohen).unwrap().value.unwrap() < 0.0);
    assert_eq!(opposite.all.remarks, [Remark::Unreliable]);
}

#[test]
fn who_cannot_judge_is_missing_and_a_lone_judge_shares_nothing() {
    let none = [None, None, None];
    let order = [Some(1), Some(2), Some(3)];
    let alone = report(&judged(&[vec![order, none], vec![order]]));
    assert_eq!((alone.all.examples, alone.all.pairs), (0, 0));
    assert_eq!(alone.all.get(Measure::Alpha).unwrap().value, Err(Undefined::NothingShared));
    assert_eq!(alone.all.remarks, [Remark::Few]);
}

#[test]
fn that_the_better_one_always_comes_first_is_no_habit_of_the_annotators() {
    let order = [Some(1), Some(2), Some(3)];
    let report = report(&judged(&vec![vec![order, order]; 60]));
    let alpha = report.all.get(Measure::Alpha).unwrap().value;
    assert!(alpha.is_ok_and(|alpha| (alpha - 1.0).abs() < 1e-12), "{alpha:?}");
}

#[test]
fn intervals_hold_the_figures_and_are_the_same_each_time() {
    let mut dice = 1_u64;
    let mut people = || {
        (0..3)
            .map(|_| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let place = |at: u64| Some(u8::try_from((dice >> (30 + at * 3)) % 3).unwrap() + 1);
                [place(0), Some(2), place(1)]
            })
            .collect::<Vec<_>>()
    };
    let orders: Vec<Vec<[Option<u8>; 3]>> = (0..50).map(|_| people()).collect();
    let with = intervals(&judged(&orders));
    for (measure, measured) in &with.all.measured {
        let interval = measured.interval.unwrap();
        assert!(
            interval.contains(measured.value.unwrap()) && interval.high - interval.low < 0.6,
            "{measure:?}"
        );
    }
    assert_eq!(with, intervals(&judged(&orders)));
}

fn orders() -> impl Strategy<Value = Vec<Vec<[Option<u8>; 3]>>> {
    let place = || prop::option::of(1_u8..4);
    prop::collection::vec(prop::collection::vec([place(), place(), place()], 2..4), 1..8)
}

proptest! {
    #[test]
    fn the_order_of_people_and_of_examples_changes_nothing(orders in orders()) {
        let mut turned = orders.clone();
        for people in &mut turned {
            people.reverse();
        }
        let value = |orders: &[Vec<[Option<u8>; 3]>]| report(&judged(orders)).all.get(Measure::AlphaOrdinal).unwrap().value;
        match (value(&orders), value(&turned)) {
            (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn an_order_agrees_with_itself_and_not_with_its_reverse(order in prop::collection::vec(0_u8..5, 2..7)) {
        let order: Vec<f64> = order.into_iter().map(f64::from).collect();
        let reverse: Vec<f64> = order.iter().map(|place| -place).collect();
        if let Some(tau) = tau_b(&order, &order) {
            prop_assert!((tau - 1.0).abs() < 1e-12);
            prop_assert!((tau_b(&order, &reverse).unwrap() + 1.0).abs() < 1e-12);
        }
    }
}

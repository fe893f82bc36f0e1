//! Every coefficient is that of other software, on published data.

use proptest::prelude::*;
use serde_json::Value;

use super::krippendorff::Level;
use super::*;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/data/agreement_vectors.json")).unwrap()
}

fn answers(vector: &Value) -> Vec<Vec<Option<usize>>> {
    let row = |row: &Value| {
        row.as_array().unwrap().iter().map(|v| v.as_u64().map(|v| usize::try_from(v).unwrap())).collect()
    };
    vector["units"].as_array().unwrap().iter().map(row).collect()
}

fn numbers(row: &Value) -> Vec<f64> {
    row.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn check<const Q: usize>(vector: &Value) -> usize {
    let tally = Tally::<Q>::of(&answers(vector));
    let mut checked = 0;
    for (name, is) in [
        ("percent", percent::percent(&tally)),
        ("cohen", cohen::kappa(&tally)),
        ("fleiss", fleiss::kappa(&tally)),
        ("gwet", gwet::ac1(&tally)),
        ("alpha", krippendorff::alpha(&tally, Level::Nominal)),
        ("ordinal", krippendorff::alpha(&tally, Level::Ordinal)),
        ("interval", krippendorff::alpha(&tally, Level::Interval)),
    ] {
        if let Some(expected) = vector[name].as_f64() {
            let is = is.unwrap();
            assert!((is - expected).abs() < 1e-6, "{} {name}: {is}, not {expected}", vector["id"]);
            checked += 1;
        }
    }
    checked
}

#[test]
fn coefficients_are_those_of_other_software() {
    let vectors = vectors();
    let mut checked = 0;
    for vector in vectors["nominal"].as_array().unwrap() {
        checked += match vector["q"].as_u64().unwrap() {
            2 => check::<2>(vector),
            3 => check::<3>(vector),
            4 => check::<4>(vector),
            5 => check::<5>(vector),
            q => panic!("{q} categories"),
        };
    }
    assert!(checked >= 60, "{checked}");
}

#[test]
fn rank_coefficients_are_those_of_other_software() {
    let vectors = vectors();
    for vector in vectors["tau"].as_array().unwrap() {
        let is = kendall::tau_b(&numbers(&vector["x"]), &numbers(&vector["y"])).unwrap();
        assert!((is - vector["tau_b"].as_f64().unwrap()).abs() < 1e-6, "{}: {is}", vector["id"]);
    }
    for vector in vectors["w"].as_array().unwrap() {
        let rankings: Vec<_> = vector["scores"].as_array().unwrap().iter().map(numbers).collect();
        let is = kendall::w(&rankings).unwrap();
        assert!((is - vector["w"].as_f64().unwrap()).abs() < 1e-6, "{}: {is}", vector["id"]);
    }
}

#[test]
fn what_is_undefined_says_why() {
    let same = Tally::<3>::of(&[[Some(1), Some(1)], [Some(1), Some(1)]]);
    assert_eq!(krippendorff::alpha(&same, Level::Nominal), Err(Undefined::NoVariation));
    assert_eq!(cohen::kappa(&same), Err(Undefined::NoVariation));
    assert_eq!(fleiss::kappa(&same), Err(Undefined::NoVariation));
    assert!((gwet::ac1(&same).unwrap() - 1.0).abs() < 1e-12);
    let alone = Tally::<3>::of(&[[Some(1), None], [None, Some(2)]]);
    for is in [
        percent::percent(&alone),
        cohen::kappa(&alone),
        fleiss::kappa(&alone),
        gwet::ac1(&alone),
        krippendorff::alpha(&alone, Level::Ordinal),
    ] {
        assert_eq!(is, Err(Undefined::NoOverlap));
    }
    assert_eq!(kendall::tau_b(&[1, 1, 1], &[1, 2, 3]), Err(Undefined::NoOrder));
    assert_eq!(kendall::w(&[[1, 1], [2, 2], [1, 1]]), Err(Undefined::NoOrder));
}

proptest! {
    #[test]
    fn alpha_does_not_hang_on_the_order_of_raters_and_units(
        units in prop::collection::vec(prop::collection::vec(prop::option::of(0_usize..4), 4), 2..30),
    ) {
        let mut turned: Vec<Vec<_>> = units.iter().map(|unit| unit.iter().rev().copied().collect()).collect();
        turned.reverse();
        for level in [Level::Nominal, Level::Ordinal, Level::Interval] {
            let a = krippendorff::alpha(&Tally::<4>::of(&units), level);
            match (a, krippendorff::alpha(&Tally::<4>::of(&turned), level)) {
                (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn a_ranking_agrees_with_itself_and_contradicts_its_reverse(
        ranking in prop::collection::vec(0_i32..6, 2..12).prop_filter("all tied", |r| r.iter().any(|x| *x != r[0])),
    ) {
        let reverse: Vec<_> = ranking.iter().map(|place| -place).collect();
        prop_assert!((kendall::tau_b(&ranking, &ranking).unwrap() - 1.0).abs() < 1e-12);
        prop_assert!((kendall::tau_b(&ranking, &reverse).unwrap() + 1.0).abs() < 1e-12);
        prop_assert!((kendall::w(&[&ranking, &ranking, &ranking]).unwrap() - 1.0).abs() < 1e-12);
    }
}

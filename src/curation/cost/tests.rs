use super::*;

fn price() -> Price {
    let (provider, model) = ("Someone".to_owned(), "small-1".to_owned());
    Price { provider, model, per_million: 25.0, noted: "2026-01-31".to_owned() }
}

/// Values of the notebook of OpenAI's cookbook on preparing data.
#[test]
fn epochs_are_those_of_the_cookbook() {
    let examples = [5, 10, 33, 34, 100, 1_000, 8_333, 8_334, 10_000, 30_000];
    assert_eq!(examples.map(openai_epochs), [20, 10, 3, 3, 3, 3, 3, 2, 2, 1]);
    assert_eq!([0, 1, u64::MAX].map(openai_epochs), [0, 25, 1]);
}

#[test]
fn tokens_epochs_and_price_make_the_cost() {
    let training = Training::of(&[400, 5_000, 600], 4_096, Epochs::Fixed(2));
    assert_eq!((training.tokens, training.billed()), (5_096, 10_192));
    let training = Training { validation: (1_000, 3), ..training };
    let cost = training.cost(&price()).unwrap();
    assert_eq!((cost.tokens, cost.epochs), (13_192, 2));
    assert!((cost.money - 0.329_8).abs() < 1e-12);
    assert_eq!(
        cost.told(&price()),
        "about $0.33: 0.01 million tokens in 2 epochs at $25.00 a million (Someone small-1, noted 2026-01-31)"
    );
    let unpacked = Training::unpacked(100, 2_048, Epochs::OpenAi);
    assert_eq!(unpacked.billed(), 100 * 2_048 * 3);
    assert_eq!(Training::of(&[u64::MAX, 9], u64::MAX, Epochs::OpenAi).billed(), u64::MAX);
    assert_eq!(training.cost(&Price { per_million: f64::NAN, ..price() }), None);
    let [low, high] = usual_range(3_000_000);
    assert!((low - 6.0).abs() < 1e-12 && (high - 60.0).abs() < 1e-12);
}

#[test]
fn prices_are_read_with_their_day() {
    let text = r#"{"provider": "Someone", "model": "small-1", "per_million": 25.0, "noted": "2026-01-31"}"#;
    assert_eq!(serde_json::from_str::<Price>(text).unwrap(), price());
    assert!(
        serde_json::from_str::<Price>(r#"{"provider": "Someone", "model": "small-1", "per_million": 25.0}"#)
            .is_err()
    );
}

#[test]
fn the_time_left_has_a_band() {
    let seconds = [100.0, 200.0, 300.0, 400.0, 500.0];
    let left = labour(100, &seconds).unwrap();
    // 100 · 300 s, and 1.64 · 10 deviations of 158.1 s.
    assert!((left.hours - 30_000.0 / 3_600.0).abs() < 1e-9);
    assert!((left.band.high - left.hours - 1.64 * 10.0 * 158.113_883_008_418_98 / 3_600.0).abs() < 1e-9);
    assert!((left.per_hour - 12.0).abs() < 1e-12);
    assert_eq!(left.told(), "100 left: 8.3 hours, 7.6 to 9.1 with chance, by the last 5");
    assert!((left.money(60.0).low - left.band.low * 60.0).abs() < 1e-9);
    assert_eq!((left.weeks(0.0), left.weeks(left.hours)), (None, Some(1.0)));
    assert_eq!(labour(100, &seconds[..4]), None);
    // Only the last fifty count, and what is no time doesn't.
    let slow_once: Vec<f64> =
        std::iter::repeat_n(9_999.0, 10).chain(std::iter::repeat_n(60.0, 50)).chain([f64::NAN]).collect();
    assert_eq!(labour(60, &slow_once).map(|left| (left.hours, left.of)), Some((1.0, 50)));
    assert!((active_seconds(&[3.0, 120.0, 121.0, -4.0, f64::NAN, 7.0]) - 130.0).abs() < 1e-12);
}

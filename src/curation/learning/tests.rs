use super::*;

const EXAMPLES: [u64; 6] = [50, 100, 200, 400, 800, 1_600];
const EXACT: [f64; 6] = [
    0.359_553_702_697_148_7,
    0.276_606_574_122_950_14,
    0.215_885_721_890_326_68,
    0.171_435_456_290_620_68,
    0.138_895_957_267_864,
    0.115_075_649_731_636_61,
];
const NOISY: [f64; 6] = [0.363_554, 0.270_607, 0.218_886, 0.173_435, 0.136_896, 0.116_076];

fn points(errors: [f64; 6], tested: Option<u64>) -> Vec<Point> {
    EXAMPLES.into_iter().zip(errors).map(|(examples, error)| Point { examples, error, tested }).collect()
}

fn near(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} is not {b}");
}

/// Values of scipy 1.17.1 (`curve_fit`).
#[test]
fn curves_are_those_of_others() {
    let exact = fit(&points(EXACT, None)).unwrap();
    near(exact.a, 0.05, 1e-7);
    near(exact.b, 1.8, 1e-6);
    near(exact.c, 0.45, 1e-7);
    near(exact.needed(0.1).unwrap(), 2_873.756_732_382_141_8, 1e-2);
    let noisy = fit(&points(NOISY, None)).unwrap();
    near(noisy.a, 0.057_497_942_292_818_22, 1e-6);
    near(noisy.b, 1.945_460_732_695_201_6, 1e-5);
    near(noisy.c, 0.474_367_128_737_595, 1e-6);
    near(noisy.needed(0.1).unwrap(), 3_167.309_655_002_993, 1e-1);
}

#[test]
fn a_curve_tells_how_many_more_and_stops_at_four_times() {
    let forecast = Forecast::of(&points(EXACT, Some(2_000))).unwrap();
    assert_eq!((forecast.needed(0.1), forecast.farthest()), (Ok(2_874), 6_400));
    assert_eq!(forecast.needed(0.08), Err(Refusal::TooFar { largest: 1_600, most: 6_400 }));
    assert_eq!(forecast.needed(0.04), Err(Refusal::Never));
    assert_eq!(forecast.error_with(6_401), Err(Refusal::TooFar { largest: 1_600, most: 6_400 }));
    let (error, interval) = forecast.error_with(3_200).unwrap();
    let interval = interval.unwrap();
    near(error, 0.05 + 1.8 * 3_200_f64.powf(-0.45), 1e-4);
    assert!(interval.contains(error) && interval.high - interval.low < 0.05, "{interval:?}");
    assert_eq!(
        forecast.error_with(3_200),
        Forecast::of(&points(EXACT, Some(2_000))).unwrap().error_with(3_200)
    );
    // Fewer tests say less, and without their number there is no interval.
    let unsure = Forecast::of(&points(EXACT, Some(100))).unwrap().error_with(3_200).unwrap().1.unwrap();
    assert!(unsure.high - unsure.low > 2.0 * (interval.high - interval.low), "{unsure:?}");
    assert_eq!(Forecast::of(&points(EXACT, None)).unwrap().error_with(3_200).unwrap().1, None);
    assert_eq!(
        forecast.curve.told(),
        "5.0 % stay wrong however many there are; 4.7 times as many halve the rest"
    );
    near(Curve { a: 0.0, b: 1.0, c: 0.5 }.to_halve(), 4.0, 1e-12);
}

#[test]
fn few_points_make_a_band_and_fewer_none() {
    let few = &points(EXACT, Some(500))[..3];
    assert_eq!(fit(few), Err(CurveError::TooFew(3)));
    let curves = curves_of_few(few).unwrap();
    let told = curves.map(|curve| curve.at(800.0));
    let (low, high) = (told.into_iter().fold(1.0, f64::min), told.into_iter().fold(0.0, f64::max));
    assert!(low < EXACT[4] && EXACT[4] < high && high - low < 0.06, "{told:?}");
    let same = [few[0], few[0]];
    assert_eq!(curves_of_few(&same), Err(CurveError::TooFew(1)));
}

#[test]
fn what_does_not_fall_is_flat_and_what_is_no_error_is_refused() {
    let rising = fit(&points([0.1, 0.12, 0.14, 0.16, 0.18, 0.2], Some(100))).unwrap();
    assert_eq!(
        (rising.b, rising.needed(0.05), rising.told().as_str()),
        (0.0, None, "more examples change nothing so far")
    );
    let all_right = fit(&points([0.0; 6], Some(100))).unwrap();
    near(all_right.at(100.0), 0.0, 1e-12);
    let mut bad = points(EXACT, None);
    bad[2].error = 27.0;
    assert_eq!(
        fit(&bad).unwrap_err().to_string(),
        "the error with 200 examples is 27: give the share that failed, from 0 to 1"
    );
    bad[2].error = f64::NAN;
    assert!(fit(&bad).is_err());
    bad[2] = Point { examples: 0, error: 0.5, tested: None };
    assert_eq!(fit(&bad), Err(CurveError::Untrained));
}

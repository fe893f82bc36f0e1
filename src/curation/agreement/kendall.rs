//! Agreement of orders: Kendall's tau-b of two, and his W of several, both with ties.

use std::cmp::Ordering;

/// Tau-b (Kendall 1945): `(P − Q) / √((P+Q+T_x)(P+Q+T_y))` over all pairs of items, with `P` in the same
/// order, `Q` in the opposite, and `T` tied in the one only. `None` where one of the two ties all.
pub fn tau_b(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mut same, mut opposite, mut only_x, mut only_y) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for (at, (x1, y1)) in x.iter().zip(y).enumerate() {
        for (x2, y2) in x.iter().zip(y).skip(at + 1) {
            match (x1.total_cmp(x2), y1.total_cmp(y2)) {
                (Ordering::Equal, Ordering::Equal) => {}
                (Ordering::Equal, _) => only_x += 1.0,
                (_, Ordering::Equal) => only_y += 1.0,
                (a, b) if a == b => same += 1.0,
                _ => opposite += 1.0,
            }
        }
    }
    let root = ((same + opposite + only_x) * (same + opposite + only_y)).sqrt();
    (root > 0.0).then(|| (same - opposite) / root)
}

/// W (Kendall & Babington Smith 1939), corrected for ties: `12 S / (m²(n³−n) − m ΣT)`, with `S` the
/// squared deviations of the items' rank sums and `T = Σ(t³−t)` over the ties of each rater. `None`
/// where every rater ties all, or there are fewer than two items.
#[allow(clippy::cast_precision_loss)] // a handful of raters and items
pub fn w(raters: &[Vec<f64>]) -> Option<f64> {
    let (m, n) = (raters.len() as f64, raters.first()?.len());
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for scores in raters {
        for (sum, rank) in sums.iter_mut().zip(ranks(scores)) {
            *sum += rank;
        }
        let mut sorted = scores.clone();
        sorted.sort_by(f64::total_cmp);
        ties += sorted
            .chunk_by(|a, b| a.total_cmp(b).is_eq())
            .map(|tied| (tied.len() as f64).powi(3) - tied.len() as f64)
            .sum::<f64>();
    }
    let mean = sums.iter().sum::<f64>() / n as f64;
    let deviations: f64 = sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let most = m * m * ((n as f64).powi(3) - n as f64) - m * ties;
    (most > 1e-12).then(|| 12.0 * deviations / most)
}

/// Ranks from 1, the mean rank where there are ties.
#[allow(clippy::cast_precision_loss)] // a handful
fn ranks(scores: &[f64]) -> Vec<f64> {
    let below = |score: f64| scores.iter().filter(|other| other.total_cmp(&score).is_lt()).count() as f64;
    let equal = |score: f64| scores.iter().filter(|other| other.total_cmp(&score).is_eq()).count() as f64;
    scores.iter().map(|&score| below(score) + f64::midpoint(equal(score), 1.0)).collect()
}

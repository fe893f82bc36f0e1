//! How the number of kinds, such as of words, grows with what is written.

use crate::curation::numbers::length;

/// Below this exponent what is written seems to come from templates.
const TEMPLATED: f64 = 0.4;

/// Heaps' law V = K Nᵝ (1978): of N words V are different.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heaps {
    /// K.
    pub k: f64,
    /// β: 1 where every word is new, 0 where none is.
    pub beta: f64,
}

impl Heaps {
    /// How many kinds so many would have.
    pub fn kinds(self, n: f64) -> f64 {
        self.k * n.powf(self.beta)
    }

    /// Whether so little is new that it seems to come from templates.
    pub fn is_templated(self) -> bool {
        self.beta < TEMPLATED
    }

    /// What it says.
    pub fn told(self) -> String {
        let more = (2_f64.powf(self.beta) - 1.0) * 100.0;
        let templated = if self.is_templated() { ": so little is new that it seems templated" } else { "" };
        format!("twice as much has {more:.0} % more different words{templated}")
    }
}

/// The line of least squares through the logarithms of points (N, V), which best lie on a grid of doublings.
/// `None` of fewer than two different N above 0.
pub fn heaps(points: &[(f64, f64)]) -> Option<Heaps> {
    let is_there = |&(n, v): &(f64, f64)| n > 0.0 && v > 0.0 && n.is_finite() && v.is_finite();
    let logs: Vec<_> = points.iter().copied().filter(is_there).map(|(n, v)| (n.ln(), v.ln())).collect();
    let count = length(logs.len());
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
    let (middle_n, middle_v) = (mean(|log| log.0), mean(|log| log.1));
    let spread: f64 = logs.iter().map(|log| (log.0 - middle_n).powi(2)).sum();
    let together: f64 = logs.iter().map(|log| (log.0 - middle_n) * (log.1 - middle_v)).sum();
    (spread > 1e-12).then(|| {
        let beta = together / spread;
        Heaps { k: (middle_v - beta * middle_n).exp(), beta }
    })
}

//! How long what is left to do takes, by how long it took so far.

use crate::curation::numbers::{float, length};
use crate::curation::proportion::Interval;

/// Who does nothing for longer is not at work.
const AWAY: f64 = 120.0;
/// So many of the last ones say how fast one is.
const LAST: usize = 50;
/// Fewer than these say nothing.
const FEWEST: usize = 5;
/// Nine of ten lie within so many deviations.
const Z: f64 = 1.64;

/// The time at work: all pauses between one key and the next that are no longer than two minutes.
pub fn active_seconds(pauses: &[f64]) -> f64 {
    pauses.iter().filter(|pause| (0.0..=AWAY).contains(*pause)).sum()
}

/// The work that is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Labour {
    /// How many are left.
    pub left: u64,
    /// How many an hour: by the median, so that a long one doesn't matter.
    pub per_hour: f64,
    /// How many hours that takes.
    pub hours: f64,
    /// Between how many hours it takes nine times of ten.
    pub band: Interval,
    /// Of how many this is known.
    pub of: usize,
}

impl Labour {
    /// What it costs.
    pub fn money(&self, wage: f64) -> Interval {
        Interval { low: self.band.low * wage, high: self.band.high * wage }
    }

    /// How many weeks it takes at so many hours each; `None` where that is none.
    pub fn weeks(&self, hours: f64) -> Option<f64> {
        (hours > 0.0).then(|| self.hours / hours)
    }

    /// What it says.
    pub fn told(&self) -> String {
        let (Interval { low, high }, left) = (self.band, self.left);
        format!(
            "{left} left: {:.1} hours, {low:.1} to {high:.1} with chance, by the last {}",
            self.hours, self.of
        )
    }
}

/// How long `left` more take, by the seconds of those done so far, the last one last: R times their mean, and
/// 1.64 · √R deviations to both sides. `None` of fewer than five.
pub fn labour(left: u64, seconds: &[f64]) -> Option<Labour> {
    let known: Vec<f64> = seconds.iter().copied().filter(|took| took.is_finite() && *took > 0.0).collect();
    let last = &known[known.len().saturating_sub(LAST)..];
    if last.len() < FEWEST {
        return None;
    }
    let mean = last.iter().sum::<f64>() / length(last.len());
    let squares: f64 = last.iter().map(|took| (took - mean).powi(2)).sum();
    let deviation = (squares / length(last.len() - 1)).sqrt();
    let hours = float(left) * mean / 3_600.0;
    let half = Z * float(left).sqrt() * deviation / 3_600.0;
    let band = Interval { low: (hours - half).max(0.0), high: hours + half };
    Some(Labour { left, per_hour: 3_600.0 / median(last), hours, band, of: last.len() })
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

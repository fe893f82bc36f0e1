//! When the targets will be met if people go on as they did.

use serde::Serialize;

use super::{Day, float, length, whole};

/// The days before today that say how fast people are.
const RECENT: usize = 28;
/// Where nothing was finished for so many days, nobody is at it.
const QUIET: usize = 14;
/// Fewer days of work say nothing.
const FEWEST: u64 = 2;
/// From so many days of work on they say how far one differs from another.
const ENOUGH: u64 = 5;
/// Nine of ten lie within so many deviations.
const Z: f64 = 1.64;
/// Who takes longer than a hundred years does not arrive.
const MOST_DAYS: f64 = 36_500.0;

/// When the targets will be met.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Forecast {
    /// Nobody set any.
    NoTargets,
    /// They are shares, and there is nothing yet to take them of.
    SharesOfNothing,
    /// They are.
    Met,
    /// Too few days were worked to tell.
    TooEarly {
        /// How many, without today.
        worked: u64,
    },
    /// Never: nothing was finished for two weeks, or so little that it takes a hundred years.
    NotAtThisRate,
    /// Then.
    MetBy(Arrival),
}

/// When one arrives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Arrival {
    /// Examples finished on a day on which anybody worked.
    pub per_day: f64,
    /// How many such days that is known of, without today.
    pub worked: u64,
    /// Of how many days they are.
    pub of: u64,
    /// In so many days.
    pub days: u64,
    /// In no fewer than so many, nine times of ten.
    pub earliest: u64,
    /// In no more than so many, nine times of ten.
    pub latest: u64,
}

/// When `remaining` more examples are finished, by the days before today. With m finished on a day of work and a
/// variance of v, one takes 1 / m days with a deviation of √(v / m³), as counts and the times between them are
/// related; R of them take R times the mean, and 1.64 · √R deviations to both sides. Of all days a share is
/// worked on, and it is taken that this stays so. R is how many the targets take at the least
/// ([`Coverage::examples_missing`](crate::curation::coverage::Coverage::examples_missing)), of examples that fill
/// as many gaps as they can.
pub fn forecast(days: &[Day], remaining: Option<u64>) -> Forecast {
    let Some(left) = remaining else { return Forecast::NoTargets };
    if left == 0 {
        return Forecast::Met;
    }
    let lately = days.get(days.len().saturating_sub(QUIET)..).unwrap_or_default();
    if lately.iter().all(|day| day.finished.is_empty()) {
        return Forecast::NotAtThisRate;
    }
    let before = days.get(..days.len().saturating_sub(1)).unwrap_or_default();
    let recent = before.get(before.len().saturating_sub(RECENT)..).unwrap_or_default();
    let began = recent.iter().position(Day::is_worked).unwrap_or(recent.len());
    let since = recent.get(began..).unwrap_or_default();
    let finished: Vec<f64> =
        since.iter().filter(|day| day.is_worked()).map(|day| length(day.finished.len())).collect();
    let worked = finished.len() as u64;
    if worked < FEWEST {
        return Forecast::TooEarly { worked };
    }
    let mean = finished.iter().sum::<f64>() / float(worked);
    if mean <= 0.0 {
        return Forecast::NotAtThisRate;
    }
    let squares: f64 = finished.iter().map(|n| (n - mean).powi(2)).sum();
    let variance = squares / float(worked - 1);
    // Of few days it is no less than chance alone would have it.
    let variance = if worked < ENOUGH { variance.max(mean) } else { variance };
    let half = Z * (float(left) * variance / mean.powi(3)).sqrt();
    let share = float(worked) / length(since.len());
    let about = float(left) / mean;
    let calendar = |worked: f64| whole((worked.max(0.0) / share).ceil().min(MOST_DAYS));
    if about / share >= MOST_DAYS {
        return Forecast::NotAtThisRate;
    }
    Forecast::MetBy(Arrival {
        per_day: mean,
        worked,
        of: since.len() as u64,
        days: calendar(about),
        earliest: calendar(about - half),
        latest: calendar(about + half),
    })
}

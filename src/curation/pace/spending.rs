//! What the work of some weeks costs, and what the rest of it will.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::{Pace, Wage, float};
use crate::curation::cost::labour;

/// A sum, and between what it lies nine times of ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// No less than that.
    pub low: f64,
    /// About that.
    pub about: f64,
    /// No more than that.
    pub high: f64,
}

/// What work costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spending {
    /// What was done in the weeks that were looked at.
    pub so_far: f64,
    /// An example; `None` where none was finished.
    pub each: Option<f64>,
    /// What is left to the targets; `None` without targets, or where it is not known what one costs.
    pub to_targets: Option<Band>,
}

/// What was spent, and what `remaining` more examples cost. By the hour an example costs what all work together
/// cost by what was finished, with the band of [`labour`] over the times of single examples; fewer than five of
/// them have no band.
pub fn spending(pace: &Pace, wage: Wage, remaining: Option<u64>) -> Spending {
    let finished = float(pace.finished());
    match wage {
        Wage::PerExample(money) => {
            let each = money.amount();
            let to_targets = remaining.map(|left| {
                let about = float(left) * each;
                Band { low: about, about, high: about }
            });
            Spending { so_far: finished * each, each: Some(each), to_targets }
        }
        Wage::PerHour(money) => {
            let so_far = pace.hours() * money.amount();
            // Where no time at work is known, nobody knows what one takes.
            let each = (finished > 0.0 && pace.hours() > 0.0).then(|| so_far / finished);
            let to_targets = remaining.zip(each).map(|(left, each)| {
                let about = float(left) * each;
                let half = labour(left, &seconds_each(pace)).map_or(0.0, |it| it.band.high - it.hours);
                let half = half * money.amount();
                Band { low: (about - half).max(0.0), about, high: about + half }
            });
            Spending { so_far, each, to_targets }
        }
    }
}

/// How long each finished example took, whoever worked on it and whatever they did, in the order in which they
/// were taken up.
fn seconds_each(pace: &Pace) -> Vec<f64> {
    let finished: HashSet<i64> = pace.days.iter().flat_map(|day| day.finished.iter().copied()).collect();
    let mut taken_up: HashMap<i64, usize> = HashMap::new();
    let mut seconds: Vec<f64> = Vec::new();
    for one in pace.timed.iter().filter(|one| finished.contains(&one.example)) {
        let at = *taken_up.entry(one.example).or_insert(seconds.len());
        match seconds.get_mut(at) {
            Some(there) => *there += one.seconds,
            None => seconds.push(one.seconds),
        }
    }
    seconds
}

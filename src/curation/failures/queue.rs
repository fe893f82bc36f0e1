//! How many examples are written for which failing slice.

use super::super::numbers::{float, whole};

/// A slice that fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// The share of all that is asked for.
    pub traffic: f64,
    /// The share that fails at least: the lower end of its interval.
    pub fails: f64,
}

/// How many of `budget` examples each slice gets: by its traffic and how far it fails more than the goal,
/// at least `least` where it gets any. Where that is too much for all, those that need most get some.
pub fn share_out(budget: u64, needs: &[Need], goal: f64, least: u64) -> Vec<u64> {
    let weight = |need: &Need| (need.traffic * (need.fails - goal).max(0.0)).max(0.0);
    let weights: Vec<f64> = needs.iter().map(weight).collect();
    let mut served: Vec<usize> = (0..needs.len()).filter(|&at| weights[at] > 0.0).collect();
    served.sort_by(|&one, &other| weights[other].total_cmp(&weights[one]));
    served.truncate(usize::try_from(budget.checked_div(least).unwrap_or(u64::MAX)).unwrap_or(usize::MAX));
    let mut given = vec![0; needs.len()];
    let sum: f64 = served.iter().map(|&at| weights[at]).sum();
    let left = budget.saturating_sub(least.saturating_mul(served.len() as u64));
    // What each would get above the least.
    let above = |at: usize| (float(budget) * weights[at] / sum - float(least)).max(0.0);
    let all_above: f64 = served.iter().map(|&at| above(at)).sum();
    let mut parts: Vec<(usize, f64)> = Vec::new();
    for &at in &served {
        let part = if all_above > 0.0 { float(left) * above(at) / all_above } else { 0.0 };
        given[at] = least.saturating_add(whole(part));
        parts.push((at, part.fract()));
    }
    // What rounding left goes to those who lost most by it.
    parts.sort_by(|one, other| other.1.total_cmp(&one.1));
    let rest = budget.saturating_sub(given.iter().fold(0, |sum: u64, n| sum.saturating_add(*n)));
    for &(at, _) in
        parts.iter().cycle().take(if parts.is_empty() { 0 } else { usize::try_from(rest).unwrap_or(0) })
    {
        given[at] += 1;
    }
    given
}

//! Intervals by drawing again: which numbers a statistic would have been with other examples.

use super::dice::Dice;
use super::proportion::Interval;

/// How many times examples are drawn again.
pub const RESAMPLES: usize = 1_000;
/// So few draws where each is a lot of work.
pub const FEW: usize = 200;
/// Above so many examples groups of them are left out one by one instead: as good, and quicker.
const MANY: usize = 10_000;
const GROUPS: usize = 50;

/// The 95 % intervals of several statistics of parts that add up. `add` adds a part so many times,
/// `measure` gives the statistics of what was added (`None` where one is not defined).
pub fn intervals<Part, Sum>(
    parts: &[Part],
    empty: impl Fn() -> Sum,
    add: impl Fn(&mut Sum, &Part, f64),
    measure: impl Fn(&Sum) -> Vec<Option<f64>>,
) -> Vec<Option<Interval>> {
    intervals_by(RESAMPLES, parts, empty, add, measure)
}

/// The same by so many draws.
pub fn intervals_by<Part, Sum>(
    draws: usize,
    parts: &[Part],
    empty: impl Fn() -> Sum,
    add: impl Fn(&mut Sum, &Part, f64),
    measure: impl Fn(&Sum) -> Vec<Option<f64>>,
) -> Vec<Option<Interval>> {
    if parts.len() < 2 {
        return measure(&empty()).into_iter().map(|_| None).collect();
    }
    if parts.len() > MANY {
        jackknife(parts, empty, add, measure)
    } else {
        bootstrap(draws, parts, empty, add, measure)
    }
}

fn bootstrap<Part, Sum>(
    draws: usize,
    parts: &[Part],
    empty: impl Fn() -> Sum,
    add: impl Fn(&mut Sum, &Part, f64),
    measure: impl Fn(&Sum) -> Vec<Option<f64>>,
) -> Vec<Option<Interval>> {
    let mut dice = Dice::new(0x0601_d5e7);
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for _ in 0..draws {
        let mut sum = empty();
        for _ in 0..parts.len() {
            if let Some(part) = parts.get(dice.below(parts.len())) {
                add(&mut sum, part, 1.0);
            }
        }
        let values = measure(&sum);
        columns.resize_with(values.len(), Vec::new);
        for (column, value) in columns.iter_mut().zip(values) {
            column.extend(value);
        }
    }
    columns.into_iter().map(|values| percentiles(draws, values)).collect()
}

/// The middle 95 %, where nearly every draw gave a number.
fn percentiles(draws: usize, mut values: Vec<f64>) -> Option<Interval> {
    if values.len() < draws * 9 / 10 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |per_mille: usize| values.get((values.len() * per_mille / 1_000).min(values.len() - 1)).copied();
    Some(Interval { low: at(25)?, high: at(975)? })
}

#[allow(clippy::cast_precision_loss)] // fifty
fn jackknife<Part, Sum>(
    parts: &[Part],
    empty: impl Fn() -> Sum,
    add: impl Fn(&mut Sum, &Part, f64),
    measure: impl Fn(&Sum) -> Vec<Option<f64>>,
) -> Vec<Option<Interval>> {
    let mut all = empty();
    for part in parts {
        add(&mut all, part, 1.0);
    }
    let whole = measure(&all);
    let mut without: Vec<Vec<f64>> = whole.iter().map(|_| Vec::new()).collect();
    for group in 0..GROUPS {
        let mut sum = empty();
        parts
            .iter()
            .enumerate()
            .filter(|(at, _)| at % GROUPS != group)
            .for_each(|(_, part)| add(&mut sum, part, 1.0));
        for (column, value) in without.iter_mut().zip(measure(&sum)) {
            column.extend(value);
        }
    }
    let groups = GROUPS as f64;
    let of = |(value, column): (Option<f64>, Vec<f64>)| {
        let value = value.filter(|_| column.len() == GROUPS)?;
        let mean = column.iter().sum::<f64>() / groups;
        let spread: f64 = column.iter().map(|other| (other - mean).powi(2)).sum();
        let half = 1.96 * ((groups - 1.0) / groups * spread).sqrt();
        Some(Interval { low: value - half, high: value + half })
    };
    whole.into_iter().zip(without).map(of).collect()
}

//! Leaks: groups of like prompts that stand in several splits.

use std::collections::HashSet;

use super::super::{Likeness, Result};
use super::rows::Rows;
use super::{groups_of, some_of};
use crate::curation::nearest::Sketches;
use crate::example::Split;

/// Pairs of a leak that are compared to find the likest.
const PAIRS: usize = 400;

/// A group of like prompts that stands in several splits.
#[derive(Debug, Clone, PartialEq)]
pub struct Leak {
    /// Its examples with their splits, by number.
    pub examples: Vec<(i64, Split)>,
    /// How alike the likest two are that are in different splits; 1 where they say the same.
    pub likeness: f32,
}

/// The leaks that there are. Examples without a split make no leak, though two groups may be one by them.
pub(super) fn find(
    rows: &Rows,
    components: &[Vec<i64>],
    sketches: &Sketches,
    at_least: f32,
    likeness: &mut Likeness<'_>,
) -> Result<Vec<Leak>> {
    let suspects: HashSet<i64> = components
        .iter()
        .filter(|component| splits_of(rows, component).len() > 1)
        .flatten()
        .copied()
        .filter(|id| rows.split(*id).is_some())
        .collect();
    if suspects.is_empty() {
        return Ok(Vec::new());
    }
    let groups = groups_of(&some_of(sketches, &suspects), at_least, likeness, &mut |_| true)?;
    let mut leaks = Vec::new();
    for group in groups {
        if splits_of(rows, &group).len() < 2 || !group.iter().any(|id| rows.get(*id).is_some()) {
            continue;
        }
        let examples: Vec<(i64, Split)> =
            group.into_iter().filter_map(|id| Some((id, rows.split(id)?))).collect();
        let likeness = likest(&examples, likeness)?;
        leaks.push(Leak { examples, likeness });
    }
    // Stable: of equally alike ones the one that begins first.
    leaks.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    Ok(leaks)
}

/// The splits that a group stands in, without those of its members that are in none.
pub(super) fn splits_of(rows: &Rows, group: &[i64]) -> Vec<Split> {
    let mut splits: Vec<Split> = group.iter().filter_map(|id| rows.split(*id)).collect();
    splits.sort_unstable();
    splits.dedup();
    splits
}

fn likest(examples: &[(i64, Split)], likeness: &mut Likeness<'_>) -> Result<f32> {
    let pairs = examples.iter().enumerate().flat_map(|(at, &(one, its))| {
        let others = examples.iter().skip(at + 1).filter(move |(_, split)| *split != its);
        others.map(move |&(other, _)| (one, other))
    });
    let mut most = 0.0_f32;
    for (one, other) in pairs.take(PAIRS) {
        most = most.max(likeness.of(one, other)?);
        if most >= 1.0 {
            break;
        }
    }
    Ok(most)
}

/// Brings each leak into the split that most of it is in, of equals that of its first example; where
/// examples that are not split here stand in it, into theirs. What can't be mended stays a leak. Answers
/// how many are mended.
pub(super) fn mend(rows: &mut Rows, leaks: &mut Vec<Leak>) -> u64 {
    let before = leaks.len();
    leaks.retain(|leak| {
        let elsewhere: Vec<i64> =
            leak.examples.iter().map(|(id, _)| *id).filter(|id| rows.get(*id).is_none()).collect();
        let to = match splits_of(rows, &elsewhere).as_slice() {
            [] => most_of(leak),
            [one] => Some(*one),
            _ => None,
        };
        let Some(to) = to else { return true };
        for (id, _) in &leak.examples {
            rows.put(*id, to);
        }
        false
    });
    (before - leaks.len()) as u64
}

fn most_of(leak: &Leak) -> Option<Split> {
    let count = |split: Split| leak.examples.iter().filter(|(_, of)| *of == split).count();
    leak.examples.iter().map(|(_, split)| *split).rev().max_by_key(|split| count(*split))
}

//! What one would read as one change, made one: words between changes that stayed by chance.

use super::{Run, split};

/// What stays between two changes is part of them where it is no longer than this, in bytes, and
/// they are twice as long.
const CHANCE: usize = 8;
/// Where fewer than this many in a hundred words of the shorter text stayed, what did stay did so by
/// chance.
const COMMON: usize = 30;

/// The runs as one would tell them.
pub(super) fn tidied(before: &str, after: &str, runs: Vec<Run>) -> Vec<Run> {
    if is_another(before, after, &runs) {
        return vec![Run { is_same: false, before: 0..before.len(), after: 0..after.len() }];
    }
    let mut tidy: Vec<Run> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let by_chance = match (tidy.last(), runs.peek()) {
            (Some(last), Some(next)) if run.is_same && !last.is_same && !next.is_same => {
                is_chance(last, after.get(run.after.clone()).unwrap_or_default(), next)
            }
            _ => false,
        };
        match tidy.last_mut() {
            // After what stayed by chance comes the change that it is joined with, too.
            Some(last) if by_chance || !run.is_same && !last.is_same => {
                last.before.end = run.before.end;
                last.after.end = run.after.end;
            }
            _ => tidy.push(run),
        }
    }
    tidy
}

fn is_chance(last: &Run, stayed: &str, next: &Run) -> bool {
    // Words that only came or only went are best seen by themselves.
    let is_replaced =
        (last.before.len() + next.before.len() > 0) && (last.after.len() + next.after.len() > 0);
    if stayed.contains('\n') || !is_replaced {
        return false;
    }
    let len = |run: &Run| run.before.len().max(run.after.len());
    let is_word = stayed.contains(char::is_alphanumeric);
    let around = len(last).min(len(next));
    if is_word { stayed.len() <= CHANCE && around >= 2 * stayed.len() } else { stayed.len() <= CHANCE }
}

/// Whether one text has next to nothing of the other.
fn is_another(before: &str, after: &str, runs: &[Run]) -> bool {
    let words =
        |text: &str| split(text).iter().filter(|word| word.starts_with(char::is_alphanumeric)).count();
    let stayed: usize =
        runs.iter().filter(|run| run.is_same).filter_map(|run| after.get(run.after.clone())).map(words).sum();
    let all = words(before).min(words(after));
    all > 2 && stayed * 100 < all * COMMON
}

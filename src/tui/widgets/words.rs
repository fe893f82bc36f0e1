//! The words in which a text differs from another one.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{ChangeTag, TextDiff};

/// Texts longer than this, in bytes, are not compared.
pub const LONGEST: usize = 20_000;

/// Below this no deadline is needed: comparing takes less than a frame, whatever the texts.
const SHORT: usize = 2_000;

/// The parts of `text` that `other` doesn't have, in bytes, in order. `None` where one of them is
/// too long to compare while somebody waits. After `within` the rest counts as different.
pub fn differing(other: &str, text: &str, within: Duration) -> Option<Vec<Range<usize>>> {
    if text.len().max(other.len()) > LONGEST {
        return None;
    }
    let mut config = TextDiff::configure();
    if text.len().max(other.len()) > SHORT {
        config.deadline(Instant::now() + within);
    }
    let diff = config.diff_unicode_words(other, text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for change in diff.iter_all_changes() {
        let len = change.value().len();
        match change.tag() {
            ChangeTag::Delete => {}
            ChangeTag::Equal => at += len,
            ChangeTag::Insert => {
                // Blanks between two words that differ are part of the difference; others are not.
                match ranges.last_mut() {
                    Some(last) if last.end == at => last.end += len,
                    _ => ranges.push(at..at + len),
                }
                at += len;
            }
        }
    }
    for range in &mut ranges {
        let part = text.get(range.clone()).unwrap_or_default();
        range.start += part.len() - part.trim_start().len();
        range.end = range.start + part.trim().len();
    }
    ranges.retain(|range| range.start < range.end);
    Some(ranges)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words<'a>(other: &str, text: &'a str) -> Vec<&'a str> {
        differing(other, text, Duration::from_secs(1)).unwrap().into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_marked_not_letters() {
        assert_eq!(words("I will write by noon", "I will call by noon"), ["call"]);
        assert_eq!(words("same", "same"), Vec::<&str>::new());
        assert_eq!(words("", "all new"), ["all new"]);
        assert_eq!(words("one two", "one big red two"), ["big red"]);
    }

    #[test]
    fn long_texts_are_left_alone() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(differing(&long, "x", Duration::from_secs(1)), None);
    }

    proptest! {
        #[test]
        fn what_is_not_marked_is_in_the_other(a in "[ab \n漢]{0,30}", b in "[ab \n漢]{0,30}") {
            for range in differing(&a, &b, Duration::from_secs(1)).unwrap() {
                prop_assert!(b.get(range).is_some());
            }
        }
    }
}

//! The words in which a text differs from another one.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use crate::text::difference::split;

/// Texts longer than this, in bytes, are not compared.
pub const LONGEST: usize = 20_000;

/// Below this no deadline is needed: comparing takes less than a frame, whatever the texts.
const SHORT: usize = 2_000;

/// Where fewer than this many in a hundred words of a text are in the other one, marking the rest
/// would mark nearly all of it.
const COMMON: usize = 40;

/// In what a text differs from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// In these parts, in bytes, in order.
    Parts(Vec<Range<usize>>),
    /// In so many words that naming them tells nothing.
    Throughout,
}

/// In what `text` differs from `other`. `None` where one of them is too long to compare while
/// somebody waits. After `within` the rest counts as different.
pub fn difference(other: &str, text: &str, within: Duration) -> Option<Difference> {
    let parts = differing(other, text, within)?;
    let is_word = |part: &&str| part.starts_with(char::is_alphanumeric);
    let count = |text: &str| split(text).into_iter().filter(is_word).count();
    let all = count(text);
    let differ: usize = parts.iter().filter_map(|part| text.get(part.clone())).map(count).sum();
    let is_throughout = all.saturating_sub(differ) * 100 < all * COMMON;
    Some(if is_throughout { Difference::Throughout } else { Difference::Parts(parts) })
}

/// The parts of `text` that `other` doesn't have.
fn differing(other: &str, text: &str, within: Duration) -> Option<Vec<Range<usize>>> {
    let longest = text.len().max(other.len());
    if longest > LONGEST {
        return None;
    }
    let deadline = (longest > SHORT).then(|| Instant::now() + within);
    let (before, after) = (split(other), split(text));
    let changes = capture_diff_slices_deadline(Algorithm::Myers, &before, &after, deadline);
    let mut ends = Vec::with_capacity(after.len() + 1);
    ends.push(0);
    ends.extend(after.iter().scan(0, |end, word| {
        *end += word.len();
        Some(*end)
    }));
    let ranges =
        changes.into_iter().filter(|change| matches!(change.tag(), DiffTag::Insert | DiffTag::Replace));
    let ranges = ranges.filter_map(|change| {
        let words = change.new_range();
        let range = *ends.get(words.start)?..*ends.get(words.end)?;
        // Blanks around what differs are no part of it.
        let part = text.get(range.clone())?;
        let start = range.start + part.len() - part.trim_start().len();
        Some(start..start + part.trim().len())
    });
    Some(ranges.filter(|range| !range.is_empty()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words<'a>(other: &str, text: &'a str) -> Vec<&'a str> {
        differing(other, text, Duration::from_secs(1))
            .unwrap()
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn words_are_marked_not_letters() {
        assert_eq!(words("I will write by noon", "I will call by noon"), ["call"]);
        assert_eq!(words("same", "same"), Vec::<&str>::new());
        assert_eq!(words("", "all new"), ["all new"]);
        assert_eq!(words("one two", "one big red two"), ["big red"]);
    }

    #[test]
    fn texts_with_little_in_common_differ_throughout() {
        let of = |other, text| difference(other, text, Duration::from_secs(1)).unwrap();
        assert_eq!(of("I will write by noon.", "Please ask your neighbours first."), Difference::Throughout);
        assert!(matches!(of("I will write by noon", "I will call by noon"), Difference::Parts(_)));
        assert_eq!(of("漢字です", "ひらがな"), Difference::Throughout);
        for same in ["", "  ", "...", "same"] {
            assert_eq!(of(same, same), Difference::Parts(Vec::new()), "{same:?}");
        }
    }

    #[test]
    fn long_texts_are_left_alone() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(differing(&long, "x", Duration::from_secs(1)), None);
    }

    proptest! {
        /// Without the marked parts and blanks a text has nothing that the other hasn't, in its order.
        #[test]
        fn what_is_not_marked_is_in_the_other(a in "[ab ,\n漢é]{0,30}", b in "[ab ,\n漢é]{0,30}") {
            let mut rest = b.clone();
            for range in differing(&a, &b, Duration::from_secs(1)).unwrap().into_iter().rev() {
                prop_assert!(b.get(range.clone()).is_some());
                rest.replace_range(range, "");
            }
            let mut other = a.chars();
            prop_assert!(rest.chars().filter(|c| !c.is_whitespace()).all(|c| other.any(|o| o == c)));
        }
    }
}

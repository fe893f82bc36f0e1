//! A long text in portions whose tokens add up to those of the whole.
//!
//! The built-in vocabularies part a text by a pattern before they look at pairs of bytes. No match
//! of either pattern goes on past a place where
//!
//! - a blank follows what is no white space (every match that has a blank has it in front, or is
//!   white space altogether), or
//! - a mark such as `。` follows an ideograph or kana (a match of letters takes one mark in front of
//!   it, and none behind), or
//! - what is neither white space nor `/` follows a line break (white space and punctuation take
//!   line breaks, and o200k's slashes, to the last one),
//!
//! and no match looks behind itself. So a text cut there has the tokens of the whole, and the work
//! for one portion stays small: the pattern is never tried on more than a portion.

/// A portion is cut at the first good place after so many bytes.
const USUAL: usize = 16 << 10;
/// Where none comes within so many bytes (a word of letters without end), the cut is made anyhow.
const MOST: usize = 64 << 10;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Portion<'a> {
    /// The text of it.
    pub text: &'a str,
    /// Whether it was cut off in the middle of what may be one token.
    pub torn: bool,
}

/// The portions of a text, in order.
pub(super) fn portions(text: &str) -> impl Iterator<Item = Portion<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (end, torn) = end_of_first(rest);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Portion { text, torn })
    })
}

/// Where the first portion ends, on the border of two characters, and whether that tears something.
fn end_of_first(text: &str) -> (usize, bool) {
    if text.len() <= USUAL {
        return (text.len(), false);
    }
    let from = (0..=USUAL).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let mut before = text.get(..from).and_then(|head| head.chars().next_back());
    for (at, c) in text.get(from..).unwrap_or_default().char_indices() {
        let at = from + at;
        if at >= MOST {
            return (at, true);
        }
        let good = match before {
            Some('\n') => !c.is_whitespace() && c != '/',
            Some(before) => match c {
                ' ' => !before.is_whitespace(),
                '\u{3001}' | '\u{3002}' | '\u{ff01}' | '\u{ff0c}' | '\u{ff1f}' => is_cjk_letter(before),
                _ => false,
            },
            None => false,
        };
        if good {
            return (at, false);
        }
        before = Some(c);
    }
    (text.len(), false)
}

const fn is_cjk_letter(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_one_portion() {
        let text = "one two ".repeat(100);
        assert_eq!(portions(&text).collect::<Vec<_>>(), [Portion { text: &text, torn: false }]);
        assert_eq!(portions("").count(), 0);
    }

    #[test]
    fn portions_are_the_text_again_and_cut_at_good_places() {
        for text in [
            "word and word ".repeat(9_000),
            "\u{5b57}\u{3002}\n".repeat(9_000),
            "a\n\n/b  c".repeat(9_000),
            "\u{5b57}\u{5b57}\u{3002}".repeat(9_000),
        ] {
            let parts: Vec<_> = portions(&text).collect();
            assert!(parts.len() > 2);
            assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text);
            assert!(parts.iter().all(|part| !part.torn && part.text.len() < USUAL + 64));
        }
    }

    #[test]
    fn what_has_no_good_place_is_torn() {
        for text in ["\u{5b57}".repeat(90_000), "a".repeat(200_000), " ".repeat(200_000)] {
            let parts: Vec<_> = portions(&text).collect();
            assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text);
            assert!(parts.iter().any(|part| part.torn));
            assert!(parts.iter().all(|part| part.text.len() <= MOST + 4));
        }
    }
}

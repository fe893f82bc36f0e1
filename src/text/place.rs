//! Where something stands in a text, as a person would say it.

use unicode_segmentation::UnicodeSegmentation;

/// A line and a column, both from 1. Lines end with a line feed; columns count grapheme clusters,
/// which is what an editor's cursor steps over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The position of a byte; of one inside a cluster, that of the cluster. What is beyond the end
/// is at the end.
pub fn position(text: &str, at: usize) -> Position {
    let at = at.min(text.len());
    let bytes = text.as_bytes();
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.split(|&byte| byte == b'\n').count() - 1;
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
    // A line feed is ASCII, so that what follows it begins a character.
    let rest = text.get(start..).unwrap_or_default();
    let within = at - start;
    // ASCII before a place that ASCII follows is one column a byte, save for a carriage return,
    // which goes with the line feed behind it.
    let plain = rest.as_bytes().get(..(within + 1).min(rest.len())).unwrap_or_default();
    let column = if plain.is_ascii() {
        within
    } else {
        rest.grapheme_indices(true).take_while(|(from, cluster)| from + cluster.len() <= within).count()
    };
    Position { line: line + 1, column: column + 1 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str, at: usize) -> (usize, usize) {
        let Position { line, column } = position(text, at);
        (line, column)
    }

    #[test]
    fn columns_count_what_a_cursor_steps_over() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("ab\ncd", 4), (2, 2));
        assert_eq!(at("ab\ncd", 99), (2, 3));
        assert_eq!(at("e\u{301}x", 3), (1, 2), "an accent of its own is no column");
        assert_eq!(at("e\u{301}x", 1), (1, 1), "inside a cluster is at the cluster");
        assert_eq!(at("👩‍👩‍👧x", "👩‍👩‍👧".len()), (1, 2));
        assert_eq!(at("a\r\nb", 3), (2, 1));
    }

    proptest! {
        #[test]
        fn every_place_has_a_position_that_never_goes_back(text in "[a-cä\u{301}\n\r👍]{0,40}") {
            let places: Vec<Position> = (0..=text.len() + 1).map(|at| position(&text, at)).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}

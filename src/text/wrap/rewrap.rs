//! Wrapping a line again after a change in it, without looking at all of it.

use std::ops::Range;

use super::{Row, Wrap, row_of, unit_at};

/// How many rows before that of the change are wrapped again. The last word of a row, and the first
/// piece of what follows it, decide where the row before it ends.
const BEFORE: usize = 2;

/// Brings the rows of a text up to date after the bytes `changed` of it gave way to `len` others.
/// They are what [`wrap`](super::wrap) makes of `text`; it costs as much as the rows that differ.
pub fn rewrap(rows: &mut Vec<Row>, text: &str, cells: usize, changed: Range<usize>, len: usize) {
    let first = row_of(rows, changed.start).saturating_sub(BEFORE);
    let start = rows.get(first).map_or(0, |row| row.start);
    let mut wrap = Wrap { start, ..Wrap::new("", cells.max(1)) };
    let new_end = changed.start + len;
    let (gone, come) = (changed.end - changed.start, len);
    let mut old = first;
    let mut at = start;
    while at < text.len() {
        let unit = unit_at(text, at);
        wrap.take(at, &unit);
        at += unit.len;
        // Where a row begins all is as at the start of a text: from a common start on, rows are the same.
        if wrap.start >= new_end && wrap.start > start {
            let was = wrap.start - come + gone;
            while rows.get(old).is_some_and(|row| row.start < was) {
                old += 1;
            }
            if was >= changed.end && rows.get(old).is_some_and(|row| row.start == was) {
                for row in rows.iter_mut().skip(old) {
                    row.start = row.start - gone + come;
                    row.shown_end = row.shown_end - gone + come;
                    row.end = row.end - gone + come;
                }
                rows.splice(first..old, wrap.rows);
                return;
            }
        }
    }
    wrap.close(text.len(), text.len(), false);
    rows.splice(first.., wrap.rows);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{tests::mixed, wrap};
    use super::*;

    fn boundary(text: &str, at: usize) -> usize {
        (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    }

    #[test]
    fn a_word_that_shrinks_goes_back_to_the_row_before() {
        let mut rows = wrap("aaa bbbbbb cc", 8);
        rewrap(&mut rows, "aaa bbb cc", 8, 7..10, 0);
        assert_eq!(rows, wrap("aaa bbb cc", 8));
    }

    proptest! {
        #[test]
        fn what_is_wrapped_again_is_as_if_wrapped_anew(
            text in mixed(),
            put in mixed(),
            (from, to) in (0usize..200, 0usize..200),
            cells in 1usize..20,
        ) {
            let (text, put) = (text.replace('\n', ""), put.replace('\n', ""));
            let (from, to) = (boundary(&text, from.min(to)), boundary(&text, from.max(to)));
            let mut rows = wrap(&text, cells);
            let mut after = text.clone();
            after.replace_range(from..to, &put);
            rewrap(&mut rows, &after, cells, from..to, put.len());
            prop_assert_eq!(rows, wrap(&after, cells));
        }

        #[test]
        fn nor_does_it_matter_how_long_the_line_is(
            words in prop::collection::vec("[a-c]{1,9}|漢+|👩\u{200d}🔬|🇫🇷+| {1,4}", 20..120),
            put in "[a-c ]{0,3}",
            from in 0usize..400,
            gone in 0usize..12,
            cells in 2usize..12,
        ) {
            let text = words.concat();
            let (from, to) = (boundary(&text, from), boundary(&text, from.saturating_add(gone)));
            let mut rows = wrap(&text, cells);
            let mut after = text.clone();
            after.replace_range(from..to, &put);
            rewrap(&mut rows, &after, cells, from..to, put.len());
            prop_assert_eq!(rows, wrap(&after, cells));
        }
    }
}

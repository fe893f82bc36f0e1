//! How wide text is on the screen, and how to make it as wide as wanted.
//!
//! Widths are in cells, summed over grapheme clusters as the drawing library does, so that the
//! cursor and the picture agree. Apart from [`first_line`] and [`shown_width`], which take data as
//! it comes, these functions expect text that [`harmless`](super::harmless::harmless) has seen.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::harmless::visible;

/// What stands for text that did not fit.
pub const ELLIPSIS: char = '…';

/// The cells that one grapheme cluster takes.
pub fn grapheme_width(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    // The drawing library (ratatui 0.30) adds a cell for each half-width katakana sound mark; a
    // cursor that is to stand where the text ends must do the same.
    let sound_marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    cluster.width() + sound_marks
}

/// The cells that harmless text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_width).sum() }
}

/// The cells that text takes as it is shown, marks included.
pub fn shown_width(text: &str) -> usize {
    visible(text).map(|run| width(&run.text)).sum()
}

/// As many of the parts of a text, which ` · ` parts, as fit, from the first on.
pub fn whole_parts(text: &str, cells: usize) -> String {
    let mut shown = String::new();
    for part in text.split(" · ") {
        let longer = if shown.is_empty() { part.to_owned() } else { format!("{shown} · {part}") };
        if width(&longer) > cells {
            break;
        }
        shown = longer;
    }
    shown
}

/// As many of the parts as fit, from the first on, and how many more there are; the first is cut where not even that
/// fits.
pub fn parts_and_more(parts: &[String], cells: usize) -> String {
    let first_few = |shown: usize| {
        let mut text = parts.iter().take(shown).cloned().collect::<Vec<_>>().join(" · ");
        if shown < parts.len() {
            text = format!("{text} · {} more", parts.len() - shown);
        }
        text
    };
    let fitting = (1..=parts.len()).rev().map(first_few).find(|text| width(text) <= cells);
    fitting.unwrap_or_else(|| truncate(&first_few(1), cells).into_owned())
}

/// The length in bytes of the longest beginning that takes no more than `cells`, and its width.
fn fitting(text: &str, cells: usize) -> (usize, usize) {
    let (mut end, mut taken) = (0, 0);
    for cluster in text.graphemes(true) {
        let wide = grapheme_width(cluster);
        if taken + wide > cells {
            break;
        }
        taken += wide;
        end += cluster.len();
    }
    (end, taken)
}

/// The same for the longest end.
fn fitting_end(text: &str, cells: usize) -> usize {
    let (mut start, mut taken) = (text.len(), 0);
    for cluster in text.graphemes(true).rev() {
        taken += grapheme_width(cluster);
        if taken > cells {
            break;
        }
        start -= cluster.len();
    }
    start
}

/// Whether the text takes no more than `cells`; looks at no more of it than it must.
fn fits(text: &str, cells: usize) -> bool {
    text.len() <= cells && text.is_ascii() || fitting(text, cells).0 == text.len()
}

/// The text, or its beginning and an ellipsis: never wider than `cells`.
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if fits(text, cells) {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (end, _) = fitting(text, room);
    let mut short = text.get(..end).unwrap_or_default().to_owned();
    short.push(ELLIPSIS);
    Cow::Owned(short)
}

/// The text, or its beginning and its end with an ellipsis between: for the names of files,
/// which tell most at their end. Never wider than `cells`.
pub fn truncate_middle(text: &str, cells: usize) -> Cow<'_, str> {
    if fits(text, cells) {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (end, taken) = fitting(text, room / 2);
    let start = fitting_end(text, room - taken);
    let head = text.get(..end).unwrap_or_default();
    let tail = text.get(start..).unwrap_or_default();
    Cow::Owned(format!("{head}{ELLIPSIS}{tail}"))
}

/// The text with blanks after it, or cut short: exactly `cells` wide.
pub fn pad(text: &str, cells: usize) -> String {
    let mut padded = truncate(text, cells).into_owned();
    let missing = cells.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// The text with blanks before it, or cut short: exactly `cells` wide. For numbers.
pub fn pad_left(text: &str, cells: usize) -> String {
    let short = truncate(text, cells);
    let missing = cells.saturating_sub(width(&short));
    let mut padded = " ".repeat(missing);
    padded.push_str(&short);
    padded
}

/// The beginning of a text for one row of a list: harmless, runs of white space squeezed to one
/// blank, cut to `cells`. The work grows with `cells`, not with the text.
pub fn first_line(text: &str, cells: usize) -> String {
    // Room for wide graphemes of many bytes, and for white space that is squeezed away.
    let limit = (cells + 1).saturating_mul(32).saturating_add(1024);
    let near: String = text.chars().take(limit).collect();
    let is_all = near.len() == text.len();
    let mut squeezed = String::with_capacity(cells * 2);
    for word in near.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.extend(visible(word).map(|run| run.text));
        if squeezed.len() > limit {
            break;
        }
    }
    if !is_all && fits(&squeezed, cells) {
        squeezed.push(ELLIPSIS);
    }
    if fits(&squeezed, cells) { squeezed } else { truncate(&squeezed, cells).into_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    use super::*;
    use crate::text::harmless::harmless;

    #[test]
    fn parts_that_have_no_room_are_counted() {
        let parts = ["intent 0 → 1", "language 0 → 1", "the first a × b"].map(str::to_owned);
        assert_eq!(parts_and_more(&parts, 47), "intent 0 → 1 · language 0 → 1 · the first a × b");
        assert_eq!(parts_and_more(&parts, 40), "intent 0 → 1 · language 0 → 1 · 1 more");
        assert_eq!(parts_and_more(&parts, 24), "intent 0 → 1 · 2 more");
        assert_eq!(parts_and_more(&parts, 12), "intent 0 → …", "what is cut is told so");
        assert_eq!(parts_and_more(&[], 12), "");
    }

    #[test]
    fn widths_are_those_that_the_terminal_gives() {
        for (text, cells) in
            [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("👩\u{200d}🔬", 2), ("🇫🇷", 2), ("", 0)]
        {
            assert_eq!(width(text), cells, "{text}");
        }
        assert_eq!(shown_width("a\x1b\tb"), 7);
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert!(matches!(truncate("abc", 3), Cow::Borrowed("abc")));
        assert_eq!(truncate("abcd", 3), "ab…");
        assert_eq!(truncate("漢字漢字", 4), "漢…");
        assert_eq!(truncate("abc", 0), "");
        assert_eq!(truncate_middle("support-intents.goldset", 17), "support-….goldset");
        assert_eq!(pad("漢字", 5), "漢字 ");
        assert_eq!(pad_left("12", 5), "   12");
    }

    #[test]
    fn a_list_shows_one_squeezed_line() {
        assert_eq!(first_line("  hi,\n\n please\tstop ", 80), "hi, please stop");
        assert_eq!(first_line("hi, please stop", 10), "hi, pleas…");
        assert_eq!(first_line("a\x1b[2Jb", 80), "a␛[2Jb");
        assert_eq!(first_line(" \n ", 80), "");
    }

    #[test]
    fn a_huge_text_costs_no_more_than_its_beginning() {
        let huge = "x ".repeat(20_000_000);
        let start = std::time::Instant::now();
        assert_eq!(width(&first_line(&huge, 60)), 60);
        assert!(start.elapsed().as_millis() < 200);
        assert_eq!(first_line(&" ".repeat(10_000), 60), "…");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in any::<String>(), cells in 0usize..30) {
            let text = harmless(&text);
            prop_assert!(width(&truncate(&text, cells)) <= cells);
            prop_assert!(width(&truncate_middle(&text, cells)) <= cells);
            prop_assert!(width(&first_line(&text, cells)) <= cells);
            prop_assert_eq!(width(&pad(&text, cells)), cells);
            prop_assert_eq!(width(&pad_left(&text, cells)), cells);
        }

        #[test]
        fn widths_agree_with_the_drawing_library(text in any::<String>()) {
            for cluster in harmless(&text).graphemes(true) {
                prop_assert_eq!(grapheme_width(cluster), usize::from(cluster.cell_width()));
            }
        }
    }
}

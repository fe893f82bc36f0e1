//! Two texts as one line of differences: `the [-late fee-]{+late charge+} is …`.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::difference::{Change, Difference};
use crate::text::harmless::harmless;

/// Characters of what stayed that are shown beside a difference.
const CONTEXT: usize = 30;

/// The words that went in `[-…-]`, those that came in `{+…+}`, and some of what stands around them.
/// Line breaks and all that can't be seen are shown as marks.
pub(super) fn differences(before: &str, after: &str) -> String {
    let difference = Difference::of(before, after);
    let parts = difference.parts();
    let mut line = String::new();
    for (at, part) in parts.iter().enumerate() {
        let shown = harmless(&part.text);
        match part.change {
            Change::Same => line.push_str(&context(&part.text, at == 0, at + 1 == parts.len())),
            Change::Removed => line.extend(["[-", &shown, "-]"]),
            Change::Added => line.extend(["{+", &shown, "+}"]),
        }
    }
    line
}

/// What stayed: whole where it is short, otherwise its ends that stand beside a difference.
fn context(same: &str, is_first: bool, is_last: bool) -> String {
    let clusters: Vec<&str> = same.graphemes(true).collect();
    let (head, tail) = (if is_first { 0 } else { CONTEXT }, if is_last { 0 } else { CONTEXT });
    if clusters.len() <= head + tail + 1 {
        return harmless(same).into_owned();
    }
    let end = clusters.len() - tail;
    let head = clusters.get(..head).unwrap_or_default().concat();
    let tail = clusters.get(end..).unwrap_or_default().concat();
    format!("{}…{}", harmless(&head), harmless(&tail))
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn words_that_went_and_came_are_marked() {
        let line = differences("the late fee is due", "the late charge is due");
        assert_eq!(line, "the late [-fee-]{+charge+} is due");
        assert_eq!(differences("gone", ""), "[-gone-]");
        assert_eq!(differences("a  \nb", "a\nb"), "a[-  -]␊b");
    }

    #[test]
    fn what_stands_far_away_is_left_out() {
        let far = "x ".repeat(100);
        let line = differences(&format!("{far}old {far}old {far}"), &format!("{far}new {far}new {far}"));
        assert_eq!(line.matches('…').count(), 3, "{line}");
        assert!(line.starts_with('…') && line.ends_with('…') && line.len() < 250, "{line}");
    }

    #[test]
    fn nothing_in_a_text_drives_the_terminal() {
        let line = differences("a \u{1b}[31m b", "a \u{202e} b");
        assert!(!line.contains(['\u{1b}', '\u{202e}']), "{line}");
    }
}

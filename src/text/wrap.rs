//! Soft wrap: the rows in which a text is shown in a column of a given width.
//!
//! Rows are ranges of the text itself, so that a cursor, a search hit or a difference can be
//! placed on them. They break after blanks, beside the letters of scripts that are written
//! without blanks, and inside a word only where it is wider than the column; never inside a
//! grapheme cluster. Widths are those of what [`visible`](super::harmless::visible) draws.

mod rewrap;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::harmless::TAB;
use super::invisible::needs_joiners;
use super::width::{grapheme_width, shown_width, width};

pub use rewrap::rewrap;

/// One row of a wrapped text. Rows follow each other without a gap and cover the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where that which is drawn ends: before the line break, and before blanks that hang over
    /// the edge.
    pub shown_end: usize,
    /// Where the next row begins.
    pub end: usize,
    /// Whether it ends with a line break of the text.
    pub is_hard: bool,
}

impl Row {
    /// What is drawn, as a range of the text.
    pub fn shown(&self) -> Range<usize> {
        self.start..self.shown_end
    }

    /// What is drawn.
    pub fn text<'a>(&self, whole: &'a str) -> &'a str {
        whole.get(self.shown()).unwrap_or_default()
    }
}

/// The rows of a text in a column of `cells` (at least one). An empty text has one empty row, and
/// so has what follows a last line break. No row is wider than `cells`, unless it is a single
/// grapheme cluster that is.
pub fn wrap(text: &str, cells: usize) -> Vec<Row> {
    let mut rows = Wrap::new(text, cells.max(1));
    let mut at = 0;
    while at < text.len() {
        let unit = unit_at(text, at);
        rows.take(at, &unit);
        at += unit.len;
    }
    rows.close(text.len(), text.len(), false);
    rows.rows
}

/// The row on which a byte offset lies: that after a soft break rather than that before it.
pub fn row_of(rows: &[Row], offset: usize) -> usize {
    rows.partition_point(|row| row.start <= offset).saturating_sub(1)
}

/// What a row can't break inside of.
struct Unit {
    len: usize,
    cells: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A line feed.
    Break,
    /// A blank, which may hang over the edge.
    Blank,
    /// A tab: drawn, but one can break after it.
    Tab,
    /// Part of a word.
    Word,
    /// A letter beside which one can break.
    Ideograph,
    /// A mark that stays with what is before it.
    Closing,
    /// A mark that stays with what comes after it.
    Opening,
}

/// The unit at a boundary of units.
fn unit_at(text: &str, at: usize) -> Unit {
    let bytes = text.as_bytes();
    // Most text: an ASCII character that nothing can combine with.
    if let Some(&byte) = bytes.get(at)
        && byte.is_ascii()
        && bytes.get(at + 1).is_none_or(u8::is_ascii)
    {
        let (cells, kind) = match byte {
            b'\n' => (0, Kind::Break),
            b' ' => (1, Kind::Blank),
            b'\t' => (width(TAB), Kind::Tab),
            _ => (1, Kind::Word),
        };
        return Unit { len: 1, cells, kind };
    }
    let rest = text.get(at..).unwrap_or_default();
    let mut len = 0;
    for cluster in rest.graphemes(true) {
        len += cluster.len();
        // A joiner at a cluster's end shapes the letter after it too: they stay together.
        let is_open = cluster.ends_with(['\u{200c}', '\u{200d}']) && cluster.len() > 3;
        let follows = rest.get(len..).and_then(|after| after.chars().next());
        if !(is_open && follows.is_some_and(needs_joiners)) {
            break;
        }
    }
    let unit = rest.get(..len).unwrap_or_default();
    let first = unit.chars().next().unwrap_or(' ');
    let kind = match kind_of(first) {
        // A blank that carries something is drawn with it.
        Kind::Blank if unit.len() > first.len_utf8() => Kind::Word,
        kind => kind,
    };
    let cells = match kind {
        Kind::Break => 0,
        Kind::Blank => grapheme_width(unit),
        _ => shown_width(unit),
    };
    Unit { len, cells, kind }
}

fn kind_of(c: char) -> Kind {
    match c {
        '\n' => Kind::Break,
        '\t' => Kind::Tab,
        ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
            Kind::Blank
        }
        '、' | '。' | '，' | '．' | '！' | '？' | '：' | '；' | '」' | '』' | '）' | '】' | '〉' | '》'
        | '〕' | '］' | '｝' | 'ー' | '々' | '・' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ'
        | 'ょ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' => Kind::Closing,
        '「' | '『' | '（' | '【' | '〈' | '《' | '〔' | '［' | '｛' => Kind::Opening,
        '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Ideograph,
        _ => Kind::Word,
    }
}

/// The state of wrapping.
struct Wrap {
    cells: usize,
    rows: Vec<Row>,
    start: usize,
    /// The width of the row so far, without blanks that hang over the edge.
    taken: usize,
    /// Where blanks that hang over the edge begin.
    hanging: Option<usize>,
    /// The last place where the row can be broken, and its width up to there.
    chance: Option<(usize, usize)>,
    last: Option<Kind>,
}

impl Wrap {
    fn new(text: &str, cells: usize) -> Self {
        let rows = Vec::with_capacity(text.len() / cells + 1);
        Self { cells, rows, start: 0, taken: 0, hanging: None, chance: None, last: None }
    }

    /// Ends the row: it is drawn up to `shown_end`, and the next one begins at `end`.
    fn close(&mut self, shown_end: usize, end: usize, is_hard: bool) {
        let shown_end = self.hanging.take().unwrap_or(shown_end);
        self.rows.push(Row { start: self.start, shown_end, end, is_hard });
        self.start = end;
        self.taken = 0;
        self.chance = None;
        self.last = None;
    }

    fn take(&mut self, at: usize, unit: &Unit) {
        match unit.kind {
            Kind::Break => return self.close(at, at + unit.len, true),
            Kind::Blank
                if self.hanging.is_some() || self.taken + unit.cells > self.cells && at > self.start =>
            {
                self.hanging.get_or_insert(at);
                return;
            }
            _ => {}
        }
        if self.hanging.is_some() {
            self.close(at, at, false);
        }
        if self.last.is_some_and(|last| can_break(last, unit.kind)) {
            self.chance = Some((at, self.taken));
        }
        if self.taken + unit.cells > self.cells && at > self.start {
            self.break_before(at, unit.cells);
        }
        self.taken += unit.cells;
        self.last = Some(unit.kind);
    }

    /// Breaks the row so that a unit of `cells` can follow at `at`.
    fn break_before(&mut self, at: usize, cells: usize) {
        if let Some((place, before)) = self.chance {
            let carried = self.taken - before;
            let last = self.last;
            self.close(place, place, false);
            self.taken = carried;
            self.last = last;
        }
        if self.taken + cells > self.cells && at > self.start {
            self.close(at, at, false);
        }
    }
}

fn can_break(before: Kind, after: Kind) -> bool {
    let stays = matches!(after, Kind::Blank | Kind::Break | Kind::Closing) || before == Kind::Opening;
    let parts = matches!(before, Kind::Blank | Kind::Tab | Kind::Ideograph | Kind::Closing)
        || matches!(after, Kind::Ideograph | Kind::Opening | Kind::Tab);
    parts && !stays
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).iter().map(|row| row.text(text)).collect()
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(rows("the quick brown fox", 10), ["the quick ", "brown fox"]);
        assert_eq!(rows("the quick brown fox", 9), ["the quick", "brown fox"]);
        assert_eq!(rows("incomprehensible x", 6), ["incomp", "rehens", "ible x"]);
        assert_eq!(rows("a incomprehensible", 6), ["a ", "incomp", "rehens", "ible"]);
    }

    #[test]
    fn line_breaks_are_kept() {
        assert_eq!(rows("", 10), [""]);
        assert_eq!(rows("a\n\nb\n", 10), ["a", "", "b", ""]);
        assert_eq!(rows("a\r\nb", 10), ["a\r", "b"]);
        let first = &wrap("a\nb", 10)[0];
        assert!(first.is_hard && first.shown_end == 1 && first.end == 2);
    }

    #[test]
    fn scripts_without_blanks_break_between_letters() {
        assert_eq!(rows("今日は良い天気です。", 8), ["今日は良", "い天気で", "す。"]);
        assert_eq!(rows("今日は良い。", 10), ["今日は良", "い。"]);
        assert_eq!(rows("見る「今日」", 6), ["見る", "「今", "日」"]);
    }

    #[test]
    fn no_cluster_is_torn() {
        assert_eq!(rows("👩\u{200d}🔬👩\u{200d}🔬", 2), ["👩\u{200d}🔬", "👩\u{200d}🔬"]);
        assert_eq!(rows("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn a_place_in_the_text_has_a_row() {
        let rows = wrap("the quick brown fox", 10);
        assert_eq!([0, 9, 10, 19].map(|at| row_of(&rows, at)), [0, 0, 1, 1]);
    }

    #[test]
    fn a_long_text_is_wrapped_at_once() {
        let text = "All happy families are alike; every unhappy one is so in its own way.\n".repeat(1_500);
        let start = std::time::Instant::now();
        assert!(wrap(&text, 60).len() > 1_500);
        assert!(start.elapsed().as_millis() < 1_000, "{:?}", start.elapsed());
    }

    pub(super) fn mixed() -> impl Strategy<Value = String> {
        let odd: Vec<char> =
            "ab c d\n\t\r\x1b漢字。「」👩🔬\u{200d}\u{301}🇫\u{200c}شم\u{3000}\u{202e}é".chars().collect();
        prop::collection::vec(prop_oneof![4 => prop::sample::select(odd), 1 => any::<char>()], 0..80)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_without_a_gap(text in mixed(), cells in 1usize..20) {
            let rows = wrap(&text, cells);
            let mut at = 0;
            for row in &rows {
                prop_assert_eq!(row.start, at);
                prop_assert!(row.start <= row.shown_end && row.shown_end <= row.end);
                prop_assert!(text.get(row.start..row.end).is_some());
                let hidden = &text[row.shown_end..row.end];
                prop_assert!(hidden.chars().all(|c| c == '\n' || kind_of(c) == Kind::Blank), "{:?}", hidden);
                at = row.end;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn no_row_is_wider_than_the_column(text in mixed(), cells in 1usize..20) {
            for row in wrap(&text, cells) {
                let shown = row.text(&text);
                let is_one = unit_at(&text, row.start).len >= shown.len();
                prop_assert!(shown_width(shown) <= cells || is_one, "{:?} in {}", shown, cells);
            }
        }
    }
}

//! Which characters a reader can't see, and where some of them do honest work.
//!
//! The sources are the Unicode lists of default ignorable and format characters, the rules for
//! joiners in UAX #31 (section 2.3), emoji sequences in UTS #51 and the limit of thirty
//! combining marks in UAX #15 (section 13, "stream-safe").

use unicode_width::UnicodeWidthChar;

/// The most marks that may sit on one base before the rest are shown as code points.
const MOST_MARKS: usize = 30;

/// What came before a character: enough to know whether a joiner or a mark has work to do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// The character before, where it was shown as itself.
    last: Option<char>,
    /// How many characters without a width follow the last one that has one.
    marks: usize,
}

impl Before {
    /// The state after `c` was shown as itself.
    pub(super) fn then(self, c: char) -> Self {
        let marks = if c < '\u{300}' || c.width() != Some(0) { 0 } else { self.marks + 1 };
        Self { last: Some(c), marks }
    }
}

/// Whether `c` must be drawn as a mark, seen after `before` and in front of `rest`.
pub(super) fn needs_mark(before: Before, c: char, rest: &str) -> bool {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => false,
        '\0'..='\u{9f}' => true,
        '\u{200c}' => !is_joiner_at_work(before.last, rest),
        '\u{200d}' => !is_joiner_at_work(before.last, rest) && !is_emoji_joiner(before.last, rest),
        '\u{e0020}'..='\u{e007f}' => !before.last.is_some_and(|last| is_flag_part(last, c, rest)),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => !before.last.is_some_and(is_mongolian),
        '\u{fe00}'..='\u{fe0f}' => before.last.is_none_or(|last| last.is_whitespace() || is_selector(last)),
        '\u{e0100}'..='\u{e01ef}' => !before.last.is_some_and(is_ideograph),
        _ if is_invisible(c) => true,
        '\u{1161}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' => !before.last.is_some_and(is_hangul),
        _ => (before.last.is_none() || before.marks >= MOST_MARKS) && c.width() == Some(0) && !is_regional(c),
    }
}

/// Characters that have no shape, order others about, or mean nothing to anybody else.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}'      // zero width and marks of direction
        | '\u{2028}'..='\u{202e}'      // line and paragraph separators, embeddings and overrides
        | '\u{2060}'..='\u{206f}'      // word joiner, invisible operators, isolates, deprecated
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e000}'..='\u{f8ff}'      // private use
        | '\u{e0000}'..='\u{e0fff}'    // tags and what is reserved beside them
        | '\u{f0000}'..='\u{10ffff}')
}

/// A joiner or non-joiner, seen after `last` and in front of `rest`, that shapes the letters beside it.
pub(crate) fn is_joiner_at_work(last: Option<char>, rest: &str) -> bool {
    last.is_some_and(|last| {
        needs_joiners(last) && (is_virama(last) || rest.chars().next().is_some_and(needs_joiners))
    })
}

/// A joiner, seen after `last` and in front of `rest`, that makes one emoji of two.
pub(crate) fn is_emoji_joiner(last: Option<char>, rest: &str) -> bool {
    last.is_some_and(|last| last == '\u{fe0f}' || is_pictograph(last))
        && rest.chars().next().is_some_and(is_pictograph)
}

/// Scripts whose letters change shape with joiners: Arabic and its kin, the Indic scripts,
/// those of South-East Asia, Mongolian.
pub(super) fn needs_joiners(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{6ff}' | '\u{700}'..='\u{7ff}' | '\u{840}'..='\u{8ff}' | '\u{900}'..='\u{dff}'
        | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1700}'..='\u{17ff}' | '\u{1820}'..='\u{18af}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1bff}' | '\u{a800}'..='\u{a82f}'
        | '\u{a8e0}'..='\u{a8ff}' | '\u{a980}'..='\u{a9df}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{abc0}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10a00}'..='\u{10a5f}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

fn is_virama(c: char) -> bool {
    matches!(
        c,
        '\u{94d}'
            | '\u{9cd}'
            | '\u{a4d}'
            | '\u{acd}'
            | '\u{b4d}'
            | '\u{bcd}'
            | '\u{c4d}'
            | '\u{ccd}'
            | '\u{d4d}'
            | '\u{dca}'
            | '\u{1039}'
            | '\u{17d2}'
    )
}

/// Emoji and what they are joined with (♂, ❤, ➡ …): wider than the Unicode property, which has
/// no say in what a joiner may hide here.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// A tag inside one of the three flags of nations that Unicode recommends: England, Scotland,
/// Wales. Any other row of tags is hidden writing.
fn is_flag_part(last: char, c: char, rest: &str) -> bool {
    const FLAGS: [&str; 3] = [
        "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    ];
    if last == '\u{1f3f4}' {
        return FLAGS
            .iter()
            .any(|flag| flag.strip_prefix(c).is_some_and(|remaining| rest.starts_with(remaining)));
    }
    // The tag before was taken as part of a flag, which was then seen whole.
    matches!(last, '\u{e0020}'..='\u{e007e}')
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{18aa}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

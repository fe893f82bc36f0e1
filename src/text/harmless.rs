//! Makes what comes from a dataset harmless, and visible, before it is drawn or printed.
//!
//! A control character becomes its picture (`␛`), a tab an arrow and blanks, every other
//! character that a reader can't see or that changes the order of others its code point
//! (`<U+202E>`). What is left can be written to any terminal: nothing in it is obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter::FusedIterator;

use super::invisible::{Before, needs_mark};

/// What stands for a tab. Its width does not hang on the column, so that a wrapped row measures
/// the same wherever it begins.
pub const TAB: &str = "→   ";

/// A stretch of text that can be drawn as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// What to draw.
    pub text: Cow<'a, str>,
    /// Whether it stands for one character that can't be drawn, rather than being in the data.
    pub is_mark: bool,
    /// How many bytes of the data it stands for.
    pub len: usize,
}

/// The runs of one line of text; line breaks in it are marks too.
pub fn visible(text: &str) -> Visible<'_> {
    Visible { rest: text, before: Before::default(), keep_breaks: false }
}

/// The runs of a text; see [`visible`].
#[derive(Debug, Clone)]
pub struct Visible<'a> {
    rest: &'a str,
    before: Before,
    keep_breaks: bool,
}

impl Visible<'_> {
    /// The length in bytes of the part of `rest` that can be drawn as it is.
    fn plain_len(&mut self) -> usize {
        let mut at = 0;
        for c in self.rest.chars() {
            let after = at + c.len_utf8();
            if self.keep_breaks && c == '\n' {
                self.before = Before::default();
            } else if needs_mark(self.before, c, self.rest.get(after..).unwrap_or_default()) {
                return at;
            } else {
                self.before = self.before.then(c);
            }
            at = after;
        }
        at
    }
}

impl<'a> Iterator for Visible<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        let plain = self.plain_len();
        if plain > 0 {
            let (now, rest) = self.rest.split_at(plain);
            self.rest = rest;
            return Some(Run { text: Cow::Borrowed(now), is_mark: false, len: plain });
        }
        let c = self.rest.chars().next()?;
        let (_, rest) = self.rest.split_at(c.len_utf8());
        self.rest = rest;
        self.before = Before::default();
        Some(Run { text: mark(c), is_mark: true, len: c.len_utf8() })
    }
}

impl FusedIterator for Visible<'_> {}

/// What is drawn for a character that can't be drawn.
fn mark(c: char) -> Cow<'static, str> {
    let picture = match c {
        '\t' => return Cow::Borrowed(TAB),
        '\0'..=' ' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    };
    Cow::Owned(picture.map_or_else(|| format!("<U+{:04X}>", u32::from(c)), String::from))
}

/// One line that can be printed: line breaks are shown as marks.
pub fn harmless(text: &str) -> Cow<'_, str> {
    join(visible(text))
}

/// Lines that can be printed: as [`harmless`], but line feeds stay what they are.
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    join(Visible { keep_breaks: true, ..visible(text) })
}

/// JSON text in which what a terminal might obey is escaped; line feeds between values stay. All such
/// characters stand inside strings, where JSON allows the escape: it says the same.
pub fn harmless_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut rest = json;
    for run in (Visible { keep_breaks: true, ..visible(json) }) {
        let (this, after) = rest.split_at_checked(run.len).unwrap_or((rest, ""));
        rest = after;
        if !run.is_mark {
            escaped.push_str(this);
            continue;
        }
        let mut units = [0; 2];
        for unit in this.chars().flat_map(|c| c.encode_utf16(&mut units).to_vec()) {
            // Writing to a string can't fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

fn join(mut runs: Visible<'_>) -> Cow<'_, str> {
    let Some(first) = runs.next() else { return Cow::Borrowed("") };
    if runs.rest.is_empty() {
        return first.text;
    }
    let mut joined = first.text.into_owned();
    joined.extend(runs.map(|run| run.text));
    Cow::Owned(joined)
}

#[cfg(test)]
#[path = "harmless_tests.rs"]
mod tests;

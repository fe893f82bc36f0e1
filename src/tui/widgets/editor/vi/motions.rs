//! Where the movements of vi lead to: words by the kinds of their letters, brackets, a letter of the
//! line.

use super::super::text::{Spot, Text, cluster, next, previous};

/// How far a bracket looks for the other one, in bytes.
const FAR: usize = 1_000_000;
/// Brackets that belong together.
pub const PAIRS: [(u8, u8); 4] = [(b'(', b')'), (b'[', b']'), (b'{', b'}'), (b'<', b'>')];

/// What letters make a word together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nothing, or a blank.
    Blank,
    /// Letters and digits.
    Word,
    /// Chinese characters.
    Han,
    /// One of the two Japanese alphabets.
    Kana(bool),
    /// Emoji and what else has a picture.
    Picture,
    /// Any other sign.
    Sign,
}

impl Class {
    /// Whether it parts words.
    pub fn is_blank(self) -> bool {
        self == Self::Blank
    }
}

/// Of what kind a cluster is; where only blanks part words (`big`), there are two kinds.
pub fn class(cluster: &str, big: bool) -> Class {
    let Some(c) = cluster.chars().next() else { return Class::Blank };
    match c {
        c if c.is_whitespace() => Class::Blank,
        _ if big => Class::Word,
        '\u{3040}'..='\u{309f}' => Class::Kana(false),
        '\u{30a0}'..='\u{30ff}' => Class::Kana(true),
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Han,
        '\u{1f000}'..='\u{1faff}' => Class::Picture,
        c if c.is_alphanumeric() || c == '_' => Class::Word,
        _ => Class::Sign,
    }
}

impl Text {
    /// Of what kind the cluster at a place is; the end of a line is a blank.
    pub fn class_at(&self, at: Spot, big: bool) -> Class {
        class(cluster(self.line(at.line), at.byte), big)
    }

    fn is_empty_line(&self, at: Spot) -> bool {
        self.line(at.line).is_empty()
    }

    /// The start of the next word; an empty line is one.
    pub fn next_word(&self, from: Spot, big: bool) -> Spot {
        let end = self.end();
        let first = self.class_at(from, big);
        let mut at = from;
        while at < end && first != Class::Blank && at.line == from.line && self.class_at(at, big) == first {
            at = self.right(at);
        }
        while at < end && self.class_at(at, big) == Class::Blank {
            if at.line > from.line && self.is_empty_line(at) {
                break;
            }
            at = self.right(at);
        }
        at
    }

    /// The start of the word before; an empty line is one.
    pub fn previous_word(&self, from: Spot, big: bool) -> Spot {
        let mut at = self.left(from);
        while at > Spot::default() && self.class_at(at, big) == Class::Blank && !self.is_empty_line(at) {
            at = self.left(at);
        }
        let class = self.class_at(at, big);
        while at.byte > 0 {
            let before = self.left(at);
            if self.class_at(before, big) != class {
                break;
            }
            at = before;
        }
        at
    }

    /// The last cluster of the word, or of the next one where one is there already.
    pub fn word_end(&self, from: Spot, big: bool) -> Spot {
        let end = self.end();
        let mut at = self.right(from);
        while at < end && self.class_at(at, big) == Class::Blank {
            at = self.right(at);
        }
        let class = self.class_at(at, big);
        while at < end {
            let after = self.right(at);
            if after.line != at.line || self.class_at(after, big) != class {
                break;
            }
            at = after;
        }
        at
    }

    /// The place one cluster to the left in the line.
    pub fn left_in_line(&self, at: Spot) -> Spot {
        if at.byte > 0 { Spot { byte: previous(self.line(at.line), at.byte), ..at } } else { at }
    }

    /// The place one cluster to the right in the line; its end is the last.
    pub fn right_in_line(&self, at: Spot) -> Spot {
        let line = self.line(at.line);
        if at.byte < line.len() { Spot { byte: next(line, at.byte), ..at } } else { at }
    }

    /// The place of the n-th such cluster to the right of a place in its line, or to the left.
    pub fn letter(&self, from: Spot, letter: &str, forward: bool, count: usize) -> Option<Spot> {
        let line = self.line(from.line);
        let mut at = from;
        let mut left = count;
        loop {
            let to = if forward { self.right_in_line(at) } else { self.left_in_line(at) };
            if to == at || to.byte >= line.len() {
                return None;
            }
            at = to;
            if cluster(line, at.byte) == letter {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Some(at);
                }
            }
        }
    }

    /// The bracket that belongs to the next one in the line.
    pub fn matching(&self, from: Spot) -> Option<Spot> {
        let bytes = self.line(from.line).as_bytes();
        let is_bracket = |byte: u8| PAIRS.iter().take(3).any(|&(open, close)| byte == open || byte == close);
        let byte =
            (from.byte..bytes.len()).find(|&at| bytes.get(at).is_some_and(|&byte| is_bracket(byte)))?;
        let bracket = *bytes.get(byte)?;
        let at = Spot { byte, ..from };
        PAIRS.iter().find_map(|&(open, close)| match bracket {
            b if b == open => self.close(at, open, close),
            b if b == close => self.open(at, open, close),
            _ => None,
        })
    }

    /// The bracket that closes the one at a place.
    pub fn close(&self, from: Spot, open: u8, close: u8) -> Option<Spot> {
        let mut depth = 0_usize;
        let mut seen = 0;
        for line in from.line..self.lines().len() {
            let start = if line == from.line { from.byte } else { 0 };
            let bytes = self.line(line).as_bytes().get(start..).unwrap_or_default();
            for (at, &byte) in bytes.iter().enumerate() {
                if byte == open {
                    depth += 1;
                } else if byte == close {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(Spot { line, byte: start + at });
                    }
                }
            }
            seen += bytes.len();
            if seen > FAR {
                return None;
            }
        }
        None
    }

    /// The bracket that opens what is closed at a place, or what is around it.
    pub fn open(&self, from: Spot, open: u8, close: u8) -> Option<Spot> {
        let mut depth = 1_usize;
        let mut seen = 0;
        for line in (0..=from.line).rev() {
            let text = self.line(line);
            let end = if line == from.line { from.byte } else { text.len() };
            let bytes = text.as_bytes().get(..end).unwrap_or_default();
            for (byte, &found) in bytes.iter().enumerate().rev() {
                if found == close {
                    depth += 1;
                } else if found == open {
                    depth -= 1;
                    if depth == 0 {
                        return Some(Spot { line, byte });
                    }
                }
            }
            seen += bytes.len();
            if seen > FAR {
                return None;
            }
        }
        None
    }
}

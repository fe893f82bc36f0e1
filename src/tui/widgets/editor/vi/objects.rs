//! What one acts on by its name: a word, a paragraph, what stands between quotes or brackets.

use super::super::text::{Spot, Text};
use super::motions::{Class, PAIRS};

/// A part of the text, from a place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// Where it begins.
    pub from: Spot,
    /// Where it ends; of lines, a place in the last.
    pub to: Spot,
    /// Whether it is whole lines.
    pub is_lines: bool,
}

impl Text {
    /// The object of that name at a place, with what is around it or without.
    pub fn object(&self, at: Spot, name: &str, around: bool) -> Option<Object> {
        let name = *name.as_bytes().first().filter(|_| name.len() == 1)?;
        match name {
            b'w' => Some(self.word_object(at, around, false)),
            b'W' => Some(self.word_object(at, around, true)),
            b'p' => Some(self.paragraph_object(at, around)),
            b'"' | b'\'' | b'`' => self.quoted(at, name, around),
            b'b' => self.between(at, PAIRS[0], around),
            b'B' => self.between(at, PAIRS[2], around),
            _ => {
                let pair = PAIRS.into_iter().find(|&(open, close)| name == open || name == close)?;
                self.between(at, pair, around)
            }
        }
    }

    fn word_object(&self, at: Spot, around: bool, big: bool) -> Object {
        let start_of = |mut spot: Spot| {
            let class = self.class_at(spot, big);
            while spot.byte > 0 && self.class_at(self.left_in_line(spot), big) == class {
                spot = self.left_in_line(spot);
            }
            spot
        };
        let end_of = |mut spot: Spot| {
            let class = self.class_at(spot, big);
            let end = self.line_end(spot.line);
            while spot < end && self.class_at(spot, big) == class {
                spot = self.right_in_line(spot);
            }
            spot
        };
        let (mut from, mut to) = (start_of(at), end_of(at));
        if around {
            let is_blank = |spot: Spot| self.class_at(spot, big) == Class::Blank;
            let end = self.line_end(at.line);
            if is_blank(at) || to < end && is_blank(to) {
                to = end_of(to);
            } else if from.byte > 0 && is_blank(self.left_in_line(from)) {
                from = start_of(self.left_in_line(from));
            }
        }
        Object { from, to, is_lines: false }
    }

    fn paragraph_object(&self, at: Spot, around: bool) -> Object {
        let count = self.lines().len();
        let is_blank = self.is_blank(at.line);
        let first = (0..at.line).rev().take_while(|&line| self.is_blank(line) == is_blank).last();
        let mut first = first.unwrap_or(at.line);
        let run = |from: usize, blank: bool| {
            (from..count)
                .take_while(|&line| self.is_blank(line) == blank)
                .last()
                .unwrap_or(from.min(count - 1))
        };
        let mut last = run(at.line, is_blank);
        if around && last + 1 < count {
            last = run(last + 1, !is_blank);
        } else if around {
            first = (0..first).rev().take_while(|&line| self.is_blank(line)).last().unwrap_or(first);
        }
        Object { from: Spot { line: first, byte: 0 }, to: self.line_end(last), is_lines: true }
    }

    fn quoted(&self, at: Spot, quote: u8, around: bool) -> Option<Object> {
        let line = self.line(at.line);
        let mut is_escaped = false;
        let quotes = line.bytes().enumerate().filter(|&(_, byte)| {
            let counts = byte == quote && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            counts
        });
        let quotes: Vec<usize> = quotes.map(|(at, _)| at).collect();
        let pair = quotes.chunks_exact(2).find(|pair| pair.last().is_some_and(|&last| last >= at.byte))?;
        let &[open, close] = pair else { return None };
        let spot = |byte| Spot { byte, ..at };
        let (from, to) = if around { (open, close + 1) } else { (open + 1, close) };
        Some(Object { from: spot(from), to: spot(to), is_lines: false })
    }

    fn between(&self, at: Spot, (open, close): (u8, u8), around: bool) -> Option<Object> {
        let here = self.line(at.line).as_bytes().get(at.byte).copied();
        let first = if here == Some(open) { at } else { self.open(at, open, close)? };
        let last = self.close(first, open, close)?;
        let after = |spot: Spot| Spot { byte: spot.byte + 1, ..spot };
        let (from, to) = if around { (first, after(last)) } else { (after(first), last) };
        Some(Object { from, to, is_lines: false })
    }
}

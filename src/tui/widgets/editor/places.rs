//! Where movements lead to: words, lines, paragraphs.

use unicode_segmentation::UnicodeSegmentation;

use super::text::{Spot, Text, floor, whole_clusters};

impl Text {
    /// The start of the word before a place; at the start of a line the end of the one before.
    pub fn word_left(&self, at: Spot) -> Spot {
        if at.byte == 0 {
            return self.left(at);
        }
        let line = self.line(at.line);
        let before = line.get(..at.byte).unwrap_or_default();
        let byte = before.unicode_word_indices().next_back().map_or(0, |(start, _)| start);
        Spot { byte: floor(line, byte), ..at }
    }

    /// The end of the word after a place; at the end of a line the start of the next one.
    pub fn word_right(&self, at: Spot) -> Spot {
        let line = self.line(at.line);
        let after = line.get(at.byte..).unwrap_or_default();
        if after.is_empty() {
            return self.right(at);
        }
        let len = after.unicode_word_indices().next().map_or(after.len(), |(start, word)| start + word.len());
        Spot { byte: whole_clusters(line, at.byte..at.byte + len).end, ..at }
    }

    /// The first place of a line that holds more than a blank.
    pub fn first_letter(&self, line: usize) -> Spot {
        let text = self.line(line);
        let blank = text.len() - text.trim_start_matches([' ', '\t']).len();
        // A line of blanks only has its end there.
        Spot { line, byte: floor(text, blank) }
    }

    /// The start of a line as one wants it: where its text begins, or before its blanks where one is
    /// there already.
    pub fn smart_start(&self, at: Spot) -> Spot {
        let letter = self.first_letter(at.line);
        if at == letter { Spot { byte: 0, ..at } } else { letter }
    }

    /// Whether nothing but blanks is in a line.
    pub fn is_blank(&self, line: usize) -> bool {
        self.line(line).trim().is_empty()
    }

    /// The blank line before the paragraph that a place is in, or the start of the text.
    pub fn paragraph_up(&self, at: Spot) -> Spot {
        let text = (0..=at.line).rev().find(|&line| !self.is_blank(line));
        let blank = text.and_then(|text| (0..text).rev().find(|&line| self.is_blank(line)));
        Spot { line: blank.unwrap_or(0), byte: 0 }
    }

    /// The blank line behind the paragraph that a place is in, or the end of the text.
    pub fn paragraph_down(&self, at: Spot) -> Spot {
        let count = self.lines().len();
        let text = (at.line..count).find(|&line| !self.is_blank(line));
        let blank = text.and_then(|text| (text..count).find(|&line| self.is_blank(line)));
        blank.map_or_else(|| self.end(), |line| Spot { line, byte: 0 })
    }
}

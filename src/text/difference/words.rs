//! A text in words.

use unicode_segmentation::UnicodeSegmentation;

/// A text in words, blanks and punctuation, without a gap; each line break is a word by itself.
pub fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start().len();
        let len = if blank > 0 { blank } else { rest.find(char::is_whitespace).unwrap_or(rest.len()) };
        let (chunk, later) = rest.split_at(len);
        rest = later;
        if blank > 0 {
            blanks(chunk, &mut words);
        } else if chunk.is_ascii() {
            ascii_words(chunk, &mut words);
        } else {
            words.extend(chunk.split_word_bounds());
        }
    }
    words
}

fn blanks<'a>(chunk: &'a str, words: &mut Vec<&'a str>) {
    let mut rest = chunk;
    while !rest.is_empty() {
        let len = if rest.starts_with('\n') { 1 } else { rest.find('\n').unwrap_or(rest.len()) };
        let (word, later) = rest.split_at(len);
        words.push(word);
        rest = later;
    }
}

/// Letters and digits together, every other character by itself.
fn ascii_words<'a>(chunk: &'a str, words: &mut Vec<&'a str>) {
    let mut rest = chunk;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, later) = rest.split_at(letters.max(1));
        words.push(word);
        rest = later;
    }
}

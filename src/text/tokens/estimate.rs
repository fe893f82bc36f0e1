//! Estimates how many tokens a text takes, without any model's vocabulary.
//!
//! The rule, after what the byte-pair vocabularies of today's models do on the whole:
//!
//! | text | tokens |
//! | --- | --- |
//! | a word | one for every 6 ASCII letters and every 2.5 other letters begun, at least one |
//! | digits in a row | one for every 3 begun |
//! | punctuation | one each; the same mark in a row, one for every 4 begun |
//! | ideographs, kana, Hangul syllables | one each |
//! | emoji and other characters beyond the first plane | two each |
//! | a single blank | none: it goes with the word after it |
//! | other white space in a row (a line break, an indentation) | one |
//!
//! English prose comes out at about four characters a token. An exact count needs the tokenizer
//! of the model; this one is for balance, limits and orders of magnitude.

/// The estimated tokens of a text: 0 only where it is blank. One pass, no allocation.
pub fn estimate(text: &str) -> u32 {
    let mut count = Count::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            // Most of a text: a stretch of letters at a time.
            let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            count.letters(letters);
            at += letters;
        } else if byte.is_ascii() {
            count.ascii(byte);
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            count.other(c);
            at += c.len_utf8();
        }
    }
    count.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Run {
    #[default]
    Nothing,
    Word,
    Digits,
    Blanks,
    Punctuation(u8),
}

/// Thirtieths of a token that a letter weighs: six ASCII letters, or two and a half others, fill one.
const ASCII_LETTER: u32 = 5;
const OTHER_LETTER: u32 = 12;
const FULL: u32 = 30;

#[derive(Debug, Default)]
struct Count {
    tokens: u32,
    run: Run,
    /// Of a word: its weight; of any other run: its length; of blanks: whether more than one blank.
    size: u32,
    /// Whether anything but white space was seen.
    says_something: bool,
}

impl Count {
    #[inline]
    fn letters(&mut self, n: usize) {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        self.add(Run::Word, ASCII_LETTER.saturating_mul(n));
    }

    /// What is no letter.
    #[inline]
    fn ascii(&mut self, byte: u8) {
        match byte {
            b'0'..=b'9' => self.add(Run::Digits, 1),
            b' ' => self.add(Run::Blanks, 1),
            b'\t'..=b'\r' => self.add(Run::Blanks, 2),
            _ => self.add(Run::Punctuation(byte), 1),
        }
    }

    fn other(&mut self, c: char) {
        match c {
            '\u{2e80}'..='\u{2fff}'
            | '\u{3001}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}' => self.alone(1),
            '\u{10000}'.. => self.alone(2),
            _ if c.is_whitespace() => self.add(Run::Blanks, 1),
            _ if c.is_numeric() => self.alone(1),
            _ if c.is_alphabetic() || is_inside_words(c) => self.add(Run::Word, OTHER_LETTER),
            _ => self.alone(1),
        }
    }

    #[inline]
    fn add(&mut self, run: Run, size: u32) {
        if self.run == run {
            self.size = self.size.saturating_add(size);
        } else {
            self.close();
            self.run = run;
            self.size = size;
        }
    }

    fn alone(&mut self, tokens: u32) {
        self.close();
        self.says_something = true;
        self.tokens = self.tokens.saturating_add(tokens);
    }

    #[inline]
    fn close(&mut self) {
        let tokens = match self.run {
            Run::Nothing => 0,
            Run::Word => self.size.div_ceil(FULL),
            Run::Digits => self.size.div_ceil(3),
            Run::Punctuation(_) => self.size.div_ceil(4),
            Run::Blanks => u32::from(self.size > 1),
        };
        self.says_something |= !matches!(self.run, Run::Nothing | Run::Blanks);
        self.tokens = self.tokens.saturating_add(tokens);
        self.run = Run::Nothing;
    }

    fn finish(mut self) -> u32 {
        self.close();
        if self.says_something { self.tokens } else { 0 }
    }
}

/// Marks and joiners that are written inside words, and are not letters by themselves.
fn is_inside_words(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rule_is_the_one_told() {
        for (text, tokens) in [
            ("", 0),
            (" \n\t\u{3000}", 0),
            ("cat", 1),
            ("a cat sat", 3),
            ("understanding", 3),
            ("2026", 2),
            ("x = 1;", 4),
            ("--------", 2),
            ("今日は", 3),
            ("👍", 2),
            ("мир", 2),
            ("größe", 2),
            ("if x:\n    y", 5),
        ] {
            assert_eq!(estimate(text), tokens, "{text:?}");
        }
    }

    #[test]
    fn english_prose_takes_about_four_characters_a_token() {
        let text = "I'm sorry that your parcel has not arrived. I have opened a trace with the carrier \
                    and will write by noon tomorrow. Should it not turn up by then, I will send another.";
        let per_token = f64::from(u32::try_from(text.len()).unwrap_or(0)) / f64::from(estimate(text));
        assert!((3.5..5.0).contains(&per_token), "{per_token}");
    }

    proptest! {
        #[test]
        fn only_blank_text_is_free(text in any::<String>()) {
            prop_assert_eq!(estimate(&text) == 0, text.trim().is_empty());
        }

        #[test]
        fn no_text_takes_more_than_two_tokens_a_character(text in any::<String>()) {
            let most = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).saturating_mul(2);
            prop_assert!(estimate(&text) <= most);
        }

        #[test]
        fn saying_more_never_takes_fewer(text in any::<String>(), more in any::<String>()) {
            let both = format!("{text}{more}");
            prop_assert!(estimate(&both) + 1 >= estimate(&text));
        }
    }
}

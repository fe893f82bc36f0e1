//! The form in which text goes into the full-text index, and in which it is sought there.
//!
//! The index's tokenizer, `unicode61`, takes each stretch of letters and digits for one word. That
//! serves scripts that put blanks between words. Chinese, Japanese, Thai, Lao, Khmer and Burmese
//! don't, so a whole sentence would be one word and nothing in it could be found. Here a stretch
//! of such a script (a run) becomes overlapping pairs and its last character: `手机壳` is indexed
//! as `手机 机壳 壳`. So each character begins exactly one indexed word: any part of a run is a
//! phrase of pairs, and a single character is the beginning of a word.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Where vowel signs and tone marks of unspaced scripts are moved to: `unicode61` takes marks for
/// gaps and characters of private use for letters, so that `ท` + mark stays one indexed word.
const MARKS_AS_LETTERS: u32 = 0xF_0000;

/// No character before this one is of an unspaced script.
const FIRST_UNSPACED: char = '\u{E00}';

/// The text as the index keeps it: composed (NFC), runs of unspaced scripts cut into pairs.
///
/// Both sides must use it: the index when it takes a text in, [`Sought::of`] when one looks for it.
pub fn search_form(text: &str) -> Cow<'_, str> {
    // Most text is in its form already, and to see that costs a tenth of making it. (A NUL would end
    // a query of the index.)
    let is_composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_composed && !text.contains('\0') && !text.chars().any(is_unspaced) {
        return Cow::Borrowed(text);
    }
    let mut form = Form::default();
    if is_composed {
        text.chars().for_each(|character| form.push(character));
    } else {
        text.nfc().for_each(|character| form.push(character));
    }
    Cow::Owned(form.finish())
}

/// What to look for in an index of [`search_form`]s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// Words that must stand beside each other in the index.
    pub form: String,
    /// Whether the last word only needs to begin so.
    pub prefix: bool,
}

impl Sought {
    /// How to find `text`: as the beginning of a word where `prefix`, as it stands otherwise.
    /// `None` where it holds nothing that the index keeps (`!!!`, an emoji).
    ///
    /// In unspaced scripts, where no one sees where a word ends, the text is found anywhere in a
    /// run whatever `prefix` says.
    pub fn of(text: &str, prefix: bool) -> Option<Self> {
        if !text.nfc().any(is_indexed) {
            return None;
        }
        let mut form = search_form(text).into_owned();
        let mut backwards: Vec<char> = text.nfc().collect();
        backwards.reverse();
        let last_run = backwards
            .iter()
            .take_while(|&&c| is_unspaced(c) || is_joiner(c))
            .filter(|&&c| is_unspaced(c))
            .count();
        let prefix = match last_run {
            0 => prefix && backwards.first().is_some_and(|&c| is_indexed(c)),
            1 => true,
            _ => {
                // The last character alone is a word only where the run ends in the indexed text.
                let end = form.trim_end().rfind(' ').unwrap_or(0);
                form.truncate(end);
                false
            }
        };
        Some(Self { form, prefix })
    }
}

/// Whether the character is of a script that is written without blanks between words.
#[inline]
pub fn is_unspaced(character: char) -> bool {
    if character < FIRST_UNSPACED {
        return false;
    }
    let in_script = matches!(u32::from(character),
        0x0E00..=0x0EFF                                         // Thai, Lao
        | 0x1000..=0x109F | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F   // Burmese
        | 0x1780..=0x17FF                                       // Khmer
        | 0x3005..=0x3007 | 0x3021..=0x312F | 0x31A0..=0x31BF   // Kana, Bopomofo
        | 0x31F0..=0x31FF | 0xFF66..=0xFF9F | 0x1_AFF0..=0x1_B16F
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF   // Han
        | 0x2_0000..=0x3_FFFF);
    in_script && (character.is_alphanumeric() || is_combining_mark(character))
}

/// Whether the character makes words in the index: a letter or digit, or any of an unspaced
/// script. Letters in circles are symbols to the tokenizer.
fn is_indexed(character: char) -> bool {
    let circled = matches!(u32::from(character), 0x24B6..=0x24E9 | 0x1_F130..=0x1_F189);
    is_unspaced(character) || (character.is_alphanumeric() && !is_combining_mark(character) && !circled)
}

/// What may stand invisibly inside a run: marks where a line may break, variants of a form.
fn is_joiner(character: char) -> bool {
    matches!(u32::from(character), 0x200B..=0x200D | 0x2060 | 0xFE00..=0xFE0F | 0xFEFF | 0xE_0100..=0xE_01EF)
}

/// A form being made.
#[derive(Default)]
struct Form {
    out: String,
    /// The last character of the run that is open.
    last: Option<char>,
}

impl Form {
    fn push(&mut self, character: char) {
        if is_unspaced(character) {
            let letter = as_letter(character);
            if let Some(last) = self.last.replace(letter) {
                self.word(&[last, letter]);
            } else if self.out.ends_with(|c: char| !c.is_whitespace()) {
                self.out.push(' ');
            }
        } else if self.last.is_some() && is_joiner(character) {
            // Nobody types these when looking for the words around them.
        } else {
            self.end_run();
            // A NUL would end a query of the index.
            self.out.push(if character == '\0' { ' ' } else { character });
        }
    }

    fn end_run(&mut self) {
        if let Some(last) = self.last.take() {
            self.word(&[last]);
        }
    }

    fn word(&mut self, letters: &[char]) {
        self.out.extend(letters);
        self.out.push(' ');
    }

    fn finish(mut self) -> String {
        self.end_run();
        self.out
    }
}

fn as_letter(character: char) -> char {
    if is_combining_mark(character) {
        char::from_u32(MARKS_AS_LETTERS | u32::from(character)).unwrap_or(character)
    } else {
        character
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sought(text: &str, prefix: bool) -> (String, bool) {
        let sought = Sought::of(text, prefix).unwrap();
        (sought.form.trim().to_owned(), sought.prefix)
    }

    #[test]
    fn spaced_scripts_stay_as_they_are() {
        for text in ["Refund, please!", "환불 요청", "हिन्दी भाषा", "naïve\ncafé", ""]
        {
            assert_eq!(search_form(text), text);
        }
        assert_eq!(search_form("cafe\u{301}"), "café");
    }

    #[test]
    fn runs_become_pairs_and_their_last_character() {
        assert_eq!(search_form("手机壳"), "手机 机壳 壳 ");
        assert_eq!(search_form("我用iPhone手机。好"), "我用 用 iPhone 手机 机 。 好 ");
        assert_eq!(search_form("返金する"), "返金 金す する る ");
        assert_eq!(search_form("手\u{200B}机"), "手机 机 ");
        assert_eq!(search_form("a\0b"), "a b");
    }

    #[test]
    fn thai_marks_stay_with_their_letters() {
        let form = search_form("ที่นี่");
        assert_eq!(form.split_whitespace().count(), "ที่นี่".chars().count());
        assert!(
            form.split_whitespace().all(|word| word.chars().all(|c| c.is_alphabetic() || c >= '\u{F0000}'))
        );
    }

    #[test]
    fn words_are_beginnings_and_phrases_are_whole() {
        assert_eq!(sought("refu", true), ("refu".to_owned(), true));
        assert_eq!(sought("late fees", false), ("late fees".to_owned(), false));
        // the mark ends the word
        assert_eq!(sought("c++", true), ("c++".to_owned(), false));
    }

    #[test]
    fn runs_are_found_anywhere() {
        assert_eq!(sought("手机", true), ("手机".to_owned(), false));
        assert_eq!(sought("手机", false), ("手机".to_owned(), false));
        assert_eq!(sought("机", false), ("机".to_owned(), true));
        assert_eq!(sought("iPhone手机", true), ("iPhone 手机".to_owned(), false));
        assert_eq!(sought("用iPh", true), ("用 iPh".to_owned(), true));
        assert_eq!(sought("手机。", true), ("手机 机 。".to_owned(), false));
    }

    #[test]
    fn what_the_index_does_not_keep_is_told() {
        for text in ["!!!", "👍", "", " \0\t", "Ⓐ", "\u{301}"] {
            assert_eq!(Sought::of(text, true), None, "{text:?}");
        }
    }
}

//! Zero-width characters: those that do nothing where they stand are taken out.
//!
//! Joiners stay where they shape letters (Persian, the Indic scripts) or build an emoji; the
//! zero-width space stays beside scripts that put no blanks between words, where it says where a
//! line may break. Marks of direction are not touched: they order what one reads.

use super::{Normaliser, changed};
use crate::text::invisible::{is_emoji_joiner, is_joiner_at_work};

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "zero-width",
    title: "zero-width characters",
    about: "zero-width spaces, joiners and byte-order marks go, except where a script or an emoji needs them",
    usual: true,
    mend,
};

const ZERO_WIDTH: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

fn mend(text: &str) -> Option<String> {
    if !text.contains(ZERO_WIDTH) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut last = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let stays = match c {
            '\u{200b}' => last.is_some_and(is_unspaced) || rest.chars().next().is_some_and(is_unspaced),
            '\u{200c}' => is_joiner_at_work(last, rest),
            '\u{200d}' => is_joiner_at_work(last, rest) || is_emoji_joiner(last, rest),
            '\u{2060}' | '\u{feff}' => false,
            _ => true,
        };
        if stays {
            mended.push(c);
            last = Some(c);
        }
    }
    changed(text, mended)
}

/// Thai, Lao, Tibetan, Burmese, Khmer, and the scripts of Indonesia and South China like them.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1b7f}'
        | '\u{a980}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}')
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn what_does_nothing_goes() {
        assert_eq!(mend("\u{feff}re\u{200b}fund\u{200d} \u{2060}now\u{200c}").as_deref(), Some("refund now"));
    }

    #[test]
    fn what_a_script_or_an_emoji_needs_stays() {
        for text in [
            "می\u{200c}خواهم",                                         // Persian
            "क्\u{200d}ष",                                              // Hindi
            "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥 👩🏽\u{200d}💻", // families, a burning heart, skin
            "ភាសា\u{200b}ខ្មែរ",                                         // Khmer
            "\u{200e}a\u{200f}",                                       // direction
        ] {
            assert_eq!(mend(text), None, "{text:?}");
        }
    }
}

//! Unicode composition: letters and their marks as one character, where there is one.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Normaliser;

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "nfc",
    title: "Unicode composition (NFC)",
    about: "a letter followed by its accent becomes one character; it looks the same (Unicode NFC)",
    usual: true,
    mend,
};

fn mend(text: &str) -> Option<String> {
    (!text.is_ascii() && !is_nfc(text)).then(|| text.nfc().collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(super::mend("cafe\u{301}").as_deref(), Some("caf\u{e9}"));
        assert_eq!(super::mend("caf\u{e9} ﬁ ①"), None, "ligatures and circles stay");
    }
}

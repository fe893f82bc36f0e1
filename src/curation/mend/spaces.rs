//! Non-breaking spaces: what web pages and word processors leave between words.

use super::Normaliser;

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "spaces",
    title: "non-breaking spaces",
    about: "spaces that do not break (U+00A0, U+2007, U+202F) become plain ones",
    usual: true,
    mend,
};

const UNBREAKING: [char; 3] = ['\u{a0}', '\u{2007}', '\u{202f}'];

fn mend(text: &str) -> Option<String> {
    text.contains(UNBREAKING).then(|| text.replace(UNBREAKING, " "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_spaces_that_do_not_break_become_plain() {
        assert_eq!(super::mend("10\u{a0}%\u{202f}!\u{2007}1").as_deref(), Some("10 % ! 1"));
        assert_eq!(super::mend("a\u{2003}b\u{3000}c"), None);
    }
}

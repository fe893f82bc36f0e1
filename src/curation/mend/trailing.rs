//! Trailing blanks: at the ends of lines, and at the end of the text.

use super::{Normaliser, changed};

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "trailing",
    title: "trailing blanks",
    about: "blanks and tabs at the ends of lines, and blanks and empty lines at the end of the text, go",
    usual: true,
    mend,
};

fn mend(text: &str) -> Option<String> {
    let is_blank = |c| matches!(c, ' ' | '\t');
    let mut mended = String::with_capacity(text.len());
    // A carriage return ends a line too, or belongs to its end: which one that is, is not ours to say.
    for line in text.split_inclusive(['\r', '\n']) {
        let (said, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        mended.push_str(said.trim_end_matches(is_blank));
        mended.push_str(end);
    }
    mended.truncate(mended.trim_end_matches([' ', '\t', '\r', '\n']).len());
    changed(text, mended)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn blanks_that_nobody_sees_go() {
        assert_eq!(mend("a  \nb\t\r\n  c \n\n \n").as_deref(), Some("a\nb\r\n  c"));
        assert_eq!(mend(" \n ").as_deref(), Some(""));
        assert_eq!(mend("a \rb").as_deref(), Some("a\rb"));
    }

    #[test]
    fn what_begins_a_line_stays() {
        assert_eq!(mend("  a\n\n\tb"), None);
    }
}

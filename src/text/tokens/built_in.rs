//! The vocabularies that are built in: `o200k_base` and `cl100k_base`.

use tiktoken_rs::{CoreBPE, cl100k_base_singleton, o200k_base_singleton};

use super::portions::portions;
use super::tokenizer::Count;

/// One of the vocabularies that are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuiltIn {
    O200k,
    Cl100k,
}

impl BuiltIn {
    /// The vocabulary itself, built at the first call in the process: that takes a while.
    fn ranks(self) -> &'static CoreBPE {
        match self {
            Self::O200k => o200k_base_singleton(),
            Self::Cl100k => cl100k_base_singleton(),
        }
    }

    pub(super) fn prepare(self) {
        self.ranks();
    }

    /// The tokens of a text, special ones taken as ordinary text.
    pub(super) fn count(self, text: &str) -> Count {
        let ranks = self.ranks();
        let count = |portion: super::portions::Portion<'_>| Count {
            tokens: ranks.count_ordinary(portion.text) as u64,
            exact: !portion.torn,
        };
        portions(text).map(count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_tiktoken() {
        for &(text, o200k, cl100k) in super::super::golden::GOLDEN {
            let both = [BuiltIn::O200k, BuiltIn::Cl100k].map(|vocabulary| vocabulary.count(text));
            assert_eq!(both, [Count::exactly(o200k), Count::exactly(cl100k)], "{text:?}");
        }
    }

    #[test]
    fn a_long_text_counts_as_in_one_piece() {
        let pieces = [
            "Where is my parcel?\n\n",
            "  indented\n",
            "\u{4eca}\u{65e5}\u{306f}\u{3002}\n",
            "https://a.example/b\n/c ",
            "\u{5b57}\u{30a2}\u{3002}\u{3002}",
            "SHOUTING isn't 12345 ",
            "\r\n\r\n",
            "\u{627}\u{644}\u{645}\u{644}\u{643}\u{a0} ",
            "{\"a\": [1, 2]}\t\n ",
        ];
        // The pieces in an order without a period, so that cuts fall everywhere.
        let text: String = (0_usize..20_000).map(|n| pieces[n * n / 7 % pieces.len()]).collect();
        for vocabulary in [BuiltIn::O200k, BuiltIn::Cl100k] {
            let whole = vocabulary.ranks().count_ordinary(&text) as u64;
            assert!(portions(&text).count() > 10);
            assert_eq!(vocabulary.count(&text), Count::exactly(whole));
        }
    }

    #[test]
    fn what_never_ends_is_counted_about() {
        for text in
            ["a".repeat(1 << 20), " ".repeat(1 << 20), "\u{5b57}".repeat(300_000), "\n \n".repeat(400_000)]
        {
            let count = BuiltIn::O200k.count(&text);
            assert!(count.tokens > 0 && !count.exact);
        }
    }
}

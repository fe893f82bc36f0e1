//! What counts tokens: a vocabulary that is built in, or one from a `tokenizer.json`.

use std::fmt;
use std::iter::Sum;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::built_in::BuiltIn;
use super::file::FromFile;

/// How many tokens there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number.
    pub tokens: u64,
    /// Whether it is what the reference implementation counts; where not, say “about”.
    pub exact: bool,
}

impl Count {
    /// So many, and no doubt about it.
    pub const fn exactly(tokens: u64) -> Self {
        Self { tokens, exact: true }
    }

    /// About so many.
    pub const fn about(tokens: u64) -> Self {
        Self { tokens, exact: false }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { tokens: self.tokens.saturating_add(other.tokens), exact: self.exact && other.exact }
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::exactly(0), Self::and)
    }
}

/// Why tokens can't be counted with a file.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// There is no such file, or it can't be read.
    #[error("the tokenizer {} can't be read: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A folder without a tokenizer, a device, a pipe.
    #[error("{} is no file; name the tokenizer.json of the model", .path.display())]
    NoFile {
        /// What was named.
        path: PathBuf,
    },
    /// Far larger than any tokenizer.
    #[error("{} has {} MB, and no tokenizer.json has more than {} MB; is it the file of a model?", .path.display(), .bytes >> 20, .most >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// What is taken.
        most: u64,
    },
    /// Some other file.
    #[error("{} is no tokenizer.json: {reason}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What it is, or what is wrong with it.
        reason: String,
    },
}

/// Counts tokens. Cheap to clone; making one takes up to a second, so no screen waits for it.
#[derive(Clone)]
pub struct Tokenizer(Inner);

#[derive(Clone)]
enum Inner {
    BuiltIn(BuiltIn),
    File(Arc<FromFile>),
}

impl Tokenizer {
    /// `o200k_base`: the vocabulary of GPT-4o and what came after it. Built once in a process.
    pub fn o200k() -> Self {
        BuiltIn::O200k.prepare();
        Self(Inner::BuiltIn(BuiltIn::O200k))
    }

    /// `cl100k_base`: the vocabulary of GPT-3.5 and GPT-4. Built once in a process.
    pub fn cl100k() -> Self {
        BuiltIn::Cl100k.prepare();
        Self(Inner::BuiltIn(BuiltIn::Cl100k))
    }

    /// The `tokenizer.json` at this path, or in the folder at this path.
    pub fn file(path: &Path) -> Result<Self, TokenizerError> {
        Ok(Self(Inner::File(Arc::new(FromFile::read(path)?))))
    }

    /// The tokens of a text, without any before or behind it.
    pub fn count(&self, text: &str) -> Count {
        match &self.0 {
            Inner::BuiltIn(vocabulary) => vocabulary.count(text),
            Inner::File(file) => file.count(text),
        }
    }

    /// Whether this word is one special token of the vocabulary, and is taken for it in a text.
    pub fn is_special(&self, word: &str) -> bool {
        match &self.0 {
            Inner::BuiltIn(_) => false,
            Inner::File(file) => file.is_special(word),
        }
    }

    /// Whether the vocabulary is made of bytes (Llama 3, Qwen, Mistral's Tekken), and not of pieces
    /// of text with their blanks (`SentencePiece`: Llama 2, Mistral 7B).
    pub fn is_of_bytes(&self) -> bool {
        match &self.0 {
            Inner::BuiltIn(_) => true,
            Inner::File(file) => file.is_of_bytes(),
        }
    }
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::BuiltIn(vocabulary) => write!(f, "Tokenizer({vocabulary:?})"),
            Inner::File(file) => write!(f, "Tokenizer({})", file.path().display()),
        }
    }
}

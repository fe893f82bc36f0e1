//! What the lexer of code has to know of a language.

use super::words;

/// A language, as far as the lexer cares.
#[derive(Debug)]
// Each is a question of its own that a table answers.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Syntax {
    /// Its words, sorted.
    pub words: &'static [&'static str],
    /// Whether words are the same in capitals.
    pub any_case: bool,
    /// What makes the rest of a line a comment.
    pub line_comments: &'static [&'static str],
    /// What a comment begins and ends with that may go over lines.
    pub block_comment: Option<(&'static str, &'static str)>,
    /// Whether such comments stand in each other.
    pub nests: bool,
    /// Its strings; where one sign begins with another, the longer first.
    pub quotes: &'static [Quote],
    /// What its keys look like.
    pub keys: Keys,
    /// Whether a quote within a word is part of it.
    pub bare_words: bool,
    /// Whether the sign of a comment within a word is part of it.
    pub bare_comments: bool,
}

/// A kind of string.
#[derive(Debug)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// Whether what follows a backslash is part of it.
    pub escapes: bool,
    pub reach: Reach,
}

/// How far a string goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of the line, where it is not closed before.
    Line,
    /// As `Line`, but nothing is one that is not closed.
    Closed,
    /// Over lines.
    Lines,
    /// One character: an apostrophe that is followed by more is none.
    Character,
}

/// What keys look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// There are none.
    None,
    /// A string before a colon.
    Quoted,
    /// What stands before the first colon of a line that a blank or nothing follows.
    Colon,
    /// What stands before the first equals sign of a line, and what stands in brackets by itself.
    Equals,
}

/// Nothing but double quotes and numbers.
pub(super) const BARE: Syntax = Syntax {
    words: &[],
    any_case: false,
    line_comments: &[],
    block_comment: None,
    nests: false,
    quotes: &[Quote { open: "\"", close: "\"", escapes: true, reach: Reach::Closed }],
    keys: Keys::None,
    bare_words: true,
    bare_comments: false,
};

const fn quote(sign: &'static str, reach: Reach) -> Quote {
    Quote { open: sign, close: sign, escapes: true, reach }
}

const fn raw(open: &'static str, close: &'static str, reach: Reach) -> Quote {
    Quote { open, close, escapes: false, reach }
}

const SLASHES: &[&str] = &["//"];
const STARS: Option<(&str, &str)> = Some(("/*", "*/"));
const HASH: &[&str] = &["#"];
const BOTH: &[Quote] = &[quote("\"", Reach::Line), quote("'", Reach::Line)];

pub(super) const JSON: Syntax = Syntax {
    words: &["false", "null", "true"],
    quotes: &[quote("\"", Reach::Line)],
    keys: Keys::Quoted,
    bare_words: false,
    ..BARE
};

pub(super) const PYTHON: Syntax = Syntax {
    words: words::PYTHON,
    line_comments: HASH,
    quotes: &[
        quote("\"\"\"", Reach::Lines),
        quote("'''", Reach::Lines),
        quote("\"", Reach::Line),
        quote("'", Reach::Line),
    ],
    bare_words: false,
    ..BARE
};

pub(super) const JAVASCRIPT: Syntax = Syntax {
    words: words::JAVASCRIPT,
    line_comments: SLASHES,
    block_comment: STARS,
    quotes: &[quote("`", Reach::Lines), quote("\"", Reach::Line), quote("'", Reach::Line)],
    bare_words: false,
    ..BARE
};

pub(super) const RUST: Syntax = Syntax {
    words: words::RUST,
    line_comments: SLASHES,
    block_comment: STARS,
    nests: true,
    quotes: &[
        raw("r##\"", "\"##", Reach::Lines),
        raw("r#\"", "\"#", Reach::Lines),
        raw("r\"", "\"", Reach::Lines),
        quote("\"", Reach::Lines),
        quote("'", Reach::Character),
    ],
    bare_words: false,
    ..BARE
};

pub(super) const GO: Syntax = Syntax {
    words: words::GO,
    line_comments: SLASHES,
    block_comment: STARS,
    quotes: &[raw("`", "`", Reach::Lines), quote("\"", Reach::Line), quote("'", Reach::Character)],
    bare_words: false,
    ..BARE
};

pub(super) const JAVA: Syntax = Syntax {
    words: words::JAVA,
    line_comments: SLASHES,
    block_comment: STARS,
    quotes: &[quote("\"\"\"", Reach::Lines), quote("\"", Reach::Line), quote("'", Reach::Character)],
    bare_words: false,
    ..BARE
};

pub(super) const C: Syntax = Syntax {
    words: words::C,
    line_comments: SLASHES,
    block_comment: STARS,
    quotes: &[quote("\"", Reach::Line), quote("'", Reach::Character)],
    bare_words: false,
    ..BARE
};

pub(super) const SQL: Syntax = Syntax {
    words: words::SQL,
    any_case: true,
    line_comments: &["--"],
    block_comment: STARS,
    quotes: &[raw("'", "'", Reach::Lines), raw("\"", "\"", Reach::Line), raw("`", "`", Reach::Line)],
    bare_words: false,
    ..BARE
};

pub(super) const SHELL: Syntax = Syntax {
    words: words::SHELL,
    line_comments: HASH,
    quotes: &[quote("\"", Reach::Lines), raw("'", "'", Reach::Lines)],
    bare_words: false,
    bare_comments: true,
    ..BARE
};

pub(super) const CSS: Syntax = Syntax {
    words: &["charset", "font-face", "import", "important", "keyframes", "media", "supports"],
    block_comment: STARS,
    quotes: BOTH,
    keys: Keys::Colon,
    bare_words: false,
    ..BARE
};

pub(super) const YAML: Syntax = Syntax {
    words: &["false", "no", "null", "true", "yes"],
    line_comments: HASH,
    quotes: BOTH,
    keys: Keys::Colon,
    bare_comments: true,
    ..BARE
};

pub(super) const TOML: Syntax = Syntax {
    words: &["false", "true"],
    line_comments: HASH,
    quotes: &[
        quote("\"\"\"", Reach::Lines),
        raw("'''", "'''", Reach::Lines),
        quote("\"", Reach::Line),
        raw("'", "'", Reach::Line),
    ],
    keys: Keys::Equals,
    bare_words: false,
    ..BARE
};

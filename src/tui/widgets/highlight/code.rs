//! Code, and JSON: one lexer for all languages, each of which is a table.

use super::syntax::{Keys, Quote, Reach, Syntax};
use super::{Class, Inside, Pieces, data, near};

/// How far an apostrophe may be from its like where one character stands between: `'\u{1F600}'`.
const CHARACTER: usize = 12;

/// Words that are values.
const VALUES: &[&str] = &["true", "false", "null", "True", "False", "None", "nil", "undefined"];

/// One line.
pub(super) fn line(syntax: &'static Syntax, inside: Inside, pieces: &mut Pieces<'_>) -> Inside {
    let mut lexer = Lexer { syntax, pieces, at: 0 };
    let inside = match inside {
        Inside::Comment(depth) => lexer.comment(0, depth),
        Inside::Quote(which) => match syntax.quotes.get(usize::from(which)) {
            Some(quote) => lexer.string(0, 0, quote, which),
            None => Inside::Nothing,
        },
        Inside::Nothing | Inside::Tag(_) => {
            lexer.at = data::keys(syntax.keys, lexer.pieces);
            Inside::Nothing
        }
    };
    if inside != Inside::Nothing {
        return inside;
    }
    lexer.rest()
}

struct Lexer<'a, 'b> {
    syntax: &'static Syntax,
    pieces: &'b mut Pieces<'a>,
    at: usize,
}

impl Lexer<'_, '_> {
    /// From where it stands to the end of the line.
    fn rest(&mut self) -> Inside {
        // Whether the character before is part of a word.
        let mut in_word = false;
        while let Some(&byte) = self.pieces.text.as_bytes().get(self.at) {
            let start = self.at;
            if byte.is_ascii_alphabetic() || byte == b'_' {
                // A prefix may be part of the sign: `r#"`.
                if !in_word && let Some(inside) = self.quoted(byte) {
                    if inside != Inside::Nothing {
                        return inside;
                    }
                    continue;
                }
                self.word();
                in_word = true;
            } else if byte.is_ascii_digit() {
                self.number(in_word);
                in_word = true;
            } else if byte.is_ascii_whitespace() {
                self.at += 1;
                in_word = false;
            } else if byte < 0x80 {
                if self.line_comment(byte, in_word) {
                    return Inside::Nothing;
                }
                if let Some((open, _)) = self.syntax.block_comment
                    && self.pieces.from(start).starts_with(open)
                {
                    self.at += open.len();
                    let inside = self.comment(start, 1);
                    if inside != Inside::Nothing {
                        return inside;
                    }
                } else if !(in_word && self.syntax.bare_words)
                    && let Some(inside) = self.quoted(byte)
                {
                    if inside != Inside::Nothing {
                        return inside;
                    }
                } else {
                    self.at += 1;
                }
                in_word = false;
            } else {
                // A letter of another script, whole.
                self.at += self.pieces.from(start).chars().next().map_or(1, char::len_utf8);
                in_word = true;
            }
        }
        Inside::Nothing
    }

    fn word(&mut self) {
        let rest = self.pieces.from(self.at).as_bytes();
        let len = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let end = self.at + len;
        let word = self.pieces.text.get(self.at..end).unwrap_or_default();
        if is_word(self.syntax, word) {
            let class = if VALUES.contains(&word) { Class::Value } else { Class::Name };
            self.pieces.push(self.at..end, class);
        }
        self.at = end;
    }

    fn number(&mut self, in_word: bool) {
        let rest = self.pieces.from(self.at).as_bytes();
        let mut len = 0;
        while let Some(&byte) = rest.get(len) {
            let follows = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
            let goes_on = byte.is_ascii_alphanumeric()
                || byte == b'_'
                || byte == b'.' && follows(len + 1)
                || matches!(byte, b'+' | b'-')
                    && follows(len + 1)
                    && len > 0
                    && matches!(rest.get(len - 1), Some(b'e' | b'E'))
                    && !rest.starts_with(b"0x");
            if !goes_on {
                break;
            }
            len += 1;
        }
        if !in_word {
            self.pieces.push(self.at..self.at + len, Class::Value);
        }
        self.at += len;
    }

    fn line_comment(&mut self, byte: u8, in_word: bool) -> bool {
        // `$#` and `a#b` are none in a shell.
        let follows_word = in_word
            || self.at > 0
                && !self.pieces.text.as_bytes().get(self.at - 1).is_some_and(u8::is_ascii_whitespace);
        if self.syntax.bare_comments && follows_word {
            return false;
        }
        let rest = self.pieces.from(self.at);
        let begins = |sign: &&str| sign.as_bytes().first() == Some(&byte) && rest.starts_with(*sign);
        if !self.syntax.line_comments.iter().any(begins) {
            return false;
        }
        self.pieces.push(self.at..self.pieces.text.len(), Class::Aside);
        true
    }

    /// A comment from `start` on, in which it stands so deep, to its end or that of the line.
    fn comment(&mut self, start: usize, mut depth: u8) -> Inside {
        let Some((open, close)) = self.syntax.block_comment else { return Inside::Nothing };
        let bytes = self.pieces.text.as_bytes();
        let is_at =
            |at: usize, sign: &str| bytes.get(at..).is_some_and(|rest| rest.starts_with(sign.as_bytes()));
        while depth > 0 {
            if self.at >= bytes.len() {
                self.pieces.push(start..bytes.len(), Class::Aside);
                return Inside::Comment(depth);
            }
            if is_at(self.at, close) {
                self.at += close.len();
                depth -= 1;
            } else if self.syntax.nests && is_at(self.at, open) {
                self.at += open.len();
                depth = depth.saturating_add(1);
            } else {
                self.at += 1;
            }
        }
        self.pieces.push(start..self.at, Class::Aside);
        Inside::Nothing
    }

    /// A string that begins here, where one does.
    fn quoted(&mut self, byte: u8) -> Option<Inside> {
        let rest = self.pieces.from(self.at);
        let is_here =
            |quote: &Quote| quote.open.as_bytes().first() == Some(&byte) && rest.starts_with(quote.open);
        let (which, quote) = (0_u8..).zip(self.syntax.quotes).find(|(_, quote)| is_here(quote))?;
        let start = self.at;
        let begins = start + quote.open.len();
        match quote.reach {
            Reach::Line | Reach::Lines => {}
            Reach::Closed => _ = end(near(self.pieces.from(begins)), quote)?,
            Reach::Character => {
                let len = end(near(self.pieces.from(begins)), quote)?;
                let within = self.pieces.text.get(begins..begins + len - quote.close.len())?;
                let is_one = within.starts_with('\\') || within.chars().count() == 1;
                if !is_one || within.len() > CHARACTER {
                    return None;
                }
            }
        }
        Some(self.string(start, begins, quote, which))
    }

    /// A string whose text begins at `begins`, to its end or that of the line.
    fn string(&mut self, start: usize, begins: usize, quote: &Quote, which: u8) -> Inside {
        let closed = end(self.pieces.from(begins), quote);
        self.at = closed.map_or(self.pieces.text.len(), |len| begins + len);
        let is_key = self.syntax.keys == Keys::Quoted
            && closed.is_some()
            && self.pieces.from(self.at).trim_start().starts_with(':');
        self.pieces.push(start..self.at, if is_key { Class::Name } else { Class::Value });
        match (closed, quote.reach) {
            (None, Reach::Lines) => Inside::Quote(which),
            _ => Inside::Nothing,
        }
    }
}

/// Where the text of a string ends, with its closing sign.
fn end(text: &str, quote: &Quote) -> Option<usize> {
    let (bytes, close) = (text.as_bytes(), quote.close.as_bytes());
    let first = close.first()?;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if quote.escapes && *byte == b'\\' {
            at += 2;
        } else if byte == first && bytes.get(at..).is_some_and(|rest| rest.starts_with(close)) {
            return Some(at + close.len());
        } else {
            at += 1;
        }
    }
    None
}

/// Whether it is one of the language's own words.
fn is_word(syntax: &Syntax, word: &str) -> bool {
    const LONGEST: usize = 16;
    if syntax.words.is_empty() || word.len() > LONGEST {
        return false;
    }
    if syntax.any_case {
        let mut lower = [0_u8; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()) else { return false };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return syntax.words.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok();
    }
    syntax.words.binary_search(&word).is_ok()
}

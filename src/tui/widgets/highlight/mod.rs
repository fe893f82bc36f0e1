//! Highlighting of JSON, Markdown and code: which parts of a line are what, so that they can be styled.
//!
//! The text itself stays as it is: nothing is hidden, moved or completed. A line is lexed from the
//! [`State`] in which the one before it ends, so that after a change only the lines are lexed again
//! whose text or state is another, and of these only those that are seen.

mod cache;
mod code;
mod data;
mod detect;
mod languages;
mod markdown;
mod markup;
mod syntax;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::style::Style;

pub use cache::{Highlight, Whole};
pub use languages::Language;

use crate::tui::theme::Theme;

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A name that gives structure: a key of JSON, a keyword, an element of HTML, the sign of a list.
    Name,
    /// A value: a string, a number, code within prose.
    Value,
    /// What stands beside: a comment, the fence of code, the address of a link.
    Aside,
    /// A heading.
    Heading,
    /// What is emphasised.
    Strong,
}

impl Class {
    /// How it is drawn, over the style of the text.
    pub const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Name => theme.syntax_name,
            Self::Value => theme.syntax_value,
            Self::Aside => theme.faint,
            Self::Heading | Self::Strong => theme.heading,
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which bytes of the line.
    pub range: Range<usize>,
    /// What it is.
    pub class: Class,
}

/// What a line begins in: all that the lines before it say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    language: Language,
    inside: Inside,
    fence: Option<Fence>,
}

/// What goes on from one line to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Inside {
    #[default]
    Nothing,
    /// A comment, in so many others.
    Comment(u8),
    /// A string, by its place among the quotes of the language.
    Quote(u8),
    /// A tag of markup, and the quote of the attribute that is open in it.
    Tag(Option<char>),
}

/// Code between fences in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fence {
    sign: char,
    len: usize,
    /// The language of what is between.
    language: Language,
}

impl State {
    /// Where a text in this language begins.
    pub const fn start(language: Language) -> Self {
        Self { language, inside: Inside::Nothing, fence: None }
    }
}

/// The parts of one line (without its line break), in order and without overlap, and the state of the next.
pub fn line(state: State, text: &str) -> (Vec<Piece>, State) {
    let mut pieces = Pieces { text, pieces: Vec::new() };
    let next = match state.language {
        Language::Plain => state,
        Language::Markdown => markdown::line(state, &mut pieces),
        language => State { inside: within(language, state.inside, &mut pieces), ..state },
    };
    (pieces.pieces, next)
}

/// One line in a language that is not Markdown.
fn within(language: Language, inside: Inside, pieces: &mut Pieces<'_>) -> Inside {
    match language {
        Language::Plain | Language::Markdown => Inside::Nothing,
        Language::Markup => markup::line(inside, pieces),
        language => code::line(language.syntax(), inside, pieces),
    }
}

/// How far one looks for the end of what may turn out to be nothing, in bytes: so that no line takes
/// the square of its length.
const FAR: usize = 600;

/// The beginning of a text, as far as one looks.
fn near(text: &str) -> &str {
    let end = (0..=FAR.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The line that is lexed, and its parts so far.
struct Pieces<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    fn push(&mut self, range: Range<usize>, class: Class) {
        if !range.is_empty() {
            self.pieces.push(Piece { range, class });
        }
    }

    /// What stands from a byte on.
    fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }
}

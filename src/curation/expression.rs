//! Regular expressions that people write, compiled within bounds.

use regex::{Regex, RegexBuilder};

/// What a compiled expression, and its cache while it is looked for, may take: nobody's expression can
/// make looking slow or large. Time is linear in the text by the nature of the engine.
const SIZE_LIMIT: usize = 1 << 20;
const NEST_LIMIT: u32 = 100;

/// Why an expression can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// There is none.
    Empty,
    /// It is no expression.
    Syntax {
        /// What is wrong.
        reason: String,
        /// The character that it is about, from 1, where that is known.
        at: Option<usize>,
    },
    /// It takes too much room.
    Large,
}

/// Compiles an expression.
pub(super) fn compiled(pattern: &str) -> Result<Regex, Flaw> {
    if pattern.is_empty() {
        return Err(Flaw::Empty);
    }
    let built = RegexBuilder::new(pattern)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .nest_limit(NEST_LIMIT)
        .build();
    built.map_err(|error| match error {
        regex::Error::Syntax(drawn) => syntax(&drawn),
        _ => Flaw::Large,
    })
}

/// The last line says what is wrong; those before draw the expression, four cells in, and marks below
/// the place. An expression of several lines is drawn otherwise, and then the place is not told.
fn syntax(drawn: &str) -> Flaw {
    const INDENT: usize = 4;
    let reason = drawn.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let is_mark = |line: &&str| line.contains('^') && line.chars().all(|c| matches!(c, ' ' | '^'));
    let lines: Vec<&str> = drawn.lines().collect();
    let mark = lines.iter().skip(2).find(|line| is_mark(line)).filter(|_| lines.len() == 4);
    let at = mark.and_then(|mark| mark.chars().position(|c| c == '^')).and_then(|at| at.checked_sub(INDENT));
    Flaw::Syntax { reason, at: at.map(|at| at + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let place = |pattern: &str| match compiled(pattern) {
            Err(Flaw::Syntax { reason, at }) => (reason, at),
            other => panic!("{pattern}: {other:?}"),
        };
        assert_eq!(place("ab(c"), ("unclosed group".to_owned(), Some(3)));
        assert_eq!(place("ü["), ("unclosed character class".to_owned(), Some(2)));
        assert_eq!(place("a\n(").1, None);
        assert_eq!(compiled("").unwrap_err(), Flaw::Empty);
        assert_eq!(compiled(r"(\w{1000}){1000}").unwrap_err(), Flaw::Large);
        assert!(compiled("a|b").is_ok());
    }
}

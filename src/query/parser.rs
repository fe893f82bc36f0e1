//! From text to tree: words, groups, not, and, or.

use std::ops::Range;

use super::error::QueryError;
use super::field::Field;
use super::filter::Filter;
use super::quote::{self, ends_value, ends_word, is_keyword, is_numbered, is_operator};
use super::read_off::YesNo;
use super::tree::{Expr, Measure, Term};
use super::values::{self, Given, Operator};
use super::vocabulary::Vocabulary;

/// How long a filter may be, in bytes; how deep its groups may go; how many conditions it may
/// hold. Far more than anyone types, and less than what the database refuses.
const MOST_BYTES: usize = 20_000;
const MOST_DEPTH: usize = 32;
const MOST_TERMS: usize = 400;

/// Reads a filter. Empty text means all examples.
///
/// # Errors
/// Says what is wrong with the text, and where.
pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Filter, QueryError> {
    if text.len() > MOST_BYTES {
        let message = format!("A filter can be {MOST_BYTES} bytes long; this one is {}.", text.len());
        return Err(QueryError::new(0..text.len(), message));
    }
    let mut parser = Parser { text, at: 0, vocabulary, depth: 0, terms: 0 };
    parser.skip_blanks();
    if parser.peek().is_none() {
        return Ok(Filter::everything());
    }
    let tree = parser.any_of()?;
    match parser.peek() {
        None => Ok(tree.into()),
        // only a closing parenthesis stops `any_of` before the end
        Some(_) => Err(QueryError::new(
            parser.at..parser.at + 1,
            "This parenthesis closes a group that was never opened.",
        )
        .hint("put it in quotes to search for it")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    vocabulary: &'a Vocabulary,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes that character if it comes next.
    fn take(&mut self, character: char) -> bool {
        let there = self.rest().starts_with(character);
        if there {
            self.at += character.len_utf8();
        }
        there
    }

    /// What comes before the next character of that sort.
    fn run(&self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// The `or` or `and` that comes next, with its place.
    fn keyword(&self) -> Option<(&'a str, Range<usize>)> {
        let word = self.run(ends_word);
        is_keyword(word).then(|| (word, self.at..self.at + word.len()))
    }

    /// Conditions parted by `or`.
    fn any_of(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all_of()?];
        while let Some((word, span)) = self.keyword() {
            // `all_of` stops at `or` only
            self.at = span.end;
            self.needs_more(word, span)?;
            parts.push(self.all_of()?);
        }
        Ok(if parts.len() > 1 { Expr::Or(parts) } else { parts.pop().unwrap_or(Expr::Everything) })
    }

    /// Conditions parted by blanks or `and`, up to `or`, a closing parenthesis or the end.
    fn all_of(&mut self) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_blanks();
            if matches!(self.peek(), None | Some(')')) {
                break;
            }
            if let Some((word, span)) = self.keyword() {
                if parts.is_empty() {
                    let message = format!("“{word}” needs something before it.");
                    return Err(QueryError::new(span, message).hint("put it in quotes to search for it"));
                }
                if word.eq_ignore_ascii_case("or") {
                    break;
                }
                self.at = span.end;
                self.needs_more(word, span)?;
            }
            parts.push(self.one()?);
        }
        Ok(if parts.len() > 1 { Expr::And(parts) } else { parts.pop().unwrap_or(Expr::Everything) })
    }

    /// Refuses a joining word with nothing to join behind it.
    fn needs_more(&mut self, word: &str, span: Range<usize>) -> Result<(), QueryError> {
        self.skip_blanks();
        if matches!(self.peek(), None | Some(')')) || self.keyword().is_some() {
            let message = format!("“{word}” needs something after it.");
            return Err(QueryError::new(span, message).hint("put it in quotes to search for it"));
        }
        Ok(())
    }

    /// One condition or group, or what it is not.
    fn one(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        let mut negated = false;
        while self.take('-') {
            negated = !negated;
        }
        let minus = self.at > start;
        if minus && (self.peek().is_none_or(|c| c.is_whitespace() || c == ')') || self.keyword().is_some()) {
            let message = "A minus must stand directly before what is not wanted.";
            return Err(QueryError::new(start..self.at, message).hint("put it in quotes to search for it"));
        }
        let tree = if self.peek() == Some('(') { self.group()? } else { self.term()? };
        Ok(if negated { Expr::Not(Box::new(tree)) } else { tree })
    }

    fn group(&mut self) -> Result<Expr, QueryError> {
        let open = self.at..self.at + 1;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(QueryError::new(
                open,
                format!("Groups can be {MOST_DEPTH} deep; this one is deeper."),
            ));
        }
        self.at = open.end;
        self.skip_blanks();
        if self.take(')') {
            let message = "There is nothing between these parentheses.";
            return Err(
                QueryError::new(open.start..self.at, message).hint("put them in quotes to search for them")
            );
        }
        let tree = self.any_of()?;
        if !self.take(')') {
            return Err(QueryError::new(open, "This parenthesis is never closed.")
                .hint("put it in quotes to search for it"));
        }
        self.depth -= 1;
        Ok(tree)
    }

    fn term(&mut self) -> Result<Expr, QueryError> {
        self.terms += 1;
        let start = self.at;
        if self.terms > MOST_TERMS {
            let message = format!("A filter can hold {MOST_TERMS} conditions; this one holds more.");
            return Err(QueryError::new(start..self.text.len(), message));
        }
        if self.take('~') {
            return self.part(start);
        }
        if self.peek() == Some('"') {
            return self.after_quote(start);
        }
        let raw = self.run(ends_word);
        if raw == quote::ANY {
            self.at += raw.len();
            return Ok(Expr::Everything);
        }
        if is_numbered(raw) {
            self.at += 1;
            let given = self.given_list("#", start)?;
            return values::number(Measure::Id, Operator::Is, &given).map(Expr::Term);
        }
        if let Some(name) = self.field_name(raw) {
            return self.field(name, start);
        }
        self.at += raw.len();
        // A word is a beginning anyhow; a star that says so is not part of it.
        let word = Some(raw.trim_end_matches(quote::ANY)).filter(|word| !word.is_empty()).unwrap_or(raw);
        Ok(Expr::Term(Term::Word(word.to_owned())))
    }

    /// The name with which the word begins, if it is a field and its values. A name before a
    /// colon always is, known or not; before another sign only where it is known, so that `a>b`
    /// and `x=1` can be searched for.
    fn field_name(&self, raw: &'a str) -> Option<&'a str> {
        let (end, sign) = raw.char_indices().skip(1).find(|&(_, c)| is_operator(c))?;
        let name = raw.get(..end)?;
        // an emoticon or `::` names nothing
        if name.starts_with(is_operator) {
            return None;
        }
        let known = match sign {
            ':' => true,
            '=' => Field::find(name).is_some() || self.vocabulary.facet(name).is_some(),
            _ => Field::find(name).is_some(),
        };
        known.then_some(name)
    }

    /// A field by its bare name, and its values.
    fn field(&mut self, name: &str, start: usize) -> Result<Expr, QueryError> {
        let span = start..start + name.len();
        self.at = span.end;
        let operator = self.operator();
        if let Some(field) = Field::find(name) {
            let given = self.given_list(name, start)?;
            return values::field(field, operator, &given, span, self.vocabulary).map(Expr::Term);
        }
        let Some(facet) = self.vocabulary.facet(name) else {
            if let Some(read_off) = YesNo::find(name).filter(|_| operator == Operator::Is) {
                let given = self.given_list(name, start)?;
                return values::yes_no(read_off, &given);
            }
            let as_text =
                quote::quoted(self.text.get(start..start + self.run_from(start)).unwrap_or_default());
            return Err(values::unknown_field(name, span, &as_text, self.vocabulary));
        };
        let given = self.given_list(name, start)?;
        values::tag(facet, &given).map(Expr::Term)
    }

    fn run_from(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.find(ends_word).unwrap_or(rest.len())
    }

    /// The sign after a field's name: `:`, one of the comparisons, or both.
    fn operator(&mut self) -> Operator {
        self.take(':');
        let operator = if self.take('<') {
            Operator::Below
        } else if self.take('>') {
            Operator::Above
        } else {
            self.take('=');
            return Operator::Is;
        };
        if self.take('=') { operator.or_equal() } else { operator }
    }

    /// What begins with a quote: a phrase, a word with a star, or a facet's name.
    fn after_quote(&mut self, start: usize) -> Result<Expr, QueryError> {
        let text = self.quoted()?;
        if self.take('*') {
            return Ok(Expr::Term(Term::Word(text)));
        }
        if self.peek() != Some(':') {
            return Ok(Expr::Term(Term::Phrase(text)));
        }
        let span = start..self.at;
        self.at += 1;
        let Some(facet) = self.vocabulary.facet(&text) else {
            let end = self.at + self.run(ends_word).len();
            let as_text = quote::quoted(self.text.get(start..end).unwrap_or_default());
            return Err(values::unknown_field(&text, span, &as_text, self.vocabulary));
        };
        let given = self.given_list(&text, start)?;
        values::tag(facet, &given).map(Expr::Term)
    }

    fn part(&mut self, start: usize) -> Result<Expr, QueryError> {
        let text = if self.peek() == Some('"') {
            self.quoted()?
        } else {
            let raw = self.run(ends_word);
            self.at += raw.len();
            raw.to_owned()
        };
        if text.is_empty() {
            let message = "“~” needs the part of the text that is looked for.";
            return Err(QueryError::new(start..self.at, message).hint("write it directly behind: ~part"));
        }
        Ok(Expr::Term(Term::Part(text)))
    }

    /// The text between quotes.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        self.take('"');
        let mut text = String::new();
        loop {
            let piece = self.run(|c| c == '"');
            text.push_str(piece);
            self.at += piece.len();
            if !self.take('"') {
                let message = "This quote is never closed.";
                return Err(QueryError::new(start..self.text.len(), message)
                    .hint("a quote inside quotes is written twice"));
            }
            if !self.take('"') {
                break;
            }
            text.push('"');
        }
        if text.is_empty() {
            return Err(QueryError::new(start..self.at, "There is nothing between these quotes."));
        }
        Ok(text)
    }

    /// The values after a field's name, parted by commas.
    fn given_list(&mut self, name: &str, start: usize) -> Result<Vec<Given>, QueryError> {
        let mut list = Vec::new();
        loop {
            let from = self.at;
            let quoted = self.peek() == Some('"');
            let text = if quoted {
                self.quoted()?
            } else {
                let raw = self.run(ends_value);
                self.at += raw.len();
                raw.to_owned()
            };
            if text.is_empty() {
                let message = if list.is_empty() {
                    format!("“{name}” needs a value.")
                } else {
                    "A value is missing after the comma.".to_owned()
                };
                return Err(QueryError::new(start..self.at, message)
                    .hint(format!("write it without a blank: {}", values::sample(name))));
            }
            list.push(Given { text, quoted, span: from..self.at });
            if !self.take(',') {
                return Ok(list);
            }
        }
    }
}

//! Find and replace: words as they stand, or a regular expression whose parts the replacement may name.

use std::borrow::Cow;

use regex::{NoExpand, Regex, RegexBuilder};

use super::{Mend, MendError, changed};

/// What is sought, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replacement {
    /// What is sought.
    pub find: String,
    /// What takes its place; of a regular expression it may name parts (`$1`, `${name}`), and `\n`,
    /// `\t` and `\\` are a line end, a tab and a backslash.
    pub by: String,
    /// Whether `find` is a regular expression (of the crate `regex`; `^` and `$` are the ends of a line).
    pub regex: bool,
    /// Whether capitals must be as they are sought; otherwise they must only where there are some in
    /// what is sought.
    pub exact_case: bool,
    /// Whether only whole words are found.
    pub words: bool,
}

impl Replacement {
    /// As a sentence begins that goes on with "in 214 texts".
    pub(super) fn sentence(&self) -> String {
        if self.by.is_empty() {
            format!("took out “{}”", self.find)
        } else {
            format!("replaced “{}” by “{}”", self.find, self.by)
        }
    }

    fn ignores_case(&self) -> bool {
        let sought = if self.regex { without_classes(&self.find) } else { Cow::Borrowed(&*self.find) };
        !self.exact_case && !sought.chars().any(char::is_uppercase)
    }
}

/// An expression without what has capitals that stand for no letter: `\W`, `\p{Greek}`, `(?P<Name>`.
fn without_classes(expression: &str) -> Cow<'_, str> {
    // The pattern is our own; without it the capitals count, which finds less and never too much.
    Regex::new(r"(?s)\\[pP]\{[^}]*\}|\\[pP].|\\.|\(\?P?<\w+>")
        .map_or(Cow::Borrowed(expression), |classes| classes.replace_all(expression, ""))
}

/// Finds and replaces.
#[derive(Debug)]
pub struct Replace {
    sought: Regex,
    by: String,
    expand: bool,
}

impl Replace {
    /// Fails where nothing is sought, where the expression is none, or where the replacement names a
    /// part that the expression has not.
    pub fn new(replacement: &Replacement) -> Result<Self, MendError> {
        let Replacement { find, by, regex, words, .. } = replacement;
        if find.is_empty() {
            return Err(MendError::Empty);
        }
        let pattern = if *regex { find.clone() } else { regex::escape(find) };
        let build = |pattern: &str| {
            RegexBuilder::new(pattern)
                .case_insensitive(replacement.ignores_case())
                .multi_line(true)
                .build()
                .map_err(|error| MendError::Expression(reason(&error)))
        };
        // By itself first: what is wrong with it is said of what was typed.
        let alone = build(&pattern)?;
        // Half a boundary: beside it stands no letter, whatever the sought words begin with.
        let sought =
            if *words { build(&format!(r"\b{{start-half}}(?:{pattern})\b{{end-half}}"))? } else { alone };
        let by = if *regex { unescaped(by) } else { by.clone() };
        if *regex {
            check_parts(&by, &sought)?;
        }
        Ok(Self { sought, by, expand: *regex })
    }
}

impl Mend for Replace {
    fn mend(&self, text: &str) -> Option<String> {
        let replaced = if self.expand {
            self.sought.replace_all(text, &*self.by)
        } else {
            self.sought.replace_all(text, NoExpand(&self.by))
        };
        match replaced {
            Cow::Borrowed(_) => None,
            Cow::Owned(replaced) => changed(text, replaced),
        }
    }
}

/// What is wrong with an expression, in one line.
fn reason(error: &regex::Error) -> String {
    let said = error.to_string();
    let last = said.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

fn unescaped(by: &str) -> String {
    let mut text = String::with_capacity(by.len());
    let mut rest = by.chars();
    while let Some(c) = rest.next() {
        match (c, rest.clone().next()) {
            ('\\', Some(escaped @ ('n' | 't' | '\\'))) => {
                rest.next();
                text.push(match escaped {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                });
            }
            _ => text.push(c),
        }
    }
    text
}

/// Every part that the replacement names must be one of the expression: the crate would put nothing
/// in the place of any other, `$1st` (the part “1st”) included.
fn check_parts(by: &str, sought: &Regex) -> Result<(), MendError> {
    let has = |name: &str| match name.parse::<usize>() {
        Ok(number) => number < sought.captures_len(),
        Err(_) => sought.capture_names().flatten().any(|known| known == name),
    };
    let mut rest = by;
    while let Some(at) = rest.find('$') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
            continue;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let name = match rest.strip_prefix('{').and_then(|braced| braced.split_once('}')) {
            Some((braced, _)) => braced,
            None => rest.get(..rest.find(|c| !is_name(c)).unwrap_or(rest.len())).unwrap_or_default(),
        };
        if name.is_empty() || has(name) {
            continue;
        }
        let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let hint = match name.split_at(digits) {
            (number, letters) if !letters.is_empty() && has(number) => {
                format!("; write ${{{number}}}{letters}")
            }
            _ => String::new(),
        };
        return Err(MendError::Part { name: name.to_owned(), hint });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::needless_pass_by_value)] // so that tests read as sentences
    fn replaced(text: &str, replacement: Replacement) -> Option<String> {
        Replace::new(&replacement).unwrap().mend(text)
    }

    fn literal(find: &str, by: &str) -> Replacement {
        Replacement { find: find.to_owned(), by: by.to_owned(), ..Replacement::default() }
    }

    fn expression(find: &str, by: &str) -> Replacement {
        Replacement { regex: true, ..literal(find, by) }
    }

    #[test]
    fn words_are_replaced_as_they_stand() {
        assert_eq!(replaced("a.b axb", literal("a.b", "$1")).as_deref(), Some("$1 axb"));
        assert_eq!(replaced("nothing", literal("a.b", "x")), None);
        assert_eq!(replaced("same", literal("same", "same")), None);
    }

    #[test]
    fn capitals_count_only_where_some_are_sought() {
        let text = "Late fees, late fees, LATE FEES";
        assert_eq!(replaced(text, literal("late fees", "x")).as_deref(), Some("x, x, x"));
        assert_eq!(replaced(text, literal("Late fees", "x")).as_deref(), Some("x, late fees, LATE FEES"));
        let exact = Replacement { exact_case: true, ..literal("late fees", "x") };
        assert_eq!(replaced(text, exact).as_deref(), Some("Late fees, x, LATE FEES"));
        assert_eq!(replaced("Größe", literal("GRÖSSE", "x")), None);
        assert_eq!(replaced("ÉTÉ", literal("été", "x")).as_deref(), Some("x"));
        assert_eq!(replaced("A-b", expression(r"a\Wb", "x")).as_deref(), Some("x"), "a class is no capital");
    }

    #[test]
    fn whole_words_have_no_letter_beside_them() {
        let whole = |find: &str| Replacement { words: true, ..literal(find, "_") };
        assert_eq!(replaced("fee fees coffee fee.", whole("fee")).as_deref(), Some("_ fees coffee _."));
        assert_eq!(replaced("$5 $55 x$5", whole("$5")).as_deref(), Some("_ $55 x$5"));
        assert_eq!(replaced("Öl Ölung", whole("öl")).as_deref(), Some("_ Ölung"));
    }

    #[test]
    fn an_expression_hands_its_parts_on() {
        let swap = expression(r"(\w+)@(?P<host>\w+)", "${host} at $1");
        assert_eq!(replaced("ana@home", swap).as_deref(), Some("home at ana"));
        assert_eq!(replaced("a\nb", expression("^", "> ")).as_deref(), Some("> a\n> b"));
        assert_eq!(replaced("a, b", expression(", ", r"\n\\n$$")).as_deref(), Some("a\n\\n$b"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_the_reason() {
        let refused = |replacement| Replace::new(&replacement).unwrap_err().to_string();
        assert!(refused(literal("", "x")).contains("say what to find"));
        assert!(refused(expression("(a", "x")).contains("unclosed group"));
        assert!(
            refused(expression("(a)", "$1st"))
                .contains("“1st”, which the expression does not have; write ${1}st")
        );
        assert!(refused(expression("(a)", "$2")).contains("“2”"));
    }
}

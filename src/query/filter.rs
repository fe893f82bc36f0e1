//! A filter: which examples are meant.

use super::sql::{self, Sql};
use super::tree::{Expr, Interval, Is, Measure, Pick, Term};
use crate::example::{Kind, Split, Status};

/// Which examples are meant: read from text by [`super::parse`], or put together in code.
///
/// Printing it gives text that reads back as the same filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    tree: Expr,
}

impl Default for Filter {
    fn default() -> Self {
        Self::everything()
    }
}

impl From<Expr> for Filter {
    /// The filter of that tree, in its simplest form.
    fn from(tree: Expr) -> Self {
        Self { tree: tree.simplest() }
    }
}

impl From<Term> for Filter {
    fn from(term: Term) -> Self {
        Expr::Term(term).into()
    }
}

fn names(tree: &Expr, is_it: &dyn Fn(&Term) -> bool) -> bool {
    match tree {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| names(part, is_it)),
        Expr::Not(part) => names(part, is_it),
        Expr::Term(term) => is_it(term),
        Expr::Everything => false,
    }
}

impl Filter {
    /// All examples.
    pub fn everything() -> Self {
        Self { tree: Expr::Everything }
    }

    /// Whether it means all examples.
    pub fn is_everything(&self) -> bool {
        self.tree == Expr::Everything
    }

    /// What an example must be.
    pub fn tree(&self) -> &Expr {
        &self.tree
    }

    /// Whether it says something of the status, wherever in it.
    pub fn names_status(&self) -> bool {
        names(&self.tree, &|term| matches!(term, Term::Status(_)))
    }

    /// Whether it says something of what is read off examples and kept ([`crate::example::Traits`]).
    pub fn names_traits(&self) -> bool {
        names(&self.tree, &|term| match term {
            Term::Language(_) | Term::Has(_) => true,
            Term::Is(list) => list.iter().any(|is| matches!(is, Is::Refusal | Is::Json)),
            Term::Number { measure, .. } => {
                matches!(measure, Measure::Turns | Measure::PromptTokens | Measure::ResponseTokens)
            }
            _ => false,
        })
    }

    /// Whether it says something of the kind, wherever in it.
    pub fn names_kind(&self) -> bool {
        names(&self.tree, &|term| matches!(term, Term::Kind(_)))
    }

    /// Whether it asks what rules propose, wherever in it.
    pub fn names_proposals(&self) -> bool {
        names(&self.tree, &|term| matches!(term, Term::Proposed(_)))
    }

    /// Whether it names that facet (`None`: whatever of it), or that value of it, wherever in it.
    pub fn names_tag(&self, of: &str, value: Option<&str>) -> bool {
        let is_named =
            |pick: &Pick<String>| matches!(pick, Pick::Value(name) if Some(name.as_str()) == value);
        names(&self.tree, &|term| {
            let Term::Tag { facet, values } = term else { return false };
            facet == of && (value.is_none() || values.iter().any(is_named))
        })
    }

    /// The same filter, where facets and values are called otherwise.
    #[must_use]
    pub fn renamed(self, facet_to: &dyn Fn(&str) -> String, value_to: &dyn Fn(&str, &str) -> String) -> Self {
        let change = |term| match term {
            Term::Tag { facet, values } => {
                let mut renamed: Vec<Pick<String>> = Vec::with_capacity(values.len());
                for pick in values {
                    let pick = match pick {
                        Pick::Value(value) => Pick::Value(value_to(&facet, &value)),
                        other => other,
                    };
                    // Two values may have become one.
                    if !renamed.contains(&pick) {
                        renamed.push(pick);
                    }
                }
                Term::Tag { facet: facet_to(&facet), values: renamed }
            }
            other => other,
        };
        self.tree.mapped(&change).into()
    }

    /// Examples for which such a thing is proposed and open: by a rule, a facet, a value or `facet:value`;
    /// `None`: anything.
    pub fn proposed(name: Option<&str>) -> Self {
        Term::Proposed(vec![name.map_or(Pick::Any, |name| Pick::Value(name.to_owned()))]).into()
    }

    /// Examples in that status.
    pub fn status(status: Status) -> Self {
        Term::Status(vec![status]).into()
    }

    /// Examples of that kind.
    pub fn kind(kind: Kind) -> Self {
        Term::Kind(vec![kind]).into()
    }

    /// Examples of that split; `None`: those without one.
    pub fn split(split: Option<Split>) -> Self {
        Term::Split(vec![split.map_or(Pick::Without, Pick::Value)]).into()
    }

    /// Examples with that value of that facet; `None`: those without any.
    pub fn tag(facet: impl Into<String>, value: Option<&str>) -> Self {
        let value = value.map_or(Pick::Without, |value| Pick::Value(value.to_owned()));
        Term::Tag { facet: facet.into(), values: vec![value] }.into()
    }

    /// Examples with an open flag of that kind; `None`: of any kind.
    pub fn flag(kind: Option<&str>) -> Self {
        Term::Flag(vec![kind.map_or(Pick::Any, |kind| Pick::Value(kind.to_owned()))]).into()
    }

    /// Examples to which that person or model has given a response or a ranking.
    pub fn by(name: impl Into<String>) -> Self {
        Term::By(vec![Pick::Value(name.into())]).into()
    }

    /// Examples that were sent back to that person, who has not looked after them since.
    pub fn returned(name: impl Into<String>) -> Self {
        Term::Returned(vec![Pick::Value(name.into())]).into()
    }

    /// Examples in that state.
    pub fn is(state: Is) -> Self {
        Term::Is(vec![state]).into()
    }

    /// Examples whose number lies there.
    pub fn number(measure: Measure, range: Interval) -> Self {
        Term::Number { measure, ranges: vec![range] }.into()
    }

    /// The examples of these numbers.
    pub fn ids(ids: impl IntoIterator<Item = i64>) -> Self {
        let ranges = ids.into_iter().map(Interval::exactly).collect();
        Term::Number { measure: Measure::Id, ranges }.into()
    }

    /// Examples with a word that begins so.
    pub fn word(word: impl Into<String>) -> Self {
        Term::Word(word.into()).into()
    }

    /// Examples with these words beside each other.
    pub fn phrase(phrase: impl Into<String>) -> Self {
        Term::Phrase(phrase.into()).into()
    }

    /// What both mean.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        Expr::And(vec![self.tree, other.into().tree]).into()
    }

    /// What either means.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        Expr::Or(vec![self.tree, other.into().tree]).into()
    }

    /// All that it does not mean.
    #[must_use]
    pub fn negated(self) -> Self {
        Expr::Not(Box::new(self.tree)).into()
    }

    /// The condition over `example e`, with its parameters.
    pub fn to_sql(&self) -> Sql {
        sql::condition(&self.tree)
    }

    /// The words, phrases and parts that a meant example holds, in the order of the text, for
    /// marking them in it. What must not be there is left out.
    pub fn words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        collect_words(&self.tree, &mut words);
        words
    }
}

fn collect_words<'a>(tree: &'a Expr, words: &mut Vec<&'a str>) {
    match tree {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| collect_words(part, words)),
        Expr::Term(Term::Word(text) | Term::Phrase(text) | Term::Part(text)) => words.push(text),
        Expr::Everything | Expr::Not(_) | Expr::Term(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_a_status_wherever_it_stands_in_it() {
        let status = || Filter::status(Status::Draft);
        let word = || Filter::word("x");
        for names in [status(), word().and(status()), word().or(status().negated())] {
            assert!(names.names_status() && !names.names_kind());
        }
        assert!(!word().negated().names_status() && !Filter::everything().names_status());
        assert!(word().and(Filter::kind(Kind::Sft)).names_kind());
    }
}

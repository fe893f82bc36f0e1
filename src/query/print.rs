//! A filter as text: one canonical spelling, which reads back as the same tree.

use std::fmt;

use super::field::Field;
use super::filter::Filter;
use super::quote;
use super::tree::{Expr, Interval, Measure, Pick, Term};
use crate::example::{Split, Verdict};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_everything() {
            return Ok(());
        }
        write_expr(f, self.tree())
    }
}

fn write_expr(f: &mut fmt::Formatter<'_>, tree: &Expr) -> fmt::Result {
    match tree {
        Expr::Everything => f.write_str(quote::ANY),
        Expr::And(parts) => write_joined(f, parts, " ", |part| matches!(part, Expr::And(_) | Expr::Or(_))),
        Expr::Or(parts) => write_joined(f, parts, " or ", |part| matches!(part, Expr::Or(_))),
        Expr::Not(inner) => {
            f.write_str("-")?;
            write_grouped(f, inner, matches!(**inner, Expr::And(_) | Expr::Or(_)))
        }
        Expr::Term(term) => write_term(f, term),
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    between: &str,
    in_group: impl Fn(&Expr) -> bool,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write_grouped(f, part, in_group(part))?;
    }
    Ok(())
}

fn write_grouped(f: &mut fmt::Formatter<'_>, tree: &Expr, in_group: bool) -> fmt::Result {
    if !in_group {
        return write_expr(f, tree);
    }
    f.write_str("(")?;
    write_expr(f, tree)?;
    f.write_str(")")
}

fn write_term(f: &mut fmt::Formatter<'_>, term: &Term) -> fmt::Result {
    match term {
        Term::Word(text) => f.write_str(&quote::word(text)),
        Term::Phrase(text) => f.write_str(&quote::quoted(text)),
        Term::Part(text) => write!(f, "~{}", quote::part(text)),
        Term::Status(list) => write_list(f, Field::Status.name(), list, ToString::to_string),
        Term::Kind(list) => write_list(f, Field::Kind.name(), list, ToString::to_string),
        Term::Is(list) => write_list(f, Field::Is.name(), list, |is| is.as_str().to_owned()),
        Term::Has(list) => write_list(f, Field::Has.name(), list, |has| has.as_str().to_owned()),
        Term::Language(list) => write_names(f, Field::Language.name(), list),
        Term::Source(list) => write_names(f, Field::Source.name(), list),
        Term::Author(list) => write_names(f, Field::Author.name(), list),
        Term::Annotator(list) => write_names(f, Field::Annotator.name(), list),
        Term::Outcome(list) => write_list(f, Field::Outcome.name(), list, ToString::to_string),
        Term::Reviewed(list) => write_list(f, Field::Reviewed.name(), list, |verdict| {
            picked(verdict, |verdict: &Verdict| verdict.to_string())
        }),
        Term::Returned(list) => write_names(f, Field::Returned.name(), list),
        Term::Split(list) => {
            write_list(f, Field::Split.name(), list, |split| picked(split, |split: &Split| split.to_string()))
        }
        Term::Flag(list) => write_names(f, Field::Flag.name(), list),
        Term::By(list) => write_names(f, Field::By.name(), list),
        Term::Proposed(list) => write_names(f, Field::Proposed.name(), list),
        Term::Note(list) => write_names(f, Field::Note.name(), list),
        Term::Tag { facet, values } => write_names(f, &quote::facet(facet), values),
        Term::Number { measure, ranges } => write_number(f, *measure, ranges),
    }
}

fn write_names(f: &mut fmt::Formatter<'_>, name: &str, list: &[Pick<String>]) -> fmt::Result {
    write_list(f, name, list, |pick| picked(pick, |value: &String| quote::value(value)))
}

fn picked<T>(pick: &Pick<T>, value: impl Fn(&T) -> String) -> String {
    match pick {
        Pick::Any => quote::ANY.to_owned(),
        Pick::Without => quote::NONE.to_owned(),
        Pick::Value(inner) => value(inner),
    }
}

fn write_list<T>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    list: &[T],
    spell: impl Fn(&T) -> String,
) -> fmt::Result {
    write!(f, "{name}:")?;
    for (at, item) in list.iter().enumerate() {
        if at > 0 {
            f.write_str(",")?;
        }
        f.write_str(&spell(item))?;
    }
    Ok(())
}

fn write_number(f: &mut fmt::Formatter<'_>, measure: Measure, ranges: &[Interval]) -> fmt::Result {
    let name = measure.name();
    match ranges {
        [one] if one.to().is_none() => write!(f, "{name}>={}", one.from()),
        [one] if one.from() == 0 && one.single().is_none() => {
            write!(f, "{name}<={}", one.to().unwrap_or_default())
        }
        _ => write_list(f, name, ranges, |range| match (range.single(), range.to()) {
            (Some(only), _) => only.to_string(),
            (None, Some(to)) => format!("{}..{to}", range.from()),
            (None, None) => format!("{}..", range.from()),
        }),
    }
}

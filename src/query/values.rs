//! The values of fields: which there are, what they mean, and what is said of unknown ones.

use std::ops::Range;
use std::str::FromStr;

use super::error::QueryError;
use super::field::Field;
use super::quote::{ANY, NONE};
use super::read_off::{NO, WRITTEN_HERE, YES, YesNo};
use super::tree::{Expr, Has, Interval, Is, Measure, Pick, Term};
use super::vocabulary::{FacetWords, Vocabulary, find, nearest};
use crate::example::{Agreed, Kind, Split, Status, Verdict};

/// A value as it was typed.
pub(super) struct Given {
    pub text: String,
    /// Then it is a name, even where it is `*` or `none`.
    pub quoted: bool,
    pub span: Range<usize>,
}

/// The sign between a field and its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Is,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Operator {
    pub(super) fn or_equal(self) -> Self {
        match self {
            Self::Below => Self::AtMost,
            Self::Above => Self::AtLeast,
            other => other,
        }
    }
}

/// The condition that a field makes of its values.
pub(super) fn field(
    field: Field,
    operator: Operator,
    given: &[Given],
    span: Range<usize>,
    vocabulary: &Vocabulary,
) -> Result<Term, QueryError> {
    if let Field::Number(measure) = field {
        return number(measure, operator, given);
    }
    let name = field.name();
    if operator != Operator::Is {
        let message = format!("“{name}” is not a number, so nothing is above or below it.");
        return Err(QueryError::new(span, message).hint(format!("write {}", sample(name))));
    }
    let each = |known: &[&str]| -> Result<Vec<String>, QueryError> {
        given.iter().map(|given| closed(given, name, known)).collect()
    };
    match field {
        Field::Status => Ok(Term::Status(parsed(&each(&words(Status::ALL, Status::as_str))?))),
        Field::Kind => Ok(Term::Kind(parsed(&each(&words(Kind::ALL, Kind::as_str))?))),
        Field::Is => {
            let names = each(&words(Is::ALL, Is::as_str))?;
            let states = names.iter().filter_map(|name| Is::ALL.iter().find(|is| is.as_str() == name));
            Ok(Term::Is(states.copied().collect()))
        }
        Field::Has => {
            let names = each(&words(Has::ALL, Has::as_str))?;
            let all = names.iter().filter_map(|name| Has::ALL.iter().find(|has| has.as_str() == name));
            Ok(Term::Has(all.copied().collect()))
        }
        Field::Language => Ok(Term::Language(picks(given, |given| language(given, &vocabulary.languages))?)),
        Field::Source => {
            let mut sources = picks(given, |given| Ok(open(given, &vocabulary.sources)))?;
            let is_known = |name: &String| vocabulary.sources.contains(name);
            for source in &mut sources {
                if matches!(source, Pick::Value(name) if name == WRITTEN_HERE && !is_known(name)) {
                    *source = Pick::Without;
                }
            }
            Ok(Term::Source(sources))
        }
        Field::Author => Ok(Term::Author(picks(given, |given| Ok(open(given, &vocabulary.people)))?)),
        Field::Annotator => Ok(Term::Annotator(picks(given, |given| Ok(open(given, &vocabulary.people)))?)),
        Field::Split => Ok(Term::Split(picked(given, name, &words(Split::ALL, Split::as_str))?)),
        Field::Reviewed => Ok(Term::Reviewed(picked(given, name, &words(Verdict::ALL, Verdict::as_str))?)),
        Field::Outcome => Ok(Term::Outcome(parsed(&each(&words(Agreed::ALL, Agreed::as_str))?))),
        Field::Returned => Ok(Term::Returned(picks(given, |given| Ok(open(given, &vocabulary.people)))?)),
        Field::Flag => {
            let known: Vec<&str> = vocabulary.flag_kinds.iter().map(String::as_str).collect();
            Ok(Term::Flag(picks(given, |given| closed(given, name, &known))?))
        }
        Field::Proposed => {
            let known: Vec<&str> = vocabulary.proposed.iter().map(String::as_str).collect();
            Ok(Term::Proposed(picks(given, |given| closed(given, name, &known))?))
        }
        Field::By => Ok(Term::By(picks(given, |given| Ok(open(given, &vocabulary.people)))?)),
        Field::Note => Ok(Term::Note(picks(given, |given| Ok(given.text.clone()))?)),
        Field::Number(measure) => number(measure, operator, given),
    }
}

/// The condition on the tags of a facet.
pub(super) fn tag(facet: &FacetWords, given: &[Given]) -> Result<Term, QueryError> {
    let known: Vec<&str> = facet.values.iter().map(String::as_str).collect();
    let values = picks(given, |given| {
        if facet.open { Ok(open(given, &facet.values)) } else { closed(given, &facet.name, &known) }
    })?;
    Ok(Term::Tag { facet: facet.name.clone(), values })
}

/// The condition on what is so or not.
pub(super) fn yes_no(read_off: YesNo, given: &[Given]) -> Result<Expr, QueryError> {
    let each = given.iter().map(|given| closed(given, read_off.name(), &[YES, NO]).map(|word| word == YES));
    let each = each.collect::<Result<Vec<bool>, QueryError>>()?;
    Ok(Expr::Or(each.into_iter().map(|yes| read_off.is(yes)).collect()))
}

/// The condition on a number.
pub(super) fn number(measure: Measure, operator: Operator, given: &[Given]) -> Result<Term, QueryError> {
    let mut ranges = Vec::with_capacity(given.len());
    for given in given {
        if operator == Operator::Is {
            ranges.push(range(given, measure)?);
            continue;
        }
        let bound = whole(&given.text, &given.span, measure)?;
        ranges.push(match operator {
            Operator::Above => Interval::at_least(bound.saturating_add(1)),
            Operator::AtMost => Interval::at_most(bound),
            Operator::Below if bound == 0 => {
                return Err(QueryError::new(given.span.clone(), "No number is below 0."));
            }
            Operator::Below => Interval::at_most(bound - 1),
            Operator::AtLeast | Operator::Is => Interval::at_least(bound),
        });
    }
    Ok(Term::Number { measure, ranges })
}

/// What is said of a name that is no field and no facet.
pub(super) fn unknown_field(
    name: &str,
    span: Range<usize>,
    as_text: &str,
    vocabulary: &Vocabulary,
) -> QueryError {
    let mut known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    known.extend(vocabulary.facets.iter().map(|facet| facet.name.as_str()));
    let hint = match nearest(name, &known) {
        Some(near) => format!("did you mean “{near}”? To search for the text, write {as_text}"),
        None => format!("to search for the text, write {as_text}"),
    };
    QueryError::new(span, format!("“{name}” is neither a field nor a facet.")).hint(hint)
}

/// How the values of that field are written.
pub(super) fn sample(name: &str) -> String {
    match Field::find(name) {
        Some(Field::Number(measure)) => format!("{0}:20, {0}>20 or {0}:10..20", measure.name()),
        Some(Field::Status) => "status:draft".to_owned(),
        Some(Field::Kind) => "kind:sft".to_owned(),
        Some(Field::Split) => "split:train".to_owned(),
        Some(Field::Is) => "is:blank".to_owned(),
        Some(Field::Has) => "has:tools".to_owned(),
        Some(Field::Language) => "lang:de".to_owned(),
        Some(Field::Outcome) => "outcome:unresolved".to_owned(),
        Some(Field::Reviewed) => "reviewed:approved".to_owned(),
        _ if name == "#" => "#412".to_owned(),
        _ => format!("{name}:value, {name}:* for any, {name}:none for none"),
    }
}

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| word(*item)).collect()
}

fn parsed<T: FromStr>(names: &[String]) -> Vec<T> {
    // the names come from `T`'s own words, so each of them parses
    names.iter().filter_map(|name| name.parse().ok()).collect()
}

fn picks(
    given: &[Given],
    name: impl Fn(&Given) -> Result<String, QueryError>,
) -> Result<Vec<Pick<String>>, QueryError> {
    let pick = |given: &Given| {
        if !given.quoted && given.text == ANY {
            Ok(Pick::Any)
        } else if !given.quoted && given.text.eq_ignore_ascii_case(NONE) {
            Ok(Pick::Without)
        } else {
            name(given).map(Pick::Value)
        }
    };
    given.iter().map(pick).collect()
}

/// Any, none, or one of the type's own words.
fn picked<T: FromStr>(given: &[Given], field: &str, known: &[&str]) -> Result<Vec<Pick<T>>, QueryError> {
    let list = picks(given, |given| closed(given, field, known))?;
    let pick = |pick: Pick<String>| match pick {
        Pick::Any => Some(Pick::Any),
        Pick::Without => Some(Pick::Without),
        Pick::Value(word) => T::from_str(&word).ok().map(Pick::Value),
    };
    Ok(list.into_iter().filter_map(pick).collect())
}

/// The known name that was meant, or the name as typed.
fn open(given: &Given, known: &[String]) -> String {
    find(known, &given.text, |name| name).unwrap_or(&given.text).clone()
}

/// A language by its letters: `de`, not `German`.
fn language(given: &Given, known: &[String]) -> Result<String, QueryError> {
    let name = open(given, known).to_lowercase();
    if name.chars().count() <= 3 {
        return Ok(name);
    }
    // its own word for what it can't tell
    if name == crate::example::Traits::UNKNOWN {
        return Ok(name);
    }
    let message = format!("“{}” is not the code of a language.", given.text);
    Err(QueryError::new(given.span.clone(), message).hint("write its two letters (ISO 639-1): lang:de"))
}

/// The known name that was meant.
fn closed(given: &Given, field: &str, known: &[&str]) -> Result<String, QueryError> {
    if let Some(name) = find(known, &given.text, |name| name) {
        return Ok((*name).to_owned());
    }
    let message = format!("“{}” is not a value of “{field}”.", given.text);
    let hint = match nearest(&given.text, known) {
        Some(near) => Some(format!("did you mean “{near}”?")),
        None if known.is_empty() => None,
        None => Some(format!("it has {}", listed(known))),
    };
    Err(QueryError::new(given.span.clone(), message).maybe_hint(hint))
}

fn listed(known: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown = known.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if known.len() > SHOWN { format!("{shown} …") } else { shown }
}

/// `120`, `120..400`, `120..`, `..400`; and as counts have it, `120-400` and `120+`.
fn range(given: &Given, measure: Measure) -> Result<Interval, QueryError> {
    let band = given.text.split_once('-').filter(|(low, high)| !low.is_empty() && !high.is_empty());
    let above = given.text.strip_suffix('+').filter(|low| !low.is_empty()).map(|low| (low, ""));
    let Some((low, high)) = given.text.split_once("..").or(band).or(above) else {
        return whole(&given.text, &given.span, measure).map(Interval::exactly);
    };
    let bound = |text: &str| match text {
        "" => Ok(None),
        text => whole(text, &given.span, measure).map(Some),
    };
    match (bound(low)?, bound(high)?) {
        (Some(low), Some(high)) if low > high => {
            let message = format!("The range runs from {low} down to {high}, so nothing is in it.");
            Err(QueryError::new(given.span.clone(), message).hint(format!("write {high}..{low}")))
        }
        (Some(low), Some(high)) => Ok(Interval::between(low, high)),
        (Some(low), None) => Ok(Interval::at_least(low)),
        (None, Some(high)) => Ok(Interval::at_most(high)),
        (None, None) => {
            Err(QueryError::new(given.span.clone(), "The range has neither a beginning nor an end.")
                .hint(format!("write {}", sample(measure.name()))))
        }
    }
}

fn whole(text: &str, span: &Range<usize>, measure: Measure) -> Result<i64, QueryError> {
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let message = match text.parse() {
        Ok(number) if digits => return Ok(number),
        _ if digits => format!("“{text}” is too large a number."),
        _ => format!("“{text}” is not a whole number."),
    };
    Err(QueryError::new(span.clone(), message).hint(format!("write {}", sample(measure.name()))))
}

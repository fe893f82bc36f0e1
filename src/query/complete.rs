//! What one may be about to type: names of fields and facets, and their values.

use std::ops::Range;

use fuzzy_matcher::{FuzzyMatcher, skim::SkimMatcherV2};

use super::field::Field;
use super::quote::{self, ANY, NONE, is_operator};
use super::read_off::{NO, YES, YesNo};
use super::tree::{Has, Is};
use super::vocabulary::Vocabulary;
use crate::example::{Agreed, Kind, Split, Status, Verdict};

/// Proposals for the word at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text that a proposal takes the place of.
    pub replace: Range<usize>,
    /// The proposals, best first.
    pub items: Vec<Suggestion>,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to put there, quoted where it must be.
    pub text: String,
    /// What it means, in a few words; may be empty.
    pub about: String,
}

/// Proposes names and values for the word at the cursor (a byte offset; one inside a character or
/// beyond the end is taken back to the nearest possible one).
///
/// What begins as typed comes first, then what contains it, then what has its letters in order.
pub fn complete(text: &str, cursor: usize, vocabulary: &Vocabulary) -> Completion {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let word = word_at(text, cursor);
    let Some((name, quoted, values_from)) = field_of(text, &word).filter(|&(_, _, from)| from <= cursor)
    else {
        return names(text, word, cursor, vocabulary);
    };
    let replace = value_at(text, values_from..word.end, cursor);
    let typed = unquoted(text.get(replace.start..cursor).unwrap_or_default());
    let candidates = values_of(&name, quoted, vocabulary);
    Completion { replace, items: ranked(typed, candidates) }
}

/// A proposal and the name that what was typed is held against.
struct Candidate {
    name: String,
    suggestion: Suggestion,
}

impl Candidate {
    fn new(name: &str, text: String, about: impl Into<String>) -> Self {
        Self { name: name.to_owned(), suggestion: Suggestion { text, about: about.into() } }
    }
}

fn names(text: &str, word: Range<usize>, cursor: usize, vocabulary: &Vocabulary) -> Completion {
    let typed = text.get(word.start..cursor).unwrap_or_default();
    if typed.starts_with(['~', '#', '*']) {
        return Completion { replace: word, items: Vec::new() };
    }
    let quoted = typed.starts_with('"');
    let mut candidates = Vec::new();
    if !quoted {
        let fields = Field::ALL
            .iter()
            .map(|field| Candidate::new(field.name(), format!("{}:", field.name()), field.about()));
        candidates.extend(fields);
    }
    for facet in &vocabulary.facets {
        let name = quote::facet(&facet.name);
        // What begins with a quote may be a phrase as well: only names that need quotes fit it.
        if !quoted || name.starts_with('"') {
            candidates.push(Candidate::new(&facet.name, format!("{name}:"), facet_about(&facet.values)));
        }
    }
    Completion { replace: word, items: ranked(unquoted(typed), candidates) }
}

fn facet_about(values: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = values.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if values.len() > SHOWN { " …" } else { "" };
    if shown.is_empty() { "a facet".to_owned() } else { format!("a facet: {shown}{more}") }
}

fn values_of(name: &str, quoted: bool, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let plain = |word: &str, about: &str| Candidate::new(word, quote::value(word), about);
    let special = |word: &str, about: &str| Candidate::new(word, word.to_owned(), about);
    let field = if quoted { None } else { Field::find(name) };
    match field {
        Some(Field::Status) => Status::ALL.iter().map(|status| plain(status.as_str(), "")).collect(),
        Some(Field::Kind) => vec![
            plain(Kind::Sft.as_str(), "one response is wanted"),
            plain(Kind::Preference.as_str(), "two or more are wanted, ranked"),
        ],
        Some(Field::Split) => {
            let splits = Split::ALL.iter().map(|split| plain(split.as_str(), ""));
            splits.chain([special(NONE, "in no split"), special(ANY, "in any split")]).collect()
        }
        Some(Field::Flag) => {
            let kinds = vocabulary.flag_kinds.iter().map(|kind| plain(kind, ""));
            kinds.chain([special(ANY, "any open flag"), special(NONE, "no open flag")]).collect()
        }
        Some(Field::By) => {
            let people = vocabulary.people.iter().map(|person| plain(person, ""));
            people.chain([special(ANY, "anybody"), special(NONE, "nobody who is known")]).collect()
        }
        Some(Field::Note) => vec![special(ANY, "there is a note"), special(NONE, "there is none")],
        Some(Field::Is) => Is::ALL
            .iter()
            .map(|is| match is {
                Is::Blank => plain(is.as_str(), "nothing is answered"),
                Is::Ranked => plain(is.as_str(), "somebody has ranked"),
                Is::Gold => plain(is.as_str(), "the right ranking is known"),
                Is::Unsure => plain(is.as_str(), "somebody can't judge it"),
                Is::Circular => plain(is.as_str(), "most say a over b over c over a"),
                Is::Refusal => plain(is.as_str(), "the best or first response declines"),
                Is::Json => plain(is.as_str(), "the best or first response is JSON"),
            })
            .collect(),
        Some(Field::Has) => Has::ALL
            .iter()
            .map(|has| match has {
                Has::Tools => plain(has.as_str(), "tools are defined"),
            })
            .collect(),
        Some(Field::Language) => {
            let languages = vocabulary.languages.iter().map(|language| plain(language, ""));
            languages.chain([special(ANY, "any language"), special(NONE, "too short to tell")]).collect()
        }
        Some(Field::Source) => {
            let sources = vocabulary.sources.iter().map(|source| plain(source, ""));
            sources.chain([special(ANY, "from a file"), special(NONE, "written here")]).collect()
        }
        Some(Field::Author | Field::Annotator) => {
            let people = vocabulary.people.iter().map(|person| plain(person, ""));
            people.chain([special(ANY, "anybody"), special(NONE, "nobody")]).collect()
        }
        Some(Field::Outcome) => {
            Agreed::ALL.iter().map(|state| plain(state.as_str(), state.sentence())).collect()
        }
        Some(Field::Returned) => {
            let people = vocabulary.people.iter().map(|person| plain(person, ""));
            people.chain([special(ANY, "to anybody"), special(NONE, "to nobody")]).collect()
        }
        Some(Field::Reviewed) => {
            let verdicts = Verdict::ALL.iter().map(|verdict| plain(verdict.as_str(), ""));
            verdicts.chain([special(ANY, "somebody reviewed it"), special(NONE, "nobody did")]).collect()
        }
        Some(Field::Proposed) => {
            let names = vocabulary.proposed.iter().map(|name| plain(name, ""));
            names.chain([special(ANY, "anything"), special(NONE, "nothing")]).collect()
        }
        Some(Field::Number(_)) => Vec::new(),
        None => match vocabulary.facet(name) {
            Some(facet) => {
                let values = facet.values.iter().map(|value| plain(value, ""));
                values.chain([special(ANY, "any value"), special(NONE, "without a value")]).collect()
            }
            None if !quoted && YesNo::find(name).is_some() => vec![plain(YES, ""), plain(NO, "")],
            None => Vec::new(),
        },
    }
}

/// Those that fit, best first; in their own order where they fit alike.
fn ranked(typed: &str, candidates: Vec<Candidate>) -> Vec<Suggestion> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let typed = typed.to_lowercase();
    let mut fitting: Vec<(u8, i64, Suggestion)> = Vec::new();
    for Candidate { name, suggestion } in candidates {
        let name = name.to_lowercase();
        if name.starts_with(&typed) {
            fitting.push((0, 0, suggestion));
        } else if name.contains(&typed) {
            fitting.push((1, 0, suggestion));
        } else if let Some(score) = matcher.fuzzy_match(&name, &typed) {
            fitting.push((2, -score, suggestion));
        }
    }
    fitting.sort_by_key(|(class, order, _)| (*class, *order));
    fitting.into_iter().map(|(_, _, suggestion)| suggestion).collect()
}

/// The word in which the cursor is or at whose end it stands, without the minus before it; the
/// empty place at the cursor where there is none.
fn word_at(text: &str, cursor: usize) -> Range<usize> {
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        start += rest.len()
            - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '-')).len();
        if start >= cursor {
            return if start == cursor { start..word_end(text, start) } else { cursor..cursor };
        }
        let end = word_end(text, start);
        if cursor <= end {
            return start..end;
        }
        start = end;
    }
}

/// Where the word ends that begins there: quotes belong to it after a sign, and keep blanks in it.
fn word_end(text: &str, start: usize) -> usize {
    let mut quoted = false;
    let mut before = ':';
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        if c == '"' {
            let opens = is_operator(before) || matches!(before, ',' | '~' | '"');
            if !quoted && !opens {
                return start + at;
            }
            quoted = !quoted;
        } else if !quoted && quote::ends_word(c) {
            return start + at;
        }
        before = c;
    }
    text.len()
}

/// The field's name of a word, whether it is quoted, and where its values begin.
fn field_of(text: &str, word: &Range<usize>) -> Option<(String, bool, usize)> {
    let typed = text.get(word.clone())?;
    if let Some(inner) = typed.strip_prefix('"') {
        let close = inner.find("\":")?;
        return Some((inner.get(..close)?.replace("\"\"", "\""), true, word.start + close + 3));
    }
    let (at, _) = typed.char_indices().skip(1).find(|&(_, c)| is_operator(c))?;
    let signs = typed.get(at..)?;
    let signs = signs.len() - signs.trim_start_matches(is_operator).len();
    Some((typed.get(..at)?.to_owned(), false, word.start + at + signs))
}

/// The value among those parted by commas in which the cursor is.
fn value_at(text: &str, values: Range<usize>, cursor: usize) -> Range<usize> {
    let (mut start, mut quoted) = (values.start, false);
    for (at, c) in text.get(values.clone()).unwrap_or_default().char_indices() {
        let at = values.start + at;
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted && at < cursor => start = at + 1,
            ',' if !quoted => return start..at,
            _ => {}
        }
    }
    start..values.end
}

/// What was typed, without the quotes around it.
fn unquoted(typed: &str) -> &str {
    let inner = typed.strip_prefix('"').unwrap_or(typed);
    inner.strip_suffix('"').unwrap_or(inner)
}

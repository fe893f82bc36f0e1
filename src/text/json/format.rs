//! JSON checked, laid out over lines, and made short: token by token, so that each stays as it was written.

use std::borrow::Cow;
use std::collections::HashSet;

use super::JsonError;
use super::scan::{Kind, Token, next};

/// How deep values may stand in each other: what the reader of the dataset takes too.
const DEEPEST: usize = 127;

/// The JSON over lines, two blanks for each level; keys stay in their order, numbers and strings as
/// they were written. A key that comes twice in an object is refused: one of the two would be lost.
pub fn format(text: &str) -> Result<String, JsonError> {
    let mut printed = String::with_capacity(text.len() * 3 / 2);
    let mut depth = 0;
    let mut before = None;
    let indent = |printed: &mut String, depth: usize| {
        printed.push('\n');
        printed.extend(std::iter::repeat_n("  ", depth));
    };
    walk(text, &mut |token| {
        let is_after_opening = matches!(before, Some(Kind::Sign('{' | '[')));
        match token.kind {
            Kind::Sign('}' | ']') => {
                depth -= 1;
                if !is_after_opening {
                    indent(&mut printed, depth);
                }
            }
            Kind::Sign(',' | ':') => {}
            _ if is_after_opening || before == Some(Kind::Sign(',')) => indent(&mut printed, depth),
            _ if before == Some(Kind::Sign(':')) => printed.push(' '),
            _ => {}
        }
        if matches!(token.kind, Kind::Sign('{' | '[')) {
            depth += 1;
        }
        printed.push_str(text.get(token.range.clone()).unwrap_or_default());
        before = Some(token.kind);
    })?;
    Ok(printed)
}

/// The JSON on one line, without blanks between its parts.
pub fn compact(text: &str) -> Result<String, JsonError> {
    let mut printed = String::with_capacity(text.len());
    walk(text, &mut |token| printed.push_str(text.get(token.range.clone()).unwrap_or_default()))?;
    Ok(printed)
}

/// What stands around the place that one is at.
enum Level<'a> {
    List,
    Object { keys: HashSet<Cow<'a, str>> },
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Value,
    /// A value, or the end of a list that has just begun.
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    /// A comma or the end of what is open; where nothing is, nothing.
    CommaOrEnd,
}

/// Tells every token of a text that is JSON.
fn walk(text: &str, hear: &mut dyn FnMut(&Token)) -> Result<(), JsonError> {
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut wanted = Wanted::Value;
    let mut end = 0;
    while let Some(token) = next(text, end)? {
        let wrong = |reason: &str| Err(JsonError::at(text, token.range.start, reason));
        let before = wanted;
        wanted = match (wanted, token.kind) {
            (Wanted::Value | Wanted::ValueOrEnd, Kind::Sign(sign @ ('{' | '['))) => {
                if levels.len() == DEEPEST {
                    return wrong("values stand too deep in each other here");
                }
                if sign == '{' {
                    levels.push(Level::Object { keys: HashSet::new() });
                    Wanted::KeyOrEnd
                } else {
                    levels.push(Level::List);
                    Wanted::ValueOrEnd
                }
            }
            (Wanted::Value | Wanted::ValueOrEnd, Kind::String | Kind::Plain) => Wanted::CommaOrEnd,
            (Wanted::Key | Wanted::KeyOrEnd, Kind::String) => {
                key(text, &token, &mut levels)?;
                Wanted::Colon
            }
            (Wanted::Colon, Kind::Sign(':')) => Wanted::Value,
            (Wanted::CommaOrEnd, Kind::Sign(',')) => match levels.last() {
                Some(Level::Object { .. }) => Wanted::Key,
                Some(Level::List) => Wanted::Value,
                None => return wrong("the JSON ended before this"),
            },
            (Wanted::CommaOrEnd | Wanted::KeyOrEnd | Wanted::ValueOrEnd, Kind::Sign(sign @ ('}' | ']'))) => {
                match (levels.pop(), sign) {
                    (Some(Level::Object { .. }), '}') | (Some(Level::List), ']') => Wanted::CommaOrEnd,
                    (Some(Level::Object { .. }), _) => return wrong("an object ends with }, not with ]"),
                    (Some(Level::List), _) => return wrong("a list ends with ], not with }"),
                    (None, _) => return wrong("nothing is open that this could close"),
                }
            }
            _ => return wrong(reason(before, token.kind, levels.is_empty())),
        };
        end = token.range.end;
        hear(&token);
    }
    match (wanted, levels.last()) {
        (Wanted::CommaOrEnd, None) => Ok(()),
        (Wanted::Value, None) => Err(JsonError::at(text, text.len(), "there is nothing here yet")),
        (_, Some(Level::List)) => {
            Err(JsonError::at(text, text.len(), "a ] is missing: a list is not closed"))
        }
        (_, _) => Err(JsonError::at(text, text.len(), "a } is missing: an object is not closed")),
    }
}

/// Takes the key of an object, which must be its first of that name.
fn key<'a>(text: &'a str, token: &Token, levels: &mut [Level<'a>]) -> Result<(), JsonError> {
    let written = text.get(token.range.clone()).unwrap_or_default();
    // The token is a string of JSON: only what is escaped in it has to be read.
    let name = if written.contains('\\') {
        serde_json::from_str(written).map_or(Cow::Borrowed(written), Cow::Owned)
    } else {
        Cow::Borrowed(written.trim_matches('"'))
    };
    match levels.last_mut() {
        Some(Level::Object { keys }) if keys.contains(&name) => {
            let reason = format!("the key {written} comes a second time in this object");
            Err(JsonError::at(text, token.range.start, reason))
        }
        Some(Level::Object { keys }) => {
            keys.insert(name);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Why a token can't stand where it does.
fn reason(wanted: Wanted, kind: Kind, is_outside: bool) -> &'static str {
    match (wanted, kind) {
        (Wanted::Key, Kind::Sign('}')) | (Wanted::Value, Kind::Sign(']')) => {
            "the comma before this is one too many"
        }
        (Wanted::Key | Wanted::KeyOrEnd, _) => "a key is wanted here, between double quotes",
        (Wanted::Colon, _) => "a : is missing before this, between the key and its value",
        (Wanted::CommaOrEnd, _) if is_outside => "the JSON ended before this",
        (Wanted::CommaOrEnd, Kind::Sign(':')) => "there is no key before this :",
        (Wanted::CommaOrEnd, _) => "a comma is missing before this",
        (Wanted::Value | Wanted::ValueOrEnd, _) => "a value is missing before this",
    }
}

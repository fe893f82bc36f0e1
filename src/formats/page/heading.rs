//! What a heading says: its kind, names and numbers.

use super::words::Word;
use crate::example::AuthorKind;

/// What a heading begins with.
pub(super) const KINDS: &[&str] = &["system", "user", "assistant", "tool", "call", "response", "tools"];

/// That nothing can begin with this word.
pub(super) fn unknown(word: &str) -> String {
    format!(
        "“{word}” is not one of {}; where this line belongs to a text, put a backslash before it: \\=== {word}",
        KINDS.join(", ")
    )
}

/// What a heading says.
#[derive(Default)]
pub(super) struct Heading {
    pub name: Option<String>,
    pub answers: Option<String>,
    pub weight: Option<String>,
    pub id: Option<String>,
    pub call: String,
    pub number: Option<usize>,
    pub author: Option<(String, Option<AuthorKind>)>,
    pub parts: bool,
    pub escaped: bool,
}

impl Heading {
    pub fn read(&mut self, words: &[Word], keys: &[&str], own: &[&str]) -> Result<(), String> {
        for word in words {
            let place = match word.key.as_deref() {
                Some(key) if keys.contains(&key) => match key {
                    "name" => &mut self.name,
                    "for" => &mut self.answers,
                    "weight" => &mut self.weight,
                    _ => &mut self.id,
                },
                None if !word.quoted && own.contains(&word.text.as_str()) => {
                    match word.text.as_str() {
                        "parts" => self.parts = true,
                        _ => self.escaped = true,
                    }
                    continue;
                }
                key => {
                    let key = key.map(|key| format!("{key}=")).unwrap_or_default();
                    let known: Vec<String> = keys
                        .iter()
                        .map(|key| format!("{key}=…"))
                        .chain(own.iter().map(|own| (*own).to_owned()))
                        .collect();
                    return Err(format!(
                        "“{key}{}” means nothing in this heading; there are: {}",
                        word.text,
                        known.join(", ")
                    ));
                }
            };
            *place = Some(word.text.clone());
        }
        Ok(())
    }

    pub fn read_call(&mut self, words: &[Word]) -> Result<(), String> {
        let Some((name, words)) = words.split_first().filter(|(name, _)| name.key.is_none()) else {
            return Err("a call names the function first: === call look_up id=call_1".to_owned());
        };
        self.call.clone_from(&name.text);
        self.read(words, &["id"], &["escaped"])
    }

    /// `2 by "swift 7b" (model) weight=0`.
    pub fn read_response(&mut self, words: &[Word]) -> Result<(), String> {
        let mut rest = words;
        if let [number, after @ ..] = rest
            && number.key.is_none()
            && !number.quoted
            && number.text != "by"
            && let Ok(number) = number.text.trim_start_matches('#').parse()
        {
            self.number = Some(number);
            rest = after;
        }
        if let [by, after @ ..] = rest
            && by.is("by")
        {
            let kind_of = |word: &Word| match word.text.as_str() {
                "(person)" if word.key.is_none() && !word.quoted => Some(AuthorKind::Person),
                "(model)" if word.key.is_none() && !word.quoted => Some(AuthorKind::Model),
                _ => None,
            };
            // A name of several words needs no quotes where its kind follows.
            let kind = after.iter().position(|word| kind_of(word).is_some());
            let end = kind.unwrap_or_else(|| after.len().min(1));
            let (name, after) = after.split_at(end);
            let name: Vec<&str> = name.iter().map(|word| word.text.as_str()).collect();
            if name.is_empty() {
                return Err("after “by” stands a name: === response by ana (person)".to_owned());
            }
            self.author = Some((name.join(" "), after.first().and_then(kind_of)));
            rest = after.get(usize::from(kind.is_some())..).unwrap_or_default();
        }
        self.read(rest, &["name", "for", "weight"], &["parts", "escaped"])
    }
}

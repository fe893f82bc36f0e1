//! What a person says about which field goes where: `prompt=question,response=answer`.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

/// `prompt=question,response=answer,tag:intent=category`: which field of a record goes where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Where to, and the path of the field (`instances[0].input`).
    pub fields: Vec<(Target, String)>,
}

/// Where a mapped field goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The system turn.
    System,
    /// The user turn; where several fields are mapped to it they are joined by a blank line.
    Prompt,
    /// A response.
    Response,
    /// The chosen response of a pair.
    Chosen,
    /// The rejected response of a pair.
    Rejected,
    /// A facet value.
    Tag(String),
    /// The note.
    Note,
    /// The id that the record has where it comes from; it is kept in the metadata as `id`.
    Id,
    /// The person who wrote the response; given several times, of the first, the second …
    Author,
    /// The model that wrote the response; likewise.
    Model,
    /// The status.
    Status,
    /// The split.
    Split,
    /// Who chose.
    Annotator,
}

/// The targets that are one word.
const WORDS: &[(&str, Target)] = &[
    ("system", Target::System),
    ("prompt", Target::Prompt),
    ("response", Target::Response),
    ("chosen", Target::Chosen),
    ("rejected", Target::Rejected),
    ("note", Target::Note),
    ("id", Target::Id),
    ("author", Target::Author),
    ("model", Target::Model),
    ("status", Target::Status),
    ("split", Target::Split),
    ("annotator", Target::Annotator),
];

impl Target {
    /// Those that are one word, in the order in which they are told.
    pub fn words() -> impl Iterator<Item = (&'static str, &'static Self)> {
        WORDS.iter().map(|(word, target)| (*word, target))
    }

    /// Whether every record must have it that is mapped so.
    pub(super) const fn is_needed(&self) -> bool {
        matches!(self, Self::Prompt | Self::Chosen | Self::Rejected)
    }
}

impl Mapping {
    /// The facets that fields become tags of.
    pub fn facets(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter_map(|(target, _)| match target {
            Target::Tag(facet) => Some(facet.as_str()),
            _ => None,
        })
    }
}

impl FromStr for Target {
    type Err = MappingError;

    /// A word of the list, or `tag:FACET`.
    fn from_str(text: &str) -> Result<Self, MappingError> {
        let text = text.trim();
        let word = WORDS.iter().find(|(word, _)| *word == text).map(|(_, target)| target.clone());
        let facet = || text.strip_prefix("tag:").map(str::trim).filter(|facet| !facet.is_empty());
        word.or_else(|| facet().map(|facet| Self::Tag(facet.to_owned())))
            .ok_or_else(|| MappingError::UnknownTarget(text.to_owned()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Tag(facet) = self {
            return write!(f, "tag:{facet}");
        }
        let word = WORDS.iter().find(|(_, target)| target == self).map_or("", |(word, _)| word);
        f.write_str(word)
    }
}

/// What is wrong with a mapping that was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A part without an equals sign.
    #[error("“{0}” should be TARGET=FIELD, as in prompt=question,response=answer")]
    NoField(String),
    /// A word before the equals sign that is no target.
    #[error(
        "“{0}” is not something that a field can become; that is one of: system, prompt, response, chosen, \
         rejected, note, id, author, model, status, split, annotator, tag:FACET"
    )]
    UnknownTarget(String),
    /// Nothing that could be asked.
    #[error("no field becomes the prompt: add prompt=FIELD")]
    NoPrompt,
    /// Half of a pair.
    #[error("chosen and rejected belong together: add {0}=FIELD")]
    HalfPair(Target),
}

impl Mapping {
    /// Whether there is a prompt, and of a pair both sides.
    pub fn check(&self) -> Result<(), MappingError> {
        if !self.has(&Target::Prompt) {
            return Err(MappingError::NoPrompt);
        }
        match (self.has(&Target::Chosen), self.has(&Target::Rejected)) {
            (true, false) => Err(MappingError::HalfPair(Target::Rejected)),
            (false, true) => Err(MappingError::HalfPair(Target::Chosen)),
            _ => Ok(()),
        }
    }

    /// The paths of the fields that go there.
    pub fn paths<'a>(&'a self, target: &'a Target) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(there, _)| there == target).map(|(_, path)| path.as_str())
    }

    fn has(&self, target: &Target) -> bool {
        self.paths(target).next().is_some()
    }
}

impl FromStr for Mapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let mut mapping = Self::default();
        for part in parts(text) {
            let no_field = || MappingError::NoField(part.trim().to_owned());
            let (target, path) = part.split_once('=').ok_or_else(no_field)?;
            let path = unescaped(path.trim());
            if path.is_empty() {
                return Err(no_field());
            }
            mapping.fields.push((target.parse()?, path));
        }
        mapping.check().map(|()| mapping)
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (target, path)) in self.fields.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{target}={}", path.replace('\\', "\\\\").replace(',', "\\,"))?;
        }
        Ok(())
    }
}

/// The parts between commas; one with a backslash before it parts nothing.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == ',' && !is_escaped {
            parts.push(text.get(begin..at).unwrap_or_default());
            begin = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.push(text.get(begin..).unwrap_or_default());
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A name without the backslashes before commas and other backslashes.
fn unescaped(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.next_if(|next| c == '\\' && matches!(next, ',' | '\\')) {
            Some(escaped) => plain.push(escaped),
            None => plain.push(c),
        }
    }
    plain
}

/// The field at a path like `instances[0].input`. A field whose own name is the whole path (tables
/// have such names) comes first.
pub(super) fn at_path<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    if path.is_empty() {
        return None;
    }
    let mut value = record;
    for step in path.split('.') {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        if !name.is_empty() {
            value = value.get(name)?;
        }
        for index in indices.split('[').filter(|index| !index.is_empty()) {
            value = value.get(index.strip_suffix(']')?.parse::<usize>().ok()?)?;
        }
    }
    Some(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mapping_reads_back_as_it_was_typed() {
        let typed = "prompt=instruction,prompt=instances[0].input,response=instances[0].output,tag:kind=type,note=id,id=nr,author=by,\
             model=m,status=s,split=part,annotator=who,chosen=c,rejected=r,system=sys";
        assert_eq!(typed.parse::<Mapping>().unwrap().to_string(), typed);
    }

    #[test]
    fn names_of_columns_may_have_commas_and_backslashes() {
        let mapping = "prompt=Question\\, in full,response=a\\\\b,note=c\\d".parse::<Mapping>().unwrap();
        let paths: Vec<&str> = mapping.fields.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["Question, in full", "a\\b", "c\\d"]);
        assert_eq!(mapping.to_string().parse::<Mapping>().unwrap(), mapping);
    }

    #[test]
    fn what_is_wrong_is_told_with_what_would_be_right() {
        let error = |text: &str| text.parse::<Mapping>().unwrap_err().to_string();
        assert_eq!(error("prompt"), "“prompt” should be TARGET=FIELD, as in prompt=question,response=answer");
        assert_eq!(
            error("prompt="),
            "“prompt=” should be TARGET=FIELD, as in prompt=question,response=answer"
        );
        assert!(error("promt=a").starts_with("“promt” is not something that a field can become"));
        assert!(error("tag:=a").starts_with("“tag:” is not"));
        assert_eq!(error("response=a"), "no field becomes the prompt: add prompt=FIELD");
        assert_eq!(error("prompt=a,chosen=b"), "chosen and rejected belong together: add rejected=FIELD");
    }

    #[test]
    fn a_path_leads_into_lists_and_objects() {
        let record = json!({"a": [{"b": [1, 2]}], "x.y": 3});
        assert_eq!(at_path(&record, "a[0].b[1]"), Some(&json!(2)));
        assert_eq!(at_path(&record, "x.y"), Some(&json!(3)));
        for wrong in ["a[1]", "a[x]", "a[0", "b", "", "a.b"] {
            assert_eq!(at_path(&record, wrong), None, "{wrong}");
        }
    }
}

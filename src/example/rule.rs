//! Rules that propose tags: what an example must be for a value of a facet to be proposed for it.

use serde::{Deserialize, Serialize};

use super::Tag;
use super::state::Place;

/// A rule: where its condition holds, its tag is proposed until a person takes it or says no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct TagRule {
    /// Its name, which no other rule of the dataset has.
    pub name: String,
    /// What it proposes.
    pub tag: Tag,
    /// When.
    pub condition: Condition,
}

/// What an example must be. Of the parts that are given all must hold; with none of them nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// One of these is said, as whole words in whatever case; a blank stands for any white space.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// A regular expression that is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// A filter that finds the example.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Where words and pattern are looked for.
    #[serde(rename = "in", default)]
    pub place: Place,
}

impl Condition {
    /// What it asks for, in a few words: `“refund”, “money back” in the prompt; /\d+/; status:draft`.
    pub fn said(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if !self.words.is_empty() {
            let words: Vec<String> = self.words.iter().map(|word| format!("“{word}”")).collect();
            parts.push(words.join(", "));
        }
        parts.extend(self.pattern.as_ref().map(|pattern| format!("/{pattern}/")));
        if let Some(last) = parts.last_mut() {
            last.push_str(match self.place {
                Place::Prompt => " in the prompt",
                Place::Response => " in a response",
                Place::Both => " in either",
            });
        }
        parts.extend(self.filter.clone());
        parts.join("; ")
    }
}

/// A rule as files have it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    tag: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(rename = "in", default)]
    place: Place,
}

impl From<TagRule> for Form {
    fn from(rule: TagRule) -> Self {
        let Condition { words, pattern, filter, place } = rule.condition;
        let tag = format!("{}:{}", rule.tag.facet, rule.tag.value);
        Self { name: rule.name, tag, words, pattern, filter, place }
    }
}

impl TryFrom<Form> for TagRule {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        // No facet has a colon in its name.
        let (facet, value) = form
            .tag
            .split_once(':')
            .map(|(facet, value)| (facet.trim(), value.trim()))
            .filter(|(facet, value)| !facet.is_empty() && !value.is_empty())
            .ok_or_else(|| format!("“{}” is no tag: one is FACET:VALUE, as in intent:refund", form.tag))?;
        Ok(Self {
            name: form.name,
            tag: Tag::new(facet, value),
            condition: Condition {
                words: form.words,
                pattern: form.pattern,
                filter: form.filter,
                place: form.place,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_the_same_after_it_was_written_down() {
        let condition = Condition {
            words: vec!["refund".to_owned(), "money back".to_owned()],
            pattern: Some(r"\d{4}".to_owned()),
            filter: Some("status:draft".to_owned()),
            place: Place::Both,
        };
        let rule = TagRule { name: "money".to_owned(), tag: Tag::new("intent", "a:b"), condition };
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<TagRule>(&json).unwrap(), rule);
        assert_eq!(rule.condition.said(), r"“refund”, “money back”; /\d{4}/ in either; status:draft");
    }

    #[test]
    fn what_is_not_said_is_looked_for_in_the_prompt_and_what_means_nothing_is_refused() {
        let read = |json: &str| serde_json::from_str::<TagRule>(json);
        let rule = read(r#"{"name": "a", "tag": "intent:refund", "words": ["x"]}"#).unwrap();
        assert_eq!((rule.condition.place, rule.condition.filter), (Place::Prompt, None));
        assert!(read(r#"{"name": "a", "tag": "refund"}"#).unwrap_err().to_string().contains("FACET:VALUE"));
        assert!(read(r#"{"name": "a", "tag": "a:b", "word": ["x"]}"#).is_err());
        assert!(read(r#"{"name": "a", "tag": "a:b", "in": "note"}"#).is_err());
    }
}

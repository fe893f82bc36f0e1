//! Rules that propose tags: whether the texts of an example are what a rule asks for. What a rule's
//! filter finds is for whoever has the dataset to say.

#[cfg(test)]
mod tests;

use regex::Regex;

use super::expression::{Flaw, compiled};
use crate::example::{Condition, Message, Place, Role, plain_text};

/// What is wrong with a condition: which part, why, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConditionError(String);

/// The texts that a condition asks for, ready to be looked for.
#[derive(Debug)]
pub struct Matcher {
    words: Option<Regex>,
    pattern: Option<Regex>,
    place: Place,
}

impl Matcher {
    /// Makes a condition's words and pattern ready.
    ///
    /// # Errors
    /// Where there is nothing to look for at all, an empty word, or a pattern that is none.
    pub fn new(condition: &Condition) -> Result<Self, ConditionError> {
        let Condition { words, pattern, filter, place } = condition;
        if words.is_empty() && pattern.is_none() && filter.is_none() {
            return Err(ConditionError(
                "it asks for nothing: give it words, a pattern or a filter".to_owned(),
            ));
        }
        let words = if words.is_empty() { None } else { Some(any_of(words)?) };
        let pattern = pattern.as_deref().map(|pattern| {
            compiled(pattern).map_err(|flaw| {
                ConditionError(match flaw {
                    Flaw::Empty => "its pattern is empty, and would be found in every text".to_owned(),
                    Flaw::Syntax { reason, at } => {
                        let at = at.map_or_else(String::new, |at| format!(", at character {at}"));
                        format!("its pattern is no regular expression: {reason}{at}")
                    }
                    Flaw::Large => "its pattern is too large when it is compiled".to_owned(),
                })
            })
        });
        Ok(Self { words, pattern: pattern.transpose()?, place: *place })
    }

    /// Whether texts matter to it at all, or only its filter does.
    pub fn reads(&self) -> bool {
        self.words.is_some() || self.pattern.is_some()
    }

    /// Whether what is said is what it asks for: its words somewhere in the place that it looks in, and
    /// its pattern somewhere in it. A pattern is looked for in one turn after the other.
    pub fn holds(&self, said: &Said) -> bool {
        let (asked, answered) = (said.asked.as_slice(), said.answered.as_slice());
        let places: &[&[String]] = match self.place {
            Place::Prompt => &[asked],
            Place::Response => &[answered],
            Place::Both => &[asked, answered],
        };
        let is_found = |regex: &Option<Regex>| {
            regex
                .as_ref()
                .is_none_or(|regex| places.iter().any(|turns| turns.iter().any(|turn| regex.is_match(turn))))
        };
        is_found(&self.words) && is_found(&self.pattern)
    }
}

/// What is said in an example, turn by turn.
#[derive(Debug, Default)]
pub struct Said {
    asked: Vec<String>,
    answered: Vec<String>,
}

impl Said {
    /// The turns of a prompt, the system's excepted, and those of all responses.
    pub fn of<'a>(
        prompt: impl IntoIterator<Item = &'a Message>,
        responses: impl IntoIterator<Item = &'a Message>,
    ) -> Self {
        let text = |message: &Message| plain_text(std::slice::from_ref(message));
        let asked = prompt.into_iter().filter(|message| message.role != Role::System);
        Self { asked: asked.map(text).collect(), answered: responses.into_iter().map(text).collect() }
    }
}

/// Any of the words: none of them as a part of a longer one, whatever their case.
fn any_of(words: &[String]) -> Result<Regex, ConditionError> {
    let mut sought = Vec::with_capacity(words.len());
    for word in words {
        let parts: Vec<String> = word.split_whitespace().map(regex::escape).collect();
        if parts.is_empty() {
            return Err(ConditionError("one of its words is empty".to_owned()));
        }
        sought.push(parts.join(r"\s+"));
    }
    let pattern = format!(r"(?i)\b{{start-half}}(?:{})\b{{end-half}}", sought.join("|"));
    // What is escaped is an expression; only its size can be wrong.
    compiled(&pattern)
        .map_err(|_| ConditionError("its words are too many: make several rules of it".to_owned()))
}

//! The patterns of a contract, compiled.

use regex::Regex;

use super::violation::{Rule, Violation};
use super::{ContractError, show};
use crate::curation::expression::{Flaw, compiled};
use crate::example::Pattern;

/// Places of one pattern that are told.
const PLACES: usize = 10;

/// A pattern that can be looked for.
#[derive(Debug)]
pub(super) struct Compiled {
    regex: Regex,
    about: String,
}

impl Compiled {
    pub(super) fn all(patterns: &[Pattern], part: &str) -> Result<Vec<Self>, ContractError> {
        let compiled = patterns.iter().enumerate().map(|(index, pattern)| {
            Self::new(pattern).map_err(|reason| ContractError::new(format!("{part}[{index}]"), reason))
        });
        compiled.collect()
    }

    fn new(pattern: &Pattern) -> Result<Self, String> {
        let regex = compiled(&pattern.pattern).map_err(|flaw| match flaw {
            Flaw::Empty => "the pattern is empty, and would be found in every text".to_owned(),
            Flaw::Syntax { reason, .. } => {
                format!("“{}” is no regular expression: {reason}", show::short(&pattern.pattern))
            }
            Flaw::Large => format!("“{}” is too large when it is compiled", show::short(&pattern.pattern)),
        })?;
        Ok(Self { regex, about: pattern.about.trim().to_owned() })
    }

    /// Says so where the pattern isn't found.
    pub(super) fn must(&self, text: &str) -> Option<Violation> {
        if self.regex.is_match(text) {
            return None;
        }
        let pattern = show::short(self.regex.as_str());
        let sentence = match self.about.as_str() {
            "" => format!("nothing here matches {pattern}"),
            about => format!("{about} (nothing here matches {pattern})"),
        };
        Some(Violation::of_text(Rule::MustMatch, sentence))
    }

    /// Tells where the pattern is found.
    pub(super) fn must_not<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Violation> + 'a {
        self.regex.find_iter(text).take(PLACES).map(move |found| {
            let what = show::short(found.as_str());
            let sentence = match self.about.as_str() {
                "" => format!("“{what}” must not be here (it matches {})", show::short(self.regex.as_str())),
                about => format!("“{what}” must not be here: {about}"),
            };
            Violation::at(Rule::MustNotMatch, sentence, text, found.range())
        })
    }
}

//! The patterns of a contract, compiled.

use regex::{Regex, RegexBuilder};

use super::violation::{Rule, Violation};
use super::{ContractError, show};
use crate::example::Pattern;

/// What a compiled expression, and its cache while it is looked for, may take: no contract can make
/// judging slow or large. Time is linear in the text by the nature of the engine.
const SIZE_LIMIT: usize = 1 << 20;
const NEST_LIMIT: u32 = 100;
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
        if pattern.pattern.is_empty() {
            return Err("the pattern is empty, and would be found in every text".to_owned());
        }
        let regex = RegexBuilder::new(&pattern.pattern)
            .size_limit(SIZE_LIMIT)
            .dfa_size_limit(SIZE_LIMIT)
            .nest_limit(NEST_LIMIT)
            .build();
        let regex = regex.map_err(|error| match error {
            regex::Error::Syntax(text) => {
                // The last line says what is wrong; those before draw the expression.
                let reason = text.lines().last().unwrap_or_default();
                let reason = reason.trim_start_matches("error: ");
                format!("“{}” is no regular expression: {reason}", show::short(&pattern.pattern))
            }
            _ => format!("“{}” is too large when it is compiled", show::short(&pattern.pattern)),
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

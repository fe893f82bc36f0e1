//! The judge: a contract, compiled once, that says of a text what breaks it.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::pattern::Compiled;
use super::schema::Schema;
use super::violation::{MOST_VIOLATIONS, Rule, Violation};
use super::{ContractError, show};
use crate::example::{Bounds, Contract, Tag};

/// A compiled contract. Cheap to clone, and at home on any thread.
#[derive(Debug, Clone)]
pub struct Judge(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    /// A contract that asks for nothing, of the examples that are meant.
    scope: Contract,
    schema: Option<Schema>,
    must_match: Vec<Compiled>,
    must_not_match: Vec<Compiled>,
    /// Without the blanks around them.
    allowed: Vec<String>,
    characters: Bounds,
    tokens: Bounds,
}

impl Judge {
    /// Compiles a contract.
    pub fn new(contract: &Contract) -> Result<Self, ContractError> {
        check_bounds("characters", contract.characters)?;
        check_bounds("tokens", contract.tokens)?;
        if let Some((facet, _)) = contract.only.iter().find(|(_, values)| values.is_empty()) {
            let reason = "names no value, so that the contract would be for no example";
            return Err(ContractError::new(format!("only.{facet}"), reason));
        }
        Ok(Self(Arc::new(Parts {
            scope: Contract { only: contract.only.clone(), ..Contract::default() },
            schema: contract.schema.as_ref().map(Schema::new).transpose()?,
            must_match: Compiled::all(&contract.must_match, "must_match")?,
            must_not_match: Compiled::all(&contract.must_not_match, "must_not_match")?,
            allowed: contract.allowed.iter().map(|text| text.trim().to_owned()).collect(),
            characters: contract.characters,
            tokens: contract.tokens,
        })))
    }

    /// Whether the responses of an example with these tags are judged ([`Contract::is_for`]).
    pub fn is_for(&self, tags: &[Tag]) -> bool {
        self.0.scope.is_for(tags)
    }

    /// Whether it asks how many tokens a response has.
    pub fn counts_tokens(&self) -> bool {
        !self.0.tokens.is_open()
    }

    /// Whether a response is to be JSON.
    pub fn wants_json(&self) -> bool {
        self.0.schema.is_some()
    }

    /// What in a response breaks the contract, in the order of the text as far as it has a place in
    /// it; at most [`MOST_VIOLATIONS`]. Without a count of tokens their bounds are not judged.
    pub fn judge(&self, text: &str, tokens: Option<u64>) -> Vec<Violation> {
        let parts = &*self.0;
        let mut found = Vec::new();
        if let Some(schema) = &parts.schema {
            schema.judge(text, &mut found);
        }
        found.extend(parts.must_match.iter().filter_map(|pattern| pattern.must(text)));
        found.extend(
            parts.must_not_match.iter().flat_map(|pattern| pattern.must_not(text)).take(MOST_VIOLATIONS),
        );
        found.extend(not_allowed(text, &parts.allowed));
        found.extend(characters(text, parts.characters));
        found.extend(tokens.and_then(|tokens| out_of_bounds(Rule::Tokens, "token", tokens, parts.tokens)));
        found.truncate(MOST_VIOLATIONS);
        found.sort_by_key(|violation| violation.place.as_ref().map(|place| place.range.start));
        found
    }
}

fn check_bounds(part: &str, bounds: Bounds) -> Result<(), ContractError> {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min > max => {
            Err(ContractError::new(part, format!("the least ({min}) is more than the most ({max})")))
        }
        _ => Ok(()),
    }
}

fn not_allowed(text: &str, allowed: &[String]) -> Option<Violation> {
    let said = text.trim();
    if allowed.is_empty() || allowed.iter().any(|allowed| allowed == said) {
        return None;
    }
    let values: Vec<_> = allowed.iter().map(|text| serde_json::Value::from(text.as_str())).collect();
    let choices = show::choices(values.iter());
    let meant = show::nearest(said, allowed.iter().map(String::as_str));
    let meant = meant.map(|meant| format!("; did you mean “{meant}”?")).unwrap_or_default();
    let sentence = format!("“{}” is not one of {choices}{meant}", show::short(said));
    let start = text.len() - text.trim_start().len();
    Some(Violation::at(Rule::Allowed, sentence, text, start..start + said.len()))
}

fn characters(text: &str, bounds: Bounds) -> Option<Violation> {
    if bounds.is_open() {
        return None;
    }
    let count = show::characters(text);
    let violation = out_of_bounds(Rule::Characters, "character", count as u64, bounds)?;
    let most = bounds.max.and_then(|most| usize::try_from(most).ok()).filter(|most| count > *most);
    let Some(most) = most else { return Some(violation) };
    let from = text.grapheme_indices(true).nth(most).map(|(at, _)| at);
    Some(Violation::at(violation.rule, violation.sentence, text, from.unwrap_or(text.len())..text.len()))
}

fn out_of_bounds(rule: Rule, noun: &str, count: u64, bounds: Bounds) -> Option<Violation> {
    let counted = show::count(count, noun);
    let sentence = match bounds {
        Bounds { min: Some(min), .. } if count < min => {
            format!("too short: {counted}, at least {min} are wanted")
        }
        Bounds { max: Some(max), .. } if count > max => {
            format!("too long: {counted}, at most {max} are allowed")
        }
        _ => return None,
    };
    Some(Violation::of_text(rule, sentence))
}

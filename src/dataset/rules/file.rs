//! The rules file: rules that propose tags, in TOML.
//!
//! ```toml
//! [[rule]]
//! name = "money back"
//! tag = "intent:refund"
//! words = ["refund", "money back"]   # any of them, as whole words
//! pattern = '\d{2}-\d{4}'            # and this found
//! where = "status:draft,submitted"   # and this filter
//! in = "prompt"                      # or "response", or "both"
//! ```

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::example::TagRule;
use crate::text::toml_error::TomlError;

/// What is wrong with a rules file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}{}: {reason}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct RulesFileError {
    /// The file.
    pub name: String,
    /// The line, counted from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<toml::Spanned<TagRule>>,
}

#[derive(Serialize)]
struct Written<'a> {
    rule: &'a [TagRule],
}

/// Reads a rules file; `name` is what errors call it.
pub fn parse_rules_file(name: &str, text: &str) -> Result<Vec<TagRule>, RulesFileError> {
    let wrong = |at: Option<usize>, reason: String| RulesFileError {
        name: name.to_owned(),
        line: at.map(|at| 1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()),
        reason,
    };
    let file: File = toml::from_str(text).map_err(|error| {
        let TomlError { line, reason } = TomlError::of(text, &error);
        RulesFileError { name: name.to_owned(), line: Some(line), reason }
    })?;
    let mut names = HashSet::new();
    for rule in &file.rule {
        let at = Some(rule.span().start);
        let rule = rule.get_ref();
        if !names.insert(rule.name.as_str()) {
            return Err(wrong(at, format!("there is a rule “{}” already", rule.name)));
        }
    }
    if file.rule.is_empty() {
        return Err(wrong(None, "there is no [[rule]] in it".to_owned()));
    }
    Ok(file.rule.into_iter().map(toml::Spanned::into_inner).collect())
}

/// The rules as a rules file; nothing where there are none.
///
/// # Errors
/// Where one can't be written as TOML.
pub fn rules_file(rules: &[TagRule]) -> Result<String, toml::ser::Error> {
    if rules.is_empty() { Ok(String::new()) } else { toml::to_string(&Written { rule: rules }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_file_reads_back_as_the_same_rules() {
        let text = "[[rule]]\nname = \"a\"\ntag = \"intent:refund\"\nwords = [\"refund\", \"money back\"]\n\
                    pattern = '\\d+'\nwhere = \"status:draft\"\nin = \"both\"\n\n\
                    [[rule]]\nname = \"b\"\ntag = \"tone:warm: very\"\npattern = \"x\"\n";
        let rules = parse_rules_file("f", text).unwrap();
        assert_eq!((rules.len(), rules[1].tag.value.as_str()), (2, "warm: very"));
        assert_eq!(parse_rules_file("f", &rules_file(&rules).unwrap()).unwrap(), rules);
        assert_eq!(rules_file(&[]).unwrap(), "");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let refused = |text: &str| parse_rules_file("rules.toml", text).unwrap_err().to_string();
        assert_eq!(
            refused("[[rule]]\nname = 3\ntag = \"a:b\""),
            "rules.toml, line 2: name is the number 3, and should be a text in quotes"
        );
        let place = refused("[[rule]]\nname = \"a\"\ntag = \"a:b\"\nin = \"answer\"");
        assert_eq!(
            place,
            "rules.toml, line 4: “answer” is not a place; it is one of: prompt, response, both"
        );
        let untagged = refused("[[rule]]\nname = \"a\"\ntag = \"refund\"");
        assert!(untagged.contains("FACET:VALUE"), "{untagged}");
        let twice = refused("[[rule]]\nname = \"a\"\ntag = \"a:b\"\n[[rule]]\nname = \"a\"\ntag = \"a:c\"");
        assert!(twice.contains("already"), "{twice}");
        assert!(refused("").contains("no [[rule]]"));
        assert!(refused("[[rule]]\nname = \"a\"\ntag = \"a:b\"\nword = [\"x\"]").contains("word"));
    }
}

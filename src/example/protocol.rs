//! The protocol: how the dataset is ranked and reviewed. Data only.

use serde::{Deserialize, Serialize};

/// Why work is sent back, unless the dataset says otherwise.
pub const RETURN_REASONS: [&str; 5] = ["guideline gap", "ambiguous", "mistake", "edge case", "subjective"];

/// Why something can't be judged, unless the dataset says otherwise.
pub const CANNOT_REASONS: [&str; 4] =
    ["not my subject", "prompt unclear", "can't be checked", "responses broken"];

/// How the dataset is ranked and reviewed. What is not given is as in a dataset without a protocol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Protocol {
    /// How many independent rankings an example needs before it is submitted.
    pub rankings: u32,
    /// Whether authors are hidden until one has submitted.
    pub blind: bool,
    /// Whether people may review their own work.
    pub own_work: bool,
    /// Whether the strength of the preference is asked for.
    pub strength: bool,
    /// What each response is rated by, one by one.
    pub criteria: Vec<Criterion>,
    /// The best rating; 1 is the worst.
    pub scale: u8,
    /// Reasons for a ranking, offered by key.
    pub reasons: Vec<String>,
    /// Reasons why something can't be judged.
    pub cannot: Vec<String>,
    /// Reasons why work is sent back.
    pub returns: Vec<String>,
    /// Hidden repeats: in how many of a hundred turns one's own earlier example comes again, in
    /// another order.
    pub repeats: u8,
    /// In how many of a hundred turns a gold example comes that one has not ranked.
    pub gold: u8,
}

/// Something that responses are rated by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "CriterionForm")]
pub struct Criterion {
    /// One word: `helpful`.
    pub name: String,
    /// What it asks; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CriterionForm {
    Name(String),
    Full {
        name: String,
        #[serde(default)]
        about: String,
    },
}

impl From<CriterionForm> for Criterion {
    fn from(form: CriterionForm) -> Self {
        match form {
            CriterionForm::Name(name) => Self { name, about: String::new() },
            CriterionForm::Full { name, about } => Self { name, about },
        }
    }
}

impl Default for Protocol {
    fn default() -> Self {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        Self {
            rankings: 1,
            blind: true,
            own_work: false,
            strength: false,
            criteria: Vec::new(),
            scale: 5,
            reasons: Vec::new(),
            cannot: words(&CANNOT_REASONS),
            returns: words(&RETURN_REASONS),
            repeats: 0,
            gold: 5,
        }
    }
}

/// What makes a protocol one that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct ProtocolError {
    /// Which field.
    pub field: &'static str,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl Protocol {
    /// Checks that numbers are within their bounds and that lists have no empty or double words.
    pub fn check(&self) -> Result<(), ProtocolError> {
        let wrong = |field, reason: String| Err(ProtocolError { field, reason });
        if !(1..=20).contains(&self.rankings) {
            return wrong("rankings", format!("is {}; it should be from 1 to 20", self.rankings));
        }
        if !(2..=9).contains(&self.scale) {
            return wrong("scale", format!("is {}; it should be from 2 to 9", self.scale));
        }
        for (field, share) in [("repeats", self.repeats), ("gold", self.gold)] {
            if share > 50 {
                return wrong(field, format!("is {share}; it should be from 0 to 50, in a hundred"));
            }
        }
        let criteria: Vec<&str> = self.criteria.iter().map(|criterion| criterion.name.as_str()).collect();
        let words = |list: &[String]| list.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        let lists = [
            ("criteria", criteria.join("\n")),
            ("reasons", words(&self.reasons)),
            ("cannot", words(&self.cannot)),
            ("returns", words(&self.returns)),
        ];
        for (field, list) in &lists {
            let mut seen = std::collections::HashSet::new();
            for word in list.split('\n').filter(|_| !list.is_empty()) {
                if word.trim().is_empty() {
                    return wrong(field, "has an empty word".to_owned());
                }
                if !seen.insert(word) {
                    return wrong(field, format!("has “{word}” twice"));
                }
            }
        }
        if self.criteria.len() > 9 {
            return wrong("criteria", format!("has {}; nine are the most", self.criteria.len()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_given_is_as_without_a_protocol() {
        let protocol: Protocol = serde_json::from_str(r#"{"rankings": 3, "criteria": ["helpful"]}"#).unwrap();
        assert_eq!(protocol.rankings, 3);
        assert_eq!(protocol.criteria, [Criterion { name: "helpful".to_owned(), about: String::new() }]);
        assert_eq!((protocol.blind, protocol.scale), (true, 5));
        assert_eq!(protocol.check(), Ok(()));
    }

    #[test]
    fn numbers_out_of_bounds_and_double_words_are_refused() {
        let said = |protocol: Protocol| protocol.check().unwrap_err().to_string();
        let given = Protocol::default;
        assert_eq!(said(Protocol { rankings: 0, ..given() }), "rankings: is 0; it should be from 1 to 20");
        let twice = vec!["a".to_owned(), "a".to_owned()];
        assert_eq!(said(Protocol { reasons: twice, ..given() }), "reasons: has “a” twice");
        let empty = vec![" ".to_owned()];
        assert_eq!(said(Protocol { returns: empty, ..given() }), "returns: has an empty word");
    }
}

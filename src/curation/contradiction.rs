//! Contradictions: whether two answers to like prompts say different things.
//!
//! Certain differences are hard to mean: a label, a yes for a no, other numbers in the same words.
//! Those are told with their reason. Answers that only use other words may both be right.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::text::shingles::{Shingles, compared_form};
use crate::text::words::words;

/// Answers that are at least so alike should also have the same numbers.
const SAME_WORDS: f32 = 0.5;
/// Answers less alike than this say something else.
const OTHER_WORDS: f32 = 0.3;
/// A text of JSON no longer than this, without blanks but a few, is a label rather than prose.
const LABEL_CHARACTERS: usize = 40;
const LABEL_WORDS: usize = 3;
/// Texts are compared as far as this: what is longer costs more than a hint is worth.
const COMPARED_BYTES: usize = 64 * 1024;

/// How an answer stands to another one to a like prompt.
#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// It says the same, but for case, blanks and punctuation.
    SameAnswer,
    /// It says about the same.
    LikeAnswer,
    /// It is put quite differently; that may be meant.
    OtherAnswer,
    /// It contradicts the other.
    DifferentAnswer(Difference),
}

/// In what two answers differ, mine first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Another value under a key of a JSON object that holds labels.
    Label {
        /// The key.
        key: String,
        /// Its value here.
        mine: String,
        /// Its value there.
        theirs: String,
    },
    /// Yes here and no there, or the other way round.
    YesNo {
        /// The word here.
        mine: String,
        /// The word there.
        theirs: String,
    },
    /// Other numbers, dates or addresses in like words.
    Numbers {
        /// Those only here.
        mine: Vec<String>,
        /// Those only there.
        theirs: Vec<String>,
    },
    /// Nothing but a "not".
    Negation(String),
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |these: &[String]| match these {
            [] => "nothing".to_owned(),
            these => these.join(", "),
        };
        match self {
            Self::Label { key, mine, theirs } => write!(f, "{key}: {mine} here, {theirs} there"),
            Self::YesNo { mine, theirs } => write!(f, "“{mine}” here, “{theirs}” there"),
            Self::Numbers { mine, theirs } => write!(f, "{} here, {} there", list(mine), list(theirs)),
            Self::Negation(word) => write!(f, "“{word}” stands in one of them only"),
        }
    }
}

/// How `mine` stands to `theirs`; `None` where one of them says nothing yet.
pub fn relation(mine: &str, theirs: &str) -> Option<Relation> {
    let (mine, theirs) = (beginning(mine), beginning(theirs));
    if mine.trim().is_empty() || theirs.trim().is_empty() {
        return None;
    }
    if mine.trim() == theirs.trim() {
        return Some(Relation::SameAnswer);
    }
    if let (Ok(Value::Object(mine)), Ok(Value::Object(theirs))) =
        (serde_json::from_str(mine), serde_json::from_str(theirs))
    {
        return Some(of_objects(&mine, &theirs));
    }
    Some(of_texts(mine, theirs))
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(COMPARED_BYTES)).unwrap_or(text)
}

fn of_objects(mine: &serde_json::Map<String, Value>, theirs: &serde_json::Map<String, Value>) -> Relation {
    let label = mine.iter().find_map(|(key, value)| {
        let other = theirs.get(key)?;
        (is_label(value) && is_label(other) && !same_label(value, other)).then(|| Difference::Label {
            key: key.clone(),
            mine: said(value),
            theirs: said(other),
        })
    });
    match label {
        Some(difference) => Relation::DifferentAnswer(difference),
        // The order of keys says nothing.
        None if mine.len() == theirs.len()
            && mine.iter().all(|(key, value)| theirs.get(key) == Some(value)) =>
        {
            Relation::SameAnswer
        }
        None => Relation::LikeAnswer,
    }
}

/// Truth values and short texts are labels; numbers (scores) and prose are not.
fn is_label(value: &Value) -> bool {
    match value {
        Value::Bool(_) => true,
        Value::String(text) => {
            text.chars().count() <= LABEL_CHARACTERS && text.split_whitespace().count() <= LABEL_WORDS
        }
        _ => false,
    }
}

fn same_label(mine: &Value, theirs: &Value) -> bool {
    match (mine, theirs) {
        (Value::String(mine), Value::String(theirs)) => compared_form(mine) == compared_form(theirs),
        _ => mine == theirs,
    }
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn of_texts(mine: &str, theirs: &str) -> Relation {
    let alike = Shingles::of(mine).similarity(&Shingles::of(theirs));
    let (my_words, their_words) = (words(mine), words(theirs));
    let (my_marks, their_marks) = (marks(mine), marks(theirs));
    if compared_form(mine) == compared_form(theirs) && my_marks == their_marks {
        return Relation::SameAnswer;
    }
    if let (Some((yes, mine)), Some((also, theirs))) =
        (yes_or_no(&my_words, mine), yes_or_no(&their_words, theirs))
        && yes != also
    {
        return Relation::DifferentAnswer(Difference::YesNo { mine, theirs });
    }
    if let Some(word) = only_negation(&my_words, &their_words) {
        return Relation::DifferentAnswer(Difference::Negation(word));
    }
    if my_marks != their_marks && (alike >= SAME_WORDS || is_a_number(mine) && is_a_number(theirs)) {
        let only =
            |these: &BTreeSet<String>, those: &BTreeSet<String>| these.difference(those).cloned().collect();
        let (mine, theirs) = (only(&my_marks, &their_marks), only(&their_marks, &my_marks));
        return Relation::DifferentAnswer(Difference::Numbers { mine, theirs });
    }
    if alike < OTHER_WORDS { Relation::OtherAnswer } else { Relation::LikeAnswer }
}

/// Numbers (dates among them) and addresses of pages, as they stand in the text.
fn marks(text: &str) -> BTreeSet<String> {
    let is_end = |c: char| !c.is_alphanumeric();
    text.split_whitespace()
        .map(|word| word.trim_matches(is_end))
        .filter(|word| word.starts_with(|c: char| c.is_numeric()) || word.contains("://"))
        // `1,000` and `1.000` are written so by the same people on different days.
        .map(|word| {
            if word.contains("://") { word.to_owned() } else { word.replace([',', '.', '\u{a0}', '’'], "") }
        })
        .collect()
}

fn is_a_number(text: &str) -> bool {
    text.split_whitespace().count() == 1 && text.contains(|c: char| c.is_numeric())
}

/// Whether the answer begins with a yes (true) or a no, and the word.
fn yes_or_no(words: &[String], text: &str) -> Option<(bool, String)> {
    const YES: &[&str] =
        &["yes", "yeah", "yep", "ja", "jawohl", "oui", "sí", "sì", "sim", "да", "はい", "evet", "true"];
    const NO: &[&str] = &["no", "nope", "nein", "non", "não", "нет", "いいえ", "hayır", "nee", "false"];
    let first = words.first()?;
    let is = |these: &[&str]| {
        these.contains(&first.as_str())
            || these.iter().any(|word| {
                !word.is_ascii()
                    && text.trim_start().starts_with(word)
                    && words.len() > 1
                    && first.chars().count() == 2
            })
    };
    match (is(YES), is(NO)) {
        (true, false) => Some((true, first.clone())),
        (false, true) => Some((false, first.clone())),
        _ => None,
    }
}

/// The "not" by which alone the two differ.
fn only_negation(mine: &[String], theirs: &[String]) -> Option<String> {
    const NOT: &[&str] = &[
        "not", "no", "never", "cannot", "don", "doesn", "isn", "aren", "can", "t", "won", "without", "nicht",
        "kein", "keine", "keinen", "nie", "ne", "pas", "jamais", "нет", "не", "nunca", "non", "não", "do",
        "does", "will",
    ];
    const SURE: &[&str] = &[
        "not", "no", "never", "cannot", "t", "without", "nicht", "kein", "keine", "keinen", "nie", "pas",
        "jamais", "нет", "не", "nunca", "non", "não",
    ];
    let (longer, shorter) = if mine.len() >= theirs.len() { (mine, theirs) } else { (theirs, mine) };
    // Two more words at most ("does not").
    if longer.len() > shorter.len() + 2 || shorter.len() < 2 {
        return None;
    }
    let before = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    let after = longer.iter().rev().zip(shorter.iter().rev()).take_while(|(a, b)| a == b).count();
    let after = after.min(shorter.len() - before.min(shorter.len()));
    let changed = longer.get(before..longer.len() - after)?;
    let was = shorter.get(before..shorter.len() - after)?;
    let small = changed.len() <= 3 && was.len() <= 2;
    let is_not = |words: &[String]| words.iter().find(|word| SURE.contains(&word.as_str())).cloned();
    let word = is_not(changed).or_else(|| is_not(was))?;
    let one_sided = is_not(changed).is_some() != is_not(was).is_some();
    let roots: Vec<&String> =
        was.iter().chain(changed).filter(|word| !NOT.contains(&word.as_str())).collect();
    // What is left may be the same verb in another form (`ship`, `ships`).
    let alike = match roots.as_slice() {
        [] => true,
        [a, b] => a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => false,
    };
    (small && one_sided && alike).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(mine: &str, theirs: &str) -> String {
        match relation(mine, theirs) {
            Some(Relation::DifferentAnswer(difference)) => difference.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_says_nothing_yet_contradicts_nothing() {
        assert_eq!(relation("", "Yes."), None);
        assert_eq!(relation("Yes.", " \n"), None);
    }

    #[test]
    fn case_and_punctuation_make_no_other_answer() {
        assert_eq!(relation("On its way!", "on its way"), Some(Relation::SameAnswer));
        assert_eq!(relation("{\"a\": 1, \"b\": \"x\"}", "{\"b\":\"x\",\"a\":1}"), Some(Relation::SameAnswer));
    }

    #[test]
    fn another_label_is_told_with_its_key() {
        let mine = r#"{"intent": "cancel", "confidence": 0.9}"#;
        assert_eq!(
            reason(mine, r#"{"intent": "pause", "confidence": 0.9}"#),
            "intent: cancel here, pause there"
        );
        assert_eq!(reason(r#"{"spam": true}"#, r#"{"spam": false}"#), "spam: true here, false there");
        // a score and a sentence may differ
        let other = r#"{"intent": "Cancel", "confidence": 0.4}"#;
        assert_eq!(relation(mine, other), Some(Relation::LikeAnswer));
    }

    #[test]
    fn yes_is_not_no() {
        assert_eq!(reason("Yes, on Sundays too.", "No, never on Sundays."), "“yes” here, “no” there");
        assert_eq!(reason("Ja.", "Nein, leider nicht."), "“ja” here, “nein” there");
        assert_eq!(reason("はい、できます。", "いいえ、できません。"), "“はい” here, “いい” there");
    }

    #[test]
    fn other_numbers_in_like_words_are_told() {
        assert_eq!(
            reason(
                "You may return it within 30 days of delivery.",
                "You may return it within 14 days of delivery."
            ),
            "30 here, 14 there"
        );
        assert_eq!(
            reason("It ends on 2024-05-01, as agreed.", "It ends on 2024-06-01, as agreed."),
            "2024-05-01 here, 2024-06-01 there"
        );
        assert_eq!(reason("7", "8"), "7 here, 8 there");
        assert_eq!(relation("It costs 1,000 euros.", "It costs 1.000 euros"), Some(Relation::SameAnswer));
        // quite another text has other numbers of course
        assert_eq!(
            relation("Wait 3 days, then call us again.", "A refund was sent on 12 May to your card."),
            Some(Relation::OtherAnswer)
        );
    }

    #[test]
    fn a_not_alone_is_told() {
        assert_eq!(
            reason("We ship to Norway.", "We do not ship to Norway."),
            "“not” stands in one of them only"
        );
        assert_eq!(reason("You can cancel it.", "You can't cancel it."), "“t” stands in one of them only");
        assert_eq!(reason("Das geht.", "Das geht nicht."), "“nicht” stands in one of them only");
        assert_eq!(relation("We ship to Norway.", "We ship to all of Norway."), Some(Relation::LikeAnswer));
    }
}
